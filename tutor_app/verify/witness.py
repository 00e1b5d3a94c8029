"""Lines of an equation whose solutions are not all known: what can still be said for certain.

Trigonometric equations have endlessly many solutions. Two forms of one equation are recognised
by their sides; a division that loses solutions by one special number that is lost.
"""

from collections.abc import Iterator
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Relation, Status
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.comparison import domain_gap
from tutor_app.verify.decision import Decision
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.equation_lines import EquationLines
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.slips.slip import Sides
from tutor_app.verify.slips.target import is_multiple
from tutor_app.verify.solutions import Equation, is_defined_at, substitute
from tutor_app.verify.syntax import Call, Num, Statement, walk
from tutor_app.verify.zero import Answer

_TRIGONOMETRIC: Final = frozenset({"sin", "cos", "tan", "sec", "csc", "cot"})
_ANGLE_PARTS: Final = 12
_WHOLE_POINTS: Final = 12


class Witness:
    """Looks for single numbers that decide between two lines.

    Args:
        lines: reads lines as equations joined by `or`.
        unknown: the letter solved for.
    """

    def __init__(self, lines: EquationLines, unknown: str) -> None:
        self._lines = lines
        self._unknown = unknown

    def same_equation(self, before: Statement | None, line: Statement | None) -> Decision | None:
        """Both lines as one equation, multiplied by a number at most."""
        pair = [self._lines.alternatives(one) for one in (before, line)]
        if pair[0] is None or pair[1] is None or len(pair[0]) != 1 or len(pair[1]) != 1:
            return None
        first, second = pair[0][0], pair[1][0]
        try:
            built = [_difference(sides) for sides in (first, second)]
            if domain_gap(built[0], built[1]) != () or not is_multiple(
                built[0].expr, built[1].expr
            ):
                return None
        except Unreadable:
            return None
        text = "the same equation in another form"
        evidence = (Evidence(Method.SYMBOLIC_SIMPLIFY, text),)
        return Decision(
            Status.VERIFIED, Method.SYMBOLIC_SIMPLIFY, Relation.EQUIVALENT, text, evidence
        )

    def cleared(self, before: Statement | None, line: Statement | None) -> Decision | None:
        """Both lines without denominators as one equation, where the first has some."""
        pair = [self._lines.alternatives(one) for one in (before, line)]
        if pair[0] is None or pair[1] is None or len(pair[0]) != 1 or len(pair[1]) != 1:
            return None
        try:
            built = [_difference(sides[0]) for sides in pair if sides is not None]
            is_same = is_multiple(built[0].expr, built[1].expr)
            if not is_same and not is_multiple(sympy.cancel(built[0].expr), built[1].expr):
                return None
        except (Unreadable, sympy.PolynomialError):
            return None
        text = "the same equation with the denominators cleared; check for excluded values"
        evidence = (Evidence(Method.POLYNOMIAL_IDENTITY, text),)
        return Decision(
            Status.VERIFIED, Method.POLYNOMIAL_IDENTITY, Relation.IMPLIES, text, evidence
        )

    def lost_point(
        self, first: Statement | None, before: Statement | None, line: Statement | None
    ) -> SymExpr | None:
        """A number that solves the first line and the line before but certainly not this one."""
        if self._lines.is_explicit(line):
            return None  # a list of values may leave the period to the reader
        sides = [self._lines.alternatives(one) for one in (first, before, line)]
        if sides[0] is None or sides[1] is None or sides[2] is None:
            return None
        for point in self._points(sides[1]):
            try:
                if (
                    self._answer(sides[1], point) is Answer.YES
                    and self._answer(sides[0], point) is Answer.YES
                    and self._answer(sides[2], point) is Answer.NO
                ):
                    return point
            except Unreadable:
                continue
        return None

    def solves(self, line: Statement | None, point: SymExpr) -> bool:
        """Whether a number certainly solves a line."""
        alternatives = self._lines.alternatives(line)
        try:
            return alternatives is not None and self._answer(alternatives, point) is Answer.YES
        except Unreadable:
            return False

    def values(self, line: Statement | None) -> tuple[SymExpr, ...] | None:
        """The values an explicit line states, also those outside the domain."""
        alternatives = self._lines.alternatives(line)
        if alternatives is None or not self._lines.is_explicit(line):
            return None
        found: list[SymExpr] = []
        for sides in alternatives:
            try:
                built = build(sides.right)
            except Unreadable:
                return None
            if built.is_complex or is_defined_at(built, {}) is not True:
                return None
            found.append(built.expr)
        return tuple(found)

    def false_value(self, first: Statement | None, line: Statement | None) -> SymExpr | None:
        """A value that a line states and that certainly does not solve the first line."""
        equation, values = self._lines.alternatives(first), self.values(line)
        alternatives = self._lines.alternatives(line)
        if equation is None or values is None or alternatives is None:
            return None
        for sides, value in zip(alternatives, values, strict=True):
            if any(isinstance(part, Num) and part.is_decimal for part in walk(sides.right)):
                continue  # it may be rounded
            try:
                if self._answer(equation, value) is Answer.NO:
                    return value
            except Unreadable:
                continue
        return None

    def _answer(self, alternatives: tuple[Sides, ...], point: SymExpr) -> Answer:
        """Whether a number solves one of some equations."""
        answers = [
            substitute(Equation(sides.left, sides.right, self._unknown), point).answer
            for sides in alternatives
        ]
        if Answer.YES in answers:
            return Answer.YES
        return Answer.OPEN if Answer.OPEN in answers else Answer.NO

    def _points(self, equation: tuple[Sides, ...]) -> Iterator[SymExpr]:
        """Special numbers that may solve an equation; a quick look sorts out most."""
        try:
            differences = [_difference(sides).expr for sides in equation]
        except Unreadable:
            return
        enclosure = Enclosure(60)
        letter = symbol(self._unknown)
        for point in _special_points(equation):
            values = [difference.xreplace({letter: point}) for difference in differences]
            if not all(enclosure.excludes_zero(value) for value in values):
                yield point


def _difference(sides: Sides) -> Built:
    left, right = build(sides.left), build(sides.right)
    return Built(
        left.expr - right.expr,
        (*left.conditions, *right.conditions),
        left.is_complex or right.is_complex,
    )


def _special_points(equation: tuple[Sides, ...]) -> Iterator[SymExpr]:
    parts = [part for sides in equation for side in (sides.left, sides.right)
             for part in walk(side)]  # fmt: skip
    if any(isinstance(part, Call) and part.name in _TRIGONOMETRIC for part in parts):
        for k in range(-_ANGLE_PARTS, 2 * _ANGLE_PARTS + 1):
            yield sympy.pi * sympy.Rational(k, _ANGLE_PARTS)
        return
    for k in range(-_WHOLE_POINTS, _WHOLE_POINTS + 1):
        yield sympy.Integer(k)
    for k in range(-_WHOLE_POINTS, _WHOLE_POINTS):
        yield sympy.Rational(2 * k + 1, 2)
