"""Cases in the working of an equation: `x - 2 = 0`, `x = 2`, `x - 3 = 0`, `x = 3`."""

from dataclasses import replace
from typing import Final

from tutor_app.core.verdict import Method, Relation, SlipGuess, Status
from tutor_app.verify.case_splits import ONE_CASE, CaseLine, Cases, Place
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.equation_comparison import compare_lines, put_in
from tutor_app.verify.equation_lines import of_roots, same_set
from tutor_app.verify.equation_working import EquationWorking, LinePair, related, wrong
from tutor_app.verify.numerals import root_text
from tutor_app.verify.solutions import SolutionSet, contains_set, position

INCOMPLETE: Final = "one of the cases, which are not all there"


class EquationCases:
    """The lines of a working that open a case of an earlier line, or return to one."""

    def __init__(self, working: EquationWorking) -> None:
        self._working = working
        shift = 1 if working.has_problem else 0
        count = len(working.lines)
        sets = [None if working.is_check(k) else working.exact(k) for k in range(count)]
        if shift:
            sets.insert(0, working.start)
        listed = frozenset(k + shift for k in range(count) if working.is_listed(k))
        found = Cases(contains_set, _joined).lines(
            [one if one is not None and one.roots else None for one in sets], listed
        )
        self._lines = {
            index - shift: replace(case, source=case.source - shift)
            for index, case in found.items()
            if case.place is not Place.STRAYS or self._is_new_value(index - shift)
        }

    def _is_new_value(self, index: int) -> bool:
        """Whether a line states one value, which no line above it states."""
        found = self._working.solutions(index)
        if found is None or len(found.roots) != 1:
            return False
        earlier = [self._working.solutions(k) for k in range(index)]
        return all(
            one is None or position(found.roots[0], one.roots) == -1 for one in earlier
        )  # fmt: skip

    def decision(self, index: int, start: SolutionSet | None) -> Decision | None:
        """The decision on a line; None if it simply goes on from the line above.

        Args:
            index: of the line.
            start: the solutions of the first line, where every line so far follows from it.
        """
        case = self._lines.get(index)
        if case is None:
            return None
        return replace(self._decided(index, case, start), source=case.source)

    def _decided(
        self, index: int, case: CaseLine[SolutionSet], start: SolutionSet | None
    ) -> Decision:
        working = self._working
        if case.place is Place.STRAYS:
            return self._stray(index, case)
        exact = working.exact(index)
        if exact != working.solutions(index) and case.place is not Place.ENDS:
            return undecided("this is rounded, not exactly equal", Method.AMBIGUOUS)
        if case.place is Place.RETURNS:
            return related(Relation.EQUIVALENT, "the same solutions as an earlier line")
        if case.is_whole:
            return related(Relation.CLAIM, ONE_CASE)
        if case.place is Place.OPENS:
            return undecided(INCOMPLETE)
        before = working.solutions(case.source)
        assert before is not None, "what is split has known solutions"
        pair = LinePair(
            before, case.stated, working.alternatives(case.source), working.alternatives(index),
            working.is_listed(index),
        )  # fmt: skip
        decision = compare_lines(pair, working.unknown, start)
        is_one_of_several = exact is not None and not same_set(case.stated, exact)
        if decision.status is Status.REFUTED and is_one_of_several:
            return _left_out(before, case.stated, working.unknown, decision.slip)
        return decision

    def _stray(self, index: int, case: CaseLine[SolutionSet]) -> Decision:
        """One more value in a list of cases, which is no solution of what was split."""
        found, unknown = self._working.solutions(index), self._working.unknown
        assert found is not None, "a value is known"
        root = found.roots[0]
        split = self._working.alternatives(case.source)
        text = f"{unknown} = {root_text(root)} is no solution of the line that was split"
        text, data = put_in(root, split, unknown) or (text, {})
        return wrong(Relation.UNRELATED, text, data)


def _joined(first: SolutionSet, second: SolutionSet) -> SolutionSet:
    return of_roots([*first.roots, *second.roots])


def _left_out(
    before: SolutionSet, stated: SolutionSet, unknown: str, slip: SlipGuess | None
) -> Decision:
    """Several cases that together leave out a solution."""
    lost = [root for root in before.roots if position(root, stated.roots) == -1]
    names = " and ".join(f"{unknown} = {root_text(root)}" for root in lost)
    verb = "is" if len(lost) == 1 else "are"
    text = f"{names} {verb} in none of the cases, although the line that was split has "
    text += "this solution" if len(lost) == 1 else "these solutions"
    return wrong(Relation.LOSES, text, {}, slip)
