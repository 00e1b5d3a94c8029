"""What kind of working a list of lines is."""

from dataclasses import dataclass
from enum import Enum, auto

from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Expr,
    Joiner,
    Listing,
    Phrase,
    Statement,
    Words,
    symbols,
)
from tutor_app.verify.task import Task

ORDERS = frozenset({Comparison.LT, Comparison.LE, Comparison.GT, Comparison.GE, Comparison.NE})


@dataclass(frozen=True, slots=True)
class Working:
    """Lines of working, read.

    Attributes:
        task: the problem, or None if none was given or recognised.
        lines: one statement a line; None where a line could not be read.
    """

    task: Task | None
    lines: tuple[Statement | None, ...]

    @property
    def first(self) -> Statement | None:
        """The first line."""
        return self.lines[0] if self.lines else None


class ChainKind(Enum):
    """How the lines of a working hang together."""

    EXPRESSION = auto()
    EQUATION = auto()
    INEQUALITY = auto()
    SYSTEM = auto()
    FORMULA = auto()
    OTHER = auto()


def letters_of(statement: Statement | None) -> frozenset[str]:
    """All letters of a statement."""
    match statement:
        case Chain(operands):
            return frozenset().union(*(symbols(part) for part in operands if part is not None))
        case Listing(items):
            return frozenset().union(*(letters_of(item) for item in items))
        case _:
            return symbols(statement) if isinstance(statement, Expr) else frozenset()


def comparisons_of(statement: Statement | None) -> frozenset[Comparison]:
    """All comparison signs of a statement."""
    match statement:
        case Chain(_, comparisons):
            return frozenset(comparisons)
        case Listing(items):
            return frozenset().union(*(comparisons_of(item) for item in items))
        case _:
            return frozenset()


def _continues(statement: Statement | None) -> bool:
    """Whether a line goes on from the expression before: `= …`, or an expression itself."""
    if isinstance(statement, Chain):
        return statement.operands[0] is None and set(statement.comparisons) == {Comparison.EQ}
    return isinstance(statement, Expr)


def kind_of(working: Working) -> ChainKind:
    """The kind of a working, from its first line and the letters in it."""
    lines = working.lines
    first = working.first
    if first is None:
        return ChainKind.OTHER
    readable = [line for line in lines[1:] if line is not None]
    # An equation followed by nothing that can be read is no chain of equal expressions.
    if all(_continues(line) for line in readable) and (
        isinstance(first, Expr) or _continues(first) or readable
    ):
        return ChainKind.EXPRESSION
    if not isinstance(first, Chain | Listing):
        return ChainKind.OTHER
    letters = frozenset().union(*(letters_of(line) for line in lines))
    # "sqrt(4) != -2" in the middle is a check, not an inequality to solve
    signs = frozenset().union(*(comparisons_of(line) for line in lines if letters_of(line)))
    if len(letters) == 1:
        return ChainKind.INEQUALITY if signs & ORDERS else ChainKind.EQUATION
    if signs != {Comparison.EQ} or len(letters) < 2:
        return ChainKind.OTHER
    if isinstance(first, Listing):
        return ChainKind.OTHER if first.joiner is Joiner.OR else ChainKind.SYSTEM
    return ChainKind.FORMULA if _is_formula_working(first, readable) else ChainKind.OTHER


def _is_formula_working(first: Chain, rest: list[Statement]) -> bool:
    """Whether all lines are equations in the letters of the first, written out in full."""
    letters = letters_of(first)
    return (
        first.operands[0] is not None
        and len(letters) > 1
        and len(first.operands) == 2
        and bool(rest)
        and all(
            isinstance(line, Chain)
            and line.operands[0] is not None
            and line.comparisons == (Comparison.EQ,)
            and letters_of(line) <= letters
            and len(letters_of(line)) > 1
            for line in rest
        )
    )


def is_words(statement: Statement | None, phrase: Phrase) -> bool:
    """Whether a line is the phrase."""
    return statement == Words(phrase)
