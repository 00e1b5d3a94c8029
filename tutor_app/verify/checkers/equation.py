"""Checks solutions of equations: put them in, then count that none is missing."""

from dataclasses import dataclass
from itertools import pairwise

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import expr_text, number_text, root_text
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.solutions import SolutionSet, position, solve, substitute
from tutor_app.verify.syntax import (
    Bin,
    Chain,
    Comparison,
    Degrees,
    Expr,
    Joiner,
    Listing,
    Mixed,
    Neg,
    Num,
    Operator,
    Phrase,
    Reals,
    SetLit,
    Statement,
    Sym,
    Union,
    Words,
    contains,
    contains_plus_minus,
    map_children,
    symbols,
    walk,
)
from tutor_app.verify.task import SolveEquation, SolveLiteral
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer, equality


@dataclass(frozen=True, slots=True)
class Claimed:
    """The solutions an answer states.

    Attributes:
        values: the numbers, as typed.
        is_everything: all reals but for `excluded`.
        excluded: the numbers taken out.
    """

    values: tuple[Expr, ...]
    is_everything: bool = False
    excluded: tuple[Expr, ...] = ()


def read_claimed(answer: Statement, unknown: str) -> Claimed:
    """The solutions an answer states for one unknown.

    Raises:
        Unreadable: it is not a list of numbers.
    """
    match answer:
        case Words(Phrase.NO_SOLUTION | Phrase.FALSE):
            return Claimed(())
        case Words(Phrase.ALL_REALS | Phrase.TRUE) | Reals():
            return Claimed((), is_everything=True)
        case Union((Reals(), SetLit(items)), True):
            return Claimed((), is_everything=True, excluded=items)
        case Chain((Sym(name), right), (Comparison.NE,)) if name == unknown and right is not None:
            return Claimed((), is_everything=True, excluded=(right,))
        case SetLit(items):
            return Claimed(tuple(value for item in items for value in _closed(item)))
        case Chain():
            return Claimed(_chain_values(answer, unknown))
        case Listing(items, joiner):
            if joiner is Joiner.AND and not all(_is_item(item, unknown) for item in items):
                raise Unreadable("this is not a list of solutions")
            return Claimed(_listed_values(items, unknown))
        case _ if isinstance(answer, Expr):
            return Claimed(_closed(answer))
        case _:
            raise Unreadable("this is not a list of solutions")


def _is_item(item: Statement, unknown: str) -> bool:
    return isinstance(item, Expr) or (
        isinstance(item, Chain) and _unknown_matches(item.operands[0], unknown)
    )


def _listed_values(items: tuple[Statement, ...], unknown: str) -> tuple[Expr, ...]:
    values: list[Expr] = []
    for item in items:
        if isinstance(item, Chain):
            values.extend(_chain_values(item, unknown))
        elif isinstance(item, Expr):
            if any(isinstance(part, Num) and part.is_grouped for part in walk(item)):
                raise Unreadable("a comma can part thousands or solutions", is_ambiguous=True)
            values.extend(_closed(item))
        else:
            raise Unreadable("this is not a list of solutions")
    return tuple(values)


def _unknown_matches(operand: Expr | None, unknown: str) -> bool:
    """Whether an operand is the unknown or a numbered copy of it, such as `x_1`."""
    if not isinstance(operand, Sym):
        return False
    head, _, subscript = operand.name.partition("_")
    return operand.name == unknown or (head == unknown and subscript in {"1", "2", "3", "4", "1,2"})


def _chain_values(chain: Chain, unknown: str) -> tuple[Expr, ...]:
    first, *rest = chain.operands
    if set(chain.comparisons) != {Comparison.EQ} or not _unknown_matches(first, unknown):
        raise Unreadable("I expected the unknown, an equals sign and a number")
    values = [operand for operand in rest if operand is not None]
    for left, right in pairwise(values):
        if compare_expressions(left, right).answer is not Answer.YES:
            raise Unreadable("the equals signs in it do not hold")
    return _closed(values[-1])


def _closed(node: Expr) -> tuple[Expr, ...]:
    if symbols(node):
        raise Unreadable("a letter stands where a number should")
    if any(isinstance(part, Num) and part.is_grouped for part in walk(node)):
        raise Unreadable("a comma can part thousands or solutions", is_ambiguous=True)
    if contains(node, Degrees):
        raise Unreadable("a degree sign stands behind a solution")
    return expand_signs(node)


def expand_signs(node: Expr) -> tuple[Expr, ...]:
    """Both values of an expression with one ±; otherwise the expression itself."""
    if not contains_plus_minus(node):
        return (node,)
    signs = [
        part for part in walk(node)
        if isinstance(part, Bin) and part.op in {Operator.PLUS_MINUS, Operator.MINUS_PLUS}
    ]  # fmt: skip
    if len(signs) > 1:
        raise Unreadable("several ± signs can be read in several ways", is_ambiguous=True)
    return tuple(_replace_sign(node, sign) for sign in (Operator.ADD, Operator.SUB))


def _replace_sign(node: Expr, sign: Operator) -> Expr:
    if isinstance(node, Bin) and node.op in {Operator.PLUS_MINUS, Operator.MINUS_PLUS}:
        return Bin(sign, node.left, node.right)
    return map_children(node, lambda child: _replace_sign(child, sign))


def check_equation(task: SolveEquation, answer: Statement) -> Verdict:
    """Check a claimed solution set.

    Raises:
        Unreadable: the answer is not a solution set, or the problem cannot be built.
    """
    reading = render_statement(answer)
    claimed = read_claimed(answer, task.equation.unknown)
    truth = solve(task.equation)
    if claimed.is_everything:
        if _has_zero_power(task):
            text = "whether 0^0 has a value is a matter of convention"
            return unknown_verdict(Method.AMBIGUOUS, text, reading)
        return _check_everything(truth, claimed, reading, task.equation.unknown)
    values: list[SymExpr] = []
    evidence: list[Evidence] = []
    for node in claimed.values:
        value = build(node)
        if value.is_complex:
            text = "the answer is a complex number; I look for real solutions"
            return unknown_verdict(Method.UNSUPPORTED, text, reading)
        verdict = _check_root(task, value.expr, reading)
        if verdict.status is not Status.VERIFIED:
            if verdict.status is Status.REFUTED and _is_rounded_root(node, truth):
                text = "this is a rounded root; the exact one was not given"
                return unknown_verdict(Method.AMBIGUOUS, text, reading)
            return verdict
        evidence.extend(verdict.evidence)
        values.append(value.expr)
    return _check_complete(truth, values, evidence, reading)


def _check_root(task: SolveEquation, value: SymExpr, reading: str) -> Verdict:
    finding = substitute(task.equation, value)
    data = {task.equation.unknown: number_text(value), **finding.data}
    sides = finding.text
    if "left" in data:
        sides = f"left {data['left']}, right {data['right']}"
    text = f"{task.equation.unknown} = {root_text(value)}: {sides}"
    if finding.answer is Answer.OPEN:
        return unknown_verdict(finding.method, text, reading)
    status = Status.VERIFIED if finding.answer is Answer.YES else Status.REFUTED
    evidence = Evidence(Method.SUBSTITUTION, text, data)
    return Verdict(status, Method.SUBSTITUTION, (evidence,), reading=reading)


def _is_rounded_root(node: Expr, truth: SolutionSet | None) -> bool:
    plain = node.arg if isinstance(node, Neg) else node
    if not isinstance(plain, Num | Mixed) or not getattr(plain, "is_decimal", False):
        return False
    if truth is None:
        return True  # not known to be wrong
    value = build(node).expr
    places = next((k for k in range(1, 400) if 10**k % value.q == 0), 0)
    half_unit = sympy.Rational(1, 2 * 10**places)
    return any(
        not root.is_Rational or (root - value) != 0
        for root in truth.roots
        if bool(sympy.N(abs(root - value) - half_unit, 30) <= 0)
    )


def _has_zero_power(task: SolveEquation) -> bool:
    """Whether the unknown stands in a base with the exponent 0."""
    return any(
        isinstance(part, Bin)
        and part.op is Operator.POW
        and task.equation.unknown in symbols(part.left)
        and build(part.right).expr == 0
        for side in (task.equation.left, task.equation.right)
        for part in walk(side)
    )


def _check_everything(
    truth: SolutionSet | None, claimed: Claimed, reading: str, unknown: str
) -> Verdict:
    if truth is None:
        return unknown_verdict(Method.UNSUPPORTED, "I could not find all solutions", reading)
    if not truth.is_everything:
        count = len(truth.roots)
        text = f"the equation has {count} real solution{'' if count == 1 else 's'} only"
        return refuted_verdict(Method.SOLUTION_SET, text, reading)
    excluded = [build(node).expr for node in claimed.excluded]
    places = [position(point, truth.excluded) for point in excluded]
    if None in places:
        return unknown_verdict(Method.UNSUPPORTED, "not decided", reading)
    if set(places) == set(range(len(truth.excluded))):
        text = "both sides agree for every number where they have a value"
        evidence = Evidence(Method.SOLUTION_SET, text)
        assumptions = tuple(f"{unknown} ≠ {root_text(point)}" for point in truth.excluded)
        return Verdict(
            Status.VERIFIED, Method.SOLUTION_SET, (evidence,), assumptions, reading=reading
        )
    return refuted_verdict(Method.SOLUTION_SET, "other numbers are excluded", reading)


def _check_complete(
    truth: SolutionSet | None, values: list[SymExpr], evidence: list[Evidence], reading: str
) -> Verdict:
    if truth is None:
        if values:
            text = "each value solves the equation; I could not show that none is missing"
        else:
            text = "I could not show that there is no solution"
        return unknown_verdict(Method.UNSUPPORTED, text, reading)
    if truth.is_everything:
        text = "the equation holds for every number where both sides have a value"
        return refuted_verdict(Method.SOLUTION_SET, text, reading)
    places = [position(value, truth.roots) for value in values]
    if None in places:
        return unknown_verdict(Method.UNSUPPORTED, "two roots could not be told apart", reading)
    missing = len(truth.roots) - len(set(places))
    if missing:
        text = f"{missing} real solution{' is' if missing == 1 else 's are'} missing"
        if not values:
            text = f"the equation has {missing} real solution{'' if missing == 1 else 's'}"
        return refuted_verdict(Method.SOLUTION_SET, text, reading)
    count = len(truth.roots)
    text = f"there are {count} real solutions, and all are here"
    if count <= 1:
        text = ("there is no real solution", "there is one real solution")[count]
    evidence = [*evidence, Evidence(Method.SOLUTION_SET, text)]
    return Verdict(Status.VERIFIED, evidence[0].method, tuple(evidence), reading=reading)


def check_literal(task: SolveLiteral, answer: Statement) -> Verdict:
    """Check a formula made over to another subject.

    Raises:
        Unreadable: the answer is not of the form `b = …`.
    """
    reading = render_statement(answer)
    unknown = task.equation.unknown
    match answer:
        case Chain((Sym(name), value), (Comparison.EQ,)) if name == unknown and value is not None:
            pass
        case _ if isinstance(answer, Expr):
            value = answer
        case _:
            raise Unreadable("I expected the letter, an equals sign and an expression")
    if unknown in symbols(value) or contains_plus_minus(value):
        return unknown_verdict(Method.UNSUPPORTED, "the letter is on both sides", reading)
    letter = symbol(unknown)
    left, right = build(task.equation.left), build(task.equation.right)
    numerator, _ = sympy.fraction(sympy.together(left.expr - right.expr))
    try:
        degree = sympy.Poly(numerator, letter).degree()
    except sympy.PolynomialError:
        degree = 0
    if degree != 1:
        return unknown_verdict(Method.UNSUPPORTED, "there may be several solutions", reading)
    built = build(value)
    result = sympy.fraction(sympy.together(numerator.xreplace({letter: built.expr})))[0]
    if sympy.expand(result) == 0:
        text = f"put in for {unknown}, it makes both sides equal"
        evidence = Evidence(Method.SUBSTITUTION, text)
        factor = sympy.factor(sympy.Poly(numerator, letter).LC())
        factor = -factor if factor.could_extract_minus_sign() else factor
        assumptions = (f"{expr_text(factor)} ≠ 0",) if factor.free_symbols else ()
        return Verdict(
            Status.VERIFIED, Method.SUBSTITUTION, (evidence,), assumptions, reading=reading
        )
    solution = sympy.solve(sympy.Eq(numerator, 0), letter)
    if len(solution) != 1:
        return unknown_verdict(Method.UNSUPPORTED, "not decided", reading)
    finding = equality(built, Built(solution[0], built.conditions, is_complex=False))
    return verdict_of(finding, reading=reading)
