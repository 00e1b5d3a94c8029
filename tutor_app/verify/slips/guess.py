"""Names the slip behind a line that the algebra has refuted, or none."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import SlipGuess
from tutor_app.verify.build import build, symbol
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.slips.catalogue import EXPRESSION_SLIPS
from tutor_app.verify.slips.derivatives import CALCULUS_SLIPS, split
from tutor_app.verify.slips.equations import EQUATION_SLIPS
from tutor_app.verify.slips.numbers import number_slips
from tutor_app.verify.slips.quadratics import FORMULA_SLIPS
from tutor_app.verify.slips.shape import ZERO, factors_of, rewritten
from tutor_app.verify.slips.slip import ExpressionSlip, Sides, Slip, SlipName
from tutor_app.verify.slips.target import EquationTarget, ExpressionTarget
from tutor_app.verify.solutions import SolutionSet
from tutor_app.verify.syntax import Derivative, Expr, Integral, contains, symbols

_MOST_PROPOSALS: Final = 60


def guess_of(slip: Slip) -> SlipGuess:
    """A slip as it is told."""
    return SlipGuess(slip.name.value, slip.sentence)


def _best(found: Iterable[Slip]) -> Slip | None:
    """The slip that says most; none where two say equally much."""
    slips = {slip.name: slip for slip in found}
    if not slips:
        return None
    weight = max(slip.weight for slip in slips.values())
    best = [slip for slip in slips.values() if slip.weight is weight]
    return best[0] if len(best) == 1 else None


def _proposals(one: ExpressionSlip, node: Expr) -> Iterator[Expr]:
    for _, proposal in zip(range(_MOST_PROPOSALS), rewritten(node, one.propose), strict=False):
        yield proposal


def _matching(
    slips: Iterable[ExpressionSlip], node: Expr, is_same: Callable[[Expr], bool]
) -> Iterator[Slip]:
    for one in slips:
        if any(is_same(proposal) for proposal in _proposals(one, node)):
            yield one.slip


def guess_in_expression(
    before: Expr, written: Expr, is_same: Callable[[Expr], bool] | None = None
) -> SlipGuess | None:
    """The slip that turns one expression into another, already known to be different.

    Args:
        before: the line before.
        written: the wrong line.
        is_same: whether a proposal equals what was written, where that is not plain equality.
    """
    try:
        found = _slips_in_expression(before, written, is_same)
    except Unreadable:
        return None
    return None if found is None else guess_of(found)


def _slips_in_expression(
    before: Expr, written: Expr, is_same: Callable[[Expr], bool] | None
) -> Slip | None:
    same = is_same or ExpressionTarget(written).is_same
    if contains(before, (Derivative, Integral)):
        found = _best(_matching(CALCULUS_SLIPS, split(before), same))
        if found is not None:
            return found
        if contains(before, Integral):
            return None
    slips = [*_matching(EXPRESSION_SLIPS, before, same), *_in_digits(before, written)]
    return _best(slips)


def _in_digits(before: Expr, written: Expr) -> Iterator[Slip]:
    if symbols(before) | symbols(written):
        return
    truth, claimed = _rational(build(before).expr), _rational(build(written).expr)
    if truth is not None and claimed is not None:
        yield from number_slips(truth, claimed, before)


def _rational(value: SymExpr) -> Fraction | None:
    return Fraction(int(value.p), int(value.q)) if value.is_Rational else None


# -- equations ----------------------------------------------------------------------------


def guess_in_equation(
    before: Sides,
    written: tuple[Sides, ...],
    unknown: str,
    roots: SolutionSet | None = None,
    ignored: frozenset[SlipName] = frozenset(),
) -> SlipGuess | None:
    """The slip that turns an equation into a line that has other solutions.

    Args:
        before: the equation before.
        written: the equations of the wrong line, joined by `or`.
        unknown: the letter solved for.
        roots: the solutions of the wrong line where it states them, else None.
        ignored: slips that cannot be meant.
    """
    try:
        found = [
            slip
            for slip in _slips_in_equation(before, written, unknown, roots)
            if slip.name not in ignored
        ]
    except Unreadable:
        return None
    best = _best(found)
    return None if best is None else guess_of(best)


def _slips_in_equation(
    before: Sides, written: tuple[Sides, ...], unknown: str, roots: SolutionSet | None
) -> Iterator[Slip]:
    if roots is not None:
        formula = list(_slips_in_formula(before, written, unknown))
        yield from formula
        if formula or not all(root.is_real for root in roots.roots):
            return
    target = EquationTarget(written, roots, unknown)
    has_found = False
    for one in EQUATION_SLIPS:
        proposals = zip(range(_MOST_PROPOSALS), one.propose(before), strict=False)
        if any(target.is_same(proposal) for _, proposal in proposals):
            has_found = True
            yield one.slip
    for rewriting in EXPRESSION_SLIPS:
        if any(target.is_same((sides,)) for sides in _side_proposals(rewriting, before)):
            has_found = True
            yield rewriting.slip
    if len(written) == 1 and not has_found:
        yield from _slips_in_last_number(before, written[0], unknown)


def _side_proposals(one: ExpressionSlip, before: Sides) -> Iterator[Sides]:
    for proposal in _proposals(one, before.left):
        yield Sides(proposal, before.right)
    for proposal in _proposals(one, before.right):
        yield Sides(before.left, proposal)


def _polynomial(sides: Sides, unknown: str) -> sympy.Poly | None:
    difference = build(sides.left).expr - build(sides.right).expr
    try:
        return sympy.Poly(sympy.together(difference), symbol(unknown), domain="QQ")
    except (sympy.CoercionFailed, sympy.PolynomialError):
        return None


def _slips_in_formula(before: Sides, written: tuple[Sides, ...], unknown: str) -> Iterator[Slip]:
    polynomial = _polynomial(before, unknown)
    is_factored = before.right == ZERO and len(factors_of(before.left)) > 1
    if polynomial is None or polynomial.degree() != 2 or len(written) != 2 or is_factored:
        return
    values = [build(sides.right).expr for sides in written]
    for one in FORMULA_SLIPS:
        for pair in one.roots(*polynomial.all_coeffs()):
            if _same_pair(values, list(pair)):
                yield one.slip
                break


def _same_pair(first: list[SymExpr], second: list[SymExpr]) -> bool:
    """Whether two values are the same two, over the complex numbers where need be."""
    return any(
        all(sympy.expand(a - b) == 0 for a, b in zip(first, order, strict=True))
        for order in (second, second[::-1])
    )


def _slips_in_last_number(before: Sides, written: Sides, unknown: str) -> Iterator[Slip]:
    """`7x = 64` for `7x = 46`: right but for the number on the right."""
    claimed = _rational(build(written.right).expr)
    first, second = _polynomial(before, unknown), _polynomial(written, unknown)
    if claimed is None or first is None or second is None or first.degree() != second.degree():
        return
    if first.degree() < 1:
        return
    scale = second.LC() / first.LC()
    rest = second.as_expr() - scale * first.as_expr()
    offset = _rational(sympy.expand(rest))
    if offset is not None:
        # written: left - claimed; right would be left - truth
        yield from number_slips(claimed + offset, claimed)
