"""Numbers of selections and arrangements by their signs: `C(10,3)`, `10P3`, `10 choose 3`."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.core.verdict import Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.checkers.number import check_number
from tutor_app.verify.rendering import render
from tutor_app.verify.syntax import Call, Num
from tutor_app.verify.task import Evaluate, TopicTask

_ASK: Final = (
    r"(?i:(?:please )?(?:find|calculate|compute|evaluate|determine|work out|what is)"
    r"(?: the value of)?)"
)
_PAIR: Final = r"\( ?(?P<upper>\d{1,4}) ?, ?(?P<lower>\d{1,4}) ?\)"
_FORMS: Final = (
    rf"n?(?P<kind>[CP])r? ?{_PAIR}",
    r"(?:\\mathrm ?)?\{?(?P<upper>\d{1,4}) ?(?P<kind>[CP]) ?(?P<lower>\d{1,4})\}?",
    r"(?:\{\})?[_^] ?\{?(?P<upper>\d{1,4})\}? ?\{?(?:\\(?:mathrm|text) ?\{)?(?P<kind>[CP])\}?\}?"
    r" ?_ ?\{?(?P<lower>\d{1,4})\}?",
    r"(?P<upper>\d{1,4}) (?P<kind>choose|permute) (?P<lower>\d{1,4})",
)
_EVALUATE: Final = tuple(re.compile(rf"{_ASK} ?:? {form} ?[.?:]*") for form in _FORMS)


@dataclass(frozen=True, slots=True)
class SelectionTask(TopicTask):
    """Compute a number of selections or arrangements."""

    node: Call
    kind = "selections"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"compute {render(self.node)}"

    def check(self, answer: str) -> Verdict:
        """Compare with the exact number."""
        return check_number(Evaluate(self.node), read_answer(answer))


def selection(text: str) -> Call | None:
    """A text that is nothing but such a number, or None."""
    for form in _FORMS:
        found = re.fullmatch(form, text.strip())
        if found:
            return _call(found["kind"], int(found["upper"]), int(found["lower"]))
    return None


def _call(kind: str, upper: int, lower: int) -> Call:
    name = "binomial" if kind in {"C", "choose"} else "permutations"
    return Call(name, (Num(Fraction(upper)), Num(Fraction(lower))))


def read_selection(text: str) -> TopicTask | None:
    """A number of selections to compute, or None."""
    for pattern in _EVALUATE:
        found = pattern.fullmatch(text)
        if found:
            upper, lower = int(found["upper"]), int(found["lower"])
            return SelectionTask(_call(found["kind"], upper, lower)) if lower <= upper else None
    return None
