"""Angles, sides and diagonals of polygons."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.counts import Pairs
from tutor_app.verify.topics.phrasing import first_reading, normal, number, whole
from tutor_app.verify.topics.reply import Wanted
from tutor_app.verify.topics.request import split_request
from tutor_app.verify.topics.units_of_answers import DEGREES, Unit, counted
from tutor_app.verify.topics.word_problem import Calculation, Result, exact

_SIDES: Final = {
    "triangle": 3, "quadrilateral": 4, "pentagon": 5, "hexagon": 6, "heptagon": 7, "octagon": 8,
    "nonagon": 9, "decagon": 10, "hendecagon": 11, "dodecagon": 12, "septagon": 7, "square": 4,
    "equilateral triangle": 3, "icosagon": 20,
}  # fmt: skip
_NAME: Final = "(a|an|any|each|the) [convex] [regular] {name:polygon}"
_NUMBERED: Final = (
    "(a|an|any) [convex] [regular] (polygon with {n} sides|{m} sided polygon|{k} gon)"
)
_FIGURE: Final = f"({_NAME}|{_NUMBERED})"
_ASK: Final = "(what is|find|calculate|determine|work out|compute|what does) [the]"
_SUM: Final = (
    f"{_ASK} (sum|total) of [the|all] [the] (interior|internal) angles (of|in) {_FIGURE}",
    f"{_ASK} (sum|total) of [the|all] [the] [interior] [angles|measures of the angles] (of|in)"
    f" {_FIGURE} [in degrees]",
    f"{_ASK} interior angle sum of {_FIGURE}",
    f"what do the interior angles of {_FIGURE} add up to",
    f"how many degrees (are|are there) in the sum of the interior angles of {_FIGURE}",
)
_OUTSIDE_SUM: Final = (
    f"{_ASK} (sum|total) of [the|all] [the] (exterior|external) angles (of|in) {_FIGURE}",
)
_REGULAR: Final = (
    "(a|the) regular ({name:polygon}|polygon with {n} sides|{m} sided polygon|{k} gon)"
)
_INSIDE: Final = (
    f"{_ASK} [(size|measure) of] [(each|one|an|every)] [single] (interior|internal) angle (of|in)"
    f" {_REGULAR}",
    f"how many degrees (are|are there) in (each|one|an) interior angle of {_REGULAR}",
)
_OUTSIDE: Final = (
    f"{_ASK} [(size|measure) of] [(each|one|an|every)] [single] (exterior|external) angle (of|in)"
    f" {_REGULAR}",
    f"how many degrees (are|are there) in (each|one|an) exterior angle of {_REGULAR}",
)
_DIAGONALS: Final = (
    f"how many diagonals does {_FIGURE} have",
    f"how many diagonals (are there|can be drawn) in {_FIGURE}",
    f"{_ASK} number of diagonals (of|in) {_FIGURE}",
)
_FROM_INSIDE: Final = (
    "how many sides does a regular polygon (have|with) [(if|when)] [each|one|its|every|an]"
    " [of its] interior angles? [(is|of|measures|equal to)] [of] {a:degrees} [have]",
    "(each|every|one) interior angle of a regular polygon (is|measures) {a:degrees}. how many sides"
    " does (the polygon|it) have",
    "(each|every|one) interior angle of a regular polygon (is|measures) {a:degrees}. find the"
    " number"
    " of sides [of the polygon]",
)
_FROM_OUTSIDE: Final = tuple(template.replace("interior", "exterior") for template in _FROM_INSIDE)
_THIRD: Final = (
    "two [of the] [interior] angles (of|in) a triangle (are|measure) {a:degrees} and {b:degrees}."
    " (find|what is|calculate|determine|work out) the [(size|measure) of] [the]"
    " (third|remaining|other) angle [of the triangle]",
    "(a|the) triangle has [two] [interior] angles [of|measuring] {a:degrees} and {b:degrees}."
    " (find|what is|calculate|determine|work out) the [(size|measure) of] [the]"
    " (third|remaining|other) angle [of the triangle]",
    "(find|what is|calculate|determine) the (third|remaining) angle of a triangle (if|when|whose"
    "|with) [the] [other] two [other] [angles] (are|measure|of|measuring) {a:degrees} and"
    " {b:degrees}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolygonProblem(Calculation):
    """An angle or a number of sides or diagonals."""

    kind = "polygon"


def read_polygon(text: str) -> TopicTask | None:
    """A problem on polygons, or None.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    sentence, request = split_request(normal(text))
    if not any(word in sentence for word in (" angle", " diagonals", " sides")):
        return None
    found = _by_sides(sentence) or _sides_from_angle(sentence) or _third_angle(sentence)
    if found is None:
        return None
    said, result, is_angle = found
    named = " how many degrees" in sentence or " in degrees" in sentence
    unit = counted("diagonals", "sides", "diagonal")
    if is_angle:
        unit = Unit("°", DEGREES.spellings, is_optional=named)
    nouns = (
        "sum", "angle", "third angle", "interior angle", "exterior angle", "remaining angle",
        "sum of the interior angles", "number of sides", "number of diagonals",
        "size of each interior angle",
    )  # fmt: skip
    return PolygonProblem(
        said=said, wanted=Wanted(unit=unit, nouns=nouns), request=request, outcome=result
    )


_Found = tuple[str, Result, bool]


def _by_sides(text: str) -> _Found | None:
    for templates in (_SUM, _OUTSIDE_SUM, _INSIDE, _OUTSIDE, _DIAGONALS):
        found = first_reading(templates, text)
        if found is None:
            continue
        groups = found.groupdict()
        given = next((groups[key] for key in "nmk" if groups.get(key)), None)
        sides = whole(given) if given else _SIDES.get(groups.get("name") or "", 0)
        if not 3 <= sides <= 10_000:
            return None
        return _of_sides(templates, sides)
    return None


def _of_sides(templates: tuple[str, ...], n: int) -> _Found | None:
    if templates is _SUM:
        value = Fraction(180 * (n - 2))
        working = f"({n} - 2) · 180 = {value}"
        return (
            f"find the sum of the interior angles of a polygon with {n} sides",
            _one(value, working),
            True,
        )
    if templates is _OUTSIDE_SUM:
        return "find the sum of the exterior angles", _one(Fraction(360), "a full turn: 360"), True
    if templates is _INSIDE:
        value = Fraction(180 * (n - 2), n)
        working = f"({n} - 2) · 180 ÷ {n} = {value}"
        return (
            f"find an interior angle of a regular polygon with {n} sides",
            _one(value, working),
            True,
        )
    if templates is _OUTSIDE:
        value = Fraction(360, n)
        return (
            f"find an exterior angle of a regular polygon with {n} sides",
            _one(value, f"360 ÷ {n} = {value}"),
            True,
        )
    pairs = Pairs(n, skips_neighbours=True)
    total, counted_one_by_one = pairs.formula(), pairs.one_by_one()
    if counted_one_by_one not in {None, total}:
        return None
    working = f"{pairs.shown} = {total}"
    return f"count the diagonals of a polygon with {n} sides", _one(Fraction(total), working), False


def _one(value: Fraction, working: str) -> Result:
    return Result(exact(value), (working,))


def _sides_from_angle(text: str) -> _Found | None:
    for templates, is_inside in ((_FROM_INSIDE, True), (_FROM_OUTSIDE, False)):
        found = first_reading(templates, text)
        if found is None:
            continue
        angle = number(found["a"].split()[0])
        outside = 180 - angle if is_inside else angle
        if not 0 < outside <= 120 or (360 / outside).denominator != 1:
            return None
        sides = 360 / outside
        working = f"360 ÷ {outside} = {sides}"
        return "find the number of sides of a regular polygon", _one(sides, working), False
    return None


def _third_angle(text: str) -> _Found | None:
    found = first_reading(_THIRD, text)
    if found is None:
        return None
    a, b = (number(found[name].split()[0]) for name in "ab")
    third = 180 - a - b
    if not 0 < third < 180 or a <= 0 or b <= 0:
        return None
    said = f"find the third angle of a triangle with angles of {a} and {b} degrees"
    return said, _one(third, f"180 - {a} - {b} = {third}"), True
