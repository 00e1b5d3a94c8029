"""Slips with the quadratic formula."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.slips.slip import Slip, SlipName, Weight


@dataclass(frozen=True, slots=True)
class FormulaSlip:
    """A slip in the quadratic formula.

    Attributes:
        slip: which.
        roots: what the slip makes of the coefficients, as pairs of values.
    """

    slip: Slip
    roots: Callable[[SymExpr, SymExpr, SymExpr], Iterator[tuple[SymExpr, SymExpr]]]


Pairs = Iterator[tuple[SymExpr, SymExpr]]


def _pair(b: SymExpr, square: SymExpr, divisor: SymExpr) -> tuple[SymExpr, SymExpr]:
    root = sympy.sqrt(square)
    return (-b + root) / divisor, (-b - root) / divisor


def _sign_of_b(a: SymExpr, b: SymExpr, c: SymExpr) -> Pairs:
    yield _pair(-b, b**2 - 4 * a * c, 2 * a)


def _denominator(a: SymExpr, b: SymExpr, c: SymExpr) -> Pairs:
    square = b**2 - 4 * a * c
    yield _pair(b, square, sympy.Integer(1))
    if a != 1:
        yield _pair(b, square, sympy.Integer(2))
        yield _pair(b, square, a)


def _discriminant(a: SymExpr, b: SymExpr, c: SymExpr) -> Pairs:
    yield _pair(b, b**2 + 4 * a * c, 2 * a)
    yield _pair(b, -(b**2) - 4 * a * c, 2 * a)
    yield _pair(b, b**2 - 2 * a * c, 2 * a)
    yield _pair(b, b**2 - a * c, 2 * a)
    yield _pair(b, b**2 - 4 * c, 2 * a)
    root = b**2 - 4 * a * c
    yield (-b + root) / (2 * a), (-b - root) / (2 * a)


def _part_divided(a: SymExpr, b: SymExpr, c: SymExpr) -> Pairs:
    root = sympy.sqrt(b**2 - 4 * a * c)
    yield -b + root / (2 * a), -b - root / (2 * a)
    yield -b / (2 * a) + root, -b / (2 * a) - root


FORMULA_SLIPS: Final = (
    FormulaSlip(
        Slip(
            SlipName.FORMULA_SIGN_OF_B,
            "perhaps the quadratic formula was started with b instead of -b",
            ("x^2 - 8x + 15 = 0", "x = -5 or x = -3"),
            Weight.SPECIFIC,
        ),
        _sign_of_b,
    ),
    FormulaSlip(
        Slip(
            SlipName.FORMULA_DENOMINATOR,
            "perhaps the quadratic formula was not divided by 2a",
            ("2x^2 - 7x + 3 = 0", "x = 6 or x = 1"),
            Weight.SPECIFIC,
        ),
        _denominator,
    ),
    FormulaSlip(
        Slip(
            SlipName.FORMULA_DISCRIMINANT,
            "perhaps the number under the root of the quadratic formula is wrong",
            ("x^2 + 3x - 5 = 0", "x = (-3 ± sqrt(9 - 20))/2"),
            Weight.SPECIFIC,
        ),
        _discriminant,
    ),
    FormulaSlip(
        Slip(
            SlipName.FORMULA_PART_DIVIDED,
            "perhaps only a part of the quadratic formula was divided by 2a",
            ("x^2 - 6x + 7 = 0", "x = 6 ± sqrt(8)/2"),
            Weight.SPECIFIC,
        ),
        _part_divided,
    ),
)
"""All slips with the quadratic formula."""
