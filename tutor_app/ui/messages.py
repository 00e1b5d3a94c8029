"""Boxes that tell or ask one thing. None of them blocks the window's event loop."""

from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from tutor_app import __version__
from tutor_app.core.errors import TutorError

_ABOUT = (
    "<b>STEM Tutor {version}</b><p>An offline tutor that checks every line its model writes."
    "<p>Includes KaTeX and markdown-it (MIT licence); see assets/licences."
)


def _box(parent: QWidget) -> QMessageBox:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def show_failure(error: TutorError, parent: QWidget) -> None:
    """One sentence and what to do about it."""
    box = _box(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(str(error))
    box.setInformativeText(error.hint)
    box.open()


def offer_link(url: QUrl, parent: QWidget) -> None:
    """Open a link that stands in an answer, but only after a question."""
    box = _box(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText("The model wrote a link. Open it in your browser?")
    box.setInformativeText(url.toDisplayString())
    box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.accepted.connect(partial(QDesktopServices.openUrl, url))
    box.open()


def show_about(parent: QWidget) -> None:
    """Version and licences."""
    box = _box(parent)
    box.setText(_ABOUT.format(version=__version__))
    box.open()
