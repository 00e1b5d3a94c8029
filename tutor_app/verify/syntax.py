"""The syntax tree of what was typed. Nothing is simplified here: `1+1` stays a sum."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

MATRIX_VALUED: Final = frozenset({"transpose", "inverse", "cross"})
"""Functions whose value is a matrix."""


class Operator(StrEnum):
    """A binary operation."""

    ADD = "+"
    SUB = "-"
    MUL = "*"
    DIV = "/"
    POW = "^"
    PLUS_MINUS = "±"
    MINUS_PLUS = "∓"


class Comparison(StrEnum):
    """A relation between two expressions."""

    EQ = "="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="
    APPROX = "≈"


class Joiner(StrEnum):
    """What stands between the items of a list."""

    COMMA = ","
    OR = " or "
    AND = " and "


class Phrase(StrEnum):
    """An answer in words."""

    NO_SOLUTION = "no solution"
    ALL_REALS = "all real numbers"
    INFINITELY_MANY = "infinitely many"
    DOES_NOT_EXIST = "does not exist"
    DIVERGES = "diverges"
    TRUE = "true"
    FALSE = "false"


@dataclass(frozen=True, slots=True)
class Num:
    """A literal number, never negative.

    Attributes:
        value: exact, also for decimals.
        is_decimal: it was written with a decimal point or an exponent.
        is_grouped: a comma was read as a thousands separator.
    """

    value: Fraction
    is_decimal: bool = False
    is_grouped: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Mixed:
    """A mixed number such as `2 1/2`."""

    whole: int
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Sym:
    """A letter, with its subscript: `x`, `x_1`, `theta`."""

    name: str


@dataclass(frozen=True, slots=True)
class Const:
    """A named constant: `pi`, `e`, `i`, `oo`."""

    name: str


@dataclass(frozen=True, slots=True)
class Neg:
    """Minus an expression."""

    arg: "Expr"


@dataclass(frozen=True, slots=True)
class Bin:
    """Two expressions joined by an operator."""

    op: Operator
    left: "Expr"
    right: "Expr"


@dataclass(frozen=True, slots=True)
class Call:
    """A known function of its arguments, such as `sin(x)` or `root(3, x)`."""

    name: str
    args: tuple["Expr", ...]


@dataclass(frozen=True, slots=True)
class Apply:
    """A named function that the problem must define, such as `f(x)`; `primes` counts `'`."""

    name: str
    args: tuple["Expr", ...]
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Percent:
    """A number of hundredths."""

    arg: "Expr"


@dataclass(frozen=True, slots=True)
class Degrees:
    """An angle in degrees."""

    arg: "Expr"


@dataclass(frozen=True, slots=True)
class Derivative:
    """`d/dx` of an expression; `variable` is empty where only a prime was written."""

    arg: "Expr"
    variable: str
    order: int = 1


@dataclass(frozen=True, slots=True)
class Integral:
    """An integral; the bounds are None where it is indefinite."""

    arg: "Expr"
    variable: str
    lower: "Expr | None" = None
    upper: "Expr | None" = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit; `side` is `+`, `-` or empty for two-sided."""

    arg: "Expr"
    variable: str
    point: "Expr"
    side: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A rectangle of entries; a column vector has one entry a row.

    Attributes:
        rows: at least one, all of the same length.
    """

    rows: tuple[tuple["Expr", ...], ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum over whole numbers; `variable` counts from `lower` to `upper`."""

    arg: "Expr"
    variable: str
    lower: "Expr"
    upper: "Expr"


@dataclass(frozen=True, slots=True)
class Product:
    """A product over whole numbers; `variable` counts from `lower` to `upper`."""

    arg: "Expr"
    variable: str
    lower: "Expr"
    upper: "Expr"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The change of an expression between two bounds, written `[x^2]_0^1`."""

    arg: "Expr"
    variable: str
    lower: "Expr"
    upper: "Expr"


Expr = (
    Num | Mixed | Sym | Const | Neg | Bin | Call | Apply | Percent | Degrees | Derivative
    | Integral | Limit | Matrix | Sum | Product | Evaluated
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chain:
    """`a = b < c`: operands with a comparison between neighbours.

    Attributes:
        operands: the first is None where the text starts with `=`.
        comparisons: one fewer than the operands.
    """

    operands: tuple["Expr | None", ...]
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """An answer in words."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Remainder:
    """A quotient with its remainder, such as `12 R 3`."""

    quotient: "Expr"
    remainder: "Expr"


@dataclass(frozen=True, slots=True)
class SetLit:
    """Elements in braces; no elements: the empty set."""

    items: tuple["Expr", ...]


@dataclass(frozen=True, slots=True)
class Tuple:
    """Two or more coordinates in round brackets."""

    items: tuple["Expr", ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval; a round bracket is an open end."""

    lower: "Expr"
    upper: "Expr"
    is_left_open: bool
    is_right_open: bool


@dataclass(frozen=True, slots=True)
class Reals:
    """The set of real numbers."""


@dataclass(frozen=True, slots=True)
class Union:
    """Sets joined by `∪`; or the first without the rest, where `is_difference`."""

    parts: tuple["Region", ...]
    is_difference: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """`x ∈ (0, 1)`."""

    name: str
    region: "Region"


Region = SetLit | Interval | Reals | Union | Tuple


@dataclass(frozen=True, slots=True)
class Listing:
    """Statements joined by commas, `or` or `and`."""

    items: tuple["Statement", ...]
    joiner: Joiner


Statement = Expr | Chain | Words | Remainder | Region | Member | Listing


def children(node: Expr) -> tuple[Expr, ...]:
    """The expressions directly inside an expression."""
    match node:
        case Neg(arg) | Percent(arg) | Degrees(arg):
            return (arg,)
        case Bin(_, left, right):
            return (left, right)
        case Call(_, args) | Apply(_, args):
            return args
        case Derivative(arg=arg):
            return (arg,)
        case Integral(arg=arg, lower=lower, upper=upper):
            return tuple(part for part in (arg, lower, upper) if part is not None)
        case Limit(arg=arg, point=point):
            return (arg, point)
        case Matrix(rows):
            return tuple(entry for row in rows for entry in row)
        case (
            Sum(arg, _, lower, upper)
            | Product(arg, _, lower, upper)
            | Evaluated(arg, _, lower, upper)
        ):
            return (arg, lower, upper)
        case _:
            return ()


def walk(node: Expr) -> Iterator[Expr]:
    """Every expression inside an expression, itself included."""
    stack: list[Expr] = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(children(top))


def symbols(node: Expr) -> frozenset[str]:
    """Names of all letters in an expression; those that a sum counts with are none of them."""
    found: set[str] = set()
    stack: list[tuple[Expr, frozenset[str]]] = [(node, frozenset())]
    while stack:
        part, counters = stack.pop()
        if isinstance(part, Sym) and part.name not in counters:
            found.add(part.name)
        elif isinstance(part, Derivative | Integral | Limit) and part.variable:
            found.add(part.variable)
        if isinstance(part, Sum | Product | Evaluated):
            stack.append((part.arg, counters | {part.variable}))
            stack.extend((bound, counters) for bound in (part.lower, part.upper))
        else:
            stack.extend((child, counters) for child in children(part))
    return frozenset(found)


def contains(node: Expr, kinds: type | tuple[type, ...]) -> bool:
    """Whether a node of one of the kinds occurs in an expression."""
    return any(isinstance(part, kinds) for part in walk(node))


def contains_infinity(node: Expr) -> bool:
    """Whether infinity is written in an expression."""
    return any(part == Const("oo") for part in walk(node))


def contains_plus_minus(node: Expr) -> bool:
    """Whether an expression stands for two values."""
    signs = {Operator.PLUS_MINUS, Operator.MINUS_PLUS}
    return any(isinstance(part, Bin) and part.op in signs for part in walk(node))


def adds_percent(node: Expr) -> bool:
    """Whether a percentage is added to a plain number: `200 + 10%` may mean 220."""
    sums = {Operator.ADD, Operator.SUB}
    return any(
        isinstance(part, Bin)
        and part.op in sums
        and isinstance(part.left, Percent) is not isinstance(part.right, Percent)
        for part in walk(node)
    )


def map_children(node: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The same expression with each expression directly inside it changed."""
    match node:
        case Neg(arg):
            return Neg(change(arg))
        case Percent(arg):
            return Percent(change(arg))
        case Degrees(arg):
            return Degrees(change(arg))
        case Bin(op, left, right):
            return Bin(op, change(left), change(right))
        case Call(name, args):
            return Call(name, tuple(change(arg) for arg in args))
        case Apply(name, args, primes):
            return Apply(name, tuple(change(arg) for arg in args), primes)
        case Matrix(rows):
            return Matrix(tuple(tuple(change(entry) for entry in row) for row in rows))
        case _:
            return _map_bound(node, change)


def _map_bound(node: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """`map_children` for what has a letter of its own."""
    match node:
        case Derivative(arg, variable, order):
            return Derivative(change(arg), variable, order)
        case Integral(arg, variable, lower, upper):
            bounds = [None if bound is None else change(bound) for bound in (lower, upper)]
            return Integral(change(arg), variable, bounds[0], bounds[1])
        case Limit(arg, variable, point, side):
            return Limit(change(arg), variable, change(point), side)
        case Sum(arg, variable, lower, upper):
            return Sum(change(arg), variable, change(lower), change(upper))
        case Evaluated(arg, variable, lower, upper):
            return Evaluated(change(arg), variable, change(lower), change(upper))
        case Product(arg, variable, lower, upper):
            return Product(change(arg), variable, change(lower), change(upper))
        case _:
            return node


def replace_letters(node: Expr, values: Mapping[str, Expr]) -> Expr:
    """The same expression with values put in for letters; a sum keeps its counter."""
    if isinstance(node, Sym):
        return values.get(node.name, node)
    if isinstance(node, Sum | Product | Evaluated) and node.variable in values:
        inner = {name: value for name, value in values.items() if name != node.variable}
        kind = type(node)
        return kind(
            replace_letters(node.arg, inner), node.variable,
            replace_letters(node.lower, values), replace_letters(node.upper, values),
        )  # fmt: skip
    return map_children(node, lambda part: replace_letters(part, values))


def whole(value: int) -> Expr:
    """A whole number as it would be written."""
    literal = Num(Fraction(abs(value)))
    return Neg(literal) if value < 0 else literal


def yields_matrix(node: Expr) -> bool:
    """Whether an expression stands for a matrix and not for a number."""
    stack: list[Expr] = [node]
    while stack:
        match stack.pop():
            case Matrix():
                return True
            case Call(name) if name in MATRIX_VALUED:
                return True
            case Neg(arg) | Bin(Operator.DIV | Operator.POW, arg, _):
                stack.append(arg)
            case Bin(_, left, right):
                stack.extend((left, right))
            case _:
                continue
    return False
