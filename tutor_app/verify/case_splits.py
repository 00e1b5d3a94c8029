"""Cases of a line, one after the other: `x - 2 = 0`, `x = 2`, `x - 3 = 0`, `x = 3`.

Each such line states fewer solutions than the line that was split; only together they are all.
So no case is judged before the lines below it are known.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import reduce
from typing import Final, Generic, TypeVar

ONE_CASE: Final = "one of the cases; together they have all solutions"
T = TypeVar("T")


class Place(Enum):
    """What a line does in a split into cases."""

    OPENS = auto()
    """It opens a case: it states a part of the solutions of an earlier line."""
    ENDS = auto()
    """It opens the last case, and the cases leave out solutions."""
    RETURNS = auto()
    """It states the same solutions as an earlier line."""
    STRAYS = auto()
    """It lists one more value, which is none of the solutions."""


@dataclass(frozen=True, slots=True)
class CaseLine(Generic[T]):
    """How a line stands in a split into cases.

    Attributes:
        place: what it does there.
        source: index of the line that it takes up again.
        stated: the solutions of all cases of the split together.
        is_whole: those are all solutions of `source`.
    """

    place: Place
    source: int
    stated: T
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Cases(Generic[T]):
    """How sets of solutions of one kind are compared.

    Attributes:
        contains: whether the first set holds the second; None if that is not decided.
        joined: what is in one of two sets.
    """

    contains: Callable[[T, T], bool | None]
    joined: Callable[[T, T], T]

    def lines(
        self, sets: Sequence[T | None], listed: frozenset[int] = frozenset()
    ) -> Mapping[int, CaseLine[T]]:
        """The lines that open a case or return to one.

        Args:
            sets: the solutions of each line, the one before the split among them; None where
                they are not known or there are none.
            listed: indices of the lines that are nothing but values.
        """
        stack: list[_Case[T]] = []
        turns: dict[int, _Turn[T]] = {}
        for index, found in enumerate(sets):
            if found is None:
                continue
            if stack and (
                self._goes_on(stack, found, index) or self._turns(stack, found, index, turns)
            ):
                is_return = index in turns and turns[index].place is Place.RETURNS
                stack[-1].is_rejoined |= is_return and index in listed
            elif len(stack) < 2:
                stack[:] = [_Case(found, index)]
            elif index in listed and stack[-1].last in listed:
                stack[-2].has_stray = True
                turns[index] = _Turn(Place.STRAYS, stack[-2].last, stack[-2])
            # another wrong line inside a case does not end the split
        return {index: self._case_line(index, turn) for index, turn in turns.items()}

    def _case_line(self, index: int, turn: "_Turn[T]") -> CaseLine[T]:
        split = turn.split
        if not split.cases:
            return CaseLine(turn.place, turn.source, split.solutions, is_whole=True)
        stated = reduce(self.joined, (case.solutions for case in split.cases))
        is_whole = split.is_rejoined or self._is_same(stated, split.solutions)
        place = turn.place
        is_last = split.cases[-1].first == index and not split.has_stray
        if place is Place.OPENS and is_last and not is_whole:
            place = Place.ENDS
        return CaseLine(place, turn.source, stated, is_whole)

    def _is_same(self, first: T, second: T) -> bool:
        return self.contains(first, second) is True and self.contains(second, first) is True

    def _goes_on(self, stack: list["_Case[T]"], found: T, index: int) -> bool:
        """A line with the solutions of the line above."""
        if not self._is_same(found, stack[-1].solutions):
            return False
        stack[-1].last = index
        return True

    def _turns(
        self, stack: list["_Case[T]"], found: T, index: int, turns: dict[int, "_Turn[T]"]
    ) -> bool:
        """A line that returns to an earlier one, or opens a case of it."""
        for depth in reversed(range(len(stack))):
            split = stack[depth]
            if self._is_same(found, split.solutions):
                turns[index] = _returned(stack, stack[: depth + 1], index)
                return True
            known = self._same_case(split.cases, found)
            if known is not None:
                turns[index] = _returned(stack, [*stack[: depth + 1], known], index)
                return True
            if self.contains(split.solutions, found) and self._is_new(split, found):
                turns[index] = _Turn(Place.OPENS, split.last, split)
                split.cases.append(_Case(found, index))
                stack[:] = [*stack[: depth + 1], split.cases[-1]]
                return True
        return False

    def _is_new(self, split: "_Case[T]", found: T) -> bool:
        """Whether a part has something that no case so far has; else it is no case of its own."""
        if not split.cases:
            return True
        stated = reduce(self.joined, (case.solutions for case in split.cases))
        return self.contains(stated, found) is False

    def _same_case(self, cases: Iterable["_Case[T]"], found: T) -> "_Case[T] | None":
        return next((case for case in cases if self._is_same(case.solutions, found)), None)


@dataclass(slots=True)
class _Case(Generic[T]):
    """Lines that state the same solutions, and the cases they were split into.

    Attributes:
        solutions: what each of the lines states.
        first: index of the first of them.
        last: index of the last of them.
        cases: in the order of the lines.
        is_rejoined: a later line lists all solutions.
        has_stray: a value is listed among the cases that is none.
    """

    solutions: T
    first: int
    last: int = field(init=False)
    cases: list["_Case[T]"] = field(default_factory=list)
    is_rejoined: bool = False
    has_stray: bool = False

    def __post_init__(self) -> None:
        self.last = self.first


@dataclass(frozen=True, slots=True)
class _Turn(Generic[T]):
    """A line that does not go on from the line above, and the case that it takes up."""

    place: Place
    source: int
    split: _Case[T]


def _returned(stack: list[_Case[T]], path: list[_Case[T]], index: int) -> _Turn[T]:
    case = path[-1]
    turn = _Turn(Place.RETURNS, case.last, case)
    case.last = index
    stack[:] = path
    return turn
