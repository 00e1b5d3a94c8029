"""What the names in an answer's lines stand for: `f(x)`, `y'`, and `a`, `b`, `c`, `D`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

import sympy

from tutor_app.verify.build import build, symbol
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.solutions import Equation
from tutor_app.verify.syntax import (
    Apply,
    Call,
    Chain,
    Comparison,
    Derivative,
    Expr,
    Neg,
    Num,
    Product,
    Statement,
    Sum,
    Sym,
    map_children,
    replace_letters,
    symbols,
)
from tutor_app.verify.task import Differentiate, Evaluate, Rewrite, SolveEquation, Task

_DISCRIMINANT: Final = "b^2 - 4*a*c"
_COEFFICIENTS: Final = ("a", "b", "c")


@dataclass(frozen=True, slots=True)
class Scope:
    """Names with their meanings.

    Attributes:
        values: letters that stand for an expression.
        functions: names `f` of `f(x)`, with the body in terms of `variable`.
        variable: by which a prime differentiates; empty where unknown.
        letters: letters that the problem itself uses.
    """

    values: Mapping[str, Expr] = field(default_factory=dict)
    functions: Mapping[str, Expr] = field(default_factory=dict)
    variable: str = ""
    letters: frozenset[str] = frozenset()

    def resolve(self, node: Expr) -> Expr:
        """The expression with every known name replaced by its meaning."""
        match node:
            case Sym(name) if name in self.values:
                return self.values[name]
            case Sum() | Product():
                return replace_letters(node, self.values)
            case Derivative(arg, "", order):
                return Derivative(self.resolve(arg), self.variable, order)
            case Apply():
                return self._applied(node)
            case _:
                return map_children(node, self.resolve)

    def _applied(self, node: Apply) -> Expr:
        if node.name == self.variable and node.primes and not node.args:
            return Derivative(Sym(node.name), self.variable, node.primes)  # (x)' = 1
        body = self.functions.get(node.name)
        if body is None:
            return map_children(node, self.resolve)
        if node.primes:
            body = Derivative(body, self.variable, node.primes)
        if node.args in {(), (Sym(self.variable),)}:
            return body
        if node.primes or len(node.args) != 1:
            return node  # f'(2) is a value, not a derivative of f(2): left unknown
        return _put_in(body, self.variable, self.resolve(node.args[0]))


def _put_in(body: Expr, variable: str, value: Expr) -> Expr:
    if body == Sym(variable):
        return value
    return map_children(body, lambda child: _put_in(child, variable, value))


def scope_of(task: Task | None, statements: tuple[Statement, ...]) -> Scope:
    """The names a task gives meaning to.

    Args:
        task: the problem, or None if it was not recognised.
        statements: what the answer says so far; coefficients may be named there.
    """
    match task:
        case Differentiate(node, variable, name):
            letters = symbols(node)
            names = [name] if name else [free for free in ("f", "y") if free not in letters]
            meanings = dict.fromkeys(names, node)
            values = {key: body for key, body in meanings.items() if key not in {"f", "g", "h"}}
            return Scope(values, meanings, variable, letters)
        case SolveEquation():
            return _equation_scope(task, statements)
        case Rewrite(node) | Evaluate(node):
            return Scope(letters=symbols(node))
        case _:
            return Scope()


def _equation_scope(task: SolveEquation, statements: tuple[Statement, ...]) -> Scope:
    equation = task.equation
    plain = Scope(letters=equation.letters)
    coefficients = _standard_form(task)
    if coefficients is None or equation.letters & {*_COEFFICIENTS, "D", "Delta"}:
        return plain
    said = _said_coefficients(statements)
    shown = _shown_standard_form(task, statements, coefficients)
    if shown is not None:
        coefficients = shown
    if len(said) == len(_COEFFICIENTS):
        theirs = [said[name] for name in _COEFFICIENTS]
        if theirs[0] != 0 and all(
            theirs[0] * ours == mine * coefficients[0]
            for ours, mine in zip(coefficients, theirs, strict=True)
        ):
            coefficients = theirs  # the equation divided or multiplied through
        elif shown is None and not _is_standard(task):
            return plain
    elif shown is None and not _is_standard(task):
        return plain
    values: dict[str, Expr] = {
        name: _literal(value) for name, value in zip(_COEFFICIENTS, coefficients, strict=True)
    }
    discriminant = Scope(values).resolve(parse_expression(_DISCRIMINANT))
    return Scope({**values, "D": discriminant, "Delta": discriminant}, letters=equation.letters)


def _literal(value: Fraction) -> Expr:
    literal: Expr = Num(abs(value), is_decimal=value.denominator != 1)
    return Neg(literal) if value < 0 else literal


def _standard_form(task: SolveEquation) -> list[Fraction] | None:
    """Coefficients of the quadratic `left - right`, or None."""
    unknown = symbol(task.equation.unknown)
    try:
        difference = build(task.equation.left).expr - build(task.equation.right).expr
        polynomial = sympy.Poly(difference, unknown, domain="QQ")
    except (Unreadable, sympy.CoercionFailed, sympy.PolynomialError):
        return None
    if polynomial.degree() != 2:
        return None
    return [Fraction(int(value.p), int(value.q)) for value in polynomial.all_coeffs()]


def _shown_standard_form(
    task: SolveEquation, statements: tuple[Statement, ...], coefficients: list[Fraction]
) -> list[Fraction] | None:
    """The coefficients of a line `… = 0` that is the problem in standard form."""
    for statement in reversed(statements):
        match statement:
            case Chain((left, Num(value)), (Comparison.EQ,)) if left is not None and value == 0:
                shown = _standard_form(
                    SolveEquation(Equation(left, Num(Fraction(0)), task.equation.unknown))
                )
            case _:
                continue
        if shown is not None and all(
            mine * coefficients[0] == ours * shown[0]
            for mine, ours in zip(shown, coefficients, strict=True)
        ):
            return shown
    return None


def _is_standard(task: SolveEquation) -> bool:
    return task.equation.right == Num(Fraction(0))


def _said_coefficients(statements: tuple[Statement, ...]) -> dict[str, Fraction]:
    said: dict[str, Fraction] = {}
    for statement in statements:
        match statement:
            case Chain((Sym(name), value), (Comparison.EQ,)) if name in _COEFFICIENTS:
                assert value is not None
                number = _number(value)
                if number is not None:
                    said[name] = number
            case _:
                continue
    return said


def _number(node: Expr) -> Fraction | None:
    if symbols(node) or isinstance(node, Call):
        return None
    try:
        value = build(node).expr
    except Unreadable:
        return None
    return Fraction(int(value.p), int(value.q)) if value.is_Rational else None
