"""Steps that solve a trigonometric equation: the angles that solve each line are compared."""

from collections.abc import Sequence
from dataclasses import replace

import sympy

from tutor_app.core.verdict import Evidence, Method, Relation, Status, Verdict
from tutor_app.verify.case_splits import ONE_CASE, Cases, Place
from tutor_app.verify.chain_kinds import Working
from tutor_app.verify.checkers.equation import expand_signs
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.reading import as_equation
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.solutions import Equation
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Expr,
    Joiner,
    Listing,
    Statement,
    Sym,
    symbols,
)
from tutor_app.verify.task import SolveEquation, Task, TopicTask
from tutor_app.verify.trigonometry import (
    AngleSet,
    angle_set,
    common_unit,
    excluded_angles,
    unit_angle,
)

_HIGHEST_MULTIPLE = 8


def angle_decisions(working: Working) -> tuple[Decision | None, ...] | None:
    """One decision a line; None if the first line is no trigonometric equation."""
    problem = _problem(working.task)
    try:
        equations = [_equations(line) for line in working.lines]
        if not equations or not equations[0]:
            return None
        units = [unit_angle(equation) for group in equations for equation in group]
        if unit_angle(equations[0][0]) is None:
            return None
        known = [unit for unit in units if unit is not None]
        unit = common_unit(known)
        if any(other / unit > _HIGHEST_MULTIPLE for other in known):
            return None
        return _Comparison(working, equations, problem, unit).decide()
    except Unreadable:
        return None


def _problem(task: Task | None) -> Equation | None:
    if isinstance(task, SolveEquation):
        return task.equation
    equation = getattr(task, "equation", None)
    return equation if isinstance(equation, Equation) else None


def _equations(line: Statement | None) -> tuple[Equation, ...]:
    """The equations of which a line says that one holds; none where it is another kind."""
    items: Sequence[Statement | None] = (line,)
    if isinstance(line, Listing):
        if line.joiner is Joiner.AND:
            return ()
        items = line.items
    if None in items:
        return ()
    found = [as_equation(signed) for item in items for signed in _with_signs(item)]
    return tuple(part for part in found if part is not None) if None not in found else ()


def _with_signs(item: Statement | None) -> tuple[Statement, ...]:
    """`sin x = ±1/2` as two equations."""
    match item:
        case None:
            return ()
        case Chain((left, right), (Comparison.EQ,)) if right is not None:
            return tuple(Chain((left, value), (Comparison.EQ,)) for value in expand_signs(right))
        case _:
            return (item,)


class _Comparison:
    """The lines of one working; each is compared with the one before."""

    def __init__(
        self,
        working: Working,
        equations: list[tuple[Equation, ...]],
        problem: Equation | None,
        unit: sympy.Rational,
    ) -> None:
        self._working = working
        self._unit = unit
        first = problem or equations[0][0]
        self._gaps = excluded_angles(first, unit)
        if (
            problem is None
            and len(equations[0]) > 1
            and any(
                gaps is None or gaps.polynomial.degree() > 0 or gaps.has_half
                for gaps in (excluded_angles(other, unit) for other in equations[0])
            )
        ):
            self._gaps = None  # what is excluded depends on which of the equations is meant
        self._sets = [self._joined(group) for group in equations]
        self._start = self._restricted(angle_set(first, unit)) if problem else self._sets[0]
        shift = 1 if problem else 0
        sets = [self._start, *self._sets] if problem else self._sets
        cases = Cases(AngleSet.holds, AngleSet.joined).lines(
            [one if one is not None and not one.is_empty else None for one in sets]
        )
        self._cases = {
            index - shift: replace(case, source=case.source - shift)
            for index, case in cases.items()
        }

    def _joined(self, group: tuple[Equation, ...]) -> AngleSet | None:
        found: AngleSet | None = None
        for equation in group:
            one = angle_set(equation, self._unit) if unit_angle(equation) is not None else None
            if one is None:
                return None
            found = one if found is None else found.joined(one)
        return self._restricted(found)

    def _restricted(self, found: AngleSet | None) -> AngleSet | None:
        """Only what lies in the domain of the first line."""
        if found is None or self._gaps is None:
            return None
        return found.without(self._gaps)

    def decide(self) -> tuple[Decision, ...]:
        """One decision a line."""
        decisions: list[Decision] = []
        before: AngleSet | None = None
        is_sound = True
        for index, line in enumerate(self._working.lines):
            found = self._sets[index]
            if index == 0 and self._start is self._sets[0]:
                decision = _related(Relation.GIVEN, "where the working starts")
            elif line is not None and _is_explicit(line):
                decision = self._values(line)
            elif line is None:
                decision = undecided("I could not read this line", Method.UNPARSED)
            else:
                reference = self._start if index == 0 else before
                decision = self._case(index) or self._compared(reference, found, is_sound=is_sound)
            is_sound = is_sound and decision.status is Status.VERIFIED
            before = found
            decisions.append(decision)
        return tuple(decisions)

    def _case(self, index: int) -> Decision | None:
        """A line that opens a case of an earlier one, or goes on with an earlier case."""
        case = self._cases.get(index)
        if case is None or case.place is Place.ENDS:
            return None
        if case.place is Place.RETURNS:
            decision = _related(Relation.EQUIVALENT, "the same angles as an earlier line")
        elif case.is_whole:
            decision = _related(Relation.CLAIM, ONE_CASE)
        else:
            decision = undecided("one of the cases, which are not all there")
        return replace(decision, source=case.source)

    def _values(self, line: Statement) -> Decision:
        """A line that names angles is an answer, where the problem says in which range."""
        task = self._working.task
        if not isinstance(task, TopicTask):
            return undecided("it is not said which of the angles are asked for")
        try:
            verdict: Verdict = task.check(render_statement(line))
        except Unreadable as error:
            return undecided(f"I could not read this: {error}", Method.UNPARSED)
        reason = verdict.evidence[-1].text if verdict.evidence else ""
        relation = Relation.EQUIVALENT if verdict.status is Status.VERIFIED else Relation.CLAIM
        return Decision(verdict.status, verdict.method, relation, reason, verdict.evidence)

    def _compared(
        self, before: AngleSet | None, found: AngleSet | None, *, is_sound: bool
    ) -> Decision:
        if before is None or found is None:
            return undecided("I could not find all solutions of this line")
        keeps, adds_none = found.holds(before), before.holds(found)
        if keeps is None or adds_none is None:
            return undecided("the solutions could not be compared")
        if keeps and adds_none:
            return _related(Relation.EQUIVALENT, "the same angles")
        if keeps:
            reason = "this may add solutions; check them in the first line"
            return _related(Relation.IMPLIES, reason)
        if is_sound and adds_none and self._start is not None and found.holds(self._start):
            reason = "drops angles that do not solve the first line"
            return _related(Relation.EQUIVALENT, reason)
        if isinstance(self._working.task, TopicTask):
            return undecided("solutions are lost, perhaps only outside the range")
        relation = Relation.LOSES if adds_none else Relation.UNRELATED
        text = "angles that solve the line before are lost"
        evidence = (Evidence(Method.SOLUTION_SET, text),)
        return Decision(Status.REFUTED, Method.SOLUTION_SET, relation, text, evidence)


def _is_explicit(line: Statement) -> bool:
    """Whether a line names angles, as `x = pi/6 or x = 5*pi/6` does."""
    items = line.items if isinstance(line, Listing) else (line,)
    for item in items:
        match item:
            case Chain((Sym(), value), (Comparison.EQ,)) if value is not None:
                if symbols(value):
                    return False
            case _ if isinstance(item, Expr):
                continue
            case _:
                return False
    return True


def _related(relation: Relation, reason: str) -> Decision:
    evidence = (Evidence(Method.SOLUTION_SET, reason),)
    return Decision(Status.VERIFIED, Method.SOLUTION_SET, relation, reason, evidence)
