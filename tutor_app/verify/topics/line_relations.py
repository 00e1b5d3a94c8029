"""Lines given by equations: slopes, intercepts, parallels, perpendiculars, intersections."""

from dataclasses import dataclass
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import build, symbol
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import expr_text, number_text
from tutor_app.verify.reading import function_of, number_of
from tutor_app.verify.rendering import render, render_statement
from tutor_app.verify.solutions import Equation, is_defined_at, solve
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import Expr, Listing, Statement, Tuple, symbols, whole
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.results import (
    index_of_point,
    judge_list,
    judge_number,
    last_value,
    without_noun,
)
from tutor_app.verify.topics.sentence import FIND, formula, formulas, plain, readings
from tutor_app.verify.topics.straight_lines import (
    FindGradient,
    FindStraightLine,
    Line,
    found_points,
    stated_line,
)
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict

_EQUATION: Final = f"{FIND} [the|an] equation (of|for) the [straight] line"
_POINT: Final = "[the] [point] <p>"
_THROUGH: Final = (
    "(through|that passes through|passing through|that goes through|which passes through)"
)
_LINE: Final = "[the] [line] [with equation] <line>"
_RELATED: Final = (
    (f"{_EQUATION} {_THROUGH} {_POINT} [and] [that is|which is] parallel to {_LINE}", False),
    (f"{_EQUATION} [that is|which is] parallel to {_LINE} [and] {_THROUGH} {_POINT}", False),
    (f"{_EQUATION} {_THROUGH} {_POINT} [and] [that is|which is] perpendicular to {_LINE}", True),
    (f"{_EQUATION} [that is|which is] perpendicular to {_LINE} [and] {_THROUGH} {_POINT}", True),
)
_SLOPES: Final = (f"{FIND} the (slope|gradient) of {_LINE}",)
_INTERCEPTS: Final = (
    (f"{FIND} the y intercept of [the] [line|graph|graph of|curve|parabola|function] <f>", "y"),
    (f"{FIND} the x (intercept|intercepts) of [the] [line|graph|graph of|curve|parabola|function]"
     " <f>", "x"),
)  # fmt: skip
_CURVES: Final = "[the] [(lines|line|curves|curve|graphs|graph|graphs of|parabola)]"
_CROSSINGS: Final = (
    f"{FIND} [all] [the] [coordinates of] [the] (point|points) of intersection (of|between)"
    f" {_CURVES} <f> and [the] [line|curve] <f>",
    f"{FIND} [all] [the] [coordinates of] [the] (point|points) where {_CURVES} <f> and [the]"
    " [line|curve] <f> (intersect|meet|cross)",
    f"where do {_CURVES} <f> and [the] [line|curve] <f> (intersect|meet|cross)",
)
_AVERAGE_RATES: Final = (
    f"{FIND} the average rate of change of [the function] <f> (from|between) <a> (to|and) <b>",
)


@dataclass(frozen=True, slots=True)
class FindCrossings(TopicTask):
    """Where two curves y = f(x) and y = g(x) meet."""

    first: Expr
    second: Expr
    variable: str
    kind = "intersection"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find where y = {render(self.first)} and y = {render(self.second)} meet"

    def check(self, answer: str) -> Verdict:
        """Check a list of points."""
        truth = self._truth()
        statement = read_answer(answer)
        reading = render_statement(statement)
        known: set[int] = set()
        for point in _points(statement):
            place = index_of_point(point, truth)
            if place is None:
                return unknown_verdict(Method.UNSUPPORTED, "a point was not decided", reading)
            if place == -1:
                text = f"({', '.join(map(render, point.items))}) does not lie on both"
                return refuted_verdict(Method.SUBSTITUTION, text, reading)
            known.add(place)
        shown = ", ".join(f"({expr_text(x)}, {expr_text(y)})" for x, y in truth)
        said = f"they meet at {shown}" if truth else "they do not meet"
        if len(known) < len(truth):
            return refuted_verdict(Method.SOLUTION_SET, said, reading)
        evidence = (Evidence(Method.SOLUTION_SET, said),)
        return Verdict(Status.VERIFIED, Method.SOLUTION_SET, evidence, reading=reading)

    def _truth(self) -> tuple[tuple[SymExpr, SymExpr], ...]:
        truth = solve(Equation(self.first, self.second, self.variable))
        if truth is None or truth.is_everything or not truth.roots:
            raise Unreadable("I could not find where they meet")
        built, letter = build(self.first), symbol(self.variable)
        if any(is_defined_at(built, {letter: root}) is not True for root in truth.roots):
            raise Unreadable("a curve may have no value there")
        return tuple(
            (root, sympy.expand(built.expr.xreplace({letter: root}))) for root in truth.roots
        )


def _points(statement: Statement) -> tuple[Tuple, ...]:
    items = statement.items if isinstance(statement, Listing) else (statement,)
    points = tuple(item for item in items if isinstance(item, Tuple))
    if len(points) != len(items) or any(
        len(point.items) != 2 or any(symbols(part) for part in point.items) for point in points
    ):
        raise Unreadable("I expected points such as (1, 2)")
    return points


@dataclass(frozen=True, slots=True)
class FindIntercepts(TopicTask):
    """Where a curve meets an axis, as numbers or as points."""

    values: tuple[SymExpr, ...]
    axis: str
    kind = "intercept"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find where it meets the {self.axis} axis"

    def check(self, answer: str) -> Verdict:
        """Check numbers, or points whose other coordinate is zero."""
        text = without_noun(answer, ("y-intercept", "x-intercept"))
        shown = ", ".join(map(number_text, self.values))
        reason = f"the other coordinate is zero at {self.axis} = {shown}"
        statement = read_answer(text)
        items = statement.items if isinstance(statement, Listing) else (statement,)
        if not all(isinstance(item, Tuple) for item in items):
            return judge_list(self.values, text, self.axis, reason, "intercept")
        zero = sympy.Integer(0)
        truth = tuple((zero, v) if self.axis == "y" else (v, zero) for v in self.values)
        reading = render_statement(statement)
        places = [index_of_point(point, truth) for point in _points(statement)]
        if None in places:
            return unknown_verdict(Method.UNSUPPORTED, "a point was not decided", reading)
        if -1 in places or len(set(places)) < len(truth):
            return refuted_verdict(Method.SOLUTION_SET, reason, reading)
        evidence = (Evidence(Method.SOLUTION_SET, reason),)
        return Verdict(Status.VERIFIED, Method.SOLUTION_SET, evidence, reading=reading)


@dataclass(frozen=True, slots=True)
class FindAverageRate(TopicTask):
    """(f(b) - f(a)) / (b - a)."""

    value: SymExpr
    reason: str
    kind = "average-rate"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find the average rate of change: {self.reason}"

    def check(self, answer: str) -> Verdict:
        """Check a number."""
        text = without_noun(answer, ("average rate of change",))
        node = last_value(read_answer(text))
        return judge_number(self.value, node, self.reason, Method.EXACT_ARITHMETIC)


def read_line_relation(text: str) -> TopicTask | None:
    """A question on lines and curves given by equations, or None.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    sentence = plain(text.replace("-intercept", " intercept"))
    for template, is_perpendicular in _RELATED:
        for found in readings((template,), sentence):
            line = stated_line(parse_statement(formula(found, "line")), "x")
            (point,) = found_points(formulas(found, "p"))
            return _related(line, point, is_perpendicular=is_perpendicular)
    for found in readings(_SLOPES, sentence):
        line = stated_line(parse_statement(formula(found, "line")), "x")
        if line.b == 0:
            return None
        value = sympy.expand(-line.a / line.b)
        return FindGradient(value, f"solved for y, the line is y = {expr_text(value)}·x + …")
    return _intercept(sentence) or _crossing(sentence) or _average_rate(sentence)


def _related(line: Line, point: tuple[SymExpr, ...], *, is_perpendicular: bool) -> TopicTask | None:
    if len(point) != 2:
        return None
    a, b = (-line.b, line.a) if is_perpendicular else (line.a, line.b)
    wanted = Line(a, b, -(a * point[0] + b * point[1]))
    kind = "perpendicular" if is_perpendicular else "parallel"
    shown = ", ".join(map(expr_text, point))
    return FindStraightLine(wanted, f"it is {kind} to {line.text} and goes through ({shown})")


def _intercept(sentence: str) -> TopicTask | None:
    for template, axis in _INTERCEPTS:
        for found in readings((template,), sentence):
            name, variable, body = function_of(formula(found, "f"))
            if not name or variable != "x":
                return None
            if axis == "x":
                truth = solve(Equation(body, whole(0), variable))
                if truth is None or truth.is_everything or not truth.roots:
                    return None
                return FindIntercepts(truth.roots, axis)
            built, point = build(body), {symbol(variable): sympy.Integer(0)}
            if is_defined_at(built, point) is not True:
                return None
            return FindIntercepts((built.expr.xreplace(point),), axis)
    return None


def _crossing(sentence: str) -> TopicTask | None:
    for found in readings(_CROSSINGS, sentence):
        try:
            first, second = (function_of(part) for part in formulas(found, "f"))
        except Unreadable:
            continue
        variable = first[1] if symbols(first[2]) else second[1]
        letters = symbols(first[2]) | symbols(second[2])
        if (
            not letters <= {variable}
            or variable != "x"
            or not {first[0], second[0]} <= {"y", "f", "g"}
        ):
            return None
        if not (first[0] and second[0]):
            return None
        return FindCrossings(first[2], second[2], variable)
    return None


def _average_rate(sentence: str) -> TopicTask | None:
    for found in readings(_AVERAGE_RATES, sentence):
        _, variable, body = function_of(formula(found, "f"))
        built, letter = build(body), symbol(variable)
        ends = [build(number_of(formula(found, name), variable)).expr for name in "ab"]
        if any(is_defined_at(built, {letter: end}) is not True for end in ends):
            return None
        heights = [built.expr.xreplace({letter: end}) for end in ends]
        run = sympy.expand(ends[1] - ends[0])
        if run == 0:
            return None
        value = sympy.expand((heights[1] - heights[0]) / run)
        texts = [number_text(part) for part in (heights[1], heights[0], run, value)]
        return FindAverageRate(value, "({} - ({})) / ({}) = {}".format(*texts))
    return None
