"""Whether an end of an answered set is the rounded decimal of a true end: `x < 1.414`."""

from collections.abc import Iterable, Iterator
from typing import Final

from sympy import Expr as SymExpr

from tutor_app.verify.build import build
from tutor_app.verify.syntax import (
    Chain,
    Expr,
    Interval,
    Listing,
    Member,
    Neg,
    Num,
    SetLit,
    Statement,
    Tuple,
    Union,
)

ROUNDED_BOUND: Final = "an end is rounded: approximately equal, not exactly"


def has_rounded_bound(answer: Statement, ends: Iterable[SymExpr]) -> bool:
    """Whether a decimal in an answer is one of the true ends, rounded to the places shown."""
    exact = [end for end in ends if end.is_real]
    return any(_is_rounding(shown, end) for shown in _numbers(answer) for end in exact)


def _is_rounding(shown: Expr, exact: SymExpr) -> bool:
    plain = shown.arg if isinstance(shown, Neg) else shown
    if not (isinstance(plain, Num) and plain.is_decimal):
        return False
    denominator = plain.value.denominator
    places = next((k for k in range(1, 400) if 10**k % denominator == 0), None)
    if places is None:
        return False
    gap = (abs(build(shown).expr - exact) * 2 * 10**places).evalf(30)
    return bool(gap.is_comparable and 0 < gap <= 1)


def _numbers(statement: Statement) -> Iterator[Expr]:
    match statement:
        case Chain(operands):
            yield from (operand for operand in operands if operand is not None)
        case Interval(lower, upper):
            yield from (lower, upper)
        case Tuple(parts) | SetLit(parts):
            yield from parts
        case Listing(items):
            for item in items:
                yield from _numbers(item)
        case Union(regions):
            for region in regions:
                yield from _numbers(region)
        case Member(_, region):
            yield from _numbers(region)
        case _:
            return
