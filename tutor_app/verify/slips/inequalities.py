"""Slips between one inequality and the next."""

from itertools import islice
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import SlipGuess
from tutor_app.verify.build import build, symbol
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.region import RealSet, compare, region_of, sample_points
from tutor_app.verify.slips.guess import guess_in_equation, guess_of
from tutor_app.verify.slips.relations import (
    END_POINT,
    INEQUALITY_NOT_REVERSED,
    INEQUALITY_REVERSED,
    INSIDE_OUTSIDE,
    MULTIPLIED_BY_UNKNOWN,
    ONE_PART_CHANGED,
)
from tutor_app.verify.slips.slip import Sides, Slip, SlipName
from tutor_app.verify.slips.target import is_multiple
from tutor_app.verify.solutions import SolutionSet
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Expr,
    Interval,
    Listing,
    Statement,
    Sym,
    symbols,
)

_TURNED: Final = {
    Comparison.LT: Comparison.GT, Comparison.GT: Comparison.LT,
    Comparison.LE: Comparison.GE, Comparison.GE: Comparison.LE,
}  # fmt: skip
_OTHER_END: Final = {
    Comparison.LT: Comparison.LE, Comparison.LE: Comparison.LT,
    Comparison.GT: Comparison.GE, Comparison.GE: Comparison.GT,
}  # fmt: skip
_FOR_EQUATIONS_ONLY: Final = frozenset(
    {SlipName.DIVIDED_BY_UNKNOWN, SlipName.DIVIDED_BY_FACTOR, SlipName.NONZERO_PRODUCT}
)


def guess_in_inequality(before: Statement, line: Statement, unknown: str) -> SlipGuess | None:
    """The slip that turns an inequality into a line with other solutions.

    Args:
        before: the line before.
        line: the wrong line.
        unknown: the letter solved for.
    """
    try:
        found = _by_regions(before, line, unknown)
        if found is not None:
            return guess_of(found)
        return _by_sides(before, line, unknown)
    except Unreadable:
        return None


def _by_regions(before: Statement, line: Statement, unknown: str) -> Slip | None:
    whole = region_of(before, unknown)
    if _is_same(_changed(line, _TURNED), whole, unknown):
        return INEQUALITY_NOT_REVERSED if _divides_by_negative(before) else INEQUALITY_REVERSED
    if _only_ends_differ(whole, region_of(line, unknown)):
        return END_POINT
    if _is_multiplied_by_unknown(before, line, unknown):
        return MULTIPLIED_BY_UNKNOWN
    if _is_complement(whole, region_of(line, unknown)):
        return INSIDE_OUTSIDE
    return None


def _is_same(line: Statement | None, whole: RealSet, unknown: str) -> bool:
    return line is not None and compare(region_of(line, unknown), whole).point is None


def _changed(line: Statement, change: dict[Comparison, Comparison]) -> Statement | None:
    match line:
        case Chain(operands, comparisons) if all(sign in change for sign in comparisons):
            return Chain(operands, tuple(change[sign] for sign in comparisons))
        case Listing(items, joiner):
            parts = [_changed(item, change) for item in items]
            kept = tuple(part for part in parts if part is not None)
            return Listing(kept, joiner) if len(kept) == len(parts) else None
        case _:
            return None


def _divides_by_negative(before: Statement) -> bool:
    """Whether the unknown has a minus sign, so that the sign has to be turned round."""
    if not isinstance(before, Chain):
        return False
    slopes: list[SymExpr] = []
    for operand in before.operands:
        if operand is not None and symbols(operand):
            letter = symbol(next(iter(symbols(operand))))
            slopes.append(sympy.diff(build(operand).expr, letter))
    return any(Enclosure().sign(slope) == -1 for slope in slopes if not slope.free_symbols)


def _only_ends_differ(first: RealSet, second: RealSet) -> bool:
    """Whether two sets differ in break points only, and do."""
    breaks = (*first.breaks, *second.breaks)
    points = sample_points(breaks)
    differing = [point for point in points if first.has(point) is not second.has(point)]
    return bool(differing) and all(point in breaks for point in differing)


def _is_complement(first: RealSet, second: RealSet) -> bool:
    """Whether one set is what the other leaves out, but for break points."""
    breaks = (*first.breaks, *second.breaks)
    gaps = [point for point in sample_points(breaks) if point not in breaks]
    return len(gaps) > 2 and all(first.has(point) is not second.has(point) for point in gaps)


def _sides_of(statement: Statement) -> Sides | None:
    match statement:
        case Chain((left, right), (_,)) if left is not None and right is not None:
            return Sides(left, right)
        case Interval():
            return None
        case _:
            return None


def _is_multiplied_by_unknown(before: Statement, line: Statement, unknown: str) -> bool:
    first, second = _sides_of(before), _sides_of(line)
    if first is None or second is None:
        return False
    difference = build(first.left).expr - build(first.right).expr
    written = build(second.left).expr - build(second.right).expr
    numerator, denominator = sympy.fraction(sympy.together(difference))
    letter = symbol(unknown)
    if denominator.has(letter) and is_multiple(numerator, written):
        return True
    # x^2 > 3x as x > 3: divided by the unknown
    if written.has(letter):
        quotient = sympy.cancel(numerator / written)
        return bool(quotient.has(letter) and quotient.is_polynomial(letter)
                    and sympy.degree(quotient, letter) >= 1
                    and not sympy.fraction(quotient)[1].has(letter)
                    and not _is_square_root_step(first))  # fmt: skip
    return False


def _is_square_root_step(before: Sides) -> bool:
    """`x^2 < 9` is solved by a root, not by dividing."""
    return any(not symbols(side) for side in (before.left, before.right))


def _by_sides(before: Statement, line: Statement, unknown: str) -> SlipGuess | None:
    first, second = _sides_of(before), _sides_of(line)
    if first is None or second is None:
        return _in_double_chain(before, line)
    roots = None
    if second.left == Sym(unknown) and not symbols(second.right):
        roots = SolutionSet((build(second.right).expr,))
    return guess_in_equation(first, (second,), unknown, roots, _FOR_EQUATIONS_ONLY)


def _in_double_chain(before: Statement, line: Statement) -> SlipGuess | None:
    """`1 < x + 3 < 9` as `-2 < x < 9`: a part of the chain left as it was."""
    if not (isinstance(before, Chain) and isinstance(line, Chain)):
        return None
    if len(before.operands) != 3 or len(line.operands) != 3:
        return None
    kept = [
        _same(one, other)
        for one, other in islice(zip(before.operands, line.operands, strict=True), 3)
    ]
    return guess_of(ONE_PART_CHANGED) if kept.count(True) in {1, 2} else None


def _same(one: Expr | None, other: Expr | None) -> bool:
    if one is None or other is None:
        return False
    return bool(sympy.expand(build(one).expr - build(other).expr) == 0)
