"""Slips in differentiating and integrating."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from tutor_app.verify.slips.shape import (
    ONE,
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
from tutor_app.verify.syntax import (
    Bin,
    Call,
    Const,
    Derivative,
    Expr,
    Integral,
    Neg,
    Num,
    Operator,
    Sym,
    map_children,
    symbols,
)

_OUTER: Final[dict[str, str]] = {"sin": "cos", "sinh": "cosh", "cosh": "sinh"}


def split(node: Expr) -> Expr:
    """Derivatives and indefinite integrals of sums and multiples taken term by term."""
    node = map_children(node, split)
    match node:
        case Derivative(arg, variable, 1) | Integral(arg, variable, None, None):
            pass
        case _:
            return node
    if is_sum(arg) or isinstance(arg, Neg):
        parts = [Term(t.is_negative, split(replace(node, arg=t.node))) for t in terms_of(arg)]
        return sum_of(parts)
    factors = factors_of(arg)
    fixed = [factor for factor in factors if variable not in symbols(factor)]
    moving = [factor for factor in factors if variable in symbols(factor)]
    if fixed and moving:
        return multiplied(product_of(fixed), split(replace(node, arg=product_of(moving))))
    return node


def _power_of(node: Expr, variable: str) -> tuple[Expr, Expr] | None:
    """Base and exponent of a power of the variable or of something with it."""
    match node:
        case Bin(Operator.POW, base, exponent) if variable in symbols(
            base
        ) and variable not in symbols(exponent):
            return base, exponent
        case Bin(Operator.DIV, Num() as top, Bin(Operator.POW, base, exponent)) if top == ONE:
            return (base, Neg(exponent)) if variable in symbols(base) else None
        case Sym(name) if name == variable:
            return node, ONE
        case _:
            return None


def _derivative(node: Expr) -> tuple[Expr, str] | None:
    match node:
        case Derivative(arg, variable, 1) if variable:
            return arg, variable
        case _:
            return None


def _power_not_lowered(node: Expr) -> Iterator[Expr]:
    found = _derivative(node)
    parts = _power_of(*found) if found else None
    if parts is not None:
        base, exponent = parts
        yield multiplied(exponent, power(base, exponent))


def _factor_not_brought_down(node: Expr) -> Iterator[Expr]:
    found = _derivative(node)
    parts = _power_of(*found) if found else None
    if parts is not None:
        base, exponent = parts
        yield power(base, subtracted(exponent, ONE))


def _product_of_derivatives(node: Expr) -> Iterator[Expr]:
    found = _derivative(node)
    if found is None:
        return
    arg, variable = found
    factors = factors_of(arg)
    if len(factors) > 1:
        yield product_of(Derivative(factor, variable) for factor in factors)


def _quotient(node: Expr) -> tuple[Expr, Expr, str] | None:
    found = _derivative(node)
    match found:
        case Bin(Operator.DIV, top, bottom), variable if variable in symbols(bottom):
            return top, bottom, variable
        case _:
            return None


def _quotient_of_derivatives(node: Expr) -> Iterator[Expr]:
    parts = _quotient(node)
    if parts is not None:
        top, bottom, variable = parts
        yield divided(Derivative(top, variable), Derivative(bottom, variable))


def _quotient_rule_sign(node: Expr) -> Iterator[Expr]:
    parts = _quotient(node)
    if parts is None:
        return
    top, bottom, variable = parts
    first = multiplied(Derivative(top, variable), bottom)
    second = multiplied(top, Derivative(bottom, variable))
    yield divided(added(first, second), power(bottom, number(2)))
    yield divided(subtracted(second, first), power(bottom, number(2)))


def _quotient_not_squared(node: Expr) -> Iterator[Expr]:
    parts = _quotient(node)
    if parts is None:
        return
    top, bottom, variable = parts
    first = multiplied(Derivative(top, variable), bottom)
    second = multiplied(top, Derivative(bottom, variable))
    yield divided(subtracted(first, second), bottom)
    yield subtracted(first, second)


def _outer_derivative(arg: Expr, variable: str) -> Expr | None:
    """The derivative of the outer function, the inner one left as it is."""
    match arg:
        case Bin(Operator.POW, Const("e") as base, exponent) if variable in symbols(exponent):
            return power(base, exponent)
        case Bin(Operator.POW, base, exponent) if variable not in symbols(exponent):
            return multiplied(exponent, power(base, subtracted(exponent, ONE)))
        case Call("exp", (inner,)):
            return Call("exp", (inner,))
        case Call("cos", (inner,)):
            return Neg(Call("sin", (inner,)))
        case Call("tan", (inner,)):
            return divided(ONE, power(Call("cos", (inner,)), number(2)))
        case Call("ln", (inner,)):
            return divided(ONE, inner)
        case Call("sqrt", (inner,)):
            return divided(ONE, multiplied(number(2), Call("sqrt", (inner,))))
        case Call(name, (inner,)) if name in _OUTER:
            return Call(_OUTER[name], (inner,))
        case _:
            return None


def _inner_derivative(node: Expr) -> Iterator[Expr]:
    found = _derivative(node)
    if found is None:
        return
    outer = _outer_derivative(*found)
    if outer is not None:
        yield outer


def _constant_kept(node: Expr) -> Iterator[Expr]:
    found = _derivative(node)
    if found is not None and found[1] not in symbols(found[0]):
        yield found[0]


def _exponential_as_power(node: Expr) -> Iterator[Expr]:
    found = _derivative(node)
    match found:
        case Bin(Operator.POW, base, exponent), variable if variable in symbols(
            exponent
        ) and variable not in symbols(base):
            yield multiplied(exponent, power(base, subtracted(exponent, ONE)))


def _trig_sign(node: Expr) -> Iterator[Expr]:
    match node:
        case Derivative(Call("cos" | "sin", _), _, 1) | Integral(Call("cos" | "sin", _), _,
                                                                 None, None):  # fmt: skip
            yield Neg(node)


def _integral(node: Expr) -> tuple[Expr, str] | None:
    match node:
        case Integral(arg, variable, None, None):
            return arg, variable
        case _:
            return None


def _differentiated(node: Expr) -> Iterator[Expr]:
    found = _integral(node)
    if found is not None:
        yield Derivative(*found)


def _not_divided(node: Expr) -> Iterator[Expr]:
    found = _integral(node)
    parts = _power_of(*found) if found else None
    if parts is not None:
        base, exponent = parts
        yield power(base, added(exponent, ONE))


def _divided_by_old(node: Expr) -> Iterator[Expr]:
    found = _integral(node)
    parts = _power_of(*found) if found else None
    if parts is not None and parts[1] != ONE:
        base, exponent = parts
        yield divided(power(base, added(exponent, ONE)), exponent)
        yield multiplied(exponent, power(base, added(exponent, ONE)))


def _integral_of_product(node: Expr) -> Iterator[Expr]:
    found = _integral(node)
    if found is None:
        return
    arg, variable = found
    factors = factors_of(arg)
    if len(factors) > 1:
        wholes = [_antiderivative(factor, variable) for factor in factors]
        known = [whole for whole in wholes if whole is not None]
        if len(known) == len(wholes):
            yield product_of(known)


def _antiderivative(node: Expr, variable: str) -> Expr | None:
    parts = _power_of(node, variable)
    if parts is not None and parts[0] == Sym(variable) and parts[1] != Neg(ONE):
        exponent = added(parts[1], ONE)
        return divided(power(Sym(variable), exponent), exponent)
    match node:
        case Bin(Operator.POW, Const("e"), Sym(name)) if name == variable:
            return node
        case Call("cos", (Sym(name),)) if name == variable:
            return Call("sin", (Sym(name),))
        case Call("sin", (Sym(name),)) if name == variable:
            return Neg(Call("cos", (Sym(name),)))
        case _:
            return None


def _bounds_swapped(node: Expr) -> Iterator[Expr]:
    match node:
        case Integral(_, _, lower, upper) if lower is not None and upper is not None:
            yield Neg(node)


CALCULUS_SLIPS: Final = (
    ExpressionSlip(
        Slip(
            SlipName.POWER_NOT_LOWERED,
            "perhaps the exponent was not lowered by one",
            (r"\frac{d}{dx}(x^5)", "= 5x^5"),
            Weight.SPECIFIC,
        ),
        _power_not_lowered,
    ),
    ExpressionSlip(
        Slip(
            SlipName.FACTOR_NOT_BROUGHT_DOWN,
            "perhaps the exponent was not brought down as a factor",
            (r"\frac{d}{dx}(x^5)", "= x^4"),
            Weight.SPECIFIC,
        ),
        _factor_not_brought_down,
    ),
    ExpressionSlip(
        Slip(
            SlipName.PRODUCT_OF_DERIVATIVES,
            "perhaps the product of the derivatives was taken; the product rule has two terms",
            (r"\frac{d}{dx}(x^3 \sin x)", "= 3x^2 \\cos x"),
            Weight.SPECIFIC,
        ),
        _product_of_derivatives,
    ),
    ExpressionSlip(
        Slip(
            SlipName.QUOTIENT_OF_DERIVATIVES,
            "perhaps the quotient of the derivatives was taken; use the quotient rule",
            (r"\frac{d}{dx}\left(\frac{x^3}{x + 1}\right)", "= 3x^2"),
            Weight.SPECIFIC,
        ),
        _quotient_of_derivatives,
    ),
    ExpressionSlip(
        Slip(
            SlipName.QUOTIENT_RULE_SIGN,
            "perhaps the sign or the order in the numerator of the quotient rule is wrong",
            (r"\frac{d}{dx}\left(\frac{x}{x + 4}\right)", "= (x + 4 + x)/(x + 4)^2"),
            Weight.SPECIFIC,
        ),
        _quotient_rule_sign,
    ),
    ExpressionSlip(
        Slip(
            SlipName.QUOTIENT_NOT_SQUARED,
            "perhaps the denominator of the quotient rule was not squared",
            (r"\frac{d}{dx}\left(\frac{x}{x + 4}\right)", "= 4/(x + 4)"),
            Weight.SPECIFIC,
        ),
        _quotient_not_squared,
    ),
    ExpressionSlip(
        Slip(
            SlipName.INNER_DERIVATIVE,
            "perhaps the derivative of the inside is missing; use the chain rule",
            (r"\frac{d}{dx}(\sin(4x))", r"= \cos(4x)"),
            Weight.SPECIFIC,
        ),
        _inner_derivative,
    ),
    ExpressionSlip(
        Slip(
            SlipName.CONSTANT_KEPT,
            "perhaps a constant was kept; its derivative is 0",
            (r"\frac{d}{dx}(x^2 + 9)", "= 2x + 9"),
            Weight.SPECIFIC,
        ),
        _constant_kept,
    ),
    ExpressionSlip(
        Slip(
            SlipName.EXPONENTIAL_AS_POWER,
            "perhaps the power rule was used although the letter is in the exponent",
            (r"\frac{d}{dx}(e^x)", "= x e^{x-1}"),
            Weight.SPECIFIC,
        ),
        _exponential_as_power,
    ),
    ExpressionSlip(
        Slip(
            SlipName.TRIG_SIGN,
            "perhaps the sign that comes with sine or cosine is wrong",
            (r"\frac{d}{dx}(\cos x)", r"= \sin x"),
            Weight.SPECIFIC,
        ),
        _trig_sign,
    ),
    ExpressionSlip(
        Slip(
            SlipName.DIFFERENTIATED,
            "perhaps the function was differentiated instead of integrated",
            (r"\int x^3\,dx", "= 3x^2 + C"),
            Weight.SPECIFIC,
        ),
        _differentiated,
    ),
    ExpressionSlip(
        Slip(
            SlipName.NOT_DIVIDED,
            "perhaps the division by the new exponent was forgotten",
            (r"\int x^3\,dx", "= x^4 + C"),
            Weight.SPECIFIC,
        ),
        _not_divided,
    ),
    ExpressionSlip(
        Slip(
            SlipName.DIVIDED_BY_OLD,
            "perhaps the old exponent was used instead of the new one",
            (r"\int x^3\,dx", "= x^4/3 + C"),
            Weight.SPECIFIC,
        ),
        _divided_by_old,
    ),
    ExpressionSlip(
        Slip(
            SlipName.INTEGRAL_OF_PRODUCT,
            "perhaps the factors were integrated one by one",
            (r"\int x e^x\,dx", r"= \frac{x^2}{2} e^x + C"),
            Weight.SPECIFIC,
        ),
        _integral_of_product,
    ),
    ExpressionSlip(
        Slip(
            SlipName.BOUNDS_SWAPPED,
            "perhaps the values at the two bounds were subtracted the wrong way round",
            (r"\int_1^3 2x\,dx", "= 1 - 9"),
        ),
        _bounds_swapped,
    ),
)
"""All slips in differentiating and integrating."""
