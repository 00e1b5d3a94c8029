"""Decides comparisons of numbers: equal, rounded, ordered, or a label."""

import sympy

from tutor_app.core.verdict import Method, Relation, Status
from tutor_app.verify.build import Built, build
from tutor_app.verify.checkers.equation import expand_signs
from tutor_app.verify.checkers.number import is_rounded
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.decision import Decision, decision_of, undecided
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.matrix_comparison import is_rounded_matrix
from tutor_app.verify.matrix_steps import may_be_row_operation
from tutor_app.verify.number_bases import has_doubtful_base
from tutor_app.verify.numerals import number_text
from tutor_app.verify.rendering import render
from tutor_app.verify.solutions import is_defined_at
from tutor_app.verify.syntax import (
    Bin,
    Comparison,
    Expr,
    Operator,
    Percent,
    adds_percent,
    contains,
    contains_plus_minus,
    yields_matrix,
)
from tutor_app.verify.zero import Answer, Finding


def decide_numbers(
    left: Expr, comparison: Comparison, right: Expr, *, is_quotient: bool
) -> Decision:
    """Whether a comparison of two numbers holds.

    Args:
        left: without letters.
        comparison: between the sides.
        right: without letters.
        is_quotient: `12/7 = 1` may mean the quotient without its remainder.

    Raises:
        Unreadable: a side cannot be built.
    """
    if contains_plus_minus(left) or contains_plus_minus(right):
        return _pairs(left, comparison, right, is_quotient=is_quotient)
    if comparison is Comparison.EQ:
        return _equality(left, right, is_quotient=is_quotient)
    if comparison is Comparison.APPROX:
        return _rounding(left, right)
    return _order(left, comparison, right)


def _pairs(left: Expr, comparison: Comparison, right: Expr, *, is_quotient: bool) -> Decision:
    lefts, rights = expand_signs(left), expand_signs(right)
    if comparison is not Comparison.EQ or len(lefts) != len(rights):
        return undecided("± stands for two values")
    decisions = [
        _equality(*pair, is_quotient=is_quotient) for pair in zip(lefts, rights, strict=True)
    ]
    for status in (Status.UNKNOWN, Status.REFUTED):
        for decision in decisions:
            if decision.status is status:
                # The other pairing of the signs would have to be refuted too.
                return undecided("the two values of ± do not match one by one")
    return decisions[0]


def _equality(left: Expr, right: Expr, *, is_quotient: bool) -> Decision:
    if adds_percent(left) or adds_percent(right):
        return undecided("a percentage added to a number can mean two things", Method.AMBIGUOUS)
    if has_doubtful_base(left, right):
        return undecided("it is not said in which base a number is written", Method.AMBIGUOUS)
    finding = compare_expressions(left, right)
    if finding.answer is not Answer.NO:
        return decision_of(finding, Relation.EQUAL)
    if yields_matrix(left):
        return _matrix_inequality(left, right, finding)
    if is_rounded(right, left) or is_rounded(left, right):
        return undecided("this is rounded, not exactly equal", Method.AMBIGUOUS)
    if _is_percent_label(left, right):
        return undecided("the percent sign may be a label here", Method.AMBIGUOUS)
    if is_quotient and _is_whole_quotient(left, right):
        return undecided("this may be the quotient without its remainder", Method.AMBIGUOUS)
    reason = f"{render(left)} is not {render(right)}: {finding.text}"
    return decision_of(finding, Relation.EQUAL, reason)


def _matrix_inequality(left: Expr, right: Expr, finding: Finding) -> Decision:
    if may_be_row_operation(left, right):
        return undecided("not the same matrix, but perhaps a row operation")
    if is_rounded_matrix(right, left):
        return undecided("these are rounded values, not exactly equal", Method.AMBIGUOUS)
    return decision_of(finding, Relation.EQUAL)


def _is_whole_quotient(left: Expr, right: Expr) -> bool:
    if not (isinstance(left, Bin) and left.op is Operator.DIV):
        return False
    value, shown = build(left).expr, build(right).expr
    return bool(value.is_Rational and shown.is_Integer and sympy.floor(value) == shown)


def _is_percent_label(left: Expr, right: Expr) -> bool:
    """`1/4 * 100 = 25%`: the sign names the unit of the number before it."""
    is_label = isinstance(right, Percent) and not isinstance(left, Percent)
    if contains(left, Percent) == contains(right, Percent) and not is_label:
        return False
    values = build(left).expr, build(right).expr
    if isinstance(left, Percent) and values[1].is_Rational and values[1] >= 1:
        return True  # "10% = 8" leaves out of what
    return bool(values[0] == 100 * values[1] or values[1] == 100 * values[0])


def _rounding(left: Expr, right: Expr) -> Decision:
    if compare_expressions(left, right).answer is Answer.YES:
        finding = Finding(Answer.YES, Method.EXACT_ARITHMETIC, "the sides are even equal")
        return decision_of(finding, Relation.EQUAL)
    if is_rounded(right, left) or is_rounded(left, right):
        finding = Finding(Answer.YES, Method.EXACT_ARITHMETIC, "correctly rounded")
        return decision_of(finding, Relation.EQUAL)
    return undecided("an approximation that I cannot judge", Method.AMBIGUOUS)


def _order(left: Expr, comparison: Comparison, right: Expr) -> Decision:
    first, second = build(left), build(right)
    if first.is_complex or second.is_complex:
        return undecided("complex numbers have no order")
    for side in (first, second):
        if is_defined_at(side, {}) is not True:
            return undecided("a side has no real value")
    sign = _difference_sign(first, second)
    if sign is None:
        return undecided("the sides are too close to compare")
    holds = {
        Comparison.LT: sign < 0,
        Comparison.LE: sign <= 0,
        Comparison.GT: sign > 0,
        Comparison.GE: sign >= 0,
        Comparison.NE: sign != 0,
    }[comparison]
    text = f"left {number_text(first.expr)}, right {number_text(second.expr)}"
    answer = Answer.YES if holds else Answer.NO
    return decision_of(Finding(answer, Method.EXACT_ARITHMETIC, text), Relation.CLAIM)


def _difference_sign(left: Built, right: Built) -> int | None:
    difference = left.expr - right.expr
    if difference == 0:
        return 0
    return Enclosure().sign(difference)
