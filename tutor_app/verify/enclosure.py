"""Interval arithmetic: a range that certainly contains the value of a constant expression.

SymPy's `evalf` is not trusted for this: asked for 60 digits of an exact zero it has answered
with a small number and a precision that looked real.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import sympy
from mpmath.ctx_iv import MPIntervalContext
from sympy import Expr as SymExpr

from tutor_app.verify.build import Condition, Need

_PRECISION_BITS: Final = 240


@cache
def _context(precision_bits: int) -> MPIntervalContext:
    """The arithmetic of one precision; making it takes a millisecond."""
    context = MPIntervalContext()
    context.prec = precision_bits
    return context


class Enclosure:
    """Evaluates expressions without letters to intervals."""

    def __init__(self, precision_bits: int = _PRECISION_BITS) -> None:
        self._context = _context(precision_bits)

    def interval(self, expr: SymExpr) -> Any | None:  # noqa: ANN401 - mpmath has no types
        """The enclosing interval, or None where no safe one is known."""
        try:
            return self._interval(expr)
        except (ZeroDivisionError, ValueError, OverflowError, NotImplementedError, TypeError):
            return None  # outside the domain of an operation: nothing is known

    def excludes_zero(self, expr: SymExpr) -> bool:
        """Whether the value is certainly not zero."""
        return self.sign(expr) is not None

    def sign(self, expr: SymExpr) -> int | None:
        """1 or -1 where the sign is certain, else None."""
        interval = self.interval(expr)
        if interval is None:
            return None
        if interval.a > 0:
            return 1
        return -1 if interval.b < 0 else None

    def _interval(self, expr: SymExpr) -> Any | None:  # noqa: ANN401
        if not expr.args:
            return self._constant(expr)
        parts: list[Any] = [self._interval(arg) for arg in expr.args]
        if any(part is None for part in parts):
            return None
        if expr.is_Add:
            total = parts[0]
            for part in parts[1:]:
                total = total + part
            return total
        if expr.is_Mul:
            product = parts[0]
            for part in parts[1:]:
                product = product * part
            return product
        if expr.is_Pow:
            return self._power(expr, parts[0], parts[1])
        return self._function(expr, parts)

    def _constant(self, expr: SymExpr) -> Any | None:  # noqa: ANN401
        if expr.is_Rational:
            return self._context.mpf(int(expr.p)) / self._context.mpf(int(expr.q))
        if expr is sympy.pi:
            return +self._context.pi
        return self._context.exp(self._context.mpf(1)) if expr is sympy.E else None

    def _power(self, expr: SymExpr, base: Any, exponent: Any) -> Any | None:  # noqa: ANN401
        if expr.exp.is_Integer:
            if expr.exp < 0 and 0 in base:
                return None
            power = base ** abs(int(expr.exp))
            return power if expr.exp > 0 else 1 / power
        if expr.base is sympy.E:
            return self._context.exp(exponent)
        if not base.a > 0:
            return None
        return self._context.exp(exponent * self._context.log(base))

    def _function(self, expr: SymExpr, parts: list[Any]) -> Any | None:  # noqa: ANN401
        arg = parts[0]
        match expr.func:
            case sympy.exp:
                return self._context.exp(arg)
            case sympy.log:
                return self._context.log(arg) if len(parts) == 1 and arg.a > 0 else None
            case sympy.sin:
                return self._context.sin(arg)
            case sympy.cos:
                return self._context.cos(arg)
            case sympy.tan:
                cosine = self._context.cos(arg)
                return None if 0 in cosine else self._context.sin(arg) / cosine
            case sympy.Abs:
                return abs(arg)
            case sympy.sign:
                if arg.a > 0:
                    return self._context.mpf(1)
                return self._context.mpf(-1) if arg.b < 0 else None
            case _:
                return self._rarer_function(expr, arg)

    def _rarer_function(self, expr: SymExpr, arg: Any) -> Any | None:  # noqa: ANN401
        one = self._context.mpf(1)
        match expr.func:
            case sympy.atan:
                return self._context.atan2(arg, one)
            case sympy.asin | sympy.acos:
                if not (arg.a > -1 and arg.b < 1):
                    return None
                other = self._context.sqrt(one - arg * arg)
                is_sine = expr.func is sympy.asin
                return self._context.atan2(arg, other) if is_sine else (
                    self._context.atan2(other, arg)
                )  # fmt: skip
            case sympy.sec | sympy.csc | sympy.cot:
                sine, cosine = self._context.sin(arg), self._context.cos(arg)
                bottom = cosine if expr.func is sympy.sec else sine
                top = cosine if expr.func is sympy.cot else one
                return None if 0 in bottom else top / bottom
            case sympy.sinh | sympy.cosh | sympy.tanh:
                power = self._context.exp(arg)
                sine, cosine = (power - one / power) / 2, (power + one / power) / 2
                return {sympy.sinh: sine, sympy.cosh: cosine}.get(expr.func, sine / cosine)
            case _:
                return None


def holds(
    condition: Condition, point: Mapping[sympy.Symbol, SymExpr], enclosure: Enclosure
) -> bool:
    """Whether a requirement certainly holds at a point."""
    value = condition.expr.xreplace(point)
    if condition.need is Need.UNIT:
        return enclosure.sign(1 - value) == 1 and enclosure.sign(1 + value) == 1
    sign = enclosure.sign(value)
    if condition.need is Need.NONZERO:
        return sign is not None
    if sign == 1:
        return True
    return condition.need is Need.NONNEGATIVE and value.is_zero is True


def fails(
    condition: Condition, point: Mapping[sympy.Symbol, SymExpr], enclosure: Enclosure
) -> bool:
    """Whether a requirement certainly does not hold at a point."""
    value = condition.expr.xreplace(point)
    if condition.need is Need.UNIT:
        return enclosure.sign(1 - value) == -1 or enclosure.sign(1 + value) == -1
    is_zero = value.is_zero is True or sympy.expand(value) == 0
    if condition.need in {Need.NONZERO, Need.POSITIVE} and is_zero:
        return True
    return condition.need is not Need.NONZERO and enclosure.sign(value) == -1
