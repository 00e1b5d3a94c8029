"""Where a problem is typed: Enter sends, Shift+Enter makes a new line, Send becomes Stop."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

_LINES_SHOWN = 8
_REST_MS = 500
_FONT_SCALE = 1.2  # what is typed is read as closely as the transcript
COLUMN_WIDTH_PX = 820
"""Width of the transcript's column, which the composer shares."""


class _ProblemEdit(QPlainTextEdit):
    """Grows with its text; reports Enter and focus."""

    entered = Signal()
    focus_changed = Signal(bool)
    rested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._fit)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.rested)
        self.textChanged.connect(self._rest.start)
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as the text needs, within limits."""
        line = self.fontMetrics().lineSpacing()
        lines = min(max(int(self.document().size().height()), 1), _LINES_SHOWN)
        return QSize(240, lines * line + 8)

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        needs_bar = self.document().size().height() > _LINES_SHOWN
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if needs_bar else policy.ScrollBarAlwaysOff
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends; with Shift it makes a line."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the frame."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the frame."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        """A new font needs another height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()


class Composer(QWidget):
    """The problem field with its button.

    Signals:
        sent: the text of a problem.
        stop_requested: the running answer should end.
        rested: nothing has been typed for a moment; what is there may be kept as a draft.
    """

    sent = Signal(str)
    stop_requested = Signal()
    rested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_running = False
        self._frame = QFrame(self)
        self._frame.setObjectName("composer")
        self._frame.setMaximumWidth(COLUMN_WIDTH_PX)
        self._edit = _ProblemEdit(self._frame)
        large = QFont(self._edit.font())
        large.setPointSizeF(large.pointSizeF() * _FONT_SCALE)
        self._edit.setFont(large)
        self._edit.setPlaceholderText("Type a maths problem")
        self._edit.setAccessibleName("Problem")
        self._button = QPushButton("Send", self._frame)
        self._button.setObjectName("send")
        self._button.setMinimumWidth(84)
        inside = QHBoxLayout(self._frame)
        inside.setContentsMargins(14, 8, 8, 8)
        inside.addWidget(self._edit, 1, Qt.AlignmentFlag.AlignVCenter)
        inside.addWidget(self._button, 0, Qt.AlignmentFlag.AlignBottom)
        hint = QLabel("Enter sends · Shift+Enter makes a new line · nothing leaves this computer")
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        middle = QHBoxLayout()
        middle.addStretch(0)
        middle.addWidget(self._frame, 1)
        middle.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 6, 24, 8)
        layout.setSpacing(5)
        layout.addLayout(middle)
        layout.addWidget(hint)
        self.setFocusProxy(self._edit)
        self._edit.entered.connect(self._send)
        self._edit.textChanged.connect(self._update_button)
        self._edit.focus_changed.connect(self._on_focus_changed)
        self._edit.rested.connect(self.rested)
        self._button.clicked.connect(self._on_button)
        self._update_button()

    @property
    def text(self) -> str:
        """What has been typed and not sent."""
        return self._edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Put a draft into the field, the cursor at its end."""
        self._edit.setPlainText(text)
        cursor = self._edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self._edit.setTextCursor(cursor)

    def set_running(self, is_running: bool) -> None:
        """Whether an answer is being written: the button then stops it."""
        self._is_running = is_running
        self._update_button()

    @Slot()
    def _send(self) -> None:
        if self.text.strip() and not self._is_running:
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
            else "Send (Enter)" if self.text.strip() else "Type a problem first"
        )  # fmt: skip
        button.setEnabled(self._is_running or bool(self.text.strip()))
        if button.property("running") != self._is_running:
            button.setProperty("running", self._is_running)
            button.style().polish(button)
