"""The two sides of an equation, either way round, and their factors."""

from collections.abc import Iterator
from fractions import Fraction

from tutor_app.verify.slips.shape import is_sum
from tutor_app.verify.slips.slip import Sides
from tutor_app.verify.syntax import Bin, Expr, Neg, Num, Operator, symbols

Alternatives = tuple[Sides, ...]
"""Equations joined by `or`."""


def _swapped(sides: Sides) -> Sides:
    return Sides(sides.right, sides.left)


def both_ways(sides: Sides) -> Iterator[Sides]:
    """An equation, and the same with its sides swapped."""
    yield sides
    yield _swapped(sides)


def scaled(sides: Sides) -> Iterator[tuple[Fraction, Expr, Expr]]:
    """`k·x = R` as k, x and R."""
    for one in both_ways(sides):
        match one.left:
            case Bin(Operator.MUL, Num(value), rest) if symbols(rest) and not is_sum(rest):
                yield value, rest, one.right
            case Bin(Operator.MUL, Neg(Num(value)), rest) if symbols(rest) and not is_sum(rest):
                yield -value, rest, one.right
            case Neg(rest) if symbols(rest):
                yield Fraction(-1), rest, one.right
