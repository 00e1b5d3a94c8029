"""Steps that rewrite one expression: each must equal the one before."""

from dataclasses import replace
from itertools import pairwise

import sympy

from tutor_app.core.verdict import Evidence, Method, Relation, Status
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.calculus_steps import compare_calculus, is_settled
from tutor_app.verify.chain_kinds import Working
from tutor_app.verify.checkers.calculus import split_constant
from tutor_app.verify.checkers.number import is_rounded
from tutor_app.verify.comparison import compare_expressions, expression_gap
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.matrix_steps import may_be_row_operation
from tutor_app.verify.number_bases import has_doubtful_base
from tutor_app.verify.slips.guess import guess_in_expression
from tutor_app.verify.syntax import (
    Apply,
    Chain,
    Comparison,
    Derivative,
    Expr,
    Integral,
    Limit,
    Statement,
    Sym,
    contains,
    contains_plus_minus,
    map_children,
    symbols,
    walk,
    yields_matrix,
)
from tutor_app.verify.task import Differentiate, Evaluate, Integrate, Rewrite, Task
from tutor_app.verify.verdicts import status_of
from tutor_app.verify.zero import Answer, Finding, equality


class ExpressionSteps:
    """Compares each expression with the one before it."""

    def __init__(self, working: Working) -> None:
        self._lines = working.lines
        self._start = _start_of(working.task)
        integrals = [
            inner
            for line in working.lines
            for part in _operands(line)
            for inner in walk(part)
            if isinstance(inner, Integral)
        ]
        self._has_integral = bool(integrals)
        self._integrated = frozenset().union(*(symbols(inner.arg) for inner in integrals))

    def decide(self) -> tuple[Decision | None, ...]:
        """One decision a line."""
        decisions: list[Decision | None] = []
        before = self._start
        for index, line in enumerate(self._lines):
            parts = _operands(line)
            if not parts:
                decisions.append(undecided("I could not read this line", Method.UNPARSED))
                before = None
                continue
            decisions.append(self._line(index, before, parts, _is_chain(line)))
            before = parts[-1]
        return tuple(decisions)

    def _line(
        self, index: int, before: Expr | None, parts: tuple[Expr, ...], is_chain: bool
    ) -> Decision:
        links = list(pairwise(parts)) if is_chain else []
        if before is None and index == 0 and links and isinstance(parts[0], Sym):
            return _given()  # a formula such as v = d/t defines its letter
        if before is not None:
            links = [(before, parts[0]), *links]
        elif index > 0:
            return undecided("the line before could not be read")
        if not links:
            return _given()
        decisions = [self._explained(left, right) for left, right in links]
        if not is_chain and yields_matrix(parts[0]) and decisions[0].status is Status.REFUTED:
            return undecided("another matrix; I do not know how it follows")
        for status in (Status.REFUTED, Status.UNKNOWN):
            for decision in decisions:
                if decision.status is status:
                    return decision
        return decisions[-1]

    def _explained(self, left: Expr, right: Expr) -> Decision:
        """The decision on one link, with a guess at the slip where it is wrong."""
        decision = self._link(left, right)
        if decision.status is not Status.REFUTED or yields_matrix(left) or yields_matrix(right):
            return decision

        is_special = contains(left, (Integral, Limit))
        is_same = (lambda proposal: self._is_same(proposal, right)) if is_special else None
        return replace(decision, slip=guess_in_expression(left, right, is_same))

    def _is_same(self, proposal: Expr, right: Expr) -> bool:
        """Whether a slip would have led to what was written; a constant says nothing about it."""
        if self._link(proposal, right).status is Status.VERIFIED:
            return True
        if not self._has_integral or is_settled(proposal, right):
            return False
        try:
            return _equal_up_to_constant(proposal, right).answer is Answer.YES
        except (Unreadable, RecursionError):
            return False

    def _link(self, left: Expr, right: Expr) -> Decision:
        try:
            if left == right:
                return _decision(Finding(Answer.YES, Method.POLYNOMIAL_IDENTITY, "the same"))
            finding = compare_calculus(left, right)
            if finding is not None:
                return _decision(finding)
            if self._has_integral and not is_settled(left, right):
                return self._families(left, right)
            if contains(left, (Apply, Limit)) or contains(right, (Apply, Limit)):
                return undecided("I cannot check this kind of expression yet")
            if contains_plus_minus(left) or contains_plus_minus(right):
                return undecided("± stands for two values")
            return self._compared(left, right)
        except Unreadable as error:
            return undecided(f"I could not read this: {error}", Method.UNPARSED)
        except RecursionError:
            return undecided("the expression is nested too deeply")

    def _families(self, left: Expr, right: Expr) -> Decision:
        """Two sides of which an indefinite integral, or `+ C`, makes a whole family."""
        is_family = [contains(side, Integral) or self._has_constant(side) for side in (left, right)]
        if not any(is_family):
            return self._compared(left, right)
        finding = _equal_up_to_constant(left, right)
        if finding.answer is Answer.YES and not all(is_family):
            return undecided("right up to a constant: one of the two lines lacks + C")
        return _decision(finding)

    def _has_constant(self, side: Expr) -> bool:
        return bool(split_constant(side, self._integrated)[1])

    def _compared(self, left: Expr, right: Expr) -> Decision:
        if has_doubtful_base(left, right):
            return undecided("it is not said in which base a number is written", Method.AMBIGUOUS)
        finding = compare_expressions(left, right)
        if finding.answer is Answer.NO and may_be_row_operation(left, right):
            return undecided("not the same matrix, but perhaps a row operation")
        is_closed = not symbols(left) | symbols(right)
        if finding.answer is Answer.NO and is_closed and _is_rounding(left, right):
            return undecided("this is rounded, not exactly equal", Method.AMBIGUOUS)
        if finding.answer is Answer.YES and expression_gap(left, right) is None:
            return undecided("the two expressions are defined for different numbers")
        return _decision(finding)


def _is_rounding(left: Expr, right: Expr) -> bool:
    return is_rounded(right, left) or is_rounded(left, right)


def _given() -> Decision:
    evidence = (Evidence(Method.POLYNOMIAL_IDENTITY, "the expression to work on"),)
    return Decision(
        Status.VERIFIED, Method.POLYNOMIAL_IDENTITY, Relation.GIVEN,
        "where the working starts", evidence,
    )  # fmt: skip


def _decision(finding: Finding) -> Decision:
    evidence = (Evidence(finding.method, finding.text, finding.data),)
    return Decision(status_of(finding), finding.method, Relation.EQUAL, finding.text, evidence)


def _start_of(task: Task | None) -> Expr | None:
    match task:
        case Evaluate(node) | Rewrite(node):
            return node
        case Differentiate(node, variable, _, order):
            return Derivative(node, variable, order)
        case Integrate(node, variable, lower, upper):
            return Integral(node, variable, lower, upper)
        case _:
            return None


def _is_chain(line: Statement | None) -> bool:
    return isinstance(line, Chain) and set(line.comparisons) == {Comparison.EQ}


def _operands(line: Statement | None) -> tuple[Expr, ...]:
    if isinstance(line, Chain):
        if set(line.comparisons) != {Comparison.EQ}:
            return ()
        return tuple(part for part in line.operands if part is not None)
    return (line,) if isinstance(line, Expr) else ()


def _equal_up_to_constant(left: Expr, right: Expr) -> Finding:
    """Whether two expressions with indefinite integrals have the same derivative."""
    variables = {
        part.variable for side in (left, right) for part in walk(side)
        if isinstance(part, Integral)
    }  # fmt: skip
    is_definite = any(
        isinstance(part, Integral) and part.lower is not None
        for side in (left, right) for part in walk(side)
    )  # fmt: skip
    if is_definite:
        return Finding(Answer.OPEN, Method.UNSUPPORTED, "definite integrals are not checked yet")
    letters = symbols(left) | symbols(right)
    variable = next(iter(variables)) if len(variables) == 1 else ""
    if not variables and "x" in letters:
        variable = "x"
    if not variable:
        return Finding(Answer.OPEN, Method.UNSUPPORTED, "the variable is not clear")
    sides = [_derivative_of(side, variable) for side in (left, right)]
    finding = equality(sides[0], sides[1])
    if finding.answer is not Answer.YES:
        return finding
    text = "both sides have the same derivative"
    return Finding(Answer.YES, Method.DIFFERENTIATE_BACK, text)


def _derivative_of(node: Expr, variable: str) -> Built:
    integrands: list[Expr] = []

    def replace(part: Expr) -> Expr:
        if isinstance(part, Integral):
            integrands.append(part.arg)
            return Sym(f"I_{len(integrands)}")
        return map_children(part, replace)

    built = build(replace(node))
    letter = symbol(variable)
    total = sympy.diff(built.expr, letter)
    for k, integrand in enumerate(integrands, start=1):
        total += sympy.diff(built.expr, symbol(f"I_{k}")) * build(integrand).expr
        if sympy.diff(built.expr, symbol(f"I_{k}")).free_symbols:
            raise Unreadable("an integral inside a product")
    return Built(total, built.conditions, built.is_complex)
