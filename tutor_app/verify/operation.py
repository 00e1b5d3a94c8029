"""Whether the operation a line names in words is the one its formula shows.

"Subtract 68 from both sides: 7n = 2 - 28" holds a right equation and a wrong reason; it must not
get a tick.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, product
from typing import Final

from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.syntax import Bin, Chain, Comparison, Expr, Neg, Num, Operator, Statement
from tutor_app.verify.zero import Answer

_VALUE: Final = r"\s+(?P<value>[^\s:,.;]+(?:\.\d+)?)"
_SIDES: Final = (
    (re.compile(rf"(?i)\badd(?:ing)?{_VALUE}\s+to\s+(?:both|each)\s+sides?"), Operator.ADD),
    (
        re.compile(rf"(?i)\bsubtract(?:ing)?{_VALUE}\s+from\s+(?:both|each)\s+sides?"),
        Operator.SUB,
    ),
    (
        re.compile(rf"(?i)\bmultiply(?:ing)?\s+(?:both|each)\s+sides?\s+by{_VALUE}"),
        Operator.MUL,
    ),
    (re.compile(rf"(?i)\bdivid(?:e|ing)\s+(?:both|each)\s+sides?\s+by{_VALUE}"), Operator.DIV),
)
_BOTH: Final = (
    (re.compile(rf"(?i)\bdivid(?:e|ing)\s+both\s+by{_VALUE}"), Operator.DIV),
    (re.compile(rf"(?i)\bmultiply(?:ing)?\s+both\s+by{_VALUE}"), Operator.MUL),
)


def fits_words(words: str, statement: Statement, before: Sequence[tuple[Expr, Expr]]) -> bool:
    """Whether a line does what its words say; True where they name no operation.

    Args:
        words: the line with formula delimiters removed.
        statement: its last formula.
        before: the equations the operation may have been applied to.
    """
    try:
        for pattern, operator in _SIDES:
            for found in pattern.finditer(words):
                value = parse_expression(found["value"])
                if not _is_result(statement, before, operator, value):
                    return False
        for pattern, operator in _BOTH:
            for found in pattern.finditer(words):
                value = parse_expression(found["value"])
                if not _is_rescaled(statement, before, operator, value):
                    return False
    except Unreadable:
        return False
    return True


def _equal(left: Expr, right: Expr) -> bool:
    return compare_expressions(left, right).answer is Answer.YES


def _is_result(
    statement: Statement, before: Sequence[tuple[Expr, Expr]], operator: Operator, value: Expr
) -> bool:
    if not isinstance(statement, Chain) or statement.comparisons[:1] != (Comparison.EQ,):
        return False
    left, right = statement.operands[:2]
    if left is None or right is None:
        return False
    for old_left, old_right in before:
        sides = (Bin(operator, old_left, value), Bin(operator, old_right, value))
        if _equal(left, sides[0]) and _equal(right, sides[1]):
            return True
        if _equal(left, sides[1]) and _equal(right, sides[0]):
            return True
    return False


def _is_rescaled(
    statement: Statement, before: Sequence[tuple[Expr, Expr]], operator: Operator, factor: Expr
) -> bool:
    """Numerator and denominator divided or multiplied by the same number."""
    if not isinstance(statement, Chain) or not isinstance(factor, Num):
        return False
    parts = [_fraction(node) for node in statement.operands]
    earlier = [_fraction(right) for _, right in before]
    for first, second in (*pairwise(parts), *product(earlier, parts)):
        if first is None or second is None:
            continue
        large, small = (first, second) if operator is Operator.DIV else (second, first)
        if large == (small[0] * factor.value, small[1] * factor.value):
            return True
    return False


def _fraction(node: Expr | None) -> tuple[Fraction, Fraction] | None:
    sign = 1
    if isinstance(node, Neg):
        node, sign = node.arg, -1
    if isinstance(node, Num):
        return (sign * node.value, Fraction(1))
    if isinstance(node, Bin) and node.op is Operator.DIV:
        top, bottom = node.left, node.right
        if isinstance(top, Neg):
            top, sign = top.arg, -sign
        if isinstance(top, Num) and isinstance(bottom, Num):
            return (sign * top.value, bottom.value)
    return None
