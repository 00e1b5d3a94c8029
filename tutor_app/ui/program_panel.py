"""The panel where a program is edited and run."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tutor_app.core.errors import TutorError
from tutor_app.core.program import CodeRunner, Isolation, Language, RunRequest
from tutor_app.ui.isolation_badge import Consent, IsolationBadge
from tutor_app.ui.program_draft import ProgramDraft
from tutor_app.ui.program_editor import ProgramEditor, fixed_width_style
from tutor_app.ui.program_session import Ended, ProgramSession
from tutor_app.ui.run_files import RunFiles
from tutor_app.ui.run_report import LANGUAGE_NAMES, announcement
from tutor_app.ui.run_view import RunView
from tutor_app.ui.settings import WindowSettings
from tutor_app.ui.theme import Colours

KEEP_WITHIN_MS = 400
_NARROW_PX = 760  # below this the result stands under the program
_SIDE_BY_SIDE, _ONE_UPON_THE_OTHER = [550, 500], [420, 580]
_RUN_KEYS = ("Ctrl+Return", "Ctrl+Enter", "F5")
_INPUT_LINES = 2
_FONT_SCALE = 1.1


class ProgramPanel(QWidget):
    """Program, input, Run and Stop on one side, what came of it on the other.

    Signals:
        told: a sentence for the status line.
        failed: a TutorError that concerns a file.
        crashed: a traceback.
        running_changed: whether a program runs.
        close_wanted: the panel should go from beside the transcript.
    """

    told = Signal(str)
    failed = Signal(object)
    crashed = Signal(str)
    running_changed = Signal(bool)
    close_wanted = Signal()

    def __init__(
        self, runner: CodeRunner, settings: WindowSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("programPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._settings = settings
        self.session = ProgramSession(runner, self)
        self.language = QComboBox(self)
        self.badge = IsolationBadge(self)
        self.consent = Consent(self)
        self.editor = ProgramEditor(self)
        self.input = QPlainTextEdit(self)
        self.run_button = QPushButton("Run", self)
        self.stop_button = QPushButton("Stop", self)
        self.close_button = QPushButton("×", self)
        self.view = RunView(self)
        self.files = RunFiles(self)
        self._base_points = self.font().pointSizeF()
        self._keep_timer = QTimer(self)
        self._keep_timer.setSingleShot(True)
        self._keep_timer.setInterval(KEEP_WITHIN_MS)
        self._name_widgets()
        self._place_widgets()
        self._connect()
        self._restore(settings.program)
        self.session.find_isolation()

    # -- construction

    def _name_widgets(self) -> None:
        for language, name in LANGUAGE_NAMES.items():
            self.language.addItem(name, language)
        self.language.setAccessibleName("Language of the program")
        self.editor.setPlaceholderText('print("Hello")')
        self.editor.setAccessibleDescription("Tab indents, F6 leaves the field")
        self.input.setObjectName("programInput")
        self.input.setAccessibleName("Input that the program reads")
        self.input.setPlaceholderText("Lines that the program reads (optional)")
        self.input.setTabChangesFocus(True)
        self.run_button.setObjectName("send")
        self.run_button.setToolTip("Run this program in the sandbox (Ctrl+Enter or F5)")
        self.stop_button.setObjectName("stop")
        self.stop_button.setToolTip("Stop the program (Esc)")
        self.close_button.setToolTip("Close this panel; the program stays")
        self.close_button.setAccessibleName("Close the panel")
        self.close_button.setObjectName("closePanel")
        self.close_button.setFixedSize(30, 30)
        self.close_button.hide()

    def _place_widgets(self) -> None:
        form = QWidget(self)
        layout = QVBoxLayout(form)
        layout.setContentsMargins(14, 10, 10, 8)
        layout.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.language)
        head.addWidget(self.run_button)
        head.addWidget(self.stop_button)
        head.addStretch(1)
        head.addWidget(self.close_button)
        input_label = QLabel("&Input", form)
        input_label.setBuddy(self.input)
        layout.addLayout(head)
        layout.addWidget(self.editor, 1)
        reads = QHBoxLayout()
        reads.addWidget(input_label, 0, Qt.AlignmentFlag.AlignTop)
        reads.addWidget(self.input, 1)
        layout.addLayout(reads)
        layout.addWidget(self.consent)
        result = QWidget(self)
        right = QVBoxLayout(result)
        right.setContentsMargins(14, 10, 10, 8)
        right.setSpacing(6)
        right.addWidget(self.badge)
        right.addWidget(self.view, 1)
        self._splitter = QSplitter(self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(form)
        self._splitter.addWidget(result)
        self._splitter.setSizes(_SIDE_BY_SIDE)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(self._splitter)
        self.setFocusProxy(self.editor)

    def _connect(self) -> None:
        run = QAction(self)
        run.setShortcuts([QKeySequence(key) for key in _RUN_KEYS])
        run.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        run.triggered.connect(self.run)
        self.addAction(run)
        self.run_button.clicked.connect(self.run)
        self.stop_button.clicked.connect(self.session.stop)
        self.close_button.clicked.connect(self.close_wanted)
        self.language.currentIndexChanged.connect(self._on_language_chosen)
        self.consent.changed.connect(self._update_buttons)
        self.editor.textChanged.connect(self._on_edited)
        self.input.textChanged.connect(self._on_edited)
        self.view.line_chosen.connect(self._go_to_line)
        self.view.save_wanted.connect(self.files.save_one)
        self.view.save_all_wanted.connect(self.files.save_all)
        self.session.running_changed.connect(self._on_running_changed)
        self.session.ended.connect(self._on_ended)
        self.session.refused.connect(self._on_refused)
        self.session.isolation_found.connect(self._show_isolation)
        self.session.crashed.connect(self.crashed)
        self.files.told.connect(self.told)
        self.files.failed.connect(self.failed)
        self.files.crashed.connect(self.crashed)
        self._keep_timer.timeout.connect(self.keep_draft)

    def _restore(self, draft: ProgramDraft) -> None:
        self.language.setCurrentIndex(self.language.findData(draft.language))
        self.editor.set_language(draft.language)
        self.editor.setPlainText(draft.source)
        self.input.setPlainText(draft.stdin)
        self._keep_timer.stop()
        self._show_isolation(None)
        self._update_buttons()

    # -- the program

    @property
    def draft(self) -> ProgramDraft:
        """What is typed."""
        language = Language(self.language.currentData())
        return ProgramDraft(language, self.editor.text, self.input.toPlainText())

    def open_program(self, language: Language, source: str) -> None:
        """Put a program into the field; Ctrl+Z brings back what was there."""
        self.language.setCurrentIndex(self.language.findData(language))
        if source != self.editor.text:
            self.editor.replace_text(source)
        self.editor.moveCursor(self.editor.textCursor().MoveOperation.Start)

    @Slot()
    def run(self) -> None:
        """Run what is typed."""
        if not self.run_button.isEnabled():
            return
        draft = self.draft
        stdin = draft.stdin
        if stdin and not stdin.endswith("\n"):
            stdin += "\n"
        self.editor.mark_wrong_line(0)
        self.view.show_running(draft.language)
        self.session.start(
            RunRequest(
                draft.language,
                draft.source,
                stdin=stdin.encode(errors="replace"),
                allows_unprotected=self.consent.take(),
            )
        )

    @Slot()
    def stop(self) -> None:
        """End the running program."""
        self.session.stop()

    @Slot()
    def _on_language_chosen(self) -> None:
        self.editor.set_language(Language(self.language.currentData()))
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        self._update_buttons()
        if not self._keep_timer.isActive():  # not restarted: a steady typist is kept too
            self._keep_timer.start()

    @Slot()
    def keep_draft(self) -> None:
        """Write what is typed to the profile."""
        self._keep_timer.stop()
        self._settings.keep_program(self.draft)

    @Slot()
    def _update_buttons(self) -> None:
        is_running = self.session.is_running
        can_run = not is_running and not self.consent.blocks
        self.run_button.setEnabled(can_run and bool(self.editor.text.strip()))
        self.stop_button.setEnabled(is_running)

    # -- the run

    @Slot(bool)
    def _on_running_changed(self, is_running: bool) -> None:
        self._update_buttons()
        self.running_changed.emit(is_running)

    @Slot(object)
    def _on_ended(self, ended: Ended) -> None:
        report = ended.report
        self._show_isolation(report.isolation)
        self.view.show_ended(ended)
        wrong = next((one.line for one in report.complaints if not one.is_warning), None)
        self.editor.mark_wrong_line(wrong or 0)
        self.told.emit(announcement(report))

    @Slot(object)
    def _on_refused(self, error: TutorError) -> None:
        self.view.show_words(str(error), error.hint)
        self.told.emit(str(error))
        self.session.find_isolation()

    @Slot(object)
    def _show_isolation(self, isolation: Isolation | None) -> None:
        self.badge.show_isolation(isolation)
        self.consent.show_isolation(isolation)

    @Slot(int)
    def _go_to_line(self, line: int) -> None:
        self.editor.mark_wrong_line(line)
        self.editor.go_to_line(line)

    # -- look

    def set_colours(self, colours: Colours) -> None:
        """Follow the theme."""
        self.editor.follow_theme(colours)

    def set_zoom(self, factor: float) -> None:
        """Size of all text of programs; 1.0 is normal."""
        points = self._base_points * _FONT_SCALE * factor
        for field in (self.editor, self.input):
            field.setStyleSheet(fixed_width_style(points))
        self.input.setFixedHeight(self.input.fontMetrics().lineSpacing() * _INPUT_LINES + 22)
        self.view.set_points(points)

    def set_beside(self, is_beside: bool) -> None:
        """Whether the panel stands beside the transcript, where it can be closed."""
        self.close_button.setVisible(is_beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow panel shows the result under the program."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < _NARROW_PX
        wanted = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if self._splitter.orientation() is not wanted:
            self._splitter.setOrientation(wanted)
            self._splitter.setSizes(_ONE_UPON_THE_OTHER if is_narrow else _SIDE_BY_SIDE)

    def focus_next_pane(self) -> None:
        """From the program to its input to the result, and round again."""
        panes: tuple[QWidget, ...] = (self.editor, self.input, self.view)
        focused = QGuiApplication.focusObject()
        place = next(
            (n for n, pane in enumerate(panes)
             if isinstance(focused, QWidget) and (pane is focused or pane.isAncestorOf(focused))),
            -1,
        )  # fmt: skip
        panes[(place + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def shut(self, wait_ms: int) -> None:
        """Keep what is typed and stop what runs."""
        self.keep_draft()
        self.editor.shut(wait_ms)
        self.session.shut(wait_ms)
        self.files.shut(wait_ms)
