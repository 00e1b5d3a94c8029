"""Steps that make one letter of a formula its subject: `v = u + at`, `t = (v - u)/a`."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Relation, Status
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.chain_kinds import Working, letters_of
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.enclosure import Enclosure, holds
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import root_text
from tutor_app.verify.slips.guess import guess_in_equation
from tutor_app.verify.slips.slip import Sides
from tutor_app.verify.slips.target import is_multiple
from tutor_app.verify.syntax import Chain, Comparison, Statement, Sym, symbols

_UNKNOWNS: Final = frozenset({"x", "y", "z"})
_VALUES: Final = ((2, 3, 5, 7, 11, 13), (3, 5, 2, 11, 7, 4), (7, 4, 9, 2, 3, 5))


class FormulaSteps:
    """Compares each line with the one before, letters standing for positive numbers."""

    def __init__(self, working: Working) -> None:
        self._lines = tuple(_sides(line) for line in working.lines)
        self._letters = tuple(sorted(letters_of(working.lines[0])))

    def decide(self) -> tuple[Decision | None, ...]:
        """One decision a line."""
        decisions: list[Decision | None] = [_related("where the working starts", Relation.GIVEN)]
        for before, line in pairwise(self._lines):
            decision = self._compared(before, line)
            if decision.status is Status.REFUTED and self._may_be_system(before, line, decision):
                decision = undecided("this may be another equation and not a step")
            decisions.append(decision)
        return tuple(decisions)

    def _may_be_system(self, before: Sides | None, line: Sides | None, decision: Decision) -> bool:
        """Whether two lines in x, y and z may be two equations of one system."""
        if before is None or line is None or not set(self._letters) <= _UNKNOWNS:
            return False
        subjects = [_subject(sides) for sides in (before, line)]
        return decision.slip is None or subjects[0] == subjects[1]

    def _compared(self, before: Sides | None, line: Sides | None) -> Decision:
        if before is None or line is None:
            return undecided("I could not read this line or the one before", Method.UNPARSED)
        try:
            first, second = _difference(before), _difference(line)
            if is_multiple(first.expr, second.expr):
                return _related("the same formula in another form")
            point = self._counterexample(before, first, second)
        except Unreadable as error:
            return undecided(f"I could not compare this line: {error}")
        if point is None:
            return undecided("I could not prove that this follows")
        return self._wrong(before, line, point)

    def _wrong(self, before: Sides, line: Sides, point: dict[sympy.Symbol, SymExpr]) -> Decision:
        data = {str(name): root_text(value) for name, value in point.items()}
        place = ", ".join(f"{name} = {value}" for name, value in data.items())
        sides = [build(side).expr.xreplace(point) for side in (line.left, line.right)]
        data |= {"left": root_text(sides[0]), "right": root_text(sides[1])}
        text = (
            f"{place}: left {data['left']}, right {data['right']}, "
            "although they fit the line before"
        )
        evidence = (Evidence(Method.SUBSTITUTION, text, data),)
        slip = guess_in_equation(before, (line,), self._letters[0])
        return Decision(
            Status.REFUTED, Method.SUBSTITUTION, Relation.UNRELATED, text, evidence, slip=slip
        )

    def _counterexample(
        self, before: Sides, first: Built, second: Built
    ) -> dict[sympy.Symbol, SymExpr] | None:
        """Positive numbers that fit the line before and certainly not this one."""
        enclosure = Enclosure()
        for point in self._fitting(before, first):
            needs = (*first.conditions, *second.conditions)
            if not all(holds(need, point, enclosure) for need in needs):
                continue
            is_fitting = sympy.expand(first.expr.xreplace(point)) == 0
            if is_fitting and enclosure.excludes_zero(second.expr.xreplace(point)):
                return point
        return None

    def _fitting(self, before: Sides, first: Built) -> Iterator[dict[sympy.Symbol, SymExpr]]:
        """Positive points of a formula, by a letter it holds to the first power."""
        numerator = sympy.expand(sympy.fraction(sympy.together(first.expr))[0])
        for name in sorted(symbols(before.left) | symbols(before.right)):
            letter = symbol(name)
            slope = sympy.diff(numerator, letter)
            if slope.has(letter) or slope == 0:
                continue
            for values in _VALUES:
                others = [symbol(other) for other in self._letters if other != name]
                point = {
                    other: sympy.Integer(values[k % len(values)]) for k, other in enumerate(others)
                }
                rate = slope.xreplace(point)
                rest = numerator.xreplace({**point, letter: sympy.Integer(0)})
                if rate.free_symbols or rest.free_symbols or rate == 0:
                    continue
                value = -rest / rate
                if Enclosure().sign(value) == 1:
                    yield {**point, letter: value}


def _sides(line: Statement | None) -> Sides | None:
    match line:
        case Chain((left, right), (Comparison.EQ,)) if left is not None and right is not None:
            return Sides(left, right)
        case _:
            return None


def _subject(sides: Sides) -> str:
    """The letter that an equation gives; empty if it gives none."""
    for one, other in ((sides.left, sides.right), (sides.right, sides.left)):
        if isinstance(one, Sym) and one.name not in symbols(other):
            return one.name
    return ""


def _difference(sides: Sides) -> Built:
    left, right = build(sides.left), build(sides.right)
    if left.is_complex or right.is_complex:
        raise Unreadable("the imaginary unit stands in it")
    return Built(left.expr - right.expr, (*left.conditions, *right.conditions), is_complex=False)


def _related(reason: str, relation: Relation = Relation.EQUIVALENT) -> Decision:
    evidence = (Evidence(Method.POLYNOMIAL_IDENTITY, reason),)
    return Decision(Status.VERIFIED, Method.POLYNOMIAL_IDENTITY, relation, reason, evidence)
