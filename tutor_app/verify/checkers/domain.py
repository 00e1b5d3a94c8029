"""Checks the natural domain of an expression, point by point between its special points."""

import sympy

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.build import build, symbol
from tutor_app.verify.region import RealSet, Undecided, compare, point_text, region_of
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.rounded_bounds import ROUNDED_BOUND, has_rounded_bound
from tutor_app.verify.solutions import is_defined_at, real_roots
from tutor_app.verify.syntax import Bin, Expr, Operator, Statement, symbols, walk
from tutor_app.verify.task import FindDomain
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict


def check_domain(task: FindDomain, answer: Statement) -> Verdict:
    """Check a claimed domain.

    Raises:
        Unreadable: the expression cannot be built, or the answer is no set.
    """
    reading = render_statement(answer)
    if _has_irrational_power(task.node):
        text = "whether 0 has such a power is told differently in different books"
        return unknown_verdict(Method.AMBIGUOUS, text, reading)
    try:
        truth, claimed = _domain(task), region_of(answer, task.variable)
        difference = compare(truth, claimed)
    except Undecided as error:
        return unknown_verdict(Method.UNSUPPORTED, str(error), reading)
    if difference.point is None:
        text = "tested at every special point and once in every gap between them"
        evidence = (Evidence(Method.ENUMERATION, text),)
        return Verdict(Status.VERIFIED, Method.ENUMERATION, evidence, reading=reading)
    if has_rounded_bound(answer, truth.breaks):
        return unknown_verdict(Method.AMBIGUOUS, ROUNDED_BOUND, reading)
    place = point_text(difference, task.variable)
    text = (
        f"{place} belongs to the domain"
        if difference.is_in_first
        else (f"{place} does not belong to the domain")
    )
    return refuted_verdict(Method.ENUMERATION, text, reading)


def _has_irrational_power(node: Expr) -> bool:
    powers = (part for part in walk(node) if isinstance(part, Bin) and part.op is Operator.POW)
    return any(
        symbols(power.left) and not symbols(power.right) and not build(power.right).expr.is_Rational
        for power in powers
    )


def _domain(task: FindDomain) -> RealSet:
    built, letter = build(task.node), symbol(task.variable)
    breaks: list[sympy.Expr] = []
    for condition in built.conditions:
        for end in (-1, 0, 1):
            for part in sympy.fraction(sympy.together(condition.expr - end)):
                breaks.extend(_zeros(part, letter))

    def has(point: sympy.Expr) -> bool:
        inside = is_defined_at(built, {letter: point})
        if inside is None:
            raise Undecided("a point could not be decided")
        return inside

    return RealSet(tuple(breaks), has)


def _zeros(expr: sympy.Expr, letter: sympy.Symbol) -> list[sympy.Expr]:
    try:
        polynomial = sympy.Poly(expr, letter, domain="QQ")
    except (sympy.CoercionFailed, sympy.PolynomialError) as error:
        raise Undecided("I could not find where it is defined") from error
    if polynomial.is_zero:
        raise Undecided("it is defined nowhere")
    return [root for factor, _ in polynomial.factor_list()[1] for root in real_roots(factor)]
