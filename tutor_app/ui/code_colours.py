"""Colours of a program while it is edited: Pygments' tokens put onto the lines of a document."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from tutor_app.core.program import Language
from tutor_app.ui.highlight import highlight
from tutor_app.ui.theme import LIGHT, CodeColours

_PAUSE_MS = 120
_LEXERS = {Language.PYTHON: "python", Language.CPP: "cpp"}
Span = tuple[int, int, str]
"""Start, length and class, within one line."""


def spans_by_line(source: str, language: Language) -> tuple[tuple[Span, ...], ...]:
    """Where each line is coloured; empty where the text is too long to colour."""
    lines: list[list[Span]] = [[]]
    column = 0
    for name, text in highlight(source, _LEXERS[language]) or ():
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append([])
                column = 0
            if part and name:
                lines[-1].append((column, _length(part), name))
            column += _length(part)
    return tuple(tuple(line) for line in lines)


def _length(text: str) -> int:
    """In the UTF-16 units that Qt counts."""
    return len(text) + sum(character > "\uffff" for character in text)


class CodeHighlighter(QSyntaxHighlighter):
    """Colours a line by itself as it is typed, and the whole text after a pause."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._language = Language.PYTHON
        self._lines: tuple[tuple[Span, ...], ...] | None = None
        self._formats: dict[str, QTextCharFormat] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.colour_all)
        document.contentsChange.connect(self._on_changed)
        self.set_colours(LIGHT.code)

    def set_colours(self, colours: CodeColours) -> None:
        """Follow the theme."""
        self._formats = {
            name: _format(colour)
            for name, colour in (
                ("keyword", colours.keyword), ("string", colours.string),
                ("comment", colours.comment), ("number", colours.number), ("name", colours.name),
            )
        }  # fmt: skip
        self._formats["comment"].setFontItalic(True)
        self.colour_all()

    def set_language(self, language: Language) -> None:
        """Read the text as another language."""
        self._language = language
        self.colour_all()

    @Slot()
    def colour_all(self) -> None:
        """Colour everything, strings of several lines included."""
        self._pause.stop()
        self._lines = spans_by_line(self.document().toPlainText(), self._language)
        self.rehighlight()

    @Slot(int, int, int)
    def _on_changed(self, _position: int, removed: int, added: int) -> None:
        if removed or added:
            self._lines = None  # their numbers no longer hold
            self._pause.start()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        number = self.currentBlock().blockNumber()
        if self._lines is None:
            spans = spans_by_line(text, self._language)[0]
        else:
            spans = self._lines[number] if number < len(self._lines) else ()
        for start, length, name in spans:
            self.setFormat(start, length, self._formats[name])


def _format(colour: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(colour))
    return made
