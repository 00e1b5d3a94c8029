"""Slips with roots, products, powers and logarithms between one equation and the next."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from tutor_app.verify.slips.shape import (
    ONE,
    TWO,
    ZERO,
    Term,
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
from tutor_app.verify.slips.sides import Alternatives, both_ways, scaled
from tutor_app.verify.slips.slip import EquationSlip, Sides, Slip, SlipName, Weight
from tutor_app.verify.syntax import Bin, Call, Const, Expr, Neg, Num, Operator, symbols


def _even_power(node: Expr) -> tuple[Expr, Fraction] | None:
    match node:
        case Bin(Operator.POW, base, Num(value)) if value.denominator == 1 and value % 2 == 0:
            return base, value
        case _:
            return None


def _lost_negative_root(sides: Sides) -> Iterator[Alternatives]:
    for one in both_ways(sides):
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
    for one in both_ways(sides):
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
    for one in both_ways(sides):
        match one.left:
            case Call("sqrt", (inner,)):
                yield (Sides(inner, one.right),)
                yield (Sides(inner, multiplied(TWO, one.right)),)
            case Bin(Operator.POW, base, Num(value)) if value == 2:
                yield (Sides(base, one.right),)
                yield (Sides(base, divided(one.right, TWO)),)


def _one_case(sides: Sides) -> Iterator[Alternatives]:
    for one in both_ways(sides):
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
    for one in both_ways(sides):
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
    for one in both_ways(sides):
        match one.left:
            case Call("log" | "ln", (inner, *base)):
                number_base = base[0] if base else Const("e")
                yield (Sides(inner, multiplied(number_base, one.right)),)
                yield (Sides(inner, power(one.right, number_base)),)
                yield (Sides(inner, one.right),)
                yield (Sides(inner, divided(one.right, number_base)),)


def _factor_not_rooted(sides: Sides) -> Iterator[Alternatives]:
    """`4x^2 = 36` as `4x = 6`; `2x^2 = 18` as `x^2 = 36`."""
    for value, rest, right in scaled(sides):
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


ROOT_SLIPS: Final = (
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
"""All slips with roots, products, powers and logarithms, but for the quadratic formula."""
