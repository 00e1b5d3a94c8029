"""The unit that a statement implies for its answer, and the ways to write it."""

import re
from dataclasses import dataclass
from typing import Final

_LENGTHS: Final = {
    "mm": "millimet", "cm": "centimet", "dm": "decimet", "m": "met", "km": "kilomet",
}  # fmt: skip
_IMPERIAL: Final = {
    "in": ("inch", "inches", "ins"), "ft": ("foot", "feet"), "yd": ("yard", "yards", "yds"),
    "mi": ("mile", "miles"),
}  # fmt: skip
_POWERS: Final = {2: ("square", "sq", "squared"), 3: ("cubic", "cu", "cubed")}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with all its spellings, as `plain_unit` writes them.

    Attributes:
        shown: its usual symbol.
        spellings: what may stand behind the number.
        signs: what may stand before it, such as `$`.
        is_optional: the number alone is an answer too.
    """

    shown: str
    spellings: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()
    is_optional: bool = False


NO_UNIT: Final = Unit("", is_optional=True)


def plain_unit(text: str) -> str:
    """A unit's text in one form: lower case where it is a word, `cm^2` for all squares."""
    text = re.sub(r"\\(?:text|textrm|mathrm|mbox|operatorname)\s*\{([^{}]*)\}", r" \1", text)
    text = re.sub(r"\\[,;:! ]|~", " ", text)
    text = text.replace("²", "^2").replace("³", "^3")
    text = re.sub(r"\^\s*\{\s*([23])\s*\}(?!\s*\d)", r"^\1", text)
    text = re.sub(r"\^\s*\{?\s*\\circ\s*\}?|\\degree|°", " degrees", text)
    return " ".join(text.split())


def _length_names(symbol: str) -> tuple[str, ...]:
    if symbol in _LENGTHS:
        stem = _LENGTHS[symbol]
        return tuple(stem + end for end in ("re", "res", "er", "ers"))
    return _IMPERIAL[symbol]


def length_symbol(name: str) -> str | None:
    """The symbol of a length unit written in any way; None if it is not one."""
    for symbol in (*_LENGTHS, *_IMPERIAL):
        if name == symbol or name in _length_names(symbol):
            return symbol
    return None


def _plain_length(power: int) -> Unit:
    if power == 1:
        return Unit("units", frozenset({"units", "unit"}), is_optional=True)
    names = {f"{word} {noun}" for word in _POWERS[power][:2] for noun in ("units", "unit")}
    names |= {f"units^{power}", f"unit^{power}"}
    return Unit(f"{_POWERS[power][0]} units", frozenset(names), is_optional=True)


def length_unit(symbol: str, power: int = 1) -> Unit:
    """A length, area or volume in a unit, `""` for unnamed units."""
    if symbol in {"", "units"}:
        return _plain_length(power)
    names = (symbol, *_length_names(symbol))
    if power == 1:
        return Unit(symbol, frozenset(names))
    before, short, after = _POWERS[power]
    spellings = {f"{name}^{power}" for name in names}
    spellings |= {f"{word} {name}" for word in (before, short) for name in names}
    spellings |= {f"{name} {after}" for name in names}
    return Unit(f"{symbol}^{power}", frozenset(spellings))


def counted(*nouns: str) -> Unit:
    """A count, with the nouns that may follow the number."""
    return Unit("", frozenset(nouns), is_optional=True)


DEGREES: Final = Unit("°", frozenset({"degrees", "degree", "deg"}))
CURRENCIES: Final = {
    "$": Unit("$", frozenset({"dollars", "dollar", "USD", "usd"}), frozenset({r"\$", "$"})),
    "£": Unit("£", frozenset({"pounds", "pound", "GBP"}), frozenset({"£", r"\pounds"})),
    "€": Unit("€", frozenset({"euros", "euro", "EUR"}), frozenset({"€"})),
    "₹": Unit("Rs", frozenset({"rupees", "rupee", "INR"}), frozenset({"₹", "Rs.", "Rs"})),
}
TIMES: Final = {
    "hour": Unit("h", frozenset({"hours", "hour", "h", "hr", "hrs"})),
    "minute": Unit("min", frozenset({"minutes", "minute", "min", "mins"})),
    "second": Unit("s", frozenset({"seconds", "second", "s", "sec", "secs"})),
    "day": Unit("days", frozenset({"days", "day"})),
    "year": Unit("years", frozenset({"years", "year", "yr", "yrs", "years old"})),
}


def speed_unit(length: str, time: str) -> Unit:
    """A speed, such as kilometres per hour."""
    lengths = (length, *_length_names(length))
    times = {"hour": ("h", "hr", "hour"), "minute": ("min", "minute"), "second": ("s", "sec",
             "second")}[time]  # fmt: skip
    spellings = {f"{name}/{unit}" for name in lengths for unit in times}
    spellings |= {f"{name} per {unit}" for name in lengths for unit in times}
    shown = f"{length}/{times[0]}"
    if (length, time) == ("km", "hour"):
        spellings |= {"kmh", "kph", "km h^{-1}"}
    if (length, time) == ("mi", "hour"):
        spellings |= {"mph"}
        shown = "mph"
    if (length, time) == ("m", "second"):
        spellings |= {"m s^{-1}", "ms^{-1}", "mps"}
    return Unit(shown, frozenset(spellings))


def without_unit(text: str, unit: Unit) -> tuple[str, bool]:
    """The number's text and whether the unit stood at it."""
    text = plain_unit(text)
    for sign in sorted(unit.signs, key=len, reverse=True):
        for minus in ("-", ""):
            if text.startswith(minus + sign):
                return minus + text[len(minus) + len(sign) :].strip(), True
    for spelling in sorted(unit.spellings, key=len, reverse=True):
        shown = text if spelling[-1:].isupper() or len(spelling) < 3 else _lower_end(text, spelling)
        if not shown.endswith(spelling):
            continue
        rest = shown[: -len(spelling)]
        if rest and (not rest[-1].isalpha() or rest.endswith("π")) and not _is_command(rest):
            return rest.strip(), True
    return text, False


def _lower_end(text: str, spelling: str) -> str:
    at = len(text) - len(spelling)
    return text[:at] + text[at:].lower() if at > 0 else text


def _is_command(rest: str) -> bool:
    # "\pi" needs a space before a unit; without one the letters are one command.
    return re.search(r"\\[A-Za-z]*$", rest) is not None
