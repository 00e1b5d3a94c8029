"""Colours of code: Pygments' tokens as (class, text) pairs, never as HTML. No Qt."""

from pygments import lex
from pygments.lexers import get_lexer_by_name
from pygments.token import Token, _TokenType
from pygments.util import ClassNotFound

_CHARS_LIMIT = 60_000
_CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Token.Keyword, "keyword"),
    (Token.Operator.Word, "keyword"),
    (Token.Literal.String, "string"),
    (Token.Comment.PreprocFile, "string"),
    (Token.Comment.Preproc, "keyword"),
    (Token.Comment, "comment"),
    (Token.Literal.Number, "number"),
    (Token.Name.Function, "name"),
    (Token.Name.Class, "name"),
    (Token.Name.Builtin, "name"),
)


def _class_of(kind: _TokenType) -> str:
    return next((name for token, name in _CLASSES if kind in token), "")


def highlight(source: str, lang: str) -> tuple[tuple[str, str], ...] | None:
    """Coloured pieces of `source`; None where the language is unknown or the text too long."""
    if not lang or len(source) > _CHARS_LIMIT:
        return None
    try:
        lexer = get_lexer_by_name(lang, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    pieces: list[tuple[str, str]] = []
    for kind, text in lex(source, lexer):
        name = _class_of(kind)
        if pieces and pieces[-1][0] == name:
            pieces[-1] = (name, pieces[-1][1] + text)
        else:
            pieces.append((name, text))
    return tuple(pieces)


def warm_up() -> None:
    """Load the usual lexers, so that the first code block does not stall the window."""
    for lang in ("python", "cpp"):
        highlight("x = 1", lang)
