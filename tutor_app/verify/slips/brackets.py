"""Slips with brackets: multiplying out, minus signs in front, squares of sums."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Final

import sympy

from tutor_app.verify.build import build, symbol
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.slips.shape import (
    TWO,
    Term,
    added,
    divided,
    factors_of,
    is_sum,
    multiplied,
    number,
    power,
    product_of,
    subtracted,
    sum_of,
    terms_of,
)
from tutor_app.verify.slips.slip import ExpressionSlip, Slip, SlipName, Weight
from tutor_app.verify.syntax import Bin, Expr, Neg, Num, Operator, symbols


def _distributions(node: Expr, *, is_first: bool) -> Iterator[Expr]:
    """A factor times a sum, the factor reaching one term only."""
    factors = factors_of(node)
    if len(factors) < 2:
        return
    for index, bracket in enumerate(factors):
        if not is_sum(bracket):
            continue
        factor = product_of(factors[:index] + factors[index + 1 :])
        terms = terms_of(bracket)
        chosen = 0 if is_first else len(terms) - 1
        yield sum_of(
            Term(term.is_negative, multiplied(factor, term.node)) if k == chosen else term
            for k, term in enumerate(terms)
        )


def _first_term_only(node: Expr) -> Iterator[Expr]:
    yield from _distributions(node, is_first=True)


def _last_term_only(node: Expr) -> Iterator[Expr]:
    yield from _distributions(node, is_first=False)


def _negative_first_only(factor: Expr | None, bracket: Expr) -> Iterator[Expr]:
    """`-(b + c)` as `-b + c`; with a factor, `-k(b + c)` as `-kb + kc`."""
    terms = terms_of(bracket)
    scaled = [
        term if factor is None else Term(term.is_negative, multiplied(factor, term.node))
        for term in terms
    ]
    yield sum_of([scaled[0].opposite, *scaled[1:]])


def _minus_bracket(node: Expr) -> Iterator[Expr]:
    match node:
        case Neg(arg) if is_sum(arg):
            yield from _negative_first_only(None, arg)
        case Bin(Operator.SUB, left, right):
            factors = factors_of(right)
            for index, bracket in enumerate(factors):
                if is_sum(bracket):
                    rest = factors[:index] + factors[index + 1 :]
                    factor = product_of(rest) if rest else None
                    for wrong in _negative_first_only(factor, bracket):
                        yield added(left, wrong)
            match right:
                case Bin(Operator.DIV, top, bottom) if is_sum(top):
                    for wrong in _negative_first_only(None, top):
                        yield added(left, divided(wrong, bottom))
        case Bin(Operator.MUL, Neg(factor), bracket) if is_sum(bracket):
            yield from _negative_first_only(factor, bracket)


def _outer_products_lost(node: Expr) -> Iterator[Expr]:
    brackets = factors_of(node)
    if len(brackets) != 2 or not all(is_sum(bracket) for bracket in brackets):
        return
    first, second = (terms_of(bracket) for bracket in brackets)
    yield added(
        multiplied(first[0].signed, second[0].signed),
        multiplied(first[-1].signed, second[-1].signed),
    )


def _square_of_sum(node: Expr) -> tuple[Term, Term] | None:
    match node:
        case Bin(Operator.POW, base, Num(value)) if value == 2 and is_sum(base):
            terms = terms_of(base)
            return (terms[0], terms[1]) if len(terms) == 2 else None
        case _:
            return None


def _root_of_square(node: Expr) -> Expr | None:
    match node:
        case Bin(Operator.POW, base, Num(value)) if value == 2:
            return base
        case _:
            return None


def _power_of_sum(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.POW, base, Num() as exponent) if is_sum(base):
            terms = terms_of(base)
            yield sum_of(Term(term.is_negative, power(term.node, exponent)) for term in terms)
            yield sum_of(
                Term(is_negative=False, node=power(term.signed, exponent)) for term in terms
            )
        case Bin(Operator.ADD | Operator.SUB as op, left, right):
            # the other way round: a^2 - b^2 as (a - b)^2
            roots = [_root_of_square(part) for part in (left, right)]
            if roots[0] is not None and roots[1] is not None:
                yield power(Bin(op, roots[0], roots[1]), TWO)


def _middle_not_doubled(node: Expr) -> Iterator[Expr]:
    pair = _square_of_sum(node)
    if pair is not None:
        first, second = (term.signed for term in pair)
        yield added(added(power(first, TWO), multiplied(first, second)), power(second, TWO))


def _sign_in_square(node: Expr) -> Iterator[Expr]:
    pair = _square_of_sum(node)
    if pair is None:
        return
    first, second = (term.signed for term in pair)
    squares = power(first, TWO), power(second, TWO)
    double = multiplied(TWO, multiplied(first, second))
    for middle, last in product((added, subtracted), repeat=2):
        if (middle, last) != (added, added):
            yield last(middle(squares[0], double), squares[1])


def _square_not_balanced(node: Expr) -> Iterator[Expr]:
    """`x^2 + bx + c` as `(x + b/2)^2 + c`, nothing subtracted for the square."""
    letters = symbols(node)
    if not is_sum(node) or len(letters) != 1:
        return
    letter = symbol(next(iter(letters)))
    try:
        polynomial = sympy.Poly(build(node).expr, letter, domain="QQ")
    except (Unreadable, sympy.CoercionFailed, sympy.PolynomialError):
        return
    if polynomial.degree() != 2:
        return
    a, b, _ = polynomial.all_coeffs()
    if b == 0:
        return
    for extra in {a * (b / (2 * a)) ** 2, (b / (2 * a)) ** 2}:
        for change in (added, subtracted):
            yield change(node, number(sympy_fraction(extra)))


def sympy_fraction(value: sympy.Rational) -> Fraction:
    """A SymPy rational as a fraction."""
    return Fraction(int(value.p), int(value.q))


BRACKET_SLIPS: Final = (
    ExpressionSlip(
        Slip(
            SlipName.FIRST_TERM_ONLY,
            "perhaps the factor was multiplied with the first term of the bracket only",
            ("4(x + 5) - 1", "= 4x + 5 - 1"),
        ),
        _first_term_only,
    ),
    ExpressionSlip(
        Slip(
            SlipName.LAST_TERM_ONLY,
            "perhaps the factor was multiplied with the last term of the bracket only",
            ("4(x + 5) - 1", "= x + 20 - 1"),
        ),
        _last_term_only,
    ),
    ExpressionSlip(
        Slip(
            SlipName.MINUS_BRACKET,
            "perhaps the minus sign was not applied to every term in the bracket",
            ("8 - (x - 3)", "= 8 - x - 3"),
            Weight.SPECIFIC,
        ),
        _minus_bracket,
    ),
    ExpressionSlip(
        Slip(
            SlipName.OUTER_PRODUCTS_LOST,
            "perhaps only first with first and last with last were multiplied",
            ("(x + 2)(x + 7)", "= x^2 + 14"),
        ),
        _outer_products_lost,
    ),
    ExpressionSlip(
        Slip(
            SlipName.POWER_OF_SUM,
            "perhaps the power was taken of each term; (a + b)^2 is a^2 + 2ab + b^2",
            ("(x + 6)^2", "= x^2 + 36"),
            Weight.SPECIFIC,
        ),
        _power_of_sum,
    ),
    ExpressionSlip(
        Slip(
            SlipName.MIDDLE_TERM_NOT_DOUBLED,
            "perhaps the middle term of the square was not doubled",
            ("(x + 6)^2", "= x^2 + 6x + 36"),
            Weight.SPECIFIC,
        ),
        _middle_not_doubled,
    ),
    ExpressionSlip(
        Slip(
            SlipName.SIGN_IN_SQUARE,
            "perhaps a sign went wrong in the square of the bracket",
            ("(x - 6)^2", "= x^2 - 12x - 36"),
        ),
        _sign_in_square,
    ),
    ExpressionSlip(
        Slip(
            SlipName.SQUARE_NOT_BALANCED,
            "perhaps the number added to complete the square was not taken off again",
            ("x^2 + 10x + 3", "= (x + 5)^2 + 3"),
            Weight.SPECIFIC,
        ),
        _square_not_balanced,
    ),
)
"""All slips with brackets."""
