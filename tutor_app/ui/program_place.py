"""Where the panel for programs stands: on a page of its own, or beside the transcript."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from tutor_app.core.code_block import CodeBlock, language_of
from tutor_app.ui.program_panel import ProgramPanel

_NARROW_PX = 760  # below this the panel stands under the transcript
_SIDE_BY_SIDE = [560, 500]


class ProgramPlace(QObject):
    """Makes the one panel when it is first wanted and moves it between its two places."""

    def __init__(self, make: Callable[[], ProgramPanel], parent: QWidget) -> None:
        super().__init__(parent)
        self._make = make
        self._panel: ProgramPanel | None = None
        self._is_beside = False
        self.page = QWidget(parent)
        QVBoxLayout(self.page).setContentsMargins(0, 0, 0, 0)
        self.splitter = QSplitter(parent)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.installEventFilter(self)

    @property
    def made(self) -> ProgramPanel | None:
        """The panel, if it has been wanted yet."""
        return self._panel

    @property
    def panel(self) -> ProgramPanel:
        """The panel; made at the first call."""
        if self._panel is None:
            self._panel = self._make()
            self._panel.close_wanted.connect(self.close_beside)
            self._panel.hide()
        return self._panel

    @property
    def is_beside(self) -> bool:
        """Whether the panel stands beside the transcript, or will when that is shown."""
        return self._is_beside

    def run_beside(self, block: CodeBlock) -> None:
        """Open a program of the transcript beside it and run it."""
        language = language_of(block.language)
        if language is None:
            return
        self._is_beside = True
        self.show_beside()
        if self.panel.session.is_running:
            self.panel.told.emit("A program is still running; stop it first.")
            return
        self.panel.open_program(language, block.source)
        self.panel.run()

    def show_page(self) -> None:
        """The page of its own is shown."""
        panel = self.panel
        panel.set_beside(False)
        layout = self.page.layout()
        assert layout is not None
        layout.addWidget(panel)
        panel.show()

    def show_beside(self) -> None:
        """The transcript is shown; the panel comes along if it was opened there."""
        if not self._is_beside:
            return
        panel = self.panel
        if panel.parent() is not self.splitter:
            self.splitter.addWidget(panel)
            self.splitter.setSizes(_SIDE_BY_SIDE)
        panel.set_beside(True)
        panel.show()

    @Slot()
    def close_beside(self) -> None:
        """Take the panel away from beside the transcript; what it holds stays."""
        self._is_beside = False
        if self._panel is not None:
            self._panel.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A narrow window shows the panel under the transcript."""
        if watched is self.splitter and event.type() == QEvent.Type.Resize:
            is_narrow = self.splitter.width() < _NARROW_PX
            wanted = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
            if self.splitter.orientation() is not wanted:
                self.splitter.setOrientation(wanted)
        return False
