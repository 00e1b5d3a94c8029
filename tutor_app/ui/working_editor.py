"""Where a working is typed: numbered lines, the first wrong one marked."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

_MARGIN_PX = 8


class _Numbers(QWidget):
    """The strip with the lines' numbers."""

    def __init__(self, editor: "WorkingEditor") -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        """As wide as the largest number."""
        return QSize(self._editor.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The editor knows where its lines are."""
        self._editor.paint_numbers(event)


class WorkingEditor(QPlainTextEdit):
    """A plain text field with line numbers. Tab leaves it; Enter begins a line.

    Signals:
        edited: the text or the cursor's line has changed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("working")
        self.setTabChangesFocus(True)
        self._wrong_line = 0
        self._muted = QColor("gray")
        self._wrong = QColor("red")
        self._mark = QColor("pink")
        self._numbers = _Numbers(self)
        self._numbers.setAccessibleName("Line numbers")
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._scroll_numbers)
        self.textChanged.connect(self.edited)
        self.cursorPositionChanged.connect(self.edited)
        self._make_room()

    # -- text

    @property
    def text(self) -> str:
        """What is typed."""
        return self.toPlainText()

    @property
    def caret_line(self) -> int:
        """Number of the line where the cursor is, from 1."""
        return self.textCursor().blockNumber() + 1

    def replace_text(self, text: str) -> None:
        """Put another text in; undo brings the old one back."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def go_to_line(self, number: int) -> None:
        """Put the cursor at the end of a line, counted from 1."""
        block = self.document().findBlockByNumber(number - 1)
        if not block.isValid():
            return
        cursor = self.textCursor()
        cursor.setPosition(block.position() + block.length() - 1)
        self.setTextCursor(cursor)
        self.setFocus()

    # -- look

    def set_colours(self, muted: str, wrong: str, mark: str) -> None:
        """Colours of the numbers, of the wrong line's number and of its background."""
        self._muted, self._wrong, self._mark = QColor(muted), QColor(wrong), QColor(mark)
        self.mark_wrong_line(self._wrong_line)

    def mark_wrong_line(self, number: int) -> None:
        """Point a line out; 0 points none out."""
        self._wrong_line = number
        block = self.document().findBlockByNumber(number - 1)
        marks: list[QTextEdit.ExtraSelection] = []
        if number and block.isValid():
            mark = QTextEdit.ExtraSelection()
            mark.format.setBackground(self._mark)
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            cursor = self.textCursor()
            cursor.setPosition(block.position())
            mark.cursor = cursor
            marks.append(mark)
        self.setExtraSelections(marks)
        self._numbers.update()

    def numbers_width(self) -> int:
        """Width of the strip, in pixels."""
        digits = max(2, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + 3 * _MARGIN_PX

    @Slot()
    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)
        self._place_numbers()

    @Slot(QRect, int)
    def _scroll_numbers(self, rect: QRect, pixels: int) -> None:
        if pixels:
            self._numbers.scroll(0, pixels)
        else:
            self._numbers.update(0, rect.y(), self._numbers.width(), rect.height())

    def _place_numbers(self) -> None:
        inside = self.contentsRect()
        self._numbers.setGeometry(
            QRect(inside.left(), inside.top(), self.numbers_width(), inside.height())
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The strip is as high as the field."""
        super().resizeEvent(event)
        self._place_numbers()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another strip."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_room()

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Draw the numbers of the lines that are in view."""
        painter = QPainter(self._numbers)
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= event.rect().bottom():
            height = self.blockBoundingRect(block).height()
            if block.isVisible() and top + height >= event.rect().top():
                number = block.blockNumber() + 1
                is_wrong = number == self._wrong_line
                painter.setPen(self._wrong if is_wrong else self._muted)
                width = self._numbers.width() - 2 * _MARGIN_PX
                where = QRect(0, int(top), width, self.fontMetrics().height())
                text = f"✗ {number}" if is_wrong else str(number)
                painter.drawText(where, int(Qt.AlignmentFlag.AlignRight), text)
            block = block.next()
            top += height
        painter.end()
