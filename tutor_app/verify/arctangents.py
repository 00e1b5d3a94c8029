"""Sums of arctangents such as Machin's, decided exactly.

The product of the numbers (q + p·i)^m has as its angle the sum of the m·arctan(p/q), up to whole
turns. Whole numbers decide whether that angle is the wanted one, and an interval enclosure, which
is far finer than a turn, decides which turn.
"""

import math
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.enclosure import Enclosure

_MOST_MULTIPLE: Final = 200
_MOST_TERMS: Final = 20
_EIGHTH: Final = 4


def is_zero_sum(expr: SymExpr) -> bool:
    """Whether a sum of rational multiples of arctangents and of pi is certainly zero."""
    terms = _terms(sympy.expand(expr))
    if terms is None:
        return False
    scale, eighths, angles = terms
    real, imaginary = 1, 0
    for multiple, slope in angles:
        step = (int(slope.q), int(slope.p) if multiple > 0 else -int(slope.p))
        for _ in range(abs(multiple)):
            real, imaginary = (
                real * step[0] - imaginary * step[1],
                real * step[1] + imaginary * step[0],
            )
    for _ in range(eighths % (2 * _EIGHTH)):
        real, imaginary = real - imaginary, real + imaginary
    # The angle is a whole number of turns; nearer to zero than half a turn, it is zero.
    if imaginary != 0 or real <= 0:
        return False
    interval = Enclosure().interval(scale * expr)
    return interval is not None and bool(interval.a > -3 and interval.b < 3)


def _terms(expr: SymExpr) -> tuple[int, int, list[tuple[int, sympy.Rational]]] | None:
    """A scale, and scaled by it the multiples of pi/4 and of each arctangent."""
    parts: list[tuple[sympy.Rational, SymExpr]] = []
    for term in sympy.Add.make_args(expr):
        factor, rest = term.as_coeff_Mul()
        is_angle = isinstance(rest, sympy.atan) and rest.args[0].is_Rational
        if not (factor.is_Rational and (rest is sympy.pi or is_angle)):
            return None
        parts.append((factor, rest))
    scale = math.lcm(*(int(factor.q) for factor, rest in parts if rest is not sympy.pi))
    eighths = 0
    angles: list[tuple[int, sympy.Rational]] = []
    for factor, rest in parts:
        whole = factor * scale * (_EIGHTH if rest is sympy.pi else 1)
        if not whole.is_Integer or (rest is not sympy.pi and abs(whole) > _MOST_MULTIPLE):
            return None
        if rest is sympy.pi:
            eighths += int(whole)
        else:
            angles.append((int(whole), rest.args[0]))
    return (int(scale), eighths, angles) if len(angles) <= _MOST_TERMS else None
