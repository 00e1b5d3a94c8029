"""Shown when the program itself is at fault: what happened, to read and to copy."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class CrashDialog(QDialog):
    """A fault's traceback. Threads and answers are on disk already and stay."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details = details
        self.setWindowTitle("Something went wrong in STEM Tutor")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(680, 420)
        words = QLabel(
            "The program made a mistake. Your threads are saved, and you can go on.\n"
            "If it happens again, please report the text below; it holds nothing of your problems."
        )
        words.setWordWrap(True)
        text = QPlainTextEdit(details)
        text.setReadOnly(True)
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        text.setAccessibleName("Details of the fault")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton("Copy the text")
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(words)
        layout.addWidget(text, 1)
        layout.addWidget(buttons)

    @property
    def details(self) -> str:
        """The text on show."""
        return self._details

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
