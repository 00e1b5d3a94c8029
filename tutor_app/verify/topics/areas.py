"""Areas between curves and under them, average values, and integrals that may diverge."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import build
from tutor_app.verify.checkers.improper import improper_value
from tutor_app.verify.checkers.integral import Diverges, check_definite, integral_value
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import expr_text, number_text
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.reading import function_of, number_of
from tutor_app.verify.rendering import render
from tutor_app.verify.solutions import NOTHING, Equation, same_number, solve
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import (
    Bin,
    Call,
    Const,
    Expr,
    Integral,
    Interval,
    Operator,
    Sym,
    contains_infinity,
    symbols,
    whole,
)
from tutor_app.verify.task import Integrate, TopicTask
from tutor_app.verify.topics.results import judge_number, last_value, without_noun
from tutor_app.verify.topics.sentence import FIND, formula, formulas, plain, readings
from tutor_app.verify.trigonometry import Bounds, places_within, trigonometric_roots
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict

_AREA: Final = (
    f"{FIND} [the] [total] [exact] area [of the region] [that is] [which is]"
    " (enclosed|bounded|enclosed between|between|trapped|contained)"
)
_CURVES: Final = "[the] [(curves|curve|graphs|graph|graphs of|functions|parabola|parabolas|lines)]"
_BETWEEN: Final = (
    f"{_AREA} [(by|between)] {_CURVES} <f> and [the] [(line|curve|graph of)] <f>",
    f"{FIND} [the] area of the (region|finite region) (between|enclosed by|bounded by"
    f"|enclosed between) {_CURVES} <f> and [the] [(line|curve)] <f>",
    f"{FIND} [the] area between {_CURVES} <f> and [the] [(line|curve)] <f>",
)
_WITH_AXIS: Final = (
    f"{_AREA} [(by|between)] {_CURVES} <f> and the x axis",
    f"{FIND} [the] area of the (region|finite region) (between|enclosed by|bounded by)"
    f" {_CURVES} <f> and the x axis",
    f"{FIND} [the] area between {_CURVES} <f> and the x axis",
)
_FROM_TO: Final = "(from|between|for|over|on) <a> (to|and) <b>"
_UNDER: Final = (
    f"{FIND} [the] area under {_CURVES} <f> {_FROM_TO}",
    f"{FIND} [the] area [of the region] (under|below|beneath) {_CURVES} <f> [and]"
    f" [above the x axis] {_FROM_TO}",
    f"{FIND} [the] area [of the region] [enclosed|bounded] (between|by) {_CURVES} <f>"
    f" and the x axis {_FROM_TO}",
    f"{FIND} [the] area [of the region] (bounded|enclosed) by {_CURVES} <f> , the x axis [,] [and]"
    " [the] [lines|line] <a> and [the line] <b>",
    f"{FIND} [the] area under {_CURVES} <f> (on|over) [the interval] <range>",
)
_AVERAGE: Final = (
    f"{FIND} the (average|mean) value of [the function] <f> (on|over|in) [the interval] <range>",
    f"{FIND} the (average|mean) value of [the function] <f> (from|between) <a> (to|and) <b>",
)
_CONVERGENCE: Final = (
    "(evaluate|find|calculate|compute|determine) [the] [improper] [integral] <i> or (state|show"
    "|explain|conclude|say) that it (diverges|is divergent|does not converge)",
    "(evaluate|find|calculate|compute|determine) [the] [improper] [integral] <i> if it converges",
    "determine whether [the] [improper] [integral] <i> (converges|is convergent) or (diverges"
    "|is divergent) [and|. ] [evaluate it] [if it converges|if it is convergent|if convergent]",
    "does [the] [improper] [integral] <i> converge or diverge",
    "(evaluate|find|calculate|compute|determine) [the] improper integral <i>",
    "(evaluate|find|calculate|compute|determine|what is) [the] [value of] [the] [integral] <i>",
)


@dataclass(frozen=True, slots=True)
class FindArea(TopicTask):
    """The area between two curves, over their crossings or between two numbers."""

    upper: Expr
    lower: Expr
    variable: str
    ends: tuple[Expr, Expr] | None
    is_under: bool = False
    kind = "area"

    @property
    def read_as(self) -> str:
        """The task in words."""
        where = (
            "" if self.ends is None else f" from {render(self.ends[0])} to {render(self.ends[1])}"
        )
        return f"find the area between {render(self.upper)} and {render(self.lower)}{where}"

    def check(self, answer: str) -> Verdict:
        """Check a number, square units or none."""
        text = without_noun(answer, ("area", "total area", "enclosed area"))
        for unit in ("square units", "sq. units", "sq units", "units^2", r"\text{ units}^2"):
            text = text.removesuffix(unit).strip()
        node = last_value(read_answer(text), (Sym("A"), Sym("S")))
        pieces = self._pieces()
        total = sympy.expand(sum(abs_value for _, _, abs_value in pieces))
        if self.is_under and self._dips(total):
            text = "the area under a curve may count as negative below the x-axis"
            raise Unreadable(text, is_ambiguous=True)
        said = "; ".join(
            f"from {expr_text(low)} to {expr_text(high)}: {number_text(area)}"
            for low, high, area in pieces
        )
        return judge_number(total, node, f"{said}; total {number_text(total)}",
                            Method.DIFFERENTIATE_BACK)  # fmt: skip

    def _dips(self, total: SymExpr) -> bool:
        """Whether a part of the curve lies below the axis."""
        if self.ends is None:
            return False
        low, high = (build(end).expr for end in self.ends)
        return bool(sympy.expand(self._integral(low, high) - total) != 0)

    def _pieces(self) -> list[tuple[SymExpr, SymExpr, SymExpr]]:
        """Stretches between crossings, with the area of each.

        Raises:
            Unreadable: the crossings or an integral are not known.
        """
        equation = Equation(self.upper, self.lower, self.variable)
        truth = NOTHING if self._is_free_of_crossings(equation) else solve(equation)
        if truth is None or truth.is_everything:
            raise Unreadable("I could not find where the curves cross")
        if self.ends is None:
            borders = list(truth.roots)
            if len(borders) < 2:
                raise Unreadable("the curves do not enclose a region")
        else:
            low, high = (build(end).expr for end in self.ends)
            inside = [root for root in truth.roots if _is_between(root, low, high)]
            borders = [low, *inside, high]
        pieces: list[tuple[SymExpr, SymExpr, SymExpr]] = []
        for low, high in pairwise(borders):
            value = self._integral(low, high)
            sign = Enclosure().sign(value)
            if sign is None:
                raise Unreadable("a part of the area was not decided")
            pieces.append((low, high, sign * value))
        return pieces

    def _is_free_of_crossings(self, equation: Equation) -> bool:
        """Whether curves made of sines and cosines certainly do not cross between the ends."""
        roots = None if self.ends is None else trigonometric_roots(equation)
        if roots is None or self.ends is None:
            return False
        low, high = (build(end).expr for end in self.ends)
        bounds = Bounds(low, high, is_lower_open=True, is_upper_open=True)
        return places_within(roots, equation, bounds) == ()

    def _integral(self, low: SymExpr, high: SymExpr) -> SymExpr:
        difference = Bin(Operator.SUB, self.upper, self.lower)
        value = integral_between(difference, self.variable, low, high)
        if value is None:
            raise Unreadable("I found no safe antiderivative")
        return value


def integral_between(node: Expr, variable: str, low: SymExpr, high: SymExpr) -> SymExpr | None:
    """A definite integral with bounds that are already worked out.

    Raises:
        Unreadable: it has no value, or cannot be built.
    """
    task = Integrate(node, variable, _as_node(low), _as_node(high))
    try:
        value = integral_value(task)
    except Diverges as error:
        raise Unreadable(str(error)) from error
    if value is not None:
        return value
    improper = improper_value(task)
    return improper.value if improper is not None and improper.is_proved else None


def _as_node(value: SymExpr) -> Expr:
    """A worked-out number as an expression again.

    Raises:
        Unreadable: it is not made of rational numbers, roots and pi.
    """
    if value.is_Rational:
        top = whole(int(value.p))
        return top if value.q == 1 else Bin(Operator.DIV, top, whole(int(value.q)))
    if value is sympy.pi:
        return Const("pi")
    if value is sympy.E:
        return Const("e")
    if value.is_Add or value.is_Mul:
        operator = Operator.ADD if value.is_Add else Operator.MUL
        parts = [_as_node(part) for part in value.args]
        node = parts[0]
        for part in parts[1:]:
            node = Bin(operator, node, part)
        return node
    if value.is_Pow and value.exp == sympy.Rational(1, 2):
        return Call("sqrt", (_as_node(value.base),))
    if value.is_Pow and value.exp.is_Rational:
        return Bin(Operator.POW, _as_node(value.base), _as_node(value.exp))
    raise Unreadable("a bound is not a plain number")


def _is_between(root: SymExpr, low: SymExpr, high: SymExpr) -> bool:
    signs = [Enclosure().sign(root - low), Enclosure().sign(high - root)]
    if None in signs and not (same_number(root, low) or same_number(root, high)):
        raise Unreadable("a crossing was not placed")
    return signs == [1, 1]


@dataclass(frozen=True, slots=True)
class FindAverage(TopicTask):
    """The mean value of a function between two numbers."""

    body: Expr
    variable: str
    lower: Expr
    upper: Expr
    kind = "average-value"

    @property
    def read_as(self) -> str:
        """The task in words."""
        ends = f"from {render(self.lower)} to {render(self.upper)}"
        return f"find the average value of {render(self.body)} {ends}"

    def check(self, answer: str) -> Verdict:
        """Check a number."""
        text = without_noun(answer, ("average value", "mean value", "average"))
        node = last_value(read_answer(text), ())
        low, high = build(self.lower).expr, build(self.upper).expr
        if Enclosure().sign(high - low) != 1:
            raise Unreadable("the ends are not in order")
        value = integral_between(self.body, self.variable, low, high)
        if value is None:
            raise Unreadable("I found no safe antiderivative")
        mean = sympy.expand(value / (high - low))
        reason = f"the integral is {number_text(value)}, divided by {expr_text(high - low)}"
        return judge_number(mean, node, reason, Method.DIFFERENTIATE_BACK)


@dataclass(frozen=True, slots=True)
class EvaluateOrDiverge(TopicTask):
    """A definite integral that may have no value."""

    integral: Integral
    asks_value: bool
    kind = "improper-integral"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"work out {render(self.integral)}, or say that it diverges"

    def check(self, answer: str) -> Verdict:
        """Check a number, `diverges` or `converges to …`."""
        text = answer.strip()
        for lead in (
            "it converges to ",
            "converges to ",
            "convergent, ",
            "converges, ",
            "converges; ",
        ):
            if text.lower().startswith(lead):
                text = text[len(lead) :]
        text = text.removeprefix("The integral ").removeprefix("the integral ")
        node = self.integral
        task = Integrate(node.arg, node.variable, node.lower, node.upper)
        if text.lower().rstrip(".") in {"converges", "it converges", "convergent", "converge"}:
            return self._convergence(task)
        statement = read_answer(text)
        return check_definite(task, statement)

    def _convergence(self, task: Integrate) -> Verdict:
        """Check the bare claim that the integral has a value."""
        if self.asks_value:
            return unknown_verdict(Method.UNSUPPORTED, "the value is missing", "converges")
        found = improper_value(task)
        if found is None or not found.is_proved:
            return unknown_verdict(Method.UNSUPPORTED, "convergence was not decided", "converges")
        if found.value is None:
            return refuted_verdict(Method.DIFFERENTIATE_BACK, found.reason, "converges")
        evidence = (Evidence(Method.DIFFERENTIATE_BACK, found.reason),)
        return Verdict(Status.VERIFIED, Method.DIFFERENTIATE_BACK, evidence, reading="converges")


# -- reading ------------------------------------------------------------------------------


def read_area(text: str) -> TopicTask | None:
    """An area, an average value or an integral that may diverge; else None.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    sentence = plain(text)
    for found in readings(_CONVERGENCE, sentence):
        try:
            node = parse_expression(formula(found, "i"))
        except Unreadable:
            continue
        if isinstance(node, Integral) and node.lower is not None and node.upper is not None:
            asks_value = not re.match(r"(?i)\s*(?:determine whether|does)\b", sentence)
            return EvaluateOrDiverge(node, asks_value or "evaluate" in sentence.lower())
    for found in readings(_AVERAGE, sentence):
        _, variable, body = function_of(formula(found, "f"))
        ends = _ends(formula(found, "range"), formula(found, "a"), formula(found, "b"), variable)
        return FindAverage(body, variable, *ends)
    for found in readings(_UNDER, sentence):
        _, variable, body = function_of(formula(found, "f"))
        ends = _ends(formula(found, "range"), formula(found, "a"), formula(found, "b"), variable)
        is_under = re.search(r"(?i)\barea (of the region )?(under|below|beneath)\b", text)
        return FindArea(body, whole(0), variable, ends, is_under is not None)
    for found in readings(_WITH_AXIS, sentence):
        name, variable, body = function_of(formula(found, "f"))
        return FindArea(body, whole(0), variable, None) if name else None
    return _between_curves(sentence)


def _between_curves(sentence: str) -> TopicTask | None:
    for found in readings(_BETWEEN, sentence):
        try:
            first, second = (function_of(part) for part in formulas(found, "f"))
        except Unreadable:
            continue
        variable = first[1] if symbols(first[2]) else second[1]
        if not symbols(first[2]) | symbols(second[2]) <= {variable} or not (first[0] and second[0]):
            return None
        if first[0] != second[0] and {first[0], second[0]} & {"x", "y"}:
            return None
        return FindArea(first[2], second[2], variable, None)
    return None


def _ends(interval: str, first: str, second: str, variable: str) -> tuple[Expr, Expr]:
    if interval:
        statement = parse_statement(interval)
        if not isinstance(statement, Interval):
            raise Unreadable("this is not an interval")
        ends = (statement.lower, statement.upper)
    else:
        ends = (number_of(first, variable), number_of(second, variable))
    if any(symbols(end) or contains_infinity(end) for end in ends):
        raise Unreadable("this is not an interval")
    return ends
