"""Reads an answer that is a matrix or a vector, or says that there is none."""

import re
from collections.abc import Mapping
from typing import Final

from tutor_app.verify.form import is_worked_out
from tutor_app.verify.limits import TEXT_CHARS, Unreadable
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import (
    Bin,
    Chain,
    Expr,
    Matrix,
    Neg,
    Operator,
    Sym,
    Tuple,
    symbols,
    walk,
    yields_matrix,
)
from tutor_app.verify.text import tidy, without_delimiters
from tutor_app.verify.topics.matrix_text import (
    combination_of_units,
    cut_matrices,
    matrix_expression,
    plain_vectors,
)

_TEXT_COMMAND: Final = re.compile(r"\\(?:text|textrm|mathrm|mbox)\s*\{([^{}]*)\}")
_USUAL_NAMES: Final = ("A", "M", "v", "u")
"""What an answer may call a matrix that the problem does not name."""
_THING: Final = (
    r"(?:(?:it|this|that|there|[a-z](?: ?\^ ?\{? ?-1 ?\}?)?|[a-z] ?[a-z]|(?:the|this) (?:given )?"
    r"(?:matrix|inverse(?: matrix| of [a-z]| of the matrix)?|product|sum|difference|matrices"
    r"|expression|vectors))(?: [a-z])? )"
)
_NONE: Final = re.compile(
    rf"{_THING}?(?:(?:is |are )?(?:not invertible|singular|non ?-?invertible|undefined|not defined"
    r"|not possible|impossible|no inverse)|(?:has|have) no inverse|no inverse(?: exists?)?"
    r"|does(?: not|n't) (?:exist|have an inverse)|do not exist|dne|inverse does not exist"
    r"|cannot be (?:multiplied|added|subtracted|computed|inverted|calculated|done|found))"
)
_LEAD: Final = re.compile(
    r"(?i)(?:so|thus|hence|therefore)?,?\s*(?:the\s+)?(?:(?:inverse|product|sum|difference"
    r"|transpose|resulting|answer|determinant|trace|rank|dot|cross|scalar|vector|unit|magnitude"
    r"|length|norm)\s*)+(?:matrix|vector|product)?(?:\s+of\s+[A-Za-z])?\s*(?:is|=|:)\s*"
)


def says_none(text: str) -> bool:
    """Whether an answer says that the matrix does not exist."""
    words = _TEXT_COMMAND.sub(r" \1 ", without_delimiters(text)).replace("\\ ", " ")
    words = re.sub(r"[{}$]", "", words).replace("’", "'")
    return bool(_NONE.fullmatch(" ".join(words.lower().split()).rstrip(".")))


def without_lead(text: str) -> str:
    """An answer without words such as “The determinant is”."""
    if len(text) > TEXT_CHARS:
        raise Unreadable(f"the text is longer than {TEXT_CHARS} characters")
    return tidy(_LEAD.sub("", without_delimiters(text), count=1))


def read_matrix(text: str, names: Mapping[str, Expr], asked: Expr | None) -> Expr:
    """An answer as a worked-out matrix or vector.

    Args:
        text: the answer.
        names: matrices that the problem names.
        asked: what an equals sign may repeat, as in `AB = …`; None if nothing.

    Raises:
        Unreadable: it is not one matrix, or one that is not worked out.
    """
    text = plain_vectors(without_lead(text))
    left, equals, right = text.rpartition("=")
    if equals:
        _require_repeat(left, names, asked)
        text = right.strip()
    node = _matrix(text)
    if node is None:
        raise Unreadable("I expected one matrix")
    if not is_result(node):
        raise Unreadable("the matrix is not worked out yet")
    return node


def _require_repeat(left: str, names: Mapping[str, Expr], asked: Expr | None) -> None:
    """Refuses an equals sign behind anything but what was asked for, or a new letter."""
    if "=" in left or asked is None:
        raise Unreadable("I expected one result")
    inner = _only_matrix(asked)
    if not names and inner is not None:
        names = dict.fromkeys(_USUAL_NAMES, inner)
    sentence = cut_matrices(left, has_coordinates=True)
    said = matrix_expression(sentence.text, sentence, names)
    is_new_letter = isinstance(said, Sym) and said.name not in _USUAL_NAMES
    if said != asked and not (is_new_letter and not set(names) - set(_USUAL_NAMES)):
        raise Unreadable("the left side is not what was asked for")


def _only_matrix(node: Expr) -> Expr | None:
    """The matrix of `det M` or `M^{-1}`; None where there are several."""
    found = [part for part in walk(node) if isinstance(part, Matrix)]
    return found[0] if len(found) == 1 else None


def _matrix(text: str) -> Expr | None:
    units = combination_of_units(text)
    if units is not None:
        return units
    row = re.fullmatch(r"(?:\\left)?\[([^\[\];]*,[^\[\];]*)(?:\\right)?\]", text)
    if row:
        text = f"({row[1]})"
    text = re.sub(r"^<([^<>=]*,[^<>=]*)>$", r"(\1)", text)
    turned = re.fullmatch(r"(\(.*\))\s*\^\s*\{?\s*(?:T|\\top)\s*\}?", text)
    statement = parse_statement(turned[1] if turned else text)
    if isinstance(statement, Tuple):
        return Matrix(tuple((item,) for item in statement.items))
    if turned or isinstance(statement, Chain):
        return None
    return statement if isinstance(statement, Expr) and yields_matrix(statement) else None


def is_result(node: Expr) -> bool:
    """Whether a matrix is written out, perhaps with one factor in front."""
    match node:
        case Matrix(rows):
            return all(_is_plain(entry) for row in rows for entry in row)
        case Neg(arg):
            return is_result(arg)
        case Bin(Operator.MUL, left, right) if not yields_matrix(left):
            return _is_plain(left) and is_result(right)
        case Bin(Operator.DIV, left, right):
            return _is_plain(right) and is_result(left)
        case _:
            return False


def _is_plain(entry: Expr) -> bool:
    return bool(symbols(entry)) or is_worked_out(entry)


def single_number(text: str, names: Mapping[str, Expr], asked: Expr) -> str:
    """An answer without the name of what was asked for, as in `det A = 5`.

    Raises:
        Unreadable: the equals sign follows something else.
    """
    text = without_lead(text)
    left, equals, right = text.rpartition("=")
    if not equals:
        return text
    _require_repeat(plain_vectors(left), names, asked)
    return right.strip()
