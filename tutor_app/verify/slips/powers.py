"""Slips with signs, powers, roots and the order of operations."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Final

from tutor_app.verify.slips.shape import (
    ONE,
    TWO,
    ZERO,
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
from tutor_app.verify.syntax import Bin, Call, Expr, Neg, Num, Operator, Percent

_SMALL_POWERS: Final = 12


def _power(node: Expr) -> tuple[Expr, Expr] | None:
    match node:
        case Bin(Operator.POW, base, exponent):
            return base, exponent
        case Bin(Operator.DIV, _, _) | Neg():
            return None
        case _:
            return node, ONE


def _root_of_sum(node: Expr) -> Iterator[Expr]:
    match node:
        case Call("sqrt" | "cbrt" | "root" as name, args) if is_sum(args[0]):
            terms = terms_of(args[0])
            yield sum_of(
                Term(term.is_negative, Call(name, (term.node, *args[1:]))) for term in terms
            )
            # the roots taken in the head: sqrt(x^2 + 16) as x + 4
            if name == "sqrt":
                yield sum_of(Term(term.is_negative, _plain_root(term.node)) for term in terms)


def _plain_root(node: Expr) -> Expr:
    match node:
        case Bin(Operator.POW, base, Num(value)) if value == 2:
            return base
        case _:
            return Call("sqrt", (node,))


def _double_minus(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.SUB, left, Neg(arg)):
            yield subtracted(left, arg)
        case Bin(Operator.SUB, left, Bin(Operator.MUL, Neg(arg), rest)):
            yield subtracted(left, multiplied(arg, rest))
        case Neg(Neg(arg)):
            yield Neg(arg)


def _minus_times_minus(node: Expr) -> Iterator[Expr]:
    factors = factors_of(node)
    negative = [k for k, factor in enumerate(factors) if isinstance(factor, Neg)]
    if len(negative) >= 2:
        yield Neg(node)
    match node:
        case Bin(Operator.SUB, left, right):
            inner = factors_of(right)
            if len(inner) > 1 and any(isinstance(factor, Neg) for factor in inner):
                yield added(left, right)
        case Bin(Operator.DIV, Neg(), Neg()):
            yield Neg(node)


def _sign_of_product(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.MUL, left, right):
            if isinstance(left, Neg) is not isinstance(right, Neg):
                yield Neg(node)
        case Bin(Operator.DIV, left, right):
            if isinstance(left, Neg) is not isinstance(right, Neg):
                yield Neg(node)


def _square_of_negative(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.POW, Neg(arg), exponent):
            yield Neg(power(arg, exponent))
        case Neg(Bin(Operator.POW, base, exponent)):
            yield power(Neg(base), exponent)
        case Bin(Operator.SUB, left, Bin(Operator.POW, base, exponent)):
            yield added(left, power(Neg(base), exponent))


def _left_to_right(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.ADD | Operator.SUB as op, left, Bin(Operator.MUL | Operator.DIV as inner,
                                                              first, second)):  # fmt: skip
            yield Bin(inner, Bin(op, left, first), second)
        case Bin(Operator.DIV, Bin(Operator.DIV | Operator.MUL as inner, a, b), Num() as c):
            yield Bin(inner, a, divided(b, c))
        case Bin(Operator.MUL, Bin(Operator.DIV, a, b), Num() as c):
            yield divided(a, multiplied(b, c))


def _added_before_subtracting(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.ADD, Bin(Operator.SUB, a, b), c):
            yield subtracted(a, added(b, c))
        case Bin(Operator.SUB, Bin(Operator.SUB, a, b), c):
            yield subtracted(a, subtracted(b, c))


def _power_after_product(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.MUL, left, Bin(Operator.POW, base, exponent)):
            yield power(multiplied(left, base), exponent)
        case Bin(Operator.ADD | Operator.SUB as op, left, Bin(Operator.POW, base, exponent)):
            yield power(Bin(op, left, base), exponent)


def _exponents_multiplied(node: Expr) -> Iterator[Expr]:
    factors = factors_of(node)
    if len(factors) < 2:
        return
    for i, j in combinations(range(len(factors)), 2):
        first, second = _power(factors[i]), _power(factors[j])
        if first is None or second is None or first[0] != second[0]:
            continue
        merged = power(first[0], multiplied(first[1], second[1]))
        yield product_of([merged, *(f for k, f in enumerate(factors) if k not in {i, j})])


def _exponents_added(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.POW, Bin(Operator.POW, base, inner), outer):
            yield power(base, added(inner, outer))


def _exponents_divided(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.DIV, top, bottom):
            first, second = _power(top), _power(bottom)
            if first is not None and second is not None and first[0] == second[0]:
                yield power(first[0], divided(first[1], second[1]))


def _powers_merged(node: Expr) -> Iterator[Expr]:
    """`x^2 + x^3` as `x^5`, and `3^2 * 2^3` as `6^5`."""
    if is_sum(node):
        terms = terms_of(node)
        for i, j in combinations(range(len(terms)), 2):
            first, second = _power(terms[i].node), _power(terms[j].node)
            if first is None or second is None or first[0] != second[0] or first == second:
                continue
            merged = Term(is_negative=False, node=power(first[0], added(first[1], second[1])))
            yield sum_of([merged, *(t for k, t in enumerate(terms) if k not in {i, j})])
    match node:
        case Bin(Operator.MUL, Bin(Operator.POW, a, m), Bin(Operator.POW, b, n)) if a != b:
            yield power(multiplied(a, b), added(m, n))


def _exponent_one_factor(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.POW, base, exponent):
            factors = factors_of(base)
            if len(factors) > 1:
                for k, factor in enumerate(factors):
                    yield product_of([*factors[:k], power(factor, exponent), *factors[k + 1 :]])
                yield product_of([factors[0], *(power(factor, exponent) for factor in factors[1:])])
            match base:
                case Bin(Operator.DIV, top, bottom):
                    yield divided(power(top, exponent), bottom)
                    yield divided(top, power(bottom, exponent))


def _negative_exponent(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.POW, base, Neg(exponent)):
            yield Neg(power(base, exponent))
            yield Neg(divided(ONE, power(base, exponent)))
            yield multiplied(base, Neg(exponent))


def _zero_exponent(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.POW, base, Num(value)) if value == 0:
            yield ZERO
            yield base


def _power_as_product(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.POW, base, Num(value) as exponent) if 1 < value <= _SMALL_POWERS:
            yield multiplied(base, exponent)
        case Bin(Operator.POW, base, Bin(Operator.DIV, Num(top), Num(bottom))):
            yield multiplied(base, number(Fraction(top, bottom)))
        case Call("sqrt", (arg,)):
            yield divided(arg, TWO)


def _percent_as_number(node: Expr) -> Iterator[Expr]:
    match node:
        case Percent(arg):
            yield arg
            yield divided(arg, number(10))


def _other_operation(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.ADD, Num() as left, Num() as right):
            yield multiplied(left, right)
            yield subtracted(left, right)
        case Bin(Operator.MUL, Num() as left, Num() as right):
            yield added(left, right)
        case Bin(Operator.SUB, Num() as left, Num() as right):
            yield added(left, right)
        case Bin(Operator.DIV, Num() as left, Num() as right):
            yield multiplied(left, right)
            yield divided(right, left)


POWER_SLIPS: Final = (
    ExpressionSlip(
        Slip(
            SlipName.ROOT_OF_SUM,
            "perhaps the root was taken of each term; the root of a sum is no sum of roots",
            ("sqrt(x^2 + 49)", "= x + 7"),
            Weight.SPECIFIC,
        ),
        _root_of_sum,
    ),
    ExpressionSlip(
        Slip(
            SlipName.DOUBLE_MINUS,
            "perhaps a minus sign was lost; taking away a negative number adds",
            ("6 - (-4)", "= 2"),
            Weight.SPECIFIC,
        ),
        _double_minus,
    ),
    ExpressionSlip(
        Slip(
            SlipName.MINUS_TIMES_MINUS,
            "perhaps minus times minus was taken as minus",
            ("(-6) * (-4)", "= -24"),
            Weight.SPECIFIC,
        ),
        _minus_times_minus,
    ),
    ExpressionSlip(
        Slip(
            SlipName.SIGN_OF_PRODUCT,
            "perhaps the minus sign of a product or quotient was lost",
            ("-6 * 4 + 1", "= 24 + 1"),
        ),
        _sign_of_product,
    ),
    ExpressionSlip(
        Slip(
            SlipName.SQUARE_OF_NEGATIVE,
            "perhaps it was mixed up whether the minus sign belongs to what is raised to the power",
            ("(-3)^2", "= -9"),
            Weight.SPECIFIC,
        ),
        _square_of_negative,
    ),
    ExpressionSlip(
        Slip(
            SlipName.LEFT_TO_RIGHT,
            "perhaps the operations were done in the wrong order",
            ("5 + 2 * 6", "= 42"),
        ),
        _left_to_right,
    ),
    ExpressionSlip(
        Slip(
            SlipName.ADDED_BEFORE_SUBTRACTING,
            "perhaps the last two numbers were combined first; work from left to right",
            ("14 - 5 + 3", "= 6"),
        ),
        _added_before_subtracting,
    ),
    ExpressionSlip(
        Slip(
            SlipName.POWER_AFTER_PRODUCT,
            "perhaps the power was taken of more than its base",
            ("2 * 5^2", "= 100"),
        ),
        _power_after_product,
    ),
    ExpressionSlip(
        Slip(
            SlipName.EXPONENTS_MULTIPLIED,
            "perhaps the exponents were multiplied; in a product of powers they are added",
            ("x^3 * x^4", "= x^12"),
            Weight.SPECIFIC,
        ),
        _exponents_multiplied,
    ),
    ExpressionSlip(
        Slip(
            SlipName.EXPONENTS_ADDED,
            "perhaps the exponents were added; in a power of a power they are multiplied",
            ("(x^3)^4", "= x^7"),
            Weight.SPECIFIC,
        ),
        _exponents_added,
    ),
    ExpressionSlip(
        Slip(
            SlipName.EXPONENTS_DIVIDED,
            "perhaps the exponents were divided; in a quotient of powers they are subtracted",
            ("x^8 / x^2", "= x^4"),
            Weight.SPECIFIC,
        ),
        _exponents_divided,
    ),
    ExpressionSlip(
        Slip(
            SlipName.POWERS_MERGED,
            "perhaps powers were merged that have to stay apart",
            ("x^2 + x^3", "= x^5"),
            Weight.SPECIFIC,
        ),
        _powers_merged,
    ),
    ExpressionSlip(
        Slip(
            SlipName.EXPONENT_ONE_FACTOR,
            "perhaps the power was not taken of every factor",
            ("(3x)^2", "= 3x^2"),
        ),
        _exponent_one_factor,
    ),
    ExpressionSlip(
        Slip(
            SlipName.NEGATIVE_EXPONENT,
            "perhaps the negative exponent was taken for a minus sign; it means one over the power",
            ("2^(-3)", "= -8"),
            Weight.SPECIFIC,
        ),
        _negative_exponent,
    ),
    ExpressionSlip(
        Slip(
            SlipName.ZERO_EXPONENT,
            "perhaps the exponent 0 was misread; a power with exponent 0 is 1",
            ("5 + 7^0", "= 5"),
        ),
        _zero_exponent,
    ),
    ExpressionSlip(
        Slip(
            SlipName.POWER_AS_PRODUCT,
            "perhaps the power was taken as base times exponent",
            ("3^4", "= 12"),
        ),
        _power_as_product,
    ),
    ExpressionSlip(
        Slip(
            SlipName.PERCENT_AS_NUMBER,
            "perhaps the percentage was not divided by 100",
            ("15% * 60", "= 900"),
            Weight.SPECIFIC,
        ),
        _percent_as_number,
    ),
    ExpressionSlip(
        Slip(
            SlipName.OTHER_OPERATION,
            "perhaps another operation was done than the one that is written",
            ("6 * 9", "= 15"),
            Weight.GENERIC,
        ),
        _other_operation,
    ),
)
"""All slips with signs, powers and the order of operations."""
