"""Perturbs a right answer in the ways people slip; every mutant is certainly another answer."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tests.verification.values import (
    ONE,
    Division,
    Factors,
    Family,
    Grid,
    Percentage,
    Point,
    Quantity,
    Roots,
    Span,
    Sum,
    Value,
    combination,
    is_same,
    number,
    power_of,
)

Mutant = tuple[str, Value]
"""What was done, and the result."""

_OTHER_UNITS = {
    "cm": ("m", "mm", "cm^2"), "m": ("cm", "km", "m^2"), "km": ("m", "miles"),
    "cm^2": ("cm", "m^2", "cm^3"), "m^2": ("m", "cm^2"), "cm^3": ("cm^2", "m^3"), "m^3": ("m^2",),
    "m/s": ("km/h", "m", "m/s^2"), "km/h": ("m/s", "km"), "s": ("min", "h"), "h": ("min", "s"),
    "g": ("kg", "mg"), "kg": ("g", "N"), "L": ("mL", "kg"), "J": ("kJ", "N", "W"), "N": ("J", "kg"),
    "W": ("J", "kW"), r"\$": ("cents", "%"), "V": ("A",), "A": ("V",), "min": ("s", "h"),
    "cents": (r"\$",), "mm": ("cm",), "kWh": ("kW", "J"), "Pa": ("N",), r"\Omega": ("V",),
}  # fmt: skip


def mutants(value: Value) -> Iterator[Mutant]:
    """All perturbations of an answer that are another answer."""
    seen: list[Value] = []
    for name, mutant in _candidates(value):
        if not is_same(mutant, value) and mutant not in seen:
            seen.append(mutant)
            yield name, mutant


def _candidates(value: Value) -> Iterator[Mutant]:
    match value:
        case Sum():
            yield from _of_sum(value)
        case Percentage(inner):
            yield "dropped percent sign", inner
            yield from ((name, Percentage(other)) for name, other in _of_sum(inner))
        case Roots():
            yield from _of_roots(value)
        case Point(values):
            yield "swapped coordinates", Point(values[::-1])
            for place, part in enumerate(values):
                for name, other in _of_sum(part):
                    yield name, Point((*values[:place], other, *values[place + 1 :]))
        case Family(body):
            yield "dropped +C", Family(body, has_constant=False)
            yield from ((name, Family(other)) for name, other in _of_sum(body))
        case Quantity(inner, unit):
            for other_unit in _OTHER_UNITS.get(unit, ()):
                yield "changed unit", Quantity(inner, other_unit)
            yield from ((name, Quantity(other, unit)) for name, other in _of_sum(inner))
        case _:
            yield from _of_structure(value)


def _of_structure(value: Span | Division | Factors | Grid) -> Iterator[Mutant]:
    match value:
        case Span():
            yield from _of_span(value)
        case Division(quotient, remainder):
            yield "swapped parts", Division(remainder, quotient)
            yield "off by one", Division(quotient + 1, remainder)
            yield "off by one", Division(quotient, remainder + 1)
            yield "off by one", Division(max(quotient - 1, 0), remainder)
            yield "factor 10", Division(quotient * 10, remainder)
        case Factors():
            yield from _of_factors(value)
        case Grid():
            yield from _of_grid(value)


def _digit(value: Fraction) -> Iterator[tuple[str, Fraction]]:
    yield "digit", value + Fraction(1, value.denominator)
    yield "digit", value - Fraction(1, value.denominator)
    yield "digit", Fraction(value.numerator, value.denominator + 1)
    digits = str(abs(value.numerator))
    if len(digits) > 1:
        sign = -1 if value < 0 else 1
        yield "swapped digits", Fraction(sign * int(digits[::-1]), value.denominator)
        yield "dropped digit", Fraction(sign * int(digits[:-1]), value.denominator)
        first = str((int(digits[0]) % 9) + 1) + digits[1:]
        yield "digit", Fraction(sign * int(first), value.denominator)


def _of_sum(value: Sum) -> Iterator[tuple[str, Sum]]:
    terms = value.coefficients
    if not terms:
        yield "digit", number(1)
        yield "digit", number(-1)
        return
    scaled = (("sign", -1), ("factor 10", 10), ("factor 10", Fraction(1, 10)), ("factor 2", 2))
    for name, factor in scaled:
        yield name, combination({atom: part * factor for atom, part in terms.items()})
    if value.is_rational:
        yield "reciprocal", number(1 / terms[ONE])
    for atom, part in terms.items():
        for name, other in _digit(part):
            yield name, combination({**terms, atom: other})
        if len(terms) > 1:
            yield "dropped term", combination({**terms, atom: Fraction(0)})
            yield "sign of a term", combination({**terms, atom: -part})
        yield from _of_exponent(terms, atom)
    if len(terms) > 1:
        atoms, parts = list(terms), list(terms.values())
        turned = dict(zip(atoms, parts[1:] + parts[:1], strict=True))
        yield "swapped coefficients", combination(turned)


def _of_exponent(terms: dict[str, Fraction], atom: str) -> Iterator[tuple[str, Sum]]:
    letter, exponent = _power(atom)
    if not letter:
        return
    for change in (1, -1):
        other = power_of(letter, exponent + change)
        moved = {**terms, atom: Fraction(0)}
        moved[other] = moved.get(other, Fraction(0)) + terms[atom]
        yield "off-by-one exponent", combination(moved)


def _power(atom: str) -> tuple[str, int]:
    letter, _, exponent = atom.partition("^")
    if len(letter) != 1 or not letter.isalpha() or letter == "e":
        return "", 0
    digits = exponent.strip("{}")
    return (letter, int(digits)) if digits.isdigit() else (letter, 1) if not exponent else ("", 0)


def _of_roots(roots: Roots) -> Iterator[Mutant]:
    values = roots.values
    if not values:
        yield "invented root", Roots(frozenset({number(1)}))
        yield "invented root", Roots(frozenset({number(0), number(2)}))
        return
    yield "dropped roots", Roots(frozenset())
    largest = max(abs(sum(value.coefficients.values(), Fraction(0))) for value in values)
    yield "extra root", Roots(values | {number(int(largest) + 8)})
    if len(values) > 1:
        negative = {combination({k: -v for k, v in value.terms}) for value in values}
        yield "signs", Roots(frozenset(negative))
    for value in sorted(values, key=str):
        if len(values) > 1:
            yield "dropped root", Roots(values - {value})
        for name, other in _of_sum(value):
            yield name, Roots((values - {value}) | {other})


def _of_span(span: Span) -> Iterator[Mutant]:
    if span.lower is not None and span.upper is not None and span.lower != span.upper:
        yield "swapped bounds", replace(span, lower=span.upper, upper=span.lower)
    if span.lower is not None:
        yield "end of a bound", replace(span, is_left_open=not span.is_left_open)
    if span.upper is not None:
        yield "end of a bound", replace(span, is_right_open=not span.is_right_open)
    if span.lower is None or span.upper is None:
        yield "direction", Span(span.upper, span.lower, span.is_right_open, span.is_left_open)
    for name in ("lower", "upper"):
        bound = getattr(span, name)
        if bound is None:
            continue
        for change in (bound + 1, bound - 1, -bound, bound * 10):
            other = Span(change, span.upper, span.is_left_open, span.is_right_open)
            if name == "upper":
                other = Span(span.lower, change, span.is_left_open, span.is_right_open)
            yield "bound", other


def _of_factors(value: Factors) -> Iterator[Mutant]:
    yield "scale", replace(value, scale=-value.scale)
    yield "scale", replace(value, scale=value.scale + 1 or 2)
    for place, (slope, constant) in enumerate(value.pairs):
        for other in ((slope, -constant), (slope, constant + 1), (slope + 1 or 2, constant)):
            pairs = (*value.pairs[:place], other, *value.pairs[place + 1 :])
            yield "factor", replace(value, pairs=pairs)
        if len(value.pairs) > 1:
            rest = value.pairs[:place] + value.pairs[place + 1 :]
            yield "dropped factor", replace(value, pairs=rest)


def _of_grid(grid: Grid) -> Iterator[Mutant]:
    rows = grid.rows
    yield "transposed", Grid(tuple(zip(*rows, strict=True)))
    yield "swapped rows", Grid(rows[::-1])
    yield "sign", Grid(tuple(tuple(-part for part in row) for row in rows))
    for i, row in enumerate(rows):
        for j, part in enumerate(row):
            for other in (part + 1, -part, part * 10):
                changed = (*row[:j], other, *row[j + 1 :])
                yield "entry", Grid((*rows[:i], changed, *rows[i + 1 :]))
