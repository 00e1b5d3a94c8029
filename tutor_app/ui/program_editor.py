"""Where a program is typed: numbered, coloured lines; Tab indents, Enter keeps the indentation."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from tutor_app.core.program import Language
from tutor_app.ui.code_colours import CodeHighlighter
from tutor_app.ui.theme import Colours
from tutor_app.ui.working_editor import WorkingEditor

_INDENT = "    "
_KEEP_ANCHOR = QTextCursor.MoveMode.KeepAnchor
_OPENERS = {Language.PYTHON: ":", Language.CPP: "{"}


def fixed_width_style(points: float) -> str:
    """A widget's own style sheet; a font set with setFont is lost when the theme changes."""
    family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    return f'font-family: "{family}", monospace; font-size: {points:.1f}pt'


class ProgramEditor(WorkingEditor):
    """A field for programs. F6 leaves it, because Tab indents."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("program")
        self.setAccessibleName("Program")
        self.setTabChangesFocus(False)
        self.setLineWrapMode(self.LineWrapMode.NoWrap)
        self._language = Language.PYTHON
        self._highlighter = CodeHighlighter(self.document())

    def set_language(self, language: Language) -> None:
        """What the program is written in."""
        self._language = language
        self._highlighter.set_language(language)

    def follow_theme(self, colours: Colours) -> None:
        """Colours of the lines' numbers, of marked lines and of the program's words."""
        self.set_colours(colours.muted, colours.stop, colours.mark)
        self._highlighter.set_colours(colours.code)

    def shut(self, wait_ms: int) -> None:
        """Wait for what is under way."""
        self._highlighter.shut(wait_ms)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tab and Shift+Tab indent, Enter begins a line as far in as the one before."""
        has_modifier = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Tab and not has_modifier:
            self._indent()
        elif event.key() == Qt.Key.Key_Backtab:
            self._change_lines(self._outdent_line)
        elif event.key() == Qt.Key.Key_Return and not event.modifiers():
            self._begin_line()
        else:
            super().keyPressEvent(event)

    def _indent(self) -> None:
        cursor = self.textCursor()
        if cursor.hasSelection():
            self._change_lines(lambda line: line.insertText(_INDENT))
        else:
            cursor.insertText(_INDENT[cursor.positionInBlock() % len(_INDENT) :])

    def _change_lines(self, change: Callable[[QTextCursor], None]) -> None:
        cursor = self.textCursor()
        document = self.document()
        last = document.findBlock(max(cursor.selectionStart(), cursor.selectionEnd() - 1))
        block = document.findBlock(cursor.selectionStart())
        cursor.beginEditBlock()
        while block.isValid() and block.blockNumber() <= last.blockNumber():
            change(QTextCursor(block))
            block = block.next()
        cursor.endEditBlock()

    @staticmethod
    def _outdent_line(line: QTextCursor) -> None:
        text = line.block().text()
        count = min(len(text) - len(text.lstrip(" ")), len(_INDENT))
        if text.startswith("\t"):
            count = 1
        line.movePosition(QTextCursor.MoveOperation.NextCharacter, _KEEP_ANCHOR, count)
        line.removeSelectedText()

    def _begin_line(self) -> None:
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        indent = before[: len(before) - len(before.lstrip(" \t"))]
        if before.rstrip().endswith(_OPENERS[self._language]):
            indent += _INDENT
        cursor.insertText("\n" + indent)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
