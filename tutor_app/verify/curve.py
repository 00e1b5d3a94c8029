"""Equations in several letters as sets of points: a constant factor is free."""

from typing import Final

import sympy

from tutor_app.core.verdict import Method
from tutor_app.verify.build import build, symbol
from tutor_app.verify.chain_kinds import letters_of
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import number_text
from tutor_app.verify.syntax import Chain, Statement
from tutor_app.verify.zero import Answer, Finding

_PROBES: Final = (0, 1, 2, -1, 3)


def compare_curves(first: Statement, second: Statement) -> Finding:
    """Whether two equations describe the same points.

    Raises:
        Unreadable: an equation is not polynomial.
    """
    letters = sorted(letters_of(first) | letters_of(second))
    variables = [symbol(name) for name in letters]
    left, right = _polynomial(first, variables), _polynomial(second, variables)
    if left.monic() == right.monic():
        return Finding(Answer.YES, Method.POLYNOMIAL_IDENTITY, "the same up to a constant factor")
    for curve, other in ((left, right), (right, left)):
        point = _point_off(curve, other, variables)
        if point is not None:
            place = ", ".join(f"{name} = {number_text(value)}" for name, value in point.items())
            return Finding(Answer.NO, Method.COUNTEREXAMPLE, f"{place} solves only one of them")
    return Finding(Answer.OPEN, Method.UNSUPPORTED, "I could not compare the equations")


def _polynomial(statement: Statement, variables: list[sympy.Symbol]) -> sympy.Poly:
    assert isinstance(statement, Chain)
    left, right = statement.operands
    if left is None or right is None:
        raise Unreadable("the equation has no left side")
    sides = build(left), build(right)
    if any(side.conditions or side.is_complex for side in sides):
        raise Unreadable("the equation is not polynomial")
    try:
        polynomial = sympy.Poly(sides[0].expr - sides[1].expr, *variables, domain="QQ")
    except (sympy.CoercionFailed, sympy.PolynomialError) as error:
        raise Unreadable("the equation is not polynomial") from error
    if polynomial.is_zero:
        raise Unreadable("the equation always holds")
    return polynomial


def _point_off(
    curve: sympy.Poly, other: sympy.Poly, variables: list[sympy.Symbol]
) -> dict[sympy.Symbol, sympy.Rational] | None:
    """A rational point on one curve and not on the other."""
    if len(variables) != 2:
        return None
    for free, bound in (variables, variables[::-1]):
        for value in _PROBES:
            restricted = sympy.Poly(curve.as_expr().xreplace({free: sympy.Integer(value)}), bound)
            if restricted.is_zero:
                continue
            for root in sympy.roots(restricted, filter="Q"):
                point = {free: sympy.Integer(value), bound: root}
                if other.as_expr().xreplace(point) != 0:
                    return point
    return None
