"""Equations whose unknown stands in exponents only: one power becomes a new letter."""

from functools import reduce
from math import gcd, lcm
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.inversion import simplified

_HIGHEST_DEGREE: Final = 24


def exponential_roots(
    difference: SymExpr, unknown: sympy.Symbol
) -> tuple[sympy.Poly, SymExpr] | None:
    """A polynomial in `base^(unknown/scale)` that vanishes with the difference.

    Returns:
        The polynomial and the number t with `value = exp(t * unknown)` for its letter; None if
        the difference is no such thing. Only positive roots of the polynomial count.
    """
    expanded = sympy.expand(sympy.expand_power_exp(sympy.expand(difference)))
    powers = [
        part
        for part in expanded.atoms(sympy.Pow, sympy.exp)
        if part.as_base_exp()[1].has(unknown) and not part.as_base_exp()[0].has(unknown)
    ]
    if not powers:
        return None
    rates = [_rate(part, unknown) for part in powers]
    known = [rate for rate in rates if rate is not None]
    if len(known) != len(powers):
        return None
    unit = known[0]
    ratios = [simplified(rate / unit) for rate in known]
    if not all(ratio.is_Rational for ratio in ratios):
        return None
    scale = lcm(*(int(ratio.q) for ratio in ratios))
    counts = [int(ratio * scale) for ratio in ratios]
    common = reduce(gcd, counts)
    letter = sympy.Dummy("t", positive=True)
    exchanged = expanded.xreplace(
        {part: letter ** (count // common) for part, count in zip(powers, counts, strict=True)}
    )
    if exchanged.has(unknown):
        return None
    numerator = sympy.fraction(sympy.together(exchanged))[0]
    try:
        polynomial = sympy.Poly(numerator, letter, domain="QQ")
    except (sympy.CoercionFailed, sympy.PolynomialError):
        return None
    if polynomial.is_zero or polynomial.degree() > _HIGHEST_DEGREE:
        return None
    return polynomial, unit * sympy.Rational(common, scale)


def _rate(part: SymExpr, unknown: sympy.Symbol) -> SymExpr | None:
    """The r of `exp(r·unknown)`."""
    base, exponent = part.as_base_exp()
    rate = sympy.diff(exponent, unknown)
    if rate.has(unknown) or sympy.expand(exponent - rate * unknown) != 0:
        return None
    if base is sympy.E:
        return rate
    if not _is_base(base):
        return None
    return rate * simplified(sympy.log(base))


def exponent_polynomial(difference: SymExpr, unknown: sympy.Symbol) -> sympy.Poly | None:
    """For `a^f = k·b^g`: a polynomial that vanishes with the difference."""
    terms = sympy.Add.make_args(difference)
    if len(terms) != 2:
        return None
    (first, power), (second, other) = (term.as_independent(unknown) for term in terms)
    sides = [part.as_base_exp() for part in (power, other)]
    ratio = -second / first
    if not all(_is_base(base) for base, _ in sides) or not ratio.is_positive:
        return None
    unit, rate = (simplified(sympy.log(base)) for base, _ in sides)
    level = simplified(sympy.log(ratio) / unit)
    exponents = [exponent for _, exponent in sides]
    equation = exponents[0] - exponents[1] * simplified(rate / unit) - level
    try:
        polynomial = sympy.Poly(equation, unknown, domain="QQ")
    except (sympy.CoercionFailed, sympy.PolynomialError):
        return None
    is_usable = not polynomial.is_zero and polynomial.degree() <= _HIGHEST_DEGREE
    return polynomial if is_usable else None


def _is_base(base: SymExpr) -> bool:
    return base is sympy.E or bool(base.is_Rational and base > 0 and base != 1)
