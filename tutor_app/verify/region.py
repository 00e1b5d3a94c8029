"""Sets of real numbers given by inequalities and intervals, compared exactly.

A set is known by its break points and a membership test: between neighbouring break points
nothing changes, so that testing every break point and one number in between decides everything.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import root_text
from tutor_app.verify.solutions import Equation, is_defined_at, real_roots, same_number, solve
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Const,
    Expr,
    Interval,
    Joiner,
    Listing,
    Member,
    Neg,
    Phrase,
    Reals,
    SetLit,
    Statement,
    Tuple,
    Union,
    Words,
    symbols,
)


class Undecided(Unreadable):
    """A membership or a break point could not be decided."""


@dataclass(frozen=True, slots=True)
class RealSet:
    """A set of real numbers.

    Attributes:
        breaks: points at which membership may change.
        has: whether a number belongs to the set; may raise `Undecided`.
    """

    breaks: tuple[SymExpr, ...]
    has: Callable[[SymExpr], bool]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two sets differ.

    Attributes:
        point: a number in exactly one of them, or None if they are equal.
        is_in_first: it belongs to the first set.
    """

    point: SymExpr | None
    is_in_first: bool = False


def compare(first: RealSet, second: RealSet) -> Difference:
    """A number that is in exactly one of two sets, if there is one.

    Raises:
        Undecided: a membership is not known.
    """
    for point in sample_points((*first.breaks, *second.breaks)):
        is_first, is_second = first.has(point), second.has(point)
        if is_first is not is_second:
            return Difference(point, is_first)
    return Difference(None)


def is_subset(inner: RealSet, outer: RealSet) -> bool:
    """Whether one set lies in the other.

    Raises:
        Undecided: a membership is not known.
    """
    points = sample_points((*inner.breaks, *outer.breaks))
    return all(outer.has(point) for point in points if inner.has(point))


def united(first: RealSet, second: RealSet) -> RealSet:
    """What is in one of two sets."""
    return _union([first, second])


def shared(first: RealSet, second: RealSet) -> RealSet:
    """What is in both of two sets."""
    return _intersection([first, second])


def sample_points(breaks: Iterable[SymExpr]) -> tuple[SymExpr, ...]:
    """Every break point and one rational number in each gap, the two outer ones included."""
    ordered = _distinct(breaks)
    if not ordered:
        return (sympy.Integer(0),)
    points: list[SymExpr] = [sympy.floor(ordered[0]) - 1]
    for left, right in pairwise(ordered):
        points.extend((left, _between(left, right)))
    points.extend((ordered[-1], sympy.floor(ordered[-1]) + 2))
    return tuple(points)


def _distinct(breaks: Iterable[SymExpr]) -> list[SymExpr]:
    kept: list[SymExpr] = []
    for point in sorted(set(breaks), key=lambda value: sympy.N(value, 40)):
        same = same_number(kept[-1], point) if kept else False
        if same is None:
            raise Undecided("two special points could not be told apart")
        if not same:
            kept.append(point)
    return kept


def _between(left: SymExpr, right: SymExpr) -> SymExpr:
    middle = sympy.N((left + right) / 2, 40)
    gap = sympy.N(right - left, 40)
    places = 2
    while sympy.Rational(1, 10**places) > gap / 4:
        places += 2
    return sympy.Rational(int(sympy.floor(middle * 10**places)), 10**places)


# -- building sets ------------------------------------------------------------------------


def region_of(statement: Statement, unknown: str) -> RealSet:
    """The numbers that a statement about one unknown describes.

    Raises:
        Unreadable: it describes no set of numbers, or one that cannot be found completely.
    """
    match statement:
        case Chain():
            return _chain_region(statement, unknown)
        case Listing(items, joiner):
            parts = [region_of(item, unknown) for item in items]
            return _union(parts) if joiner is Joiner.OR else _listed(statement, parts)
        case Member(name, region) if name == unknown:
            return region_of(region, unknown)
        case Words(Phrase.NO_SOLUTION | Phrase.FALSE):
            return RealSet((), lambda _: False)
        case Words(Phrase.ALL_REALS | Phrase.TRUE) | Reals():
            return RealSet((), lambda _: True)
        case Interval():
            return _interval(statement)
        case Tuple((lower, upper)):
            return _interval(Interval(lower, upper, is_left_open=True, is_right_open=True))
        case SetLit(items):
            return _finite([_number(item) for item in items])
        case Union(parts, is_difference):
            regions = [region_of(part, unknown) for part in parts]
            return _without(regions[0], regions[1]) if is_difference else _union(regions)
        case _:
            raise Unreadable("this is not a set of numbers")


def _listed(listing: Listing, parts: list[RealSet]) -> RealSet:
    if listing.joiner is Joiner.AND:
        return _intersection(parts)
    # "x < 1, x > 5" can mean either; "x = 1, x = 5" cannot.
    raise Unreadable("a comma between conditions can mean and or or", is_ambiguous=True)


def _union(parts: list[RealSet]) -> RealSet:
    breaks = tuple(point for part in parts for point in part.breaks)
    return RealSet(breaks, lambda point: any(part.has(point) for part in parts))


def _intersection(parts: list[RealSet]) -> RealSet:
    breaks = tuple(point for part in parts for point in part.breaks)
    return RealSet(breaks, lambda point: all(part.has(point) for part in parts))


def _without(whole: RealSet, removed: RealSet) -> RealSet:
    breaks = (*whole.breaks, *removed.breaks)
    return RealSet(breaks, lambda point: whole.has(point) and not removed.has(point))


def _finite(values: list[SymExpr]) -> RealSet:
    def has(point: SymExpr) -> bool:
        return any(_certain(same_number(point, value)) for value in values)

    return RealSet(tuple(values), has)


def _certain(answer: bool | None) -> bool:
    if answer is None:
        raise Undecided("two numbers could not be told apart")
    return answer


def _number(node: Expr) -> SymExpr:
    built = build(node)
    if symbols(node) or built.is_complex or is_defined_at(built, {}) is not True:
        raise Unreadable("this is not a real number")
    return built.expr


def _interval(interval: Interval) -> RealSet:
    lower, upper = (_end(node) for node in (interval.lower, interval.upper))
    if (lower is None and not interval.is_left_open) or (
        upper is None and not interval.is_right_open
    ):
        raise Unreadable("infinity cannot belong to an interval")

    def has(point: SymExpr) -> bool:
        if lower is not None:
            sign = _sign(point - lower)
            if sign < 0 or (sign == 0 and interval.is_left_open):
                return False
        if upper is not None:
            sign = _sign(upper - point)
            if sign < 0 or (sign == 0 and interval.is_right_open):
                return False
        return True

    return RealSet(tuple(end for end in (lower, upper) if end is not None), has)


def _end(node: Expr) -> SymExpr | None:
    """An end of an interval; None for infinity on its own side."""
    if node in {Const("oo"), Neg(Const("oo"))}:
        return None
    return _number(node)


def _sign(expr: SymExpr) -> int:
    if expr.is_Rational:
        return int(sympy.sign(expr))
    sign = Enclosure().sign(expr)
    if sign is not None:
        return sign
    if same_number(expr, sympy.Integer(0)):
        return 0
    value = sympy.N(expr, 60)  # algebraic roots: a value this far from zero is not zero
    if isinstance(expr, sympy.Expr) and expr.has(sympy.CRootOf) and abs(value) > sympy.Float(1e-20):
        return 1 if value > 0 else -1
    raise Undecided("a sign could not be decided")


def _chain_region(chain: Chain, unknown: str) -> RealSet:
    operands = [operand for operand in chain.operands if operand is not None]
    if len(operands) != len(chain.operands):
        raise Unreadable("the line has no left side")
    links = [
        _link_region(left, comparison, right, unknown)
        for (left, right), comparison in zip(pairwise(operands), chain.comparisons, strict=True)
    ]
    return links[0] if len(links) == 1 else _intersection(links)


def _link_region(left: Expr, comparison: Comparison, right: Expr, unknown: str) -> RealSet:
    if not symbols(left) | symbols(right) <= {unknown}:
        raise Unreadable("there is more than one letter")
    if comparison is Comparison.APPROX:
        raise Unreadable("≈ describes no exact set")
    first, second = build(left), build(right)
    if first.is_complex or second.is_complex:
        raise Unreadable("complex numbers have no order")
    letter = symbol(unknown)
    whole = Built(first.expr - second.expr, (*first.conditions, *second.conditions), False)

    def has(point: SymExpr) -> bool:
        if not _certain(is_defined_at(whole, {letter: point})):
            return False
        sign = _sign(whole.expr.xreplace({letter: point}))
        return {
            Comparison.EQ: sign == 0,
            Comparison.NE: sign != 0,
            Comparison.LT: sign < 0,
            Comparison.LE: sign <= 0,
            Comparison.GT: sign > 0,
            Comparison.GE: sign >= 0,
        }[comparison]

    return RealSet(_breaks(left, right, whole, unknown), has)


def _breaks(left: Expr, right: Expr, whole: Built, unknown: str) -> tuple[SymExpr, ...]:
    zeros = solve(Equation(left, right, unknown))
    if zeros is None:
        raise Undecided("I could not find all zeros")
    breaks = [*zeros.roots, *zeros.excluded]
    letter = symbol(unknown)
    for condition in whole.conditions:
        numerator, denominator = sympy.fraction(sympy.together(condition.expr))
        for part in (numerator, denominator, *_unit_ends(condition.expr)):
            breaks.extend(_polynomial_roots(part, letter))
    return tuple(breaks)


def _unit_ends(expr: SymExpr) -> tuple[SymExpr, ...]:
    return tuple(sympy.fraction(sympy.together(expr - end))[0] for end in (-1, 1))


def _polynomial_roots(expr: SymExpr, letter: sympy.Symbol) -> list[SymExpr]:
    if not expr.has(letter):
        return []
    try:
        polynomial = sympy.Poly(expr, letter, domain="QQ")
    except (sympy.CoercionFailed, sympy.PolynomialError) as error:
        raise Undecided("I could not find where it is defined") from error
    return [root for factor, _ in polynomial.factor_list()[1] for root in real_roots(factor)]


def point_text(difference: Difference, unknown: str) -> str:
    """The number at which two sets differ, in words."""
    assert difference.point is not None
    return f"{unknown} = {root_text(difference.point)}"
