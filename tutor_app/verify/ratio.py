"""Ratios such as `2:3` and `50 cm : 2 m`, which are the same if their terms are proportional."""

import re
from fractions import Fraction
from typing import Final

from tutor_app.core.verdict import Method, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.measure import Measure, measure
from tutor_app.verify.quantity import QuantityText, read_quantities
from tutor_app.verify.syntax import Bin, Expr, Num, Operator, contains_plus_minus, symbols
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer, Finding

_COLON: Final = re.compile(r"\s*(?:\\colon(?![A-Za-z])|:|∶|\\mathbin\{:\})\s*")
_TO: Final = re.compile(r"(?<=[\d)}])\s+to\s+(?=[\d(\\])")
_CLOCK: Final = re.compile(r"\d{1,2}(?::\d\d){1,2}")
_TERMS: Final = 6


def terms_of(text: str) -> tuple[Expr, ...] | None:
    """The terms of a ratio, in SI base units where they have units; None if it is no ratio.

    Raises:
        Unreadable: there is a colon, but the terms cannot be read or are of different kinds.
    """
    parts = _COLON.split(text.strip())
    if len(parts) == 1:
        parts = _TO.split(text.strip())
    if len(parts) == 1 or "=" in text:
        return None
    if len(parts) > _TERMS:
        raise Unreadable(f"more than {_TERMS} terms in a ratio")
    terms = [_term(part) for part in parts]
    if len({term.dimension for term in terms}) > 1:
        raise Unreadable("the terms of the ratio are different kinds of quantity")
    return tuple(term.node for term in terms)


def _term(text: str) -> Measure:
    quantities = read_quantities(text)
    if quantities is not None and (quantities.is_sure or quantities.is_spaced):
        reading = quantities.readings[0]
        if not isinstance(reading.statement, Expr):
            raise Unreadable("a term of the ratio is not a quantity")
        return measure(reading, reading.statement)
    statement = read_answer(text)
    if not isinstance(statement, Expr) or contains_plus_minus(statement) or symbols(statement):
        raise Unreadable("a term of the ratio is not a number")
    return measure(QuantityText(statement, ()), statement)


def compare_ratios(gold: str, answer: str) -> Verdict | None:
    """Whether two ratios are the same; None if the reference is no ratio.

    Raises:
        Unreadable: a ratio cannot be read.
    """
    first = terms_of(gold)
    if first is None:
        return None
    second = terms_of(answer)
    if second is None:
        return unknown_verdict(Method.UNSUPPORTED, "a ratio and something else", answer)
    if len(first) != len(second):
        return refuted_verdict(Method.ENUMERATION, "another number of terms", answer)
    finding = proportion(first, second)
    is_clock = all(_CLOCK.fullmatch(side.strip()) for side in (gold, answer))
    if is_clock and finding.answer is Answer.YES and gold.strip() != answer.strip():
        return unknown_verdict(Method.AMBIGUOUS, "this can be a ratio or a time", answer)
    return verdict_of(finding, reading=answer.strip())


def proportion(first: tuple[Expr, ...], second: tuple[Expr, ...]) -> Finding:
    """Whether two ratios with equally many terms are the same.

    Raises:
        Unreadable: a term cannot be computed, or all terms are zero.
    """
    zero = Num(Fraction(0))
    for terms in (first, second):
        if any(compare_expressions(term, zero).answer is not Answer.NO for term in terms):
            raise Unreadable("a term of the ratio is zero")
    found: Finding | None = None
    for mine, theirs in zip(first[1:], second[1:], strict=True):
        crossed = (Bin(Operator.MUL, first[0], theirs), Bin(Operator.MUL, second[0], mine))
        found = compare_expressions(*crossed)
        if found.answer is not Answer.YES:
            return found
    assert found is not None
    return Finding(Answer.YES, found.method, f"multiplied crosswise: {found.text}", found.data)
