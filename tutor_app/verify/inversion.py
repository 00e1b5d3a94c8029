"""Equations in which the unknown stands once: every operation around it undone, one by one.

Each step is an equivalence over the reals, so that the result is complete; where one is not
(sine, an undecided sign), there is no result.
"""

from collections.abc import Iterator
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.build import build, guard_power
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.syntax import Bin, Call, Expr, Neg, Operator, Sym, symbols, walk

_HIGHEST_POWER: Final = 20
_HIGHEST_LOGARITHM: Final = 400
_LARGEST_FACTORED: Final = 10**12


class NotInvertible(Exception):
    """The unknown cannot be made the subject by steps that are equivalences."""


def count_letter(node: Expr, name: str) -> int:
    """How often a letter stands in an expression."""
    return sum(part == Sym(name) for part in walk(node))


def inverse_roots(node: Expr, value: SymExpr, unknown: str) -> tuple[SymExpr, ...]:
    """All real values of the unknown with `node = value`.

    Args:
        node: holds the unknown exactly once.
        value: a real constant.
        unknown: the letter.

    Raises:
        NotInvertible: a step is no equivalence.
        Unreadable: a constant cannot be built.
    """
    return tuple(dict.fromkeys(_roots(node, value, unknown)))


def _roots(node: Expr, value: SymExpr, unknown: str) -> Iterator[SymExpr]:
    if node == Sym(unknown):
        yield simplified(value)
        return
    match node:
        case Neg(arg):
            yield from _roots(arg, -value, unknown)
        case Bin():
            for inner, new in _undone(node, value, unknown):
                yield from _roots(inner, new, unknown)
        case Call():
            for inner, new in _call_undone(node, value):
                yield from _roots(inner, new, unknown)
        case _:
            raise NotInvertible


def _undone(node: Bin, value: SymExpr, unknown: str) -> Iterator[tuple[Expr, SymExpr]]:
    is_left = unknown in symbols(node.left)
    inner, other = (node.left, node.right) if is_left else (node.right, node.left)
    if node.op is Operator.POW:
        yield from _power_undone(node, value, is_base=is_left)
        return
    constant = build(other).expr
    match node.op:
        case Operator.ADD:
            yield inner, value - constant
        case Operator.SUB:
            yield inner, value + constant if is_left else constant - value
        case Operator.MUL:
            if sign_of(constant) == 0:
                raise NotInvertible
            yield inner, value / constant
        case Operator.DIV if is_left:
            yield inner, value * constant
        case Operator.DIV:
            if sign_of(value) != 0:
                yield inner, constant / value
            elif sign_of(constant) == 0:
                raise NotInvertible
        case _:
            raise NotInvertible


def _power_undone(node: Bin, value: SymExpr, *, is_base: bool) -> Iterator[tuple[Expr, SymExpr]]:
    if not is_base:
        base = build(node.left).expr
        if sign_of(base) != 1 or base == 1:
            raise NotInvertible
        if sign_of(value) == 1:
            yield node.right, sympy.log(value) / sympy.log(base)
        return
    exponent = build(node.right).expr
    if not (exponent.is_Integer and 1 <= exponent <= _HIGHEST_POWER):
        raise NotInvertible
    sign = sign_of(value)
    if exponent % 2:
        size = sympy.Abs(value) ** sympy.Rational(1, int(exponent))
        yield node.left, sign * size
    elif sign == 0:
        yield node.left, sympy.Integer(0)
    elif sign == 1:
        root = value ** sympy.Rational(1, int(exponent))
        yield node.left, root
        yield node.left, -root


def _call_undone(node: Call, value: SymExpr) -> Iterator[tuple[Expr, SymExpr]]:
    match node:
        case Call("exp", (inner,)):
            if sign_of(value) == 1:
                yield inner, sympy.log(value)
        case Call("ln", (inner,)):
            if not abs(sympy.N(value, 15)) < _HIGHEST_LOGARITHM:
                raise NotInvertible
            yield inner, sympy.exp(value)
        case Call("log", (inner, base)):
            number = build(base).expr
            if sign_of(number) != 1 or number == 1:
                raise NotInvertible
            guard_power(number, value)
            yield inner, number**value
        case Call("abs", (inner,)):
            if sign_of(value) >= 0:
                yield inner, value
                yield inner, -value
        case _:
            yield from _root_undone(node, value)


def _root_undone(node: Call, value: SymExpr) -> Iterator[tuple[Expr, SymExpr]]:
    match node:
        case Call("sqrt", (inner,)):
            if sign_of(value) >= 0:
                guard_power(value, sympy.Integer(2))
                yield inner, value**2
        case Call("cbrt", (inner,)):
            guard_power(value, sympy.Integer(3))
            yield inner, value**3
        case _:
            raise NotInvertible


def sign_of(value: SymExpr) -> int:
    """1, 0 or -1.

    Raises:
        NotInvertible: not decided.
    """
    if value.is_Rational:
        return int(sympy.sign(value))
    sign = Enclosure().sign(value)
    if sign is None:
        if sympy.expand(value) == 0 or simplified(value) == 0:
            return 0
        raise NotInvertible
    return sign


def simplified(value: SymExpr) -> SymExpr:
    """A constant in its shortest form: log(8)/log(2) as 3."""
    if value.is_Rational or not value.has(sympy.log, sympy.exp):
        return value
    if any(max(abs(part.p), part.q) > _LARGEST_FACTORED for part in value.atoms(sympy.Rational)):
        return value  # expanding its logarithm would factor it
    # cancel, not simplify: that would write 1000 log(2) as the logarithm of a power
    return sympy.cancel(sympy.expand_log(value, force=True))
