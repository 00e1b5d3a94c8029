"""The working that is being checked: waits for a pause, asks, and lets the newest text win."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tutor_app.core.errors import TutorError
from tutor_app.core.working import CheckedWorking
from tutor_app.tutor.learner_lines import learner_lines, stated_problem
from tutor_app.ui.conversation import WorkingCheck
from tutor_app.ui.errand import Errands
from tutor_app.ui.operations import Announce, Operation
from tutor_app.ui.working_words import working_page

PREVIEW_PAUSE_MS = 90
CHECK_PAUSE_MS = 350

BeginCheck = Callable[[str, str], WorkingCheck]
_Ended = tuple[WorkingCheck, CheckedWorking | None]


class CheckSession(QObject):
    """Between the fields and the checker. No widgets.

    Signals:
        shown: list of operations for the page.
        checked: the CheckedWorking of the text as it is now.
        crashed: a traceback.
    """

    shown = Signal(object)
    checked = Signal(object)
    crashed = Signal(str)

    def __init__(self, begin: BeginCheck, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._begin = begin
        self._problem = ""
        self._text = ""
        self._caret = 0
        self._found: CheckedWorking | None = None
        self._failure = ""
        self._running: WorkingCheck | None = None
        self._is_shut = False
        self._errands = Errands(self)
        self._errands.failed.connect(self._on_failed)
        self._errands.crashed.connect(self.crashed)
        self._preview_timer = self._timer(PREVIEW_PAUSE_MS, self._show)
        self._check_timer = self._timer(CHECK_PAUSE_MS, self._check)

    def _timer(self, pause_ms: int, action: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause_ms)
        timer.timeout.connect(action)
        return timer

    @property
    def found(self) -> CheckedWorking | None:
        """The findings about the text as it is now; None while there are none."""
        is_settled = self._running is None and not self._check_timer.isActive()
        return self._found if is_settled and not self._failure else None

    def set_text(self, problem: str, text: str, caret: int) -> None:
        """The text has changed: the check of the old one is given up.

        Args:
            problem: may be empty; then the first line of the text may state it.
            text: the working.
            caret: number of the line where the cursor is, from 1.
        """
        self._caret = caret
        if not problem.strip():
            problem, text = stated_problem(text)
        if (problem, text) == (self._problem, self._text):
            return
        self._problem, self._text = problem, text
        self._failure = ""
        self._give_up()
        if not self._preview_timer.isActive():  # a steady typist sees the page follow
            self._preview_timer.start()
        self._check_timer.start()

    def check_now(self) -> None:
        """Check at once, without waiting for a pause."""
        self._check_timer.stop()
        self._check()

    def shut(self, wait_ms: int) -> None:
        """Give up what is under way and wait for it, but not for ever."""
        self._is_shut = True
        self._preview_timer.stop()
        self._check_timer.stop()
        self._give_up()
        self._errands.shut(wait_ms)

    def _give_up(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None

    @Slot()
    def _check(self) -> None:
        self._give_up()
        if not learner_lines(self._text):
            self._found = None
            self._show()
            return
        try:
            check = self._begin(self._problem, self._text)
        except TutorError as error:
            self._on_failed(error)
            return
        self._running = check

        def wait() -> _Ended:
            return check, check.result()

        self._errands.start(wait, self._on_ended)

    @Slot(object)
    def _on_ended(self, ended: _Ended) -> None:
        check, found = ended
        if check is not self._running or found is None:
            return  # a newer text has taken its place
        self._running = None
        self._found = found
        self._show()
        self.shown.emit([Announce(found.summary)])
        self.checked.emit(found)

    @Slot(object)
    def _on_failed(self, error: TutorError) -> None:
        if self._is_shut or (self._running is None and self._failure):
            return
        self._running = None
        self._failure = f"The check failed: {error} {error.hint}".strip()
        self._show()

    @Slot()
    def _show(self) -> None:
        self._preview_timer.stop()
        lines = learner_lines(self._text)
        operations: list[Operation] = [
            working_page(
                self._problem, lines, self._found, caret=self._caret, failure=self._failure
            )
        ]
        self.shown.emit(operations)
