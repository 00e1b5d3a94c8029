"""Problems with answers known without the verifier: from the curriculum and from own lists."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from tests.verification.values import (
    Division,
    Roots,
    Sum,
    Value,
    combination,
    number,
    power_of,
)
from tutor_app.curriculum.catalogue import skills

_NUMBER_TEX = re.compile(r"(-?)(?:(\d+)|\\frac\{(\d+)\}\{(\d+)\})")


@dataclass(frozen=True, slots=True)
class RightAnswer:
    """A problem, its answer as a value, and what it is about.

    Attributes:
        topic: for the counts of the report.
        problem: the statement.
        value: the one right answer.
        letter: the unknown in it.
    """

    topic: str
    problem: str
    value: Value
    letter: str = "x"


Source = Callable[[random.Random], RightAnswer]
"""Draws one problem."""


def _curriculum_number(text: str) -> Sum | None:
    found = _NUMBER_TEX.fullmatch(text)
    if found is None:
        return None
    size = Fraction(found[2]) if found[2] else Fraction(int(found[3]), int(found[4]))
    return number(-size if found[1] else size)


def _curriculum_polynomial(text: str) -> Sum | None:
    terms: dict[str, Fraction] = {}
    for sign, digits, letter, power in re.findall(r"([+-]?)(\d*)(x?)(?:\^(\d+))?", text):
        if not digits and not letter:
            continue
        size = Fraction(digits or 1)
        exponent = int(power or 1) if letter else 0
        terms[power_of("x", exponent)] = -size if sign == "-" else size
    return combination(terms) if re.fullmatch(r"[-+\dx^]+", text) else None


def curriculum_value(skill: str, answer: str) -> Value | None:
    """An answer of the curriculum as a value; None for a form that is not known here."""
    if skill == "derivatives":
        return _curriculum_polynomial(answer)
    if skill == "quadratics":
        if "no real" in answer:
            return Roots(frozenset())
        parts = [_curriculum_number(part) for part in answer.split(",")]
        return None if None in parts else Roots(frozenset(p for p in parts if p is not None))
    divided = re.fullmatch(r"(\d+)\\text\{ remainder \}(\d+)", answer)
    if divided:
        return Division(int(divided[1]), int(divided[2]))
    plain = _curriculum_number(answer)
    if plain is None or skill != "linear-equations":
        return plain
    return Roots(frozenset({plain}))


def curriculum_answers(rng: random.Random) -> Iterator[RightAnswer]:
    """Problems of every skill and level, for ever."""
    cells = [(skill, level) for skill in skills() for level in range(len(skill.levels))]
    while True:
        for skill, level in cells:
            drawn = skill.draw(rng, level)
            value = curriculum_value(skill.name, drawn.answer)
            if value is not None:
                letter = "".join(re.findall(r"(?<![A-Za-z])[a-z](?![A-Za-z])", drawn.key))[:1]
                yield RightAnswer(skill.name, drawn.statement, value, letter or "x")


def drawn_answers(rng: random.Random, sources: tuple[Source, ...]) -> Iterator[RightAnswer]:
    """Problems of the own lists in turn, for ever."""
    while True:
        for source in sources:
            yield source(rng)


# -- small pieces the lists share ---------------------------------------------------------


def polynomial(*coefficients: int | Fraction) -> Sum:
    """A polynomial in x, constant first."""
    return combination({power_of("x", k): Fraction(c) for k, c in enumerate(coefficients)})


def whole(rng: random.Random, low: int, high: int) -> int:
    """A whole number other than 0."""
    while True:
        value = rng.randint(low, high)
        if value:
            return value
