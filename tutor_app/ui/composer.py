"""Where a problem is typed, and what for: Enter sends, Shift+Enter makes a new line."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tutor_app.core.records import Mode
from tutor_app.tutor.examples import split_examples, with_examples
from tutor_app.ui.code_words import MODE_NAMES, examples_note
from tutor_app.ui.growing_edit import GrowingEdit
from tutor_app.ui.program_editor import fixed_width_style

_FONT_SCALE = 1.2  # what is typed is read as closely as the transcript
COLUMN_WIDTH_PX = 820
"""Width of the transcript's column, which the composer shares."""


_PLACEHOLDERS = {
    Mode.SOLVE: "Type a maths problem",
    Mode.PYTHON: "Describe a Python program",
    Mode.CPP: "Describe a C++ program",
}
_HINT = "Enter sends · Shift+Enter makes a new line · nothing leaves this computer"


class Composer(QWidget):
    """The problem field with its button, and in code mode a field for examples.

    Signals:
        sent: the text of a problem, with its examples.
        mode_changed: the Mode that was chosen.
        stop_requested: the running answer should end.
        rested: nothing has been typed for a moment; what is there may be kept as a draft.
    """

    sent = Signal(str)
    mode_changed = Signal(object)
    stop_requested = Signal()
    rested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_running = False
        self._frame = QFrame(self)
        self._edit = GrowingEdit(self._frame)
        self._examples = GrowingEdit(self._frame, enter_sends=False)
        self._mode = QComboBox(self._frame)
        self._button = QPushButton("Send", self._frame)
        self._warning = _centred_label("warning")
        self._hint = _centred_label("hint")
        self._name_widgets()
        self._place_widgets()
        self._connect()
        self.show_warning("")
        self._show_mode()

    def _name_widgets(self) -> None:
        self._frame.setObjectName("composer")
        self._frame.setMaximumWidth(COLUMN_WIDTH_PX)
        large = QFont(self._edit.font())
        large.setPointSizeF(large.pointSizeF() * _FONT_SCALE)
        self._edit.setFont(large)
        self._edit.setAccessibleName("Problem")
        self._examples.setObjectName("examples")
        self._examples.setAccessibleName("Examples, one a line")
        self._examples.setPlaceholderText("Examples, one a line")
        self._examples.setStyleSheet(fixed_width_style(self.font().pointSizeF()))
        for mode, name in MODE_NAMES.items():
            self._mode.addItem(name, mode)
        self._mode.setMinimumHeight(30)
        self._mode.setAccessibleName("What is asked for")
        self._mode.setToolTip("A solution that is checked, or a program that is run")
        self._button.setObjectName("send")
        self._button.setMinimumWidth(84)

    def _place_widgets(self) -> None:
        bottom = Qt.AlignmentFlag.AlignBottom
        inside = QGridLayout(self._frame)
        inside.setContentsMargins(10, 8, 8, 8)
        inside.addWidget(self._mode, 0, 0, bottom)
        inside.addWidget(self._edit, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        inside.addWidget(self._button, 0, 2, bottom)
        inside.addWidget(self._examples, 1, 1)
        inside.setColumnStretch(1, 1)
        middle = QHBoxLayout()
        middle.addStretch(0)
        middle.addWidget(self._frame, 1)
        middle.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 6, 24, 8)
        layout.setSpacing(5)
        layout.addWidget(self._warning)
        layout.addLayout(middle)
        layout.addWidget(self._hint)
        self.setFocusProxy(self._edit)
        QWidget.setTabOrder(self._edit, self._examples)
        QWidget.setTabOrder(self._examples, self._button)
        QWidget.setTabOrder(self._button, self._mode)

    def _connect(self) -> None:
        for field in (self._edit, self._examples):
            field.entered.connect(self._send)
            field.focus_changed.connect(self._on_focus_changed)
            field.rested.connect(self.rested)
        self._edit.textChanged.connect(self._update_button)
        self._examples.textChanged.connect(self._update_hint)
        self._mode.currentIndexChanged.connect(self._on_mode_chosen)
        self._button.clicked.connect(self._on_button)

    @property
    def mode(self) -> Mode:
        """What is asked for."""
        return Mode(self._mode.currentData())

    def set_mode(self, mode: Mode) -> None:
        """Choose what is asked for."""
        self._mode.setCurrentIndex(self._mode.findData(mode))

    def show_warning(self, sentence: str) -> None:
        """Say something above the field; empty takes it away."""
        self._warning.setText(sentence)
        self._warning.setVisible(bool(sentence))

    @property
    def text(self) -> str:
        """What has been typed and not sent, with the examples."""
        return with_examples(self._edit.toPlainText(), self._examples.toPlainText())

    def set_text(self, text: str) -> None:
        """Put a draft into the field, the cursor at its end."""
        problem, examples = (text, "") if self.mode is Mode.SOLVE else split_examples(text)
        self._examples.setPlainText(examples)
        self._edit.setPlainText(problem)
        cursor = self._edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self._edit.setTextCursor(cursor)

    def set_running(self, is_running: bool) -> None:
        """Whether an answer is being written: the button then stops it."""
        self._is_running = is_running
        self._update_button()

    @Slot()
    def _on_mode_chosen(self) -> None:
        self.set_text(self.text)  # examples move to their field, or back into the text
        self._show_mode()
        self.mode_changed.emit(self.mode)

    def _show_mode(self) -> None:
        self._examples.setVisible(self.mode is not Mode.SOLVE)
        self._edit.setPlaceholderText(_PLACEHOLDERS[self.mode])
        self._update_hint()
        self._update_button()

    @Slot()
    def _update_hint(self) -> None:
        language = self.mode.language
        if language is None:
            self._hint.setText(_HINT)
        else:
            self._hint.setText(examples_note(self._examples.toPlainText(), language))

    @Slot()
    def _send(self) -> None:
        if self._edit.toPlainText().strip() and not self._is_running:
            self.sent.emit(self.text.strip())

    @Slot()
    def _on_button(self) -> None:
        if self._is_running:
            self.stop_requested.emit()
        else:
            self._send()

    @Slot(bool)
    def _on_focus_changed(self, has_focus: bool) -> None:
        self._frame.setProperty("focused", has_focus)
        self._frame.style().polish(self._frame)

    @Slot()
    def _update_button(self) -> None:
        button = self._button
        button.setText("Stop" if self._is_running else "Send")
        button.setToolTip(
            "Stop the answer (Esc)" if self._is_running
            else "Send (Enter)" if self._edit.toPlainText().strip() else "Type a problem first"
        )  # fmt: skip
        button.setEnabled(self._is_running or bool(self._edit.toPlainText().strip()))
        if button.property("running") != self._is_running:
            button.setProperty("running", self._is_running)
            button.style().polish(button)


def _centred_label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
