"""Selections and arrangements, each counted twice: by a formula and, where few, one by one."""

import itertools
import math
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.core.verdict import Method
from tutor_app.verify.topics.word_problem import Result, WordProblem, exact

SPACE: Final = 1_000_000
"""The most cases that are gone through one by one."""
LARGEST: Final = 200
"""The most objects that a problem may have."""


class Count(ABC):
    """A set of cases whose size is asked for. Subclasses are frozen dataclasses."""

    @abstractmethod
    def formula(self) -> int:
        """The number of cases by a formula."""

    @property
    @abstractmethod
    def shown(self) -> str:
        """The formula in plain text."""

    @property
    @abstractmethod
    def space(self) -> int:
        """How many cases must be gone through to count one by one."""

    @abstractmethod
    def cases(self) -> Iterator[object]:
        """The cases themselves, for a small space."""

    def one_by_one(self) -> int | None:
        """The number of cases counted one by one; None where they are too many."""
        if self.space > SPACE:
            return None
        return sum(1 for _ in self.cases())


@dataclass(frozen=True, slots=True)
class Selections(Count):
    """Choosing from each of several groups, the order being free.

    Attributes:
        groups: pairs of how many there are and how many are chosen.
    """

    groups: tuple[tuple[int, int], ...]

    def formula(self) -> int:
        """The product of the binomials."""
        return math.prod(math.comb(size, chosen) for size, chosen in self.groups)

    @property
    def shown(self) -> str:
        """The binomials."""
        return " · ".join(f"C({size}, {chosen})" for size, chosen in self.groups)

    @property
    def space(self) -> int:
        """All selections."""
        return self.formula()

    def cases(self) -> Iterator[object]:
        """Every selection."""
        parts = [itertools.combinations(range(size), chosen) for size, chosen in self.groups]
        return iter(itertools.product(*parts))


@dataclass(frozen=True, slots=True)
class Committees(Count):
    """Choosing some of two kinds with bounds on how many are of the first kind."""

    first: int
    second: int
    chosen: int
    least: int
    most: int

    def formula(self) -> int:
        """The sum over how many are of the first kind."""
        return sum(
            math.comb(self.first, k) * math.comb(self.second, self.chosen - k)
            for k in range(self.least, min(self.most, self.chosen) + 1)
        )

    @property
    def shown(self) -> str:
        """The sum."""
        terms = [
            f"C({self.first}, {k})·C({self.second}, {self.chosen - k})"
            for k in range(self.least, min(self.most, self.chosen, self.first) + 1)
        ]
        return " + ".join(terms)

    @property
    def space(self) -> int:
        """All selections, fitting or not."""
        return math.comb(self.first + self.second, self.chosen)

    def cases(self) -> Iterator[object]:
        """The selections within the bounds."""
        for case in itertools.combinations(range(self.first + self.second), self.chosen):
            if self.least <= sum(item < self.first for item in case) <= self.most:
                yield case


@dataclass(frozen=True, slots=True)
class Arrangements(Count):
    """Placing `chosen` of `size` different objects in order."""

    size: int
    chosen: int

    def formula(self) -> int:
        """The falling factorial."""
        return math.perm(self.size, self.chosen)

    @property
    def shown(self) -> str:
        """The factorials."""
        if self.size == self.chosen:
            return f"{self.size}!"
        return f"{self.size}!/{self.size - self.chosen}!"

    @property
    def space(self) -> int:
        """All arrangements."""
        return self.formula()

    def cases(self) -> Iterator[object]:
        """Every arrangement."""
        return iter(itertools.permutations(range(self.size), self.chosen))


@dataclass(frozen=True, slots=True)
class Circles(Count):
    """Seating different people round a table; only the order counts, mirror images differ."""

    size: int

    def formula(self) -> int:
        """One seat is fixed."""
        return math.factorial(self.size - 1)

    @property
    def shown(self) -> str:
        """The factorial."""
        return f"({self.size} - 1)!"

    @property
    def space(self) -> int:
        """All rows, each with its turns."""
        return self.size * math.factorial(self.size)

    def cases(self) -> Iterator[object]:
        """The rows that start with the smallest of their turns."""
        for row in itertools.permutations(range(self.size)):
            turns = (row[k:] + row[:k] for k in range(self.size))
            if row == min(turns):
                yield row


@dataclass(frozen=True, slots=True)
class Anagrams(Count):
    """Orders of letters, of which some may be the same."""

    letters: str

    def formula(self) -> int:
        """The multinomial."""
        repeats = Counter(self.letters).values()
        return math.factorial(len(self.letters)) // math.prod(map(math.factorial, repeats))

    @property
    def shown(self) -> str:
        """The factorials."""
        repeats = [count for count in Counter(self.letters).values() if count > 1]
        below = "·".join(f"{count}!" for count in repeats)
        return f"{len(self.letters)}!" + (f" / ({below})" if below else "")

    @property
    def space(self) -> int:
        """All orders, the same letters told apart."""
        return math.factorial(len(self.letters))

    def cases(self) -> Iterator[object]:
        """The different orders."""
        return iter(set(itertools.permutations(self.letters)))


@dataclass(frozen=True, slots=True)
class Codes(Count):
    """Sequences with a given choice at each place.

    Attributes:
        places: the symbols allowed at each place.
        is_repeating: a symbol may stand at several places.
        names: the formula in plain text.
    """

    places: tuple[tuple[str, ...], ...]
    is_repeating: bool
    names: str

    def formula(self) -> int:
        """The product of the choices, fewer each time where nothing repeats."""
        if self.is_repeating:
            return math.prod(len(place) for place in self.places)
        total = 1
        used: list[frozenset[str]] = []
        for place in sorted(self.places, key=len):
            # Every smaller choice lies inside the larger ones, so each has taken one symbol.
            own = frozenset(place)
            total *= len(own) - sum(1 for other in used if other <= own)
            used.append(own)
        return max(total, 0)

    @property
    def shown(self) -> str:
        """The product."""
        return self.names

    @property
    def space(self) -> int:
        """All sequences, repeating or not."""
        return math.prod(len(place) for place in self.places)

    def cases(self) -> Iterator[object]:
        """The sequences."""
        for case in itertools.product(*self.places):
            if self.is_repeating or len(set(case)) == len(case):
                yield case


@dataclass(frozen=True, slots=True)
class Pairs(Count):
    """Pairs of different objects without those that are left out.

    Attributes:
        size: how many objects.
        skipped: pairs that do not count, such as the sides of a polygon.
    """

    size: int
    skips_neighbours: bool = False

    def formula(self) -> int:
        """Half of all ordered pairs, less the neighbours on a circle."""
        total = self.size * (self.size - 1) // 2
        return total - (self.size if self.skips_neighbours else 0)

    @property
    def shown(self) -> str:
        """The formula."""
        less = f" - {self.size}" if self.skips_neighbours else ""
        return f"{self.size}·{self.size - 1}/2{less}"

    @property
    def space(self) -> int:
        """All pairs."""
        return self.size * (self.size - 1) // 2

    def cases(self) -> Iterator[object]:
        """The pairs that count."""
        for first, second in itertools.combinations(range(self.size), 2):
            is_side = (second - first) % self.size in {1, self.size - 1}
            if not (self.skips_neighbours and is_side):
                yield first, second


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingProblem(WordProblem):
    """How many cases there are."""

    kind = "counting"
    count: Count
    assumptions: tuple[str, ...] = ()

    def result(self) -> Result | None:
        """The count, found by formula and, where they are few, one by one."""
        total = self.count.formula()
        counted = self.count.one_by_one()
        if counted is not None and counted != total:
            return None
        working = [f"{self.count.shown} = {total}"]
        if counted is not None:
            working.append(f"counted one by one: {counted}")
        method = Method.EXACT_ARITHMETIC if counted is None else Method.ENUMERATION
        return Result(exact(Fraction(total)), tuple(working), method, self.assumptions)


def alphabet(symbols: Iterable[str]) -> tuple[str, ...]:
    """Symbols without repetition, in order."""
    return tuple(dict.fromkeys(symbols))


def is_moderate(numbers: Sequence[int]) -> bool:
    """Whether all numbers are small enough to compute with."""
    return all(0 <= number <= LARGEST for number in numbers)
