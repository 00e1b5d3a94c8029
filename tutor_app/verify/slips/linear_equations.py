"""Slips in moving terms and dividing out numbers between one equation and the next."""

from collections.abc import Iterator
from fractions import Fraction
from math import lcm
from typing import Final

from tutor_app.verify.slips.shape import (
    ZERO,
    Term,
    added,
    divided,
    factors_of,
    multiplied,
    number,
    subtracted,
    sum_of,
    terms_of,
    without,
)
from tutor_app.verify.slips.sides import Alternatives, both_ways, scaled
from tutor_app.verify.slips.slip import EquationSlip, Sides, Slip, SlipName, Weight
from tutor_app.verify.syntax import Bin, Expr, Neg, Num, Operator, symbols, walk


def _sign_not_changed(sides: Sides) -> Iterator[Alternatives]:
    """`L + t = R` as `L = R + t`."""
    for one in both_ways(sides):
        terms = terms_of(one.left)
        for index, term in enumerate(terms):
            rest = without(terms, index)
            yield (Sides(sum_of(rest), sum_of([*terms_of(one.right), term])),)
    yield from _two_moved(sides)


def _two_moved(sides: Sides) -> Iterator[Alternatives]:
    """A term moved each way, one of them without its change of sign, or both."""
    left, right = terms_of(sides.left), terms_of(sides.right)
    for i, first in enumerate(left):
        for j, second in enumerate(right):
            rest = without(left, i), without(right, j)
            for moved, back in (
                (first, second.opposite), (first.opposite, second), (first, second),
            ):  # fmt: skip
                yield (Sides(sum_of([*rest[0], back]), sum_of([*rest[1], moved])),)


def coefficients(sides: Sides) -> list[Fraction]:
    """The numbers by which a side may be divided: literal factors and their negatives."""
    found: list[Fraction] = []
    for side in (sides.left, sides.right):
        for term in terms_of(side):
            for factor in factors_of(term.node):
                match factor:
                    case Num(value) if value not in {0, 1}:
                        found.append(-value if term.is_negative else value)
                    case Neg(Num(value)) if value not in {0, 1}:
                        found.append(-value)
            if term.is_negative and symbols(term.node):
                found.append(Fraction(-1))
    return list(dict.fromkeys([*found, *(abs(value) for value in found if abs(value) != 1)]))


def denominators(sides: Sides) -> list[Fraction]:
    """The literal numbers that something is divided by, and their least common multiple."""
    found = [
        part.right.value
        for side in (sides.left, sides.right)
        for part in walk(side)
        if isinstance(part, Bin) and part.op is Operator.DIV and isinstance(part.right, Num)
    ]
    numbers = [value for value in dict.fromkeys(found) if value not in {0, 1}]
    whole = [int(value) for value in numbers if value.denominator == 1]
    if len(whole) > 1:
        numbers.append(Fraction(lcm(*whole)))
    return list(dict.fromkeys(numbers))


def _divided_one_side(sides: Sides) -> Iterator[Alternatives]:
    for value in coefficients(sides):
        for one in both_ways(sides):
            yield (Sides(divided(one.left, number(value)), one.right),)


def _one_term_changed(
    sides: Sides, operator: Operator, values: list[Fraction]
) -> Iterator[Alternatives]:
    """One side as a whole and one term of the other divided or multiplied by a number."""
    for value in values:
        factor = number(value)
        for one in both_ways(sides):
            terms = terms_of(one.left)
            if len(terms) < 2:
                continue
            for index, term in enumerate(terms):
                changed = Term(term.is_negative, Bin(operator, term.node, factor))
                left = sum_of((*terms[:index], changed, *terms[index + 1 :]))
                yield (Sides(left, Bin(operator, one.right, factor)),)
                yield from _one_term_each(left, one.right, operator, factor)


def _one_term_each(
    left: Expr, right: Expr, operator: Operator, factor: Expr
) -> Iterator[Alternatives]:
    terms = terms_of(right)
    if len(terms) < 2:
        return
    for index, term in enumerate(terms):
        changed = Term(term.is_negative, Bin(operator, term.node, factor))
        yield (Sides(left, sum_of((*terms[:index], changed, *terms[index + 1 :]))),)


def _divided_one_term_of_side(sides: Sides) -> Iterator[Alternatives]:
    yield from _one_term_changed(sides, Operator.DIV, coefficients(sides))


def _multiplied_one_side(sides: Sides) -> Iterator[Alternatives]:
    for value in denominators(sides):
        for one in both_ways(sides):
            yield (Sides(multiplied(one.left, number(value)), one.right),)


def _multiplied_one_term(sides: Sides) -> Iterator[Alternatives]:
    yield from _one_term_changed(sides, Operator.MUL, denominators(sides))


def _subtracted_coefficient(sides: Sides) -> Iterator[Alternatives]:
    for value, rest, right in scaled(sides):
        yield (Sides(rest, subtracted(right, number(value))),)
        yield (Sides(rest, subtracted(right, number(-value))),)
    for one in both_ways(sides):
        match one.left:
            case Bin(Operator.DIV, rest, Num() as divisor) if symbols(rest):
                yield (Sides(rest, added(one.right, divisor)),)
                yield (Sides(rest, subtracted(one.right, divisor)),)


def _multiplied_by_coefficient(sides: Sides) -> Iterator[Alternatives]:
    for value, rest, right in scaled(sides):
        if abs(value) != 1:
            yield (Sides(rest, multiplied(right, number(value))),)
    for one in both_ways(sides):
        match one.left:
            case Bin(Operator.DIV, rest, Num() as divisor) if symbols(rest):
                yield (Sides(rest, divided(one.right, divisor)),)
            case Bin(Operator.DIV, top, bottom) if symbols(bottom) and not symbols(top):
                yield (Sides(bottom, multiplied(top, one.right)),)


def _divided_wrong_way(sides: Sides) -> Iterator[Alternatives]:
    for value, rest, right in scaled(sides):
        if abs(value) != 1 and right != ZERO:
            yield (Sides(rest, divided(number(value), right)),)


def _lost_sign(sides: Sides) -> Iterator[Alternatives]:
    for value, rest, right in scaled(sides):
        if value < 0:
            yield (Sides(rest, divided(right, number(-value))),)
    for one in both_ways(sides):
        terms = terms_of(one.left)
        for index, term in enumerate(terms):
            if term.is_negative and symbols(term.node) and len(terms) > 1:
                others = [other.opposite for other in without(terms, index)]
                yield (Sides(term.node, sum_of([*terms_of(one.right), *others])),)


LINEAR_SLIPS: Final = (
    EquationSlip(
        Slip(
            SlipName.SIGN_NOT_CHANGED,
            "perhaps a term changed sides without changing its sign",
            ("3x + 8 = 20", "3x = 28"),
        ),
        _sign_not_changed,
    ),
    EquationSlip(
        Slip(
            SlipName.DIVIDED_ONE_SIDE,
            "perhaps only one side was divided",
            ("4x = 20", "x = 20"),
        ),
        _divided_one_side,
    ),
    EquationSlip(
        Slip(
            SlipName.DIVIDED_ONE_TERM_OF_SIDE,
            "perhaps one term of a side was left out when dividing",
            ("2x + 6 = 10", "x + 6 = 5"),
        ),
        _divided_one_term_of_side,
    ),
    EquationSlip(
        Slip(
            SlipName.MULTIPLIED_ONE_SIDE,
            "perhaps only one side was multiplied",
            ("x/3 = 7", "x = 7"),
        ),
        _multiplied_one_side,
    ),
    EquationSlip(
        Slip(
            SlipName.MULTIPLIED_ONE_TERM,
            "perhaps one term of a side was left out when multiplying",
            ("x/3 + 2 = 7", "x + 2 = 21"),
        ),
        _multiplied_one_term,
    ),
    EquationSlip(
        Slip(
            SlipName.SUBTRACTED_COEFFICIENT,
            "perhaps the factor of the unknown was subtracted or added instead of divided by",
            ("4x = 20", "x = 16"),
        ),
        _subtracted_coefficient,
    ),
    EquationSlip(
        Slip(
            SlipName.MULTIPLIED_BY_COEFFICIENT,
            "perhaps it was multiplied where dividing undoes the factor, or the other way round",
            ("4x = 20", "x = 80"),
        ),
        _multiplied_by_coefficient,
    ),
    EquationSlip(
        Slip(
            SlipName.DIVIDED_WRONG_WAY,
            "perhaps the division was done the wrong way round",
            ("8x = 6", "x = 8/6"),
        ),
        _divided_wrong_way,
    ),
    EquationSlip(
        Slip(
            SlipName.LOST_SIGN_OF_COEFFICIENT,
            "perhaps the minus sign of the factor was lost when dividing",
            ("-4x = 20", "x = 5"),
            Weight.SPECIFIC,
        ),
        _lost_sign,
    ),
)
"""All slips in moving terms and numbers."""
