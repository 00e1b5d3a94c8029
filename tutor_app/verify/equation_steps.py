"""Steps that solve an equation in one unknown: solution sets are compared line by line."""

from dataclasses import replace

import sympy

from tutor_app.core.verdict import Method, Relation, Status
from tutor_app.verify.build import build, symbol
from tutor_app.verify.chain_kinds import Working, letters_of
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.equation_cases import EquationCases
from tutor_app.verify.equation_comparison import compare_lines, put_in
from tutor_app.verify.equation_lines import EquationLines, same_set
from tutor_app.verify.equation_working import (
    PROBLEM,
    EquationWorking,
    LinePair,
    broken_link,
    holds_in_numbers,
    is_empty,
    related,
    wrong,
)
from tutor_app.verify.extraneous_roots import blamed_for_false_roots
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import root_text
from tutor_app.verify.slips.guess import guess_in_equation
from tutor_app.verify.syntax import Chain, Words
from tutor_app.verify.witness import Witness


class EquationSteps:
    """Compares the solutions of each line with those of the line before."""

    def __init__(self, working: Working) -> None:
        self._working = EquationWorking(working)
        self._unknown = self._working.unknown
        self._witness = Witness(self._working.solver, self._unknown)
        self._cases = EquationCases(self._working)

    def decide(self) -> tuple[Decision | None, ...]:
        """One decision a line."""
        decisions = [self._first()]
        is_sound = True
        before = 0
        for index in range(1, len(self._working.lines)):
            if self._working.is_check(index):
                decisions.append(self._check(index))
                continue
            decision = self._line(index, before, is_sound=is_sound)
            if decision.relation is Relation.IMPLIES:
                # what it adds may have come of any wrong line above
                found = [k for k, one in enumerate(decisions) if one.status is Status.REFUTED]
                decision = replace(decision, source=found[-1] if found else decision.source)
            is_sound = is_sound and decision.status is Status.VERIFIED
            decisions.append(decision)
            if self._working.lines[index] is not None:
                before = index
        return blamed_for_false_roots(self._working, self._witness, tuple(decisions))

    # -- one line -------------------------------------------------------------------------

    def _first(self) -> Decision:
        broken = broken_link(self._working.lines[0])
        if broken is not None:
            return broken
        if not self._working.has_problem:
            return related(Relation.GIVEN, "where the working starts")
        if self._working.solutions(0) is None or self._working.start is None:
            return undecided("I could not find all solutions of this line")
        decision = self._cases.decision(0, self._working.start)
        return decision or self._compared(PROBLEM, 0, is_sound=True)

    def _check(self, index: int) -> Decision:
        line = self._working.lines[index]
        assert isinstance(line, Chain)
        if holds_in_numbers(line):
            return replace(related(Relation.CLAIM, "this check holds"), is_independent=True)
        # "sqrt(4) = -2" is written to see that it fails.
        return undecided("this does not hold, if it is meant as a statement", Method.AMBIGUOUS)

    def _line(self, index: int, before: int, *, is_sound: bool) -> Decision:
        line = self._working.lines[index]
        if line is None:
            return undecided("I could not read this line", Method.UNPARSED)
        broken = broken_link(line)
        if broken is not None:
            return broken
        case = self._cases.decision(index, self._working.start if is_sound else None)
        if case is not None:
            return case
        if not all(self._working.is_check(k) for k in range(before + 1, index)):
            return self._after_gap(index, before)
        sets = [self._working.solutions(k) for k in (before, index)]
        if sets[0] is None or sets[1] is None:
            return self._unsolved(index, before, is_sound=is_sound)
        if is_empty(sets[0]) and is_empty(sets[1]):
            return self._both_empty(index, before)
        return self._compared(before, index, is_sound=is_sound)

    def _after_gap(self, index: int, before: int) -> Decision:
        """A line after one that could not be read."""
        found, earlier = self._working.solutions(index), self._working.solutions(before)
        is_known = found is not None and earlier is not None and not is_empty(found)
        if is_known and found is not None and earlier is not None and same_set(found, earlier):
            return related(Relation.EQUIVALENT, "the same solutions as the last line I read")
        return undecided("the line before could not be read")

    def _compared(self, before: int, index: int, *, is_sound: bool) -> Decision:
        working = self._working
        sets = working.solutions(before), working.solutions(index)
        assert sets[0] is not None, "both lines have known solutions"
        assert sets[1] is not None, "both lines have known solutions"
        pair = LinePair(
            sets[0], sets[1], working.alternatives(before), working.alternatives(index),
            working.is_listed(index),
        )  # fmt: skip
        start = working.start if is_sound else None
        is_rounding = working.is_rounding(sets[0], index)
        return compare_lines(pair, self._unknown, start, is_rounding=is_rounding)

    # -- lines without complete solutions -----------------------------------------------------

    def _unsolved(self, index: int, before: int, *, is_sound: bool) -> Decision:
        """Lines whose solutions are not all known: the same equation, or a certain loss."""
        working = self._working
        line, earlier_line = working.lines[index], working.lines[before]
        same = self._witness.same_equation(earlier_line, line)
        if same is not None:
            return same
        found, start = working.solutions(index), working.start
        is_after_gap = before > 0 and working.solutions(before) is None
        if is_after_gap and found is not None and start is not None and same_set(found, start):
            return related(Relation.EQUIVALENT, "the same solutions as the first line")
        first = working.lines[0] if is_sound else earlier_line
        lost = self._witness.lost_point(first, earlier_line, line)
        if lost is None:
            return undecided("I could not find all solutions of this line or the one before")
        if any(self._witness.solves(one, lost) for one in working.lines[index + 1 :]):
            return undecided("this may be one of several cases")
        earlier, later = working.alternatives(before), working.alternatives(index)
        text = f"{self._unknown} = {root_text(lost)} is lost"
        data = {self._unknown: root_text(lost)}
        shown = put_in(lost, later, self._unknown)
        if shown is not None:
            text, data = f"{shown[0]}, although it solves the line before", shown[1]
        slip = None
        if earlier is not None and later is not None and len(earlier) == 1:
            slip = guess_in_equation(earlier[0], later, self._unknown)
        return wrong(Relation.LOSES, text, data, slip)

    def _both_empty(self, index: int, before: int) -> Decision:
        """Neither line has a solution: only a false number line follows from another."""
        line, previous = self._working.lines[index], self._working.lines[before]
        if isinstance(line, Words):
            return related(Relation.EQUIVALENT, "there is no solution")
        if isinstance(line, Chain) and isinstance(previous, Chain):
            polynomials = [_polynomial(part, self._unknown) for part in (previous, line)]
            if None not in polynomials and polynomials[0] == polynomials[1]:
                return related(Relation.EQUIVALENT, "the same equation in another form")
        return self._witness.cleared(previous, line) or undecided(
            "neither line has a real solution"
        )


def with_guesses(
    working: Working, decisions: tuple[Decision | None, ...]
) -> tuple[Decision | None, ...]:
    """Decisions of another checker, with a guess at the slip in each wrong line."""
    unknown = sorted(letters_of(working.first))[0]
    lines = EquationLines(unknown, working.first, None)
    told = list(decisions)
    for index, decision in enumerate(told):
        if index == 0 or decision is None or decision.status is not Status.REFUTED:
            continue
        before, line = (lines.alternatives(working.lines[k]) for k in (index - 1, index))
        if before is not None and line is not None and len(before) == 1:
            slip = guess_in_equation(before[0], line, unknown)
            told[index] = replace(decision, slip=slip)
    return tuple(told)


def _polynomial(chain: Chain, unknown: str) -> sympy.Poly | None:
    left, right = chain.operands[0], chain.operands[-1]
    if left is None or right is None:
        return None
    letter = symbol(unknown)
    try:
        polynomial = sympy.Poly(build(left).expr - build(right).expr, letter, domain="QQ")
    except (Unreadable, sympy.CoercionFailed, sympy.PolynomialError):
        return None
    # 2x - 2 = 2x + 5 has no letter left: there the sides must differ by the same number.
    return polynomial.monic() if polynomial.degree() > 0 else polynomial
