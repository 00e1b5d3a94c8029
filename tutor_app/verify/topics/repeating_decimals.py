r"""Repeating decimals as fractions: `0.\overline{27}`, or `0.272727...` with its cycle shown."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.core.verdict import Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.checkers.number import check_number
from tutor_app.verify.limits import LITERAL_DIGITS, Unreadable
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.rendering import render
from tutor_app.verify.syntax import Bin, Mixed, Neg, Num, Operator
from tutor_app.verify.task import Evaluate, Form, TopicTask

_FRACTION: Final = re.compile(
    r"(?i:(?:please )?(?:convert|write|express|change|turn|represent))"
    r"(?i: the)?(?i: (?:repeating|recurring))?(?i: decimal)?(?i: number)? (?P<decimal>\S.*?)"
    r"(?i: (?:to|into|as|in the form of)(?: an?)?(?P<lowest> (?:simplified|reduced))?"
    r"(?: (?:common|exact|proper|rational))? (?:fraction|quotient of (?:two )?integers))"
    r"(?P<terms>(?i:,? in (?:its |the )?(?:lowest terms?|simplest form)))? ?[.?:]*"
)
_DOTS: Final = re.compile(r"(?P<whole>\d*)\.(?P<digits>\d+) ?(?:\.{3}|…|\\l?dots|\\cdots)")
_LEAST_REPEATS: Final = 2


@dataclass(frozen=True, slots=True)
class RepeatingTask(TopicTask):
    """Write a repeating decimal as a fraction.

    Attributes:
        node: the decimal.
        form: lowest terms if asked for.
    """

    node: Num
    form: Form | None = None
    kind = "repeating-decimal"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"write {render(self.node)} as a fraction"

    def check(self, answer: str) -> Verdict:
        """Compare exactly; the answer must be a fraction."""
        statement = read_answer(answer)
        plain = statement.arg if isinstance(statement, Neg) else statement
        is_fraction = isinstance(plain, Mixed) or (
            isinstance(plain, Bin) and plain.op is Operator.DIV
        )
        if not is_fraction and not (isinstance(plain, Num) and not plain.is_decimal):
            raise Unreadable("I expected a fraction")
        return check_number(Evaluate(self.node, self.form), statement)


def read_repeating(text: str) -> TopicTask | None:
    """A repeating decimal to write as a fraction, or None."""
    found = _FRACTION.fullmatch(text)
    if not found:
        return None
    node = _decimal(found["decimal"].strip())
    if not isinstance(node, Num) or not node.is_decimal:
        return None
    form = Form.LOWEST_TERMS if found["lowest"] or found["terms"] else None
    return RepeatingTask(node, form)


def _decimal(text: str) -> object:
    dotted = _DOTS.fullmatch(text)
    if not dotted:
        return parse_expression(text)
    digits = dotted["digits"]
    if len(digits) > LITERAL_DIGITS:
        raise Unreadable("too many digits")
    cycle = _shown_cycle(digits)
    if cycle is None:
        return None
    fixed, repeated = cycle
    scale = 10 ** len(fixed)
    value = Fraction(int(dotted["whole"] or 0)) + Fraction(int(fixed or 0), scale)
    value += Fraction(int(repeated), scale * (10 ** len(repeated) - 1))
    return Num(value, is_decimal=True)


def _shown_cycle(digits: str) -> tuple[str, str] | None:
    """What stands before the cycle, and the cycle; None unless there is one way to see it.

    A cycle counts as shown if it stands there twice in full, one digit three times.
    """
    found: list[tuple[str, str]] = []
    for start in range(len(digits)):
        rest = digits[start:]
        for size in range(1, len(rest) // _LEAST_REPEATS + 1):
            least = 3 if size == 1 else _LEAST_REPEATS
            cycle = rest[:size]
            is_shown = len(rest) >= least * size and rest == (cycle * len(rest))[: len(rest)]
            if is_shown:
                found.append((digits[:start], cycle))
    values = {
        Fraction(int(fixed or 0), 10 ** len(fixed))
        + Fraction(int(cycle), 10 ** len(fixed) * (10 ** len(cycle) - 1))
        for fixed, cycle in found
    }
    return found[0] if len(values) == 1 else None
