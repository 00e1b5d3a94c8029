"""Percentage changes: one after the other, or from an old to a new value."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.verify.syntax import Expr
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.phrasing import first_reading, normal, number, share
from tutor_app.verify.topics.reply import Wanted
from tutor_app.verify.topics.request import Request, split_request
from tutor_app.verify.topics.units_of_answers import NO_UNIT
from tutor_app.verify.topics.word_problem import Calculation, Result, exact

_WHAT: Final = (
    "(a|the|an) (price|population|value|salary|number|quantity|cost|share price|stock"
    " price|share|stock"
    "|wage|rent|amount|price of (a|an|the) {item:item}|value of (a|an|the) {thing:item})"
)
_THEN: Final = "(and|,|) [is|it|the (price|value)] [then|later|afterwards|subsequently] [is]"
_RISE: Final = "(increased by|raised by|increases by|rises by|goes up by|rose by|went up by)"
_FALL: Final = (
    "(decreased by|reduced by|lowered by|decreases by|falls by|drops by|goes down by|fell by"
    "|dropped by)"
)
_OVERALL: Final = (
    "(what is|find|calculate|determine) the (overall|net|total) (percentage|percent) change"
    " [in (the|its) (price|population|value|salary|number|quantity|cost|wage|rent|amount)]"
)
_STEPS: Final = tuple(
    (f"{_WHAT} [is|was] {first} {{r:percent}} {_THEN} {second} {{s:percent}}. {_OVERALL}", a, b)
    for first, a in ((_RISE, 1), (_FALL, -1))
    for second, b in ((_RISE, 1), (_FALL, -1))
)
_CHANGES: Final = tuple(
    f"{_WHAT} ({verb}) from {{a:{slot}}} to {{b:{slot}}}. (what"
    f" is|find|calculate|determine|work out)"
    " the (percentage|percent) {asked:word} [in (the|its)"
    " [price|population|value|salary|number|cost"
    "|wage|rent]]"
    for verb in (
        "increases|increased|rises|rose|goes up|went"
        " up|falls|fell|drops|dropped|decreases|decreased"
        "|goes down|went down|changes|changed|is increased|is raised|is reduced|is decreased",
    )
    for slot in ("money", "number")
)
_PLAIN: Final = tuple(
    f"(what is|find|calculate|determine|work out) the (percentage|percent) {{asked:word}} from"
    f" {{a:{slot}}} to {{b:{slot}}}"
    for slot in ("money", "number")
)
_SIGNS: Final = (
    ("increase", 1), ("rise", 1), ("gain", 1), ("decrease", -1), ("fall", -1), ("drop", -1),
    ("reduction", -1), ("loss", -1),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProblem(Calculation):
    """A percentage by which something has changed."""

    kind = "percentage-change"


def read_changes(text: str) -> TopicTask | None:
    """A problem on one or two percentage changes, or None.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    sentence, request = split_request(normal(text))
    for template, first, second in _STEPS:
        found = first_reading((template,), sentence)
        if found is not None:
            factors = (1 + first * share(found["r"]), 1 + second * share(found["s"]))
            change = factors[0] * factors[1] - 1
            working = f"{factors[0]} · {factors[1]} - 1 = {change}"
            said = "find the overall percentage change"
            outcome = Result(exact(change), (working,), other_readings=_sizes(change))
            return _change_problem(said, outcome, request, "change")
    found = first_reading((*_CHANGES, *_PLAIN), sentence)
    if found is None:
        return None
    old, new = (number(found[name].strip("$£€ ").split()[0]) for name in "ab")
    signs = {"change": 1, "increase": 1, "decrease": -1}
    asked = found["asked"]
    if asked not in signs or old <= 0:
        return None
    change = (new - old) / old * signs[asked]
    if asked != "change" and change < 0:
        return None
    working = f"({new} - {old}) ÷ {old} = {(new - old) / old}"
    others = (exact(-change),) if new < old else ()
    outcome = Result(exact(change), (working,), other_readings=others)
    return _change_problem(f"find the percentage {asked}", outcome, request, asked)


def _sizes(change: Fraction) -> tuple[Expr, ...]:
    """A fall may be given with its size alone."""
    return (exact(-change),) if change < 0 else ()


def _change_problem(said: str, outcome: Result, request: Request, asked: str) -> TopicTask:
    signs = (
        _SIGNS
        if asked == "change"
        else tuple((word, 1) for word, sign in _SIGNS if (sign == 1) == (asked == "increase"))
    )
    wanted = Wanted(
        unit=NO_UNIT,
        nouns=("overall percentage change", "percentage change", "change", "percent change",
               "percentage increase", "percentage decrease", "overall change", "net change"),
        is_percentage=True,
        directions=signs,
    )  # fmt: skip
    return ChangeProblem(said=said, wanted=wanted, request=request, outcome=outcome)
