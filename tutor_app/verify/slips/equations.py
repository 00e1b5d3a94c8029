"""Slips between one equation and the next."""

from collections.abc import Iterator
from fractions import Fraction
from math import lcm
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
    without,
)
from tutor_app.verify.slips.slip import EquationSlip, Sides, Slip, SlipName, Weight
from tutor_app.verify.syntax import Bin, Call, Const, Expr, Neg, Num, Operator, symbols, walk

Alternatives = tuple[Sides, ...]


def _swapped(sides: Sides) -> Sides:
    return Sides(sides.right, sides.left)


def _both_ways(sides: Sides) -> Iterator[Sides]:
    yield sides
    yield _swapped(sides)


def _sign_not_changed(sides: Sides) -> Iterator[Alternatives]:
    """`L + t = R` as `L = R + t`."""
    for one in _both_ways(sides):
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
        for one in _both_ways(sides):
            yield (Sides(divided(one.left, number(value)), one.right),)


def _one_term_changed(
    sides: Sides, operator: Operator, values: list[Fraction]
) -> Iterator[Alternatives]:
    """One side as a whole and one term of the other divided or multiplied by a number."""
    for value in values:
        factor = number(value)
        for one in _both_ways(sides):
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
        for one in _both_ways(sides):
            yield (Sides(multiplied(one.left, number(value)), one.right),)


def _multiplied_one_term(sides: Sides) -> Iterator[Alternatives]:
    yield from _one_term_changed(sides, Operator.MUL, denominators(sides))


def _scaled(sides: Sides) -> Iterator[tuple[Fraction, Expr, Expr]]:
    """`k·x = R` as k, x and R."""
    for one in _both_ways(sides):
        match one.left:
            case Bin(Operator.MUL, Num(value), rest) if symbols(rest) and not is_sum(rest):
                yield value, rest, one.right
            case Bin(Operator.MUL, Neg(Num(value)), rest) if symbols(rest) and not is_sum(rest):
                yield -value, rest, one.right
            case Neg(rest) if symbols(rest):
                yield Fraction(-1), rest, one.right


def _subtracted_coefficient(sides: Sides) -> Iterator[Alternatives]:
    for value, rest, right in _scaled(sides):
        yield (Sides(rest, subtracted(right, number(value))),)
        yield (Sides(rest, subtracted(right, number(-value))),)
    for one in _both_ways(sides):
        match one.left:
            case Bin(Operator.DIV, rest, Num() as divisor) if symbols(rest):
                yield (Sides(rest, added(one.right, divisor)),)
                yield (Sides(rest, subtracted(one.right, divisor)),)


def _multiplied_by_coefficient(sides: Sides) -> Iterator[Alternatives]:
    for value, rest, right in _scaled(sides):
        if abs(value) != 1:
            yield (Sides(rest, multiplied(right, number(value))),)
    for one in _both_ways(sides):
        match one.left:
            case Bin(Operator.DIV, rest, Num() as divisor) if symbols(rest):
                yield (Sides(rest, divided(one.right, divisor)),)
            case Bin(Operator.DIV, top, bottom) if symbols(bottom) and not symbols(top):
                yield (Sides(bottom, multiplied(top, one.right)),)


def _divided_wrong_way(sides: Sides) -> Iterator[Alternatives]:
    for value, rest, right in _scaled(sides):
        if abs(value) != 1 and right != ZERO:
            yield (Sides(rest, divided(number(value), right)),)


def _lost_sign(sides: Sides) -> Iterator[Alternatives]:
    for value, rest, right in _scaled(sides):
        if value < 0:
            yield (Sides(rest, divided(right, number(-value))),)
    for one in _both_ways(sides):
        terms = terms_of(one.left)
        for index, term in enumerate(terms):
            if term.is_negative and symbols(term.node) and len(terms) > 1:
                others = [other.opposite for other in without(terms, index)]
                yield (Sides(term.node, sum_of([*terms_of(one.right), *others])),)


def _even_power(node: Expr) -> tuple[Expr, Fraction] | None:
    match node:
        case Bin(Operator.POW, base, Num(value)) if value.denominator == 1 and value % 2 == 0:
            return base, value
        case _:
            return None


def _lost_negative_root(sides: Sides) -> Iterator[Alternatives]:
    for one in _both_ways(sides):
        terms = terms_of(one.left)
        for index, term in enumerate(terms):
            found = _even_power(term.node)
            if found is None or term.is_negative:
                continue
            base, exponent = found
            rest = [item.opposite for item in without(terms, index)]
            right = sum_of([*terms_of(one.right), *rest])
            yield (Sides(base, power(right, divided(ONE, number(exponent)))),)
        match one.left:
            case Bin(Operator.MUL, Num() as factor, Bin(Operator.POW, base, Num(value))) if (
                value == 2
            ):
                yield (Sides(base, Call("sqrt", (divided(one.right, factor),))),)


def _nonzero_product(sides: Sides) -> Iterator[Alternatives]:
    for one in _both_ways(sides):
        factors = factors_of(one.left)
        if len(factors) < 2 or one.right == ZERO:
            continue
        moving = [factor for factor in factors if symbols(factor)]
        if len(moving) > 1:
            yield tuple(Sides(factor, one.right) for factor in moving)
            yield tuple(Sides(factor, ZERO) for factor in moving)
            match one.right:
                case Num(value) if value.denominator == 1 and len(moving) == 2:
                    for part in _divisors(int(value)):
                        first, second = number(part), number(value / part)
                        yield (Sides(moving[0], first), Sides(moving[1], second))


def _divisors(value: int) -> list[int]:
    return [part for part in range(1, min(value, 60) + 1) if value % part == 0]


def _root_signs(sides: Sides) -> Iterator[Alternatives]:
    """`(x - 2)(x + 3) = 0` as `x = -2 or x = 3`; also one of the two signs only."""
    if sides.right != ZERO:
        return
    factors = [
        factor.left if isinstance(factor, Bin) and factor.op is Operator.POW else factor
        for factor in factors_of(sides.left)
        if symbols(factor)
    ]
    is_factored = len(factors) > 1 or _is_power(sides.left)
    if not is_factored or not any(is_sum(factor) for factor in factors):
        return
    wrong = [
        Sides(_last_sign_changed(factor) if is_sum(factor) else factor, ZERO) for factor in factors
    ]
    right = [Sides(factor, ZERO) for factor in factors]
    yield tuple(wrong)
    for k in range(len(factors)):
        yield tuple(wrong[j] if j == k else right[j] for j in range(len(factors)))


def _is_power(node: Expr) -> bool:
    return isinstance(node, Bin) and node.op is Operator.POW


def _last_sign_changed(bracket: Expr) -> Expr:
    terms = terms_of(bracket)
    return sum_of((*terms[:-1], terms[-1].opposite))


def _squared_terms(sides: Sides) -> Iterator[Alternatives]:
    """Both sides squared, term by term."""
    squares = [
        sum_of(Term(t.is_negative, power(t.node, TWO)) for t in terms_of(side))
        for side in (sides.left, sides.right)
    ]
    wholes = [power(side, TWO) for side in (sides.left, sides.right)]
    if is_sum(sides.left):
        yield (Sides(squares[0], wholes[1]),)
    if is_sum(sides.right):
        yield (Sides(wholes[0], squares[1]),)
    if is_sum(sides.left) and is_sum(sides.right):
        yield (Sides(squares[0], squares[1]),)


def _root_not_squared(sides: Sides) -> Iterator[Alternatives]:
    for one in _both_ways(sides):
        match one.left:
            case Call("sqrt", (inner,)):
                yield (Sides(inner, one.right),)
                yield (Sides(inner, multiplied(TWO, one.right)),)
            case Bin(Operator.POW, base, Num(value)) if value == 2:
                yield (Sides(base, one.right),)
                yield (Sides(base, divided(one.right, TWO)),)


def _one_case(sides: Sides) -> Iterator[Alternatives]:
    for one in _both_ways(sides):
        match one.left:
            case Call("abs", (inner,)):
                yield (Sides(inner, one.right),)
                yield (Sides(inner, Neg(one.right)),)


def _logs_dropped(sides: Sides) -> Iterator[Alternatives]:
    """`log a + log b = log c` as `a + b = c`."""
    dropped = [_without_logs(side) for side in (sides.left, sides.right)]
    if dropped[0] is not None and dropped[1] is not None:
        yield (Sides(dropped[0], dropped[1]),)
    elif dropped[0] is not None and not symbols(sides.right):
        yield (Sides(dropped[0], sides.right),)


def _without_logs(side: Expr) -> Expr | None:
    terms = terms_of(side)
    calls = [term.node for term in terms]
    if not all(isinstance(call, Call) and call.name in {"ln", "log"} for call in calls):
        return None
    return sum_of(
        Term(term.is_negative, call.args[0])
        for term, call in zip(terms, calls, strict=True)
        if isinstance(call, Call)
    )


def _reciprocal_of_sum(sides: Sides) -> Iterator[Alternatives]:
    """`1/x + 1/2 = 5/6` as `x + 2 = 6/5`: each term turned upside down."""
    if not any(is_sum(side) for side in (sides.left, sides.right)):
        return
    turned = [
        sum_of(Term(term.is_negative, _turned(term.node)) for term in terms_of(side))
        for side in (sides.left, sides.right)
    ]
    yield (Sides(turned[0], turned[1]),)
    for one, other in (turned, turned[::-1]):
        yield (Sides(divided(ONE, one), divided(ONE, other)),)


def _turned(node: Expr) -> Expr:
    match node:
        case Bin(Operator.DIV, top, bottom):
            return divided(bottom, top)
        case _:
            return divided(ONE, node)


def _cross_multiplication(sides: Sides) -> Iterator[Alternatives]:
    """`a/b = c/d` as `ab = cd` or `ac = bd`."""
    match sides:
        case Sides(Bin(Operator.DIV, a, b), Bin(Operator.DIV, c, d)):
            yield (Sides(multiplied(a, b), multiplied(c, d)),)
            yield (Sides(multiplied(a, c), multiplied(b, d)),)
            yield (Sides(a, c),)


def _exponent_as_factor(sides: Sides) -> Iterator[Alternatives]:
    """`a^f = c` as `a·f = c`, `f = c/a` or `f = c`."""
    for one in _both_ways(sides):
        match one.left:
            case Bin(Operator.POW, base, exponent) if symbols(exponent):
                yield (Sides(multiplied(base, exponent), one.right),)
                yield (Sides(exponent, one.right),)
                yield (Sides(exponent, subtracted(one.right, base)),)
            case Call("exp", (exponent,)):
                yield (Sides(exponent, one.right),)
                yield (Sides(exponent, divided(one.right, Const("e"))),)


def _log_as_factor(sides: Sides) -> Iterator[Alternatives]:
    """`log_b(f) = c` as `f = bc`, `f = c^b` or `f = c`."""
    for one in _both_ways(sides):
        match one.left:
            case Call("log" | "ln", (inner, *base)):
                number_base = base[0] if base else Const("e")
                yield (Sides(inner, multiplied(number_base, one.right)),)
                yield (Sides(inner, power(one.right, number_base)),)
                yield (Sides(inner, one.right),)
                yield (Sides(inner, divided(one.right, number_base)),)


def _factor_not_rooted(sides: Sides) -> Iterator[Alternatives]:
    """`4x^2 = 36` as `4x = 6`; `2x^2 = 18` as `x^2 = 36`."""
    for value, rest, right in _scaled(sides):
        root: Expr = Call("sqrt", (right,))
        match rest:
            case Bin(Operator.POW, base, Num(exponent)) if exponent == 2:
                yield (Sides(multiplied(number(value), base), root),)
                yield (Sides(multiplied(number(value), base), root),
                       Sides(multiplied(number(value), base), Neg(root)))  # fmt: skip


def _divided_by_unknown(sides: Sides) -> Iterator[Alternatives]:
    """Both sides divided by the unknown, or by another common factor."""
    yield from _common_factor_cancelled(sides, is_plain=True)


def _divided_by_factor(sides: Sides) -> Iterator[Alternatives]:
    yield from _common_factor_cancelled(sides, is_plain=False)


def _common_factor_cancelled(sides: Sides, *, is_plain: bool) -> Iterator[Alternatives]:
    """Each factor that occurs in every term, taken out of every term once."""
    terms = [terms_of(side) for side in (sides.left, sides.right)]
    bases = {
        base for side in terms for term in side for base, _ in _powers_of(term.node)
        if symbols(base)
    }  # fmt: skip
    for base in bases:
        if (not is_sum(base) and not isinstance(base, Call)) is not is_plain:
            continue
        cancelled = [[_without_factor(term, base) for term in side] for side in terms]
        parts = [[t for t in side if t is not None] for side in cancelled]
        if all(len(part) == len(side) for part, side in zip(parts, cancelled, strict=True)):
            yield (Sides(sum_of(parts[0]), sum_of(parts[1])),)


def _powers_of(node: Expr) -> list[tuple[Expr, int]]:
    found: list[tuple[Expr, int]] = []
    for factor in factors_of(node):
        match factor:
            case Bin(Operator.POW, base, Num(value)) if value.denominator == 1 and value >= 1:
                found.append((base, int(value)))
            case _:
                found.append((factor, 1))
    return found


def _without_factor(term: Term, base: Expr) -> Term | None:
    if term.node == ZERO:
        return term
    powers = _powers_of(term.node)
    for index, (found, exponent) in enumerate(powers):
        if found == base:
            rest = [power(b, number(n)) if n > 1 else b
                    for k, (b, n) in enumerate(powers) if k != index]  # fmt: skip
            if exponent > 1:
                rest.append(power(base, number(exponent - 1)) if exponent > 2 else base)
            return Term(term.is_negative, product_of(rest))
    return None


EQUATION_SLIPS: Final = (
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
    EquationSlip(
        Slip(
            SlipName.LOST_NEGATIVE_ROOT,
            "perhaps the negative root was forgotten",
            ("x^2 = 49", "x = 7"),
            Weight.SPECIFIC,
        ),
        _lost_negative_root,
    ),
    EquationSlip(
        Slip(
            SlipName.DIVIDED_BY_UNKNOWN,
            "perhaps it was divided by the unknown, which may be 0",
            ("x^2 = 7x", "x = 7"),
            Weight.SPECIFIC,
        ),
        _divided_by_unknown,
    ),
    EquationSlip(
        Slip(
            SlipName.DIVIDED_BY_FACTOR,
            "perhaps it was divided by a factor that may be 0",
            ("(x - 3)(x - 8) = 2(x - 3)", "x - 8 = 2"),
            Weight.SPECIFIC,
        ),
        _divided_by_factor,
    ),
    EquationSlip(
        Slip(
            SlipName.NONZERO_PRODUCT,
            "perhaps the factors were taken apart although the other side is not 0",
            ("(x - 1)(x - 4) = 10", "x - 1 = 10 or x - 4 = 10"),
            Weight.SPECIFIC,
        ),
        _nonzero_product,
    ),
    EquationSlip(
        Slip(
            SlipName.ROOT_SIGNS,
            "perhaps a root was read off a factor with the wrong sign",
            ("(x - 2)(x + 9) = 0", "x = -2 or x = 9"),
            Weight.SPECIFIC,
        ),
        _root_signs,
    ),
    EquationSlip(
        Slip(
            SlipName.SQUARED_TERMS,
            "perhaps each term was squared instead of the whole side",
            ("sqrt(x) + 2 = x", "x + 4 = x^2"),
            Weight.SPECIFIC,
        ),
        _squared_terms,
    ),
    EquationSlip(
        Slip(
            SlipName.ROOT_NOT_SQUARED,
            "perhaps the square or root was undone on one side only",
            ("sqrt(x - 1) = 6", "x - 1 = 6"),
            Weight.SPECIFIC,
        ),
        _root_not_squared,
    ),
    EquationSlip(
        Slip(
            SlipName.ONE_CASE_OF_ABSOLUTE,
            "perhaps one of the two cases of the absolute value was forgotten",
            ("|x - 4| = 9", "x - 4 = 9"),
            Weight.SPECIFIC,
        ),
        _one_case,
    ),
    EquationSlip(
        Slip(
            SlipName.RECIPROCAL_OF_SUM,
            "perhaps each term was turned upside down; the reciprocal of a sum does not split",
            ("1/x + 1/3 = 1/2", "x + 3 = 2"),
            Weight.SPECIFIC,
        ),
        _reciprocal_of_sum,
    ),
    EquationSlip(
        Slip(
            SlipName.CROSS_MULTIPLICATION,
            "perhaps the fractions were not multiplied crosswise with the right denominators",
            ("3/(x + 1) = 2/(x - 4)", "3(x + 1) = 2(x - 4)"),
            Weight.SPECIFIC,
        ),
        _cross_multiplication,
    ),
    EquationSlip(
        Slip(
            SlipName.EXPONENT_AS_FACTOR,
            "perhaps the power was undone like a product; that takes a logarithm",
            ("3^x = 27", "x = 9"),
            Weight.SPECIFIC,
        ),
        _exponent_as_factor,
    ),
    EquationSlip(
        Slip(
            SlipName.LOG_AS_FACTOR,
            "perhaps the logarithm was undone like a factor; that takes a power",
            ("log_3(x) = 4", "x = 12"),
            Weight.SPECIFIC,
        ),
        _log_as_factor,
    ),
    EquationSlip(
        Slip(
            SlipName.SQUARED_FACTOR,
            "perhaps the root was not taken of the factor, too",
            ("4x^2 = 36", "4x = 6 or 4x = -6"),
            Weight.SPECIFIC,
        ),
        _factor_not_rooted,
    ),
    EquationSlip(
        Slip(
            SlipName.LOGS_DROPPED,
            "perhaps the logarithms were just left out",
            ("ln(x) + ln(x - 2) = ln(8)", "x + x - 2 = 8"),
            Weight.SPECIFIC,
        ),
        _logs_dropped,
    ),
)
"""All slips between equations, but for the quadratic formula."""
