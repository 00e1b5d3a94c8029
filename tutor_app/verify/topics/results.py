"""Judges an answer that is one number, one expression or a list of numbers, against the truth.

The truth is SymPy's, found by the topic and confirmed there; here it is only compared.
"""

import re
from collections.abc import Iterable
from typing import Final

from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import Built, build
from tutor_app.verify.checkers.equation import read_claimed
from tutor_app.verify.comparison import compare_expressions, domain_gap
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import root_text
from tutor_app.verify.rendering import render, render_statement
from tutor_app.verify.rounding import is_rounding
from tutor_app.verify.solutions import position, same_number
from tutor_app.verify.syntax import (
    Apply,
    Chain,
    Comparison,
    Degrees,
    Derivative,
    Expr,
    Integral,
    Limit,
    Statement,
    Tuple,
    contains,
    contains_plus_minus,
    symbols,
)
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict
from tutor_app.verify.zero import Answer, equality

UNFIT: Final = (Apply, Derivative, Integral, Limit)
_LEAD: Final = re.compile(
    r"(?i)(?:(?:so|thus|hence|therefore|then)\b,?\s*)?"
    r"(?:(?:the|its|this)\s+)?(?P<noun>[a-z][a-z ]*?)\s+(?:is|are|equals|=|:)\s*:?\s*(?=\S)"
)


def without_noun(text: str, nouns: Iterable[str]) -> str:
    """An answer without the name of what was asked: `the slope is 4`."""
    found = _LEAD.match(text)
    if found and found["noun"].lower() in set(nouns):
        return text[found.end() :]
    return text


def last_value(statement: Statement, heads: Iterable[Expr] = ()) -> Expr:
    """The value an answer states: itself, or the end of `f(2) = 2^2 + 1 = 5`.

    Args:
        statement: the answer.
        heads: what may stand on the left, beside arithmetic that agrees with the end.

    Raises:
        Unreadable: it is not one value.
    """
    if isinstance(statement, Chain):
        if set(statement.comparisons) != {Comparison.EQ}:
            raise Unreadable("I expected one value")
        first, *rest = statement.operands
        values = [part for part in rest if part is not None]
        if first is not None and first not in tuple(heads):
            values = [first, *values]
        for value in values[:-1]:
            if compare_expressions(value, values[-1]).answer is not Answer.YES:
                raise Unreadable("the equals signs in it do not hold")
        statement = values[-1]
    if not isinstance(statement, Expr) or contains_plus_minus(statement):
        raise Unreadable("I expected one value")
    if contains(statement, UNFIT):
        raise Unreadable("it is not worked out")
    return statement


def judge_number(
    truth: SymExpr, node: Expr, reason: str, method: Method = Method.SUBSTITUTION
) -> Verdict:
    """Compare one number with the true one.

    Args:
        truth: a real constant.
        node: the answer.
        reason: how the true value was found, as a sentence to replay.
        method: by what the value was found.

    Raises:
        Unreadable: the answer cannot be built.
    """
    reading = render(node)
    if symbols(node):
        return unknown_verdict(Method.UNSUPPORTED, "it holds a letter or a unit", reading)
    if contains(node, Degrees):
        return unknown_verdict(Method.UNSUPPORTED, "a degree sign was not asked for", reading)
    built = build(node)
    finding = equality(Built(truth, (), is_complex=built.is_complex), built)
    if finding.answer is Answer.YES:
        evidence = (Evidence(method, reason),)
        return Verdict(Status.VERIFIED, method, evidence, reading=reading)
    if finding.answer is Answer.NO:
        if is_rounding(node, truth):
            text = "this is a rounded value; the exact one was not given"
            return unknown_verdict(Method.AMBIGUOUS, text, reading)
        return refuted_verdict(method, reason, reading)
    return unknown_verdict(finding.method, finding.text, reading)


def judge_expression(
    truth: Built, node: Expr, reason: str, method: Method, *, inherits: bool = False
) -> Verdict:
    """Compare an expression with the true one, single missing points being condoned and said.

    Args:
        truth: the true expression.
        node: the answer.
        reason: how the truth was found.
        method: by what.
        inherits: the domain is that of the truth, as a derivative has its function's.

    Raises:
        Unreadable: the answer cannot be built.
    """
    reading = render(node)
    built = build(node)
    finding = equality(truth, built)
    if finding.answer is Answer.OPEN:
        return unknown_verdict(finding.method, finding.text, reading)
    if finding.answer is Answer.NO:
        return refuted_verdict(finding.method, finding.text, reading)
    needs = (*truth.conditions, *built.conditions) if inherits else built.conditions
    gap = domain_gap(truth, Built(built.expr, tuple(dict.fromkeys(needs)), built.is_complex))
    if gap is None:
        text = "equal where both are defined, but they are defined for different numbers"
        return unknown_verdict(Method.UNSUPPORTED, text, reading)
    evidence = (Evidence(method, reason),)
    return Verdict(Status.VERIFIED, method, evidence, gap, reading)


def judge_list(
    truth: tuple[SymExpr, ...], text: str, unknown: str, reason: str, noun: str = "solution"
) -> Verdict:
    """Compare a list of values with the complete true one.

    Raises:
        Unreadable: the answer is not a list of numbers.
    """
    answer = read_answer(text)
    reading = render_statement(answer)
    claimed = read_claimed(answer, unknown)
    if claimed.is_everything:
        return refuted_verdict(Method.SOLUTION_SET, reason, reading)
    places: set[int] = set()
    for node in claimed.values:
        built = build(node)
        if built.is_complex:
            return unknown_verdict(Method.UNSUPPORTED, "a complex number stands in it", reading)
        place = position(built.expr, truth)
        if place is None:
            return unknown_verdict(Method.UNSUPPORTED, "two numbers could not be compared", reading)
        if place == -1:
            if any(is_rounding(node, root) for root in truth):
                return unknown_verdict(Method.AMBIGUOUS, "this is a rounded value", reading)
            said = f"{unknown} = {root_text(built.expr)} is no {noun}"
            return refuted_verdict(Method.SOLUTION_SET, said, reading)
        places.add(place)
    for k, root in enumerate(truth):
        if k not in places:
            said = f"{unknown} = {root_text(root)} is missing"
            return refuted_verdict(Method.SOLUTION_SET, said, reading)
    evidence = (Evidence(Method.SOLUTION_SET, reason),)
    return Verdict(Status.VERIFIED, Method.SOLUTION_SET, evidence, reading=reading)


def index_of_point(point: Tuple, truth: tuple[tuple[SymExpr, SymExpr], ...]) -> int | None:
    """Index of a point among true ones; -1 if it is none of them; None if not decided.

    Raises:
        Unreadable: a coordinate cannot be built.
    """
    first, second = (build(item).expr for item in point.items)
    is_open = False
    for k, (x, y) in enumerate(truth):
        same = [same_number(first, x), same_number(second, y)]
        if same == [True, True]:
            return k
        is_open |= False not in same
    is_near = any(
        all(
            is_rounding(item, value) or same_number(build(item).expr, value) is True
            for item, value in zip(point.items, pair, strict=True)
        )
        for pair in truth
    )
    return None if is_open or is_near else -1
