"""Steps that solve an equation in one unknown: solution sets are compared line by line."""

from itertools import pairwise

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Relation, Status
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.chain_kinds import Working, letters_of
from tutor_app.verify.checkers.equation import expand_signs
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import root_text
from tutor_app.verify.solutions import (
    NOTHING,
    Equation,
    SolutionSet,
    contains_set,
    is_defined_at,
    position,
    solve,
)
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Expr,
    Joiner,
    Listing,
    Num,
    Phrase,
    Statement,
    Sym,
    Words,
    contains_plus_minus,
    symbols,
    walk,
)
from tutor_app.verify.task import SolveEquation
from tutor_app.verify.zero import Answer

_EVERYTHING = SolutionSet((), is_everything=True)
_ROUNDING = sympy.Rational(1, 20)
"""How far a decimal may be from a root to be meant as its rounded value."""


class EquationSteps:
    """Compares the solutions of each line with those of the line before."""

    def __init__(self, working: Working) -> None:
        self._lines = working.lines
        letters = frozenset().union(*(letters_of(line) for line in working.lines))
        self._unknown = next(iter(letters))
        task = working.task
        fits = isinstance(task, SolveEquation) and task.equation.unknown == self._unknown
        self._problem = task.equation if fits and isinstance(task, SolveEquation) else None
        self._conditions = self._first_conditions()

    def _first_conditions(self) -> tuple[Built, ...]:
        """The sides of the first line, whose natural domain holds for all lines."""
        if self._problem is not None:
            sides: tuple[Expr | None, ...] = (self._problem.left, self._problem.right)
        else:
            first = self._lines[0]
            sides = first.operands if isinstance(first, Chain) else ()
        built = []
        for side in sides:
            try:
                if side is not None and not contains_plus_minus(side):
                    built.append(build(side))
            except Unreadable:
                continue
        return tuple(built)

    def decide(self) -> tuple[Decision | None, ...]:
        """One decision a line."""
        sets = [self._solutions(line) for line in self._lines]
        start = sets[0]
        if self._problem is not None:
            start = self._restricted(solve(self._problem))
        decisions = [self._first(sets[0], start)]
        is_sound = start is not None
        for index in range(1, len(self._lines)):
            decision = self._line(index, sets, start, is_sound=is_sound)
            is_sound = is_sound and decision.status is Status.VERIFIED
            decisions.append(decision)
        self._blame_false_roots(decisions, sets, start)
        return tuple(decisions)

    # -- one line -------------------------------------------------------------------------

    def _first(self, found: SolutionSet | None, start: SolutionSet | None) -> Decision:
        broken = _broken_link(self._lines[0])
        if broken is not None:
            return broken
        if self._problem is None or found is None or start is None:
            if self._problem is None:
                return _related(Relation.GIVEN, "where the working starts")
            return undecided("I could not find all solutions of this line")
        return self._compared(start, found, start)

    def _line(
        self,
        index: int,
        sets: list[SolutionSet | None],
        start: SolutionSet | None,
        *,
        is_sound: bool,
    ) -> Decision:
        line = self._lines[index]
        if line is None:
            return undecided("I could not read this line", Method.UNPARSED)
        broken = _broken_link(line)
        if broken is not None:
            return broken
        found, before = sets[index], sets[index - 1]
        if found is None:
            return undecided("I could not find all solutions of this line")
        if before is None:
            if start is not None and _same(found, start):
                return _related(Relation.EQUIVALENT, "the same solutions as the first line")
            return undecided("the line before could not be solved")
        if _is_empty(found) and _is_empty(before):
            return self._both_empty(index)
        decision = self._compared(before, found, start if is_sound else None)
        if decision.status is Status.REFUTED and _is_rounding(before, found, line):
            return undecided("this is rounded, not exactly equal", Method.AMBIGUOUS)
        return decision

    def _compared(
        self, before: SolutionSet, found: SolutionSet, start: SolutionSet | None
    ) -> Decision:
        keeps, adds_none = contains_set(found, before), contains_set(before, found)
        if keeps is None or adds_none is None:
            return undecided("the solutions could not be compared")
        if keeps and adds_none:
            reason = "the same solutions"
            if before.has_double != found.has_double:
                reason = "the same solutions, though one counts double in one of the lines"
            return _related(Relation.EQUIVALENT, reason)
        if keeps:
            return _related(
                Relation.IMPLIES, "this may add solutions; check them in the first line"
            )
        if adds_none:
            if start is not None and contains_set(found, start):
                return _related(
                    Relation.EQUIVALENT, "drops values that do not solve the first line"
                )
            return _wrong(Relation.LOSES, self._lost(before, found))
        return _wrong(Relation.UNRELATED, self._lost(before, found))

    def _lost(self, before: SolutionSet, found: SolutionSet) -> str:
        for root in before.roots:
            if found.is_everything or position(root, found.roots) == -1:
                lost = f"{self._unknown} = {root_text(root)}"
                return f"{lost} solves the line before, but not this one"
        return "solutions are lost"

    def _both_empty(self, index: int) -> Decision:
        """Neither line has a solution: only a false number line follows from another."""
        line = self._lines[index]
        is_claim = isinstance(line, Words)
        previous = self._lines[index - 1]
        if is_claim:
            return _related(Relation.EQUIVALENT, "there is no solution")
        if isinstance(line, Chain) and isinstance(previous, Chain):
            polynomials = [_polynomial(part, self._unknown) for part in (previous, line)]
            if None not in polynomials and polynomials[0] == polynomials[1]:
                return _related(Relation.EQUIVALENT, "the same equation in another form")
        return undecided("neither line has a real solution")

    # -- solution sets --------------------------------------------------------------------

    def _solutions(self, line: Statement | None) -> SolutionSet | None:
        try:
            return self._restricted(self._raw_solutions(line))
        except Unreadable:
            return None

    def _raw_solutions(self, line: Statement | None) -> SolutionSet | None:
        match line:
            case Words(Phrase.NO_SOLUTION | Phrase.FALSE):
                return NOTHING
            case Words(Phrase.ALL_REALS | Phrase.TRUE):
                return _EVERYTHING
            case Chain():
                return self._chain_solutions(line)
            case Listing(items, joiner):
                return self._listed(items, joiner)
            case _:
                return None

    def _listed(self, items: tuple[Statement, ...], joiner: Joiner) -> SolutionSet | None:
        if joiner is Joiner.AND:
            return None
        roots: list[SymExpr] = []
        for item in items:
            if isinstance(item, Expr):  # the 3 of "x = 2, 3"
                item = Chain((Sym(self._unknown), item), (Comparison.EQ,))
            found = self._raw_solutions(item)
            if found is None or found.is_everything:
                return None
            roots.extend(found.roots)
        return _of_roots(roots)

    def _chain_solutions(self, chain: Chain) -> SolutionSet | None:
        if set(chain.comparisons) != {Comparison.EQ} or None in chain.operands:
            return None
        operands = [part for part in chain.operands if part is not None]
        found: SolutionSet | None = None
        for left, right in pairwise(operands):
            if len(operands) > 2 and not symbols(left) | symbols(right):
                continue  # `x = 6/2 = 3`: the last link is arithmetic
            link = self._link_solutions(left, right)
            if link is None or (found is not None and not _same(found, link)):
                return None
            found = link
        return found

    def _link_solutions(self, left: Expr, right: Expr) -> SolutionSet | None:
        if not symbols(left) | symbols(right):
            answer = compare_expressions(left, right).answer
            return {Answer.YES: _EVERYTHING, Answer.NO: NOTHING, Answer.OPEN: None}[answer]
        if contains_plus_minus(left):
            return None
        if contains_plus_minus(right):
            roots: list[SymExpr] = []
            for value in expand_signs(right):
                found = solve(Equation(left, value, self._unknown))
                if found is None or found.is_everything:
                    return None
                roots.extend(found.roots)
            return _of_roots(roots)
        return solve(Equation(left, right, self._unknown))

    def _restricted(self, found: SolutionSet | None) -> SolutionSet | None:
        """Only what lies in the natural domain of the first line."""
        if found is None:
            return None
        letter = symbol(self._unknown)
        if found.is_everything:
            first = self._domain_gaps()
            return None if first is None else SolutionSet(
                (), is_everything=True,
                excluded=_of_roots([*found.excluded, *first]).roots,
            )  # fmt: skip
        kept: list[SymExpr] = []
        for root in found.roots:
            inside = [is_defined_at(side, {letter: root}) for side in self._conditions]
            if None in inside:
                return None
            if all(inside):
                kept.append(root)
        return SolutionSet(tuple(kept), has_double=found.has_double)

    def _domain_gaps(self) -> list[SymExpr] | None:
        """The single points outside the domain of the first line; None if it is no such thing."""
        if not any(side.conditions for side in self._conditions):
            return []
        whole = solve(_identity_of(self._lines[0], self._problem))
        return list(whole.excluded) if whole is not None and whole.is_everything else None

    # -- the end --------------------------------------------------------------------------

    def _blame_false_roots(
        self,
        decisions: list[Decision],
        sets: list[SolutionSet | None],
        start: SolutionSet | None,
    ) -> None:
        """If false candidates are kept to the end, the line that first asserts them is wrong."""
        last = sets[-1]
        is_clean = all(decision.status is Status.VERIFIED for decision in decisions)
        if start is None or last is None or not is_clean or not self._is_explicit(-1):
            return
        if contains_set(start, last) is not False:
            return
        for index in range(1, len(sets)):
            found = sets[index]
            if (
                found is not None
                and self._is_explicit(index)
                and (contains_set(start, found) is False)
            ):
                false = next(root for root in found.roots if position(root, start.roots) == -1)
                text = f"{self._unknown} = {root_text(false)} does not solve the first line"
                decisions[index] = _wrong(Relation.ADDS, text)
                return

    def _is_explicit(self, index: int) -> bool:
        line = self._lines[index]
        items = line.items if isinstance(line, Listing) else (line,)
        return all(
            isinstance(item, Expr)
            or (
                isinstance(item, Chain)
                and item.operands[0] == Sym(self._unknown)
                and not any(symbols(part) for part in item.operands[1:] if part is not None)
            )
            for item in items
        )


def _identity_of(first: Statement | None, problem: Equation | None) -> Equation:
    if problem is not None:
        return problem
    if isinstance(first, Chain) and len(first.operands) == 2:
        left, right = first.operands
        letters = letters_of(first)
        if left is not None and right is not None and len(letters) == 1:
            return Equation(left, right, next(iter(letters)))
    raise Unreadable("the first line is not one equation")


def _of_roots(roots: list[SymExpr]) -> SolutionSet:
    unique = sorted(set(roots), key=lambda root: sympy.N(root, 30))
    return SolutionSet(tuple(unique))


def _is_empty(found: SolutionSet) -> bool:
    return not found.roots and not found.is_everything


def _same(first: SolutionSet, second: SolutionSet) -> bool:
    return contains_set(first, second) is True and contains_set(second, first) is True


def _is_rounding(before: SolutionSet, found: SolutionSet, line: Statement | None) -> bool:
    """Whether decimals stand for roots that they are close to, none of them missing."""
    items = line.items if isinstance(line, Listing) else (line,)
    operands = [
        part
        for item in items
        for part in (item.operands if isinstance(item, Chain) else (item,))
        if isinstance(part, Expr)
    ]
    has_decimal = any(
        isinstance(part, Num) and part.is_decimal for node in operands for part in walk(node)
    )
    if not has_decimal or before.is_everything or not before.roots:
        return False
    near = [
        [root for root in before.roots if abs(sympy.N(root - value, 30)) < _ROUNDING]
        for value in found.roots
    ]
    return all(near) and len({root for roots in near for root in roots}) == len(before.roots)


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
            if finding.answer is Answer.NO:
                evidence = (Evidence(finding.method, finding.text, finding.data),)
                return Decision(
                    Status.REFUTED, finding.method, Relation.EQUAL, finding.text, evidence
                )
    return None


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


def _wrong(relation: Relation, reason: str) -> Decision:
    evidence = (Evidence(Method.SOLUTION_SET, reason),)
    return Decision(Status.REFUTED, Method.SOLUTION_SET, relation, reason, evidence)
