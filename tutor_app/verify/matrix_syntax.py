"""Matrices, vectors, determinants and numbers of selections as they are written."""

from abc import abstractmethod
from typing import Final

from tutor_app.verify.calculus_syntax import CalculusParser
from tutor_app.verify.lexer import Kind
from tutor_app.verify.limits import MATRIX_SIDE, Unreadable
from tutor_app.verify.syntax import (
    Bin,
    Call,
    Expr,
    Matrix,
    Operator,
    Sym,
    yields_matrix,
)

_MATRICES: Final = frozenset({"pmatrix", "bmatrix", "Bmatrix", "matrix", "smallmatrix", "array"})
_DETERMINANTS: Final = frozenset({"vmatrix"})
MATRIX_CALLS: Final = frozenset(
    {"det", "tr", "rank", "dot", "cross", "norm", "transpose", "inverse"}
)
_PAIRED: Final = frozenset({"dot", "cross"})
_SELECTIONS: Final = {"C": "binomial", "P": "permutations"}


class MatrixParser(CalculusParser):
    """Reads matrices and what is made of them."""

    @abstractmethod
    def _arguments(self) -> tuple[Expr, ...]:
        """The arguments of a function in round brackets."""

    # -- matrices -------------------------------------------------------------------------

    def _environment(self) -> Expr:
        r"""A matrix or determinant between `\begin` and `\end`."""
        name = self._take().text
        if name not in _MATRICES | _DETERMINANTS:
            raise Unreadable(f"I do not know what {name} means here")
        bars, self._open_bars = self._open_bars, 0
        rows: list[tuple[Expr, ...]] = [self._row("&")]
        while self._is_operator("\\\\"):
            self._take()
            if self._is_kind(Kind.FINISH):
                break  # a line break behind the last row
            rows.append(self._row("&"))
        self._open_bars = bars
        if not (self._is_kind(Kind.FINISH) and self._take().text == name):
            raise Unreadable(f"{name} is not closed")
        matrix = checked_matrix(tuple(rows))
        if name in _DETERMINANTS:
            return _determinant(matrix)
        return matrix

    def _row(self, separator: str) -> tuple[Expr, ...]:
        entries = [self._expression()]
        while self._is_operator(separator):
            self._take()
            entries.append(self._expression())
        return tuple(entries)

    def _is_matrix_ahead(self) -> bool:
        """Whether `[[…], …]` or `[a, b; c, d]` starts here."""
        signs = self._signs_ahead()
        if len(signs) < 2:
            return False
        if signs[:2] == ["[", "["]:
            inner = _bracketed(signs[1:])
            outer = _bracketed(signs)
            is_rows = signs[1 + len(inner) : 2 + len(inner)] in ([","], ["]"])
            return is_rows and ("," in inner or "," in outer[1 + len(inner) :])
        inside = _top_level(_bracketed(signs))
        return ";" in inside and "," in inside

    def _signs_ahead(self) -> list[str]:
        """The operators from here on; anything else is an empty text."""
        return [
            token.text if token.kind is Kind.OPERATOR else ""
            for token in self._tokens[self._at :]
        ]  # fmt: skip

    def _bracket_matrix(self) -> Matrix:
        self._take()
        is_nested = self._is_operator("[")
        rows: list[tuple[Expr, ...]] = []
        while True:
            if is_nested:
                self._expect("[")
            rows.append(self._row(","))
            if is_nested:
                self._expect("]")
            if not self._is_operator("," if is_nested else ";"):
                break
            self._take()
        self._expect("]")
        return checked_matrix(tuple(rows))

    def _vector(self) -> Matrix:
        """`⟨1, 2, 3⟩` as a column."""
        self._take()
        entries = self._row(",")
        self._expect("⟩")
        if len(entries) < 2:
            raise Unreadable("a vector has at least two entries")
        return checked_matrix(tuple((entry,) for entry in entries))

    # -- what is made of matrices ---------------------------------------------------------

    def _norm(self) -> Expr:
        self._take()
        inner = self._expression()
        self._expect("‖")
        return Call("norm", (inner,))

    def _bars_around(self, inner: Expr) -> Expr:
        """`|…|` around a matrix: a determinant, or the length of a vector."""
        if not isinstance(inner, Matrix):
            raise Unreadable("bars around a calculation with matrices", is_ambiguous=True)
        if len(inner.rows) > 1 and len(inner.rows[0]) == 1:
            return Call("norm", (inner,))
        return _determinant(inner)

    def _matrix_call(self, name: str) -> Expr:
        if self._is_operator("("):
            args = self._arguments()
        elif name == "det" and self._is_kind(Kind.BEGIN):
            args = (self._environment(),)
        elif name in {"det", "tr", "rank"} and self._is_kind(Kind.SYMBOL):
            args = (Sym(self._take().text),)
            if self._starts_atom() or self._is_operator("^", "_"):
                raise Unreadable(f"the argument of {name} needs brackets", is_ambiguous=True)
        else:
            raise Unreadable(f"the argument of {name} is missing")
        if len(args) != (2 if name in _PAIRED else 1):
            raise Unreadable(f"{name} has {len(args)} arguments")
        return Call(name, args)

    def _is_transposed(self, base: Expr) -> bool:
        """Whether the exponent that follows a matrix is its sign of transposition."""
        if self._is_operator("⊤"):
            return True
        sign = self._tokens[self._at + 1] if self._is_operator("{") else self._next
        is_sign = sign.text in {"T", "t", "⊤"} and sign.kind in {Kind.SYMBOL, Kind.OPERATOR}
        if self._is_operator("{"):
            closer = self._tokens[min(self._at + 2, len(self._tokens) - 1)]
            is_sign = is_sign and closer.text == "}"
        return is_sign and (yields_matrix(base) or sign.text == "⊤")

    def _transposed(self, base: Expr) -> Expr:
        is_braced = self._is_operator("{")
        for _ in range(3 if is_braced else 1):
            self._take()
        return Call("transpose", (base,))

    def _vector_product(self, sign: str, left: Expr, right: Expr) -> Expr:
        """A product of two vectors is a dot or cross product, any other one of numbers."""
        if sign and is_column(left) and is_column(right):
            return Call(sign, (left, right))
        return Bin(Operator.MUL, left, right)

    # -- numbers of selections ------------------------------------------------------------

    def _selection(self) -> Expr:
        """`{}^{10}C_3` or `{}_{10}P_3`."""
        if self._is_operator("{"):
            self._take()
            self._expect("}")
        if not self._is_operator("^", "_"):
            raise Unreadable("empty braces")
        self._take()
        upper = self._bound()
        letter = self._take()
        if letter.kind is not Kind.SYMBOL or letter.text not in _SELECTIONS:
            raise Unreadable("a raised number stands alone")
        self._expect("_")
        return Call(_SELECTIONS[letter.text], (upper, self._bound()))

    def _is_selection_ahead(self) -> bool:
        if self._is_operator("^"):
            return True
        following = self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        return self._is_operator("{") and following.text == "}"


def is_column(node: Expr) -> bool:
    """Whether an expression is a written column vector, perhaps with a factor."""
    match node:
        case Matrix(rows):
            return len(rows) > 1 and len(rows[0]) == 1
        case Bin(Operator.MUL, left, right):
            return is_column(right) and not yields_matrix(left)
        case Call("cross"):
            return True
        case _:
            return False


def checked_matrix(rows: tuple[tuple[Expr, ...], ...]) -> Matrix:
    """A matrix of these rows.

    Raises:
        Unreadable: too large, rows of different lengths, or a matrix inside a matrix.
    """
    if max(len(rows), *(len(row) for row in rows)) > MATRIX_SIDE:
        raise Unreadable(f"a matrix has more than {MATRIX_SIDE} rows or columns")
    if len({len(row) for row in rows}) != 1:
        raise Unreadable("the rows of a matrix have different lengths")
    if any(yields_matrix(entry) for row in rows for entry in row):
        raise Unreadable("a matrix inside a matrix")
    return Matrix(rows)


def _determinant(matrix: Matrix) -> Expr:
    if len(matrix.rows) != len(matrix.rows[0]):
        raise Unreadable("a determinant needs as many rows as columns")
    return Call("det", (matrix,))


def _bracketed(signs: list[str]) -> list[str]:
    """The signs up to the bracket that closes the first one, both included."""
    depth = 0
    for k, sign in enumerate(signs):
        depth += (sign in {"(", "[", "{"}) - (sign in {")", "]", "}"})
        if depth == 0:
            return signs[: k + 1]
    return []


def _top_level(signs: list[str]) -> set[str]:
    """The signs directly inside the outer bracket."""
    depth = 0
    found: set[str] = set()
    for sign in signs:
        depth += (sign in {"(", "[", "{"}) - (sign in {")", "]", "}"})
        if depth == 1:
            found.add(sign)
    return found
