"""Wordings as templates that must match a whole problem, word by word.

A template is written like the sentence: `[a|one] [fair] coin is (tossed|flipped) {n:times}.`
Square brackets may be missing, round ones choose, braces are numbers or names, a full stop is the
border of two sentences. A comma may stand before any word. Each word may be a small regular
expression: `balls?`.
"""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from re import Match, Pattern
from typing import Final

from tutor_app.verify.limits import LITERAL_DIGITS, Unreadable
from tutor_app.verify.topics.geometry_words import FIGURES, QUANTITIES

_SMALL: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
_TENS: Final = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred")
NUMBER_WORDS: Final = {word: value for value, word in enumerate(_SMALL)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=3)
}
_WORD_NUMBER: Final = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_WHOLE: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{_WORD_NUMBER})(?! /)"
_NUMBER: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d*\.?\d+|{_WORD_NUMBER})"
_PERCENT: Final = r" (?:%|percent|per cent)"
_LENGTH_UNIT: Final = (
    r"(?:mm|cm|dm|km|m|in|ft|yd|(?:milli|centi|deci|kilo)?met(?:er|re)s?|inch(?:es)?|feet|foot"
    r"|yards?|miles?|units?)(?= |$)"
)
_MONEY: Final = (
    rf"(?:[$£€] {_NUMBER}|(?:rs\.?|₹) {_NUMBER}|{_NUMBER} (?:dollars?|pounds?|euros?|rupees))"
)


def _any(names: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(names, key=len, reverse=True)) + ")"


_TRAVELLED: Final = (
    r"(?:km|m|mi|(?:kilo)?met(?:er|re)s?|miles?|ft|feet|foot|yards?|cm|centimet(?:er|re)s?)"
)
SLOTS: Final = {
    "whole": _WHOLE,
    "number": rf"{_NUMBER}(?! /)",
    "times": rf"(?:{_WHOLE} times?|once|twice|thrice)",
    "share": rf"(?:{_NUMBER}{_PERCENT}|\d+ / \d+|{_NUMBER})(?! /)",
    "percent": rf"{_NUMBER}{_PERCENT}",
    "length": rf"{_NUMBER}(?! /)(?: {_LENGTH_UNIT})?",
    "money": _MONEY,
    "degrees": rf"{_NUMBER} (?:°|degrees?)",
    "bound": (
        r"(?:exactly|precisely|only|at least|at most|(?:no |not )?more than|(?:no )?fewer than"
        r"|(?:no )?less than)"
    ),
    "colour": (
        r"(?:red|blue|green|yellow|white|black|orange|purple|pink|brown|gr[ae]y|silver|gold|violet)"
    ),
    "drawing": (
        r"(?:with(?:out)? (?:replacement|replacing (?:it|them|the first))"
        r"|without (?:putting|being put) (?:it|them)? ?back|one after (?:the other|another)"
        r" with(?:out)? replacement|simultaneously|together|at the same time|at once)"
    ),
    "putback": (
        r"(?:replaced|put back|returned|returned to the bag|not replaced|not put back|not returned)"
    ),
    "polygon": (
        r"(?:(?:equilateral )?triangle|quadrilateral|square|pentagon|hexagon|heptagon|septagon"
        r"|octagon|nonagon|decagon|hendecagon|dodecagon|icosagon)"
    ),
    "numbers": (
        r"(?:(?:\\ )?\{ )?(?:- )?(?:\d|\.\d)[\d.,]*"
        r"(?:(?: [,;])?(?: and)?(?: -)? (?:\d|\.\d)[\d.,]*)+(?:(?: \\)? \})?"
    ),
    "ofwhat": r".+? of (?:a|an|the) .+? (?:is|are|measures?) .+?",
    "figure": _any(FIGURES),
    "quantity": _any(QUANTITIES),
    # One to three words of which none could add another thing or condition.
    "item": (
        r"(?:(?!(?:and|or|with|each|per|but|that|which|not|if|two|three|four|five|six|ten|was"
        r"|is|has|of|for|in|at|to|when|dozen|pairs?|set|sets|every|half|both)(?= |$))[a-z]+)"
        r"(?: (?!(?:and|or|with|each|per|but|that|which|not|if|two|three|four|was|is|has|of|for|in"
        r"|at|to|when|every|both)(?= |$))[a-z]+){0,2}?"
    ),
    "distance": rf"{_NUMBER} {_TRAVELLED}",
    "duration": rf"{_NUMBER} (?:hours?|hrs?|h|minutes?|mins?|min|seconds?|secs?|s)",
    "speed": (
        rf"{_NUMBER} (?:mph|kph|kmh|{_TRAVELLED} (?:/|per|an|a)"
        r" (?:h|hour|hr|s|sec|second|min|minute))"
    ),
    "often": (
        r"(?:annually|yearly|every year|once a year|semi ?annually|half yearly|twice a year"
        r"|quarterly|monthly)"
    ),
    "parity": r"(?:even|odd)",
    "place": (
        r"(?:largest|greatest|biggest|larger|greater|bigger|last|smallest|least|smaller|first|middle"
        r"|median|second)"
    ),
    "multiple": r"(?:twice|double|thrice|triple)",
    "coinside": r"(?:heads?|tails?)",
    "word": r"[a-z]+",
    "words": r"[a-z]+(?: [a-z]+)*?",
    "rest": r".+?",
}
"""What a brace may hold: `{n}` is a whole number, `{p:share}` one of the others."""

_LATEX: Final = (
    (re.compile(r"\\(?:text|textrm|textbf|textit|mathrm|mathbf|mbox)\s*\{([^{}]*)\}"), r" \1 "),
    (re.compile(r"\\[dt]?frac\s*\{(\d+)\}\s*\{(\d+)\}"), r" \1/\2 "),
    (re.compile(r"\{,\}"), ","),
    (re.compile(r"\\([%$])"), r"\1"),
    (re.compile(r"\\[,;:! ]|\\q?quad(?![A-Za-z])|~"), " "),
    (re.compile(r"\^\s*(?:\\circ|\{\s*\\circ\s*\})(?![A-Za-z])"), "°"),
    (re.compile(r"\\(?:cap|land)(?![A-Za-z])|∩"), " and "),
    (re.compile(r"\\(?:cup|lor)(?![A-Za-z])|∪"), " or "),
    (re.compile(r"\\mid(?![A-Za-z])"), "|"),
    (re.compile(r"\\times(?![A-Za-z])|×"), " x "),
    (re.compile(r"\\pi(?![A-Za-z])|π"), " pi "),
    (re.compile(r"[“”\"*`]|''"), ""),
    (re.compile(r"’"), "'"),
    (re.compile(r"(?i)\bwhat's\b"), "what is"),
    (re.compile(r"(?<=[A-Za-z0-9])[-‐‑](?=[A-Za-z])|(?<=[A-Za-z])[-‐‑](?=[0-9])"), " "),
)
_TOKEN: Final = re.compile(
    r"\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+\.\d+|\.\d+|\d+|[a-z]+(?:'[a-z]+)?|\S"
)
_TEMPLATE_TOKEN: Final = re.compile(r"\{\w+(?::\w+)?\}|[\[\]()|.]|[^\s\[\]()|{}.]+")
_BREAK: Final = r"(?: [.;:,](?: and| then)?| and(?: then)?)"
_END: Final = r"(?: [.?!:])*"


_LONGEST_CHARS: Final = 800


def normal(text: str) -> str:
    """A text as lower-case tokens, each with a space before it.

    Raises:
        Unreadable: it is longer than any wording, which would take long to find out.
    """
    if len(text) > _LONGEST_CHARS:
        raise Unreadable("the problem is too long")
    for pattern, replacement in _LATEX:
        text = pattern.sub(replacement, text)
    return "".join(f" {token}" for token in _TOKEN.findall(text.lower()))


@cache
def _pattern(template: str) -> Pattern[str]:
    return re.compile(_source(template) + _END)


def _source(template: str) -> str:
    parts: list[str] = []
    for token in _TEMPLATE_TOKEN.findall(template):
        match token:
            case "[":
                parts.append("(?:")
            case "]":
                parts.append(")?")
            case "(":
                parts.append("(?:")
            case ")" | "|":
                parts.append(token)
            case ".":
                parts.append(_BREAK)
            case _ if token.startswith("{"):
                name, _, kind = token[1:-1].partition(":")
                parts.append(rf"(?: ,)? (?P<{name}>{SLOTS[kind or 'whole']})")
            case _:
                parts.append(rf"(?: ,)? {token}")
    return "".join(parts)


def readings(templates: Iterable[str], text: str) -> Iterator[Match[str]]:
    """The matches of the templates that account for every word of a normal text."""
    for template in templates:
        found = _pattern(template).fullmatch(text)
        if found:
            yield found


def first_reading(templates: Iterable[str], text: str) -> Match[str] | None:
    """The first template's match, or None."""
    return next(readings(templates, text), None)


# -- what stands in the braces ------------------------------------------------------------


def number(text: str) -> Fraction:
    """A number in digits or words.

    Raises:
        Unreadable: it has too many digits.
    """
    text = text.strip()
    if text in NUMBER_WORDS:
        return Fraction(NUMBER_WORDS[text])
    if len(text) > LITERAL_DIGITS:
        raise Unreadable(f"a number has more than {LITERAL_DIGITS} digits")
    return Fraction(text.replace(",", ""))


def whole(text: str) -> int:
    """A whole number in digits or words.

    Raises:
        Unreadable: it is not whole.
    """
    value = number(text)
    if value.denominator != 1:
        raise Unreadable("a whole number was expected")
    return int(value)


def times(text: str) -> int:
    """How often: `once`, `twice`, `5 times`."""
    counts = {"once": 1, "twice": 2, "thrice": 3}
    return counts[text] if text in counts else whole(text.split()[0])


def share(text: str) -> Fraction:
    """A fraction, decimal or percentage.

    Raises:
        Unreadable: the denominator is zero.
    """
    top, slash, bottom = text.partition(" / ")
    if slash:
        if whole(bottom) == 0:
            raise Unreadable("division by zero")
        return Fraction(whole(top), whole(bottom))
    value = re.fullmatch(rf"(?P<number>.+?){_PERCENT}", text)
    return number(value["number"]) / 100 if value else number(text)


def probability(text: str) -> Fraction:
    """A probability.

    Raises:
        Unreadable: it is not between 0 and 1.
    """
    value = share(text)
    if not 0 <= value <= 1:
        raise Unreadable("a probability lies between 0 and 1")
    return value


def money(text: str) -> tuple[Fraction, str]:
    """A sum of money and the sign of its currency."""
    names = {"dollar": "$", "pound": "£", "euro": "€", "rupee": "₹", "rs": "₹", "rs.": "₹"}
    first, _, second = text.strip().partition(" ")
    if first in "$£€₹" or first in names:
        return number(second), names.get(first, first)
    return number(first), names[second.removesuffix("s")]
