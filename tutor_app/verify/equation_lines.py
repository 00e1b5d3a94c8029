"""The solutions that each line of an equation's working states."""

from collections.abc import Sequence
from itertools import pairwise

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.chain_kinds import letters_of
from tutor_app.verify.checkers.equation import expand_signs
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.slips.slip import Sides
from tutor_app.verify.solutions import (
    NOTHING,
    Equation,
    SolutionSet,
    contains_set,
    is_defined_at,
    solve,
)
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Expr,
    Joiner,
    Listing,
    Member,
    Phrase,
    SetLit,
    Statement,
    Sym,
    Words,
    contains_plus_minus,
    symbols,
)
from tutor_app.verify.zero import Answer

_EVERYTHING = SolutionSet((), is_everything=True)


class EquationLines:
    """Finds the solutions of lines within the natural domain of the first one.

    Args:
        unknown: the letter solved for.
        first: the first line.
        problem: the equation of the problem, where it is known.
    """

    def __init__(self, unknown: str, first: Statement | None, problem: Equation | None) -> None:
        self._unknown = unknown
        self._first = first
        self._problem = problem
        self._conditions = self._first_conditions()

    def _first_conditions(self) -> tuple[Built, ...]:
        """The sides of the first line, whose natural domain holds for all lines."""
        if self._problem is not None:
            sides: Sequence[Expr | None] = (self._problem.left, self._problem.right)
        else:
            sides = self._first.operands if isinstance(self._first, Chain) else ()
        built = []
        for side in sides:
            try:
                if side is not None and not contains_plus_minus(side):
                    built.append(build(side))
            except Unreadable:
                continue
        return tuple(built)

    def solutions(self, line: Statement | None) -> SolutionSet | None:
        """All solutions of a line; None where completeness cannot be proved."""
        try:
            return self.restricted(self._raw(line))
        except Unreadable:
            return None

    def is_inside(self, point: SymExpr) -> bool | None:
        """Whether a number lies in the natural domain of the first line."""
        inside = [is_defined_at(side, {symbol(self._unknown): point}) for side in self._conditions]
        return False if False in inside else None if None in inside else True

    # -- what a line states -----------------------------------------------------------------

    def alternatives(self, line: Statement | None) -> tuple[Sides, ...] | None:
        """A line as equations joined by `or`, each ± written out; None if it is none."""
        items = self._items(line)
        if items is None:
            return None
        found: list[Sides] = []
        for item in items:
            if isinstance(item, Expr):  # the 3 of "x = 2, 3"
                item = Chain((Sym(self._unknown), item), (Comparison.EQ,))
            if not (isinstance(item, Chain) and set(item.comparisons) == {Comparison.EQ}):
                return None
            left, right = item.operands[0], item.operands[-1]
            if left is None or right is None or contains_plus_minus(left):
                return None
            try:
                found.extend(Sides(left, value) for value in expand_signs(right))
            except Unreadable:
                return None
        return tuple(found)

    def _items(self, line: Statement | None) -> tuple[Statement, ...] | None:
        match line:
            case Listing(items, joiner):
                # "x = 2 and x = 3" lists both solutions; no number is meant to be both
                return items if joiner is not Joiner.AND or self.is_explicit(line) else None
            case Member(name, SetLit(items)) if name == self._unknown and items:
                return items
            case SetLit(items) if items:
                return items
            case Chain():
                return (line,)
            case _:
                return None

    def is_explicit(self, line: Statement | None) -> bool:
        """Whether a line is nothing but values of the unknown."""
        match line:
            case Listing(items):
                return all(self.is_explicit(item) or isinstance(item, Expr) for item in items)
            case Member(name, SetLit()):
                return name == self._unknown
            case SetLit():
                return True
            case Chain(operands, comparisons):
                return (
                    set(comparisons) == {Comparison.EQ}
                    and operands[0] == Sym(self._unknown)
                    and not any(symbols(part) for part in operands[1:] if part is not None)
                )
            case _:
                return False

    def is_closed(self, line: Statement | None) -> bool:
        """Whether a line is an equation between numbers."""
        return (
            isinstance(line, Chain)
            and set(line.comparisons) == {Comparison.EQ}
            and line.operands[0] is not None
            and not letters_of(line)
        )

    # -- solution sets ------------------------------------------------------------------------

    def _raw(self, line: Statement | None) -> SolutionSet | None:
        match line:
            case Words(Phrase.NO_SOLUTION | Phrase.FALSE) | SetLit(()):
                return NOTHING
            case Words(Phrase.ALL_REALS | Phrase.TRUE):
                return _EVERYTHING
            case Chain():
                return self._chain(line)
            case _:
                items = self._items(line)
                return None if items is None else self._listed(items)

    def _listed(self, items: tuple[Statement, ...]) -> SolutionSet | None:
        roots: list[SymExpr] = []
        for item in items:
            if isinstance(item, Expr):
                item = Chain((Sym(self._unknown), item), (Comparison.EQ,))
            found = self._raw(item)
            if found is None or found.is_everything:
                return None
            roots.extend(found.roots)
        return of_roots(roots)

    def _chain(self, chain: Chain) -> SolutionSet | None:
        if set(chain.comparisons) != {Comparison.EQ} or None in chain.operands:
            return None
        operands = [part for part in chain.operands if part is not None]
        found: SolutionSet | None = None
        for left, right in pairwise(operands):
            if len(operands) > 2 and not symbols(left) | symbols(right):
                continue  # `x = 6/2 = 3`: the last link is arithmetic
            link = self._link(left, right)
            if link is None or (found is not None and not same_set(found, link)):
                return None
            found = link
        return found

    def _link(self, left: Expr, right: Expr) -> SolutionSet | None:
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
            return of_roots(roots)
        return solve(Equation(left, right, self._unknown))

    def restricted(self, found: SolutionSet | None) -> SolutionSet | None:
        """Only what lies in the natural domain of the first line."""
        if found is None:
            return None
        if found.is_everything:
            first = self._domain_gaps()
            return None if first is None else SolutionSet(
                (), is_everything=True,
                excluded=of_roots([*found.excluded, *first]).roots,
            )  # fmt: skip
        kept: list[SymExpr] = []
        for root in found.roots:
            inside = self.is_inside(root)
            if inside is None:
                return None
            if inside:
                kept.append(root)
        return SolutionSet(tuple(kept), has_double=found.has_double)

    def _domain_gaps(self) -> list[SymExpr] | None:
        """The single points outside the domain of the first line; None if it is no such thing."""
        if not any(side.conditions for side in self._conditions):
            return []
        whole = solve(_identity_of(self._first, self._problem))
        return list(whole.excluded) if whole is not None and whole.is_everything else None


def _identity_of(first: Statement | None, problem: Equation | None) -> Equation:
    if problem is not None:
        return problem
    if isinstance(first, Chain) and len(first.operands) == 2:
        left, right = first.operands
        letters = letters_of(first)
        if left is not None and right is not None and len(letters) == 1:
            return Equation(left, right, next(iter(letters)))
    raise Unreadable("the first line is not one equation")


def of_roots(roots: list[SymExpr]) -> SolutionSet:
    """The set of some numbers."""
    unique = sorted(set(roots), key=lambda root: sympy.N(root, 30))
    return SolutionSet(tuple(unique))


def same_set(first: SolutionSet, second: SolutionSet) -> bool:
    """Whether two sets certainly have the same elements."""
    return contains_set(first, second) is True and contains_set(second, first) is True
