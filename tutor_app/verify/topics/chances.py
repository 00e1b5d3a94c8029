"""Probabilities of drawing from equally likely items, by formula and, where few, one by one."""

import itertools
import math
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.core.verdict import Method
from tutor_app.verify.syntax import Expr
from tutor_app.verify.topics.counts import SPACE
from tutor_app.verify.topics.reply import Wanted
from tutor_app.verify.topics.units_of_answers import Unit
from tutor_app.verify.topics.word_problem import Result, WordProblem, exact

Item = str | int
"""What an item shows: a colour, a number, a card such as `9 hearts`."""
ITEMS: Final = 1000
DRAWS: Final = 60
PROBABILITY: Final = Wanted(
    unit=Unit("", is_optional=True),
    nouns=("probability", "chance", "required probability", "probability of this", "P"),
    is_probability=True,
)


@dataclass(frozen=True, slots=True)
class Draws:
    """Drawing several times from equally likely items.

    Attributes:
        items: what each item shows; items that look alike are still different items.
        times: how often is drawn.
        is_replaced: an item can be drawn again.
    """

    items: tuple[Item, ...]
    times: int
    is_replaced: bool

    @property
    def space(self) -> int:
        """The number of equally likely sequences."""
        if self.is_replaced:
            return int(len(self.items) ** self.times)
        return math.perm(len(self.items), self.times)

    @property
    def is_possible(self) -> bool:
        """Whether there are enough items, and not too many."""
        enough = self.is_replaced or self.times <= len(self.items)
        return enough and 1 <= self.times <= DRAWS and 1 <= len(self.items) <= ITEMS

    def sequences(self) -> Iterator[tuple[Item, ...]]:
        """All equally likely sequences."""
        if self.is_replaced:
            return itertools.product(self.items, repeat=self.times)
        return itertools.permutations(self.items, self.times)


class Event(ABC):
    """Something that happens or not when a sequence has been drawn. Subclasses are frozen."""

    @abstractmethod
    def holds(self, sequence: tuple[Item, ...]) -> bool:
        """Whether it happens for a sequence."""

    @abstractmethod
    def probability(self, draws: Draws) -> Fraction | None:
        """Its probability by a formula; None where no formula is known."""


@dataclass(frozen=True, slots=True)
class Hits(Event):
    """Between `least` and `most` of the draws are among the `wanted` items."""

    wanted: frozenset[Item]
    least: int
    most: int

    def holds(self, sequence: tuple[Item, ...]) -> bool:
        """Counts the draws that are wanted."""
        return self.least <= sum(item in self.wanted for item in sequence) <= self.most

    def probability(self, draws: Draws) -> Fraction | None:
        """The binomial or the hypergeometric distribution."""
        size, times = len(draws.items), draws.times
        good = sum(item in self.wanted for item in draws.items)
        total = Fraction(0)
        for k in range(max(self.least, 0), min(self.most, times) + 1):
            ways = math.comb(times, k)
            if draws.is_replaced:
                total += Fraction(ways * good**k * (size - good) ** (times - k), size**times)
            else:
                cases = math.comb(good, k) * math.comb(size - good, times - k)
                total += Fraction(cases, math.comb(size, times))
        return total


@dataclass(frozen=True, slots=True)
class Totals(Event):
    """The sum or the product of the numbers drawn is one of the `wanted`."""

    wanted: frozenset[int]
    is_product: bool = False

    def holds(self, sequence: tuple[Item, ...]) -> bool:
        """Adds or multiplies."""
        numbers = [int(item) for item in sequence]
        return (math.prod(numbers) if self.is_product else sum(numbers)) in self.wanted

    def probability(self, draws: Draws) -> Fraction | None:
        """Adds the draws one at a time, keeping how many ways lead to each total."""
        if not draws.is_replaced:
            return None
        ways: Counter[int] = Counter({1 if self.is_product else 0: 1})
        for _ in range(draws.times):
            later: Counter[int] = Counter()
            for total, count in ways.items():
                for item in draws.items:
                    step = total * int(item) if self.is_product else total + int(item)
                    later[step] += count
            ways = later
        cases = sum(count for total, count in ways.items() if total in self.wanted)
        return Fraction(cases, draws.space)


@dataclass(frozen=True, slots=True)
class Alike(Event):
    """All draws show the same; or, where `is_distinct`, no two do."""

    is_distinct: bool = False

    def holds(self, sequence: tuple[Item, ...]) -> bool:
        """Counts the different items."""
        return len(set(sequence)) == (len(sequence) if self.is_distinct else 1)

    def probability(self, draws: Draws) -> Fraction | None:
        """Sums over what is shown, or over the choices of different items."""
        counts = list(Counter(draws.items).values())
        if not self.is_distinct:
            if draws.is_replaced:
                return Fraction(sum(count**draws.times for count in counts), draws.space)
            return Fraction(sum(math.perm(count, draws.times) for count in counts), draws.space)
        # Elementary symmetric polynomials: choose which kinds are drawn, then their order.
        symmetric = [1] + [0] * draws.times
        for count in counts:
            for k in range(draws.times, 0, -1):
                symmetric[k] += symmetric[k - 1] * count
        return Fraction(symmetric[draws.times] * math.factorial(draws.times), draws.space)


@dataclass(frozen=True, slots=True)
class Mixed(Event):
    """Exactly so many of each kind, in any order.

    Attributes:
        parts: pairs of a kind's item and how often it is drawn; together all draws.
    """

    parts: tuple[tuple[Item, int], ...]

    def holds(self, sequence: tuple[Item, ...]) -> bool:
        """Counts the kinds."""
        return Counter(sequence) == Counter(dict(self.parts))

    def probability(self, draws: Draws) -> Fraction | None:
        """The multinomial or the multivariate hypergeometric distribution."""
        counts = Counter(draws.items)
        if sum(times for _, times in self.parts) != draws.times:
            return Fraction(0)
        if not draws.is_replaced:
            cases = math.prod(math.comb(counts[item], times) for item, times in self.parts)
            return Fraction(cases, math.comb(len(draws.items), draws.times))
        orders = math.factorial(draws.times)
        for _, times in self.parts:
            orders //= math.factorial(times)
        cases = math.prod(counts[item] ** times for item, times in self.parts)
        return Fraction(orders * cases, draws.space)


@dataclass(frozen=True, slots=True)
class InOrder(Event):
    """The first draw is one of these items, the second one of those, and so on."""

    places: tuple[frozenset[Item], ...]

    def holds(self, sequence: tuple[Item, ...]) -> bool:
        """Compares place by place."""
        pairs = zip(self.places, sequence, strict=True)
        return all(item in place for place, item in pairs)

    def probability(self, draws: Draws) -> Fraction | None:
        """Multiplies along the draws; the places' items must be the same or disjoint."""
        if len(self.places) != draws.times:
            return None
        total, left = Fraction(1), len(draws.items)
        for k, place in enumerate(self.places):
            good = sum(item in place for item in draws.items)
            if not draws.is_replaced:
                earlier = self.places[:k]
                if any(other != place and other & place for other in earlier):
                    return None
                good -= sum(1 for other in earlier if other == place)
                total *= Fraction(max(good, 0), left)
                left -= 1
            else:
                total *= Fraction(good, left)
        return total


@dataclass(frozen=True, slots=True)
class Opposite(Event):
    """The event does not happen."""

    event: Event

    def holds(self, sequence: tuple[Item, ...]) -> bool:
        """The other way round."""
        return not self.event.holds(sequence)

    def probability(self, draws: Draws) -> Fraction | None:
        """One less the event's."""
        found = self.event.probability(draws)
        return None if found is None else 1 - found


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbabilityProblem(WordProblem):
    """The probability of an event."""

    kind = "probability"
    draws: Draws
    event: Event
    assumptions: tuple[str, ...] = ()
    other_draws: tuple[Draws, ...] = ()
    other_events: tuple[Event, ...] = ()

    def result(self) -> Result | None:
        """The probability, found by formula and, where they are few, by counting cases."""
        value = self.event.probability(self.draws)
        if not self.draws.is_possible or value is None:
            return None
        working = []
        method = Method.EXACT_ARITHMETIC
        if self.draws.space <= SPACE:
            cases = sum(1 for sequence in self.draws.sequences() if self.event.holds(sequence))
            if Fraction(cases, self.draws.space) != value:
                return None
            working.append(f"{cases} of {self.draws.space} equally likely cases: {value}")
            method = Method.ENUMERATION
        else:
            working.append(f"by the formula: {value}")
        return Result(exact(value), tuple(working), method, self.assumptions, tuple(self._others()))

    def _others(self) -> Iterator[Expr]:
        others = [(draws, self.event) for draws in self.other_draws]
        others += [(self.draws, event) for event in self.other_events]
        for draws, event in others:
            value = event.probability(draws) if draws.is_possible else None
            if value is not None:
                yield exact(value)
