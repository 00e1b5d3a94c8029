"""Matrices and vectors inside a sentence: cut out, numbered, named and put back as expressions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeGuard

from tutor_app.verify.build import build
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.matrix_syntax import is_column
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.syntax import (
    Apply,
    Bin,
    Call,
    Const,
    Expr,
    Matrix,
    Neg,
    Operator,
    Sym,
    children,
    map_children,
    replace_letters,
    symbols,
    walk,
    whole,
    yields_matrix,
)

_ENVIRONMENT: Final = (
    r"\\begin\s*\{(?P<name>[pbB]?matrix|smallmatrix|array)\}(?:(?!\\begin).)*?"
    r"\\end\s*\{(?P=name)\}"
)
_WRAPPED: Final = re.compile(
    rf"\\left\s*[(\[]\s*(?P<matrix>{_ENVIRONMENT})\s*\\right\s*[)\]]", re.DOTALL
)
_ROWS: Final = r"\[\s*\[[^\[\]]*\](?:\s*,\s*\[[^\[\]]*\])*\s*\]"
_SEMICOLONS: Final = r"\[[^\[\];]*[,\s][^\[\];]*(?:;[^\[\];]*)+\]"
_ANGLES: Final = r"(?:\\left\s*)?\\langle[^<>\\]*(?:\\right\s*)?\\rangle|⟨[^⟨⟩]*⟩|<[^<>=]*,[^<>=]*>"
_LITERAL: Final = re.compile(rf"{_ENVIRONMENT}|{_ROWS}|{_SEMICOLONS}|{_ANGLES}", re.DOTALL)
_COORDINATES: Final = re.compile(r"(?<![A-Za-z0-9])[(\[]([^()\[\]]*,[^()\[\]]*)[)\]]")
_VECTOR_NAME: Final = re.compile(
    r"\\(?:vec|overrightarrow|mathbf|boldsymbol|bm|mathrm|textbf|hat|widehat)\s*"
    r"(?:\{\s*(?:\\(?:vec|mathbf|hat)\s*)?\{?([A-Za-z])\}?\s*\}|([A-Za-z])(?![A-Za-z]))"
)
_UNIT_VECTORS: Final = re.compile(
    r"(?<![\w^])-?\s*(?:\d+(?:\.\d+)?\s*)?i\s*[+-]\s*(?:\d+(?:\.\d+)?\s*)?j"
    r"(?:\s*[+-]\s*(?:\d+(?:\.\d+)?\s*)?k)?(?![\w^])"
)
_PLACE: Final = re.compile(r"⟦(\d+)⟧")
_DEFINED: Final = re.compile(r"(?P<name>[A-Za-z])\s*=\s*⟦(?P<place>\d+)⟧")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with `⟦k⟧` for its k-th matrix."""

    text: str
    matrices: tuple[Matrix, ...]


def plain_vectors(text: str) -> str:
    r"""A text with `\vec{a}` and `\mathbf{i}` as plain letters."""
    return _VECTOR_NAME.sub(lambda found: f" {found[1] or found[2]} ", text)


def cut_matrices(text: str, *, has_coordinates: bool = False) -> Sentence:
    """A text whose matrices are cut out.

    Args:
        text: a sentence or an answer.
        has_coordinates: `(1, 2, 3)` and `2i + 3j` are vectors there.

    Raises:
        Unreadable: something looks like a matrix and is none.
    """
    matrices: list[Matrix] = []

    def cut(node: Expr) -> str:
        if not isinstance(node, Matrix):
            raise Unreadable("a matrix that I cannot read")
        matrices.append(node)
        return f" ⟦{len(matrices) - 1}⟧ "

    text = _WRAPPED.sub(lambda found: found["matrix"], text)
    text = _LITERAL.sub(lambda found: cut(_literal(found.group())), text)
    if has_coordinates:
        text = _COORDINATES.sub(lambda found: cut(_literal(f"⟨{found[1]}⟩")), text)
        text = _UNIT_VECTORS.sub(lambda found: cut(_unit_vectors(found.group())), text)
    return Sentence(" ".join(text.split()), tuple(matrices))


def _literal(text: str) -> Expr:
    if text.startswith("<"):
        text = f"⟨{text[1:-1]}⟩"
    return parse_expression(re.sub(r"^\\left\s*|\\right\s*(?=\\rangle)", "", text))


def _unit_vectors(text: str) -> Expr:
    """`2i - j + 3k` as a column."""
    entries: dict[str, Expr] = {}
    for sign, size, letter in re.findall(r"([+-]?)\s*(\d+(?:\.\d+)?)?\s*([ijk])", text):
        value = parse_expression(size) if size else whole(1)
        entries[letter] = Neg(value) if sign == "-" else value
    return Matrix(tuple((entries[letter],) for letter in "ijk" if letter in entries))


def definitions(sentence: Sentence) -> tuple[dict[str, Expr], str]:
    """The names `A = ⟦0⟧` of a sentence, and the sentence with each reduced to `⟨A⟩`.

    Raises:
        Unreadable: a name has two meanings.
    """
    names: dict[str, Expr] = {}
    for found in _DEFINED.finditer(sentence.text):
        if found["name"] in names:
            raise Unreadable("a matrix is named twice")
        names[found["name"]] = sentence.matrices[int(found["place"])]
    return names, _DEFINED.sub(lambda found: f"⟨{found['name']}⟩", sentence.text)


def matrix_expression(text: str, sentence: Sentence, names: Mapping[str, Expr]) -> Expr:
    """A formula of matrices and their names as an expression.

    Raises:
        Unreadable: it is none, or can be read two ways.
    """
    text = re.sub(r"(?i)\\(?:det|rank|tr)\s+(?=⟦)", lambda found: found.group().strip(), text)
    product = re.fullmatch(
        r"(?P<left>[^·×⋅•\\]+?)\s*(?P<sign>\\cdot|·|⋅|•|\\times|×)\s*(?P<right>[^·×⋅•\\]+)", text
    )
    if product:
        left, right = (matrix_expression(product[side], sentence, names)
                       for side in ("left", "right"))  # fmt: skip
        if is_vector(left) and is_vector(right):
            is_cross = product["sign"] in {"\\times", "×"}
            return Call("cross" if is_cross else "dot", (left, right))
        return Bin(Operator.MUL, left, right)
    if "Q_" in text:
        raise Unreadable("a name that I use myself")
    node = parse_expression(_PLACE.sub(r" (Q_{\1}) ", text))
    values: dict[str, Expr] = dict(names)
    values |= {f"Q_{place}": matrix for place, matrix in enumerate(sentence.matrices)}
    side = next((len(value.rows) for value in values.values() if is_square(value)), 0)
    if "I" in symbols(node) and "I" not in values and side:
        values["I"] = identity_matrix(side)
    node = _as_matrices(replace_letters(node, values), names)
    for part in walk(node):
        is_product = isinstance(part, Bin) and part.op is Operator.MUL
        if is_product and all(is_vector(side) for side in children(part)):
            raise Unreadable("a product of vectors can be read two ways", is_ambiguous=True)
    return node


def is_square(node: Expr) -> TypeGuard[Matrix]:
    """Whether an expression is a written matrix with as many rows as columns."""
    return isinstance(node, Matrix) and len(node.rows) == len(node.rows[0])


def identity_matrix(side: int) -> Matrix:
    """The identity matrix as it would be written."""
    return Matrix(tuple(tuple(whole(int(i == j)) for j in range(side)) for i in range(side)))


def is_vector(node: Expr) -> bool:
    """Whether an expression is a sum of multiples of written columns."""
    match node:
        case Neg(arg):
            return is_vector(arg)
        case Bin(Operator.ADD | Operator.SUB, left, right):
            return is_vector(left) and is_vector(right)
        case _:
            return is_column(node)


def _as_matrices(node: Expr, names: Mapping[str, Expr]) -> Expr:
    """Gives `A^T` and `|A|` their meaning now that A is known to be a matrix."""
    node = map_children(node, lambda part: _as_matrices(part, names))
    match node:
        case Bin(Operator.POW, base, Sym("T" | "t")) if yields_matrix(base) and "T" not in names:
            return Call("transpose", (base,))
        case Apply(name, (), 1) if name in names:
            return Call("transpose", (names[name],))
        case Call("abs", (arg,)) if yields_matrix(arg):
            return Call("norm" if is_vector(arg) else "det", (arg,))
        case _:
            return node


def combination_of_units(text: str) -> Matrix | None:
    """`(1/2)i - sqrt(3) j` as a column; None if it is no combination of i, j and k."""
    try:
        node = parse_expression(plain_vectors(text))
    except Unreadable:
        return None
    node = _with_letter_i(node)
    if not symbols(node) or not symbols(node) <= {"i", "j", "k"}:
        return None
    entries = [_coefficient(node, letter) for letter in "ijk"]
    if any(entry is None for entry in entries):
        return None
    return Matrix(tuple((entry,) for entry in entries if entry is not None))


def _with_letter_i(node: Expr) -> Expr:
    return Sym("i") if node == Const("i") else map_children(node, _with_letter_i)


def _coefficient(node: Expr, letter: str) -> Expr | None:
    """The number at one of the unit vectors; None where the expression is not linear in them."""
    zero, one = whole(0), whole(1)
    values: dict[str, Expr] = {name: one if name == letter else zero for name in "ijk"}
    expr = build(node).expr
    if any(expr.diff(a, b) != 0 for a in expr.free_symbols for b in expr.free_symbols):
        return None
    if build(replace_letters(node, dict.fromkeys("ijk", zero))).expr != 0:
        return None
    value = build(replace_letters(node, values)).expr
    if not value.is_Rational:
        return replace_letters(node, values)
    size: Expr = whole(abs(int(value.p)))
    if value.q != 1:
        size = Bin(Operator.DIV, size, whole(int(value.q)))
    return Neg(size) if value < 0 else size
