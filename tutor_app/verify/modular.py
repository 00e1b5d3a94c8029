"""A filter for large rational functions: values modulo primes, without multiplying anything out.

A function that is zero has the value zero modulo every prime wherever no denominator vanishes. So
one other value refutes; zeros prove nothing and are left to the exact test.
"""

from typing import Final

import sympy
from sympy import Expr as SymExpr

_PRIMES: Final = (2305843009213693951, 2305843009213693921, 2305843009212693901)
_GENERATOR: Final = 1_000_003
_LARGEST_EXPONENT: Final = 10_000


def is_nonzero_somewhere(expr: SymExpr, letters: list[sympy.Symbol]) -> bool:
    """Whether a rational function with rational coefficients is certainly not zero."""
    for prime in _PRIMES:
        point = {
            letter: pow(_GENERATOR, 17 * k + 5, prime) for k, letter in enumerate(letters, start=1)
        }
        value = _value(expr, point, prime)
        if value:
            return True
    return False


def _value(expr: SymExpr, point: dict[sympy.Symbol, int], prime: int) -> int | None:
    """The value modulo a prime; None where it has none or the expression is of another kind."""
    if expr.is_Symbol:
        return point.get(expr)
    if expr.is_Rational:
        bottom = int(expr.q) % prime
        return int(expr.p) * pow(bottom, -1, prime) % prime if bottom else None
    if expr.is_Pow:
        base, exponent = expr.as_base_exp()
        if not (exponent.is_Integer and abs(exponent) <= _LARGEST_EXPONENT):
            return None
        value = _value(base, point, prime)
        if value is None or (value == 0 and exponent < 0):
            return None
        return pow(value, int(exponent), prime)
    if not (expr.is_Add or expr.is_Mul):
        return None
    total = 0 if expr.is_Add else 1
    for part in expr.args:
        value = _value(part, point, prime)
        if value is None:
            return None
        total = (total + value if expr.is_Add else total * value) % prime
    return total
