"""Exact values of matrix expressions: sums, products, powers, inverses, determinants, ranks.

Numbers are eliminated as fractions; entries with letters or roots are multiplied out.
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.limits import POWER_DIGITS, Unreadable
from tutor_app.verify.syntax import Bin, Call, Expr, Matrix, Neg, Num, Operator, yields_matrix

Scalar = Callable[[Expr], SymExpr]
"""Builds an entry or a factor."""

Rows = tuple[tuple[SymExpr, ...], ...]

_ONE: Final = Num(Fraction(1))
_SYMBOLIC_SIDE: Final = 5
_MINORS_SIDE: Final = 6
_SYMBOLIC_TERMS: Final = 200
_LARGEST_POWER: Final = 200
_SYMBOLIC_POWER: Final = 8


class NoMatrix(Unreadable):
    """The operation is not defined: shapes do not fit, or there is no inverse."""


def matrix_rows(node: Expr, scalar: Scalar) -> Rows:
    """The entries of an expression that stands for a matrix.

    Raises:
        NoMatrix: an operation in it is not defined.
        Unreadable: it is too large, or not a matrix.
    """
    match node:
        case Matrix(rows):
            return tuple(tuple(scalar(entry) for entry in row) for row in rows)
        case Neg(arg):
            return _scaled(matrix_rows(arg, scalar), sympy.Integer(-1))
        case Bin(Operator.ADD | Operator.SUB, left, right):
            sign = sympy.Integer(1 if node.op is Operator.ADD else -1)
            return _sum(matrix_rows(left, scalar), _scaled(matrix_rows(right, scalar), sign))
        case Bin(Operator.MUL, left, right):
            return _product(left, right, scalar)
        case Bin(Operator.DIV, left, right) if not yields_matrix(right):
            divisor = scalar(Bin(Operator.DIV, _ONE, right))
            return _scaled(matrix_rows(left, scalar), divisor)
        case Bin(Operator.POW, left, right):
            return matrix_power(matrix_rows(left, scalar), _exponent(right, scalar))
        case Call("transpose", (arg,)):
            return transpose(matrix_rows(arg, scalar))
        case Call("inverse", (arg,)):
            return inverse(matrix_rows(arg, scalar))
        case Call("cross", (left, right)):
            return _cross(matrix_rows(left, scalar), matrix_rows(right, scalar))
        case _:
            raise Unreadable("a number stands where a matrix should")


def matrix_number(name: str, args: tuple[Expr, ...], scalar: Scalar) -> SymExpr:
    """The number that `det`, `tr`, `rank`, `norm` or `dot` makes of matrices.

    Raises:
        NoMatrix: the shape does not fit.
        Unreadable: an argument is no matrix, or too large.
    """
    if not all(yields_matrix(arg) for arg in args):
        raise Unreadable(f"{name} needs a matrix")
    values = [matrix_rows(arg, scalar) for arg in args]
    match name, values:
        case "det", [rows]:
            return determinant(rows)
        case "tr", [rows]:
            _require_square(rows)
            return sympy.expand(sum((rows[k][k] for k in range(len(rows))), sympy.Integer(0)))
        case "rank", [rows]:
            return sympy.Integer(rank(rows))
        case "norm", [rows]:
            return sympy.sqrt(_dot(rows, rows))
        case "dot", [first, second]:
            return _dot(first, second)
        case _:
            raise Unreadable(f"I cannot compute {name}")


# -- shapes -------------------------------------------------------------------------------


def shape(rows: Rows) -> tuple[int, int]:
    """Numbers of rows and columns."""
    return len(rows), len(rows[0])


def _require_square(rows: Rows) -> None:
    if len(rows) != len(rows[0]):
        raise NoMatrix("this needs a matrix with as many rows as columns")


def identity(side: int) -> Rows:
    """The identity matrix."""
    return tuple(tuple(sympy.Integer(int(i == j)) for j in range(side)) for i in range(side))


def transpose(rows: Rows) -> Rows:
    """Rows and columns exchanged."""
    return tuple(zip(*rows, strict=True))


def _scaled(rows: Rows, factor: SymExpr) -> Rows:
    return tuple(tuple(_tidy(factor * entry) for entry in row) for row in rows)


def _sum(first: Rows, second: Rows) -> Rows:
    if shape(first) != shape(second):
        raise NoMatrix("matrices of different shapes cannot be added")
    return tuple(
        tuple(_tidy(a + b) for a, b in zip(*pair, strict=True))
        for pair in zip(first, second, strict=True)
    )


def _product(left: Expr, right: Expr, scalar: Scalar) -> Rows:
    if not yields_matrix(left):
        return _scaled(matrix_rows(right, scalar), scalar(left))
    if not yields_matrix(right):
        return _scaled(matrix_rows(left, scalar), scalar(right))
    return multiply(matrix_rows(left, scalar), matrix_rows(right, scalar))


def multiply(first: Rows, second: Rows) -> Rows:
    """The product of two matrices.

    Raises:
        NoMatrix: the first has not as many columns as the second has rows.
    """
    if len(first[0]) != len(second):
        raise NoMatrix("these matrices cannot be multiplied: columns and rows do not match")
    columns = transpose(second)
    return tuple(tuple(_inner(row, column) for column in columns) for row in first)


def _inner(row: tuple[SymExpr, ...], column: tuple[SymExpr, ...]) -> SymExpr:
    total = sympy.Integer(0)
    for a, b in zip(row, column, strict=True):
        total += a * b
    return _tidy(total)


def _tidy(entry: SymExpr) -> SymExpr:
    if entry.is_Rational:
        if int(entry.p).bit_length() + int(entry.q).bit_length() > POWER_DIGITS * 3:
            raise Unreadable(f"an entry has more than {POWER_DIGITS} digits")
        return entry
    expanded = sympy.expand(entry)
    if len(sympy.Add.make_args(expanded)) > _SYMBOLIC_TERMS:
        raise Unreadable("an entry is too long")
    return expanded


def _exponent(node: Expr, scalar: Scalar) -> int:
    exponent = scalar(node)
    if not exponent.is_Integer or abs(exponent) > _LARGEST_POWER:
        raise Unreadable(f"the power of a matrix must be a whole number up to {_LARGEST_POWER}")
    return int(exponent)


def matrix_power(rows: Rows, exponent: int) -> Rows:
    """A whole power; a negative one is a power of the inverse.

    Raises:
        NoMatrix: not square, or no inverse.
    """
    _require_square(rows)
    base = inverse(rows) if exponent < 0 else rows
    if not is_rational(rows) and abs(exponent) > _SYMBOLIC_POWER:
        raise Unreadable("a high power of a matrix with letters")
    result, square, rest = identity(len(rows)), base, abs(exponent)
    while rest:
        if rest % 2:
            result = multiply(result, square)
        rest //= 2
        if rest:
            square = multiply(square, square)
    return result


# -- vectors ------------------------------------------------------------------------------


def _entries(rows: Rows) -> tuple[SymExpr, ...]:
    """The entries of a vector, written as a column or a row."""
    if len(rows[0]) == 1:
        return tuple(row[0] for row in rows)
    if len(rows) == 1:
        return rows[0]
    raise NoMatrix("this needs vectors")


def _dot(first: Rows, second: Rows) -> SymExpr:
    pair = _entries(first), _entries(second)
    if len(pair[0]) != len(pair[1]):
        raise NoMatrix("the vectors have different lengths")
    return _inner(*pair)


def _cross(first: Rows, second: Rows) -> Rows:
    a, b = _entries(first), _entries(second)
    if len(a) != 3 or len(b) != 3:
        raise NoMatrix("a cross product needs vectors with three entries")
    return tuple(
        (_tidy(a[(k + 1) % 3] * b[(k + 2) % 3] - a[(k + 2) % 3] * b[(k + 1) % 3]),)
        for k in range(3)
    )


# -- elimination --------------------------------------------------------------------------


def is_rational(rows: Rows) -> bool:
    """Whether all entries are rational numbers."""
    return all(entry.is_Rational for row in rows for entry in row)


def _fractions(rows: Rows) -> list[list[Fraction]]:
    return [[Fraction(int(entry.p), int(entry.q)) for entry in row] for row in rows]


def _rational(value: Fraction) -> sympy.Rational:
    return sympy.Rational(value.numerator, value.denominator)


def _echelon(table: list[list[Fraction]], columns: int) -> tuple[int, Fraction]:
    """Brings rows to reduced form in place; the rank and the product of the pivots."""
    at = 0
    product = Fraction(1)
    for column in range(columns):
        pivot = next((k for k in range(at, len(table)) if table[k][column]), None)
        if pivot is None:
            continue
        if pivot != at:
            table[at], table[pivot] = table[pivot], table[at]
            product = -product
        lead = table[at][column]
        product *= lead
        table[at] = [value / lead for value in table[at]]
        for k, row in enumerate(table):
            if k != at and row[column]:
                factor = row[column]
                table[k] = [a - factor * b for a, b in zip(row, table[at], strict=True)]
        at += 1
        if at == len(table):
            break
    return at, product


def rank(rows: Rows) -> int:
    """The number of independent rows of a matrix of rational numbers.

    Raises:
        Unreadable: an entry is not rational.
    """
    if not is_rational(rows):
        raise Unreadable("the rank of a matrix with letters")
    return _echelon(_fractions(rows), len(rows[0]))[0]


def determinant(rows: Rows) -> SymExpr:
    """The determinant.

    Raises:
        NoMatrix: not square.
        Unreadable: large, with entries that are not rational.
    """
    _require_square(rows)
    side = len(rows)
    if is_rational(rows):
        found, product = _echelon(_fractions(rows), side)
        return _rational(product if found == side else Fraction(0))
    if side > _SYMBOLIC_SIDE:
        raise Unreadable("a large determinant with letters")
    return _tidy(_minor(rows, tuple(range(side)), tuple(range(side))))


def _minor(rows: Rows, kept: tuple[int, ...], columns: tuple[int, ...]) -> SymExpr:
    """Expansion by the first row kept."""
    if not kept:
        return sympy.Integer(1)
    total = sympy.Integer(0)
    for sign_index, column in enumerate(columns):
        entry = rows[kept[0]][column]
        if entry != 0:
            rest = columns[:sign_index] + columns[sign_index + 1 :]
            total += (-1) ** sign_index * entry * _minor(rows, kept[1:], rest)
    return _tidy(total)


def inverse(rows: Rows) -> Rows:
    """The inverse, checked by multiplying back.

    Raises:
        NoMatrix: the determinant is zero.
        Unreadable: it may be zero for some values of the letters.
    """
    _require_square(rows)
    side = len(rows)
    if not is_rational(rows):
        return _inverse_by_minors(rows)
    table = [
        [*row, *(Fraction(int(i == j)) for j in range(side))]
        for i, row in enumerate(_fractions(rows))
    ]
    if _echelon(table, side)[0] < side:
        raise NoMatrix("the determinant is 0, so there is no inverse")
    found = tuple(tuple(_rational(value) for value in row[side:]) for row in table)
    assert multiply(rows, found) == identity(side)
    return found


def _inverse_by_minors(rows: Rows) -> Rows:
    value = determinant(rows)
    if value.free_symbols or not value.is_nonzero:
        raise Unreadable("the determinant may be 0, depending on the letters")
    side = len(rows)
    everything = tuple(range(side))

    def cofactor(row: int, column: int) -> SymExpr:
        kept = everything[:row] + everything[row + 1 :]
        columns = everything[:column] + everything[column + 1 :]
        return (-1) ** (row + column) * _minor(rows, kept, columns)

    return tuple(
        tuple(_tidy(sympy.radsimp(cofactor(j, i) / value)) for j in everything) for i in everything
    )


def characteristic_coefficients(rows: Rows) -> tuple[Fraction, ...]:
    """Coefficients of det(tI - A), the leading 1 first, for rational entries.

    The coefficient of t^(n-k) is (-1)^k times the sum of the principal minors of order k.

    Raises:
        NoMatrix: not square.
        Unreadable: an entry is not rational, or the matrix is large.
    """
    _require_square(rows)
    side = len(rows)
    if not is_rational(rows) or side > _MINORS_SIDE:
        raise Unreadable("a matrix whose characteristic polynomial I cannot compute")
    coefficients = [Fraction(1)]
    for order in range(1, side + 1):
        total = Fraction(0)
        for chosen in combinations(range(side), order):
            part = tuple(tuple(rows[i][j] for j in chosen) for i in chosen)
            value = determinant(part)
            total += Fraction(int(value.p), int(value.q))
        coefficients.append((-1) ** order * total)
    return tuple(coefficients)
