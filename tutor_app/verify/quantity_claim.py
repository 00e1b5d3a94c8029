"""Claims with units in a model's line: `72 km/h = 20 m/s`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from tutor_app.core.verdict import Method, Relation, Status
from tutor_app.verify.decision import Decision, decision_of, undecided
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.quantity import (
    Quantities,
    QuantityText,
    expressions_of,
    has_units,
    read_quantities,
)
from tutor_app.verify.quantity_comparison import ROUNDED, Side, compare_readings
from tutor_app.verify.quantity_task import QuantityTask
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import Chain, Comparison, Expr, Sym
from tutor_app.verify.task import Task
from tutor_app.verify.zero import Answer, Finding

_AMOUNT: Final = (
    r"(?:[$£€]\s?)?\d[\d,]*(?:\.\d+)?(?:\s?(?:°\s?[CF]|[A-Za-zµΩ]+)(?:\^?[23²³])?"
    r"(?:/[A-Za-z]+(?:\^?[23²³])?)*)?"
)
_PROSE: Final = re.compile(rf"(?<![\w.,$£€+*/×÷·^=(%-]){_AMOUNT}(?:\s*=\s*{_AMOUNT})+")
_BEFORE: Final = re.compile(
    r"(?i)(?:^|[:;,.]\s+|\b(?:so|then|thus|hence|therefore|that|since|because|gives|get|have)\s+)$"
)
_AFTER: Final = re.compile(r"\s*(?:$|[.,;!](?:\s|$))")


def quantity_claims(text: str, before: str, task: Task | None) -> tuple[Decision, ...] | None:
    """Decisions on the links of one formula, None if it has no units.

    Args:
        text: the formula.
        before: the formula before it, which a leading `=` continues; may be empty.
        task: the problem, or None.
    """
    try:
        quantities = read_quantities(text)
    except Unreadable:
        return None
    if quantities is None or not (quantities.is_sure or quantities.is_spaced):
        return None
    statement = quantities.readings[0].statement
    if not isinstance(statement, Chain):
        is_claim = quantities.is_sure and not isinstance(statement, Expr)
        return (undecided("I cannot check a list of quantities"),) if is_claim else None
    decisions = tuple(_links(quantities, statement, before, task))
    if quantities.is_sure:
        return decisions
    # The letters may belong to a formula or to the problem, which others know better.
    is_free = task is None or isinstance(task, QuantityTask)
    are_right = all(decision.status is Status.VERIFIED for decision in decisions)
    return decisions if is_free and are_right else None


def _links(
    quantities: Quantities, chain: Chain, before: str, task: Task | None
) -> Iterator[Decision]:
    columns = [_column(quantities, k, before) for k in range(len(chain.operands))]
    for (lefts, rights), sign in zip(pairwise(columns), chain.comparisons, strict=True):
        if not lefts or not rights:
            yield undecided("nothing before it that this line could continue")
            continue
        if _is_letter(lefts[0]):
            yield _named(lefts[0][1], rights, sign, task)
            continue
        yield decide_link(lefts, sign, rights)


def _column(quantities: Quantities, k: int, before: str) -> tuple[Side, ...]:
    """The k-th operand under each reading."""
    found: list[Side] = []
    for reading in quantities.readings:
        assert isinstance(reading.statement, Chain)
        operand = reading.statement.operands[k]
        if operand is not None:
            found.append((reading, operand))
    return tuple(found) or last_operands(before)


def last_operands(text: str) -> tuple[Side, ...]:
    """The last expression of a formula under each reading, nothing where it has none."""
    if not text:
        return ()
    try:
        quantities = read_quantities(text)
        readings = (
            (QuantityText(parse_statement(text), ()),)
            if quantities is None
            else quantities.readings
        )
    except Unreadable:
        return ()
    ends = [(reading, expressions_of(reading.statement)) for reading in readings]
    return tuple((reading, parts[-1]) for reading, parts in ends if parts)


def _is_letter(side: Side) -> bool:
    return isinstance(side[1], Sym) and side[0].unit_of(side[1]) is None


def _named(letter: Expr, rights: tuple[Side, ...], sign: Comparison, task: Task | None) -> Decision:
    """`v = 20 m/s`, where the problem asks for v."""
    assert isinstance(letter, Sym)
    is_asked = isinstance(task, QuantityTask) and letter.name in task.letters
    asked = task.asked if isinstance(task, QuantityTask) and is_asked else None
    if asked is None or sign is not Comparison.EQ:
        return undecided(f"{letter.name} is not defined in the problem")
    given = (QuantityText(asked.node, ()), letter)
    finding = compare_readings([given], rights, {letter.name: asked})
    if finding.answer is not Answer.YES:
        return undecided(f"this is not the {letter.name} that the problem asks for")
    return replace(decision_of(finding, Relation.CLAIM), reason="the quantity asked for")


def decide_link(lefts: tuple[Side, ...], sign: Comparison, rights: tuple[Side, ...]) -> Decision:
    """Whether a comparison of two quantities holds."""
    if sign not in {Comparison.EQ, Comparison.APPROX}:
        return undecided("I cannot compare quantities by size here")
    finding = compare_readings(lefts, rights)
    if sign is Comparison.APPROX and finding.answer is not Answer.YES:
        if finding.text != ROUNDED:
            return undecided("an approximation that I cannot judge", Method.AMBIGUOUS)
        finding = Finding(Answer.YES, Method.EXACT_ARITHMETIC, "correctly rounded")
    return decision_of(finding, Relation.EQUAL)


def prose_quantity_claims(prose: str) -> Iterator[str]:
    """Claims such as `72 km/h = 20 m/s` that stand alone in a sentence."""
    for found in _PROSE.finditer(prose):
        before, after = prose[: found.start()], prose[found.end() :]
        if not (_BEFORE.search(before) and _AFTER.match(after)):
            continue
        try:
            quantities = read_quantities(found.group())
        except Unreadable:
            continue
        if quantities is not None and quantities.is_sure:
            yield found.group()


def is_quantity_chain(text: str) -> bool:
    """Whether a text is a chain of equals signs between quantities."""
    try:
        quantities = read_quantities(text)
    except Unreadable:
        return False
    if quantities is None or not quantities.is_sure:
        return False
    reading = quantities.readings[0]
    return isinstance(reading.statement, Chain) and any(
        has_units(reading, part) for part in expressions_of(reading.statement)
    )
