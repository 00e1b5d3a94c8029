"""Checks an answer that should be one quantity, given the exact one."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

from tutor_app.core.verdict import CALCULATION_ONLY, Evidence, Method, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import build
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.compound_unit import CompoundUnit
from tutor_app.verify.form import is_worked_out
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.measure import Measure, in_base_units, in_unit, measure
from tutor_app.verify.numerals import number_text
from tutor_app.verify.quantity import (
    QuantityText,
    has_units,
    read_quantities,
    shown,
)
from tutor_app.verify.quantity_comparison import (
    ROUNDED,
    Side,
    compare_measures,
    compare_readings,
    is_rounded_quantity,
)
from tutor_app.verify.syntax import (
    Bin,
    Chain,
    Comparison,
    Degrees,
    Expr,
    Num,
    Operator,
    Percent,
    Sym,
    contains,
    contains_plus_minus,
)
from tutor_app.verify.topics.request import Request
from tutor_app.verify.topics.word_problem import exact, rounded_value
from tutor_app.verify.verdicts import unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer, Finding

_INTRO: Final = re.compile(
    r"(?i)^(?:(?:so|thus|hence|therefore)\b,?\s*)?(?:it\s+(?:is|takes|travels|uses|has|needs)"
    r"|(?:the|its)\s+(?:[a-z]+\s+){1,4}?(?:is|was|equals|=))\s+(?=[-\d$£€\\])"
)


@dataclass(frozen=True, slots=True)
class QuantityWanted:
    """What an answer must be.

    Attributes:
        asked: the exact quantity.
        unit: in which it was asked for, None where any unit will do.
        is_counted: the unit stands in the question, as in "how many metres": a number alone
            is an answer.
        request: rounding.
        working: sentences to replay it by.
        assumptions: what the words left open.
    """

    asked: Measure
    unit: CompoundUnit | None
    is_counted: bool
    request: Request
    working: tuple[str, ...]
    assumptions: tuple[str, ...] = ()

    def check(self, answer: str) -> Verdict:
        """Check one quantity; the words of the problem are not checked.

        Raises:
            Unreadable: the answer is not one quantity.
        """
        sides, reading = _answer_sides(answer)
        finding = self._finding(sides)
        if finding.answer is Answer.YES and (refusal := self._refusal(sides[0])):
            return self._unknown(refusal, reading)
        if finding.answer is Answer.OPEN:
            return self._unknown(finding.text, reading)
        working = tuple(Evidence(Method.EXACT_ARITHMETIC, text) for text in self.working)
        verdict = verdict_of(finding, reading=reading, assumptions=self.assumptions)
        return replace(verdict, evidence=(*working, *verdict.evidence), scope=CALCULATION_ONLY)

    def _unknown(self, text: str, reading: str) -> Verdict:
        verdict = unknown_verdict(Method.AMBIGUOUS, text, reading)
        return replace(verdict, scope=CALCULATION_ONLY)

    def _finding(self, sides: tuple[Side, ...]) -> Finding:
        if not has_units(*sides[0]):
            return self._bare_finding(*sides[0])
        if self.request.rounding is not None:
            return self._rounded_finding(measure(*sides[0]))
        letter = Sym("asked")
        asked = [(QuantityText(letter, ()), letter)]
        finding = compare_readings(asked, sides, {"asked": self.asked})
        if finding.answer is Answer.NO and finding.method is not Method.DIMENSION:
            shown_quantity = measure(*sides[0])
            if is_rounded_quantity(shown_quantity, self.asked.node):
                return Finding(Answer.OPEN, Method.AMBIGUOUS, ROUNDED)
            unit = shown_quantity.unit or self.unit
            if unit is not None and unit.dimension == self.asked.dimension:
                value = number_text(build(in_unit(self.asked.node, unit)).expr)
                text = f"it would be {value} {unit.symbol}"
                return Finding(Answer.NO, finding.method, text, finding.data)
        return finding

    def _bare_finding(self, text: QuantityText, node: Expr) -> Finding:
        """A number without a unit."""
        if self.asked.dimension.is_none:
            finding = compare_measures(self.asked, measure(text, node))
            share = Bin(Operator.MUL, self.asked.node, Num(Fraction(100)))
            if (
                finding.answer is Answer.NO
                and not contains(node, Percent)
                and (compare_expressions(share, node).answer is not Answer.NO)
            ):
                return Finding(Answer.OPEN, Method.AMBIGUOUS, "the percent sign is missing")
            return finding
        if contains(node, (Percent, Degrees)):
            return Finding(Answer.OPEN, Method.AMBIGUOUS, "a unit was expected")
        if self.unit is None:
            unit = self.asked.unit
            is_same = unit is not None and (
                compare_expressions(in_unit(self.asked.node, unit), node).answer is Answer.YES
            )
            text_missing = "the value is right, the unit is missing"
            return Finding(
                Answer.OPEN, Method.AMBIGUOUS, text_missing if is_same else "the unit is missing"
            )
        value = replace_unit(node, self.unit)
        finding = (
            self._rounded_finding(value)
            if self.request.rounding is not None
            else compare_measures(self.asked, value)
        )
        if self.is_counted or finding.answer is Answer.OPEN:
            return finding
        is_right = finding.answer is Answer.YES
        missing = "the value is right, the unit is missing" if is_right else "the unit is missing"
        return Finding(Answer.OPEN, Method.AMBIGUOUS, missing)

    def _rounded_finding(self, answer: Measure) -> Finding:
        unit = self.unit or answer.unit
        rounding = self.request.rounding
        if unit is None or rounding is None or answer.unit is None:
            return Finding(Answer.OPEN, Method.UNSUPPORTED, "I could not round the exact value")
        if answer.unit.dimension != self.asked.dimension:
            return compare_measures(self.asked, answer)
        rounded = rounded_value(in_unit(self.asked.node, unit), rounding)
        if rounded is None:
            return Finding(Answer.OPEN, Method.UNSUPPORTED, "I could not round the exact value")
        finding = compare_expressions(in_base_units(exact(rounded), unit), answer.node)
        if finding.answer is Answer.NO and (
            self.unit is None
            or is_rounded_quantity(answer, self.asked.node)
            or compare_expressions(answer.node, self.asked.node).answer is not Answer.NO
        ):
            return Finding(Answer.OPEN, Method.AMBIGUOUS, f"not rounded to {rounding.text}")
        return finding

    def _refusal(self, side: Side) -> str:
        """Why an answer that has the right value is not simply right."""
        found = measure(*side)
        if found.unit is None and found.has_units:
            return "the result is not worked out yet"
        if not is_worked_out(side[1] if found.value is None else found.value) and not _is_power(
            found.value
        ):
            return "the result is not worked out yet"
        if (
            self.unit is not None
            and found.unit is not None
            and (found.unit.symbol != self.unit.symbol)
        ):
            return f"right, but it was asked for in {self.unit.symbol}"
        asked = self.asked.unit
        if (
            found.unit is not None
            and asked is not None
            and (
                (asked.is_moment and found.unit.is_energy)
                or (asked.is_energy and found.unit.is_moment)
            )
        ):
            return f"this is usually given in {asked.symbol}"
        return ""


def replace_unit(node: Expr, unit: CompoundUnit) -> Measure:
    """A number as so many of a unit."""
    return Measure(
        in_base_units(node, unit), unit.dimension, node, unit, has_angle=unit.has_angle,
        units=(unit,),
    )  # fmt: skip


def _is_power(node: Expr | None) -> bool:
    """Whether a number is written as `3 * 10^8`."""
    match node:
        case Bin(Operator.MUL, Num(), Bin(Operator.POW, Num(ten), _)):
            return ten == 10
        case _:
            return False


def _answer_sides(answer: str) -> tuple[tuple[Side, ...], str]:
    """An answer under all its readings, and how it was read; a chain's last part counts."""
    answer = _INTRO.sub("", answer.strip())
    quantities = read_quantities(answer)
    readings = (
        (QuantityText(read_answer(answer), ()),) if quantities is None else quantities.readings
    )
    sides = tuple((reading, _last(reading)) for reading in readings)
    if any(contains_plus_minus(node) for _, node in sides):
        raise Unreadable("± stands for two values", is_ambiguous=True)
    return sides, shown(readings[0])


def _last(reading: QuantityText) -> Expr:
    statement = reading.statement
    if isinstance(statement, Expr):
        return statement
    if not isinstance(statement, Chain) or set(statement.comparisons) != {Comparison.EQ}:
        raise Unreadable("this is not one quantity")
    parts = [part for part in statement.operands if part is not None]
    values = parts[1:] if isinstance(parts[0], Sym) and not reading.unit_of(parts[0]) else parts
    for left, right in pairwise(values):
        finding = compare_readings([(reading, left)], [(reading, right)])
        if finding.answer is not Answer.YES:
            raise Unreadable("the sides of the answer are not the same quantity")
    return values[-1]
