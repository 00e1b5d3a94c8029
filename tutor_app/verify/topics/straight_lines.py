"""Straight lines in the plane: through two points, with a slope, midpoints and gradients."""

from dataclasses import dataclass
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import expr_text
from tutor_app.verify.reading import number_of, point_of
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.solutions import same_number
from tutor_app.verify.syntax import (
    Apply,
    Chain,
    Comparison,
    Expr,
    Statement,
    Sym,
    Tuple,
    contains,
    contains_plus_minus,
    symbols,
)
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.results import judge_number, last_value
from tutor_app.verify.topics.sentence import FIND, formula, formulas, plain, readings
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict

_POINTS: Final = "[the] [point|points] <p> and [the] [point] <p>"
_JOINING: Final = (
    "(joining|connecting|between|from|through|that passes through|passing through"
    "|that joins|that connects|with endpoints|with end points|whose endpoints are)"
)
_MIDPOINTS: Final = (
    f"{FIND} [the] [coordinates of] the midpoint of [the] [line] [segment] [{_JOINING}] {_POINTS}",
    f"{FIND} the midpoint {_JOINING} {_POINTS}",
)
_GRADIENTS: Final = (
    f"{FIND} the (slope|gradient) of the [straight] [line] [segment] {_JOINING} {_POINTS}",
    f"{FIND} the (slope|gradient) between {_POINTS}",
)
_EQUATION: Final = f"{FIND} [the|an] equation (of|for) the [straight] line"
_THROUGH: Final = (
    "(through|that passes through|passing through|that goes through|which passes through)"
)
_LINES: Final = (f"{_EQUATION} {_JOINING} {_POINTS}",)
_SLOPED: Final = (
    f"{_EQUATION} with (slope|gradient) <m> (through|and passing through|that passes through"
    "|passing through|which passes through) [the] [point] <p>",
    f"{_EQUATION} {_THROUGH} [the] [point] <p> (with|and has|having|that has) (slope|gradient) <m>",
)


@dataclass(frozen=True, slots=True)
class Line:
    """The points where a·x + b·y + c is zero."""

    a: SymExpr
    b: SymExpr
    c: SymExpr
    letter: str = "x"

    @property
    def text(self) -> str:
        """The equation."""
        return f"{expr_text(self.a * symbol(self.letter) + self.b * symbol('y') + self.c)} = 0"


def judge_line(line: Line, answer: Statement, reason: str, method: Method) -> Verdict:
    """Compare an equation of a line with the true line.

    Raises:
        Unreadable: the answer is no equation of a line.
    """
    reading = render_statement(answer)
    stated = stated_line(answer, line.letter)
    pairs = (
        line.a * stated.b - line.b * stated.a,
        line.a * stated.c - line.c * stated.a,
        line.b * stated.c - line.c * stated.b,
    )
    answers = [same_number(sympy.expand(pair), sympy.Integer(0)) for pair in pairs]
    if False in answers:
        return refuted_verdict(method, f"{reason}: {line.text}", reading)
    if None in answers:
        return unknown_verdict(Method.UNSUPPORTED, "the lines could not be compared", reading)
    evidence = (Evidence(method, f"{reason}; the equation is a multiple of {line.text}"),)
    return Verdict(Status.VERIFIED, method, evidence, reading=reading)


def stated_line(answer: Statement, letter: str) -> Line:
    """The line of an equation, or of an expression for y.

    Raises:
        Unreadable: it is no equation of a line.
    """
    match answer:
        case Chain((left, right), (Comparison.EQ,)) if left is not None and right is not None:
            if isinstance(left, Apply) and left.args == (Sym(letter),) and not left.primes:
                left = Sym("y")
        case _ if isinstance(answer, Expr):
            left, right = Sym("y"), answer
        case _:
            raise Unreadable("I expected the equation of a line")
    if any(contains(side, Apply) or contains_plus_minus(side) for side in (left, right)):
        raise Unreadable("I expected the equation of a line")
    sides = build(left), build(right)
    if any(side.is_complex or side.conditions for side in sides):
        raise Unreadable("I expected the equation of a line")
    x, y = symbol(letter), symbol("y")
    difference = sympy.expand(sides[0].expr - sides[1].expr)
    if not difference.free_symbols <= {x, y} or not difference.is_polynomial(x, y):
        raise Unreadable("the equation has other letters")
    polynomial = sympy.Poly(difference, x, y)
    if polynomial.total_degree() != 1:
        raise Unreadable("this is not the equation of a line")
    return Line(
        polynomial.coeff_monomial(x), polynomial.coeff_monomial(y), polynomial.coeff_monomial(1),
        letter,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FindStraightLine(TopicTask):
    """A line through a point, with how it was found."""

    line: Line
    reason: str
    kind = "straight-line"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find an equation of the line: {self.reason}"

    def check(self, answer: str) -> Verdict:
        """Check an equation of the line."""
        return judge_line(self.line, read_answer(answer), self.reason, Method.EXACT_ARITHMETIC)


@dataclass(frozen=True, slots=True)
class FindGradient(TopicTask):
    """The slope of a line through two points."""

    value: SymExpr
    reason: str
    kind = "gradient"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find the slope: {self.reason}"

    def check(self, answer: str) -> Verdict:
        """Check a number."""
        node = last_value(read_answer(answer), (Sym("m"), Sym("k")))
        return judge_number(self.value, node, self.reason, Method.EXACT_ARITHMETIC)


@dataclass(frozen=True, slots=True)
class FindPoint(TopicTask):
    """A point, by its true coordinates."""

    coordinates: tuple[SymExpr, ...]
    reason: str
    name: str
    kind = "point"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find the {self.name}"

    def check(self, answer: str) -> Verdict:
        """Check the coordinates of a point."""
        statement = read_answer(answer)
        reading = render_statement(statement)
        if not isinstance(statement, Tuple) or len(statement.items) != len(self.coordinates):
            raise Unreadable("I expected a point such as (1, 2)")
        for truth, item in zip(self.coordinates, statement.items, strict=True):
            if symbols(item):
                raise Unreadable("a letter stands where a number should")
            verdict = judge_number(truth, item, self.reason, Method.EXACT_ARITHMETIC)
            if verdict.status is not Status.VERIFIED:
                return verdict
        evidence = (Evidence(Method.EXACT_ARITHMETIC, self.reason),)
        return Verdict(Status.VERIFIED, Method.EXACT_ARITHMETIC, evidence, reading=reading)


def read_straight_line(text: str) -> TopicTask | None:
    """A question on points and lines, or None.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    sentence = plain(text)
    for found in readings(_MIDPOINTS, sentence):
        first, second = _pair(found_points(formulas(found, "p")))
        middle = tuple((a + b) / 2 for a, b in zip(first, second, strict=True))
        halves = [
            f"({expr_text(a)} + {expr_text(b)})/2" for a, b in zip(first, second, strict=True)
        ]
        return FindPoint(middle, ", ".join(halves), "midpoint")
    for found in readings(_GRADIENTS, sentence):
        first, second = _pair(found_points(formulas(found, "p")))
        return _gradient(first, second)
    for found in readings(_LINES, sentence):
        first, second = _pair(found_points(formulas(found, "p")))
        if len(first) != 2 or first == second:
            return None
        run, rise = second[0] - first[0], second[1] - first[1]
        line = Line(rise, -run, run * first[1] - rise * first[0])
        return FindStraightLine(line, f"it goes through {_text(first)} and {_text(second)}")
    for found in readings(_SLOPED, sentence):
        (point,) = found_points(formulas(found, "p"))
        slope = build(number_of(formula(found, "m"), "m")).expr
        if len(point) != 2:
            return None
        line = Line(slope, sympy.Integer(-1), point[1] - slope * point[0])
        return FindStraightLine(line, f"it goes through {_text(point)} with slope {slope}")
    return None


def found_points(texts: tuple[str, ...]) -> list[tuple[SymExpr, ...]]:
    """Points with real coordinates.

    Raises:
        Unreadable: a text is no such point.
    """
    points: list[tuple[SymExpr, ...]] = []
    for text in texts:
        head, sign, tail = text.partition("=")
        named = tail if sign and head.strip().isalpha() else text.lstrip("ABPQMN ")
        coordinates = [build(node) for node in point_of(named)]
        if any(not _is_real(value) for value in coordinates):
            raise Unreadable("a coordinate is no real number")
        points.append(tuple(value.expr for value in coordinates))
    return points


def _is_real(value: Built) -> bool:
    return value.is_real_number and not value.conditions and bool(value.expr.is_finite)


def _pair(points: list[tuple[SymExpr, ...]]) -> tuple[tuple[SymExpr, ...], tuple[SymExpr, ...]]:
    if len(points) != 2 or len(points[0]) != len(points[1]):
        raise Unreadable("two points of the same kind were expected")
    return points[0], points[1]


def _text(point: tuple[SymExpr, ...]) -> str:
    return f"({', '.join(map(expr_text, point))})"


def _gradient(first: tuple[SymExpr, ...], second: tuple[SymExpr, ...]) -> TopicTask | None:
    if len(first) != 2 or same_number(first[0], second[0]) is not False:
        return None
    value = (second[1] - first[1]) / (second[0] - first[0])
    texts = [expr_text(part) for part in (second[1], first[1], second[0], first[0])]
    reason = "({} - {})/({} - {})".format(*(f"({t})" if t.startswith("-") else t for t in texts))
    return FindGradient(value, f"{reason} = {expr_text(value)}")
