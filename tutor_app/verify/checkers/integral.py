"""Checks definite integrals by an antiderivative that is itself checked and continuous.

SymPy's integrator is a witness: its antiderivative is differentiated back, and used only where
neither the integrand nor the antiderivative has a singular point between the bounds.
"""

from dataclasses import dataclass

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.checkers.improper import check_improper
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.solutions import real_roots
from tutor_app.verify.syntax import Expr, Phrase, Statement, Words, contains_plus_minus, symbols
from tutor_app.verify.task import Integrate
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer, equality

_CONTINUOUS = (sympy.sin, sympy.cos, sympy.exp, sympy.log, sympy.Abs)


class Diverges(Exception):
    """An integral has no value; `str(error)` says why."""


@dataclass(frozen=True, slots=True)
class _Range:
    """The bounds of an integral, in order."""

    lower: SymExpr
    upper: SymExpr

    def may_hold(self, point: SymExpr) -> bool:
        """Whether a point may lie between the bounds or on them."""
        enclosure = Enclosure()
        is_below = self.lower.is_finite and enclosure.sign(point - self.lower) == -1
        is_above = self.upper.is_finite and enclosure.sign(point - self.upper) == 1
        return not (is_below or is_above)


def check_definite(task: Integrate, answer: Statement) -> Verdict:
    """Check the value of a definite integral, or that it diverges.

    Raises:
        Unreadable: the integrand or a bound cannot be built.
    """
    reading = render_statement(answer)
    assert task.lower is not None
    assert task.upper is not None
    integrand = build(task.node)
    bounds = _Range(build(task.lower).expr, build(task.upper).expr)
    letter = symbol(task.variable)
    if symbols(task.node) - {task.variable} or integrand.is_complex:
        return unknown_verdict(Method.UNSUPPORTED, "the integrand has other letters", reading)
    is_ordered = (
        bounds.lower is -sympy.oo
        or bounds.upper is sympy.oo
        or (Enclosure().sign(bounds.upper - bounds.lower) == 1)
    )
    if not is_ordered:
        return unknown_verdict(Method.UNSUPPORTED, "the bounds are not in order", reading)
    pole = _pole(integrand.expr, letter, bounds)
    if pole is not None:
        return _divergent(pole, answer, reading)
    value = _value(integrand, letter, bounds)
    if value is None:
        improper = check_improper(task, answer, reading)
        if improper is not None:
            return improper
        return unknown_verdict(Method.UNSUPPORTED, "I found no safe antiderivative", reading)
    if answer == Words(Phrase.DIVERGES):
        return refuted_verdict(Method.DIFFERENTIATE_BACK, "the integral has a value", reading)
    if not isinstance(answer, Expr) or symbols(answer) or contains_plus_minus(answer):
        return unknown_verdict(Method.UNSUPPORTED, "I expected one number", reading)
    finding = equality(Built(value, (), is_complex=False), build(answer))
    if finding.answer is not Answer.YES:
        return verdict_of(finding, reading=reading)
    evidence = (Evidence(Method.DIFFERENTIATE_BACK, "by an antiderivative that was checked"),)
    return Verdict(Status.VERIFIED, Method.DIFFERENTIATE_BACK, evidence, reading=reading)


def integral_value(task: Integrate) -> SymExpr | None:
    """The value of a definite integral; None where it is not known for certain.

    Raises:
        Diverges: it has no value.
        Unreadable: the integrand or a bound cannot be built.
    """
    assert task.lower is not None
    assert task.upper is not None
    integrand = build(task.node)
    if symbols(task.node) - {task.variable} or integrand.is_complex:
        return None
    ends = build(task.lower).expr, build(task.upper).expr
    if ends[0].free_symbols or ends[1].free_symbols:
        return None
    sign = 1
    if ends[0].is_finite and ends[1].is_finite:
        order = Enclosure().sign(ends[1] - ends[0])
        if order is None:
            return sympy.Integer(0) if ends[0] == ends[1] else None
        sign = order
    elif ends[0] is sympy.oo or ends[1] is -sympy.oo:
        return None
    bounds = _Range(*(ends if sign == 1 else ends[::-1]))
    letter = symbol(task.variable)
    pole = _pole(integrand.expr, letter, bounds)
    if pole is not None:
        raise Diverges(f"the integrand is unbounded at {pole}")
    value = _value(integrand, letter, bounds)
    return None if value is None else sign * value


def is_continuous_between(node: Expr, variable: str, lower: Expr, upper: Expr) -> bool:
    """Whether an expression certainly has no singular point between two bounds.

    Raises:
        Unreadable: a part cannot be built.
    """
    ends = build(lower).expr, build(upper).expr
    order = Enclosure().sign(ends[1] - ends[0])
    if order is None or ends[0].free_symbols or ends[1].free_symbols:
        return False
    bounds = _Range(*(ends if order == 1 else ends[::-1]))
    return _is_continuous(build(node).expr, symbol(variable), bounds)


def _divergent(pole: SymExpr, answer: Statement, reading: str) -> Verdict:
    text = f"the integrand is unbounded at {pole}, like a power that has no finite integral"
    if answer in {Words(Phrase.DIVERGES), Words(Phrase.DOES_NOT_EXIST)}:
        evidence = (Evidence(Method.SYMBOLIC_SIMPLIFY, text),)
        return Verdict(Status.VERIFIED, Method.SYMBOLIC_SIMPLIFY, evidence, reading=reading)
    if isinstance(answer, Expr) and build(answer).expr.is_finite:
        return refuted_verdict(Method.SOLUTION_SET, text, reading)
    return unknown_verdict(Method.UNSUPPORTED, text, reading)


def _pole(expr: SymExpr, letter: sympy.Symbol, bounds: _Range) -> SymExpr | None:
    """A pole of a rational integrand on the range; such an integral always diverges."""
    if not expr.is_rational_function(letter):
        return None
    denominator = sympy.fraction(sympy.cancel(expr))[1]
    for root in _roots(denominator, letter) or ():
        # At infinite range or an irrational root nothing is said; the value is unknown then.
        inside = root.is_Rational and bounds.may_hold(root)
        if inside:
            return root
    return None


def _roots(expr: SymExpr, letter: sympy.Symbol) -> list[SymExpr] | None:
    """All real zeros of a polynomial; None if it is none."""
    if not expr.has(letter):
        return []
    try:
        polynomial = sympy.Poly(expr, letter, domain="QQ")
    except (sympy.CoercionFailed, sympy.PolynomialError):
        return None
    return [root for factor, _ in polynomial.factor_list()[1] for root in real_roots(factor)]


def _is_continuous(expr: SymExpr, letter: sympy.Symbol, bounds: _Range) -> bool:
    """Whether an expression certainly has no singular point on the range."""
    for part in sympy.preorder_traversal(expr):
        if part.is_Function and part.func not in _CONTINUOUS:
            return False
        risky: SymExpr | None = None
        if part.is_Pow and not (part.exp.is_Integer and part.exp > 0) and part.base.has(letter):
            risky = part.base
        elif isinstance(part, sympy.log):
            inner = part.args[0]
            risky = inner.args[0] if isinstance(inner, sympy.Abs) else inner
        if risky is None:
            continue
        zeros = _roots(sympy.fraction(sympy.together(risky))[0], letter)
        if zeros is None or any(bounds.may_hold(zero) for zero in zeros):
            return False
    return True


def _value(integrand: Built, letter: sympy.Symbol, bounds: _Range) -> SymExpr | None:
    antiderivative = sympy.integrate(integrand.expr, letter)
    if antiderivative.has(sympy.Integral, sympy.Piecewise):
        return None
    back = Built(sympy.diff(antiderivative, letter), integrand.conditions, is_complex=False)
    if equality(integrand, back).answer is not Answer.YES:
        return None
    if not all(_is_continuous(expr, letter, bounds) for expr in (integrand.expr, antiderivative)):
        return None
    ends = [_at(antiderivative, letter, end) for end in (bounds.upper, bounds.lower)]
    if ends[0] is None or ends[1] is None:
        return None
    value = sympy.expand(ends[0] - ends[1])
    return value if value.is_finite and value.is_real else None


def _at(expr: SymExpr, letter: sympy.Symbol, end: SymExpr) -> SymExpr | None:
    if end.is_finite:
        return expr.xreplace({letter: end})
    if not expr.is_rational_function(letter):
        return None
    top, bottom = (sympy.Poly(part, letter) for part in sympy.fraction(sympy.together(expr)))
    if top.degree() > bottom.degree():
        return None
    return top.LC() / bottom.LC() if top.degree() == bottom.degree() else sympy.Integer(0)
