r"""Finds the maths in Markdown text, however a model marks it, and writes it in one way.

Known marks: `$…$` by Pandoc's rule (so prices stay prices), `$$…$$`, `\(…\)`, `\[…\]`, bare
environments and a bare `\boxed{…}`. Code spans are left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_ENVIRONMENTS = (
    "align|aligned|alignat|array|bmatrix|Bmatrix|cases|eqnarray|equation|flalign|gather|gathered"
    "|matrix|multline|pmatrix|smallmatrix|split|vmatrix|Vmatrix"
)
_START = re.compile(
    r"(?P<escape>\\[\\$`])|(?P<code>`+)|(?P<paren>\\\()|(?P<bracket>\\\[)"
    rf"|(?P<environment>\\begin\{{(?:{_ENVIRONMENTS})\*?\}})|(?P<boxed>\\boxed\{{)"
    r"|(?P<double>\$\$)|(?P<single>\$(?=\S))"
)
_SINGLE_BODY = re.compile(r"(?:[^\\$]|\\.)*(?=\$)", re.S)
LIMIT_CHARS = 6_000  # of one formula; unclosed marks must not cost the square of the text
_BOXED_LIMIT_CHARS = 500
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_PUNCTUATION = re.compile(r"[\\`*_\[\]<>#|~&$]")
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.M)


class PieceKind(Enum):
    """What a stretch of text is."""

    TEXT = auto()
    CODE = auto()
    INLINE = auto()
    DISPLAY = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of text.

    Attributes:
        kind: what it is.
        source: for maths the TeX without its marks, else the text as it stands.
    """

    kind: PieceKind
    source: str


def pieces(text: str) -> Iterator[Piece]:
    """Cut Markdown text into code spans, maths and the text between them."""
    begin = position = 0
    while (start := _START.search(text, position)) is not None:
        found = _piece_at(text, start)
        if found is None:
            position = start.end()
            continue
        piece, end = found
        if begin < start.start():
            yield Piece(PieceKind.TEXT, text[begin : start.start()])
        yield piece
        begin = position = end
    if begin < len(text):
        yield Piece(PieceKind.TEXT, text[begin:])


def _piece_at(text: str, start: re.Match[str]) -> tuple[Piece, int] | None:
    at = start.end()
    match start.lastgroup:
        case "code":
            end = re.compile(rf"(?<!`){start.group()}(?!`)").search(text, at)
            return end and (Piece(PieceKind.CODE, text[start.start() : end.end()]), end.end())
        case "paren":
            return _delimited(PieceKind.INLINE, text, at, "\\)")
        case "bracket":
            return _delimited(PieceKind.DISPLAY, text, at, "\\]")
        case "double":
            return _delimited(PieceKind.DISPLAY, text, at, "$$")
        case "single":
            return _between_dollars(text, at)
        case "environment":
            end_mark = start.group().replace("begin", "end", 1)
            stop = text.find(end_mark, at, at + LIMIT_CHARS)
            stop += len(end_mark)
            source = text[start.start() : stop]
            return _formula(PieceKind.DISPLAY, source, stop) if stop >= at else None
        case "boxed":
            stop = _brace_end(text, at)
            source = text[start.start() : stop]
            return _formula(PieceKind.INLINE, source, stop) if stop else None
        case _:
            return None


def _between_dollars(text: str, at: int) -> tuple[Piece, int] | None:
    """Pandoc's rule: no space inside either dollar, no digit after the second."""
    body = _SINGLE_BODY.match(text, at)
    if body is None or body.group()[-1:].isspace() or text[body.end() + 1 :][:1].isdigit():
        return None
    return _formula(PieceKind.INLINE, body.group(), body.end() + 1)


def _delimited(kind: PieceKind, text: str, at: int, mark: str) -> tuple[Piece, int] | None:
    stop = text.find(mark, at, at + LIMIT_CHARS)
    return _formula(kind, text[at:stop], stop + len(mark)) if stop >= 0 else None


def _formula(kind: PieceKind, source: str, end: int) -> tuple[Piece, int] | None:
    if not source.strip():
        return None
    if kind is PieceKind.INLINE and _BLANK_LINE.search(source):
        return None  # a lone dollar must not swallow the next paragraph
    return Piece(kind, source.strip()), end


def _brace_end(text: str, at: int) -> int:
    depth = 1
    for mark in re.compile(r"\\.|[{}]").finditer(text, at, at + _BOXED_LIMIT_CHARS):
        depth += {"{": 1, "}": -1}.get(mark.group(), 0)
        if depth == 0:
            return mark.end()
    return 0


def with_dollars(text: str) -> str:
    """The same Markdown with all maths between dollars, as Pandoc and most viewers read it."""
    out: list[str] = []
    is_table = text.lstrip().startswith("|")
    for piece in pieces(text):
        source = _without_bars(piece.source) if is_table else piece.source
        match piece.kind:
            case PieceKind.INLINE:
                out.append(f"${source}$")
            case PieceKind.DISPLAY:
                out.append("$$" + _BLANK_LINE.sub("\n", source) + "$$")
            case PieceKind.CODE:
                out.append(piece.source)
            case PieceKind.TEXT:
                # "$x$2" would not be read as maths any more
                if out and out[-1].endswith("$") and piece.source[0].isdigit():
                    out.append(" ")
                out.append(re.sub(r"(?<!\\)\$", r"\\$", piece.source))
    return "".join(out)


def _without_bars(source: str) -> str:
    return source.replace("\\|", "\\Vert ").replace("|", "\\vert ")  # a bar would end the cell


def plain_with_maths(text: str) -> str:
    """Markdown that shows typed plain text as it is, except for the maths in it."""
    return "".join(
        _escaped(piece.source)
        if piece.kind in {PieceKind.TEXT, PieceKind.CODE}
        else with_dollars(_remarked(piece))
        for piece in pieces(text.strip())
    )


def _remarked(piece: Piece) -> str:
    return f"$${piece.source}$$" if piece.kind is PieceKind.DISPLAY else f"\\({piece.source}\\)"


def _escaped(text: str) -> str:
    text = _PUNCTUATION.sub(lambda mark: "\\" + mark.group(), text)
    text = _LINE_START.sub(_escaped_line_start, text)
    return re.sub(r"(?<!\n)\n(?!\n)", "\\\n", text)  # typed lines stay lines


def _escaped_line_start(start: re.Match[str]) -> str:
    space, mark = start.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
