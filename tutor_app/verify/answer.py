"""Answer text to a statement, words included: `no real solutions`, `12 remainder 3`."""

import re
from typing import Final

from tutor_app.verify.limits import TEXT_CHARS, Unreadable
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Phrase,
    Reals,
    Remainder,
    SetLit,
    Statement,
    Union,
    Words,
)
from tutor_app.verify.text import tidy, without_delimiters

_TEXT_COMMAND: Final = re.compile(r"\\(?:text|textrm|textbf|textit|mathrm|mbox)\s*\{([^{}]*)\}")
_SPACING: Final = re.compile(r"\\[,;:! ]|\\q?quad(?![A-Za-z])|~|\s+")
_PHRASES: Final = (
    (
        re.compile(
            r"(?:(?:there (?:is|are)|(?:the|this) equation has|it has|has) )?"
            r"(?:no (?:real )?(?:solutions?|roots?)(?: (?:exists?|in the reals|over the reals))?"
            r"|no real (?:number )?x|none|(?:the )?empty set|no real (?:values|numbers))"
        ),
        Phrase.NO_SOLUTION,
    ),
    (
        re.compile(
            r"(?:(?:all|any|every) (?:real )?(?:numbers?|values?|x)(?: of x)?"
            r"|all reals?|all real x|any real x|true for all (?:real )?x)"
        ),
        Phrase.ALL_REALS,
    ),
    (re.compile(r"infinitely many(?: solutions)?"), Phrase.INFINITELY_MANY),
    (re.compile(r"(?:it |the limit )?(?:does not exist|dne)"), Phrase.DOES_NOT_EXIST),
    (re.compile(r"(?:it |the (?:integral|series) )?(?:diverges|is divergent)"), Phrase.DIVERGES),
    (re.compile(r"true"), Phrase.TRUE),
    (re.compile(r"false"), Phrase.FALSE),
)
_EXCEPT: Final = re.compile(
    r"(?:all|any|every) real (?:numbers? |values? )?(?:x )?(?:of x )?"
    r"(?:(?:except|other than) (?:for )?(?:x ?= ?)?(?P<value>.+)|(?P<relation>x ?(?:\\neq?|!=|≠).+)"
    r"|(?:with|where) (?P<with>x ?(?:\\neq?|!=|≠).+)|(?P<bare>(?:\\neq?|!=|≠).+))"
)
_REMAINDER: Final = re.compile(
    r"(?i)(?:quotient\s*(?:is|=|:|of)?\s*)?(?P<quotient>-?\d+)\s*(?:,|;|\band\b|\bwith\b)?\s*"
    r"(?:a\s+|the\s+)?(?:remainder|rem\.?|r\.?)\s*(?:is|=|:|of)?\s*(?P<remainder>\d+)"
)
_NAMED_REMAINDER: Final = re.compile(
    r"q\s*=\s*(?P<quotient>-?\d+)\s*(?:,|;|and)\s*r\s*=\s*(?P<remainder>\d+)"
)


def _plain_words(text: str) -> str:
    return " ".join(_SPACING.sub(" ", _TEXT_COMMAND.sub(r" \1 ", text)).split())


def read_phrase(text: str) -> Statement | None:
    """An answer in words, or None if the text is not one."""
    words = _plain_words(text).rstrip(".").lower()
    for pattern, phrase in _PHRASES:
        if pattern.fullmatch(words):
            return Words(phrase)
    excepted = _EXCEPT.fullmatch(words)
    if excepted:
        return _reals_except(excepted)
    return None


def _reals_except(found: "re.Match[str]") -> Statement | None:
    value = found["value"]
    if value is None:
        relation = parse_statement(found["relation"] or found["with"] or f"x {found['bare']}")
        is_unequal = isinstance(relation, Chain) and relation.comparisons == (Comparison.NE,)
        if not is_unequal:
            return None
        assert isinstance(relation, Chain)
        excluded = relation.operands[1]
        assert excluded is not None
        return Union((Reals(), SetLit((excluded,))), is_difference=True)
    return Union((Reals(), SetLit((parse_expression(value),))), is_difference=True)


def _read_remainder(text: str) -> Remainder | None:
    words = _plain_words(text)
    found = _REMAINDER.fullmatch(words) or _NAMED_REMAINDER.fullmatch(words)
    if not found:
        return None
    quotient = parse_expression(found["quotient"])
    return Remainder(quotient, parse_expression(found["remainder"]))


def read_answer(text: str) -> Statement:
    """An answer as a statement; `text` holds nothing but the answer.

    Raises:
        Unreadable: it is not one answer that can be read in one way.
    """
    if len(text) > TEXT_CHARS:
        raise Unreadable(f"the text is longer than {TEXT_CHARS} characters")
    text = tidy(without_delimiters(text))
    phrase = read_phrase(text)
    if phrase is not None:
        return phrase
    remainder = _read_remainder(text)
    if remainder is not None:
        return remainder
    joined = re.sub(r"\\(?:text|textrm|mbox)\s*\{\s*(or|and|,)\s*\}", r" \1 ", text)
    return parse_statement(joined)
