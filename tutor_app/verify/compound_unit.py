"""Reads the unit behind a number: `km/h`, `m s^{-2}`, `metres per second squared`, `J/(kg K)`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.verify.limits import Unreadable
from tutor_app.verify.units import ENERGY, FORCE, LENGTH, NUMBER, Dimension, Unit, units_called

OPEN, CLOSE = "\ue000", "\ue001"
r"""Around what stood in `\text{}` or `\mathrm{}`, where a letter is a unit for certain."""

_FACTORS: Final = 6
_POWER: Final = 6
_GAP: Final = rf"[\s{OPEN}{CLOSE}]*"
_LETTERS: Final = re.compile(r"°\s?[CF](?![A-Za-z])|[A-Za-zµΩ¢$£€₹]+")
_PHRASES: Final = re.compile(
    r"(?i)(?:degrees?\s+(?:celsius|fahrenheit|centigrade)|(?:kilo|mega|giga)?watt[\s-]hours?"
    r"|deg\s+[CF])(?![A-Za-z])"
)
_EXPONENT: Final = re.compile(
    rf"{_GAP}\^{_GAP}(?:\{{{_GAP}(-?\s*\d){_GAP}\}}|(-?\d))(?!\d|\.\d|\s*[\^!])"
)
_SLASH: Final = re.compile(rf"{_GAP}/{_GAP}|{_GAP}\bper\b{_GAP}")
_DOT: Final = re.compile(rf"{_GAP}(?:\*|\.(?=[A-Za-z{OPEN}])){_GAP}|{_GAP}-(?=[A-Za-z])|{_GAP}")
_BEFORE: Final = {"square": 2, "sq": 2, "cubic": 3, "cu": 3}
_AFTER: Final = {"squared": 2, "cubed": 3}
_FIRST_PARTS: Final = frozenset({"N", "kN", "J", "kJ", "kg", "V", "A", "W", "C", "mol", "kgm"})
_SECOND_PARTS: Final = frozenset({"m", "s", "kg", "K", "cm", "mm", "dm", "mol"})


@dataclass(frozen=True, slots=True)
class CompoundUnit:
    """Units with whole powers, multiplied.

    Attributes:
        factors: each unit with its power.
        is_sure: it cannot be letters of a formula.
    """

    factors: tuple[tuple[Unit, int], ...]
    is_sure: bool = False

    @property
    def factor(self) -> Fraction:
        """Its size in SI base units, without pi."""
        size = Fraction(1)
        for unit, power in self.factors:
            size *= unit.factor**power
        return size

    @property
    def dimension(self) -> Dimension:
        """What it measures."""
        found = NUMBER
        for unit, power in self.factors:
            found *= unit.dimension.power(Fraction(power))
        return found

    @property
    def pi_power(self) -> int:
        """How often pi is in its size."""
        return sum(power for unit, power in self.factors if unit.has_pi)

    @property
    def has_angle(self) -> bool:
        """Whether degrees or radians are in it."""
        return any(unit.is_angle for unit, _ in self.factors)

    @property
    def offset(self) -> Fraction:
        """What 0 of it is in SI base units; not zero for °C and °F alone."""
        match self.factors:
            case ((unit, 1),):
                return unit.offset
            case _:
                return Fraction(0)

    @property
    def is_moment(self) -> bool:
        """Whether it is a force times a distance, such as N m."""
        parts = sorted(unit.dimension.text for unit, power in self.factors if power == 1)
        return len(self.factors) == 2 and parts == sorted((FORCE.text, LENGTH.text))

    @property
    def is_energy(self) -> bool:
        """Whether it is a unit of its own for energy, such as J."""
        return len(self.factors) == 1 and self.factors[0][0].dimension == ENERGY

    @property
    def is_regional(self) -> bool:
        """Whether its size depends on the country."""
        return any(unit.is_regional for unit, _ in self.factors)

    @property
    def symbol(self) -> str:
        """In plain text."""
        above = [_power_text(unit, power) for unit, power in self.factors if power > 0]
        below = [_power_text(unit, -power) for unit, power in self.factors if power < 0]
        if not below:
            return " ".join(above)
        bottom = below[0] if len(below) == 1 else f"({' '.join(below)})"
        return f"{' '.join(above) or '1'}/{bottom}"


def _power_text(unit: Unit, power: int) -> str:
    symbol = f"({unit.symbol})" if "/" in unit.symbol and power != 1 else unit.symbol
    return symbol if power == 1 else f"{symbol}^{power}"


@dataclass(frozen=True, slots=True)
class UnitRun:
    """A unit found in a text.

    Attributes:
        candidates: what it can stand for, the likeliest first.
        end: where it ends in the text.
        is_glued: no space parted it from what stood before.
        is_lettered: it could be letters of a formula.
    """

    candidates: tuple[CompoundUnit, ...]
    end: int
    is_glued: bool
    is_lettered: bool


class _Scanner:
    """Reads one unit from a place in a text on."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._at = at
        self._is_marked = False
        self._names: list[str] = []

    @property
    def end(self) -> int:
        return self._at

    @property
    def is_lettered(self) -> bool:
        r"""Whether the letters could belong to a formula: `5m`, but not `5 km`, `5 \text{m}`."""
        return not self._is_marked and all(
            len(name) == 1 and name.isascii() and name.isalpha() for name in self._names
        )

    def whole(self) -> list[list[tuple[Unit, int]]] | None:
        """All readings of the unit, None if there is no unit here."""
        readings = self._factor(1)
        if readings is None:
            return None
        below = False
        for _ in range(_FACTORS):
            here = self._at
            slash = _SLASH.match(self._text, here)
            if slash:
                below = True
                self._skip(slash.end())
                more = self._denominator()
            else:
                dot = _DOT.match(self._text, here)
                self._skip(dot.end() if dot else here)
                more = self._joined(below)
            if more is None:
                self._at = here
                return readings
            # Only a unit on its own keeps its rarer meanings, such as C for °C.
            is_cut = len(readings[0]) > 1 or len(readings) == 1
            readings = [[*mine, *more[0]] for mine in (readings if is_cut else readings[:1])]
        raise Unreadable("a unit has too many parts")

    def _skip(self, end: int) -> None:
        self._is_marked = self._is_marked or OPEN in self._text[self._at : end]
        self._at = end

    def _denominator(self) -> list[list[tuple[Unit, int]]] | None:
        if not self._text.startswith("(", self._at):
            return self._factor(-1)
        start, self._at = self._at, self._at + 1
        found = self._factor(-1)
        while found is not None:
            dot = _DOT.match(self._text, self._at)
            self._skip(dot.end() if dot else self._at)
            if self._text.startswith(")", self._at):
                self._at += 1
                return found
            more = self._factor(-1)
            found = None if more is None else [[*found[0], *more[0]]]
        self._at = start
        return None

    def _joined(self, is_below: bool) -> list[list[tuple[Unit, int]]] | None:
        """A further factor; behind a slash it is only known where custom has one reading."""
        if re.compile(r"(?:in|as|at|to)\b").match(self._text, self._at):
            return None  # "hours in minutes"
        found = self._factor(1)
        if found is None or not is_below:
            return found
        unit, power = found[0][0]
        if self._names[0] in {"J", "kJ", "MJ"} and unit.symbol in {"K", "°C"} and power == 1:
            return [[(unit, -1)]]
        raise Unreadable("a product behind a slash can be read two ways", is_ambiguous=True)

    def _factor(self, sign: int) -> list[list[tuple[Unit, int]]] | None:
        start = self._at
        marks = re.compile(f"[{OPEN}\\s]*").match(self._text, start)
        self._skip(marks.end() if marks else start)
        phrase = _PHRASES.match(self._text, self._at)
        word = phrase or _LETTERS.match(self._text, self._at)
        if word is None:
            self._at = start
            return None
        name, power = " ".join(word.group().replace("° ", "°").split()), 1
        self._at = word.end()
        if name.lower() in _BEFORE:
            power = _BEFORE[name.lower()]
            following = re.compile(rf"{_GAP}([A-Za-z]+)").match(self._text, self._at)
            if not following:
                self._at = start
                return None
            name, self._at = following.group(1), following.end()
        found = self._named(name, power, sign)
        if found is None:
            self._at = start
        else:
            self._names.append(name)
        return found

    def _named(self, name: str, power: int, sign: int) -> list[list[tuple[Unit, int]]] | None:
        units = units_called(name)
        exponent = self._exponent(power)
        if name in {"ms", "kms"} and exponent < 0:
            # "20 ms^{-1}" is 20 m/s in many school books.
            length, time = units_called(name[:-1])[0], units_called("s")[0]
            spread = [(length, sign), (time, sign * exponent)]
            return [spread, *([(unit, sign * exponent)] for unit in units)]
        if units:
            return [[(unit, sign * exponent)] for unit in (units if exponent == 1 else units[:1])]
        parts = _glued_parts(name)
        if parts is None or power != 1:
            return None
        powers = [1] * (len(parts) - 1) + [exponent]
        return [[(unit, sign * each) for unit, each in zip(parts, powers, strict=True)]]

    def _exponent(self, power: int) -> int:
        found = _EXPONENT.match(self._text, self._at)
        if found and power == 1:
            self._at = found.end()
            power = int((found.group(1) or found.group(2)).replace(" ", ""))
        else:
            after = re.compile(rf"{_GAP}(squared|cubed)\b", re.IGNORECASE)
            word = after.match(self._text, self._at)
            if word and power == 1:
                self._at = word.end()
                power = _AFTER[word.group(1).lower()]
        if power == 0 or abs(power) > _POWER:
            raise Unreadable("a unit has a strange exponent")
        return power


def _glued_parts(name: str) -> list[Unit] | None:
    """`Nm` as N and m, where only one cut gives two units."""
    cuts = [
        (name[:k], name[k:]) for k in range(1, len(name))
        if name[:k] in _FIRST_PARTS and name[k:] in _SECOND_PARTS
    ]  # fmt: skip
    if len(cuts) != 1:
        return None
    first, second = cuts[0]
    if first == "kgm":
        return [units_called("kg")[0], units_called("m")[0], units_called(second)[0]]
    return [units_called(first)[0], units_called(second)[0]]


def scan_unit(text: str, at: int) -> UnitRun | None:
    """The unit that starts at a place of a text, white space before it allowed.

    Raises:
        Unreadable: there is a unit, but it can be read two ways or is too large.
    """
    scanner = _Scanner(text, at)
    readings = scanner.whole()
    if readings is None:
        return None
    end = scanner.end
    closing = re.compile(rf"[\s{CLOSE}]*{CLOSE}").match(text, end)
    end = closing.end() if closing else end
    if re.compile(rf"{_GAP}\^").match(text, end) or re.compile(r"[A-Za-z\d_]").match(text, end):
        return None
    candidates = tuple(CompoundUnit(tuple(found)) for found in _merged(readings))
    is_glued = not text[at : at + 1].isspace() and not text.startswith(OPEN, at)
    return UnitRun(candidates, end, is_glued, scanner.is_lettered)


def _merged(readings: list[list[tuple[Unit, int]]]) -> Iterator[list[tuple[Unit, int]]]:
    """The same unit twice as one with a power: `m/s/s` is m/s^2."""
    for reading in readings:
        powers: dict[Unit, int] = {}
        for unit, power in reading:
            powers[unit] = powers.get(unit, 0) + power
        yield [(unit, power) for unit, power in powers.items() if power]


def read_unit(text: str) -> CompoundUnit | None:
    """A text that is nothing but a unit; its likeliest reading."""
    run = scan_unit(text, 0)
    return run.candidates[0] if run is not None and not text[run.end :].strip() else None
