r"""Answers as values that this file can compare exactly by itself, and ways to write them.

A `Sum` is a linear combination, with rational coefficients, of things like `x^2`, `\sin x`,
`\pi` or `\sqrt{2}` that are linearly independent over the rationals. So two of them are equal
exactly if their coefficients are: no algebra system is needed to know that a mutant is wrong.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

ONE = ""
"""The name of the constant 1 among the atoms of a `Sum`."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A linear combination of independent atoms, none with coefficient 0."""

    terms: tuple[tuple[str, Fraction], ...]

    @property
    def coefficients(self) -> dict[str, Fraction]:
        """Coefficient by atom."""
        return dict(self.terms)

    @property
    def is_rational(self) -> bool:
        """Whether it is a number without letters or roots."""
        return all(atom == ONE for atom, _ in self.terms)


def combination(coefficients: Mapping[str, Fraction | int]) -> Sum:
    """A `Sum` in normal form: zeros left out, the order of atoms fixed."""
    kept = {atom: Fraction(value) for atom, value in coefficients.items() if value}
    return Sum(tuple(sorted(kept.items(), key=lambda term: (term[0] == ONE, _order(term[0])))))


def number(value: Fraction | int) -> Sum:
    """A rational number."""
    return combination({ONE: value})


def _order(atom: str) -> tuple[int, str]:
    power = atom.rpartition("^")[2].strip("{}")
    return (-int(power) if power.isdigit() else 0, atom)


def power_of(letter: str, exponent: int) -> str:
    """The atom of a power, `ONE` for exponent 0."""
    return {0: ONE, 1: letter}.get(exponent, f"{letter}^{{{exponent}}}")


@dataclass(frozen=True, slots=True)
class Percentage:
    """A number of hundredths, with its sign."""

    value: Sum


@dataclass(frozen=True, slots=True)
class Roots:
    """All solutions; none: no solution."""

    values: frozenset[Sum]


@dataclass(frozen=True, slots=True)
class Point:
    """Coordinates, in order."""

    values: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """An antiderivative with its constant; the body has no constant term."""

    body: Sum
    has_constant: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """An interval; None is an infinite end."""

    lower: Fraction | None
    upper: Fraction | None
    is_left_open: bool
    is_right_open: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit as it is written."""

    value: Sum
    unit: str


@dataclass(frozen=True, slots=True)
class Division:
    """Quotient and remainder."""

    quotient: int
    remainder: int


@dataclass(frozen=True, slots=True)
class Factors:
    """`scale` times the product of `(a x + b)` for each pair."""

    scale: int
    pairs: tuple[tuple[int, int], ...]

    @property
    def expanded(self) -> tuple[int, ...]:
        """Coefficients, constant first."""
        found = [self.scale]
        for slope, constant in self.pairs:
            shifted = [0, *(slope * value for value in found)]
            for place, value in enumerate(found):
                shifted[place] += constant * value
            found = shifted
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix of whole numbers."""

    rows: tuple[tuple[int, ...], ...]


Value = Sum | Percentage | Roots | Point | Family | Span | Quantity | Division | Factors | Grid


def is_same(left: Value, right: Value) -> bool:
    """Whether two values are the same answer, exactly."""
    match left, right:
        case Factors(), Factors():
            return left.expanded == right.expanded
        case Family(first, True), Family(second, True):
            bodies = [{**body.coefficients, ONE: Fraction(0)} for body in (first, second)]
            return bodies[0] == bodies[1]
        case (Percentage(percent), Sum() as plain) | (Sum() as plain, Percentage(percent)):
            return percent.coefficients == {k: v * 100 for k, v in plain.terms}
        case Quantity(first, _), Quantity(second, _) if not first.terms and not second.terms:
            return True  # no length at all is the same in every unit
        case _:
            return left == right


# -- writing ------------------------------------------------------------------------------


def fraction_text(value: Fraction, rng: random.Random) -> str:
    r"""`-3/4` or `-\frac{3}{4}`."""
    if value.denominator == 1:
        return str(value.numerator)
    sign = "-" if value < 0 else ""
    top, bottom = abs(value.numerator), value.denominator
    if rng.random() < 0.6:
        return f"{sign}\\frac{{{top}}}{{{bottom}}}"
    return f"{sign}{top}/{bottom}"


def _term_text(atom: str, value: Fraction, rng: random.Random) -> str:
    if atom == ONE:
        return fraction_text(value, rng)
    sign, size = ("-" if value < 0 else ""), abs(value)
    top = atom if size.numerator == 1 else f"{size.numerator}{atom}"
    if size.denominator == 1:
        return f"{sign}{top}"
    return f"{sign}\\frac{{{top}}}{{{size.denominator}}}"


def sum_text(value: Sum, rng: random.Random) -> str:
    """The terms, one after the other."""
    written = ""
    for atom, coefficient in value.terms:
        term = _term_text(atom, coefficient, rng)
        written += term if not written or term.startswith("-") else f"+{term}"
    return written or "0"


def _roots_text(values: frozenset[Sum], letter: str, rng: random.Random) -> str:
    if not values:
        return r"\text{no real solutions}"
    items = [sum_text(value, rng) for value in sorted(values, key=str)]
    rng.shuffle(items)
    style = rng.randrange(3)
    if style == 0:
        return ", ".join(items)
    if style == 1:
        return " or ".join(f"{letter}={item}" for item in items)
    return rf"\{{{', '.join(items)}\}}"


def _span_text(span: Span, letter: str, rng: random.Random) -> str:
    lower, upper = span.lower, span.upper
    ends = [("-\\infty", "\\infty")[k] if end is None else fraction_text(end, rng)
            for k, end in enumerate((lower, upper))]  # fmt: skip
    if rng.random() < 0.5:
        left = "(" if span.is_left_open or lower is None else "["
        right = ")" if span.is_right_open or upper is None else "]"
        return f"{left}{ends[0]},{ends[1]}{right}"
    below = "<" if span.is_left_open else r"\le"
    above = "<" if span.is_right_open else r"\le"
    if lower is None:
        return f"{letter}{above} {ends[1]}"
    if upper is None:
        return f"{letter}{'>' if span.is_left_open else chr(92) + 'ge'} {ends[0]}"
    return f"{ends[0]}{below} {letter}{above} {ends[1]}"


def _factors_text(value: Factors) -> str:
    scale = {1: "", -1: "-"}.get(value.scale, str(value.scale))
    brackets = (f"({_slope(a)}x{b:+d})" if b else f"({_slope(a)}x)" for a, b in value.pairs)
    return scale + "".join(brackets)


def _slope(value: int) -> str:
    return {1: "", -1: "-"}.get(value, str(value))


def text_of(value: Value, letter: str, rng: random.Random) -> str:
    """The value as a student or a model may write it."""
    match value:
        case Sum():
            return sum_text(value, rng)
        case Percentage(inner):
            return sum_text(inner, rng) + rng.choice((r"\%", "%"))
        case Family(body, has_constant):
            return sum_text(body, rng) + ("+C" if has_constant else "")
        case Quantity(inner, unit):
            text = sum_text(inner, rng)
            return f"{unit}{text}" if unit == r"\$" else f"{text} {unit}"
        case _:
            return _structure_text(value, letter, rng)


def _structure_text(
    value: Roots | Point | Span | Division | Factors | Grid, letter: str, rng: random.Random
) -> str:
    match value:
        case Roots(values):
            return _roots_text(values, letter, rng)
        case Point(parts):
            return f"({', '.join(sum_text(part, rng) for part in parts)})"
        case Span():
            return _span_text(value, letter, rng)
        case Division(quotient, remainder):
            return f"{quotient} {rng.choice(('remainder', 'R'))} {remainder}"
        case Factors():
            return _factors_text(value)
        case Grid(rows):
            body = r" \\ ".join(" & ".join(map(str, row)) for row in rows)
            return rf"\begin{{pmatrix}}{body}\end{{pmatrix}}"
