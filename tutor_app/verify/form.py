"""Whether an answer is written as asked: lowest terms, expanded, factored, worked out."""

import math

import sympy

from tutor_app.core.verdict import Status
from tutor_app.verify.build import build, symbol
from tutor_app.verify.syntax import (
    Bin,
    Call,
    Const,
    Degrees,
    Expr,
    Mixed,
    Neg,
    Num,
    Operator,
    Percent,
    symbols,
    walk,
)


def _without_sign(node: Expr) -> Expr:
    return node.arg if isinstance(node, Neg) else node


def is_worked_out(node: Expr) -> bool:
    """Whether a number is written as a result: no sum, product or power of numbers is left."""
    node = _without_sign(node)
    if isinstance(node, Percent | Degrees):
        node = _without_sign(node.arg)
    if isinstance(node, Num | Mixed | Const):
        return True
    if isinstance(node, Call) and node.name == "numeral":
        return True
    if _fraction(node) is not None:
        return True
    value = build(node).expr
    # An irrational result needs signs: 2*sqrt(3) is worked out, 2*3 is not.
    return not value.is_Rational and _is_scientific(node) is False


def _is_scientific(node: Expr) -> bool:
    return (
        isinstance(node, Bin)
        and node.op is Operator.MUL
        and isinstance(node.left, Num)
        and isinstance(node.right, Bin)
        and node.right.op is Operator.POW
    )


def _fraction(node: Expr) -> tuple[int, int] | None:
    """Numerator and denominator of a literal fraction of whole numbers."""
    node = _without_sign(node)
    if not (isinstance(node, Bin) and node.op is Operator.DIV):
        return None
    top, bottom = _without_sign(node.left), _without_sign(node.right)
    if not (isinstance(top, Num) and isinstance(bottom, Num)):
        return None
    if top.is_decimal or bottom.is_decimal or bottom.value == 0:
        return None
    return int(top.value), int(bottom.value)


def lowest_terms(node: Expr) -> Status:
    """Whether a number is a fraction in lowest terms."""
    plain = _without_sign(node)
    if isinstance(plain, Num):
        return Status.UNKNOWN if plain.is_decimal else Status.VERIFIED
    if isinstance(plain, Mixed):
        is_lowest = math.gcd(plain.numerator, plain.denominator) == 1
        return Status.VERIFIED if is_lowest else Status.REFUTED
    pair = _fraction(plain)
    if pair is None:
        return Status.UNKNOWN
    is_lowest = math.gcd(*pair) == 1 and pair[1] != 1
    return Status.VERIFIED if is_lowest else Status.REFUTED


def prime_factors(node: Expr) -> Status:
    """Whether a number is written as a product of powers of primes."""
    for factor, _ in _factors(node):
        if not isinstance(factor, Num) or not sympy.isprime(int(factor.value)):
            return Status.REFUTED
    return Status.VERIFIED


def terms(node: Expr) -> list[Expr]:
    """The summands of a sum, signs dropped."""
    if isinstance(node, Neg):
        return terms(node.arg)
    if isinstance(node, Bin) and node.op in {Operator.ADD, Operator.SUB}:
        return terms(node.left) + terms(node.right)
    return [node]


def _is_sum(node: Expr) -> bool:
    return isinstance(node, Bin) and node.op in {Operator.ADD, Operator.SUB}


def _holds_sum(node: Expr) -> bool:
    return any(_is_sum(part) for part in walk(node))


def expanded(node: Expr) -> Status:
    """Whether an expression is a sum of different products without brackets."""
    parts = terms(node)
    if any(_holds_sum(part) for part in parts):
        return Status.REFUTED
    return Status.VERIFIED if _are_unlike(parts) else Status.REFUTED


def _are_unlike(parts: list[Expr]) -> bool:
    kinds = [build(part).expr.as_coeff_Mul()[1] for part in parts]
    return len(set(kinds)) == len(kinds)


def _factors(node: Expr) -> list[tuple[Expr, int]]:
    if isinstance(node, Neg):
        return _factors(node.arg)
    if isinstance(node, Bin) and node.op is Operator.MUL:
        return _factors(node.left) + _factors(node.right)
    if isinstance(node, Bin) and node.op is Operator.POW and isinstance(node.right, Num):
        times = int(node.right.value)
        return [(base, power * times) for base, power in _factors(node.left)]
    return [(node, 1)]


def factored(node: Expr) -> Status:
    """Whether a polynomial is written as a product of irreducible factors over the rationals."""
    letters = [symbol(name) for name in sorted(symbols(node))]
    for factor, _ in _factors(node):
        if not symbols(factor):
            continue
        try:
            polynomial = sympy.Poly(build(factor).expr, *letters, domain="QQ")
        except (sympy.CoercionFailed, sympy.PolynomialError):
            return Status.UNKNOWN
        content = polynomial.primitive()[0]
        if content != 1 or not polynomial.is_irreducible:
            return Status.REFUTED
    return Status.VERIFIED


def simplified(node: Expr) -> Status:
    """Whether like terms are collected and common factors cancelled; unknown where unsure."""
    parts = terms(node)
    if not _are_unlike(parts):
        return Status.REFUTED
    if isinstance(node, Bin) and node.op is Operator.DIV:
        top, bottom = build(node.left).expr, build(node.right).expr
        common = sympy.gcd(top, bottom)
        if common not in {1, -1}:
            return Status.REFUTED
        return Status.VERIFIED
    if any(_is_sum(factor) for part in parts for factor, _ in _factors(part)):
        return Status.UNKNOWN if len(parts) > 1 else Status.VERIFIED
    return Status.VERIFIED if not any(_holds_sum(part) for part in parts) else Status.UNKNOWN
