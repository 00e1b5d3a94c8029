"""Improper integrals through the limits of a checked antiderivative at the ends of the range."""

from dataclasses import dataclass
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.checkers.limit import one_sided_limit
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.rounding import is_rounding
from tutor_app.verify.solutions import real_roots
from tutor_app.verify.syntax import Expr as SyntaxExpr
from tutor_app.verify.syntax import (
    Phrase,
    Statement,
    Words,
    contains_infinity,
    contains_plus_minus,
    symbols,
)
from tutor_app.verify.task import Integrate
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict
from tutor_app.verify.zero import Answer, equality

_SMOOTH: Final = (sympy.sin, sympy.cos, sympy.exp, sympy.log, sympy.atan)


@dataclass(frozen=True, slots=True)
class Improper:
    """What is known of an improper integral.

    Attributes:
        value: None where it diverges.
        reason: how that was found.
        is_proved: by rules, not by SymPy's limits with witnesses.
    """

    value: SymExpr | None
    reason: str
    is_proved: bool


def improper_value(task: Integrate) -> Improper | None:
    """The value of an integral over an open range without a singular point inside; None if unsure.

    Raises:
        Unreadable: a part cannot be built.
    """
    assert task.lower is not None
    assert task.upper is not None
    integrand, letter = build(task.node), symbol(task.variable)
    low, high = build(task.lower).expr, build(task.upper).expr
    if (
        symbols(task.node) - {task.variable}
        or integrand.is_complex
        or low.free_symbols
        or (high.free_symbols)
    ):
        return None
    if not _is_ordered(low, high):
        return None
    antiderivative = sympy.integrate(integrand.expr, letter)
    if antiderivative.has(sympy.Integral, sympy.Piecewise):
        return None
    back = Built(sympy.diff(antiderivative, letter), integrand.conditions, is_complex=False)
    if equality(integrand, back).answer is not Answer.YES:
        return None
    if not all(_is_smooth_inside(e, letter, low, high) for e in (integrand.expr, antiderivative)):
        return None
    exact = [
        end_value(antiderivative, letter, end, side) for end, side in ((low, "+"), (high, "-"))
    ]
    is_proved = None not in exact
    ends = [
        known if known is not None else one_sided_limit(antiderivative, letter, end, side)
        for known, end, side in zip(exact, (low, high), "+-", strict=True)
    ]
    if ends[0] is None or ends[1] is None:
        return None
    shown = str(antiderivative).replace("**", "^")
    if not (ends[0].is_finite and ends[1].is_finite):
        reason = f"the antiderivative {shown} is unbounded at an end of the range"
        return Improper(None, reason, is_proved)
    reason = f"the antiderivative {shown} goes from {ends[0]} to {ends[1]}"
    return Improper(sympy.expand(ends[1] - ends[0]), reason, is_proved)


def end_value(expr: SymExpr, letter: sympy.Symbol, end: SymExpr, side: str) -> SymExpr | None:
    """The limit of a sum of simple terms at an end of its range, by rules; None if unsure.

    Powers, logarithms, arctangents and falling exponentials have limits that need no witness.
    """
    total: SymExpr = sympy.Integer(0)
    unbounded: list[SymExpr] = []
    for term in sympy.Add.make_args(sympy.expand(expr)):
        value = _term_value(term, letter, end, side)
        if value is None:
            return None
        if value.is_finite:
            total += value
        else:
            unbounded.append(value)
    if len(unbounded) > 1:
        return None
    return unbounded[0] if unbounded else total


def _term_value(term: SymExpr, letter: sympy.Symbol, end: SymExpr, side: str) -> SymExpr | None:
    factor, rest = term.as_independent(letter)
    if rest == 1:
        return factor
    is_finite = end.is_finite
    moved = (
        _at_finite_end(rest, letter, end, side) if is_finite else _at_infinity(rest, letter, end)
    )
    if moved is None or moved.is_finite:
        return None if moved is None else factor * moved
    sign = Enclosure().sign(factor)
    return None if sign is None else sign * moved


def _at_finite_end(rest: SymExpr, letter: sympy.Symbol, end: SymExpr, side: str) -> SymExpr | None:
    gaps = [_risky_part(part, letter) for part in sympy.preorder_traversal(rest)]
    values = [gap.xreplace({letter: end}) for gap in gaps if gap is not None]
    if all(Enclosure().excludes_zero(value) for value in values):
        return rest.xreplace({letter: end})
    power, log_power = _power_and_log(rest, letter)
    if power is None or end != 0 or side != "+":
        return None
    if power > 0:
        return sympy.Integer(0)  # x^a·(ln x)^n vanishes at 0 for a > 0
    if power == 0:
        return -sympy.oo if log_power == 1 else None
    return sympy.oo if log_power == 0 else None


def _risky_part(part: SymExpr, letter: sympy.Symbol) -> SymExpr | None:
    """What must not vanish so that a part is defined and smooth; None where nothing can."""
    if isinstance(part, sympy.log):
        return part.args[0]
    if part.is_Pow and part.base.has(letter) and not (part.exp.is_Integer and part.exp > 0):
        return part.base
    return None


def _power_and_log(rest: SymExpr, letter: sympy.Symbol) -> tuple[sympy.Rational | None, int]:
    """The exponents of `x^a·(ln x)^n`; None for anything else."""
    power, log_power = sympy.Integer(0), 0
    for part in sympy.Mul.make_args(rest):
        base, exponent = part.as_base_exp()
        if base == letter and exponent.is_Rational:
            power += exponent
        elif base == sympy.log(letter) and exponent.is_Integer and exponent > 0:
            log_power += int(exponent)
        else:
            return None, 0
    return power, log_power


def _at_infinity(rest: SymExpr, letter: sympy.Symbol, end: SymExpr) -> SymExpr | None:
    direction = 1 if end is sympy.oo else -1
    if rest.is_rational_function(letter):
        top, bottom = (sympy.Poly(part, letter) for part in sympy.fraction(sympy.together(rest)))
        if top.degree() < bottom.degree():
            return sympy.Integer(0)
        return top.LC() / bottom.LC() if top.degree() == bottom.degree() else None
    if isinstance(rest, sympy.atan):
        slope = sympy.diff(rest.args[0], letter)
        sign = None if slope.has(letter) else Enclosure().sign(slope)
        return None if sign is None else direction * sign * sympy.pi / 2
    if rest == sympy.log(letter):
        return sympy.oo if direction == 1 else None
    if _falls(rest, letter, direction):
        return sympy.Integer(0)
    power, log_power = _power_and_log(rest, letter)
    if power is None or direction == -1:
        return None
    if power < 0:
        return sympy.Integer(0)
    return sympy.oo if power > 0 and log_power == 0 else None


def _falls(rest: SymExpr, letter: sympy.Symbol, direction: int) -> bool:
    """Whether it is a power of x times a falling exponential, and perhaps sines and cosines."""
    has_fall = False
    for part in sympy.Mul.make_args(rest):
        if isinstance(part, sympy.exp):
            slope = sympy.diff(part.args[0], letter)
            if slope.has(letter) or Enclosure().sign(direction * slope) != -1:
                return False
            has_fall = True
        elif not (
            isinstance(part, sympy.sin | sympy.cos)
            or (part.as_base_exp()[0] == letter and part.as_base_exp()[1].is_Integer)
        ):
            return False
    return has_fall


def check_improper(task: Integrate, answer: Statement, reading: str) -> Verdict | None:
    """Check a number or `diverges` against the limits at the ends; None if those are not known.

    Raises:
        Unreadable: a part cannot be built.
    """
    found = improper_value(task)
    if found is None:
        return None
    if answer == Words(Phrase.DIVERGES) or answer == Words(Phrase.DOES_NOT_EXIST):
        if found.value is None:
            evidence = (Evidence(Method.SYMBOLIC_SIMPLIFY, found.reason),)
            return Verdict(Status.VERIFIED, Method.SYMBOLIC_SIMPLIFY, evidence, reading=reading)
        if found.is_proved:
            return refuted_verdict(Method.DIFFERENTIATE_BACK, found.reason, reading)
        return unknown_verdict(Method.UNSUPPORTED, "the integral seems to have a value", reading)
    if not isinstance(answer, SyntaxExpr) or symbols(answer) or contains_plus_minus(answer):
        return None
    if contains_infinity(answer) or found.value is None:
        if found.value is None and found.is_proved and not contains_infinity(answer):
            return refuted_verdict(Method.DIFFERENTIATE_BACK, found.reason, reading)
        return unknown_verdict(Method.UNSUPPORTED, found.reason, reading)
    finding = equality(Built(found.value, (), is_complex=False), build(answer))
    if finding.answer is Answer.YES:
        evidence = (Evidence(Method.SYMBOLIC_SIMPLIFY, found.reason),)
        return Verdict(Status.VERIFIED, Method.SYMBOLIC_SIMPLIFY, evidence, reading=reading)
    if finding.answer is Answer.NO and found.is_proved and not is_rounding(answer, found.value):
        return refuted_verdict(Method.DIFFERENTIATE_BACK, found.reason, reading)
    return unknown_verdict(Method.UNSUPPORTED, "the integral seems to be another number", reading)


def _is_ordered(low: SymExpr, high: SymExpr) -> bool:
    if low is sympy.oo or high is -sympy.oo:
        return False
    if low.is_finite and high.is_finite:
        return Enclosure().sign(high - low) == 1
    return True


def _is_smooth_inside(expr: SymExpr, letter: sympy.Symbol, low: SymExpr, high: SymExpr) -> bool:
    """Whether an expression certainly has no singular point strictly between two numbers."""
    for part in sympy.preorder_traversal(expr):
        if part.is_Function and part.func not in _SMOOTH:
            return False
        risky = _risky_part(part, letter)
        if risky is None:
            continue
        zeros = _zeros(sympy.fraction(sympy.together(risky))[0], letter)
        if zeros is None or any(_may_lie_inside(zero, low, high) for zero in zeros):
            return False
    return True


def _zeros(expr: SymExpr, letter: sympy.Symbol) -> list[SymExpr] | None:
    if isinstance(expr, sympy.log) and expr.args[0] == letter:
        return [sympy.Integer(1)]
    try:
        polynomial = sympy.Poly(expr, letter, domain="QQ")
    except (sympy.CoercionFailed, sympy.PolynomialError):
        return None
    return [root for factor, _ in polynomial.factor_list()[1] for root in real_roots(factor)]


def _may_lie_inside(point: SymExpr, low: SymExpr, high: SymExpr) -> bool:
    if point in (low, high):
        return False
    enclosure = Enclosure()
    is_below = low.is_finite and enclosure.sign(point - low) == -1
    is_above = high.is_finite and enclosure.sign(point - high) == 1
    return not (is_below or is_above)
