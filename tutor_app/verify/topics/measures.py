"""Areas, perimeters, volumes and lengths of one figure, told with its measures in any order."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from tutor_app.verify.build import build
from tutor_app.verify.syntax import Const, Expr, map_children
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.figures import FORMULAS, Formula
from tutor_app.verify.topics.geometry_words import FIGURES, QUANTITIES
from tutor_app.verify.topics.phrasing import SLOTS, first_reading, normal, number
from tutor_app.verify.topics.reply import Wanted
from tutor_app.verify.topics.request import Request, split_request
from tutor_app.verify.topics.units_of_answers import length_symbol, length_unit
from tutor_app.verify.topics.word_problem import Calculation, Result, exact, shown

_NAMES: Final = {
    "radius": "radius", "radii": "radius", "diameter": "diameter", "length": "length",
    "width": "width", "breadth": "width", "height": "height", "altitude": "height",
    "perpendicular height": "height", "depth": "height", "base": "base", "side": "side",
    "side length": "side", "edge": "side", "edge length": "side", "sides": "side",
    "edges": "side", "legs": "leg", "leg": "leg", "one leg": "leg", "shorter sides": "leg",
    "perpendicular sides": "leg", "hypotenuse": "hypotenuse", "parallel sides": "parallel",
    "bases": "parallel", "diagonals": "diagonal", "central angle": "angle", "angle": "angle",
    "slant height": "slant", "base radius": "radius", "side lengths": "side", "one side": "side",
}  # fmt: skip
_NAME: Final = "|".join(sorted(_NAMES, key=len, reverse=True))
_VALUE: Final = rf"(?:{SLOTS['degrees']}|{SLOTS['length']})"
_OF: Final = r"(?: length| lengths)?(?: of length| of lengths| of| is| are| =| equal to| measuring|"
_OF_END: Final = r" measures| equals)?(?: length)?"
_NAMED: Final = re.compile(
    rf"(?: an?| the| its| one| each)? (?P<name>{_NAME}){_OF}{_OF_END}"
    # A number word after "and" may belong to the next name: "13 and one leg of 5".
    rf"(?P<values> {_VALUE}(?:(?: ,| and| , and)(?= \d) {_VALUE})*)"
)
_ADJECTIVES: Final = {
    "long": "length", "wide": "width", "high": "height", "tall": "height", "deep": "height",
}  # fmt: skip
_ADJECTIVE: Final = re.compile(rf" (?P<value>{_VALUE}) (?P<name>long|wide|high|tall|deep)")
_BY: Final = re.compile(
    rf"(?: dimensions| measuring| dimensions of| sides)? (?P<a>{_VALUE}) (?:by|x) (?P<b>{_VALUE})"
    rf"(?: (?:by|x) (?P<c>{_VALUE}))?"
)
_JOINT: Final = re.compile(r"(?: ,)?(?: and)?")
_ASK: Final = "(find|what is|calculate|determine|work out|compute) (the|its|) [exact]"
_WITH: Final = (
    "(with|whose|having|that has|which has|has|of|if|when|given|that is|which is|is|measuring"
    "|if its|when its|given that its|given its|if the|when the)"
)
_TEMPLATES: Final = (
    f"{_ASK} {{what:quantity}} (of|for) (a|an|the) {{figure:figure}} {_WITH} {{given:rest}}",
    f"{_ASK} {{what:quantity}} (of|for) (a|an|the) {{given:rest}} {{figure:figure}}",
    "(a|an|the) {figure:figure} (has|with|is|measures|having|whose) [(its|an|a)] {given:rest}."
    f" {_ASK} {{what:quantity}} [of (the|this) {{again:figure}}]",
    f"(a|an|the) {{figure:figure}} (has|with|having) {{given:rest}}. {_ASK} {{what:quantity}}"
    " [of (the|this) {again:figure}]",
    f"the {{given:ofwhat}}. {_ASK} {{what:quantity}} [of (the|this) {{again:figure}}]",
    f"if the {{given:ofwhat}}. {_ASK} {{what:quantity}} [of (the|this) {{again:figure}}]",
)
_OF_WHAT: Final = re.compile(
    rf"(?P<names>.+?) of (?:a|an|the) (?P<figure>{SLOTS['figure']})"
    r" (?:is|are|measures?) (?P<values>.+)"
)
_LARGEST: Final = Fraction(10) ** 12


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureProblem(Calculation):
    """One measure of a figure from others."""

    kind = "geometry"


def read_measures(text: str) -> TopicTask | None:
    """A problem on one figure, or None.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    sentence, request = split_request(normal(text))
    if not re.search(rf" {SLOTS['figure']}(?= |$)", sentence):
        return None
    for template in _TEMPLATES:
        found = first_reading((template,), sentence)
        if found is None:
            continue
        groups = found.groupdict()
        given, figure = f" {groups['given'].strip()}", groups.get("figure")
        if figure is None:
            inner = _OF_WHAT.fullmatch(given.strip())
            if inner is None:
                continue
            figure, given = inner["figure"], f" {inner['names']} {inner['values']}"
        figure, again = FIGURES.get(figure, ""), groups.get("again")
        if again is not None and not figure.endswith(FIGURES.get(again, "?")):
            continue
        problem = _problem(figure, QUANTITIES[groups["what"]], given, request)
        if problem is not None:
            return problem
    return None


def _problem(figure: str, what: str, given: str, request: Request) -> TopicTask | None:
    measures = _measures(re.sub(r"(?: [.?,])+$", "", given), figure)
    if measures is None:
        return None
    values, unit = measures
    if figure == "circle" and what == "perimeter":
        what = "circumference"
    formula = next(
        (formula for formula in FORMULAS.get((figure, what), ()) if formula.needs == set(values)),
        None,
    )
    if formula is None or not _is_possible(figure, values):
        return None
    return _task(figure, what, formula, values, unit, request)


def _task(
    figure: str,
    what: str,
    formula: Formula,
    values: dict[str, Fraction],
    unit: str,
    request: Request,
) -> TopicTask | None:
    value = formula.compute({name: exact(amount) for name, amount in values.items()})
    exactly = value
    if request.pi is not None:
        value = _with_pi(value, exact(request.pi))
    expr = build(value).expr
    if not expr.is_positive:
        return None
    if expr.is_Rational:
        value = exact(Fraction(int(expr.p), int(expr.q)))
    given = ", ".join(
        f"{name.partition('_')[0]} {amount} {'°' if name == 'angle' else unit}".strip()
        for name, amount in values.items()
    )
    result = Result(value, (f"{formula.shown} = {shown(value)}",))
    if request.pi is not None:
        assumptions = (f"pi is taken as {request.pi}",)
        result = replace(result, assumptions=assumptions, other_readings=(exactly,))
    return MeasureProblem(
        said=f"find the {what} of a {figure} with {given}",
        wanted=Wanted(unit=length_unit(unit, formula.power), nouns=(what,)),
        request=request,
        outcome=result,
    )


def _with_pi(node: Expr, pi: Expr) -> Expr:
    return pi if node == Const("pi") else map_children(node, lambda part: _with_pi(part, pi))


# -- the measures -------------------------------------------------------------------------


def _measures(text: str, figure: str) -> tuple[dict[str, Fraction], str] | None:
    """Names with values, and the one unit; None if a word is left over or units differ."""
    pairs: list[tuple[str, str]] = []
    at = 0
    while True:
        part, found = _part(text, at, figure)
        if not found:
            return None
        pairs.extend(found)
        at = part
        if at == len(text):
            break
        joint = _JOINT.match(text, at)
        assert joint is not None
        if joint.end() == at:
            return None
        at = joint.end()
    values: dict[str, Fraction] = {}
    units: set[str] = set()
    for name, value in pairs:
        key = next((key for key in (name, f"{name}_2", f"{name}_3") if key not in values), None)
        amount, unit = _amount(value)
        if key is None or (unit == "°") != (name == "angle") or not 0 < amount <= _LARGEST:
            return None
        values[key] = amount
        if unit != "°":
            units.add(unit)
    return (values, units.pop()) if len(units) == 1 else None


def _part(text: str, at: int, figure: str) -> tuple[int, list[tuple[str, str]]]:
    named = _NAMED.match(text, at)
    if named:
        name = _name(named["name"], figure)
        values = [value.strip() for value in re.split(r" (?:, and|,|and)(?= )", named["values"])]
        is_plural = named["name"].endswith(("s", "radii")) and named["name"] != "radius"
        if len(values) > 1 and not is_plural:
            # "a length of 5 and 3" names one measure and leaves a number without a name.
            return at, []
        if figure == "rectangle" and name == "side" and len(values) == 2:
            return named.end(), list(zip(("length", "width"), values, strict=True))
        return named.end(), [(name, value) for value in values]
    adjective = _ADJECTIVE.match(text, at)
    if adjective:
        return adjective.end(), [(_ADJECTIVES[adjective["name"]], adjective["value"])]
    by = _BY.match(text, at)
    if by and figure in {"rectangle", "cuboid"}:
        is_solid = figure == "cuboid"
        if (by["c"] is not None) != is_solid:
            return at, []
        names = ("length", "width", "height")[: 3 if is_solid else 2]
        return by.end(), [(name, by[key]) for name, key in zip(names, "abc", strict=False)]
    return at, []


def _name(word: str, figure: str) -> str:
    name = _NAMES[word]
    if figure == "right triangle" and name in {"side", "base", "height"}:
        return "leg" if word != "sides" else "side"
    if figure == "trapezium" and name == "base":
        return "parallel"
    if figure in {"square", "cube"} and word == "length":
        return "side"
    return name


def _amount(text: str) -> tuple[Fraction, str]:
    value, _, unit = text.strip().partition(" ")
    if unit in {"°", "degree", "degrees"}:
        return number(value), "°"
    if unit in {"", "unit", "units"}:
        return number(value), ""
    return number(value), length_symbol(unit) or unit


def _is_possible(figure: str, values: dict[str, Fraction]) -> bool:
    if "angle" in values and not 0 < values["angle"] <= 360:
        return False
    if "hypotenuse" in values and not values["hypotenuse"] > values["leg"]:
        return False
    if {"slant", "radius"} <= set(values) and not values["slant"] > values["radius"]:
        return False
    sides = [values[name] for name in ("side", "side_2", "side_3") if name in values]
    is_triangle = figure == "triangle" and len(sides) == 3
    return not is_triangle or 2 * max(sides) < sum(sides)
