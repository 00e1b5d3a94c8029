"""Numerals in other bases: binary, octal, decimal, hexadecimal and any base from 2 to 16."""

import re
from dataclasses import dataclass
from re import Match
from typing import Final

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.limits import LITERAL_DIGITS, Unreadable
from tutor_app.verify.task import TopicTask
from tutor_app.verify.text import tidy, without_delimiters
from tutor_app.verify.verdicts import refuted_verdict

_NAMES: Final = {
    "binary": 2, "ternary": 3, "octal": 8, "decimal": 10, "denary": 10, "hexadecimal": 16,
    "hex": 16,
}  # fmt: skip
_WORDS: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16,
}  # fmt: skip
_DIGITS: Final = "0123456789ABCDEF"
_NAME: Final = "|".join(_NAMES)
_BASE_WORD: Final = rf"(?:{_NAME}|base[ -]?(?:\d+|{'|'.join(_WORDS)}))"
_NUMERAL: Final = r"(?:[0-9A-Fa-f]+(?: [0-9A-Fa-f]{4})*)"
_MARK: Final = rf"_ ?\{{? ?(?:\\text\{{)?(?P<mark>\d+|{'|'.join(_WORDS)})\}}? ?\}}?"
_SOURCE: Final = (
    rf"(?:the )?(?:(?P<kind>{_BASE_WORD}) (?:number|numeral|integer|value) )?(?:number |numeral )?"
    rf"\(?(?P<digits>0[xb])?(?P<numeral>{_NUMERAL})\)?(?:{_MARK})?"
    rf"(?:,? ?\(?(?:from|in|which is in|given in|written in) (?P<inner>{_BASE_WORD})"
    rf"(?: notation| form)?\)?)?"
)
_TARGET: Final = (
    rf"(?:to|into|in|as) (?:an? |its |the )?(?:equivalent )?(?P<target>{_BASE_WORD})"
    r"(?: (?:number|numeral|form|notation|representation|system|value|equivalent))?"
)
_END: Final = r" ?[.?:]*"
_PATTERNS: Final = tuple(
    re.compile(pattern + _END, re.IGNORECASE)
    for pattern in (
        rf"(?:please )?(?:convert|write|express|change|represent|rewrite|translate) {_SOURCE}"
        rf" {_TARGET}",
        rf"what is {_SOURCE} {_TARGET}",
        rf"(?:convert|change) (?:from )?(?P<from>{_BASE_WORD}) (?:to|into) "
        rf"(?P<target>{_BASE_WORD}) ?[:,-] ?\(?(?P<numeral>{_NUMERAL})\)?(?:{_MARK})?",
        rf"(?:what is|find|give|determine|calculate) the (?P<target>{_BASE_WORD})"
        rf" (?:value|representation|equivalent|form|expansion) of {_SOURCE}",
    )
)
_ANSWER: Final = re.compile(
    rf"(?:\(?(?P<repeat>[0-9A-Fa-f]+)\)?(?:_\{{?(?P<its>\d+)\}}?)? ?= ?)?"
    rf"\(?(?P<prefix>0[xb])?(?P<numeral>[0-9A-Fa-f]+(?:[ ,][0-9A-Fa-f]+)*)\)?"
    rf"(?: ?{_MARK}| ?\(?(?:in )?(?P<said>{_BASE_WORD})\)?)?",
    re.IGNORECASE,
)
_TEXT_COMMAND: Final = re.compile(r"\\(?:text|textrm|mathrm|mbox)\s*\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class BaseTask(TopicTask):
    """Write a whole number in another base.

    Attributes:
        value: the number.
        given: how it was written, with its base.
        source: the base it was written in.
        base: the base asked for.
    """

    value: int
    given: str
    source: int
    base: int
    kind = "numeral-base"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"write {self.given} in base {self.base}"

    def check(self, answer: str) -> Verdict:
        """Read the answer's digits in the base asked for."""
        text = tidy(_TEXT_COMMAND.sub(r" \1 ", without_delimiters(answer)))
        found = _ANSWER.fullmatch(" ".join(text.split()))
        if not found or len(text) > LITERAL_DIGITS:
            raise Unreadable("I expected one numeral")
        numeral = found["numeral"]
        if "," in numeral and not re.fullmatch(r"\d{1,3}(?:,\d{3})+", numeral):
            raise Unreadable("I expected one numeral")
        digits = re.sub(r"[ ,]", "", numeral).upper()
        said = {base for base in (_prefix_base(found), _mark_base(found)) if base}
        if said - {self.base}:
            raise Unreadable(f"base {self.base} was asked for")
        if found["repeat"]:
            source = int(found["its"] or self.source)
            if source != self.source or digits_value(found["repeat"].upper(), source) != self.value:
                raise Unreadable("the left side is not the number given")
        number = digits_value(digits, self.base)
        reading = f"{digits} in base {self.base}"
        text = f"{_expansion(digits, self.base)} = {number}"
        if number != self.value:
            text = f"{text}, but the number is {self.value} in base 10"
            return refuted_verdict(Method.EXACT_ARITHMETIC, text, reading)
        evidence = (Evidence(Method.EXACT_ARITHMETIC, text),)
        return Verdict(Status.VERIFIED, Method.EXACT_ARITHMETIC, evidence, reading=reading)


def digits_value(digits: str, base: int) -> int:
    """The number that upper-case digits mean in a base.

    Raises:
        Unreadable: a digit does not exist in the base.
    """
    value = 0
    for digit in digits:
        if _DIGITS.index(digit) >= base:
            raise Unreadable(f"{digit} is not a digit in base {base}")
        value = value * base + _DIGITS.index(digit)
    return value


def _expansion(digits: str, base: int) -> str:
    if len(digits) > 12:
        return f"{digits} in base {base}"
    powers = range(len(digits) - 1, -1, -1)
    return " + ".join(
        f"{_DIGITS.index(digit)}·{base**power}" for digit, power in zip(digits, powers, strict=True)
    )


def _base_of(text: str) -> int:
    text = text.lower()
    if text in _NAMES:
        return _NAMES[text]
    word = re.sub(r"^base[ -]?", "", text)
    base = _WORDS.get(word) or (int(word) if len(word) < 4 and word.isdigit() else 0)
    if not 2 <= base <= len(_DIGITS):
        raise Unreadable(f"I only know bases from 2 to {len(_DIGITS)}")
    return base


def _prefix_base(found: Match[str]) -> int:
    prefix = found["prefix"]
    return 0 if not prefix else 16 if prefix.lower() == "0x" else 2


def _mark_base(found: Match[str]) -> int:
    for name in ("mark", "said"):
        if found[name]:
            return _base_of(found[name])
    return 0


def read_numeral_base(text: str) -> TopicTask | None:
    """A conversion of one whole number, or None."""
    text = " ".join(_TEXT_COMMAND.sub(r" \1 ", text).replace("_ ", "_").split())
    for pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if not found:
            continue
        groups = found.groupdict()
        target = _base_of(groups["target"])
        stated = {
            _base_of(groups[name])
            for name in ("kind", "mark", "inner", "from") if groups.get(name)
        }  # fmt: skip
        if groups.get("digits"):
            stated.add(16 if groups["digits"].lower() == "0x" else 2)
        if len(stated) > 1 or (not stated and target == 10):
            return None
        base = stated.pop() if stated else 10
        digits = groups["numeral"].replace(" ", "").upper()
        if base == target or len(digits) > LITERAL_DIGITS:
            return None
        given = digits if base == 10 else f"{digits} (base {base})"
        return BaseTask(digits_value(digits, base), given, base, target)
    return None
