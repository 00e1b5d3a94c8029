"""Stationary points and their nature, and greatest and least values on an interval."""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.checkers.integral import is_continuous_between
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import number_text
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.reading import function_of
from tutor_app.verify.rendering import render
from tutor_app.verify.solutions import Equation, is_defined_at, same_number, solve
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Derivative,
    Expr,
    Interval,
    Member,
    Statement,
    Sym,
    Tuple,
    symbols,
    whole,
)
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.results import (
    index_of_point,
    judge_list,
    judge_number,
    last_value,
    without_noun,
)
from tutor_app.verify.topics.sentence import FIND, formula, plain, readings
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict


class Nature(StrEnum):
    """What a stationary point is."""

    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    INFLECTION = "point of inflection"


_OF: Final = "(of|for|on) [the] [(curve|graph|function|graph of)]"
_KIND: Final = "(stationary|critical|turning)"
_POINTS: Final = (
    f"{FIND} [all] [the] [coordinates of] [the] {_KIND} (points|point) {_OF} <f>",
    f"{FIND} [the] coordinates of [all] [the] {_KIND} (points|point) {_OF} <f>",
)
_NATURES: Final = (
    f"{FIND} [all] [the] [coordinates of] [the] {_KIND} (points|point) {_OF} <f> (and|, and)"
    " (determine|state|find|classify|give) [(their|its|the)] [nature] [(of each|of each point|them"
    "|each|each point|it)]",
    f"{FIND} and classify [all] [the] {_KIND} (points|point) {_OF} <f>",
    f"classify [all] [the] {_KIND} (points|point) {_OF} <f>",
)
_ONE_POINT: Final = f"{FIND} [the] [coordinates of] [the] [local|relative]"
_ONLY: Final = (
    (f"{_ONE_POINT} (maximum|maxima) (point|points) {_OF} <f>", Nature.MAXIMUM),
    (f"{_ONE_POINT} (minimum|minima) (point|points) {_OF} <f>", Nature.MINIMUM),
)
_NUMBERS: Final = (
    f"{FIND} [all] [the] critical (numbers|values|number) {_OF} <f>",
    f"{FIND} [all] [the] (x coordinates|x coordinate|values of <x>|x values|values of <x> at the)"
    f" of [all] [the] {_KIND} (points|point) {_OF} <f>",
    f"{FIND} [all] [the] values of <x> (for which|where|at which) <f> has a (stationary|critical)"
    " point",
)
_WITHIN: Final = (
    "(on|in|over|for|on the interval|in the interval|over the interval|when|where|with)"
)
_EXTREMES: Final = (
    (
        f"{FIND} the [absolute|global] (maximum|greatest|largest) [value] {_OF} <f>"
        f" {_WITHIN} <range>",
        1,
    ),
    (
        f"{FIND} the [absolute|global] (minimum|least|smallest) [value] {_OF} <f>"
        f" {_WITHIN} <range>",
        -1,
    ),
    (f"{FIND} the [absolute|global] (maximum|greatest|largest) value {_OF} <f>", 1),
    (f"{FIND} the [absolute|global] (minimum|least|smallest) value {_OF} <f>", -1),
    (f"what is the (maximum|greatest|largest) value {_OF} <f> {_WITHIN} <range>", 1),
    (f"what is the (minimum|least|smallest) value {_OF} <f> {_WITHIN} <range>", -1),
    (f"what is the (maximum|greatest|largest) value {_OF} <f>", 1),
    (f"what is the (minimum|least|smallest) value {_OF} <f>", -1),
)
_POINT: Final = re.compile(r"\(\s*[^()]*(?:\([^()]*\)[^()]*)*,[^()]*(?:\([^()]*\)[^()]*)*\)")
_NATURE_WORD: Final = re.compile(
    r"(?i)(?:(?:a|an|the|local|relative|is|it|at|and|has|there|are|point|points|of|stationary"
    r"|horizontal|saddle|neither|nor|max(?:ima|imum)?|min(?:ima|imum)?|inflexion|inflection)\b"
    r"|[\s,;:.()]|(?<=\s)[-–—](?=\s))*"
)


@dataclass(frozen=True, slots=True)
class Stationary:
    """A stationary point of a curve."""

    place: SymExpr
    height: SymExpr
    nature: Nature | None


def stationary_points(body: Expr, variable: str) -> tuple[Stationary, ...]:
    """All points of y = body where the derivative is zero, from the left.

    Raises:
        Unreadable: they cannot be found completely.
    """
    built = build(body)
    slope = Derivative(body, variable)
    truth = solve(Equation(slope, whole(0), variable))
    if truth is None or truth.is_everything:
        raise Unreadable("I could not find all stationary points")
    letter = symbol(variable)
    found: list[Stationary] = []
    for place in truth.roots:
        if is_defined_at(built, {letter: place}) is not True:
            raise Unreadable("the function may have no value at a stationary point")
        height = sympy.expand(built.expr.xreplace({letter: place}))
        found.append(Stationary(place, height, _nature(built.expr, letter, place)))
    return tuple(found)


def _nature(expr: SymExpr, letter: sympy.Symbol, place: SymExpr) -> Nature | None:
    """By the first derivative that does not vanish."""
    for order in range(2, 9):
        expr_n = sympy.diff(expr, letter, order).xreplace({letter: place})
        value = sympy.expand(expr_n)
        sign = Enclosure().sign(value)
        if sign is None:
            if same_number(value, sympy.Integer(0)) is not True:
                return None
            continue
        if order % 2:
            return Nature.INFLECTION
        return Nature.MINIMUM if sign > 0 else Nature.MAXIMUM
    return None


@dataclass(frozen=True, slots=True)
class FindStationary(TopicTask):
    """The stationary points of a curve, with their nature where that is asked for."""

    body: Expr
    variable: str
    with_nature: bool
    only: Nature | None = None
    kind = "stationary-points"

    @property
    def read_as(self) -> str:
        """The task in words."""
        suffix = " and their nature" if self.with_nature else ""
        what = f"points that are a {self.only}" if self.only else "stationary points"
        return f"find the {what} of y = {render(self.body)}{suffix}"

    def check(self, answer: str) -> Verdict:
        """Check a list of points."""
        truth = self._truth()
        claims = _claims(answer)
        reading = ", ".join(
            f"({', '.join(map(render, point.items))})" + (f" {nature}" if nature else "")
            for point, nature in claims
        )
        known: set[int] = set()
        for point, nature in claims:
            place = index_of_point(point, tuple((p.place, p.height) for p in truth))
            if place is None:
                return unknown_verdict(Method.UNSUPPORTED, "a point was not decided", reading)
            if place == -1:
                text = f"({', '.join(map(render, point.items))}) is no stationary point"
                return refuted_verdict(Method.SUBSTITUTION, text, reading)
            real = truth[place].nature
            if nature and real and nature is not real:
                return refuted_verdict(Method.SUBSTITUTION, f"it is a {real}", reading)
            if self.with_nature and (nature is None or real is None):
                raise Unreadable("the nature of a point is missing")
            known.add(place)
        count = len(truth)
        said = f"the derivative is zero at {count} point{'' if count == 1 else 's'}"
        if self.only is not None:
            said = f"there {'is 1' if count == 1 else f'are {count}'} with a {self.only}"
        if len(known) < count:
            return refuted_verdict(Method.SOLUTION_SET, said, reading)
        evidence = (Evidence(Method.SOLUTION_SET, f"{said}, and all are here"),)
        return Verdict(Status.VERIFIED, Method.SOLUTION_SET, evidence, reading=reading)

    def _truth(self) -> tuple[Stationary, ...]:
        points = stationary_points(self.body, self.variable)
        if self.only is None:
            return points
        if any(point.nature is None for point in points):
            raise Unreadable("the nature of a stationary point was not decided")
        return tuple(point for point in points if point.nature is self.only)


def _claims(answer: str) -> list[tuple[Tuple, Nature | None]]:
    """The points an answer names, each with the nature said beside it.

    Raises:
        Unreadable: something else stands there.
    """
    found = list(_POINT.finditer(answer))
    if not found:
        raise Unreadable("I expected points such as (1, 2)")
    gaps = [answer[: found[0].start()]]
    gaps += [answer[before.end() : after.start()] for before, after in pairwise(found)]
    gaps.append(answer[found[-1].end() :])
    if any(not _NATURE_WORD.fullmatch(gap) for gap in gaps):
        raise Unreadable("I did not understand what stands beside the points")
    natures = _natures(gaps, len(found))
    claims: list[tuple[Tuple, Nature | None]] = []
    for piece, nature in zip(found, natures, strict=True):
        point = parse_statement(piece.group())
        if (
            not isinstance(point, Tuple)
            or len(point.items) != 2
            or any(symbols(item) for item in point.items)
        ):
            raise Unreadable("I expected points such as (1, 2)")
        claims.append((point, nature))
    return claims


def _natures(gaps: list[str], count: int) -> list[Nature | None]:
    said = [_said(gap) for gap in gaps]
    if any(len(words) > 1 for words in said):
        raise Unreadable("two natures stand beside one point", is_ambiguous=True)
    plain_words = [words[0] if words else None for words in said]
    if plain_words[0] is not None and plain_words[-1] is None:
        return plain_words[:-1]
    if plain_words[0] is None:
        return plain_words[1:]
    raise Unreadable("it is not clear which nature belongs to which point", is_ambiguous=True)


def _said(gap: str) -> list[Nature]:
    words = re.findall(
        r"(?i)\b(max(?:ima|imum)?|min(?:ima|imum)?|inflexion|inflection|saddle)\b", gap
    )
    table = {"max": Nature.MAXIMUM, "min": Nature.MINIMUM}
    return list(dict.fromkeys(table.get(word[:3].lower(), Nature.INFLECTION) for word in words))


@dataclass(frozen=True, slots=True)
class FindCriticalNumbers(TopicTask):
    """The numbers where the derivative is zero."""

    body: Expr
    variable: str
    kind = "critical-numbers"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find where the derivative of {render(self.body)} is zero"

    def check(self, answer: str) -> Verdict:
        """Check a list of numbers."""
        truth = tuple(point.place for point in stationary_points(self.body, self.variable))
        reason = f"the derivative is zero at {len(truth)} numbers"
        return judge_list(truth, answer, self.variable, reason, "zero of the derivative")


@dataclass(frozen=True, slots=True)
class FindExtreme(TopicTask):
    """The greatest or least value of a function, on an interval or everywhere."""

    body: Expr
    variable: str
    sign: int
    interval: tuple[Expr, Expr] | None
    kind = "extreme-value"

    @property
    def read_as(self) -> str:
        """The task in words."""
        size = "greatest" if self.sign > 0 else "least"
        where = ""
        if self.interval is not None:
            where = f" from {render(self.interval[0])} to {render(self.interval[1])}"
        return f"find the {size} value of {render(self.body)}{where}"

    def check(self, answer: str) -> Verdict:
        """Check a number."""
        text = without_noun(answer, ("maximum", "minimum", "maximum value", "minimum value"))
        node = last_value(read_answer(text), (Sym("y"), parse_expression("f(x)"), Sym("f")))
        values = self._candidates()
        best = values[0]
        for value in values[1:]:
            sign = Enclosure().sign(self.sign * (value - best))
            if sign is None and same_number(value, best) is not True:
                raise Unreadable("two values could not be compared")
            best = value if sign == 1 else best
        shown = ", ".join(number_text(value) for value in values)
        size = "greatest" if self.sign > 0 else "least"
        return judge_number(best, node, f"the {size} of {shown} is {number_text(best)}")

    def _candidates(self) -> list[SymExpr]:
        """The values among which the extreme one is.

        Raises:
            Unreadable: that is not known.
        """
        points = stationary_points(self.body, self.variable)
        letter = symbol(self.variable)
        built = build(self.body)
        if self.interval is None:
            return self._everywhere(built, letter, points)
        lower, upper = self.interval
        ends = build(lower).expr, build(upper).expr
        if Enclosure().sign(ends[1] - ends[0]) != 1 or built.expr.has(sympy.Abs, sympy.sign):
            raise Unreadable("the interval is not in order")
        for part in (self.body,):
            if not is_continuous_between(part, self.variable, lower, upper):
                raise Unreadable("the function may have a gap in the interval")
        inside: list[SymExpr] = []
        for point in points:
            signs = [
                Enclosure().sign(point.place - ends[0]),
                Enclosure().sign(ends[1] - point.place),
            ]
            if signs == [1, 1]:
                inside.append(point.height)
            elif None in signs and not any(same_number(point.place, end) for end in ends):
                raise Unreadable("a stationary point was not placed")
        return [*(built.expr.xreplace({letter: end}) for end in ends), *inside]

    def _everywhere(
        self, built: Built, letter: sympy.Symbol, points: tuple[Stationary, ...]
    ) -> list[SymExpr]:
        if built.conditions or not built.expr.is_polynomial(letter):
            raise Unreadable("I only know this for polynomials")
        polynomial = sympy.Poly(built.expr, letter)
        sign = Enclosure().sign(polynomial.LC())
        if polynomial.degree() % 2 or polynomial.degree() == 0 or sign != -self.sign:
            raise Unreadable("the function has no such value")
        return [point.height for point in points]


# -- reading ------------------------------------------------------------------------------


def read_extremum(text: str) -> TopicTask | None:
    """A question on stationary points or extreme values, or None.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    sentence = plain(text)
    for templates, with_nature in ((_NATURES, True), (_POINTS, False)):
        for found in readings(templates, sentence):
            try:
                name, variable, body = function_of(formula(found, "f"))
            except Unreadable:
                continue
            return FindStationary(body, variable, with_nature) if name else None
    return _of_one_nature(sentence) or _critical(sentence) or _extreme(sentence)


def _of_one_nature(sentence: str) -> TopicTask | None:
    for template, nature in _ONLY:
        for found in readings((template,), sentence):
            name, variable, body = function_of(formula(found, "f"))
            return FindStationary(body, variable, False, nature) if name else None
    return None


def _critical(sentence: str) -> TopicTask | None:
    for found in readings(_NUMBERS, sentence):
        _, variable, body = function_of(formula(found, "f"))
        if build(body).conditions or not build(body).expr.is_polynomial(symbol(variable)):
            return None  # points without a derivative are critical too
        return FindCriticalNumbers(body, variable)
    return None


def _extreme(sentence: str) -> TopicTask | None:
    for template, sign in _EXTREMES:
        for found in readings((template,), sentence):
            try:
                _, variable, body = function_of(formula(found, "f"))
                ends = formula(found, "range")
                interval = _closed_interval(parse_statement(ends), variable) if ends else None
            except Unreadable:
                continue
            if ends and interval is None:
                return None
            return FindExtreme(body, variable, sign, interval)
    return None


def _closed_interval(statement: Statement, variable: str) -> tuple[Expr, Expr] | None:
    match statement:
        case Interval(lower, upper, False, False):
            ends = (lower, upper)
        case Member(name, Interval(lower, upper, False, False)) if name == variable:
            ends = (lower, upper)
        case Chain((lower, Sym(name), upper), (Comparison.LE, Comparison.LE)) if (
            name == variable and lower is not None and upper is not None
        ):
            ends = (lower, upper)
        case _:
            return None
    return None if any(symbols(end) for end in ends) else ends
