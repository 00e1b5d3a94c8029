r"""Reads an answer in words or with a unit: `There are 120 ways`, `\$68`, `25 cm^2`."""

import re
from dataclasses import dataclass
from typing import Final

from tutor_app.verify.answer import read_answer
from tutor_app.verify.limits import TEXT_CHARS, Unreadable
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Expr,
    Sym,
    contains_plus_minus,
    symbols,
)
from tutor_app.verify.text import tidy
from tutor_app.verify.topics.units_of_answers import NO_UNIT, Unit, without_unit

_VERB: Final = r"(?:is|are|equals|was|will be|would be|=|:)"
_LEAD: Final = re.compile(
    r"(?i)(?:(?:so|thus|hence|therefore|then|and)\b,?\s*)?(?:there\s+(?:are|is)|it\s+is|it's"
    r"|this\s+is|that\s+is|in)\s+(?:a\s+total\s+of\s+|exactly\s+)?(?=[-\d$£€\\({])"
)
_COUNT_TAIL: Final = re.compile(r"(?i)\s+(?:possible|different|distinct)(?=\s|$)|\s+in\s+total$")
_SELECTION: Final = (
    (re.compile(r"\{\}\s*\^?_?\{?(\d+)\}?\s*\\?(?:mathrm|text)?\{?([CP])\}?\s*_\{?(\d+)\}?"), ""),
    (re.compile(r"(?<![\w}])[_^]\{?(\d+)\}?\s*([CP])\s*_\{?(\d+)\}?"), ""),
    (re.compile(r"(?<![\w}])(\d+)\s*(?:\\,)?([CP])\s*_?\{?(\d+)\}?(?!\w)"), ""),
)
_FUNCTIONAL: Final = re.compile(r"(?<![\w}])(?:n)?([CP])\s*\(\s*(\d+)\s*,\s*(\d+)\s*\)")
_BETWEEN_FACTORIALS: Final = re.compile(r"!\s*(?=[\d(])")
_FREE_LETTERS: Final = frozenset({"x", "n", "y"})
"""Letters that may name any answer; others must be the initial of its name, as in `A = 5`."""
_OUT_OF: Final = re.compile(r"(\d+)\s+(?:in|out\s+of)\s+(\d+)")
_PERCENT_WORD: Final = re.compile(r"(?i)\s*(?:percent|per cent)$")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What kind of answer a problem wants.

    Attributes:
        unit: that its numbers imply.
        nouns: names of the quantity, as in "the sale price is …".
        is_count: `C(10,3)` and factorials are an answer.
        is_probability: `3 in 10` is an answer, and a number above 1 may miss its percent sign.
        is_percentage: only a number with a percent sign is an answer.
        directions: words such as `decrease` with the sign they give to the number.
    """

    unit: Unit = NO_UNIT
    nouns: tuple[str, ...] = ()
    is_count: bool = False
    is_probability: bool = False
    is_percentage: bool = False
    directions: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that was read.

    Attributes:
        value: the number.
        earlier: what stood before it in `10!/(3!7!) = 120`, None if nothing did.
        has_unit: the implied unit stood at the number.
    """

    value: Expr
    earlier: Expr | None
    has_unit: bool


def read_reply(text: str, wanted: Wanted) -> Reply:
    """An answer as one number.

    Raises:
        Unreadable: it is not one number with at most the unit that the problem implies.
    """
    if len(text) > TEXT_CHARS:
        raise Unreadable(f"the text is longer than {TEXT_CHARS} characters")
    text = _without_words(tidy(text), wanted)
    text = _with_direction(text, wanted)
    text, has_unit = without_unit(text, wanted.unit)
    text = _with_signs(text, wanted)
    statement = read_answer(text)
    earlier: Expr | None = None
    if isinstance(statement, Chain):
        statement, earlier = _last(statement, wanted)
    if not isinstance(statement, Expr) or contains_plus_minus(statement):
        raise Unreadable("this is not one number", is_ambiguous=True)
    if symbols(statement):
        raise Unreadable("it holds a letter or a unit that I did not expect")
    return Reply(statement, earlier, has_unit)


def _without_words(text: str, wanted: Wanted) -> str:
    text = _LEAD.sub("", text, count=1) if _LEAD.match(text) else text
    if wanted.nouns:
        names = "|".join(re.escape(noun) for noun in wanted.nouns)
        intro = re.compile(rf"(?i)(?:(?:so|thus|hence|therefore),?\s+)?(?:(?:the|its|his|her|their)"
                           rf"\s+)?(?:{names})\s*{_VERB}\s*")  # fmt: skip
        found = intro.match(text)
        text = text[found.end() :] if found else text
    if wanted.unit.spellings and wanted.is_count:
        text = _COUNT_TAIL.sub("", text)
    return text


def _with_direction(text: str, wanted: Wanted) -> str:
    """`4% decrease` as `-4%` where a change was asked for."""
    if not wanted.directions:
        return text
    signs = dict(wanted.directions)
    names = "|".join(signs)
    found = re.fullmatch(
        rf"(?i)(?:an?\s+)?(?:overall\s+|net\s+)?(?P<word>{names})\s+of\s+(?P<size>[\d.]+\s*\\?%)"
        rf"|(?:an?\s+)?(?P<size2>[\d.]+\s*\\?%)\s+(?P<word2>{names})",
        text,
    )
    if not found:
        return text
    sign = signs[(found["word"] or found["word2"]).lower()]
    return ("-" if sign < 0 else "") + (found["size"] or found["size2"])


def _with_signs(text: str, wanted: Wanted) -> str:
    if wanted.is_count or wanted.is_probability:
        text = _with_binomials(text)
        text = _BETWEEN_FACTORIALS.sub(r"! \\cdot ", text)
    if wanted.is_probability:
        found = _OUT_OF.fullmatch(text.strip())
        text = f"{found[1]}/{found[2]}" if found else text
    if wanted.is_probability or wanted.is_percentage:
        text = _PERCENT_WORD.sub("%", text)
    return text


def _with_binomials(text: str) -> str:
    """`C(10,3)`, `10C3` and `{}_{10}C_3` as formulas; `P` counts arrangements."""

    def formula(kind: str, upper: str, lower: str) -> str:
        if kind == "C":
            return rf"\binom{{{upper}}}{{{lower}}}"
        if int(lower[:5]) > int(upper[:5]):
            return "0"
        return rf"(({upper})!/({int(upper[:5]) - int(lower[:5])})!)"

    for pattern, _ in _SELECTION:
        text = pattern.sub(lambda found: formula(found[2], found[1], found[3]), text)
    return _FUNCTIONAL.sub(lambda found: formula(found[1], found[2], found[3]), text)


def _last(chain: Chain, wanted: Wanted) -> tuple[Expr, Expr | None]:
    first, last = chain.operands[0], chain.operands[-1]
    if set(chain.comparisons) != {Comparison.EQ} or len(chain.operands) != 2:
        raise Unreadable("this is not one number", is_ambiguous=True)
    assert last is not None
    if first is None:
        return last, None
    if isinstance(first, Sym) and first.name not in symbols(last):
        initials = {noun[0].lower() for noun in wanted.nouns} | _FREE_LETTERS
        if first.name.lower() not in initials:
            raise Unreadable(f"I do not know what {first.name} stands for")
        return last, None
    if symbols(first):
        raise Unreadable("the left side holds letters")
    return last, first
