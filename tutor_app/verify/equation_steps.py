"""Steps that solve an equation in one unknown: solution sets are compared line by line."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Relation, SlipGuess, Status
from tutor_app.verify.build import build, symbol
from tutor_app.verify.case_splits import CaseLine, Place
from tutor_app.verify.chain_kinds import Working, letters_of
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.equation_lines import CASES, EquationLines, of_roots, same_set
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import root_text
from tutor_app.verify.recognition import is_recognised, is_sudden_gain
from tutor_app.verify.slips.guess import guess_in_equation, guess_of
from tutor_app.verify.slips.relations import EXTRANEOUS_KEPT
from tutor_app.verify.slips.slip import Sides
from tutor_app.verify.solutions import (
    Equation,
    SolutionSet,
    contains_set,
    position,
    solve,
    substitute,
)
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Listing,
    Num,
    Statement,
    Sym,
    Words,
    symbols,
    walk,
)
from tutor_app.verify.task import SolveEquation
from tutor_app.verify.witness import Witness
from tutor_app.verify.zero import Answer

_ROUNDING: Final = sympy.Rational(1, 20)
"""How far a decimal may be from a root to be meant as its rounded value."""
UNRECOGNISED: Final = "the same solutions, but I do not recognise the step"


class EquationSteps:
    """Compares the solutions of each line with those of the line before."""

    def __init__(self, working: Working) -> None:
        self._lines = working.lines
        unknown = sorted(frozenset().union(*(letters_of(line) for line in working.lines)))[0]
        self._unknown = unknown
        task = working.task
        fits = isinstance(task, SolveEquation) and task.equation.unknown == self._unknown
        self._problem = task.equation if fits and isinstance(task, SolveEquation) else None
        self._solver = EquationLines(unknown, self._lines[0], self._problem)
        self._sets = [self._solver.solutions(line) for line in self._lines]
        self._start = self._sets[0]
        if self._problem is not None:
            self._start = self._solver.restricted(solve(self._problem))
        self._witness = Witness(self._solver, unknown)
        self._cases = self._case_lines()

    def _case_lines(self) -> dict[int, CaseLine[SolutionSet]]:
        """The lines that open a case or return to one; -1 as their source is the problem."""
        shift = 0 if self._problem is None else 1
        sets = [None if self._is_check(k) else self._exact(k) for k in range(len(self._lines))]
        if shift:
            sets.insert(0, self._start)
        listed = frozenset(
            k + shift for k, line in enumerate(self._lines) if self._solver.is_explicit(line)
        )
        found = CASES.lines([one if one and one.roots else None for one in sets], listed)
        return {
            index - shift: replace(case, source=case.source - shift)
            for index, case in found.items()
            if case.place is not Place.STRAYS or self._is_single(index - shift)
        }

    def _is_single(self, index: int) -> bool:
        """Whether a line states one value, which no line above it states."""
        found = self._sets[index]
        earlier = [one for one in self._sets[:index] if one is not None and found is not None]
        return (
            found is not None
            and len(found.roots) == 1
            and not any(position(found.roots[0], one.roots) != -1 for one in earlier)
        )

    def _exact(self, index: int) -> SolutionSet | None:
        """The solutions of a line, its rounded values taken as what they stand for."""
        found, line = self._sets[index], self._lines[index]
        if found is None or not self._has_decimal(line) or not self._solver.is_explicit(line):
            return found
        earlier = [self._start, *(
            one for one, before in zip(self._sets[:index], self._lines, strict=False)
            if one is not None and one.roots and not self._solver.is_explicit(before)
        )]  # fmt: skip
        roots = earlier[-1].roots if earlier[-1] is not None else ()
        exact = [_near(value, roots) for value in found.roots]
        known = [one for one in exact if one is not None]
        return of_roots(known) if len(known) == len(exact) else found

    def decide(self) -> tuple[Decision | None, ...]:
        """One decision a line."""
        decisions = [self._first()]
        is_sound = True
        before = 0
        for index in range(1, len(self._lines)):
            if self._is_check(index):
                decisions.append(self._check(index))
                continue
            decision = self._line(index, before, is_sound=is_sound)
            if decision.relation is Relation.IMPLIES:
                # what it adds may have come of any wrong line above
                wrong = [k for k, one in enumerate(decisions) if one.status is Status.REFUTED]
                decision = replace(decision, source=wrong[-1] if wrong else decision.source)
            is_sound = is_sound and decision.status is Status.VERIFIED
            decisions.append(decision)
            if self._lines[index] is not None:
                before = index
        self._blame_false_roots(decisions)
        return tuple(decisions)

    # -- one line -------------------------------------------------------------------------

    def _first(self) -> Decision:
        broken = _broken_link(self._lines[0])
        if broken is not None:
            return broken
        found = self._sets[0]
        if self._problem is None:
            return _related(Relation.GIVEN, "where the working starts")
        if found is None or self._start is None:
            return undecided("I could not find all solutions of this line")
        if 0 in self._cases:
            return self._case(0, self._cases[0], is_sound=True)
        problem = (Sides(self._problem.left, self._problem.right),)
        return self._compared(self._start, found, self._start, problem, self._lines[0])

    def _is_check(self, index: int) -> bool:
        """Whether a line only puts found values in: arithmetic after explicit solutions."""
        line = self._lines[index]
        earlier = self._lines[:index]
        return (
            isinstance(line, Chain)
            and not letters_of(line)
            and line.operands[0] is not None
            and any(self._solver.is_explicit(one) for one in earlier)
        )

    def _check(self, index: int) -> Decision:
        line = self._lines[index]
        assert isinstance(line, Chain)
        is_true = _holds_in_numbers(line)
        if is_true:
            return replace(_related(Relation.CLAIM, "this check holds"), is_independent=True)
        # "sqrt(4) = -2" is written to see that it fails.
        return undecided("this does not hold, if it is meant as a statement", Method.AMBIGUOUS)

    def _line(self, index: int, before_index: int, *, is_sound: bool) -> Decision:
        line = self._lines[index]
        if line is None:
            return undecided("I could not read this line", Method.UNPARSED)
        broken = _broken_link(line)
        if broken is not None:
            return broken
        found, before = self._sets[index], self._sets[before_index]
        is_next = before_index == index - 1 or all(
            self._is_check(k) for k in range(before_index + 1, index)
        )
        case = self._cases.get(index)
        if case is not None:
            return self._case(index, case, is_sound=is_sound)
        if not is_next:
            return self._after_gap(found, before)
        if found is None or before is None:
            return self._unsolved(index, before_index, is_sound=is_sound)
        if _is_empty(found) and _is_empty(before):
            return self._both_empty(index, before_index)
        start = self._start if is_sound else None
        alternatives = self._solver.alternatives(self._lines[before_index])
        return self._compared(before, found, start, alternatives, line)

    def _case(self, index: int, case: CaseLine[SolutionSet], *, is_sound: bool) -> Decision:
        """A line that opens a case of an earlier one, or goes on with an earlier case."""
        before = self._start if case.source < 0 else self._sets[case.source]
        assert before is not None, "what is split has known solutions"
        earlier = self._solver.alternatives(self._source(case))
        if case.place is Place.STRAYS:
            return replace(self._stray(index, before, earlier), source=case.source)
        exact = self._exact(index)
        if exact != self._sets[index] and case.place is not Place.ENDS:
            return undecided("this is rounded, not exactly equal", Method.AMBIGUOUS)
        if case.place is Place.RETURNS:
            text = "the same solutions as an earlier line"
            return replace(_related(Relation.EQUIVALENT, text), source=case.source)
        if case.is_whole:
            return _one_case(case)
        if case.place is Place.OPENS:
            return undecided("one of the cases, which are not all there")
        start = self._start if is_sound else None
        decision = self._compared(before, case.stated, start, earlier, self._lines[index])
        is_one_of_several = exact is not None and not same_set(case.stated, exact)
        if decision.status is Status.REFUTED and is_one_of_several:
            decision = _left_out(before, case.stated, self._unknown, decision.slip)
        return replace(decision, source=case.source)

    def _source(self, case: CaseLine[SolutionSet]) -> Statement | None:
        if case.source >= 0:
            return self._lines[case.source]
        assert self._problem is not None, "only a problem is before the first line"
        return Chain((self._problem.left, self._problem.right), (Comparison.EQ,))

    def _stray(
        self, index: int, before: SolutionSet, earlier: tuple[Sides, ...] | None
    ) -> Decision:
        """One more value in a list of cases, which is no solution of what was split."""
        found = self._sets[index]
        assert found is not None, "a value is known"
        for root in found.roots:
            if position(root, before.roots) != -1:
                continue
            value = f"{self._unknown} = {root_text(root)}"
            text, data = self._put_in(root, earlier) or (f"{value} is none of the cases", {})
            return _wrong(Relation.UNRELATED, text, data, None)
        return undecided("the solutions could not be compared")

    def _after_gap(self, found: SolutionSet | None, before: SolutionSet | None) -> Decision:
        """A line after one that could not be read."""
        is_same = found is not None and before is not None and same_set(found, before)
        if is_same and found is not None and not _is_empty(found):
            return _related(Relation.EQUIVALENT, "the same solutions as the last line I read")
        return undecided("the line before could not be read")

    def _compared(
        self,
        before: SolutionSet,
        found: SolutionSet,
        start: SolutionSet | None,
        earlier: tuple[Sides, ...] | None,
        line: Statement | None,
    ) -> Decision:
        keeps, adds_none = contains_set(found, before), contains_set(before, found)
        if keeps is None or adds_none is None:
            return undecided("the solutions could not be compared")
        alternatives = self._solver.alternatives(line)
        if keeps and adds_none:
            return _related(
                Relation.EQUIVALENT, self._sameness(before, found, earlier, alternatives)
            )
        if self._is_rounding(before, found, line):
            return undecided("this is rounded, not exactly equal", Method.AMBIGUOUS)
        if keeps:
            return self._adding(before, found, earlier, alternatives)
        if adds_none and start is not None and contains_set(found, start):
            return _related(Relation.EQUIVALENT, "drops values that do not solve the first line")
        relation = Relation.LOSES if adds_none else Relation.UNRELATED
        reason, data = self._difference(before, found, earlier, alternatives)
        return _wrong(relation, reason, data, self._guess(earlier, alternatives, line, found))

    def _adding(
        self,
        before: SolutionSet,
        found: SolutionSet,
        earlier: tuple[Sides, ...] | None,
        alternatives: tuple[Sides, ...] | None,
    ) -> Decision:
        """A line with more solutions: squaring does that, a slip in `x^2 + 9 = 0` does, too."""
        is_sudden = (
            _is_empty(before)
            and earlier is not None
            and alternatives is not None
            and is_sudden_gain(earlier, alternatives, self._unknown)
        )
        if not is_sudden:
            return _related(
                Relation.IMPLIES, "this may add solutions; check them in the first line"
            )
        reason, data = self._difference(before, found, earlier, alternatives)
        return _wrong(Relation.ADDS, reason, data, self._guess(earlier, alternatives, None, found))

    def _sameness(
        self,
        before: SolutionSet,
        found: SolutionSet,
        earlier: tuple[Sides, ...] | None,
        alternatives: tuple[Sides, ...] | None,
    ) -> str:
        if before.has_double != found.has_double:
            return "the same solutions, though one counts double in one of the lines"
        is_known = earlier is None or alternatives is None
        if not is_known and earlier is not None and alternatives is not None:
            is_known = is_recognised(earlier, alternatives, self._unknown)
        return "the same solutions" if is_known else UNRECOGNISED

    def _is_rounding(self, before: SolutionSet, found: SolutionSet, line: Statement | None) -> bool:
        """Whether decimals stand for roots that they are close to, none of them missing."""
        alternatives = self._solver.alternatives(line)
        if alternatives is None or before.is_everything or not before.roots:
            return False
        if not self._has_decimal(line):
            return False
        near = [_near(value, before.roots) for value in found.roots]
        return None not in near and len(set(near)) == len(before.roots)

    def _has_decimal(self, line: Statement | None) -> bool:
        alternatives = self._solver.alternatives(line) or ()
        parts = [part for sides in alternatives for part in walk(sides.right)]
        return any(isinstance(part, Num) and part.is_decimal for part in parts)

    # -- what is wrong ----------------------------------------------------------------------

    def _difference(
        self,
        before: SolutionSet,
        found: SolutionSet,
        earlier: tuple[Sides, ...] | None,
        alternatives: tuple[Sides, ...] | None,
    ) -> tuple[str, dict[str, str]]:
        """A number that solves exactly one of two lines, put in to show it."""
        for root in before.roots:
            if found.is_everything or position(root, found.roots) != -1:
                continue
            shown = self._put_in(root, alternatives)
            if shown is not None:
                text, data = shown
                return f"{text}, although it solves the line before", data
            lost = f"{self._unknown} = {root_text(root)}"
            return f"{lost} solves the line before, but not this one", {}
        for root in found.roots:
            if before.is_everything or position(root, before.roots) != -1:
                continue
            shown = self._put_in(root, earlier)
            if shown is not None:
                text, data = shown
                return f"{text} in the line before", data
        return "solutions are lost", {}

    def _put_in(
        self, root: SymExpr, alternatives: tuple[Sides, ...] | None
    ) -> tuple[str, dict[str, str]] | None:
        """`x = 2: left 25, right 13`, where that is certain."""
        if alternatives is None or len(alternatives) != 1:
            return None
        sides = alternatives[0]
        if sides.left == Sym(self._unknown) and not symbols(sides.right):
            return None  # it is seen without putting anything in
        try:
            finding = substitute(Equation(sides.left, sides.right, self._unknown), root)
        except Unreadable:
            return None
        if finding.answer is not Answer.NO:
            return None
        shown = finding.text
        if "left" in finding.data:
            shown = f"left {finding.data['left']}, right {finding.data['right']}"
        value = root_text(root)
        return f"{self._unknown} = {value}: {shown}", {self._unknown: value, **finding.data}

    def _guess(
        self,
        earlier: tuple[Sides, ...] | None,
        alternatives: tuple[Sides, ...] | None,
        line: Statement | None,
        found: SolutionSet,
    ) -> SlipGuess | None:
        if earlier is None or alternatives is None:
            return None
        roots = found if self._solver.is_explicit(line) else None
        if len(earlier) == 1:
            return guess_in_equation(earlier[0], alternatives, self._unknown, roots)
        if len(earlier) != len(alternatives):
            return None
        for one, other in zip(earlier, alternatives, strict=True):
            sets = [solve(Equation(part.left, part.right, self._unknown)) for part in (one, other)]
            if sets[0] is None or sets[1] is None or same_set(sets[0], sets[1]):
                continue
            own = sets[1] if roots is not None else None
            return guess_in_equation(one, (other,), self._unknown, own)
        return None

    # -- lines without complete solutions -----------------------------------------------------

    def _unsolved(self, index: int, before_index: int, *, is_sound: bool) -> Decision:
        """Lines whose solutions are not all known: the same equation, or a certain loss."""
        line, before = self._lines[index], self._lines[before_index]
        finding = self._witness.same_equation(before, line)
        if finding is not None:
            return finding
        if before_index and self._sets[before_index] is None and self._sets[index] is not None:
            found = self._sets[index]
            if self._start is not None and found is not None and same_set(found, self._start):
                return _related(Relation.EQUIVALENT, "the same solutions as the first line")
        first = self._lines[0] if is_sound else before
        lost = self._witness.lost_point(first, before, line)
        if lost is None:
            return undecided("I could not find all solutions of this line or the one before")
        earlier, alternatives = (self._solver.alternatives(one) for one in (before, line))
        shown = self._put_in(lost, alternatives)
        value = f"{self._unknown} = {root_text(lost)}"
        text, data = shown if shown is not None else (f"{value} is lost", {self._unknown: value})
        if shown is not None:
            text = f"{text}, although it solves the line before"
        guess = None
        if earlier is not None and alternatives is not None and len(earlier) == 1:
            guess = guess_in_equation(earlier[0], alternatives, self._unknown)
        return _wrong(Relation.LOSES, text, data, guess)

    def _both_empty(self, index: int, before_index: int) -> Decision:
        """Neither line has a solution: only a false number line follows from another."""
        line, previous = self._lines[index], self._lines[before_index]
        if isinstance(line, Words):
            return _related(Relation.EQUIVALENT, "there is no solution")
        if isinstance(line, Chain) and isinstance(previous, Chain):
            polynomials = [_polynomial(part, self._unknown) for part in (previous, line)]
            if None not in polynomials and polynomials[0] == polynomials[1]:
                return _related(Relation.EQUIVALENT, "the same equation in another form")
        return self._witness.cleared(previous, line) or undecided(
            "neither line has a real solution"
        )

    # -- the end --------------------------------------------------------------------------

    def _blame_false_roots(self, decisions: list[Decision]) -> None:
        """If false candidates are kept to the end, the line that first asserts them is wrong."""
        asserting = [
            index
            for index in range(len(self._lines))
            if not (index and self._is_check(index)) and self._lines[index] is not None
        ]
        if any(decision.status is Status.REFUTED for decision in decisions) or not asserting:
            return
        last = asserting[-1]
        if last != len(self._lines) - 1 and not self._is_check(len(self._lines) - 1):
            return
        if not self._solver.is_explicit(self._lines[last]) or self._false_root(last) is None:
            return
        for index in asserting[1:] if asserting[0] == 0 else asserting:
            if not all(one.status is Status.VERIFIED for one in decisions[:index]):
                return
            false = (
                self._false_root(index) if self._solver.is_explicit(self._lines[index]) else None
            )
            if false is not None:
                text = f"{self._unknown} = {root_text(false)} does not solve the first line"
                first = self._solver.alternatives(self._lines[0])
                if self._problem is not None:
                    first = (Sides(self._problem.left, self._problem.right),)
                shown = self._put_in(false, first)
                data = {} if shown is None else shown[1]
                if shown is not None:
                    text = f"{shown[0]} in the first line"
                decisions[index] = _wrong(Relation.ADDS, text, data, guess_of(EXTRANEOUS_KEPT))
                return

    def _false_root(self, index: int) -> SymExpr | None:
        """A value that a line asserts and that certainly does not solve the first line."""
        found = self._sets[index]
        line = self._lines[index]
        if found is None:
            return self._witness.false_value(self._lines[0], line)
        if self._start is None:
            return self._witness.false_value(self._lines[0], line)
        is_decimal = self._has_decimal(line)
        stated = self._witness.values(line)
        for root in stated if stated is not None else found.roots:
            if is_decimal and _near(root, self._start.roots) is not None:
                continue  # it may be rounded
            inside = self._solver.is_inside(root)
            if self._start.is_everything:
                if inside is False:
                    return root
            elif position(root, self._start.roots) == -1:
                return root
        return None


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


def _near(value: SymExpr, roots: tuple[SymExpr, ...]) -> SymExpr | None:
    """The root for which a rounded value may stand."""
    near = [root for root in roots if abs(sympy.N(root - value, 30)) < _ROUNDING]
    return min(near, key=lambda root: abs(sympy.N(root - value, 30)), default=None)


def _left_out(
    before: SolutionSet, stated: SolutionSet, unknown: str, slip: SlipGuess | None
) -> Decision:
    """Several cases that together leave out a solution."""
    lost = [root for root in before.roots if position(root, stated.roots) == -1]
    names = " and ".join(f"{unknown} = {root_text(root)}" for root in lost)
    verb = "is" if len(lost) == 1 else "are"
    text = f"{names} {verb} in none of the cases, although the line that was split has "
    text += "this solution" if len(lost) == 1 else "these solutions"
    return _wrong(Relation.LOSES, text, {}, slip)


def _one_case(case: CaseLine[SolutionSet]) -> Decision:
    decision = _related(Relation.CLAIM, "one of the cases; together they have all solutions")
    return replace(decision, source=case.source)


def _is_empty(found: SolutionSet) -> bool:
    return not found.roots and not found.is_everything


def _holds_in_numbers(chain: Chain) -> bool:
    """Whether every link of a chain of numbers certainly holds; only = and ≠ are looked at."""
    for (left, right), sign in zip(pairwise(chain.operands), chain.comparisons, strict=True):
        if left is None or right is None:
            return False
        try:
            answer = compare_expressions(left, right).answer
        except Unreadable:
            return False
        wanted = {Comparison.EQ: Answer.YES, Comparison.NE: Answer.NO}.get(sign)
        if answer is not wanted:
            return False
    return True


def _broken_link(line: Statement | None) -> Decision | None:
    """A false equation between numbers inside a longer line, such as `x = 6/2 = 4`."""
    chains = line.items if isinstance(line, Listing) else (line,)
    for chain in chains:
        if not isinstance(chain, Chain) or len(chain.operands) < 3:
            continue
        for left, right in pairwise(chain.operands):
            if left is None or right is None or symbols(left) | symbols(right):
                continue
            try:
                finding = compare_expressions(left, right)
            except Unreadable:
                continue
            if finding.answer is Answer.NO and not _is_decimal(right):
                evidence = (Evidence(finding.method, finding.text, finding.data),)
                return Decision(
                    Status.REFUTED, finding.method, Relation.EQUAL, finding.text, evidence
                )
    return None


def _is_decimal(node: object) -> bool:
    return isinstance(node, Num) and node.is_decimal


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


def _related(relation: Relation, reason: str) -> Decision:
    evidence = (Evidence(Method.SOLUTION_SET, reason),)
    return Decision(Status.VERIFIED, Method.SOLUTION_SET, relation, reason, evidence)


def _wrong(
    relation: Relation, reason: str, data: dict[str, str], slip: SlipGuess | None
) -> Decision:
    evidence = (Evidence(Method.SOLUTION_SET, reason, data),)
    return Decision(Status.REFUTED, Method.SOLUTION_SET, relation, reason, evidence, slip=slip)
