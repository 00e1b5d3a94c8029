"""Mean, median, mode, range, variance, deviation and quartiles of a list of numbers."""

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Final

from tutor_app.verify.limits import Unreadable
from tutor_app.verify.syntax import Call, Expr
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.phrasing import first_reading, normal, number
from tutor_app.verify.topics.reply import Wanted
from tutor_app.verify.topics.request import split_request
from tutor_app.verify.topics.word_problem import Calculation, Result, exact

_ASK: Final = "(find|calculate|determine|what is|work out|compute|give|state) [the]"
_NAMES: Final = (
    "(numbers|data|data set|dataset|data values|values|scores|set|list|list of numbers"
    "|set of numbers|set of data|sample|population|observations|set of values|marks)"
)
_THESE: Final = f"[(this|these|the|the following|following)] [{_NAMES}] [:]"
_LIST: Final = "{list:numbers}"
_MEASURE: Final = "{measure:words}"
_TEMPLATES: Final = (
    f"{_ASK} {_MEASURE} (of|for) {_THESE} {_LIST}",
    f"[(for|given|consider)] {_THESE} {_LIST} [.] [,] {_ASK} {_MEASURE} [of (these|the|this)"
    f" {_NAMES}]",
    f"[the] {_NAMES} (are|is|has the values|contains) [:] {_LIST}. {_ASK} {_MEASURE}"
    f" [of (these|the|this) {_NAMES}]",
)
_ITEMS: Final = re.compile(r"(?: -)? \d*\.?\d+(?:(?: ,| ;| and| , and)(?: -)? \d*\.?\d+)+")
_SPACED_ITEMS: Final = re.compile(r"(?:(?: -)? \d*\.?\d+){3,}")
_LARGEST: Final = 400
_QUARTERS: Final = {
    "lower quartile": 1, "first quartile": 1, "q1": 1, "upper quartile": 3, "third quartile": 3,
    "q3": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DataProblem(Calculation):
    """A measure of a list of numbers."""

    kind = "statistics"


def read_data(text: str) -> TopicTask | None:
    """A problem on a list of numbers, or None.

    Raises:
        Unreadable: the list can be read in more than one way.
    """
    sentence, request = split_request(normal(text))
    for template in _TEMPLATES:
        found = first_reading((template,), sentence)
        if found is None:
            continue
        values = _values(f" {found['list'].strip()}")
        measure = re.sub(r"^(?:the|exact) ", "", found["measure"].strip())
        if values is None:
            continue
        outcome = _measure(measure, values)
        if outcome is None:
            return None
        return DataProblem(
            said=f"find the {measure} of {', '.join(map(str, values))}",
            wanted=Wanted(nouns=(measure,)),
            request=request,
            outcome=outcome,
        )
    return None


def _values(text: str) -> list[Fraction] | None:
    text = re.sub(r"^ \\ \{|^ \{|\\ \} *$|\} *$", "", text).rstrip(" .")
    if re.search(r"\d,\d", text):
        raise Unreadable("the commas may part numbers or group digits", is_ambiguous=True)
    if not (_ITEMS.fullmatch(text) or _SPACED_ITEMS.fullmatch(text)):
        return None
    values = [
        -number(item[1:]) if item.startswith("-") else number(item)
        for item in re.sub(r"- ", "-", text).split()
        if item not in {",", ";", "and"}
    ]
    return values if len(values) <= _LARGEST else None


def _measure(name: str, values: list[Fraction]) -> Result | None:
    size, total = len(values), sum(values, Fraction(0))
    match name:
        case "mean" | "average" | "arithmetic mean":
            value = total / size
            return Result(exact(value), (f"{total} ÷ {size} = {value}",))
        case "median":
            return _median(values)
        case "mode":
            return _mode(values)
        case "range":
            value = max(values) - min(values)
            return Result(exact(value), (f"{max(values)} - {min(values)} = {value}",))
        case "sum" | "total":
            return Result(exact(total), (f"the sum is {total}",))
        case _ if name in _QUARTERS:
            return _quartile(values, _QUARTERS[name])
        case "interquartile range" | "iqr":
            return _interquartile(values)
        case _:
            return _spread(name, values)


def _median(values: list[Fraction]) -> Result:
    value = Fraction(median(values))
    ordered = ", ".join(map(str, sorted(values)))
    return Result(exact(value), (f"in order: {ordered}; in the middle: {value}",))


def _mode(values: list[Fraction]) -> Result | None:
    counts = Counter(values)
    most = max(counts.values())
    modes = [value for value, count in counts.items() if count == most]
    if len(modes) != 1 or most < 2:
        return None
    return Result(exact(modes[0]), (f"{modes[0]} occurs {most} times, nothing else as often",))


def _quartile(values: list[Fraction], which: int) -> Result | None:
    """A quartile, where all usual definitions agree."""
    found = {quartile[which // 2] for quartile in _quartiles(values)}
    if len(found) != 1:
        return None
    value = found.pop()
    return Result(exact(value), (f"by every usual definition: {value}",))


def _interquartile(values: list[Fraction]) -> Result | None:
    found = {upper - lower for lower, upper in _quartiles(values)}
    if len(found) != 1:
        return None
    value = found.pop()
    return Result(exact(value), (f"by every usual definition: {value}",))


def _quartiles(values: list[Fraction]) -> list[tuple[Fraction, Fraction]]:
    """Lower and upper quartile by four definitions.

    Medians of the halves without and with the middle value, and linear interpolation on n - 1
    and n + 1 places.
    """
    ordered = sorted(values)
    size, half = len(ordered), len(ordered) // 2
    with_median = half + size % 2
    return [
        (Fraction(median(ordered[:half])), Fraction(median(ordered[-half:]))),
        (Fraction(median(ordered[:with_median])), Fraction(median(ordered[-with_median:]))),
        (_between(ordered, Fraction(size - 1, 4)), _between(ordered, Fraction(3 * (size - 1), 4))),
        (
            _between(ordered, Fraction(size + 1, 4) - 1),
            _between(ordered, Fraction(3 * (size + 1), 4) - 1),
        ),
    ]


def _between(ordered: list[Fraction], place: Fraction) -> Fraction:
    place = min(max(place, Fraction(0)), Fraction(len(ordered) - 1))
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def _spread(name: str, values: list[Fraction]) -> Result | None:
    """A variance or deviation, where the words say whether of a sample or a population."""
    kind, _, measure = name.partition(" ")
    if kind not in {"population", "sample"} or measure not in {
        "variance", "standard deviation", "sd",
    }:  # fmt: skip
        return None
    divisor = len(values) - (1 if kind == "sample" else 0)
    if divisor < 1:
        return None
    mean = sum(values, Fraction(0)) / len(values)
    squares = sum(((value - mean) ** 2 for value in values), Fraction(0))
    # The same sum by another route: the mean of the squares less the square of the mean.
    second = sum((value**2 for value in values), Fraction(0)) - len(values) * mean**2
    if squares != second:
        return None
    variance = squares / divisor
    working = (
        f"mean {mean}, squares of the deviations {squares}, {squares} ÷ {divisor} = {variance}"
    )
    value: Expr = exact(variance)
    if measure != "variance":
        value = Call("sqrt", (value,))
        working += ", then the square root"
    return Result(value, (working,))
