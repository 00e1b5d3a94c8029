"""Letters that a line of working introduces: `u = x^2`, and `x_1`, `x_2` for two solutions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tutor_app.verify.chain_kinds import Working, letters_of
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Expr,
    Joiner,
    Listing,
    Statement,
    Sym,
    replace_letters,
    symbols,
)


@dataclass(frozen=True, slots=True)
class Renamed:
    """A working with introduced letters put back.

    Attributes:
        working: the lines in the letters of the first one.
        named: indices of the lines that only introduce a letter.
    """

    working: Working
    named: frozenset[int]


def without_named_letters(working: Working) -> Renamed:
    """Put back what letters stand for that a line introduces."""
    lines = tuple(_without_numbers(line, working.lines) for line in working.lines)
    values: dict[str, Expr] = {}
    known = letters_of(lines[0]) if lines else frozenset()
    result: list[Statement | None] = []
    named: set[int] = set()
    for index, line in enumerate(lines):
        introduced = _introduction(line, known) if index and len(known) == 1 else None
        if introduced is not None and introduced[0] not in values:
            values[introduced[0]] = introduced[1]
            named.add(index)
        result.append(_put_back(line, values) if index else line)
    return Renamed(replace(working, lines=tuple(result)), frozenset(named))


def _introduction(line: Statement | None, known: frozenset[str]) -> tuple[str, Expr] | None:
    match line:
        case Chain((Sym(name), value), (Comparison.EQ,)) if name not in known and value is not None:
            return (name, value) if symbols(value) and symbols(value) <= known else None
        case Chain((value, Sym(name)), (Comparison.EQ,)) if name not in known and value is not None:
            return (name, value) if symbols(value) and symbols(value) <= known else None
        case _:
            return None


def _put_back(line: Statement | None, values: Mapping[str, Expr]) -> Statement | None:
    match line:
        case Chain(operands, comparisons):
            changed = tuple(
                None if part is None else replace_letters(part, values) for part in operands
            )
            return Chain(changed, comparisons)
        case Listing(items, joiner):
            parts = [_put_back(item, values) for item in items]
            return Listing(tuple(part for part in parts if part is not None), joiner)
        case _ if isinstance(line, Expr):
            return replace_letters(line, values)
        case _:
            return line


def _without_numbers(
    line: Statement | None, lines: tuple[Statement | None, ...]
) -> Statement | None:
    """`x_1 = 2, x_2 = 3` as `x = 2 or x = 3`, where the first line only knows x.

    On a line of its own, `x_1 = 2` is one of the cases `x = 2`.
    """
    known = letters_of(lines[0]) if lines else frozenset()
    match line:
        case Listing(items) if len(known) == 1 and items:
            name = next(iter(known))
            numbered = [_is_numbered(item, name) for item in items]
            if all(numbered):
                parts = [_put_back(item, _renaming(item, name)) for item in items]
                kept = tuple(part for part in parts if part is not None)
                return Listing(kept, Joiner.OR)
        case Chain() if len(known) == 1:
            name = next(iter(known))
            if _is_numbered(line, name):
                return _put_back(line, _renaming(line, name))
        case _:
            pass
    return line


def _is_numbered(item: Statement, name: str) -> bool:
    match item:
        case Chain((Sym(letter), *_), comparisons):
            head, _, subscript = letter.partition("_")
            return head == name and subscript.isdigit() and set(comparisons) == {Comparison.EQ}
        case _:
            return False


def _renaming(item: Statement, name: str) -> dict[str, Expr]:
    return {letter: Sym(name) for letter in letters_of(item) if letter.startswith(f"{name}_")}
