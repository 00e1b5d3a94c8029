"""Syntax tree to SymPy, by constructors only, with the conditions under which it is defined.

Text never reaches SymPy: symbol names are letters the parser admitted, numbers are exact
rationals, and every size is checked before the operation is done.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.limits import (
    BINOMIAL,
    EXPONENT,
    FACTORIAL,
    POWER_DIGITS,
    SERIES_TERMS,
    Undefined,
    Unreadable,
)
from tutor_app.verify.matrix_algebra import matrix_number
from tutor_app.verify.series import product_value, sum_value
from tutor_app.verify.syntax import (
    Apply,
    Bin,
    Call,
    Const,
    Degrees,
    Derivative,
    Evaluated,
    Expr,
    Matrix,
    Mixed,
    Neg,
    Num,
    Operator,
    Percent,
    Product,
    Sum,
    Sym,
    replace_letters,
    walk,
)


class Need(Enum):
    """What a subexpression must satisfy so that the whole is defined over the reals."""

    NONZERO = auto()
    NONNEGATIVE = auto()
    POSITIVE = auto()
    UNIT = auto()
    """Between -1 and 1, for arcsin and arccos."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One requirement of the natural domain."""

    need: Need
    expr: SymExpr


@dataclass(frozen=True, slots=True)
class Built:
    """An expression ready for algebra.

    Attributes:
        expr: in SymPy's form; letters are real.
        conditions: where it is defined; those that always hold are left out.
        is_complex: the imaginary unit occurs, so the reals are left.
    """

    expr: SymExpr
    conditions: tuple[Condition, ...]
    is_complex: bool

    @property
    def is_real_number(self) -> bool:
        """Whether it is a constant that is defined over the reals."""
        return not self.expr.free_symbols and not self.is_complex


_FUNCTIONS: Final[dict[str, Callable[[SymExpr], SymExpr]]] = {
    "sin": sympy.sin, "cos": sympy.cos, "tan": sympy.tan, "sec": sympy.sec, "csc": sympy.csc,
    "cot": sympy.cot, "arcsin": sympy.asin, "arccos": sympy.acos, "arctan": sympy.atan,
    "sinh": sympy.sinh, "cosh": sympy.cosh, "tanh": sympy.tanh, "exp": sympy.exp,
    "abs": sympy.Abs,
}  # fmt: skip
_CONSTANTS: Final = {"pi": sympy.pi, "e": sympy.E, "i": sympy.I, "oo": sympy.oo}


def symbol(name: str) -> sympy.Symbol:
    """The real SymPy symbol of a letter."""
    return sympy.Symbol(name, real=True)


@dataclass(slots=True)
class Builder:
    """Builds expressions and remembers what they need.

    Attributes:
        log_base: what `log` without a base means.
        needs: requirements met so far.
        terms_left: how many more terms of sums and products may be built.
    """

    log_base: SymExpr = sympy.E
    needs: list[Condition] = field(default_factory=list)
    terms_left: int = SERIES_TERMS

    def build(self, node: Expr) -> SymExpr:
        """One expression.

        Raises:
            Unreadable: too large, undefined, or not an expression of numbers and letters.
        """
        result = self._node(node)
        if result.has(sympy.nan, sympy.zoo):
            raise Undefined("it has no value")
        return result

    def _node(self, node: Expr) -> SymExpr:
        match node:
            case Num() | Mixed() | Sym() | Const():
                return _leaf(node)
            case Neg(arg):
                return -self.build(arg)
            case Percent(arg):
                return self.build(arg) / 100
            case Degrees(arg):
                return self.build(arg) * sympy.pi / 180
            case Bin():
                return self._binary(node)
            case Call():
                return self._call(node)
            case Derivative() | Sum() | Product() | Evaluated():
                return self._with_letter(node)
            case Apply(name):
                raise Unreadable(f"{name} is not defined in the problem")
            case Matrix():
                raise Unreadable("a matrix stands where a number should")
            case _:
                raise Unreadable("an integral or limit inside a larger expression")

    def _with_letter(self, node: Derivative | Sum | Product | Evaluated) -> SymExpr:
        if isinstance(node, Derivative):
            return self._derivative(node)
        if isinstance(node, Evaluated):
            ends = [replace_letters(node.arg, {node.variable: end})
                    for end in (node.upper, node.lower)]  # fmt: skip
            return self.build(ends[0]) - self.build(ends[1])
        return sum_value(node, self) if isinstance(node, Sum) else product_value(node, self)

    def spend_terms(self, count: int) -> None:
        """Count terms of sums and products that are about to be built.

        Raises:
            Unreadable: more than the limit for one expression.
        """
        self.terms_left -= count
        if self.terms_left < 0:
            raise Unreadable(f"a sum or product has more than {SERIES_TERMS} terms")

    def general_term(self, node: Expr) -> SymExpr:
        """A term in its letter; what it needs is left to whoever puts numbers in."""
        return Builder(self.log_base).build(node)

    def _need(self, need: Need, expr: SymExpr) -> None:
        always = {
            Need.NONZERO: expr.is_nonzero,
            Need.NONNEGATIVE: expr.is_nonnegative,
            Need.POSITIVE: expr.is_positive,
            Need.UNIT: None,
        }[need]
        condition = Condition(need, expr)
        if always is not True and condition not in self.needs:
            self.needs.append(condition)

    def _binary(self, node: Bin) -> SymExpr:
        if node.op is Operator.POW:
            return self._power(node)
        left, right = self.build(node.left), self.build(node.right)
        match node.op:
            case Operator.ADD:
                return left + right
            case Operator.SUB:
                return left - right
            case Operator.MUL:
                return left * right
            case Operator.DIV:
                return left * self._reciprocal(right)
            case _:
                raise Unreadable("± stands for two values")

    def _reciprocal(self, expr: SymExpr) -> SymExpr:
        if expr.is_zero or (not expr.free_symbols and sympy.expand(expr) == 0):
            raise Undefined("division by zero")
        self._need(Need.NONZERO, expr)
        return 1 / expr

    def _power(self, node: Bin) -> SymExpr:
        base, exponent = self.build(node.left), self.build(node.right)
        guard_power(base, exponent)
        if exponent.is_Integer:
            if exponent < 0:
                self._need(Need.NONZERO, base)
                if base.is_zero:
                    raise Undefined("division by zero")
            if base.is_zero and exponent == 0:
                raise Undefined("0^0 has no value")
            return base**exponent
        if exponent.is_Rational:
            return self._root(base, exponent)
        if base != sympy.E:
            self._need(Need.POSITIVE, base)
        return base**exponent

    def _root(self, base: SymExpr, exponent: sympy.Rational) -> SymExpr:
        if exponent < 0:
            self._need(Need.NONZERO, base)
            if base.is_zero:
                raise Undefined("division by zero")
        if exponent.q % 2 == 0:
            self._need(Need.NONNEGATIVE, base)
            return base**exponent
        if base.is_nonnegative:
            return base**exponent
        # Odd roots of negative numbers are real in school: (-8)^(1/3) = -2.
        size = sympy.Abs(base) ** exponent
        return size if exponent.p % 2 == 0 else sympy.sign(base) * size

    def _call(self, node: Call) -> SymExpr:
        if node.name in {"det", "tr", "rank", "norm", "dot"}:
            return matrix_number(node.name, node.args, self.build)
        args = [self.build(arg) for arg in node.args]
        name = node.name
        if name in _FUNCTIONS:
            return self._elementary(name, args[0])
        match name:
            case "sqrt":
                return self._root(args[0], sympy.Rational(1, 2))
            case "cbrt":
                return self._root(args[0], sympy.Rational(1, 3))
            case "root":
                return self._root(args[0], self._degree(args[1]))
            case "ln" | "log":
                return self._logarithm(name, args)
            case "factorial" | "binomial" | "permutations" | "gcd" | "lcm" | "numeral" | "mod":
                return _integer_function(name, args)
            case _:
                raise Unreadable(f"I cannot compute {name}")

    def _degree(self, degree: SymExpr) -> sympy.Rational:
        if not (degree.is_Integer and 2 <= degree <= EXPONENT):
            raise Unreadable("the degree of a root must be a whole number from 2")
        return sympy.Rational(1, int(degree))

    def _elementary(self, name: str, arg: SymExpr) -> SymExpr:
        if name in {"tan", "sec"}:
            self._need(Need.NONZERO, sympy.cos(arg))
        elif name in {"cot", "csc"}:
            self._need(Need.NONZERO, sympy.sin(arg))
        elif name in {"arcsin", "arccos"}:
            self._need(Need.UNIT, arg)
        return _FUNCTIONS[name](arg)

    def _logarithm(self, name: str, args: list[SymExpr]) -> SymExpr:
        self._need(Need.POSITIVE, args[0])
        if args[0].is_zero:
            raise Undefined("the logarithm of zero")
        if len(args) == 1:
            base = sympy.E if name == "ln" else self.log_base
        else:
            base = args[1]
            self._need(Need.POSITIVE, base)
            if base == 1 or base.is_zero:
                raise Undefined("a logarithm cannot have this base")
        return sympy.log(args[0]) / sympy.log(base)

    def _derivative(self, node: Derivative) -> SymExpr:
        arg = self.build(node.arg)
        if not node.variable:
            raise Unreadable("it is not clear by which letter to differentiate")
        result = sympy.diff(arg, symbol(node.variable), node.order)
        if result.has(sympy.DiracDelta, sympy.Derivative, sympy.Subs):
            raise Unreadable("it has no derivative that I can write down")
        for kink in result.atoms(sympy.sign):
            self._need(Need.NONZERO, kink.args[0])  # SymPy has sign(0) = 0; |x| has no slope there
        return result


def _leaf(node: Num | Mixed | Sym | Const) -> SymExpr:
    match node:
        case Num(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Mixed(whole, numerator, denominator):
            return whole + sympy.Rational(numerator, denominator)
        case Sym(name):
            return symbol(name)
        case Const(name):
            return _CONSTANTS[name]


def _integer_function(name: str, args: list[SymExpr]) -> SymExpr:
    if not all(arg.is_Integer for arg in args):
        raise Unreadable(f"{name} needs whole numbers")
    numbers = [int(arg) for arg in args]
    match name, numbers:
        case "factorial", [number]:
            if not 0 <= number <= FACTORIAL:
                raise Unreadable(f"a factorial above {FACTORIAL} or below 0")
            return sympy.factorial(number)
        case "binomial" | "permutations", [upper, lower]:
            return _selections(name, upper, lower)
        case "numeral", [value, _]:
            return sympy.Integer(value)
        case "mod", [dividend, divisor] if divisor > 0:
            return sympy.Integer(dividend % divisor)
        case "gcd" | "lcm", [_, _, *_]:
            common = sympy.igcd if name == "gcd" else sympy.ilcm
            return sympy.Integer(common(*numbers))
        case _:
            raise Undefined(f"{name} has no value for these numbers")


def _selections(name: str, upper: int, lower: int) -> SymExpr:
    if not (0 <= upper <= BINOMIAL and 0 <= lower <= BINOMIAL):
        raise Unreadable(f"a number of selections above {BINOMIAL} or below 0")
    if name == "binomial":
        return sympy.binomial(upper, lower)
    return sympy.ff(sympy.Integer(upper), lower) if lower <= upper else sympy.Integer(0)


def guard_power(base: SymExpr, exponent: SymExpr) -> None:
    """Refuse a power whose result would be too large.

    Raises:
        Unreadable: beyond the limits.
    """
    if exponent.is_Rational:
        if abs(exponent) > EXPONENT or exponent.q > EXPONENT:
            raise Unreadable(f"an exponent is larger than {EXPONENT}")
        if base.is_Rational:
            bits = max(int(base.p).bit_length(), int(base.q).bit_length())
            if bits * abs(exponent) * 0.302 > POWER_DIGITS:
                raise Unreadable(f"a power has more than {POWER_DIGITS} digits")
    if base.is_Pow and (base.exp * exponent).is_Rational and abs(base.exp * exponent) > EXPONENT:
        raise Unreadable(f"an exponent is larger than {EXPONENT}")
    if exponent.is_number and not exponent.is_Rational:
        size = exponent.evalf(10)
        if not size.is_finite or abs(size) > EXPONENT:
            raise Unreadable(f"an exponent is larger than {EXPONENT}")


def build(node: Expr, log_base: SymExpr = sympy.E) -> Built:
    """An expression with its natural domain.

    Raises:
        Unreadable: it cannot be built within the limits.
    """
    builder = Builder(log_base)
    expr = builder.build(node)
    return Built(expr, tuple(builder.needs), contains_imaginary(node))


def contains_imaginary(node: Expr) -> bool:
    """Whether the imaginary unit is written in an expression."""
    return any(part == Const("i") for part in walk(node))


def uses_bare_log(node: Expr) -> bool:
    """Whether `log` stands without a base, which can be 10 or e."""
    return any(
        isinstance(part, Call) and part.name == "log" and len(part.args) == 1 for part in walk(node)
    )
