"""Equality of two expressions as typed, with the readings and domains that equality needs."""

from collections.abc import Iterator
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Method
from tutor_app.verify.angle_unit import may_hold_in_degrees
from tutor_app.verify.build import Builder, Built, Condition, Need, build, uses_bare_log
from tutor_app.verify.factorials import compare_factorials, has_lettered_factorial
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.matrix_algebra import matrix_rows
from tutor_app.verify.matrix_comparison import compare_matrices
from tutor_app.verify.numerals import expr_text, number_text
from tutor_app.verify.series import open_letters
from tutor_app.verify.syntax import Expr, replace_letters, symbols, whole, yields_matrix
from tutor_app.verify.zero import Answer, Finding, equality

_SAMPLE_ENDS: Final = (4, 3, 5, 6, 2, 7)


def compare_expressions(left: Expr, right: Expr) -> Finding:
    """Whether two expressions are equal, under every reading of `log` and of angles.

    Raises:
        Unreadable: a side cannot be built.
    """
    if yields_matrix(left) or yields_matrix(right):
        if uses_bare_log(left) or uses_bare_log(right):
            raise Unreadable("log can mean base 10 or base e", is_ambiguous=True)
        return compare_matrices(left, right)
    if has_lettered_factorial(left) or has_lettered_factorial(right):
        return compare_factorials(left, right)
    if open_letters(left) | open_letters(right):
        return _compare_at_whole_numbers(left, right)
    first = equality(build(left), build(right))
    if first.answer is Answer.NO and may_hold_in_degrees(left, right):
        return Finding(Answer.OPEN, Method.AMBIGUOUS, "without a degree sign I read radians")
    if not (uses_bare_log(left) or uses_bare_log(right)):
        return first
    ten = sympy.Integer(10)
    second = equality(build(left, ten), build(right, ten))
    if first.answer is second.answer:
        return first
    return Finding(Answer.OPEN, Method.AMBIGUOUS, "log can mean base 10 or base e")


def _compare_at_whole_numbers(left: Expr, right: Expr) -> Finding:
    """Equality of sums with open ends, whose letters stand for whole numbers only."""
    try:
        finding = equality(build(left), build(right))
    except Unreadable:
        finding = Finding(Answer.OPEN, Method.UNSUPPORTED, "I cannot add this up")
    if finding.answer is Answer.YES:
        return finding
    for values in _whole_points(left, right):
        sides = [replace_letters(side, values) for side in (left, right)]
        try:
            found = compare_expressions(sides[0], sides[1])
        except Unreadable:
            continue
        if found.answer is Answer.NO:
            place = ", ".join(f"{name} = {build(value).expr}" for name, value in values.items())
            return Finding(Answer.NO, Method.COUNTEREXAMPLE, f"{place}: {found.text}", found.data)
    return Finding(Answer.OPEN, Method.UNSUPPORTED, "I could not compare the two sums")


def _whole_points(left: Expr, right: Expr) -> Iterator[dict[str, Expr]]:
    names = sorted(symbols(left) | symbols(right))
    for end in _SAMPLE_ENDS:
        yield {name: whole(end + j) for j, name in enumerate(names)}


def expression_gap(left: Expr, right: Expr) -> tuple[str, ...] | None:
    """`domain_gap` of two expressions, which may be matrices.

    Raises:
        Unreadable: a side cannot be built.
    """
    sides: list[Built] = []
    for node in (left, right):
        builder = Builder()
        if has_lettered_factorial(node):
            return ()  # compared for whole numbers only, where all of it is defined
        if yields_matrix(node):
            matrix_rows(node, builder.build)
        else:
            builder.build(node)
        sides.append(Built(sympy.Integer(0), tuple(builder.needs), is_complex=False))
    return domain_gap(sides[0], sides[1])


def domain_gap(left: Built, right: Built) -> tuple[str, ...] | None:
    """Single points at which only one side is defined, as sentences; None if more differs.

    `(x^2-1)/(x-1)` and `x+1` differ at one point, which is condoned when it is said;
    `ln(x^2)` and `2 ln x` differ on a half-line, which is not.
    """
    sets = [_requirements(side) for side in (left, right)]
    gap = sets[0] ^ sets[1]
    if any(condition.need is not Need.NONZERO for condition in gap):
        return None
    return tuple(sorted(_point_text(condition) for condition in gap))


def _requirements(side: Built) -> frozenset[Condition]:
    """The conditions in a normal form, those left out that others imply."""
    normal = {part for condition in side.conditions for part in _normal(condition)}
    positive = {part.expr for part in normal if part.need is Need.POSITIVE}
    return frozenset(
        part for part in normal if part.need is not Need.NONZERO or part.expr not in positive
    )


def _normal(condition: Condition) -> tuple[Condition, ...]:
    expr = condition.expr
    if condition.need is Need.POSITIVE:
        expr = expr.as_coeff_Mul()[1] if expr.as_coeff_Mul()[0].is_positive else expr
        if not expr.is_nonnegative:
            return (Condition(Need.POSITIVE, expr),)
    elif condition.need is not Need.NONZERO:
        return (condition,)
    return tuple(Condition(Need.NONZERO, factor) for factor in _factors(expr))


def _factors(expr: SymExpr) -> list[SymExpr]:
    """What must not vanish so that a product does not: its factors without constants."""
    found: list[SymExpr] = []
    for factor in sympy.Mul.make_args(sympy.factor(expr)):
        base = factor.base if factor.is_Pow else factor
        base = base.args[0] if isinstance(base, sympy.Abs) else base
        if base.free_symbols:
            found.append(base)
    return found


def _point_text(condition: Condition) -> str:
    letters = sorted(condition.expr.free_symbols, key=str)
    if len(letters) == 1:
        slope = sympy.diff(condition.expr, letters[0])
        if slope.is_Rational and slope != 0:
            root = -condition.expr.xreplace({letters[0]: sympy.Integer(0)}) / slope
            return f"{letters[0]} ≠ {number_text(root)}"
    return f"{expr_text(condition.expr)} ≠ 0"
