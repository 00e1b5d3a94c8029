"""Formula cards: a school formula with the units of its letters, recognised from whole sentences.

The words are translated into the formula, so every verdict covers the calculation only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from tutor_app.core.verdict import CALCULATION_ONLY, Method, Verdict
from tutor_app.verify.build import build
from tutor_app.verify.compound_unit import CompoundUnit, read_unit
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.measure import Measure, in_unit, measure, size_of
from tutor_app.verify.numerals import number_text
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.quantity import QuantityText
from tutor_app.verify.quantity_task import QuantityTask
from tutor_app.verify.syntax import Bin, Num, Operator
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.phrasing import readings
from tutor_app.verify.topics.quantity_answer import QuantityWanted
from tutor_app.verify.topics.quantity_words import QuantityWords, quantity_words, roles, unit_in
from tutor_app.verify.topics.request import Request, split_request
from tutor_app.verify.units import ACCELERATION, Dimension
from tutor_app.verify.verdicts import unknown_verdict

_USUAL_GRAVITY: Final = (Fraction("9.8"), Fraction("9.81"), Fraction(10))
_GRAVITY: Final = re.compile(
    r"(?: [.,;(]| and)*(?: (?:take|taking|use|using|let|with|where|given|assume|assuming|if))?"
    r"(?: that)?(?: (?:the )?(?:acceleration due to gravity|gravitational field strength"
    r"|gravitational acceleration|acceleration of free fall)(?: [,(]? ?g(?: [,)])?)?| g)"
    r" (?:=|as|is|to be|of|be|equal to) (?P<g>quantity[a-z])(?: \))?(?P<end>(?: [.?!,;])*)"
)
_NOISE: Final = re.compile(
    r"(?: [.,;(])*(?: (?:ignore|ignoring|neglect|neglecting|assume|assuming|with))?"
    r"(?: that)?(?: there is)?(?: no| any| negligible)? (?:air resistance|friction)"
    r"(?: is negligible| can be ignored| may be neglected)?(?: \))?(?P<end>(?: [.?!,;])*)"
)
_ENDING: Final = re.compile(
    r"(?: (?:and|[.,;]))?(?: (?:give|express|state|write)(?: (?:your|the) (?:answer|result))?)?"
    r" in (?P<unit>unit[a-z])(?: [.?!])*$"
)


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula, made for one of its letters.

    Attributes:
        name: of the quantity it gives.
        letters: by which that quantity is called, the usual one first.
        source: the other side, such as `m*v^2/2`.
        given: the letters that must be given, with their dimensions.
        unit: the usual unit of the result.
        keywords: one of these words must occur in a problem.
        templates: whole problems, with a slot for each letter; `m__2` is another one for m.
        needs_gravity: `g` occurs and may be stated.
        differences: letters for a difference of temperatures, so that 10 °C is 10 K.
    """

    name: str
    letters: tuple[str, ...]
    source: str
    given: Mapping[str, Dimension]
    unit: str
    keywords: tuple[str, ...]
    templates: tuple[str, ...]
    needs_gravity: bool = False
    differences: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FormulaCard(QuantityTask):
    """A problem that one formula solves.

    Attributes:
        formula: the formula.
        values: a quantity for each letter.
        unit: in which the answer was asked for, or None.
        is_counted: the question names the unit, as in "how many joules".
        request: rounding.
        gravity: as stated, or None.
    """

    formula: Formula
    values: Mapping[str, Measure]
    unit: CompoundUnit | None
    is_counted: bool
    request: Request
    gravity: Measure | None = None
    kind = "formula"

    @property
    def read_as(self) -> str:
        """The task in words."""
        formula = self.formula
        return f"find the {formula.name} by {formula.letters[0]} = {formula.source}{self._given}"

    @property
    def _given(self) -> str:
        texts = [f"{letter} = {quantity_text(value)}" for letter, value in self.values.items()]
        if self.gravity is not None:
            texts.append(f"g = {quantity_text(self.gravity)}")
        return f" with {', '.join(texts)}" if texts else ""

    @property
    def asked(self) -> Measure | None:
        """The exact quantity, None where g is needed and was not stated."""
        if self.formula.needs_gravity and self.gravity is None:
            return None
        return self.result_with(self.gravity)

    @property
    def letters(self) -> frozenset[str]:
        """The letters by which the quantity is called."""
        return frozenset(self.formula.letters)

    def result_with(self, gravity: Measure | None) -> Measure:
        """The exact quantity for a value of g.

        Raises:
            Unreadable: the given quantities do not fit the formula.
        """
        letters = dict(self.values)
        if gravity is not None:
            letters["g"] = gravity
        node = parse_expression(self.formula.source)
        found = measure(QuantityText(node, ()), node, letters)
        unit = read_unit(self.formula.unit) if self.formula.unit else None
        if unit is not None and unit.dimension != found.dimension:
            raise Unreadable("the units of the problem do not fit its formula")
        return found

    def _given_unit(self, dimension: Dimension) -> CompoundUnit | None:
        """The unit of a given quantity of the same kind."""
        same = (value.unit for value in self.values.values() if value.dimension == dimension)
        return next(same, None)

    def check(self, answer: str) -> Verdict:
        """Check one quantity.

        Raises:
            Unreadable: the answer is not one quantity.
        """
        if not self.formula.needs_gravity or self.gravity is not None:
            return self._wanted(self.gravity).check(answer)
        verdicts = [self._wanted(_gravity(value)).check(answer) for value in _USUAL_GRAVITY]
        statuses = {verdict.status for verdict in verdicts}
        if len(statuses) == 1:
            return verdicts[0]
        text = "it depends on the value of g, which the problem does not state"
        return _undecided(text, verdicts[0].reading)

    def _wanted(self, gravity: Measure | None) -> QuantityWanted:
        result = self.result_with(gravity)
        unit = self.unit or self._given_unit(result.dimension)
        if unit is None and self.formula.unit:
            unit = read_unit(self.formula.unit)
        value = result.node if unit is None else in_unit(result.node, unit)
        shown = number_text(build(value).expr)
        name = f"{self.formula.letters[0]} = {self.formula.source}"
        working = f"{name}{self._given}: {shown}{f' {unit.symbol}' if unit else ''}"
        asked = Measure(result.node, result.dimension, None, unit)
        return QuantityWanted(asked, self.unit, self.is_counted, self.request, (working,))


def _difference(value: Measure) -> Measure:
    """A temperature as a difference of two."""
    if value.value is None or value.unit is None:
        return value
    node = Bin(Operator.MUL, value.value, size_of(value.unit))
    return replace(value, node=node)


def _gravity(value: Fraction) -> Measure:
    return Measure(Num(value), ACCELERATION)


def _undecided(text: str, reading: str) -> Verdict:
    return replace(unknown_verdict(Method.AMBIGUOUS, text, reading), scope=CALCULATION_ONLY)


def quantity_text(value: Measure) -> str:
    """A given quantity in plain text."""
    if value.value is None or value.unit is None:
        return number_text(build(value.node).expr)
    return f"{number_text(build(value.value).expr)} {value.unit.symbol}"


def read_formula(text: str, formulas: tuple[Formula, ...]) -> TopicTask | None:
    """A problem that one of the formulas solves, or None.

    Raises:
        Unreadable: a quantity in it cannot be read.
    """
    words = quantity_words(text)
    if not words.quantities:
        return None
    sentence, request = split_request(_without_brackets(words.words))
    sentence, gravity = _without_gravity(sentence, words)
    sentence = _tidy(_NOISE.sub(_punctuation, sentence))
    ending = _ENDING.search(sentence)
    asked_unit = words.units.get(ending["unit"]) if ending else None
    if ending and asked_unit is not None:
        sentence = sentence[: ending.start()]
    used = len(words.quantities) - (gravity is not None)
    for formula in formulas:
        has_keyword = any(f" {word}" in sentence for word in formula.keywords)
        if not has_keyword or used != len(formula.given):
            continue
        if gravity is not None and not formula.needs_gravity:
            continue
        card = _card(formula, sentence, words, (request, gravity, asked_unit))
        if card is not None:
            return card
    return None


_Frame = tuple[Request, Measure | None, CompoundUnit | None]


def _card(
    formula: Formula, sentence: str, words: QuantityWords, frame: _Frame
) -> FormulaCard | None:
    request, gravity, asked_unit = frame
    for found in readings(formula.templates, sentence):
        values = roles(found, words)
        if values is None or set(values) != set(formula.given):
            continue
        if any(values[name].dimension != need for name, need in formula.given.items()):
            continue
        for name in formula.differences:
            values[name] = _difference(values[name])
        counted = unit_in(found, words)
        unit = counted or asked_unit
        card = FormulaCard(formula, values, unit, counted is not None, request, gravity)
        result = card.result_with(gravity or _gravity(_USUAL_GRAVITY[0]))
        if unit is None or unit.dimension == result.dimension:
            return card
    return None


def _without_gravity(sentence: str, words: QuantityWords) -> tuple[str, Measure | None]:
    found = _GRAVITY.search(sentence)
    if found is None:
        return sentence, None
    gravity = words.quantities.get(found["g"])
    if gravity is None or gravity.dimension != ACCELERATION:
        return sentence, None
    return _tidy(_GRAVITY.sub(_punctuation, sentence, count=1)), gravity


def _without_brackets(sentence: str) -> str:
    """What stands in brackets as a sentence of its own; a question ends in a full stop."""
    return _tidy(re.sub(r" [()?!]", " .", sentence))


def _punctuation(found: "re.Match[str]") -> str:
    return " ." if found.start() else ""


def _tidy(sentence: str) -> str:
    return re.sub(r"(?: [.,;])*(?: ([.?!]))+$", r" \1", re.sub(r"(?: [.,;])+", " .", sentence))


# -- wording ------------------------------------------------------------------------------

ASK: Final = (
    "(find|calculate|what is|what was|what will be|what would be|work out|determine|compute|give"
    "|how (large|big|great) is)"
)
OBJECT: Final = (
    "(object|body|ball|car|block|box|stone|rock|train|truck|lorry|bus|van|bike|bicycle|cyclist"
    "|runner|person|man|woman|boy|girl|student|child|athlete|trolley|cart|crate|bag|book|brick"
    "|apple|bullet|projectile|bird|plane|aeroplane|airplane|rocket|ship|boat|skier|sledge|sled"
    "|motorcycle|motorbike|scooter|particle|mass|suitcase|parcel|package|hammer|coin|weight"
    "|football|marble|astronaut|dog|horse|cat|bucket|barrel|lift|elevator|vehicle|skateboarder"
    "|swimmer|satellite|arrow|dart|puck|load|sphere|cube|climber|hiker|diver|pebble)"
)
_ADJECTIVE: Final = "[(small|large|heavy|light|toy|cricket|tennis|golf|rubber|steel|metal|wooden)]"
THING: Final = f"[(a|an|the|this|that)] {_ADJECTIVE} {OBJECT}"
MASSY: Final = (
    f"([(a|an|the)] {{m:word}} {_ADJECTIVE} {OBJECT}"
    f"|{THING} (of|with|having|that has|which has|whose|has) [(a|the)] mass [(of|is)] {{m__2:word}}"
    f"|{THING} weighing {{m__3:word}}|{THING} of {{m__4:word}}|[a] mass of {{m__5:word}})"
)
OWNER: Final = f"[(of|on|for) (it|{THING})]"


def orders(scene: str, target: str, link: str = "(of|for)") -> tuple[str, ...]:
    """The ways to ask for a target in a scene."""
    its = f"[(the|its|his|her)] {target} {OWNER}"
    return (
        f"{ASK} [the] {target} {link} {scene}",
        f"{scene}. {ASK} {its}",
        f"(if|when|given that) {scene}. {ASK} {its}",
        f"{ASK} {its} (if|when|given that|where) {scene}",
        f"{scene}. how (much|many {{unit:word}} of) {target} does (it|{THING}) have",
        f"how (much|many {{unit:word}} of) {target} does {scene} have",
    )
