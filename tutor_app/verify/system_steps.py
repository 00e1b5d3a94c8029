"""Steps that solve a linear system: reduced matrices are compared line by line."""

from collections.abc import Callable

import sympy

from tutor_app.core.verdict import Evidence, Method, Relation, Status
from tutor_app.verify.chain_kinds import Working, letters_of
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.linear import LinearSystem, chains_of, linear_system
from tutor_app.verify.numerals import number_text
from tutor_app.verify.syntax import Statement
from tutor_app.verify.task import SolveSystem


class SystemSteps:
    """Compares the solutions of each line with those of the line before."""

    def __init__(self, working: Working) -> None:
        self._lines = working.lines
        letters = frozenset().union(*(letters_of(line) for line in working.lines))
        self._letters = tuple(sorted(letters))
        task = working.task
        self._problem = task.equations if isinstance(task, SolveSystem) else None

    def decide(self) -> tuple[Decision | None, ...]:
        """One decision a line."""
        known: LinearSystem | None = None
        if self._problem is not None:
            known = _built(lambda: linear_system(self._problem or (), self._letters))
        has_gap = False
        decisions: list[Decision] = []
        for index, line in enumerate(self._lines):
            found = self._system(line)
            if index == 0 and self._problem is None:
                decisions.append(_related(Relation.GIVEN, "where the working starts"))
                known, has_gap = found, found is None
                continue
            decision = _compared(known, found)
            if has_gap and decision.status is Status.REFUTED:
                decision = undecided("a line before could not be checked")
            decisions.append(decision)
            has_gap |= found is None
            # What a right line leaves out still holds; a wrong one is where the rest starts.
            if decision.status is Status.REFUTED:
                known = found
        return tuple(decisions)

    def _system(self, line: Statement | None) -> LinearSystem | None:
        return _built(lambda: linear_system(chains_of(line), self._letters))


def _built(make: Callable[[], LinearSystem]) -> LinearSystem | None:
    try:
        return make()
    except Unreadable:
        return None


def _compared(before: LinearSystem | None, found: LinearSystem | None) -> Decision:
    if before is None or found is None:
        return undecided("I can only compare linear equations here")
    if before.rows == found.rows or (before.is_contradictory and found.is_contradictory):
        return _related(Relation.EQUIVALENT, "the same solutions")
    point = before.point
    if point is not None:
        residues = [residue.xreplace(point) for residue in found.residues]
        place = ", ".join(f"{name} = {number_text(value)}" for name, value in point.items())
        if any(residues):
            return _wrong(Relation.UNRELATED, f"{place} solves the lines before but not this one")
        return _related(Relation.IMPLIES, "follows from the lines above")
    if not before.is_contradictory and _is_implied(before, found):
        return _related(Relation.IMPLIES, "follows from the lines above")
    if len(before.rows) == len(found.rows) > 1:
        return _wrong(Relation.UNRELATED, "this line has other solutions than the lines before")
    return undecided("a step with one of several equations that I could not compare")


def _is_implied(before: LinearSystem, found: LinearSystem) -> bool:
    """Whether the equations of one system are combinations of those of another."""
    rows = sympy.Matrix([list(row) for row in before.rows])
    both = sympy.Matrix([list(row) for row in (*before.rows, *found.rows)])
    return bool(rows.rank() == both.rank())


def _related(relation: Relation, text: str) -> Decision:
    evidence = (Evidence(Method.SOLUTION_SET, text),)
    return Decision(Status.VERIFIED, Method.SOLUTION_SET, relation, text, evidence)


def _wrong(relation: Relation, text: str) -> Decision:
    evidence = (Evidence(Method.SOLUTION_SET, text),)
    return Decision(Status.REFUTED, Method.SOLUTION_SET, relation, text, evidence)
