"""Exact values of sums and products over whole numbers.

Short ones are added term by term. Long ones, open ones (`n` terms) and infinite ones need an
antidifference G with G(k+1) - G(k) = a(k), which is found by comparing coefficients and so needs
no further proof; rational terms are split into simple fractions that cancel in pairs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.limits import POWER_DIGITS, Undefined, Unreadable
from tutor_app.verify.syntax import (
    Bin,
    Call,
    Const,
    Expr,
    Neg,
    Num,
    Operator,
    Product,
    Sum,
    Sym,
    contains,
    replace_letters,
    symbols,
    walk,
    whole,
)

_DIRECT_TERMS: Final = 200
_LARGEST_DEGREE: Final = 20
_LARGEST_SHIFT: Final = 50
_IRRATIONAL_TERMS: Final = 40
_RANGE_DIGITS: Final = 40
_DIGITS_PER_BIT: Final = 0.302
_ZETA: Final[Mapping[int, SymExpr]] = {
    2: sympy.pi**2 / 6, 4: sympy.pi**4 / 90, 6: sympy.pi**6 / 945,
}  # fmt: skip
_PLAIN: Final = (Num, Sym, Const, Neg, Bin)


class Divergent(Undefined):
    """An infinite sum that has no value."""


class TermBuilder(Protocol):
    """What a sum needs of the builder it is part of."""

    def build(self, node: Expr) -> SymExpr:
        """An expression with all that it needs to be defined."""

    def general_term(self, node: Expr) -> SymExpr:
        """A term in its letter."""

    def spend_terms(self, count: int) -> None:
        """Count terms that are about to be built."""


def open_letters(node: Expr) -> frozenset[str]:
    """The free letters in the ends of the sums and products of an expression."""
    free = symbols(node)
    return frozenset(
        part.name
        for series in walk(node) if isinstance(series, Sum | Product)
        for bound in (series.lower, series.upper)
        for part in walk(bound) if isinstance(part, Sym) and part.name in free
    )  # fmt: skip


# -- sums ---------------------------------------------------------------------------------


def sum_value(node: Sum, builder: TermBuilder) -> SymExpr:
    """The value of a sum; with an open end, an expression in its letter.

    Raises:
        Divergent: an infinite sum without a value.
        Unreadable: too long for a sum whose terms have no known antidifference.
    """
    lower, upper = builder.build(node.lower), builder.build(node.upper)
    if not lower.is_Integer or abs(lower) > 10**_RANGE_DIGITS:
        raise Unreadable("a sum must start at a whole number")
    if upper.is_Integer:
        return _finite_sum(node, int(lower), int(upper), builder)
    term = _general_term(node, builder)
    if term == 0:
        return sympy.Integer(0)
    counter = sympy.Symbol(node.variable, real=True)
    if upper is sympy.oo:
        _require_defined(node, int(lower), None, builder)
        return infinite_sum(term, counter, int(lower))
    _require_whole_end(upper)
    _require_defined(node, int(lower), None, builder)
    return _between(_decomposed(term, counter), counter, lower, upper)


def _finite_sum(node: Sum, lower: int, upper: int, builder: TermBuilder) -> SymExpr:
    if abs(upper) > 10**_RANGE_DIGITS or upper < lower - 1:
        raise Unreadable("a sum whose ends I cannot use")
    if upper - lower + 1 <= _DIRECT_TERMS:
        return _added_up(node, lower, upper, builder)
    term = _general_term(node, builder)
    if term == 0:
        return sympy.Integer(0)
    counter = sympy.Symbol(node.variable, real=True)
    _require_defined(node, lower, upper, builder)
    parts = _decomposed(term, counter)
    if any(base != 1 for base, _ in parts):
        raise Unreadable("a sum of many powers")  # their size could not be bounded
    return _between(parts, counter, sympy.Integer(lower), sympy.Integer(upper))


def _added_up(node: Sum, lower: int, upper: int, builder: TermBuilder) -> SymExpr:
    builder.spend_terms(upper - lower + 1)
    total = sympy.Integer(0)
    for k in range(lower, upper + 1):
        term = builder.build(replace_letters(node.arg, {node.variable: whole(k)}))
        total = _bounded(total + term)
    if len(sympy.Add.make_args(total)) > _IRRATIONAL_TERMS:
        raise Unreadable("a sum of many roots or letters")
    return total


def _bounded(value: SymExpr) -> SymExpr:
    """The value, unless it has too many digits."""
    if value.is_Rational:
        bits = int(value.p).bit_length() + int(value.q).bit_length()
        if bits * _DIGITS_PER_BIT > POWER_DIGITS:
            raise Unreadable(f"a sum or product has more than {POWER_DIGITS} digits")
    return value


def _general_term(node: Sum | Product, builder: TermBuilder) -> SymExpr:
    plain = all(isinstance(part, _PLAIN) for part in walk(node.arg))
    if not plain or contains(node.arg, (Sum, Product, Call)):
        raise Unreadable("a long sum of terms that I cannot add up")
    return builder.general_term(node.arg)


def _require_whole_end(upper: SymExpr) -> None:
    letters = sorted(upper.free_symbols, key=str)
    if len(letters) != 1:
        raise Unreadable("a sum must end at a whole number or a letter")
    slope = sympy.diff(upper, letters[0])
    shift = upper.xreplace({letters[0]: sympy.Integer(0)})
    if not (slope.is_Integer and slope > 0 and shift.is_Integer):
        raise Unreadable("a sum must end at a whole number or a letter")


def _require_defined(node: Sum, lower: int, upper: int | None, builder: TermBuilder) -> None:
    """Refuse a sum one of whose terms divides by zero, or could."""
    counter = sympy.Symbol(node.variable, real=True)
    for part in walk(node.arg):
        if not isinstance(part, Bin):
            continue
        if part.op is Operator.POW:
            _require_defined_power(part, counter, builder)
        divisor = _divisor(part)
        if divisor is None:
            continue
        bottom = builder.general_term(divisor)
        if not bottom.has(counter):
            continue
        if not bottom.is_polynomial(counter) or bottom.free_symbols != {counter}:
            if _is_never_zero_power(bottom, counter):
                continue
            raise Unreadable("a sum whose terms may be undefined")
        for root in sympy.Poly(bottom, counter).ground_roots():
            if root.is_Integer and root >= lower and (upper is None or root <= upper):
                raise Undefined(f"the term for {node.variable} = {root} divides by zero")


def _divisor(part: Bin) -> Expr | None:
    if part.op is Operator.DIV:
        return part.right
    is_negative = part.op is Operator.POW and not isinstance(part.right, Num | Sym)
    return part.left if is_negative else None


def _require_defined_power(part: Bin, counter: sympy.Symbol, builder: TermBuilder) -> None:
    exponent = builder.general_term(part.right)
    base = builder.general_term(part.left)
    is_whole = exponent.is_Integer or (
        exponent.free_symbols == {counter}
        and sympy.diff(exponent, counter).is_Integer
        and exponent.xreplace({counter: sympy.Integer(0)}).is_Integer
    )
    if not is_whole:
        raise Unreadable("a sum of roots")
    if not exponent.is_Integer and (base.free_symbols or base.is_nonzero is not True):
        raise Unreadable("a sum of powers of a letter")


def _is_never_zero_power(expr: SymExpr, counter: sympy.Symbol) -> bool:
    """Whether an expression is a number times powers of numbers."""
    return all(
        factor.is_number or (factor.is_Pow and factor.base.is_number and factor.base != 0)
        for factor in sympy.Mul.make_args(expr)
    )


# -- antidifferences ----------------------------------------------------------------------

Parts = tuple[tuple[SymExpr, sympy.Poly], ...]
"""A term as a sum of p(k) r^k: pairs of r and p."""


def _decomposed(term: SymExpr, counter: sympy.Symbol) -> Parts:
    found: dict[SymExpr, SymExpr] = {}
    for summand in sympy.Add.make_args(sympy.expand(term, power_base=False)):
        base, factor = sympy.Integer(1), sympy.Integer(1)
        for part in sympy.Mul.make_args(summand):
            if part.is_Pow and part.exp.has(counter):
                step = sympy.diff(part.exp, counter)
                start = part.exp.xreplace({counter: sympy.Integer(0)})
                if not (step.is_Integer and start.is_Integer and part.base.is_number):
                    raise Unreadable("a long sum of terms that I cannot add up")
                base, factor = base * part.base**step, factor * part.base**start
            else:
                factor = factor * part
        found[base] = found.get(base, sympy.Integer(0)) + factor
    parts: list[tuple[SymExpr, sympy.Poly]] = []
    for base, factor in found.items():
        if not factor.is_polynomial(counter) or not base.is_real:
            raise Unreadable("a long sum of terms that I cannot add up")
        polynomial = sympy.Poly(factor, counter)
        if polynomial.degree() > _LARGEST_DEGREE:
            raise Unreadable("a sum of high powers")
        if not polynomial.is_zero:
            parts.append((base, polynomial))
    return tuple(parts)


def _antidifference(base: SymExpr, polynomial: sympy.Poly, counter: sympy.Symbol) -> SymExpr:
    """The q with base·q(k+1) - q(k) = p(k), by coefficients from the highest down."""
    degree = polynomial.degree() + (base == 1)
    rest = polynomial.as_expr()
    result = sympy.Integer(0)
    for power in range(degree, -1, -1):
        # base (k+1)^m - k^m leads with (base-1) k^m, or with m k^(m-1) where base is 1.
        if base == 1 and power == 0:
            break
        leading = sympy.Integer(power) if base == 1 else base - 1
        order = power - 1 if base == 1 else power
        coefficient = sympy.Poly(rest, counter).coeff_monomial(counter**order) / leading
        result += coefficient * counter**power
        step = base * (counter + 1) ** power - counter**power
        rest = sympy.expand(rest - coefficient * step)
    if sympy.expand(rest) != 0:
        raise Unreadable("a long sum of terms that I cannot add up")
    return result


def _between(parts: Parts, counter: sympy.Symbol, lower: SymExpr, upper: SymExpr) -> SymExpr:
    """The sum of the parts for k from lower to upper."""
    total = sympy.Integer(0)
    for base, polynomial in parts:
        inner = _antidifference(base, polynomial, counter)
        end, start = (inner.xreplace({counter: at}) for at in (upper + 1, lower))
        total += base ** (upper + 1) * end - base**lower * start
    return total


# -- infinite sums ------------------------------------------------------------------------


def infinite_sum(term: SymExpr, counter: sympy.Symbol, lower: int) -> SymExpr:
    """The value of an infinite sum of terms that are defined from `lower` on.

    Raises:
        Divergent: the terms do not tend to zero, or too slowly.
        Unreadable: neither a value nor divergence is known.
    """
    if term.free_symbols - {counter}:
        raise Unreadable("an infinite sum with letters")
    if term.is_rational_function(counter):
        return _rational_series(term, counter, lower)
    parts = _decomposed(term, counter)
    total = sympy.Integer(0)
    for base, polynomial in parts:
        size = _size_against_one(base)
        if size >= 0:
            raise Divergent("the terms do not tend to 0, so the sum has no value")
        inner = _antidifference(base, polynomial, counter)
        total -= base**lower * inner.xreplace({counter: sympy.Integer(lower)})
    return total


def _size_against_one(base: SymExpr) -> int:
    """The sign of |base| - 1."""
    if base.is_Rational:
        return int(sympy.sign(abs(base) - 1))
    gap = (abs(base) - 1).evalf(30)
    if abs(gap) < sympy.Rational(1, 10**9):
        raise Unreadable("a ratio too close to 1")
    return 1 if gap > 0 else -1


@dataclass(frozen=True, slots=True)
class _Fraction:
    """coefficient / (k + shift)^order."""

    coefficient: SymExpr
    shift: SymExpr
    order: int


def _rational_series(term: SymExpr, counter: sympy.Symbol, lower: int) -> SymExpr:
    top, bottom = sympy.fraction(sympy.together(term))
    degrees = [sympy.Poly(side, counter).degree() for side in (top, bottom)]
    if sympy.expand(top) == 0:
        return sympy.Integer(0)
    if degrees[1] - degrees[0] < 1:
        raise Divergent("the terms do not tend to 0, so the sum has no value")
    if degrees[1] - degrees[0] == 1:
        raise Divergent("the terms fall no faster than 1/k, so the sum has no value")
    total = sympy.Integer(0)
    classes: dict[SymExpr, list[_Fraction]] = {}
    for part in _simple_fractions(term, counter):
        if part.order == 1:
            classes.setdefault(part.shift - sympy.floor(part.shift), []).append(part)
        else:
            total += _power_series(part, lower)
    for members in classes.values():
        total += _telescope(members, lower)
    return total


def _simple_fractions(term: SymExpr, counter: sympy.Symbol) -> list[_Fraction]:
    split = sympy.apart(term, counter)
    if sympy.expand(sympy.fraction(sympy.together(split - term))[0]) != 0:
        raise Unreadable("a sum of fractions that I cannot split")
    found: list[_Fraction] = []
    for summand in sympy.Add.make_args(split):
        top, bottom = sympy.fraction(sympy.together(summand))
        polynomial = sympy.Poly(bottom, counter)
        content, factors = polynomial.factor_list()
        if top.has(counter) or len(factors) != 1 or factors[0][0].degree() != 1:
            raise Unreadable("a sum of fractions that I cannot add up")
        factor, order = factors[0]
        slope, start = factor.all_coeffs()
        shift = sympy.Rational(start) / slope
        if abs(shift) > _LARGEST_SHIFT:
            raise Unreadable("a sum of fractions that are far apart")
        found.append(_Fraction(top / (content * slope**order), shift, int(order)))
    return found


def _power_series(part: _Fraction, lower: int) -> SymExpr:
    """The sum of c/(k+s)^m, known for even m and whole s."""
    value = _ZETA.get(part.order)
    first = lower + part.shift
    if value is None or not first.is_Integer or not 1 <= first <= _LARGEST_SHIFT:
        raise Unreadable("an infinite sum whose value I do not know")
    missing = sum((sympy.Rational(1, k**part.order) for k in range(1, int(first))), sympy.S.Zero)
    return part.coefficient * (value - missing)


def _telescope(members: list[_Fraction], lower: int) -> SymExpr:
    """The sum of fractions whose shifts differ by whole numbers and which cancel in pairs."""
    if sum((part.coefficient for part in members), sympy.S.Zero) != 0:
        raise Unreadable("an infinite sum whose value I do not know")
    base = min(part.shift for part in members)
    total = sympy.Integer(0)
    for part in members:
        for k in range(int(part.shift - base)):
            total -= part.coefficient / (lower + base + k)
    return total


def converges(node: Sum, builder: TermBuilder) -> tuple[bool, str] | None:
    """Whether an infinite sum has a value, and why; None where that is not known.

    Raises:
        Unreadable: a term is not defined.
    """
    try:
        value = builder.build(node)
    except Divergent as error:
        return False, str(error)
    except Undefined:
        raise
    except Unreadable:
        return _falls_fast(node, builder)
    return True, f"its value is {value}"


def _falls_fast(node: Sum, builder: TermBuilder) -> tuple[bool, str] | None:
    counter = sympy.Symbol(node.variable, real=True)
    lower = builder.build(node.lower)
    term = _general_term(node, builder)
    if not lower.is_Integer or not term.is_rational_function(counter):
        return None
    _require_defined(node, int(lower), None, builder)
    top, bottom = sympy.fraction(sympy.together(term))
    gap = sympy.Poly(bottom, counter).degree() - sympy.Poly(top, counter).degree()
    if term.free_symbols != {counter} or gap < 2:
        return None
    return True, f"the terms fall as fast as 1/{node.variable}^{gap}"


# -- products -----------------------------------------------------------------------------


def product_value(node: Product, builder: TermBuilder) -> SymExpr:
    """The value of a product of few factors.

    Raises:
        Unreadable: its ends are no whole numbers, or far apart.
    """
    lower, upper = builder.build(node.lower), builder.build(node.upper)
    if not (lower.is_Integer and upper.is_Integer) or upper < lower - 1:
        raise Unreadable("a product whose ends I cannot use")
    count = int(upper - lower) + 1
    if count > _DIRECT_TERMS:
        raise Unreadable("a product of many factors")
    builder.spend_terms(count)
    total = sympy.Integer(1)
    for k in range(int(lower), int(upper) + 1):
        factor = builder.build(replace_letters(node.arg, {node.variable: whole(k)}))
        total = _bounded(total * factor)
    return total
