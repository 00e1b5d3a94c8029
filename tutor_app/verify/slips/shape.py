"""Sums and products as lists of terms and factors, and a rule applied at each place."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.verify.syntax import (
    Bin,
    Expr,
    Integral,
    Neg,
    Num,
    Operator,
    children,
    map_children,
)

ONE: Final = Num(Fraction(1))
ZERO: Final = Num(Fraction(0))
TWO: Final = Num(Fraction(2))
_SUMS: Final = frozenset({Operator.ADD, Operator.SUB})


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a sum."""

    is_negative: bool
    node: Expr

    @property
    def signed(self) -> Expr:
        """The term with its sign."""
        return Neg(self.node) if self.is_negative else self.node

    @property
    def opposite(self) -> "Term":
        """The term with the other sign."""
        return Term(not self.is_negative, self.node)


def number(value: Fraction | int) -> Expr:
    """A literal, which is never negative itself."""
    value = Fraction(value)
    return Neg(Num(-value)) if value < 0 else Num(value)


def terms_of(node: Expr) -> tuple[Term, ...]:
    """The terms of a sum from left to right; an expression that is no sum is one term."""
    match node:
        case Bin(op, left, right) if op in _SUMS:
            rest = terms_of(right)
            if op is Operator.SUB:
                rest = tuple(term.opposite for term in rest)
            return (*terms_of(left), *rest)
        case Neg(arg):
            return tuple(term.opposite for term in terms_of(arg))
        case _:
            return (Term(is_negative=False, node=node),)


def sum_of(terms: Iterable[Term]) -> Expr:
    """The sum of some terms; 0 if there are none."""
    total: Expr | None = None
    for term in terms:
        if total is None:
            total = term.signed
        else:
            total = Bin(Operator.SUB if term.is_negative else Operator.ADD, total, term.node)
    return ZERO if total is None else total


def is_sum(node: Expr) -> bool:
    """Whether an expression is a sum of two terms or more."""
    return isinstance(node, Bin) and node.op in _SUMS


def factors_of(node: Expr) -> tuple[Expr, ...]:
    """The factors of a product from left to right; minus signs stay with their factor."""
    if isinstance(node, Bin) and node.op is Operator.MUL:
        return (*factors_of(node.left), *factors_of(node.right))
    return (node,)


def product_of(factors: Iterable[Expr]) -> Expr:
    """The product of some factors; 1 if there are none."""
    total: Expr | None = None
    for factor in factors:
        total = factor if total is None else Bin(Operator.MUL, total, factor)
    return ONE if total is None else total


def added(left: Expr, right: Expr) -> Expr:
    """`left + right`."""
    return Bin(Operator.ADD, left, right)


def subtracted(left: Expr, right: Expr) -> Expr:
    """`left - right`."""
    return Bin(Operator.SUB, left, right)


def multiplied(left: Expr, right: Expr) -> Expr:
    """`left * right`."""
    return Bin(Operator.MUL, left, right)


def divided(left: Expr, right: Expr) -> Expr:
    """`left / right`."""
    return Bin(Operator.DIV, left, right)


def power(base: Expr, exponent: Expr) -> Expr:
    """`base ^ exponent`."""
    return Bin(Operator.POW, base, exponent)


def without(items: tuple[Term, ...], index: int) -> tuple[Term, ...]:
    """The items but one."""
    return items[:index] + items[index + 1 :]


Rule = Callable[[Expr], Iterator[Expr]]


def rewritten(node: Expr, rule: Rule) -> Iterator[Expr]:
    """The expression with a rule applied at one place, for every place; then at all places."""
    places = 0
    for result in _at_one_place(node, rule):
        places += 1
        yield result
    if places > 1:
        yield _everywhere(node, rule)


def _at_one_place(node: Expr, rule: Rule) -> Iterator[Expr]:
    yield from rule(node)
    if isinstance(node, Integral) and node.lower is not None:
        return
    for position, child in enumerate(children(node)):
        for changed in _at_one_place(child, rule):
            yield _with_child(node, position, changed)


def _with_child(node: Expr, position: int, new: Expr) -> Expr:
    count = iter(range(len(children(node))))
    return map_children(node, lambda child: new if next(count) == position else child)


def _everywhere(node: Expr, rule: Rule) -> Expr:
    changed = next(rule(node), None)
    if changed is not None:
        return changed
    return map_children(node, lambda child: _everywhere(child, rule))
