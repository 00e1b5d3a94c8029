"""Compares two answers of which at least one has a unit, is an amount of money or a ratio."""

from dataclasses import replace

from tutor_app.core.verdict import Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.measure import measure
from tutor_app.verify.quantity import Quantities, QuantityText, read_quantities, shown
from tutor_app.verify.quantity_comparison import Side, compare_readings
from tutor_app.verify.ratio import compare_ratios, terms_of
from tutor_app.verify.syntax import Chain, Comparison, Expr, Sym
from tutor_app.verify.text import final_answer
from tutor_app.verify.verdicts import unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer, Finding


def compare_quantities(gold: str, answer: str, plain: Verdict) -> Verdict:
    """Whether two answers are the same, where units or ratios occur.

    Args:
        gold: the reference.
        answer: the answer.
        plain: the verdict of whoever reads no units; it stands where none are found.
    """
    if plain.status is Status.VERIFIED:
        return plain
    try:
        gold, answer = final_answer(gold), final_answer(answer)
        if terms_of(gold) is not None:
            return compare_ratios(gold, answer) or plain
        found = (read_quantities(gold), read_quantities(answer))
        if found == (None, None):
            return plain
        finding = _finding(*(_sides(*pair) for pair in zip(found, (gold, answer), strict=True)))
    except Unreadable as error:
        if plain.status is Status.REFUTED:
            return plain
        method = Method.AMBIGUOUS if error.is_ambiguous else Method.UNPARSED
        return unknown_verdict(method, f"I could not read this: {error}.")
    return _verdict(finding, found, plain, answer)


def _verdict(
    finding: Finding, found: tuple[Quantities | None, Quantities | None], plain: Verdict, text: str
) -> Verdict:
    reading = text if found[1] is None else shown(found[1].readings[0])
    verdict = verdict_of(finding, reading=reading)
    known = [side for side in found if side is not None]
    if any(side.is_sure for side in known):
        return verdict
    # Letters of a formula are plausible too: neither reading may contradict the verdict.
    if not all(side.is_spaced for side in known) or finding.answer is Answer.NO:
        return plain
    return replace(verdict, assumptions=("the letters are units",))


def _sides(quantities: Quantities | None, text: str) -> tuple[Side, ...]:
    if quantities is not None:
        return tuple((reading, _value(reading)) for reading in quantities.readings)
    reading = QuantityText(read_answer(text), ())
    return ((reading, _value(reading)),)


def _value(reading: QuantityText) -> Expr:
    """The quantity itself, without the letter of `v = 20 m/s`."""
    match reading.statement:
        case Chain((Sym() as name, value), (Comparison.EQ,)) if (
            value is not None and reading.unit_of(name) is None
        ):
            return value
        case _ if isinstance(reading.statement, Expr):
            return reading.statement
        case _:
            raise Unreadable("this is not one quantity")


def _finding(lefts: tuple[Side, ...], rights: tuple[Side, ...]) -> Finding:
    finding = compare_readings(lefts, rights)
    if finding.answer is Answer.YES and _is_moment_for_energy(lefts[0], rights[0]):
        text = "equal in size, but a moment in N m is not an energy in J"
        return Finding(Answer.OPEN, Method.AMBIGUOUS, text)
    return finding


def _is_moment_for_energy(left: Side, right: Side) -> bool:
    units = [measure(*side).unit for side in (left, right)]
    if units[0] is None or units[1] is None:
        return False
    return (units[0].is_moment and units[1].is_energy) or (
        units[1].is_moment and units[0].is_energy
    )
