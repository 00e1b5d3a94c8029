"""Steps that solve a system: each line must hold where all lines before it hold.

A line of working states one equation or several; what it leaves out still holds. So a line is
compared with the exact solutions of the first one, and after a slip with those of the lines
since.
"""

from collections.abc import Iterator
from itertools import combinations, pairwise

import sympy

from tutor_app.core.verdict import Evidence, Method, Relation, SlipGuess, Status
from tutor_app.verify.build import build, symbol
from tutor_app.verify.chain_kinds import Working, letters_of
from tutor_app.verify.checkers.equation import expand_signs
from tutor_app.verify.common_points import Point, Points, points_of
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import root_text
from tutor_app.verify.slips.guess import guess_in_equation, guess_of
from tutor_app.verify.slips.relations import COORDINATES_SWAPPED, SIDES_COMBINED_DIFFERENTLY
from tutor_app.verify.slips.shape import added, subtracted
from tutor_app.verify.slips.slip import Sides
from tutor_app.verify.slips.target import EquationTarget
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Expr,
    Joiner,
    Listing,
    Phrase,
    Statement,
    Sym,
    Tuple,
    Words,
    contains_plus_minus,
    symbols,
)
from tutor_app.verify.task import SolveSystem

Cases = tuple[tuple[Sides, ...], ...]
"""Equations joined by `and`, those joined by `or`."""


class SystemSteps:
    """Compares each line with the points at which the lines before hold."""

    def __init__(self, working: Working) -> None:
        self._lines = working.lines
        letters = frozenset().union(*(letters_of(line) for line in working.lines))
        self._names = tuple(sorted(letters))
        self._letters = tuple(symbol(name) for name in self._names)
        task = working.task
        problem = task.equations if isinstance(task, SolveSystem) else None
        first: Statement | None = self._lines[0]
        if problem is not None:
            first = Listing(problem, Joiner.AND)
        self._has_problem = problem is not None
        self._start = equations_of(first) or ()
        self._points = self._solved(self._start)
        self._has_cases = False

    def decide(self) -> tuple[Decision | None, ...]:
        """One decision a line."""
        decisions: list[Decision] = []
        alive, points = self._points, self._points
        since: tuple[Sides, ...] | None = None  # the wrong line and what follows from it
        has_gap = False
        for index, line in enumerate(self._lines):
            if index == 0 and not self._has_problem:
                decisions.append(_related(Relation.GIVEN, "where the working starts"))
                continue
            cases = self._cases(line)
            if since is None:
                decision, alive = self._line(line, cases, alive, points)
                if has_gap and decision.status is Status.REFUTED:
                    decision = undecided("a line before could not be checked")
                has_gap |= cases is None
                self._has_cases |= cases is not None and _states_values(cases)
                if decision.status is Status.REFUTED:
                    since = cases[0] if cases is not None and len(cases) == 1 else ()
                    slip = self._guess(index, cases)
                    decision = Decision(
                        decision.status, decision.method, decision.relation, decision.reason,
                        decision.evidence, slip=slip,
                    )  # fmt: skip
            else:
                decision = self._after_slip(line, cases, since)
                if decision.status is Status.VERIFIED and cases is not None and len(cases) == 1:
                    since = (*since, *cases[0])
            decisions.append(decision)
        return tuple(decisions)

    def _solved(self, equations: tuple[Sides, ...]) -> Points | None:
        if not equations:
            return None
        try:
            return points_of(equations, self._letters)
        except (Unreadable, sympy.PolynomialError, NotImplementedError):
            return None

    # -- reading ----------------------------------------------------------------------------

    def _cases(self, line: Statement | None) -> Cases | None:
        """A line as cases; None where it is no list of equations."""
        match line:
            case Listing(items, Joiner.OR):
                parts = [self._cases(item) for item in items]
                if any(part is None for part in parts):
                    return None
                return tuple(case for part in parts if part is not None for case in part)
            case Tuple(values) if len(values) == len(self._names):
                pairs = zip(self._names, values, strict=True)
                return (tuple(Sides(Sym(name), value) for name, value in pairs),)
            case Chain((left, right), (Comparison.EQ,)) if (
                left is not None and right is not None and contains_plus_minus(right)
            ):
                try:
                    return tuple((Sides(left, value),) for value in expand_signs(right))
                except Unreadable:
                    return None
            case _:
                equations = equations_of(line)
                return None if equations is None else (equations,)

    # -- one line -----------------------------------------------------------------------------

    def _line(
        self, line: Statement | None, cases: Cases | None, alive: Points | None,
        points: Points | None,
    ) -> tuple[Decision, Points | None]:  # fmt: skip
        if line is None:
            return undecided("I could not read this line", Method.UNPARSED), alive
        if line == Words(Phrase.NO_SOLUTION) or line == Words(Phrase.FALSE):
            return self._no_solution(points), alive
        if cases is None or alive is None or points is None:
            return undecided("I could not compare this line with the ones before"), alive
        if not points.found:
            return undecided("the lines before have no common solution"), alive
        held = [self._holds(cases, point) for point in alive.found]
        if None in held:
            return undecided("I could not put the solutions into this line"), alive
        if all(held):
            if not alive.is_complete and not self._is_implied(cases):
                return undecided("the system has endlessly many solutions"), alive
            return self._follows(cases, alive), alive
        if any(held):
            return self._some(cases, alive, held)
        if any(self._holds(cases, point) is not False for point in points.found):
            return undecided("this may be another one of the cases"), points
        return self._failing(alive.found[0]), alive

    def _some(
        self, cases: Cases, alive: Points, held: list[bool | None]
    ) -> tuple[Decision, Points | None]:
        """A line that holds at some solutions only: one of the cases, or a loss."""
        kept = Points(
            tuple(p for p, is_held in zip(alive.found, held, strict=True) if is_held),
            alive.is_complete,
        )
        if self._has_cases or _states_values(cases):
            return undecided("this is one of several cases"), kept if alive.is_complete else alive
        lost = next(p for p, is_held in zip(alive.found, held, strict=True) if not is_held)
        return self._failing(lost), alive

    def _follows(self, cases: Cases, alive: Points) -> Decision:
        own = self._solved(cases[0]) if len(cases) == 1 else None
        if own is not None and own.is_complete and len(own.found) == len(alive.found):
            return _related(Relation.EQUIVALENT, "the same solutions")
        return _related(Relation.IMPLIES, "follows from the lines above")

    def _no_solution(self, points: Points | None) -> Decision:
        if points is None:
            return undecided("I could not find all solutions of the first line")
        if not points.found:
            if points.is_complete:
                return _related(Relation.EQUIVALENT, "there is no solution")
            return undecided("I could not find all solutions of the first line")
        return self._failing(points.found[0])

    def _holds(self, cases: Cases, point: Point) -> bool | None:
        """Whether a line holds at a point; None if not decided."""
        answers = [self._all_hold(case, point) for case in cases]
        if True in answers:
            return True
        return None if None in answers else False

    def _all_hold(self, equations: tuple[Sides, ...], point: Point) -> bool | None:
        answers = [holds_at(sides, point) for sides in equations]
        if False in answers:
            return False
        return None if None in answers else True

    def _is_implied(self, cases: Cases) -> bool:
        """Whether adding a line to a linear system changes nothing."""
        if len(cases) != 1:
            return False
        before, both = self._rank(self._start), self._rank((*self._start, *cases[0]))
        return before is not None and before == both

    def _rank(self, equations: tuple[Sides, ...]) -> int | None:
        rows = []
        for sides in equations:
            try:
                difference = build(sides.left).expr - build(sides.right).expr
                polynomial = sympy.Poly(difference, *self._letters, domain="QQ")
            except (Unreadable, sympy.CoercionFailed, sympy.PolynomialError):
                return None
            if polynomial.total_degree() > 1:
                return None
            rows.append([*(polynomial.coeff_monomial(x) for x in self._letters),
                         polynomial.coeff_monomial(1)])  # fmt: skip
        return int(sympy.Matrix(rows).rank())

    def _failing(self, point: Point) -> Decision:
        place = _place(point)
        text = f"{place} solves the lines before but not this one"
        data = {str(name): root_text(value) for name, value in point.items()}
        evidence = (Evidence(Method.SOLUTION_SET, text, data),)
        return Decision(Status.REFUTED, Method.SOLUTION_SET, Relation.UNRELATED, text, evidence)

    # -- after a slip ---------------------------------------------------------------------------

    def _after_slip(
        self, line: Statement | None, cases: Cases | None, since: tuple[Sides, ...]
    ) -> Decision:
        """Whether a line follows from the wrong one, alone or with one equation of the first."""
        if cases is None or line is None or not since:
            return undecided("the line before is wrong, and I could not compare this one with it")
        for extra in ((), *((sides,) for sides in self._start)):
            base = self._solved((*since, *extra))
            if base is None or not base.found:
                continue
            held = [self._holds(cases, point) for point in base.found]
            if all(held) and (base.is_complete or self._is_among(cases, since)):
                return _related(Relation.IMPLIES, "the same solutions")
        whole = self._solved(since)
        is_single = whole is not None and whole.is_complete and len(whole.found) == 1
        if whole is not None and is_single and self._holds(cases, whole.found[0]) is False:
            return self._failing(whole.found[0])
        return undecided("a line before is wrong, and this one does not follow from it alone")

    def _is_among(self, cases: Cases, since: tuple[Sides, ...]) -> bool:
        if len(cases) != 1:
            return False
        before, both = self._rank(since), self._rank((*since, *cases[0]))
        return before is not None and before == both

    # -- slips ----------------------------------------------------------------------------------

    def _guess(self, index: int, cases: Cases | None) -> SlipGuess | None:
        if cases is None or len(cases) != 1:
            return None
        earlier = [*self._start]
        for line in self._lines[1:index]:
            earlier.extend(equations_of(line) or ())
        point = self._points.found[0] if self._points and self._points.found else {}
        wrong = [sides for sides in cases[0] if holds_at(sides, point) is False]
        if len(wrong) == len(self._names) == 2 and self._are_swapped(wrong, point):
            return guess_of(COORDINATES_SWAPPED)
        for sides in wrong[:1]:
            for before in reversed(earlier):
                found = guess_in_equation(before, (sides,), self._names[0])
                if found is not None:
                    return found
            if _is_combined(earlier, sides):
                return guess_of(SIDES_COMBINED_DIFFERENTLY)
        return None

    def _are_swapped(self, wrong: list[Sides], point: Point) -> bool:
        values = {sides.left: build(sides.right).expr for sides in wrong if _is_value(sides)}
        if len(values) != 2 or len(point) != 2:
            return False
        first, second = (Sym(name) for name in self._names)
        return bool(
            values.get(first) == point[self._letters[1]]
            and values.get(second) == point[self._letters[0]]
        )


def _is_combined(earlier: list[Sides], wrong: Sides) -> bool:
    target = EquationTarget((wrong,), None, "")
    for first, second in combinations(earlier, 2):
        for left, right in ((added, subtracted), (subtracted, added)):
            proposal = Sides(left(first.left, second.left), right(first.right, second.right))
            if target.is_same((proposal,)):
                return True
    return False


def equations_of(statement: Statement | None) -> tuple[Sides, ...] | None:
    """The equations of a line joined by `and` or commas; None if it is something else."""
    items: tuple[Statement | None, ...] = (statement,)
    if isinstance(statement, Listing) and statement.joiner is not Joiner.OR:
        items = statement.items
    found: list[Sides] = []
    for item in items:
        if not isinstance(item, Chain) or set(item.comparisons) != {Comparison.EQ}:
            return None
        found.extend(_links(item.operands))
        if None in item.operands or any(
            contains_plus_minus(part) for part in item.operands if part is not None
        ):
            return None
    return tuple(found)


def _links(operands: tuple[Expr | None, ...]) -> Iterator[Sides]:
    for left, right in pairwise(operands):
        if left is not None and right is not None:
            yield Sides(left, right)


def _is_value(sides: Sides) -> bool:
    return isinstance(sides.left, Sym) and not symbols(sides.right)


def holds_at(sides: Sides, point: Point) -> bool | None:
    """Whether an equation holds at a point; None if not decided or other letters are left."""
    try:
        difference = build(sides.left).expr - build(sides.right).expr
    except Unreadable:
        return None
    value = sympy.expand(difference.xreplace(point))
    if value.free_symbols:
        return None
    if value == 0 or sympy.radsimp(value) == 0:
        return True
    return False if Enclosure().excludes_zero(value) else None


def _states_values(cases: Cases) -> bool:
    """Whether a line is nothing but values of letters, which may be one case of several."""
    return all(_is_value(sides) for case in cases for sides in case)


def _place(point: Point) -> str:
    return ", ".join(f"{name} = {root_text(value)}" for name, value in point.items())


def _related(relation: Relation, text: str) -> Decision:
    evidence = (Evidence(Method.SOLUTION_SET, text),)
    return Decision(Status.VERIFIED, Method.SOLUTION_SET, relation, text, evidence)
