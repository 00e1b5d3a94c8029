"""Units of measurement with exact factors to the SI base units, found by any of their names.

Factors are those of the SI brochure (9th edition) and of NIST SP 811, all exact by definition.
Units whose size depends on the country (gallon) or on the textbook (calorie) are left out or
marked `is_regional`.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Final

_BASES: Final = ("m", "kg", "s", "A", "K", "mol", "cd", "$", "£", "€", "₹", "c")
_SI_BASES: Final = 7


@dataclass(frozen=True, slots=True)
class Dimension:
    """What kind of quantity it is.

    Attributes:
        exponents: of the seven SI base units, then of each currency, between which no rate of
            exchange is known; the last one is for cents of an unnamed currency.
    """

    exponents: tuple[int, ...] = (0,) * len(_BASES)

    def __mul__(self, other: "Dimension") -> "Dimension":
        pairs = zip(self.exponents, other.exponents, strict=True)
        return Dimension(tuple(mine + theirs for mine, theirs in pairs))

    def __truediv__(self, other: "Dimension") -> "Dimension":
        return self * other.power(Fraction(-1))

    def power(self, exponent: Fraction) -> "Dimension":
        """The dimension of a power.

        Raises:
            ValueError: the result has no whole exponents, as the root of a length.
        """
        raised = [exponent * part for part in self.exponents]
        if any(part.denominator != 1 for part in raised):
            raise ValueError(str(exponent))
        return Dimension(tuple(int(part) for part in raised))

    @property
    def is_none(self) -> bool:
        """Whether it is that of a plain number."""
        return not any(self.exponents)

    @property
    def is_money(self) -> bool:
        """Whether a currency is in it."""
        return any(self.exponents[_SI_BASES:])

    @property
    def text(self) -> str:
        """In base units, such as `kg m^2/s^2`."""
        above = [_factor_text(*pair) for pair in zip(_BASES, self.exponents, strict=True)
                 if pair[1] > 0]  # fmt: skip
        below = [_factor_text(base, -power) for base, power
                 in zip(_BASES, self.exponents, strict=True) if power < 0]  # fmt: skip
        top = " ".join(above) or "1"
        if not below:
            return top
        return f"{top}/{below[0]}" if len(below) == 1 else f"{top}/({' '.join(below)})"

    def with_cents_of(self, currency: str) -> "Dimension":
        """The dimension where unnamed cents are hundredths of a currency."""
        parts = list(self.exponents)
        parts[_BASES.index(currency)] += parts[-1]
        parts[-1] = 0
        return Dimension(tuple(parts))

    @property
    def has_cents(self) -> bool:
        """Whether cents of an unnamed currency are in it."""
        return self.exponents[-1] != 0


def _factor_text(base: str, power: int) -> str:
    return base if power == 1 else f"{base}^{power}"


def _base(index: int) -> Dimension:
    return Dimension(tuple(int(k == index) for k in range(len(_BASES))))


NUMBER: Final = Dimension()
LENGTH, MASS, TIME, CURRENT, TEMPERATURE, AMOUNT, LIGHT = map(_base, range(_SI_BASES))
DOLLARS, POUNDS, EUROS, RUPEES, CENTS = map(_base, range(_SI_BASES, len(_BASES)))
AREA: Final = LENGTH * LENGTH
VOLUME: Final = AREA * LENGTH
SPEED: Final = LENGTH / TIME
ACCELERATION: Final = SPEED / TIME
FORCE: Final = MASS * ACCELERATION
ENERGY: Final = FORCE * LENGTH
POWER: Final = ENERGY / TIME
PRESSURE: Final = FORCE / AREA
CHARGE: Final = CURRENT * TIME
VOLTAGE: Final = POWER / CURRENT
RESISTANCE: Final = VOLTAGE / CURRENT
FREQUENCY: Final = NUMBER / TIME


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit.

    Attributes:
        symbol: its usual sign.
        factor: its size in SI base units, exact.
        dimension: what it measures.
        offset: what 0 of it is in SI base units, for scales such as °C.
        is_angle: it measures an angle, which has no dimension of its own.
        has_pi: its size is `factor` times pi.
        is_regional: the same name has other sizes in other countries.
    """

    symbol: str
    factor: Fraction
    dimension: Dimension
    offset: Fraction = Fraction(0)
    is_angle: bool = False
    has_pi: bool = False
    is_regional: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """A unit with its names; `{}` in a word takes a prefix's name."""

    unit: Unit
    words: tuple[str, ...] = ()
    prefixes: str = ""
    symbols: tuple[str, ...] = ()


_PREFIXES: Final = {
    "p": (-12, "pico"), "n": (-9, "nano"), "µ": (-6, "micro"), "m": (-3, "milli"),
    "c": (-2, "centi"), "d": (-1, "deci"), "h": (2, "hecto"), "k": (3, "kilo"),
    "M": (6, "mega"), "G": (9, "giga"), "T": (12, "tera"),
}  # fmt: skip
_INCH: Final = Fraction(254, 10_000)
_LB: Final = Fraction(45_359_237, 100_000_000)
_G0: Final = Fraction(980_665, 100_000)


def _plural(*words: str) -> tuple[str, ...]:
    return tuple(form for word in words for form in (word, word + "s"))


def _unit(symbol: str, factor: Fraction | int | str, dimension: Dimension) -> Unit:
    return Unit(symbol, Fraction(factor), dimension)


def _mechanical() -> tuple[_Entry, ...]:
    return (
        _Entry(_unit("m", 1, LENGTH), _plural("metre", "meter"), "nµmcdk"),
        _Entry(_unit("g", "0.001", MASS), _plural("gram", "gramme"), "nµmk"),
        _Entry(_unit("t", 1000, MASS), _plural("tonne")),
        _Entry(_unit("s", 1, TIME), _plural("second"), "nµm", ("sec", "secs")),
        _Entry(_unit("min", 60, TIME), _plural("minute"), "", ("mins",)),
        _Entry(_unit("h", 3600, TIME), _plural("hour"), "", ("hr", "hrs")),
        _Entry(_unit("day", 86_400, TIME), ("days",)),
        _Entry(_unit("week", 604_800, TIME), ("weeks",)),
        _Entry(_unit("L", "0.001", VOLUME), _plural("litre", "liter"), "µmcdk", ("l",)),
        _Entry(_unit("cc", "0.000001", VOLUME)),
        _Entry(_unit("ha", 10_000, AREA), _plural("hectare")),
        _Entry(_unit("N", 1, FORCE), _plural("newton"), "µmkM"),
        _Entry(_unit("J", 1, ENERGY), _plural("joule"), "µmkMG"),
        _Entry(_unit("Wh", 3600, ENERGY), ("{}watt hour", "{}watt hours", "{}watt-hour",
               "{}watt-hours"), "kMG"),
        _Entry(_unit("eV", Fraction(1_602_176_634, 10**28), ENERGY),
               ("electronvolt", "electronvolts"), "kMG"),
        _Entry(_unit("W", 1, POWER), _plural("watt"), "µmkMG"),
        _Entry(_unit("Pa", 1, PRESSURE), _plural("pascal"), "hkMG"),
        _Entry(_unit("bar", 100_000, PRESSURE), ("bars",), "m"),
        _Entry(_unit("atm", 101_325, PRESSURE), ("atmosphere", "atmospheres")),
        _Entry(_unit("mmHg", Fraction("133.322387415"), PRESSURE)),
        _Entry(_unit("Hz", 1, FREQUENCY), ("{}hertz",), "kMG"),
        _Entry(_unit("km/h", Fraction(5, 18), SPEED), (), "", ("kph", "kmh", "kmph")),
    )  # fmt: skip


def _electrical() -> tuple[_Entry, ...]:
    flux = VOLTAGE * TIME
    return (
        _Entry(_unit("A", 1, CURRENT), _plural("ampere", "amp"), "nµmk"),
        _Entry(_unit("C", 1, CHARGE), _plural("coulomb"), "pnµmk"),
        _Entry(_unit("V", 1, VOLTAGE), _plural("volt"), "µmkM"),
        _Entry(_unit("Ω", 1, RESISTANCE), _plural("ohm"), "mkMG"),
        _Entry(_unit("F", 1, CHARGE / VOLTAGE), _plural("farad"), "pnµm"),
        _Entry(_unit("Ah", 3600, CHARGE), (), "m"),
        _Entry(_unit("Wb", 1, flux), _plural("weber"), "m"),
        _Entry(_unit("T", 1, flux / AREA), _plural("tesla"), "µm"),
        _Entry(_unit("H", 1, flux / CURRENT), ("henry", "henries"), "µm"),
        _Entry(_unit("mol", 1, AMOUNT), _plural("mole"), "mk"),
        _Entry(_unit("K", 1, TEMPERATURE), _plural("kelvin"), "m"),
        _Entry(_unit("cd", 1, LIGHT), _plural("candela")),
        _Entry(Unit("°C", Fraction(1), TEMPERATURE, Fraction("273.15")),
               ("degrees celsius", "degree celsius", "degrees centigrade", "celsius", "deg C")),
        _Entry(Unit("°F", Fraction(5, 9), TEMPERATURE, Fraction("459.67") * 5 / 9),
               ("degrees fahrenheit", "degree fahrenheit", "fahrenheit", "deg F")),
    )  # fmt: skip


def _customary() -> tuple[_Entry, ...]:
    ounce = _LB / 16
    gallon = 231 * _INCH**3
    pint = Unit("pt", gallon / 8, VOLUME, is_regional=True)
    return (
        _Entry(_unit("in", _INCH, LENGTH), ("inch", "inches")),
        _Entry(_unit("ft", 12 * _INCH, LENGTH), ("foot", "feet")),
        _Entry(_unit("yd", 36 * _INCH, LENGTH), ("yard", "yards", "yds")),
        _Entry(_unit("mi", 63_360 * _INCH, LENGTH), ("mile", "miles")),
        _Entry(_unit("acre", 43_560 * (12 * _INCH) ** 2, AREA), ("acres",)),
        _Entry(_unit("oz", ounce, MASS), ("ounce", "ounces")),
        _Entry(_unit("lb", _LB, MASS), ("lbs", "pound", "pounds")),
        _Entry(_unit("lbf", _LB * _G0, FORCE)),
        _Entry(_unit("psi", _LB * _G0 / _INCH**2, PRESSURE)),
        _Entry(_unit("mph", 63_360 * _INCH / 3600, SPEED)),
        _Entry(_unit("knot", Fraction(1852, 3600), SPEED), ("knots",)),
        _Entry(pint, ("pint", "pints")),
        _Entry(Unit("qt", gallon / 4, VOLUME, is_regional=True), ("quart", "quarts")),
        _Entry(Unit("gal", gallon, VOLUME, is_regional=True), ("gallon", "gallons")),
    )


def _money_and_angles() -> tuple[_Entry, ...]:
    hundredth = Fraction(1, 100)
    return (
        _Entry(_unit("$", 1, DOLLARS), ("dollar", "dollars", "usd"), "", ("USD",)),
        _Entry(_unit("£", 1, POUNDS), ("pound", "pounds"), "", ("GBP",)),
        _Entry(_unit("€", 1, EUROS), ("euro", "euros"), "", ("EUR",)),
        _Entry(_unit("₹", 1, RUPEES), ("rupee", "rupees"), "", ("INR",)),
        _Entry(_unit("p", hundredth, POUNDS), ("pence", "penny")),
        _Entry(_unit("cents", hundredth, CENTS), ("cent",), "", ("¢",)),
        _Entry(_unit("paise", hundredth, RUPEES), ("paisa",)),
        _Entry(Unit("rad", Fraction(1), NUMBER, is_angle=True), ("radian", "radians")),
        _Entry(Unit("°", Fraction(1, 180), NUMBER, is_angle=True, has_pi=True),
               ("degree", "degrees", "deg")),
    )  # fmt: skip


def _names(entry: _Entry) -> list[tuple[str, Unit]]:
    unit = entry.unit
    spellings = (unit.symbol, *entry.symbols)
    found = [(name, unit) for name in (*spellings, *(word.format("") for word in entry.words))]
    for sign in entry.prefixes:
        exponent, prefix = _PREFIXES[sign]
        size = unit.factor * Fraction(10) ** exponent
        scaled = Unit(sign + unit.symbol, size, unit.dimension)
        found.extend((sign + name, scaled) for name in spellings if name not in {"sec", "secs"})
        found.extend(
            (word.format(prefix) if "{" in word else prefix + word, scaled) for word in entry.words
        )
    return found


@cache
def unit_names() -> dict[str, tuple[Unit, ...]]:
    """All units by name; a name with several units is ambiguous until it is compared."""
    found: dict[str, tuple[Unit, ...]] = {}
    for entry in (*_mechanical(), *_electrical(), *_customary(), *_money_and_angles()):
        for name, unit in _names(entry):
            if unit not in found.get(name, ()):
                found[name] = (*found.get(name, ()), unit)
    scales = (*found["°C"], *found["°F"])
    found["C"], found["F"] = (*found["C"], scales[0]), (*found["F"], scales[1])
    for name in ("degree", "degrees", "deg"):
        found[name] = (*found[name], *scales)
    return found


def units_called(name: str) -> tuple[Unit, ...]:
    """What a name can stand for; symbols are told apart by case, words are not."""
    names = unit_names()
    return names.get(name) or (names.get(name.lower(), ()) if len(name) > 3 else ())
