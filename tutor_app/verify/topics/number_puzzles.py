"""Consecutive integers, two numbers with sum and difference, a number from its multiple."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.verify.syntax import Expr
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.phrasing import first_reading, normal, number, whole
from tutor_app.verify.topics.reply import Wanted
from tutor_app.verify.topics.request import split_request
from tutor_app.verify.topics.word_problem import Calculation, Result, exact

_ASK: Final = "(what is|find|determine|calculate|work out)"
_CONSECUTIVE: Final = (
    "the sum of {k} consecutive [positive] [{parity:parity}] (integers|numbers|whole numbers)"
    " is {s}."
    f" {_ASK} the {{which:place}} [(integer|number|one)] [of (them|the (numbers|integers))]",
    "{k} consecutive [positive] [{parity:parity}] (integers|numbers|whole numbers) (have a sum of"
    f"|add up to|sum to) {{s}}. {_ASK} the {{which:place}} [(integer|number|one)] [of them]",
)
_TWO: Final = (
    "the sum of two numbers is {s:number} and (their|the) difference is {d:number}."
    f" {_ASK} the {{which:place}} [(number|one)] [of (them|the (two|numbers))]",
    "two numbers have a sum of {s:number} and a difference of {d:number}."
    f" {_ASK} the {{which:place}} [(number|one)] [of (them|the (two|numbers))]",
)
_MULTIPLE: Final = "({k:number} times|{word:multiple}) (a|the|some) [certain] number"
_NUMBER: Final = f"{_ASK} (the|this|that) number"
_PUZZLES: Final = (
    (f"[if] {{c:number}} more than {_MULTIPLE} is [equal to] {{s:number}}. {_NUMBER}", 1),
    (f"[if] {{c:number}} less than {_MULTIPLE} is [equal to] {{s:number}}. {_NUMBER}", -1),
    (f"[if|when] {{c:number}} is added to {_MULTIPLE} the result is {{s:number}}. {_NUMBER}", 1),
    (
        f"[if|when] {{c:number}} is subtracted from {_MULTIPLE} the result is {{s:number}}."
        f" {_NUMBER}",
        -1,
    ),
    (f"[if] {_MULTIPLE} (plus|increased by) {{c:number}} (is|equals) {{s:number}}. {_NUMBER}", 1),
    (f"[if] {_MULTIPLE} (minus|decreased by) {{c:number}} (is|equals) {{s:number}}. {_NUMBER}", -1),
)
_MULTIPLES: Final = {"twice": 2, "double": 2, "thrice": 3, "triple": 3}
_LARGEST: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberPuzzle(Calculation):
    """A number told by one or two equations in words."""

    kind = "number-puzzle"


def read_puzzle(text: str) -> TopicTask | None:
    """A number puzzle, or None.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    sentence, request = split_request(normal(text))
    found = _consecutive(sentence) or _two_numbers(sentence) or _multiple(sentence)
    if found is None:
        return None
    said, value, working = found
    nouns = (
        "number", "largest number", "smallest number", "larger number", "smaller number",
        "largest integer", "smallest integer", "largest", "smallest", "middle number",
    )  # fmt: skip
    return NumberPuzzle(
        said=said,
        wanted=Wanted(nouns=nouns),
        request=request,
        outcome=Result(exact(value), (working,), other_readings=_regrouped(sentence)),
    )


_Found = tuple[str, Fraction, str]


def _consecutive(text: str) -> _Found | None:
    found = first_reading(_CONSECUTIVE, text)
    if found is None:
        return None
    k, total = whole(found["k"]), whole(found["s"])
    parity = found["parity"]
    step = 2 if parity else 1
    if not 2 <= k <= _LARGEST:
        return None
    first = Fraction(total - step * k * (k - 1) // 2, k)
    numbers = [first + step * i for i in range(k)]
    is_whole = first.denominator == 1 and sum(numbers) == total
    if not is_whole or (parity and int(first) % 2 != (1 if parity == "odd" else 0)):
        return None
    if " positive " in text and first < 1:
        return None
    value = _placed(found["which"], numbers)
    if value is None:
        return None
    listed = " + ".join(map(str, numbers)) if k <= 9 else f"{numbers[0]} + … + {numbers[-1]}"
    said = f"find one of {k} consecutive {parity or ''} numbers with the sum {total}"
    return " ".join(said.split()), value, f"{listed} = {total}"


def _placed(which: str, numbers: list[Fraction]) -> Fraction | None:
    if which in {"largest", "greatest", "biggest", "larger", "greater", "last", "bigger"}:
        return numbers[-1]
    if which in {"smallest", "least", "smaller", "first"}:
        return numbers[0]
    if which in {"middle", "median"}:
        return numbers[len(numbers) // 2] if len(numbers) % 2 else None
    return numbers[1] if which == "second" else None


def _two_numbers(text: str) -> _Found | None:
    found = first_reading(_TWO, text)
    if found is None:
        return None
    total, difference = number(found["s"]), number(found["d"])
    larger, smaller = (total + difference) / 2, (total - difference) / 2
    if found["which"] not in {"larger", "smaller", "largest", "smallest", "greater", "bigger"}:
        return None
    value = _placed(found["which"], [smaller, larger])
    if value is None or difference == 0:
        return None
    working = f"{larger} + {smaller} = {total}, {larger} - {smaller} = {difference}"
    return f"find a number from the sum {total} and the difference {difference}", value, working


def _regrouped(text: str) -> tuple[Expr, ...]:
    """The number if "five times a number increased by 3" means five times the increased one."""
    for template, sign in _PUZZLES[-2:]:
        found = first_reading((template,), text)
        if found is not None:
            factor = number(found["k"]) if found["k"] else Fraction(_MULTIPLES[found["word"]])
            return (exact(number(found["s"]) / factor - sign * number(found["c"])),)
    return ()


def _multiple(text: str) -> _Found | None:
    for template, sign in _PUZZLES:
        found = first_reading((template,), text)
        if found is None:
            continue
        factor = number(found["k"]) if found["k"] else Fraction(_MULTIPLES[found["word"]])
        constant, total = number(found["c"]) * sign, number(found["s"])
        if factor == 0:
            return None
        value = (total - constant) / factor
        sum_text = f"{factor} · {value} {'+' if sign > 0 else '-'} {abs(constant)}"
        return f"solve {factor}n + ({constant}) = {total}", value, f"{sum_text} = {total}"
    return None
