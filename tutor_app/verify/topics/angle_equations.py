"""Equations whose solutions are asked for in a range, and general solutions.

`Find all solutions of 2 sin x = 1 with 0 <= x < 2 pi`: every value is put in, and the number of
solutions in the range is counted by a second route.
"""

import re
from dataclasses import dataclass
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import build
from tutor_app.verify.checkers.equation import expand_signs
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import root_text
from tutor_app.verify.periodic import check_periodic
from tutor_app.verify.reading import equation_of
from tutor_app.verify.rendering import render, render_statement
from tutor_app.verify.rounding import is_rounding
from tutor_app.verify.solutions import Equation, same_number, solve, substitute
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Degrees,
    Expr,
    Interval,
    Listing,
    Member,
    Phrase,
    SetLit,
    Statement,
    Sym,
    Tuple,
    Words,
    contains,
    symbols,
)
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.sentence import FIND, formula, letters, plain, readings
from tutor_app.verify.trigonometry import Bounds, Place, places_within, trigonometric_roots
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict
from tutor_app.verify.zero import Answer

_WHERE: Final = (
    "(for|with|where|when|in|on|over|given that|if|such that|within|satisfying|in the range|for"
    " values in|in the domain|for all values of <unknown> in|for <unknown> in|where <unknown> is in"
    "|for <unknown> on)"
)
_INTERVAL: Final = (
    "(in|on|over|within|for|where <unknown> is in|for <unknown> in|for <unknown> on|which lie in"
    "|that lie in) [the] [(half open|closed|open)] (interval|range|domain)"
)
_NOUN: Final = (
    "(solutions|solution|values|angles|roots|solution set|real solutions|exact solutions)"
)
_ALL: Final = "[all] [of] [the] [exact] [real]"
_EQUATION: Final = "[the] [(trigonometric|trig|following)] [equation]"
_SATISFY: Final = (
    "(such that|for which|that satisfy|which satisfy|satisfying|so that|if|that solve|where|with)"
)
_RANGED: Final = (
    f"[please] solve {_EQUATION} <equation> {_INTERVAL} <range>",
    f"[please] solve {_EQUATION} <equation> {_WHERE} <range>",
    f"[please] solve {_EQUATION} <equation> , <range>",
    "[please] solve <equation> for <unknown> , [where|with|in] [the interval] <range>",
    f"[please] solve for <unknown> [in] , {_EQUATION} <equation> {_WHERE} <range>",
    f"{FIND} {_ALL} {_NOUN} (of|to|for) {_EQUATION} <equation> {_INTERVAL} <range>",
    f"{FIND} {_ALL} {_NOUN} (of|to|for) {_EQUATION} <equation> {_WHERE} <range>",
    f"{FIND} {_ALL} {_NOUN} (of|to|for) {_EQUATION} <equation> , <range>",
    f"{FIND} {_ALL} (solutions|values|angles) (in|on) [the interval] <range> (of|to|for)"
    f" {_EQUATION} <equation>",
    f"{FIND} {_ALL} values of <unknown> (in|on|with|for) [the] [interval|range] <range> {_SATISFY}"
    f" {_EQUATION} <equation>",
    f"{FIND} {_ALL} values of <unknown> {_SATISFY} {_EQUATION} <equation> {_WHERE} <range>",
    f"{FIND} {_ALL} (angles|numbers) <unknown> (in|with) [the interval] <range> {_SATISFY}"
    " <equation>",
    f"{FIND} {_ALL} <unknown> (in|on) [the interval] <range> {_SATISFY} <equation>",
    f"[please] solve for <unknown> {_INTERVAL} <range> , {_EQUATION} <equation>",
    f"{FIND} [the value of] [all] [values of] <unknown> (if|when|given that|such that|given)"
    f" {_EQUATION} <equation> and <range>",
    f"(for|given|given that|if|where|let) <range> (solve|find all solutions of) {_EQUATION}"
    " <equation>",
    f"(on|in) the interval <range> (solve|find all solutions of) {_EQUATION} <equation>",
)
_GENERAL: Final = (
    f"{FIND} the general solution (of|to|for) {_EQUATION} <equation>",
    f"solve {_EQUATION} <equation> , giving the general solution",
    f"find all [the] [real] solutions of {_EQUATION} <equation> (in radians|in terms of <unknown>)",
)
_LARGEST_RADIANS: Final = 15
_DEGREE_WORD: Final = re.compile(r"\s*(?:\\text\s*\{\s*)?\b(?:degrees?|deg)\b\s*\}?")


@dataclass(frozen=True, slots=True)
class SolveInRange(TopicTask):
    """All solutions of an equation in a range.

    Attributes:
        equation: in one unknown.
        bounds: the range.
        in_degrees: the ends were given in degrees.
        said: the range in words.
    """

    equation: Equation
    bounds: Bounds
    in_degrees: bool
    said: str
    kind = "solve-in-range"

    @property
    def read_as(self) -> str:
        """The task in words."""
        left, right = render(self.equation.left), render(self.equation.right)
        return f"solve {left} = {right} with {self.said}"

    def check(self, answer: str) -> Verdict:
        """Check a list of values, or that there is none."""
        statement = read_answer(_DEGREE_WORD.sub("°", answer))
        reading = render_statement(statement)
        nodes = self._values(statement)
        places = self.places()
        values: list[SymExpr] = []
        for node in nodes:
            wrong = self._wrong(node, places, reading)
            if wrong is not None:
                return wrong
            value = build(node).expr
            same = [same_number(value, other) for other in values]
            if None in same:
                return unknown_verdict(Method.UNSUPPORTED, "two values may be equal", reading)
            if True not in same:
                values.append(value)
        return self._counted(values, places, reading)

    def places(self) -> tuple[Place, ...] | None:
        """Where the solutions in the range lie; None if that is not known for certain."""
        roots = trigonometric_roots(self.equation)
        if roots is not None:
            return places_within(roots, self.equation, self.bounds)
        truth = solve(self.equation)
        if truth is None or truth.is_everything:
            return None
        inside = [(root, self.bounds.holds(root)) for root in truth.roots]
        if any(holds is None for _, holds in inside):
            return None
        return tuple(Place(root, root) for root, holds in inside if holds)

    def _values(self, statement: Statement) -> tuple[Expr, ...]:
        nodes = _listed(statement, self.equation.unknown)
        for node in nodes:
            if symbols(node):
                raise Unreadable("a letter stands where a number should")
            if contains(node, Degrees) is not self.in_degrees and build(node).expr != 0:
                is_bare = self.in_degrees
                raise Unreadable(
                    "the degree sign is missing" if is_bare else "degrees were not asked for"
                )
        return nodes

    def _wrong(self, node: Expr, places: tuple[Place, ...] | None, reading: str) -> Verdict | None:
        """The verdict on a value that is not certainly a solution in the range."""
        built = build(node)
        if built.is_complex:
            return unknown_verdict(Method.UNSUPPORTED, "a complex number stands in it", reading)
        unknown = self.equation.unknown
        finding = substitute(self.equation, built.expr)
        inside = self.bounds.holds(built.expr)
        if finding.answer is Answer.YES and inside:
            return None
        plain = node.arg if isinstance(node, Degrees) else node
        scale = sympy.pi / 180 if isinstance(node, Degrees) else sympy.Integer(1)
        if places is None or any(is_rounding(plain, place.low / scale) for place in places):
            text = "this may be a rounded value; the exact one was not given"
            return unknown_verdict(Method.AMBIGUOUS, text, reading)
        if inside is False:
            text = f"{unknown} = {render(node)} lies outside the range"
            return refuted_verdict(Method.SOLUTION_SET, text, reading)
        if finding.answer is Answer.NO:
            text = f"{unknown} = {render(node)} does not solve the equation"
            return refuted_verdict(Method.SUBSTITUTION, text, reading)
        return unknown_verdict(finding.method, finding.text, reading)

    def _counted(
        self, values: list[SymExpr], places: tuple[Place, ...] | None, reading: str
    ) -> Verdict:
        if places is None or len(values) > len(places):
            text = "I could not count the solutions in the range"
            return unknown_verdict(Method.UNSUPPORTED, text, reading)
        count = len(places)
        said = f"there {'is 1 solution' if count == 1 else f'are {count} solutions'} in the range"
        if len(values) < count:
            lost = self._missing(values, places)
            return refuted_verdict(Method.SOLUTION_SET, f"{said}; {lost}", reading)
        evidence = [
            Evidence(
                Method.SUBSTITUTION,
                f"{self.equation.unknown} = {root_text(value)}: both sides agree",
            )
            for value in values
        ]
        evidence.append(Evidence(Method.SOLUTION_SET, said))
        return Verdict(Status.VERIFIED, evidence[0].method, tuple(evidence), reading=reading)

    def _missing(self, values: list[SymExpr], places: tuple[Place, ...]) -> str:
        for place in places:
            near = [value for value in values if not _is_apart(value, place)]
            if not near:
                unit = 180 / sympy.pi if self.in_degrees else sympy.Integer(1)
                size = (place.low * unit).evalf(6)
                return f"the one near {size} is missing"
        return "one is missing"


def _is_apart(value: SymExpr, place: Place) -> bool:
    enclosure = Enclosure()
    return enclosure.sign(value - place.low) == -1 or enclosure.sign(value - place.high) == 1


@dataclass(frozen=True, slots=True)
class SolveGenerally(TopicTask):
    """All solutions of a trigonometric equation."""

    equation: Equation
    kind = "general-solution"

    @property
    def read_as(self) -> str:
        """The task in words."""
        left, right = render(self.equation.left), render(self.equation.right)
        return f"find all solutions of {left} = {right}"

    def check(self, answer: str) -> Verdict:
        """Check a general solution."""
        verdict = check_periodic(self.equation, answer)
        if verdict is None:
            raise Unreadable("I expected a general solution such as x = pi/4 + k*pi")
        return verdict


def _listed(statement: Statement, unknown: str) -> tuple[Expr, ...]:
    match statement:
        case Words(Phrase.NO_SOLUTION | Phrase.FALSE):
            return ()
        case SetLit(items) | Listing(items):
            return tuple(node for item in items for node in _listed(item, unknown))
        case Chain((Sym(name), value), (Comparison.EQ,)) if value is not None:
            if name.partition("_")[0] != unknown:
                raise Unreadable("another letter stands on the left")
            return expand_signs(value)
        case _ if isinstance(statement, Expr):
            return expand_signs(statement)
        case _:
            raise Unreadable("this is not a list of values")


def read_angle_equation(text: str) -> TopicTask | None:
    """An equation with a range, or whose general solution is asked for; else None.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    sentence = plain(text)
    for found in readings(_RANGED, sentence):
        try:
            equation = equation_of(formula(found, "equation"))
            region = parse_statement(formula(found, "range"))
        except Unreadable:
            continue
        if equation is None or not letters(found, "unknown") <= {equation.unknown}:
            continue
        ends = _ends(region, equation.unknown)
        if ends is not None:
            return _ranged(equation, ends, formula(found, "range"))
    for found in readings(_GENERAL, sentence):
        equation = equation_of(formula(found, "equation"))
        if equation is not None and trigonometric_roots(equation) is not None:
            return SolveGenerally(equation)
    return None


def ranged_equation(text: str, limits: str) -> SolveInRange | None:
    """An equation with the range of its unknown; None if it is something else.

    Raises:
        Unreadable: a formula is unreadable.
    """
    equation = equation_of(text)
    ends = None if equation is None else _ends(parse_statement(limits), equation.unknown)
    return None if equation is None or ends is None else _ranged(equation, ends, limits)


def _ends(statement: Statement, unknown: str) -> Interval | None:
    """The range as an interval."""
    match statement:
        case Chain((low, Sym(name), high), (first, second)) if name == unknown:
            below = {Comparison.LT: True, Comparison.LE: False}
            above = {Comparison.GT: True, Comparison.GE: False}
            if low is None or high is None:
                return None
            if first in below and second in below:
                return Interval(low, high, below[first], below[second])
            if first in above and second in above:
                return Interval(high, low, above[second], above[first])
            return None
        case Member(name, region) if name == unknown:
            return _ends(region, unknown)
        case Interval():
            return statement
        case Tuple((low, high)):
            return Interval(low, high, is_left_open=True, is_right_open=True)
        case _:
            return None


def _may_mean_degrees(end: SymExpr) -> bool:
    """Whether an end such as 360, without a degree sign, is too large for radians."""
    return bool(end.is_Rational and abs(end) >= _LARGEST_RADIANS)


def _ranged(equation: Equation, ends: Interval, said: str) -> SolveInRange | None:
    nodes = (ends.lower, ends.upper)
    if any(symbols(node) for node in nodes):
        return None
    lower, upper = (build(node).expr for node in nodes)
    if not (lower.is_finite and upper.is_finite) or Enclosure().sign(upper - lower) != 1:
        return None
    in_degrees = any(contains(node, Degrees) for node in nodes)
    if in_degrees and any(not contains(node, Degrees) and build(node).expr != 0 for node in nodes):
        return None
    is_angle = trigonometric_roots(equation) is not None
    if is_angle and not in_degrees and any(_may_mean_degrees(end) for end in (lower, upper)):
        return None
    if in_degrees and not is_angle:
        return None
    bounds = Bounds(lower, upper, ends.is_left_open, ends.is_right_open)
    return SolveInRange(equation, bounds, in_degrees, said)
