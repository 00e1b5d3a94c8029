"""Steps that solve an inequality: any change of the solution set is wrong."""

from dataclasses import replace

from tutor_app.core.verdict import Evidence, Method, Relation, SlipGuess, Status
from tutor_app.verify.case_splits import ONE_CASE, CaseLine, Cases, Place
from tutor_app.verify.chain_kinds import Working, letters_of
from tutor_app.verify.checkers.equation import expand_signs
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.region import (
    RealSet,
    compare,
    is_subset,
    point_text,
    region_of,
    shared,
    united,
)
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
        self._parts = self._parts_of()

    def _parts_of(self) -> dict[int, CaseLine[RealSet]]:
        """Lines that state a part each: `x > 4`, `x < -4`, or `x > -3`, `x < 7`."""
        shift = 0 if self._problem is None else 1
        lines = [self._problem, *self._lines] if shift else self._lines
        sets = [self._region(line) for line in lines]
        found: dict[int, CaseLine[RealSet]] = {}
        for kind in (Cases(_holds, united), Cases(_lies_in, shared)):
            try:
                parts = kind.lines(sets)
                found |= {
                    index - shift: replace(part, source=part.source - shift)
                    for index, part in parts.items()
                    if part.is_whole and part.place in {Place.OPENS, Place.RETURNS}
                }
            except Unreadable:
                continue
        return found if any(part.place is Place.OPENS for part in found.values()) else {}

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
            elif index in self._parts:
                decisions.append(_part(self._parts[index]))
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


def _holds(outer: RealSet, inner: RealSet) -> bool:
    return is_subset(inner, outer)


def _lies_in(inner: RealSet, outer: RealSet) -> bool:
    return is_subset(inner, outer)


def _part(part: CaseLine[RealSet]) -> Decision:
    """A line that states a part of an earlier one, or the same as an earlier one."""
    text, relation = ONE_CASE, Relation.CLAIM
    if part.place is Place.RETURNS:
        text, relation = "the same solutions as an earlier line", Relation.EQUIVALENT
    evidence = (Evidence(Method.ENUMERATION, text),)
    return Decision(
        Status.VERIFIED, Method.ENUMERATION, relation, text, evidence, source=part.source
    )


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
