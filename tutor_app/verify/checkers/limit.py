"""Checks limits: exactly for rational functions, else only where three witnesses agree."""

from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.syntax import (
    Expr,
    Limit,
    Phrase,
    Statement,
    Words,
    contains_plus_minus,
    symbols,
)
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer, Finding, equality

_TREND: Final = tuple(sympy.Rational(1, 10**k) for k in (3, 5, 7))
_DIGITS: Final = 40


def check_limit(limit: Limit, answer: Statement) -> Verdict:
    """Check the value of a limit, or that there is none.

    Raises:
        Unreadable: the expression or the point cannot be built.
    """
    reading = render_statement(answer)
    letter, point = symbol(limit.variable), build(limit.point).expr
    expr = build(limit.arg).expr
    if set(expr.free_symbols) - {letter}:
        return unknown_verdict(Method.UNSUPPORTED, "the limit has other letters", reading)
    directions = _directions(point, limit.side)
    sides = [_side(expr, letter, point, direction) for direction in directions]
    if any(side is None for side in sides):
        return unknown_verdict(Method.UNSUPPORTED, "the limit was not decided", reading)
    is_same = all(side == sides[0] for side in sides)
    if answer == Words(Phrase.DOES_NOT_EXIST):
        return _absence(sides, is_same, reading)
    if not isinstance(answer, Expr) or symbols(answer) or contains_plus_minus(answer):
        return unknown_verdict(Method.UNSUPPORTED, "I expected one number", reading)
    is_exact = expr.is_rational_function(letter)
    if not is_same:
        return unknown_verdict(Method.UNSUPPORTED, "the limit has two different sides", reading)
    return _value(sides[0], build(answer), is_exact=is_exact, reading=reading)


def limit_value(limit: Limit) -> tuple[SymExpr, bool] | None:
    """A finite limit and whether it is proved rather than witnessed; None if not known.

    Raises:
        Unreadable: the expression or the point cannot be built.
    """
    letter, point = symbol(limit.variable), build(limit.point).expr
    expr = build(limit.arg).expr
    if set(expr.free_symbols) - {letter} or point.free_symbols:
        return None
    sides = [_side(expr, letter, point, where) for where in _directions(point, limit.side)]
    value = sides[0]
    if value is None or not value.is_finite or any(side != value for side in sides):
        return None
    return value, bool(expr.is_rational_function(letter))


def _absence(sides: list[SymExpr | None], is_same: bool, reading: str) -> Verdict:
    if is_same:
        return unknown_verdict(Method.UNSUPPORTED, "both sides seem to agree", reading)
    text = f"from the left {sides[0]}, from the right {sides[1]}"
    evidence = (Evidence(Method.SYMBOLIC_SIMPLIFY, text),)
    return Verdict(Status.VERIFIED, Method.SYMBOLIC_SIMPLIFY, evidence, reading=reading)


def _value(truth: SymExpr | None, answer: Built, *, is_exact: bool, reading: str) -> Verdict:
    assert truth is not None
    if not truth.is_finite or not answer.expr.is_finite:
        if truth == answer.expr:
            evidence = (Evidence(Method.SYMBOLIC_SIMPLIFY, "it grows beyond every bound"),)
            return Verdict(Status.VERIFIED, Method.SYMBOLIC_SIMPLIFY, evidence, reading=reading)
        if is_exact:
            return refuted_verdict(Method.EXACT_ARITHMETIC, "this is not the limit", reading)
        return unknown_verdict(Method.UNSUPPORTED, "not decided", reading)
    finding = equality(Built(truth, (), is_complex=False), answer)
    if finding.answer is Answer.NO and not is_exact:
        text = "the limit seems to be another number; not proved"
        return verdict_of(Finding(Answer.OPEN, Method.SAMPLING, text, likely=False))
    if finding.answer is Answer.YES and not is_exact:
        text = "SymPy's limit, confirmed from every side and by the trend of values"
        finding = Finding(Answer.YES, Method.SYMBOLIC_SIMPLIFY, text)
    return verdict_of(finding, reading=reading)


def _directions(point: SymExpr, side: str) -> tuple[str, ...]:
    if not point.is_finite:
        return ("",)
    return (side,) if side else ("-", "+")


def _side(expr: SymExpr, letter: sympy.Symbol, point: SymExpr, direction: str) -> SymExpr | None:
    """A one-sided limit that the trend of values confirms; None if it does not."""
    try:
        value = sympy.limit(expr, letter, point, direction or "+")
    except (NotImplementedError, ValueError):
        return None
    if value.has(sympy.AccumBounds, sympy.nan, sympy.zoo, sympy.Limit) or value.free_symbols:
        return None
    return value if _follows(expr, letter, point, direction, value) else None


def one_sided_limit(
    expr: SymExpr, letter: sympy.Symbol, point: SymExpr, direction: str
) -> SymExpr | None:
    """A limit from one side, or at infinity, that the trend of values confirms; None if unsure."""
    return _side(expr, letter, point, direction if point.is_finite else "")


def _follows(
    expr: SymExpr, letter: sympy.Symbol, point: SymExpr, direction: str, value: SymExpr
) -> bool:
    gaps = []
    for step in _TREND:
        place = (
            point + (step if direction == "+" else -step)
            if point.is_finite
            else (sympy.Integer(1 if point is sympy.oo else -1) / step)
        )
        # Floats, not rationals: (1 + 2/x)^x at x = 10^7 has no exact value of decent size.
        number = expr.evalf(_DIGITS, subs={letter: sympy.Float(place, _DIGITS)})
        if not number.is_real:
            return False
        gaps.append(abs(number - value) if value.is_finite else 1 / abs(number))
    return bool(sympy.N(gaps[2]) <= sympy.N(gaps[0]) and sympy.N(gaps[2]) < sympy.Rational(1, 100))
