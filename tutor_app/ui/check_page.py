"""The page where a learner's own working is checked: fields on one side, the signs on the other."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tutor_app.core.errors import ExportError, InputError
from tutor_app.core.working import CheckedWorking
from tutor_app.ui.check_session import CheckSession
from tutor_app.ui.conversation import Services
from tutor_app.ui.errand import Errands
from tutor_app.ui.operations import Operation
from tutor_app.ui.settings import WindowSettings
from tutor_app.ui.theme import Colours
from tutor_app.ui.transcript import TranscriptView
from tutor_app.ui.working_draft import WorkingDraft, WorkingText
from tutor_app.ui.working_editor import WorkingEditor

KEEP_WITHIN_MS = 400
_FONT_SCALE = 1.15
_NARROW_PX = 780  # below this the page stands under the fields
_SIDE_BY_SIDE = [440, 620]
_FORMATS = "PDF (*.pdf);;Markdown (*.md)"


class CheckPage(QWidget):
    """Fields, preview and what connects them.

    Signals:
        told: a sentence for the status line.
        failed: a TutorError.
        crashed: a traceback.
    """

    told = Signal(str)
    failed = Signal(object)
    crashed = Signal(str)

    def __init__(
        self, services: Services, settings: WindowSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("checkPage")
        self._settings = settings
        self._write_working = services.write_working
        self.session = CheckSession(services.check_working, self)
        self.problem = QPlainTextEdit(self)
        self.editor = WorkingEditor(self)
        self.preview = TranscriptView(services.assets / "web", self)
        self.example_button = QPushButton(self)
        self.export_button = QPushButton("Export…", self)
        self._errands = Errands(self)
        self._set_aside = WorkingText()
        self._base_points = self.editor.font().pointSizeF()
        self._keep_timer = QTimer(self)
        self._keep_timer.setSingleShot(True)
        self._keep_timer.setInterval(KEEP_WITHIN_MS)
        self._name_widgets()
        self._place_widgets()
        self._connect()
        self._restore(settings.working)

    # -- construction

    def _name_widgets(self) -> None:
        self.problem.setObjectName("checkProblem")
        self.problem.setAccessibleName("Problem, optional")
        self.problem.setPlaceholderText("Such as: Solve 3x + 5 = 20")
        self.problem.setTabChangesFocus(True)
        self.editor.setAccessibleName("Your working, one step a line")
        self.editor.setPlaceholderText("3x = 15\nx = 5")
        self.preview.setAccessibleName("Your working, checked")
        self.export_button.setToolTip("Save the checked working as PDF or Markdown (Ctrl+E)")

    def _place_widgets(self) -> None:
        form = QWidget(self)
        layout = QVBoxLayout(form)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(6)
        problem_label = QLabel("&Problem (optional)", form)
        problem_label.setBuddy(self.problem)
        working_label = QLabel("Your &working, one step a line", form)
        working_label.setBuddy(self.editor)
        hint = QLabel(
            "Plain maths or LaTeX · kept as you type · nothing leaves this computer", form
        )
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.example_button)
        buttons.addStretch(1)
        buttons.addWidget(self.export_button)
        layout.addWidget(problem_label)
        layout.addWidget(self.problem)
        layout.addWidget(working_label)
        layout.addWidget(self.editor, 1)
        layout.addLayout(buttons)
        layout.addWidget(hint)
        self._splitter = QSplitter(self)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(form)
        self._splitter.addWidget(self.preview)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setSizes(_SIDE_BY_SIDE)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(self._splitter)
        self.setFocusProxy(self.editor)

    def _connect(self) -> None:
        self.problem.textChanged.connect(self._on_edited)
        self.editor.edited.connect(self._on_edited)
        self.example_button.clicked.connect(self._show_other)
        self.export_button.clicked.connect(self.export)
        self.preview.pressed.connect(self._on_pressed)
        self.preview.page.pdfPrintingFinished.connect(self._on_printed)
        self.session.shown.connect(self._on_shown)
        self.session.checked.connect(self._on_checked)
        self.session.crashed.connect(self.crashed)
        self._keep_timer.timeout.connect(self.keep_draft)
        self._errands.failed.connect(self.failed)
        self._errands.crashed.connect(self.crashed)

    def _restore(self, draft: WorkingDraft) -> None:
        self._set_aside = draft.set_aside
        self.problem.setPlainText(draft.shown.problem)
        self.editor.setPlainText(draft.shown.text)
        self.editor.go_to_line(self.editor.blockCount())
        self._name_example_button()
        self.session.check_now()

    # -- typing

    @property
    def draft(self) -> WorkingDraft:
        """What is typed, and what was set aside for it."""
        shown = WorkingText(self.problem.toPlainText(), self.editor.text)
        return WorkingDraft(shown, self._set_aside)

    @Slot()
    def _on_edited(self) -> None:
        self.session.set_text(self.problem.toPlainText(), self.editor.text, self.editor.caret_line)
        if not self._keep_timer.isActive():  # not restarted: a steady typist is kept too
            self._keep_timer.start()
        if self.session.found is None:
            self.editor.mark_wrong_line(0)
        self.export_button.setEnabled(bool(self.editor.text.strip()))
        self._name_example_button()

    @Slot()
    def keep_draft(self) -> None:
        """Write what is typed to the profile."""
        self._keep_timer.stop()
        self._settings.keep_working(self.draft)

    @Slot()
    def _show_other(self) -> None:
        wanted = self.draft.other()
        self._set_aside = wanted.set_aside
        cursor = self.problem.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(wanted.shown.problem)
        self.editor.replace_text(wanted.shown.text)
        self._name_example_button()
        self.keep_draft()
        self.editor.setFocus()

    def _name_example_button(self) -> None:
        draft = self.draft
        if draft.is_example:
            title, tip = "&Back to my working", "Bring back what was typed before the example"
        elif not draft.set_aside.is_blank:
            title, tip = "&Other working", "Change places with the working that was set aside"
        else:
            title, tip = "E&xample", "A working with a mistake in it; what you typed is set aside"
        self.example_button.setText(title)
        self.example_button.setToolTip(tip)

    # -- findings

    @Slot(object)
    def _on_shown(self, operations: list[Operation]) -> None:
        self.preview.push(operations)

    @Slot(object)
    def _on_checked(self, found: CheckedWorking) -> None:
        wrong = found.first_wrong
        self.editor.mark_wrong_line(found.lines[wrong].number if wrong is not None else 0)

    @Slot(str, str)
    def _on_pressed(self, name: str, target: str) -> None:
        if name == "go-to-line" and target.isdecimal():
            self.editor.go_to_line(int(target))

    # -- files

    @Slot()
    def export(self) -> None:
        """Save the checked working in a format of the user's choice."""
        if self.session.found is None:
            self.told.emit("There is no checked working to export yet.")
            return
        name, chosen = QFileDialog.getSaveFileName(self, "Export working", "working", _FORMATS)
        if not name:
            return
        path = Path(name)
        if not path.suffix:
            path = path.with_suffix(".md" if "*.md" in chosen else ".pdf")
        self.save(path)

    def save(self, path: Path) -> None:
        """Write the checked working; the kind of file follows from the name's ending."""
        found = self.session.found
        if path.suffix.lower() == ".pdf":
            self.preview.print_to(path)
        elif path.suffix.lower() == ".md" and found is not None:
            self._errands.start(lambda: self._write(path, found), self._on_saved)
        else:
            self.failed.emit(
                InputError(f"{path.name} is no kind of file that can be written.",
                           hint="Let the name end in .pdf or .md.")
            )  # fmt: skip

    def _write(self, path: Path, working: CheckedWorking) -> Path:
        try:
            path.write_bytes(self._write_working(working))
        except OSError as error:
            raise ExportError(
                f"{path} cannot be written.", hint=f"The system says: {error.strerror or error}."
            ) from error
        return path

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self.told.emit(f"Saved {path}")

    @Slot(str, bool)
    def _on_printed(self, path: str, is_written: bool) -> None:
        self.told.emit(f"Saved {path}" if is_written else f"{path} could not be written.")

    # -- look

    def set_colours(self, colours: Colours) -> None:
        """Follow the theme."""
        self.preview.set_theme(colours.name, colours.background)
        self.editor.set_colours(colours.muted, colours.stop, colours.mark)

    def set_zoom(self, factor: float) -> None:
        """Size of all text on the page; 1.0 is normal."""
        self.preview.set_zoom(factor)
        points = self._base_points * _FONT_SCALE * factor
        # a font set with setFont is lost when the theme's style sheet changes
        for field in (self.problem, self.editor):
            field.setStyleSheet(f"font-size: {points:.1f}pt")
        self.problem.setFixedHeight(self.problem.fontMetrics().lineSpacing() * 2 + 22)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window shows the preview under the fields."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < _NARROW_PX
        wanted = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if self._splitter.orientation() is not wanted:
            self._splitter.setOrientation(wanted)
            self._splitter.setSizes([1_000, 1_000] if is_narrow else _SIDE_BY_SIDE)

    def focus_next_pane(self) -> None:
        """From the problem to the working to the preview, and round again."""
        panes: tuple[QWidget, ...] = (self.problem, self.editor, self.preview)
        focused = QGuiApplication.focusObject()
        place = next(
            (n for n, pane in enumerate(panes)
             if isinstance(focused, QWidget) and (pane is focused or pane.isAncestorOf(focused))),
            -1,
        )  # fmt: skip
        panes[(place + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def shut(self, wait_ms: int) -> None:
        """Keep what is typed and release everything."""
        self.keep_draft()
        self.session.shut(wait_ms)
        self._errands.shut(wait_ms)
        self.preview.shut()
