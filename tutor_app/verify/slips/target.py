"""What was written, and whether a slip would have produced exactly that."""

from collections.abc import Iterable
from itertools import permutations
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.slips.slip import Sides
from tutor_app.verify.solutions import Equation, SolutionSet, contains_set, solve
from tutor_app.verify.syntax import Expr
from tutor_app.verify.zero import Answer, equality, points

_LONGEST_LISTING: Final = 4


def _certainly_differ(left: SymExpr, right: SymExpr) -> bool:
    """A quick look at two points; only a hint that saves the full comparison."""
    difference = left - right
    letters = sorted(difference.free_symbols, key=str)
    enclosure = Enclosure(60)
    for _, point in zip(range(2), points(letters), strict=False):
        if enclosure.excludes_zero(difference.xreplace(point)):
            return True
    return False


class ExpressionTarget:
    """An expression that was written."""

    def __init__(self, written: Expr) -> None:
        self._written = build(written)

    def is_same(self, proposal: Expr) -> bool:
        """Whether a proposal is equal to what was written."""
        try:
            built = build(proposal)
        except Unreadable:
            return False
        if _certainly_differ(built.expr, self._written.expr):
            return False
        return equality(built, self._written).answer is Answer.YES


class EquationTarget:
    """One equation that was written, or several joined by `or`.

    Args:
        written: the equations.
        roots: all their solutions where each is `x = number`, else None.
        unknown: the letter that is solved for.
    """

    def __init__(self, written: tuple[Sides, ...], roots: SolutionSet | None, unknown: str) -> None:
        self._differences = [_difference(sides) for sides in written]
        self._roots = roots
        self._unknown = unknown

    def is_same(self, proposal: tuple[Sides, ...]) -> bool:
        """Whether a proposal is the written line, multiplied by a number at most."""
        try:
            if self._roots is not None:
                return self._has_roots(proposal, self._roots)
            return self._is_listing(proposal)
        except Unreadable:
            return False

    def _is_listing(self, proposal: tuple[Sides, ...]) -> bool:
        if len(proposal) != len(self._differences) or len(proposal) > _LONGEST_LISTING:
            return False
        differences = [_difference(sides) for sides in proposal]
        return any(
            all(is_multiple(mine, theirs) for mine, theirs in zip(order, differences, strict=True))
            for order in permutations(self._differences)
        )

    def _has_roots(self, proposal: tuple[Sides, ...], roots: SolutionSet) -> bool:
        letter = symbol(self._unknown)
        differences = [_difference(sides) for sides in proposal]
        enclosure = Enclosure(60)
        for root in roots.roots:
            values = [difference.xreplace({letter: root}) for difference in differences]
            if all(enclosure.excludes_zero(value) for value in values):
                return False
        found: list[SymExpr] = []
        for sides in proposal:
            part = solve(Equation(sides.left, sides.right, self._unknown))
            if part is None or part.is_everything:
                return False
            found.extend(part.roots)
        if not found:
            return False
        whole = SolutionSet(tuple(dict.fromkeys(found)))
        return contains_set(whole, roots) is True and contains_set(roots, whole) is True


def _difference(sides: Sides) -> SymExpr:
    return build(sides.left).expr - build(sides.right).expr


def is_multiple(first: SymExpr, second: SymExpr) -> bool:
    """Whether two differences of sides vanish together because one is a multiple of the other."""
    first, second = (_numerator(expr) for expr in (first, second))
    if not first.free_symbols and not second.free_symbols:
        return bool(first.is_Rational and second.is_Rational and abs(first) == abs(second) != 0)
    if first.free_symbols != second.free_symbols:
        return False
    ratio = _ratio(first, second)
    if ratio is None or _certainly_differ(first, ratio * second):
        return False
    sides = (Built(first, (), is_complex=False), Built(ratio * second, (), is_complex=False))
    return equality(*sides).answer is Answer.YES


def _numerator(expr: SymExpr) -> SymExpr:
    if expr.is_rational_function(*expr.free_symbols):
        return sympy.expand(sympy.fraction(sympy.together(expr))[0])
    return expr


def _ratio(first: SymExpr, second: SymExpr) -> SymExpr | None:
    enclosure = Enclosure(60)
    letters: Iterable[sympy.Symbol] = sorted(first.free_symbols, key=str)
    for point in points(list(letters)):
        values = [expr.xreplace(point) for expr in (first, second)]
        if all(enclosure.excludes_zero(value) for value in values):
            ratio = values[0] / values[1]
            return ratio if ratio.is_Rational else sympy.radsimp(ratio)
    return None
