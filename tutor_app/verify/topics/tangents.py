"""Slopes, tangents and normals of a curve y = f(x) at a point."""

from dataclasses import dataclass
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Method, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import build, symbol
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import expr_text
from tutor_app.verify.reading import function_of, number_of
from tutor_app.verify.rendering import render
from tutor_app.verify.solutions import is_defined_at, same_number
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import Apply, Derivative, Expr, Sym, Tuple
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.functions import DerivativeAt
from tutor_app.verify.topics.sentence import FIND, formula, plain, readings
from tutor_app.verify.topics.straight_lines import Line, judge_line

_CURVE: Final = "[the] [(curve|graph|function|parabola|graph of|curve of|graph of the function)]"
_AT: Final = "(at|when|at the point|at the point where|at the point with|where|for)"
_SLOPES: Final = (
    f"{FIND} the (slope|gradient) of [the] [(tangent|tangent line)] [to] {_CURVE} <curve> {_AT}"
    " <place>",
    f"{FIND} the [value of the] (derivative|instantaneous rate of change|rate of change) of"
    f" {_CURVE} <curve> {_AT} <place>",
    f"what is the slope of [the] [(tangent|tangent line)] [to] {_CURVE} <curve> {_AT} <place>",
)
_LINE: Final = "[the|an] [equation] [(of|for)] [the]"
_TANGENTS: Final = (
    f"{FIND} {_LINE} (tangent|tangent line|line tangent) (to|of) {_CURVE} <curve> {_AT} <place>",
    f"{FIND} {_LINE} (tangent|tangent line|line tangent) {_AT} <place> (to|of) {_CURVE} <curve>",
)
_NORMALS: Final = (
    f"{FIND} {_LINE} (normal|normal line|line normal) (to|of) {_CURVE} <curve> {_AT} <place>",
)


@dataclass(frozen=True, slots=True)
class FindLine(TopicTask):
    """The tangent or normal of y = f(x) at a number."""

    body: Expr
    variable: str
    place: Expr
    is_normal: bool
    kind = "tangent"

    @property
    def read_as(self) -> str:
        """The task in words."""
        name = "normal" if self.is_normal else "tangent"
        return (
            f"find the {name} of y = {render(self.body)} at {self.variable} = {render(self.place)}"
        )

    def check(self, answer: str) -> Verdict:
        """Check an equation of a line."""
        slope, _ = DerivativeAt(self.body, self.variable, 1, self.place, (), "").value()
        place = build(self.place).expr
        height = build(self.body).expr.xreplace({symbol(self.variable): place})
        said = f"the slope at {self.variable} = {expr_text(place)} is {expr_text(slope)}"
        said += f", the point is ({expr_text(place)}, {expr_text(height)})"
        line = self._line(slope, place, height)
        return judge_line(line, read_answer(answer), said, Method.SUBSTITUTION)

    def _line(self, slope: SymExpr, place: SymExpr, height: SymExpr) -> Line:
        """a·x + b·y + c, zero on the line."""
        if self.is_normal:
            # Perpendicular to (1, slope): x + slope·y is constant.
            return Line(sympy.Integer(1), slope, -place - slope * height, self.variable)
        return Line(slope, sympy.Integer(-1), height - slope * place, self.variable)


def read_tangent(text: str) -> TopicTask | None:
    """A slope, tangent or normal, or None.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    sentence = plain(text)
    for found in readings(_SLOPES, sentence):
        name, variable, body = function_of(formula(found, "curve"))
        place = _place(formula(found, "place"), variable, body)
        heads = (Sym("m"), Apply(name or "y", (place,), 1), Apply(name or "y", (), 1),
                 Derivative(Sym("y"), variable))  # fmt: skip
        return DerivativeAt(body, variable, 1, place, heads, "the slope")
    for templates, is_normal in ((_TANGENTS, False), (_NORMALS, True)):
        for found in readings(templates, sentence):
            name, variable, body = function_of(formula(found, "curve"))
            if variable == "y" or name == variable:
                return None
            place = _place(formula(found, "place"), variable, body)
            return FindLine(body, variable, place, is_normal)
    return None


def _place(text: str, variable: str, body: Expr) -> Expr:
    """The number of `x = 3`, or of a point that lies on the curve.

    Raises:
        Unreadable: it is neither.
    """
    try:
        return number_of(text, variable)
    except Unreadable:
        statement = parse_statement(text)
    if not isinstance(statement, Tuple) or len(statement.items) != 2:
        raise Unreadable("this is not a point")
    first, second = statement.items
    built = build(body)
    point = {symbol(variable): build(first).expr}
    if (
        is_defined_at(built, point) is not True
        or same_number(built.expr.xreplace(point), build(second).expr) is not True
    ):
        raise Unreadable("the point does not lie on the curve")
    return first
