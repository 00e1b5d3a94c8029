"""Slips with fractions: cancelling, adding, multiplying and dividing."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from tutor_app.verify.slips.shape import (
    ONE,
    Term,
    added,
    divided,
    factors_of,
    is_sum,
    multiplied,
    product_of,
    subtracted,
    sum_of,
    terms_of,
    without,
)
from tutor_app.verify.slips.slip import ExpressionSlip, Slip, SlipName, Weight
from tutor_app.verify.syntax import Bin, Expr, Operator, symbols


def _fraction(node: Expr) -> tuple[Expr, Expr] | None:
    match node:
        case Bin(Operator.DIV, top, bottom):
            return top, bottom
        case _:
            return None


def _cancelled_term(node: Expr) -> Iterator[Expr]:
    """`(a + b)/(a + c)` as `b/c`, and `(a + b)/a` as `b` or `1 + b`."""
    parts = _fraction(node)
    if parts is None:
        return
    top, bottom = (terms_of(part) for part in parts)
    if len(top) < 2:
        return
    for i, upper in enumerate(top):
        for j, lower in enumerate(bottom):
            if upper != lower:
                continue
            rest = sum_of(without(top, i))
            if len(bottom) > 1:
                yield divided(rest, sum_of(without(bottom, j)))
                continue
            yield rest


def _divided_one_term(node: Expr) -> Iterator[Expr]:
    """`(a + b)/k` as `a/k + b` or `a + b/k`."""
    parts = _fraction(node)
    if parts is None or not is_sum(parts[0]):
        return
    top, bottom = terms_of(parts[0]), parts[1]
    for index, term in enumerate(top):
        quotient = Term(term.is_negative, divided(term.node, bottom))
        yield sum_of((*top[:index], quotient, *top[index + 1 :]))


def _combined(node: Expr, combine: "_Combine") -> Iterator[Expr]:
    """Two fractions of a sum replaced by what a wrong rule makes of them."""
    if not is_sum(node):
        return
    terms = terms_of(node)
    for i, j in combinations(range(len(terms)), 2):
        first, second = _fraction(terms[i].node), _fraction(terms[j].node)
        if first is None or second is None:
            continue
        if first[1] == second[1]:
            continue
        tops = [Term(terms[k].is_negative, part[0]) for k, part in ((i, first), (j, second))]
        result = combine.of(sum_of(tops), first[1], second[1], terms[j].is_negative)
        rest = [term for k, term in enumerate(terms) if k not in {i, j}]
        yield sum_of([Term(is_negative=False, node=result), *rest])


class _Combine:
    """How two numerators and two denominators become one fraction."""

    def __init__(self, *, keeps_product: bool) -> None:
        self._keeps_product = keeps_product

    def of(self, top: Expr, first: Expr, second: Expr, is_difference: bool) -> Expr:
        """The wrong sum of two fractions."""
        if self._keeps_product:
            return divided(top, multiplied(first, second))
        join = subtracted if is_difference else added
        return divided(top, join(first, second))


def _added_across(node: Expr) -> Iterator[Expr]:
    yield from _combined(node, _Combine(keeps_product=False))
    # also with the denominators added in a difference
    if is_sum(node) and any(term.is_negative for term in terms_of(node)):
        terms = terms_of(node)
        parts = [_fraction(term.node) for term in terms]
        if len(terms) == 2 and parts[0] is not None and parts[1] is not None:
            tops = [Term(term.is_negative, part[0]) for term, part in zip(terms, parts, strict=True)
                    if part is not None]  # fmt: skip
            yield divided(sum_of(tops), added(parts[0][1], parts[1][1]))


def _numerators_not_expanded(node: Expr) -> Iterator[Expr]:
    yield from _combined(node, _Combine(keeps_product=True))


def _two_fractions(node: Expr, operator: Operator) -> tuple[Expr, Expr, Expr, Expr] | None:
    match node:
        # 2/5 * 3/7 is read from the left: ((2/5) * 3)/7
        case Bin(Operator.DIV, Bin(op, Bin(Operator.DIV, a, b), c), d) if op is operator:
            return (a, b, c, d) if operator is Operator.MUL else None
        case Bin(op, left, right) if op is operator:
            first = _fraction(left) or (left, ONE)
            second = _fraction(right) or (right, ONE)
            is_whole = first[1] == ONE, second[1] == ONE
            if all(is_whole) or (operator is Operator.MUL and any(is_whole)):
                return None
            return (*first, *second)
        case _:
            return None


def _multiplied_crosswise(node: Expr) -> Iterator[Expr]:
    parts = _two_fractions(node, Operator.MUL)
    if parts is not None:
        a, b, c, d = parts
        yield divided(multiplied(a, d), multiplied(b, c))


def _divisor_not_inverted(node: Expr) -> Iterator[Expr]:
    parts = _two_fractions(node, Operator.DIV)
    if parts is not None:
        a, b, c, d = parts
        yield divided(multiplied(a, c), multiplied(b, d))


def _dividend_inverted(node: Expr) -> Iterator[Expr]:
    parts = _two_fractions(node, Operator.DIV)
    if parts is not None:
        a, b, c, d = parts
        yield divided(multiplied(b, c), multiplied(a, d))


def _reciprocal_of_sum(node: Expr) -> Iterator[Expr]:
    """`k/(a + b)` as `k/a + k/b`."""
    match node:
        case Bin(Operator.DIV, top, bottom) if is_sum(bottom):
            yield sum_of(Term(t.is_negative, divided(top, t.node)) for t in terms_of(bottom))


def _like(term: Expr) -> tuple[Expr, frozenset[str]]:
    numbers = [factor for factor in factors_of(term) if not symbols(factor)]
    return product_of(numbers), symbols(term)


def _unlike_terms(node: Expr) -> Iterator[Expr]:
    """`3x + 4` as `7x`, `2x + 5y` as `7xy`."""
    if not is_sum(node):
        return
    terms = terms_of(node)
    for i, j in combinations(range(len(terms)), 2):
        first, second = _like(terms[i].node), _like(terms[j].node)
        has_bracket = any(is_sum(f) for k in (i, j) for f in factors_of(terms[k].node))
        if first[1] == second[1] or has_bracket:
            continue
        letters = [
            factor for k in (i, j) for factor in factors_of(terms[k].node) if symbols(factor)
        ]
        count = sum_of(
            [Term(terms[i].is_negative, first[0]), Term(terms[j].is_negative, second[0])]
        )
        rest = [term for k, term in enumerate(terms) if k not in {i, j}]
        merged = product_of([count, *letters])
        yield sum_of([Term(is_negative=False, node=merged), *rest])


FRACTION_SLIPS: Final = (
    ExpressionSlip(
        Slip(
            SlipName.CANCELLED_TERM,
            "perhaps a term was cancelled; only factors of the whole numerator cancel",
            ("(x + 9)/(x + 3)", "= 9/3"),
            Weight.SPECIFIC,
        ),
        _cancelled_term,
    ),
    ExpressionSlip(
        Slip(
            SlipName.DIVIDED_ONE_TERM,
            "perhaps only one term of the numerator was divided",
            ("(8x + 6)/2", "= 4x + 6"),
        ),
        _divided_one_term,
    ),
    ExpressionSlip(
        Slip(
            SlipName.ADDED_ACROSS,
            "perhaps numerators and denominators were added separately",
            ("2/5 + 1/3", "= 3/8"),
            Weight.SPECIFIC,
        ),
        _added_across,
    ),
    ExpressionSlip(
        Slip(
            SlipName.NUMERATORS_NOT_EXPANDED,
            "perhaps the numerators were not adapted to the common denominator",
            ("2/5 + 1/3", "= 3/15"),
            Weight.SPECIFIC,
        ),
        _numerators_not_expanded,
    ),
    ExpressionSlip(
        Slip(
            SlipName.MULTIPLIED_CROSSWISE,
            "perhaps the fractions were multiplied crosswise, as if dividing",
            ("2/5 * 3/7", "= 14/15"),
        ),
        _multiplied_crosswise,
    ),
    ExpressionSlip(
        Slip(
            SlipName.DIVISOR_NOT_INVERTED,
            "perhaps the divisor was not turned upside down",
            ("(2/5) / (3/7)", "= 6/35"),
        ),
        _divisor_not_inverted,
    ),
    ExpressionSlip(
        Slip(
            SlipName.DIVIDEND_INVERTED,
            "perhaps the wrong one of the two fractions was turned upside down",
            ("(2/5) / (3/7)", "= 15/14"),
        ),
        _dividend_inverted,
    ),
    ExpressionSlip(
        Slip(
            SlipName.RECIPROCAL_OF_SUM,
            "perhaps each term was turned upside down; the reciprocal of a sum does not split",
            ("1/(x + 2)", "= 1/x + 1/2"),
            Weight.SPECIFIC,
        ),
        _reciprocal_of_sum,
    ),
    ExpressionSlip(
        Slip(
            SlipName.UNLIKE_TERMS,
            "perhaps terms were collected that are not alike",
            ("3x + 4", "= 7x"),
        ),
        _unlike_terms,
    ),
)
"""All slips with fractions and with terms that cannot be collected."""
