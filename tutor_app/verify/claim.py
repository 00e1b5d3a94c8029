"""Decides one claim of an answer: a chain of equals signs, seen against the problem."""

from collections.abc import Iterator
from itertools import pairwise

import sympy

from tutor_app.core.verdict import Evidence, Method, Relation, Status
from tutor_app.verify.build import build, symbol
from tutor_app.verify.checkers.equation import expand_signs, read_claimed
from tutor_app.verify.comparison import compare_expressions, expression_gap
from tutor_app.verify.decision import Decision, decision_of, undecided
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.number_claim import decide_numbers
from tutor_app.verify.numerals import number_text, root_text
from tutor_app.verify.scope import Scope
from tutor_app.verify.solutions import (
    Equation,
    SolutionSet,
    contains_set,
    is_defined_at,
    position,
    solve,
    substitute,
)
from tutor_app.verify.syntax import (
    Apply,
    Chain,
    Comparison,
    Expr,
    Integral,
    Joiner,
    Limit,
    Listing,
    Member,
    Num,
    SetLit,
    Statement,
    Sym,
    contains,
    contains_plus_minus,
    symbols,
    walk,
)
from tutor_app.verify.task import DivideWithRemainder, Evaluate, SolveEquation, Task
from tutor_app.verify.zero import Answer


def _as_listing(name: str, items: tuple[Expr, ...]) -> Listing:
    chains = tuple(Chain((Sym(name), item), (Comparison.EQ,)) for item in items)
    return Listing(chains, Joiner.OR)


class ClaimChecker:
    """Checks the claims of one answer against its problem."""

    def __init__(self, task: Task | None, scope: Scope) -> None:
        self._task = task
        self._scope = scope
        self._listed: list[sympy.Expr] = []

    @property
    def listed(self) -> tuple[sympy.Expr, ...]:
        """The solutions of the problem that the claims so far list."""
        return tuple(dict.fromkeys(self._listed))

    def decide(self, statement: Statement, base: Expr | None) -> Iterator[Decision]:
        """Decisions for all claims in a statement; `base` is what a leading `=` continues."""
        match statement:
            case Chain():
                yield from self._chain(statement, base)
            case Listing():
                yield from self._listing(statement, base)
            case _ if isinstance(statement, Expr):
                return
            case Member(name, SetLit(items)) if name == self._unknown and items:
                yield from self._listing(_as_listing(name, items), base)
            case _:
                yield undecided("I cannot check a set here")

    # -- lists ----------------------------------------------------------------------------

    def _listing(self, listing: Listing, base: Expr | None) -> Iterator[Decision]:
        if isinstance(self._task, SolveEquation) and self._is_solution_list(listing):
            yield self._solution_list(listing, self._task)
            return
        if str(listing.joiner) == " or ":
            yield from self._alternatives(listing)
            return
        for item in listing.items:
            yield from self.decide(item, base)

    def _alternatives(self, listing: Listing) -> Iterator[Decision]:
        """`x - 2 = 0 or x - 3 = 0` as one set; the links inside each chain on their own."""
        if not isinstance(self._task, SolveEquation):
            yield undecided("I cannot check alternatives here")
            return
        union: list[sympy.Expr] = []
        for item in listing.items:
            if not (isinstance(item, Chain) and item.comparisons == (Comparison.EQ,)):
                yield undecided("I cannot check these alternatives")
                return
            equation = self._equation(item.operands[0], item.operands[1])
            found = None if equation is None else solve(equation)
            if found is None or found.is_everything:
                yield undecided("I cannot check these alternatives")
                return
            union.extend(found.roots)
        yield self._alternative_values(union)

    def _alternative_values(self, roots: list[sympy.Expr]) -> Decision:
        unique = tuple(sorted(set(roots), key=lambda root: sympy.N(root, 30)))
        decision = self._against_problem(SolutionSet(unique), None)
        if decision.relation is Relation.IMPLIES:
            # It follows, but whoever lists a value offers it as a solution.
            return undecided("not all of these values solve the problem")
        return decision

    def _is_solution_list(self, listing: Listing) -> bool:
        return any(
            isinstance(item, Chain) and self._is_unknown(item.operands[0])
            and not any(symbols(rest) for rest in item.operands[1:] if rest is not None)
            for item in listing.items
        ) and all(
            isinstance(item, Expr) or (
                isinstance(item, Chain)
                and set(item.comparisons) == {Comparison.EQ}
                and self._is_unknown(item.operands[0])
            )
            for item in listing.items
        )  # fmt: skip

    def _solution_list(self, listing: Listing, task: SolveEquation) -> Decision:
        resolved: list[Statement] = []
        for item in listing.items:
            if isinstance(item, Chain):
                for decision in self._closed_links(item):
                    if decision.status is not Status.VERIFIED:
                        return decision
                last = item.operands[-1]
                assert last is not None
                resolved.append(
                    Chain((Sym(task.equation.unknown), self._scope.resolve(last)),
                          (Comparison.EQ,))
                )  # fmt: skip
            else:
                assert isinstance(item, Expr)
                resolved.append(self._scope.resolve(item))
        claimed = read_claimed(Listing(tuple(resolved), listing.joiner), task.equation.unknown)
        return self._solved(claimed.values, task)

    def _closed_links(self, chain: Chain) -> Iterator[Decision]:
        rest = [self._scope.resolve(item) for item in chain.operands[1:] if item is not None]
        for left, right in pairwise(rest):
            yield self._closed(left, Comparison.EQ, right)

    # -- chains ---------------------------------------------------------------------------

    def _chain(self, chain: Chain, base: Expr | None) -> Iterator[Decision]:
        operands: list[Expr] = []
        for operand in chain.operands:
            node = base if operand is None else operand
            if node is None:
                yield undecided("nothing before it that this line could continue")
                return
            operands.append(self._scope.resolve(node))
        for (left, right), comparison in zip(pairwise(operands), chain.comparisons, strict=True):
            yield self._link(left, comparison, right)

    def _link(self, left: Expr, comparison: Comparison, right: Expr) -> Decision:
        unfit = (Apply, Integral, Limit)
        if contains(left, unfit) or contains(right, unfit):
            return undecided("a name in it is not defined in the problem")
        letters = symbols(left) | symbols(right)
        if not letters:
            return self._closed(left, comparison, right)
        if self._is_unknown(left):
            left = Sym(self._unknown)
        letters = symbols(left) | symbols(right)
        if not letters <= self._scope.letters:
            stranger = sorted(letters - self._scope.letters)[0]
            return undecided(f"{stranger} is not defined in the problem")
        if comparison is not Comparison.EQ:
            return undecided("I cannot check an inequality with letters here")
        if isinstance(self._task, SolveEquation):
            return self._equation_link(left, right, self._task)
        return _identity(left, right)

    def _closed(self, left: Expr, comparison: Comparison, right: Expr) -> Decision:
        return decide_numbers(left, comparison, right, is_quotient=_asks_quotient(self._task))

    # -- equations ------------------------------------------------------------------------

    @property
    def _unknown(self) -> str:
        return self._task.equation.unknown if isinstance(self._task, SolveEquation) else ""

    def _is_unknown(self, node: Expr | None) -> bool:
        if not isinstance(node, Sym) or not self._unknown:
            return False
        head, _, subscript = node.name.partition("_")
        return head == self._unknown and subscript in {"", "1", "2", "3", "4", "1,2", "12"}

    def _equation(self, left: Expr | None, right: Expr | None) -> Equation | None:
        if left is None or right is None:
            return None
        if self._is_unknown(left):
            left = Sym(self._unknown)
        equation = Equation(self._scope.resolve(left), self._scope.resolve(right), self._unknown)
        return equation if equation.letters == {self._unknown} else None

    def _equation_link(self, left: Expr, right: Expr, task: SolveEquation) -> Decision:
        if self._is_unknown(left) and not symbols(right):
            return self._solved(expand_signs(right), task)
        if contains_plus_minus(left) or contains_plus_minus(right):
            return self._signed_link(left, right)
        finding = compare_expressions(left, right)
        if finding.answer is Answer.YES:
            return decision_of(finding, Relation.EQUAL, "both sides are always equal")
        equation = Equation(left, right, self._unknown)
        found = solve(equation)
        if found is None:
            return undecided("I could not find all solutions of this line")
        return self._against_problem(found, equation)

    def _signed_link(self, left: Expr, right: Expr) -> Decision:
        """`x - 1 = ±3` is `x - 1 = 3 or x - 1 = -3`."""
        if contains_plus_minus(left):
            return undecided("± stands for two values")
        roots: list[sympy.Expr] = []
        for value in expand_signs(right):
            found = solve(Equation(left, value, self._unknown))
            if found is None or found.is_everything:
                return undecided("I could not find all solutions of this line")
            roots.extend(found.roots)
        return self._alternative_values(roots)

    def _solved(self, nodes: tuple[Expr, ...], task: SolveEquation) -> Decision:
        """Explicit solutions: each is put into the problem."""
        roots: list[sympy.Expr] = []
        evidence: list[Evidence] = []
        unknown = self._unknown
        for node in nodes:
            built = build(node)
            if built.is_complex or is_defined_at(built, {}) is not True:
                return undecided("it has no real value")
            finding = substitute(task.equation, built.expr)
            sides = finding.text
            if "left" in finding.data:
                sides = f"left {finding.data['left']}, right {finding.data['right']}"
            text = f"{unknown} = {root_text(built.expr)}: {sides}"
            data = {unknown: number_text(built.expr), **finding.data}
            if finding.answer is Answer.OPEN:
                return undecided(text)
            if finding.answer is Answer.NO:
                return self._failed(node, text, data, task)
            evidence.append(Evidence(Method.SUBSTITUTION, text, data))
            roots.append(built.expr)
        return self._all_or_some(tuple(dict.fromkeys(roots)), tuple(evidence), task)

    def _failed(self, node: Expr, text: str, data: dict[str, str], task: SolveEquation) -> Decision:
        truth = solve(task.equation)
        plain = [part for part in walk(node) if isinstance(part, Num)]
        if truth is None and any(part.is_decimal for part in plain):
            return undecided("this may be a rounded root", Method.AMBIGUOUS)
        value = build(node).expr
        if (
            truth is not None
            and any(part.is_decimal for part in plain)
            and any(abs(sympy.N(root - value, 30)) < sympy.Rational(1, 50) for root in truth.roots)
        ):
            return undecided("this may be a rounded root", Method.AMBIGUOUS)
        evidence = (Evidence(Method.SUBSTITUTION, text, data),)
        reason = f"{self._unknown} = {root_text(value)} does not solve the equation"
        return Decision(Status.REFUTED, Method.SUBSTITUTION, Relation.UNRELATED, reason, evidence)

    def _all_or_some(
        self, roots: tuple[sympy.Expr, ...], evidence: tuple[Evidence, ...], task: SolveEquation
    ) -> Decision:
        self._listed.extend(roots)
        truth = solve(task.equation)
        names = " and ".join(f"{self._unknown} = {root_text(root)}" for root in roots)
        verb = "solves" if len(roots) == 1 else "solve"
        is_all = truth is not None and contains_set(SolutionSet(roots), truth) is True
        reason = f"{names} {verb} the equation"
        if is_all:
            relation = Relation.EQUIVALENT
            reason += "; there is no other solution"
        else:
            relation = Relation.CLAIM
        return Decision(
            Status.VERIFIED, Method.SUBSTITUTION, relation, reason, evidence, not is_all
        )

    def _against_problem(self, found: SolutionSet, equation: Equation | None) -> Decision:
        assert isinstance(self._task, SolveEquation)
        truth = solve(self._task.equation)
        if truth is None:
            return undecided("I could not find all solutions of the problem")
        keeps, adds = contains_set(found, truth), contains_set(truth, found)
        if keeps is None or adds is None:
            return undecided("the solutions could not be compared")
        if keeps and adds:
            if not truth.roots and not truth.is_everything:
                return self._both_empty(equation)
            return _related(Relation.EQUIVALENT, "the same solutions as the problem")
        if keeps:
            reason = "follows from the problem; it may have more solutions"
            return _related(Relation.IMPLIES, reason)
        if adds and found.roots:
            return Decision(
                Status.UNKNOWN, Method.UNSUPPORTED, Relation.LOSES,
                "this line has fewer solutions than the problem",
            )  # fmt: skip
        return self._unrelated(truth, found, equation)

    def _both_empty(self, equation: Equation | None) -> Decision:
        """No real solution on both sides: only the same polynomial counts as the same line."""
        assert isinstance(self._task, SolveEquation)
        mine = _polynomial(self._task.equation)
        theirs = None if equation is None else _polynomial(equation)
        if mine is None or theirs is None or mine != theirs:
            return undecided("neither this line nor the problem has a real solution")
        return _related(Relation.EQUIVALENT, "the same equation in another form")

    def _unrelated(
        self, truth: SolutionSet, found: SolutionSet, equation: Equation | None
    ) -> Decision:
        evidence: list[Evidence] = []
        for root in truth.roots:
            if position(root, found.roots) != -1:
                continue
            text = f"{self._unknown} = {root_text(root)} solves the problem but not this line"
            if equation is not None:
                finding = substitute(equation, root)
                text = f"{self._unknown} = {root_text(root)}: {finding.text}"
                if "left" in finding.data:
                    sides = f"left {finding.data['left']}, right {finding.data['right']}"
                    text = f"{self._unknown} = {root_text(root)}: {sides}"
            evidence.append(Evidence(Method.SOLUTION_SET, text))
            break
        return Decision(
            Status.REFUTED, Method.SOLUTION_SET, Relation.UNRELATED,
            "this line has other solutions than the problem", tuple(evidence),
        )  # fmt: skip


def _related(relation: Relation, reason: str) -> Decision:
    evidence = (Evidence(Method.SOLUTION_SET, reason),)
    return Decision(Status.VERIFIED, Method.SOLUTION_SET, relation, reason, evidence)


def _polynomial(equation: Equation) -> sympy.Poly | None:
    """The equation as a monic polynomial without repeated factors, or None."""
    difference = build(equation.left).expr - build(equation.right).expr
    unknown = symbol(equation.unknown)
    if not difference.is_polynomial(unknown):
        return None
    try:
        polynomial = sympy.Poly(difference, unknown, domain="QQ")
    except (sympy.CoercionFailed, sympy.PolynomialError):
        return None
    return polynomial.sqf_part().monic() if polynomial.degree() > 0 else None


def _identity(left: Expr, right: Expr) -> Decision:
    finding = compare_expressions(left, right)
    if finding.answer is Answer.YES:
        if expression_gap(left, right) is None:
            return undecided("the sides are defined for different numbers")
        return decision_of(finding, Relation.EQUAL, "both sides are always equal")
    if finding.answer is Answer.NO and _may_be_equation(left, right):
        return undecided("this may be an equation to solve, not a claim")
    return decision_of(finding, Relation.EQUAL)


def _may_be_equation(left: Expr, right: Expr) -> bool:
    return any(isinstance(side, Sym) or not symbols(side) for side in (left, right))


def _asks_quotient(task: Task | None) -> bool:
    """Whether a quotient without its remainder may be meant."""
    return isinstance(task, DivideWithRemainder) or (
        isinstance(task, Evaluate) and task.accepts_remainder
    )


def decide_all(
    checker: ClaimChecker, statement: Statement, base: Expr | None
) -> tuple[Decision, ...]:
    """All decisions for a statement; what cannot be built is undecided."""
    try:
        return tuple(checker.decide(statement, base))
    except Unreadable as error:
        method = Method.AMBIGUOUS if error.is_ambiguous else Method.UNPARSED
        return (undecided(f"I could not read this: {error}", method),)
    except RecursionError:
        return (undecided("the expression is nested too deeply"),)
