"""Finds text in the open thread."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget


class FindBar(QFrame):
    """A field above the transcript, shown on demand.

    Signals:
        wanted: text to find, and whether backwards; empty text ends the search.
    """

    wanted = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self._field = QLineEdit(self)
        self._field.setPlaceholderText("Find in this thread")
        self._field.setAccessibleName("Find in this thread")
        self._count = QLabel(self)
        back, forth, close = (QPushButton(text, self) for text in ("Previous", "Next", "Close"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.addWidget(self._field, 1)
        for widget in (self._count, back, forth, close):
            layout.addWidget(widget)
        self._field.textChanged.connect(self._find_next)
        self._field.returnPressed.connect(self._find_next)
        back.clicked.connect(self._find_previous)
        forth.clicked.connect(self._find_next)
        close.clicked.connect(self.dismiss)
        self.hide()

    @Slot()
    def summon(self) -> None:
        """Show the bar and type into it."""
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        self._find_next()

    @Slot()
    def dismiss(self) -> None:
        """Hide the bar and take the marks away."""
        self.hide()
        self._count.clear()
        self.wanted.emit("", False)

    @Slot(int, int)
    def show_count(self, active: int, total: int) -> None:
        """Tell which match of how many is marked."""
        if self._field.text():
            self._count.setText(f"{active} of {total}" if total else "Not found")
        else:
            self._count.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the bar before it stops anything else."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    @Slot()
    def _find_next(self) -> None:
        self.wanted.emit(self._field.text(), False)

    @Slot()
    def _find_previous(self) -> None:
        self.wanted.emit(self._field.text(), True)
