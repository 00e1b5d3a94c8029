"""A text field that is as high as its text."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

_LINES_SHOWN = 8
_REST_MS = 500


class GrowingEdit(QPlainTextEdit):
    """Grows with its text, within limits.

    Signals:
        entered: Enter was pressed; Ctrl+Enter where Enter makes lines.
        focus_changed: whether it has the focus.
        rested: nothing has been typed for a moment.
    """

    entered = Signal()
    focus_changed = Signal(bool)
    rested = Signal()

    def __init__(self, parent: QWidget, *, enter_sends: bool = True) -> None:
        super().__init__(parent)
        self._enter_sends = enter_sends
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
        """Enter sends, with Shift it makes a line; in a list of lines it is Ctrl+Enter."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        modifier = Qt.KeyboardModifier
        wanted = modifier.NoModifier if self._enter_sends else modifier.ControlModifier
        held = event.modifiers() & (modifier.ShiftModifier | modifier.ControlModifier)
        if is_enter and (held == wanted or held == modifier.ControlModifier):
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
