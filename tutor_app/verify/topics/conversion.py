"""Conversions between units: `Convert 90 km/h to m/s`, `How many metres are in 3.5 km?`."""

from dataclasses import dataclass
from typing import Final

from tutor_app.core.verdict import Verdict
from tutor_app.verify.build import build
from tutor_app.verify.compound_unit import CompoundUnit
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.measure import Measure, in_unit
from tutor_app.verify.numerals import number_text
from tutor_app.verify.quantity_task import QuantityTask
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.phrasing import first_reading
from tutor_app.verify.topics.quantity_answer import QuantityWanted
from tutor_app.verify.topics.quantity_words import quantity_words, roles, unit_in
from tutor_app.verify.topics.request import Request, split_request

_KIND: Final = (
    "[a|an|the] [speed|velocity|length|distance|mass|time|volume|area|energy|pressure|power|density"
    "|temperature|force|duration|height|weight] [of]"
)
_CONVERSIONS: Final = (
    f"(convert|change|turn|transform) {_KIND} {{q:word}} (to|into|in) {{unit:word}}",
    f"(express|write|give|state|rewrite) {_KIND} {{q:word}} (in|as) [units of|terms of]"
    " {unit:word}",
    "what is {q:word} (in|expressed in|converted to|when converted to|as) {unit:word}",
    "(convert|express|write|change) (to|into|in) {unit:word} [:] {q:word}",
    "how (much|long|far|heavy|fast|large) is {q:word} in {unit:word}",
    "what is {q:word} equal to in {unit:word}",
    "{q:word} = ? {unit:word}",
    "{q:word} (to|in|into) {unit:word}",
)
_COUNTS: Final = (
    "how many {unit:word} (are|is) [there] (in|equal to) {q:word}",
    "how many {unit:word} (are|is) {q:word} [equal to]",
    "how many {unit:word} (does|do) {q:word} (equal|contain|make|have)",
    "how many {unit:word} (equal|make|make up|are equivalent to) {q:word}",
    "{q:word} (is|equals|is equal to) how many {unit:word}",
    "find the number of {unit:word} in {q:word}",
    "what is the number of {unit:word} in {q:word}",
)


@dataclass(frozen=True, slots=True)
class Conversion(QuantityTask):
    """One quantity to be given in another unit.

    Attributes:
        given: the quantity.
        unit: the unit asked for.
        is_counted: the question names the unit, so that a number alone is an answer.
        request: rounding.
    """

    given: Measure
    unit: CompoundUnit
    is_counted: bool
    request: Request
    kind = "conversion"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"convert {_text(self.given)} to {self.unit.symbol}"

    @property
    def asked(self) -> Measure:
        """The quantity itself."""
        return self.given

    @property
    def letters(self) -> frozenset[str]:
        """A conversion names no letter."""
        return frozenset()

    def check(self, answer: str) -> Verdict:
        """Check one quantity.

        Raises:
            Unreadable: the answer is not one quantity.
        """
        value = number_text(build(in_unit(self.given.node, self.unit)).expr)
        working = f"{_text(self.given)} = {value} {self.unit.symbol}"
        wanted = QuantityWanted(self.given, self.unit, self.is_counted, self.request, (working,))
        return wanted.check(answer)


def _text(given: Measure) -> str:
    assert given.value is not None
    assert given.unit is not None
    return f"{number_text(build(given.value).expr)} {given.unit.symbol}"


def read_conversion(text: str) -> TopicTask | None:
    """A conversion, or None.

    Raises:
        Unreadable: a quantity in it cannot be read, or the units do not fit.
    """
    words = quantity_words(text)
    if len(words.quantities) != 1 or len(words.units) != 1:
        return None
    sentence, request = split_request(words.words)
    for templates, is_counted in ((_CONVERSIONS, False), (_COUNTS, True)):
        found = first_reading(templates, sentence)
        if found is None:
            continue
        named, unit = roles(found, words), unit_in(found, words)
        if named is None or unit is None:
            return None
        given = named["q"]
        if given.dimension != unit.dimension or given.unit is None:
            raise Unreadable("the two units are of different kinds")
        is_regional = [given.unit.is_regional, unit.is_regional]
        if is_regional[0] is not is_regional[1]:
            raise Unreadable("the size of this unit depends on the country")
        return Conversion(given, unit, is_counted, request)
    return None
