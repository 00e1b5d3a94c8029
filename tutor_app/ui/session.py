"""The open thread and the running solve: between the widgets and the use cases. No widgets."""

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal, Slot

from tutor_app.core.code_block import CodeBlock
from tutor_app.core.errors import TutorError
from tutor_app.core.events import AttemptEnded, ExchangeEvent, TextWritten
from tutor_app.core.records import ExchangeState, History, Mode
from tutor_app.core.solution import Solution
from tutor_app.ui.conversation import Conversation, Run
from tutor_app.ui.errand import SolveErrand
from tutor_app.ui.narration import Narration
from tutor_app.ui.operations import Operation
from tutor_app.ui.outbox import append_merged
from tutor_app.ui.wording import speed_words

_STOP_WAIT_MS = 5_000


@dataclass(slots=True)
class _Running:
    run: Run
    narration: Narration
    errand: SolveErrand
    told: list[Operation] = field(default_factory=list)  # for when its thread is opened again


class Session(QObject):
    """What is open and what is running.

    Signals:
        threads_changed: tuple of ThreadSummary, the latest first.
        thread_opened: key of the thread, or None for a new one.
        transcript_replaced: list of operations for an emptied page.
        transcript_grew: list of operations to add.
        running_changed: whether an answer is being written.
        speed_changed: speed in words; empty when nothing is written.
        failed: a TutorError outside any answer.
        crashed: a traceback.
    """

    threads_changed = Signal(object)
    thread_opened = Signal(object)
    transcript_replaced = Signal(object)
    transcript_grew = Signal(object)
    running_changed = Signal(bool)
    speed_changed = Signal(str)
    failed = Signal(object)
    crashed = Signal(str)

    def __init__(
        self, history: History, conversation: Conversation, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._conversation = conversation
        self._thread_id: int | None = None
        self._narrations: dict[str, Narration] = {}  # of the open thread, by turn id
        self._running: _Running | None = None

    @property
    def thread_id(self) -> int | None:
        """The open thread; None while it has no exchange yet."""
        return self._thread_id

    @property
    def is_running(self) -> bool:
        """Whether an answer is being written, in whichever thread."""
        return self._running is not None

    # -- threads

    def refresh_threads(self) -> None:
        """Read the list of threads anew."""
        try:
            self.threads_changed.emit(self._history.threads())
        except TutorError as error:
            self.failed.emit(error)

    def open_thread(self, thread_id: int | None) -> None:
        """Show a thread, or an empty new one."""
        try:
            exchanges = () if thread_id is None else self._history.exchanges(thread_id)
        except TutorError as error:
            self.failed.emit(error)
            return
        self._thread_id = thread_id
        self._narrations.clear()
        operations: list[Operation] = []
        running = self._running
        for exchange in exchanges:
            if running is not None and running.run.exchange_id == exchange.exchange_id:
                self._narrations[running.narration.turn] = running.narration
                operations += running.told
                continue
            if exchange.state is ExchangeState.RUNNING:
                continue  # another window's; it shows once it has ended
            narration = Narration(exchange.exchange_id, exchange.problem, exchange.mode)
            self._narrations[narration.turn] = narration
            operations += narration.replay(exchange)
        self.transcript_replaced.emit(operations)
        self.thread_opened.emit(thread_id)

    def rename_thread(self, thread_id: int, title: str) -> None:
        """Give a thread another title."""
        try:
            self._history.rename_thread(thread_id, title)
        except TutorError as error:
            self.failed.emit(error)
        self.refresh_threads()

    def delete_thread(self, thread_id: int) -> None:
        """Hide a thread; what is being written in it is stopped."""
        if self._running is not None and self._running.run.thread_id == thread_id:
            self.stop()
        try:
            self._history.delete_thread(thread_id)
        except TutorError as error:
            self.failed.emit(error)
            return
        if thread_id == self._thread_id:
            self.open_thread(None)
        self.refresh_threads()

    def restore_thread(self, thread_id: int) -> None:
        """Bring a deleted thread back and open it."""
        try:
            self._history.restore_thread(thread_id)
        except TutorError as error:
            self.failed.emit(error)
            return
        self.refresh_threads()
        self.open_thread(thread_id)

    # -- solving

    def ask(self, problem: str, mode: Mode = Mode.SOLVE) -> bool:
        """Begin to answer in the open thread; False if that is not possible now."""
        if self._running is not None or not problem.strip():
            return False
        is_new = self._thread_id is None
        try:
            run = self._conversation.ask(self._thread_id, problem, mode)
        except TutorError as error:
            self.failed.emit(error)
            return False
        narration = Narration(run.exchange_id, problem, mode)
        errand = SolveErrand(run, self)
        errand.event_arrived.connect(self._on_event)
        errand.failed.connect(self._on_failed)
        errand.crashed.connect(self._on_crashed)
        errand.finished.connect(self._on_finished)
        self._running = _Running(run, narration, errand)
        self._thread_id = run.thread_id
        self._narrations[narration.turn] = narration
        if is_new:
            self.thread_opened.emit(run.thread_id)
        self._tell(narration.begin())
        self.refresh_threads()
        self.running_changed.emit(True)
        errand.start()
        return True

    def stop(self) -> None:
        """Ask the running solve to end; what was written stays."""
        if self._running is not None:
            self._running.run.stop()

    def shut(self) -> None:
        """Stop what runs and wait for it, but not for ever."""
        if self._running is None:
            return
        self._running.run.stop()
        self._running.errand.wait(_STOP_WAIT_MS)

    def _tell(self, operations: list[Operation]) -> None:
        running = self._running
        if running is None or not operations:
            return
        for operation in operations:
            append_merged(running.told, operation)
        if running.run.thread_id == self._thread_id:
            self.transcript_grew.emit(operations)

    @Slot(object)
    def _on_event(self, event: ExchangeEvent) -> None:
        if self._running is None:
            return
        self._tell(self._running.narration.apply(event))
        if isinstance(event, TextWritten | AttemptEnded):
            self.speed_changed.emit(speed_words(event.tokens_per_s, event.tokens))

    @Slot(object)
    def _on_failed(self, error: TutorError) -> None:
        if self._running is not None:
            self._tell(self._running.narration.fail(str(error), error.hint))

    @Slot(str)
    def _on_crashed(self, details: str) -> None:
        if self._running is not None:
            hint = "This is a fault of the program, not of your problem."
            self._tell(self._running.narration.fail("The answer failed unexpectedly.", hint))
        self.crashed.emit(details)

    @Slot()
    def _on_finished(self) -> None:
        if self._running is None:
            return
        self._running.errand.deleteLater()
        self._running = None
        self.running_changed.emit(False)
        self.speed_changed.emit("")
        self.refresh_threads()

    # -- what buttons in the page refer to

    def solution(self, turn: str | None) -> Solution | None:
        """The solution shown in a turn of the open thread; None picks the last one."""
        narration = self._narrations.get(turn) if turn is not None else None
        if turn is None:
            finished = [one for one in self._narrations.values() if one.solution is not None]
            narration = finished[-1] if finished else None
        return narration.solution if narration is not None else None

    def answer_text(self, turn: str | None) -> str:
        """Source of the answer in a turn; None picks the last one. Empty if unknown."""
        if turn is None:
            turn = next(reversed(self._narrations), None)
        narration = self._narrations.get(turn) if turn is not None else None
        return narration.text if narration is not None else ""

    def code(self, block_id: str) -> CodeBlock | None:
        """A code block of the open thread; None if unknown."""
        found = (one.code(block_id) for one in self._narrations.values())
        return next((code for code in found if code is not None), None)

    def question(self, turn: str | None) -> tuple[str, Mode]:
        """The problem asked in a turn and what for; None picks the last. Empty if unknown."""
        if turn is None:
            turn = next(reversed(self._narrations), None)
        narration = self._narrations.get(turn) if turn is not None else None
        return ("", Mode.SOLVE) if narration is None else (narration.problem, narration.mode)
