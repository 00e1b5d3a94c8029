"""Steps that solve an inequality: any change of the solution set is wrong."""

from dataclasses import replace

from tutor_app.core.verdict import Evidence, Method, Relation, SlipGuess, Status
from tutor_app.verify.chain_kinds import Working, letters_of
from tutor_app.verify.checkers.equation import expand_signs
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.region import RealSet, compare, point_text, region_of
from tutor_app.verify.slips.inequalities import guess_in_inequality
from tutor_app.verify.syntax import Chain, Joiner, Listing, Statement, contains_plus_minus
from tutor_app.verify.task import SolveInequality


class InequalitySteps:
    """Compares the solutions of each line with those of the line before."""

    def __init__(self, working: Working) -> None:
        self._lines = working.lines
        letters = frozenset().union(*(letters_of(line) for line in working.lines))
        self._unknown = next(iter(letters))
        task = working.task
        is_known = isinstance(task, SolveInequality) and task.unknown == self._unknown
        self._problem = task.chain if is_known and isinstance(task, SolveInequality) else None

    def decide(self) -> tuple[Decision | None, ...]:
        """One decision a line."""
        before: Statement | None = self._problem
        decisions: list[Decision] = []
        for index, line in enumerate(self._lines):
            if index == 0 and self._problem is None:
                text = "where the working starts"
                evidence = (Evidence(Method.SOLUTION_SET, text),)
                decisions.append(
                    Decision(Status.VERIFIED, Method.SOLUTION_SET, Relation.GIVEN, text, evidence)
                )
            else:
                decisions.append(self._line(before, line))
            before = line
        return tuple(decisions)

    def _line(self, before: Statement | None, line: Statement | None) -> Decision:
        readings = _readings(line)
        decisions = [self._compared(self._region(before), self._region(one)) for one in readings]
        if len({decision.status for decision in decisions}) > 1:
            return undecided("± in an inequality can be read in more than one way")
        decision = decisions[0]
        if decision.status is Status.REFUTED:
            return replace(decision, slip=self._guess(before, line))
        return decision

    def _guess(self, before: Statement | None, line: Statement | None) -> SlipGuess | None:
        if before is None or line is None:
            return None
        return guess_in_inequality(before, line, self._unknown)

    def _region(self, line: Statement | None) -> RealSet | None:
        if line is None:
            return None
        try:
            return region_of(line, self._unknown)
        except Unreadable:
            return None

    def _compared(self, before: RealSet | None, found: RealSet | None) -> Decision:
        if before is None or found is None:
            return undecided("I could not find all solutions of this line or the one before")
        try:
            difference = compare(before, found)
        except Unreadable as error:
            return undecided(str(error))
        if difference.point is None:
            text = "the same solutions, tested in every gap and at every end point"
            evidence = (Evidence(Method.ENUMERATION, text),)
            return Decision(
                Status.VERIFIED, Method.ENUMERATION, Relation.EQUIVALENT, text, evidence
            )
        place = point_text(difference, self._unknown)
        text = f"{place} solves the line before but not this one"
        if not difference.is_in_first:
            text = f"{place} solves this line but not the one before"
        evidence = (Evidence(Method.ENUMERATION, text),)
        relation = Relation.LOSES if difference.is_in_first else Relation.ADDS
        return Decision(Status.REFUTED, Method.ENUMERATION, relation, text, evidence)


def _readings(line: Statement | None) -> tuple[Statement | None, ...]:
    """A line, and what it may mean with ±: one of the two values, or both."""
    match line:
        case Chain((left, right), (comparison,)) if (
            left is not None and right is not None and contains_plus_minus(right)
        ):
            try:
                parts = tuple(Chain((left, value), (comparison,)) for value in expand_signs(right))
            except Unreadable:
                return (line,)
            return Listing(parts, Joiner.OR), Listing(parts, Joiner.AND)
        case _:
            return (line,)
