"""Speed, distance and time of one steady motion; work done together."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.phrasing import first_reading, normal, number
from tutor_app.verify.topics.reply import Wanted
from tutor_app.verify.topics.request import split_request
from tutor_app.verify.topics.units_of_answers import (
    TIMES,
    Unit,
    length_symbol,
    length_unit,
    speed_unit,
)
from tutor_app.verify.topics.word_problem import Calculation, Result, exact

_ASK: Final = "(what is|find|calculate|determine|work out|compute|what was)"
_WHO: Final = "(a|an|the|) {item:item}"
_MOVES: Final = (
    "(travels?|drives?|covers?|goes|go|runs?|walks?|flies|cycles|rides|moves?|travelled|traveled"
    "|drove|covered|ran|walked|flew|cycled|rode|moved|sails?|sailed|swims|swam|jogs|jogged)"
)
_SPEED: Final = (
    f"{_WHO} {_MOVES} {{d:distance}} in {{t:duration}}. {_ASK} (its|the|his|her|their)"
    f" [average] speed"
    " [of the {again:item}]",
    f"{_WHO} {_MOVES} {{d:distance}} in {{t:duration}}. how fast (is|was|does) (it|he|she|they)"
    " (moving|travelling|traveling|going|go|travel|running|run) [on average]",
    f"{_ASK} the [average] speed of {_WHO} that {_MOVES} {{d:distance}} in {{t:duration}}",
    f"if {_WHO} {_MOVES} {{d:distance}} in {{t:duration}} {_ASK} (its|the|his|her) [average] speed",
)
_AT: Final = "at [a|an] [constant|steady|average] [speed of] {v:speed}"
_DISTANCE: Final = (
    f"{_WHO} {_MOVES} {_AT} for {{t:duration}}. how far (does|did|will) (it|he|she|they) (travel|go"
    "|drive|run|walk|cycle|fly|move)",
    f"{_WHO} {_MOVES} {_AT} for {{t:duration}}. {_ASK} the distance [(it|he|she|they)] [{_MOVES}]",
    f"how far (does|will|can) {_WHO} (travel|go|drive|run|walk|cycle|fly) in {{t:duration}} {_AT}",
    f"how far (does|will|can) {_WHO} (travel|go|drive|run|walk|cycle|fly) {_AT} [(for|in)"
    " {t:duration}]",
    f"how far (does|will|can) {_WHO} travelling {_AT} (travel|go) in {{t:duration}}",
)
_TIME: Final = (
    f"how long (does|will|would) it take [{_WHO}] to (travel|drive|cover|go|run|walk|cycle|fly)"
    f" {{d:distance}} {_AT}",
    f"how long (does|will|would) it take {_WHO} (travelling|traveling|moving|driving|going)"
    f" {_AT} to"
    " (travel|cover|go) {d:distance}",
    f"{_WHO} {_MOVES} {_AT}. how long (does|will|would) it take [it|him|her|them] to"
    f" (travel|cover|go"
    "|drive|run|walk) {d:distance}",
    f"{_WHO} {_MOVES} {{d:distance}} {_AT}. how long (does|did|will) (it|the (journey|trip)) take",
)
_JOB: Final = (
    "(can|could) (do|finish|complete|paint|build|fill|mow|clean|wash|dig|type) (a|the)"
    " {job:item} in"
)
_TOGETHER: Final = (
    f"{{p:item}} {_JOB} {{a:duration}}. {{q:item}} can"
    f" (do|finish|complete|paint|build|fill|mow|clean"
    "|wash|dig|type) (it|the same {again:item}|the {thing:item}) in {b:duration}. how long"
    " (will|would"
    "|does) it take [them] [both] [(working|if they work)] together [to (do|finish|complete|paint"
    "|build|fill|mow|clean|wash|dig|type) (it|the {what:item})]",
    f"{{p:item}} {_JOB} {{a:duration}} and {{q:item}} can"
    f" (do|finish|complete|paint|build|fill|mow|clean"
    "|wash|dig|type) (it|the same {again:item}|the {thing:item}) in {b:duration}. how long"
    " (will|would"
    "|does) it take [them] [both] [(working|if they work)] together [to (do|finish|complete|paint"
    "|build|fill|mow|clean|wash|dig|type) (it|the {what:item})]",
)
_TIME_NAMES: Final = {
    "h": "hour", "hr": "hour", "hour": "hour", "m": "minute", "min": "minute", "minute": "minute",
    "s": "second", "sec": "second", "second": "second",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionProblem(Calculation):
    """One of speed, distance and time, or the time of two who work together."""

    kind = "rate"


def read_motion(text: str) -> TopicTask | None:
    """A problem on one steady motion or one shared job, or None.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    sentence, request = split_request(normal(text))
    found = _speed(sentence) or _distance(sentence) or _time(sentence) or _together(sentence)
    if found is None:
        return None
    said, value, working, unit, nouns = found
    return MotionProblem(
        said=said,
        wanted=Wanted(unit=unit, nouns=nouns),
        request=request,
        outcome=Result(exact(value), (working,)),
    )


_Found = tuple[str, Fraction, str, Unit, tuple[str, ...]]


def _speed(text: str) -> _Found | None:
    found = first_reading(_SPEED, text)
    if found is None:
        return None
    (d, length), (t, time) = _of(found["d"]), _of(found["t"])
    if d <= 0 or t <= 0:
        return None
    symbol = length_symbol(length) or length
    value = d / t
    unit = speed_unit(symbol, _time_name(time))
    said = f"find the speed for {d} {symbol} in {t} {_time_name(time)}s"
    return said, value, f"{d} ÷ {t} = {value}", unit, ("speed", "average speed")


def _distance(text: str) -> _Found | None:
    found = first_reading(_DISTANCE, text)
    if found is None or found["t"] is None:
        return None
    v, length, per = _speed_of(found["v"])
    t, time = _of(found["t"])
    factor = _factor(_time_name(time), per)
    if v <= 0 or t <= 0:
        return None
    value = v * t * factor
    working = f"{v} · {t * factor} = {value}"
    said = f"find the distance at {v} {length} per {per} in {t} {_time_name(time)}s"
    return said, value, working, length_unit(length), ("distance", "distance travelled")


def _time(text: str) -> _Found | None:
    found = first_reading(_TIME, text)
    if found is None:
        return None
    v, length, per = _speed_of(found["v"])
    d, other = _of(found["d"])
    if v <= 0 or d <= 0 or (length_symbol(other) or other) != length:
        return None
    value = d / v
    said = f"find the time for {d} {length} at {v} {length} per {per}"
    return said, value, f"{d} ÷ {v} = {value}", TIMES[per], ("time",)


def _together(text: str) -> _Found | None:
    found = first_reading(_TOGETHER, text)
    if found is None:
        return None
    groups = found.groupdict()
    things = {groups[name] for name in ("again", "thing", "what") if groups.get(name)}
    (a, first), (b, second) = _of(groups["a"]), _of(groups["b"])
    if not things <= {groups["job"]} or _time_name(first) != _time_name(second):
        return None
    if a <= 0 or b <= 0 or groups["p"] == groups["q"]:
        return None
    value = 1 / (1 / a + 1 / b)
    working = f"1/{a} + 1/{b} = {1 / value}, so {value}"
    said = f"find how long two take together who need {a} and {b} alone"
    return said, value, working, TIMES[_time_name(first)], ("time",)


def _of(text: str) -> tuple[Fraction, str]:
    value, _, unit = text.partition(" ")
    return number(value), unit


def _time_name(text: str) -> str:
    return _TIME_NAMES[text if text == "s" else text.removesuffix("s")]


def _speed_of(text: str) -> tuple[Fraction, str, str]:
    value, _, unit = text.partition(" ")
    short = {"mph": ("mi", "hour"), "kph": ("km", "hour"), "kmh": ("km", "hour")}.get(unit)
    if short is not None:
        return number(value), *short
    length, time = re.split(r" (?:/|per|an|a) ", unit)
    return number(value), length_symbol(length) or length, _time_name(time)


def _factor(time: str, per: str) -> Fraction:
    seconds = {"hour": 3600, "minute": 60, "second": 1}
    return Fraction(seconds[time], seconds[per])
