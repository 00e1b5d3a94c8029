"""The working of an equation: its lines with the solutions that each of them states."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Relation, SlipGuess, Status
from tutor_app.verify.chain_kinds import Working, letters_of
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.decision import Decision
from tutor_app.verify.equation_lines import EquationLines, of_roots
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.slips.slip import Sides
from tutor_app.verify.solutions import SolutionSet, solve
from tutor_app.verify.syntax import Chain, Comparison, Listing, Num, Statement, symbols, walk
from tutor_app.verify.task import SolveEquation
from tutor_app.verify.zero import Answer

Alternatives = tuple[Sides, ...]
"""Equations joined by `or`."""

PROBLEM: Final = -1
"""The index that stands for the problem, which is before the first line."""
_ROUNDING: Final = sympy.Rational(1, 20)
"""How far a decimal may be from a root to be meant as its rounded value."""


@dataclass(frozen=True, slots=True)
class LinePair:
    """Two lines that are compared.

    Attributes:
        before: the solutions of the first.
        found: the solutions of the second.
        earlier: the equations of the first; None if it is something else.
        later: the equations of the second; None if it is something else.
        is_listed: the second is nothing but values.
    """

    before: SolutionSet
    found: SolutionSet
    earlier: Alternatives | None
    later: Alternatives | None
    is_listed: bool = False


class EquationWorking:
    """The lines of a working in one unknown; an index of -1 stands for the problem.

    Attributes:
        lines: one statement a line; None where a line could not be read.
        unknown: the letter solved for.
        has_problem: the equation to be solved is known apart from the lines.
        solver: reads the lines.
    """

    def __init__(self, working: Working) -> None:
        self.lines = working.lines
        self.unknown = sorted(frozenset().union(*(letters_of(line) for line in self.lines)))[0]
        task = working.task
        fits = isinstance(task, SolveEquation) and task.equation.unknown == self.unknown
        self._problem = task.equation if fits and isinstance(task, SolveEquation) else None
        self.has_problem = self._problem is not None
        self.solver = EquationLines(self.unknown, self.lines[0], self._problem)
        self._sets = [self.solver.solutions(line) for line in self.lines]
        self.start = self._sets[0]
        if self._problem is not None:
            self.start = self.solver.restricted(solve(self._problem))

    def solutions(self, index: int) -> SolutionSet | None:
        """All solutions of a line; None where completeness cannot be proved."""
        return self.start if index == PROBLEM else self._sets[index]

    def alternatives(self, index: int) -> Alternatives | None:
        """A line as equations joined by `or`; None if it is something else."""
        if index == PROBLEM and self._problem is not None:
            return (Sides(self._problem.left, self._problem.right),)
        return self.solver.alternatives(self.lines[index])

    @property
    def asked(self) -> int:
        """The line that states what is to be solved."""
        return PROBLEM if self.has_problem else 0

    def is_listed(self, index: int) -> bool:
        """Whether a line is nothing but values of the unknown."""
        return self.solver.is_explicit(self.lines[index])

    def is_check(self, index: int) -> bool:
        """Whether a line only puts found values in: arithmetic after listed solutions."""
        line = self.lines[index]
        return (
            index > 0
            and isinstance(line, Chain)
            and not letters_of(line)
            and line.operands[0] is not None
            and any(self.is_listed(k) for k in range(index))
        )

    # -- rounded values -----------------------------------------------------------------------

    def has_decimal(self, index: int) -> bool:
        """Whether a line has a decimal on its right side, which may be rounded."""
        parts = [
            part for sides in self.alternatives(index) or () for part in walk(sides.right)
        ]  # fmt: skip
        return any(_is_decimal(part) for part in parts)

    def exact(self, index: int) -> SolutionSet | None:
        """The solutions of a line, its rounded values taken as what they stand for."""
        found = self._sets[index]
        if found is None or not self.has_decimal(index) or not self.is_listed(index):
            return found
        earlier = [self.start, *(
            one for k, one in enumerate(self._sets[:index])
            if one is not None and one.roots and not self.is_listed(k)
        )]  # fmt: skip
        roots = earlier[-1].roots if earlier[-1] is not None else ()
        exact = [near_root(value, roots) for value in found.roots]
        known = [one for one in exact if one is not None]
        return of_roots(known) if len(known) == len(exact) else found

    def is_rounding(self, before: SolutionSet, index: int) -> bool:
        """Whether decimals stand for roots that they are close to, none of them missing."""
        found = self._sets[index]
        if found is None or not before.roots or not self.has_decimal(index):
            return False
        near = [near_root(value, before.roots) for value in found.roots]
        return None not in near and len(set(near)) == len(before.roots)


def near_root(value: SymExpr, roots: tuple[SymExpr, ...]) -> SymExpr | None:
    """The root for which a rounded value may stand."""
    near = [root for root in roots if abs(sympy.N(root - value, 30)) < _ROUNDING]
    return min(near, key=lambda root: abs(sympy.N(root - value, 30)), default=None)


def is_empty(found: SolutionSet) -> bool:
    """Whether there is no solution."""
    return not found.roots and not found.is_everything


# -- lines of numbers -------------------------------------------------------------------------


def holds_in_numbers(chain: Chain) -> bool:
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


def broken_link(line: Statement | None) -> Decision | None:
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


# -- decisions ----------------------------------------------------------------------------


def related(relation: Relation, reason: str) -> Decision:
    """A line whose solutions stand in this relation to those of another."""
    evidence = (Evidence(Method.SOLUTION_SET, reason),)
    return Decision(Status.VERIFIED, Method.SOLUTION_SET, relation, reason, evidence)


def wrong(
    relation: Relation, reason: str, data: dict[str, str], slip: SlipGuess | None = None
) -> Decision:
    """A line that has other solutions than it should, with the numbers that show it."""
    evidence = (Evidence(Method.SOLUTION_SET, reason, data),)
    return Decision(Status.REFUTED, Method.SOLUTION_SET, relation, reason, evidence, slip=slip)
