"""Problems with quantities: their words with a placeholder for each quantity and unit."""

import re
from dataclasses import dataclass, field
from re import Match
from typing import Final

from tutor_app.verify.compound_unit import CompoundUnit, scan_unit
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.measure import Measure, measure
from tutor_app.verify.quantity import normal_quantity_text, read_quantities
from tutor_app.verify.syntax import Expr
from tutor_app.verify.topics.phrasing import normal

_NUMBER: Final = (
    r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s*(?:\\times|×|x|\*)\s*10\^(?:\{-?\d+\}|-?\d+))?"
)
_QUANTITY: Final = re.compile(
    rf"(?<![\w.,/^])(?P<sign>-\s?)?(?P<money>[$£€₹]\s?)?(?P<number>{_NUMBER})(?![\d/])"
)
_BEFORE_UNIT: Final = re.compile(r"(?i)(?<![A-Za-z])(?:in|into|to|as|many|nearest|of)\s+$")
_COUNTED: Final = 20


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """A problem's words.

    Attributes:
        words: a normal text, with `quantitya`, `unita` and so on in the place of quantities.
        quantities: what the placeholders stand for, by name.
        units: what the units without a number stand for, by name.
    """

    words: str
    quantities: dict[str, Measure] = field(default_factory=dict)
    units: dict[str, CompoundUnit] = field(default_factory=dict)


def quantity_words(text: str) -> QuantityWords:
    """A problem's words with placeholders.

    Raises:
        Unreadable: a quantity cannot be read in one way.
    """
    found = _Reader(normal_quantity_text(text))
    return found.read()


class _Reader:
    """Walks through one problem."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._done: list[str] = []
        self._quantities: dict[str, Measure] = {}
        self._units: dict[str, CompoundUnit] = {}

    def read(self) -> QuantityWords:
        at = 0
        while at < len(self._text):
            end = self._quantity(at) or self._unit(at)
            if end is None:
                self._done.append(self._text[at])
                at += 1
            else:
                at = end
        words = normal("".join(self._done))
        return QuantityWords(words, self._quantities, self._units)

    def _quantity(self, at: int) -> int | None:
        found = _QUANTITY.match(self._text, at)
        if found is None:
            return None
        if found["money"]:
            end = found.end()
        else:
            hyphen = re.compile(r"\s?-(?=[A-Za-z])").match(self._text, found.end())
            run = scan_unit(self._text, hyphen.end() if hyphen else found.end())
            if run is None:
                return None
            end = run.end
        source = re.sub(r"(?<=\d)\s?-(?=[A-Za-z])", " ", self._text[at:end])
        name = f"quantity{_letter(len(self._quantities))}"
        self._quantities[name] = _measured(source)
        self._done.append(f" {name} ")
        return end

    def _unit(self, at: int) -> int | None:
        if self._done and self._done[-1].isalnum():
            return None
        if not _BEFORE_UNIT.search("".join(self._done[-12:])):
            return None
        run = scan_unit(self._text, at)
        if run is None:
            return None
        name = f"unit{_letter(len(self._units))}"
        self._units[name] = run.candidates[0]
        self._done.append(f" {name} ")
        return run.end


def _letter(index: int) -> str:
    if index >= _COUNTED:
        raise Unreadable(f"more than {_COUNTED} quantities")
    return "abcdefghijklmnopqrst"[index]


def _measured(text: str) -> Measure:
    quantities = read_quantities(text)
    if quantities is None:
        raise Unreadable("a quantity is missing")
    reading = quantities.readings[0]
    if not isinstance(reading.statement, Expr):
        raise Unreadable("this is not one quantity")
    found = measure(reading, reading.statement)
    if found.unit is None:
        raise Unreadable("this is not one quantity")
    return found


def roles(found: Match[str], words: QuantityWords) -> dict[str, Measure] | None:
    """The quantities in the slots of a template; slots `m` and `m__2` are for the same letter.

    None where a slot holds another word.
    """
    named: dict[str, Measure] = {}
    for slot, word in found.groupdict().items():
        if word is None or slot.startswith(("unit", "stuff")):
            continue
        if word not in words.quantities:
            return None
        named[slot.partition("__")[0]] = words.quantities[word]
    return named


def unit_in(found: Match[str], words: QuantityWords) -> CompoundUnit | None:
    """The unit that a template asks for in a slot `unit`, None where there is none."""
    named = [word for slot, word in found.groupdict().items() if word and slot.startswith("unit")]
    return words.units.get(named[0]) if named else None
