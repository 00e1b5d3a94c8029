"""Colours of a program while it is edited: Pygments' tokens put onto the lines of a document."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from tutor_app.core.program import Language
from tutor_app.ui.errand import Errands
from tutor_app.ui.highlight import highlight
from tutor_app.ui.theme import LIGHT, CodeColours

_PAUSE_MS = 120
_LINES_AT_ONCE = 20
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


@dataclass(frozen=True, slots=True)
class _Coloured:
    """What was found for one state of the text."""

    revision: int
    language: Language
    lines: tuple[tuple[Span, ...], ...]


class CodeHighlighter(QSyntaxHighlighter):
    """Colours a line by itself as it is typed, and the whole text after a pause.

    Lexing a long text takes longer than a frame, so the whole is done outside the GUI thread.
    """

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._language = Language.PYTHON
        self._found: _Coloured | None = None
        self._lexed_revision = -1
        self._lexed_lines = 0
        self._formats: dict[str, QTextCharFormat] = {}
        self._errands = Errands(self)
        self._errands.crashed.connect(self._on_crashed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._colour_all)
        document.contentsChanged.connect(self._pause.start)
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
        self.rehighlight()

    def set_language(self, language: Language) -> None:
        """Read the text as another language."""
        self._language = language
        self.rehighlight()
        self._colour_all()

    def shut(self, wait_ms: int) -> None:
        """Wait for what is under way."""
        self._pause.stop()
        self._errands.shut(wait_ms)

    @Slot()
    def _colour_all(self) -> None:
        self._pause.stop()
        language, text = self._language, self.document().toPlainText()
        revision = self.document().revision()
        self._errands.start(
            lambda: _Coloured(revision, language, spans_by_line(text, language)), self._on_coloured
        )

    @Slot(object)
    def _on_coloured(self, found: _Coloured) -> None:
        self._found = found
        if self._is_current:
            self.rehighlight()

    @Slot(str)
    def _on_crashed(self, details: str) -> None:
        raise RuntimeError(details)  # a fault of the program, told like any in the GUI thread

    @property
    def _is_current(self) -> bool:
        found, revision = self._found, self.document().revision()
        return found is not None and found.revision == revision and found.language is self._language

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        number = self.currentBlock().blockNumber()
        if self._is_current and self._found is not None:
            lines = self._found.lines
            spans = lines[number] if number < len(lines) else ()
        else:
            spans = self._spans_of_line(text)
        for start, length, name in spans:
            self.setFormat(start, length, self._formats[name])

    def _spans_of_line(self, text: str) -> tuple[Span, ...]:
        """Of a line by itself; a text that was put in as a whole waits for its colours."""
        revision = self.document().revision()
        if revision != self._lexed_revision:
            self._lexed_revision, self._lexed_lines = revision, 0
        self._lexed_lines += 1
        return spans_by_line(text, self._language)[0] if self._lexed_lines <= _LINES_AT_ONCE else ()


def _format(colour: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(colour))
    return made
