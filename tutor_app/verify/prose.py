"""Arithmetic claims in plain prose, always the whole expression or nothing.

A claim whose expression goes on before or behind the cut is not judged: `… of 4/5 = 240` says
nothing about 4/5.
"""

import re
from collections.abc import Iterator
from typing import Final

ANNOTATION: Final = re.compile(r"<<([^<>]{1,200})>>")
_DASHES: Final = str.maketrans("–—−‐‑", "-----")
_RUN: Final = re.compile(
    r"[\d$(.=+*/×÷·^%-](?:[\d\s$().,=+*/×÷·^%-]|(?<=[\d)]\s)[xX](?=\s+\$?\d)"
    r"|(?<=[\d%]\s)of(?=\s+\$?\d))*"
)
_BULLET: Final = re.compile(r"^\s*(?:\d{1,2}[.)]|[*•])\s+")
_GROUPED: Final = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")
# "25% of 80 = 20" and "3/4 of 20 = 15"; "20% of 50 + 10" could mean two things.
_SHARE: Final = re.compile(r"(?:[\d.]+\s?%|\d+/\d+)\s+of\s+\$?[\d,.]+\s*=\s*\$?[\d,.]+")
_REMAINDER: Final = re.compile(
    r"(?<![\w.,+*/×÷·^=(%-])(?P<claim>\d+\s*[/÷]\s*\d+\s*=\s*\d+\s*,?\s*"
    r"(?:with\s+)?(?:a\s+)?(?:r|R|rem\.?|remainder)\s*(?:of\s+|is\s+)?\d+)(?![\w%]|[.,]\d|\s*[+*/×÷^=-])"
)
_CALCULATES: Final = re.compile(r"[+*/×÷·^%xX-]|\bof\b")
# "pages 12-15 = 4" counts from one number to the other.
_SPAN_OF_NUMBERS: Final = re.compile(r"(?P<low>\d+)\s*-\s*(?P<high>\d+)\s*=\s*(?P<count>\d+)")
# "13 / 6 = 2 full turns" leaves the rest out; "3/ 1/4" divides by a quarter.
_QUOTIENT: Final = re.compile(r"(?P<top>\d+)\s*[/÷]\s*(?P<bottom>\d+)\s*=\s*(?P<shown>\d+)")
_SPACED_SLASHES: Final = re.compile(r"/\s*\d+\s+/|\d\s+/\s*\d+\s*/|/\s+\d+\s*/")
# "Remaining 10 = 60/2 = 30" names ten of something.
_NAMED_NUMBER: Final = re.compile(r"[\d,.]+\s*=.*=.*")
_OPERATOR_END: Final = re.compile(r"[-+*/=×÷·^(]$")
_OPERATOR_START: Final = re.compile(r"^[+*/=×÷·^)%-]")
# A word before the expression that takes its first number away from it.
_WORDS_BEFORE: Final = (
    r"(?:of|x|times|plus|minus|by|than|over|per|steps?|days?|parts?|cases?|lines?|weeks?|months?"
    r"|years?|questions?|problems?|numbers?|nos?|items?|rooms?|pages?|chapters?|exercises?|grades?"
    r"|half|twice|double|triple|and|to|from|between|until|quarter|thirds?|no|mod|modulo|off|add"
    r"|subtract|multiply|divide|take|version|january|february|march|april|may|june|july|august"
    r"|september|october|november|december)"
)
_CUT_BEFORE: Final = re.compile(
    rf"(?i)(?:\b{_WORDS_BEFORE}\s*|(?<![A-Za-z])[b-hj-zB-HJ-Z]\s*|[^\s(\[\"'“‘,;:.!?A-Za-z]\s*"
    r"|[A-Za-z,;:.!?])$"
)
# "25 + her original 98 = 123": an operator before waits for this number.
_OPEN_OPERATOR: Final = re.compile(r"[-+*/×÷·=]\s*[A-Za-z][A-Za-z' ]*$")
# Glued punctuation or letters cut ("a:3"), spaced ones do not ("so: 3").
_SPACED_END: Final = re.compile(r"[A-Za-z,;:.!?)]\s+$")
_CUT_AFTER: Final = re.compile(
    r"(?i)^(?:[^\s.,;:)\]\"'”’]|['’]\w"
    r"|\s*(?:x\b|of\b|times\b|plus\b|minus\b|percent|per cent|hundred|thousand|million|billion"
    r"|dozen|squared|cubed|in (?:base|binary|octal|hex\w*|mod\w*|clock)|\(?mod\b|modulo|base"
    r"|o['’]clock|[ap]\.?m\b|cents?\b|pence\b|remainder|rem\b|r\s*\d|[<>≤≥≈+*/×÷·^?=%&]|-\s*\d|and\s+\$?\(?\d))"
)


def annotations(text: str) -> tuple[str, ...]:
    """The contents of calculator annotations `<<48/2=24>>`."""
    return tuple(found.group(1).strip() for found in ANNOTATION.finditer(text))


def prose_claims(text: str) -> Iterator[str]:
    """The arithmetic statements with an equals sign, in order, each as one text."""
    text = _BULLET.sub("", ANNOTATION.sub("", text.translate(_DASHES)))
    for remainder in _REMAINDER.finditer(text):
        if not _is_taken(text[: remainder.start()]):
            yield remainder["claim"]
    for run in _RUN.finditer(text):
        claim = re.sub(r"[.,\s]+$", "", run.group())
        start = run.start()
        if ", " in claim:
            # "In 2020, 30 + 40 = 70": what stands before the comma is another phrase.
            cut = claim.rindex(", ") + 2
            start, claim = start + cut, claim[cut:]
        if "=" not in claim or _is_cut(text, start, claim):
            continue
        if _CALCULATES.search(claim) and not (_counts_a_span(claim) or _drops_a_rest(claim)):
            # The parser takes "of" after a fraction only in brackets.
            claim = re.sub(r"^(\d+/\d+)(?= of )", r"(\1)", claim)
            yield re.sub(r"\$\s*(?=[\d.])", "", claim)


def _counts_a_span(claim: str) -> bool:
    found = _SPAN_OF_NUMBERS.fullmatch(claim)
    if found is None:
        return False
    low, high, count = (int(found[name][:9]) for name in ("low", "high", "count"))
    return low < high and count in {high - low, high - low + 1}


def _drops_a_rest(claim: str) -> bool:
    """Whether a quotient may be shown as the whole number below or above it."""
    found = _QUOTIENT.fullmatch(claim)
    if found is None:
        return False
    top, bottom, shown = (int(found[name][:9]) for name in ("top", "bottom", "shown"))
    return bottom > 0 and top % bottom != 0 and shown in {top // bottom, top // bottom + 1}


def _is_cut(text: str, start: int, claim: str) -> bool:
    before, after = text[:start], text[start + len(claim) :]
    if _OPERATOR_START.search(claim) or _OPERATOR_END.search(claim):
        return True
    if " of " in claim and not _SHARE.fullmatch(claim):
        return True
    if _SPACED_SLASHES.search(claim):
        return True
    if _NAMED_NUMBER.fullmatch(claim) and re.search(r"[A-Za-z]\s*$", before):
        return True
    if re.search(r"(?<![\d,.])\d{1,3},\s*$", before) and re.match(r"\d{3}(?!\d)", claim):
        return True  # "14, 400" is one number
    if "," in _GROUPED.sub("", claim):
        return True  # a decimal comma or a list
    if _OPEN_OPERATOR.search(before):
        return True
    if _is_taken(before):
        return True
    return bool(_CUT_AFTER.search(re.sub(r"^[.,]+(?=\s|$)", "", after)))


def _is_taken(before: str) -> bool:
    """Whether what stands before an expression takes its first number away from it."""
    if re.search(r"\d['′’\"″]$", before):
        return True
    return bool(_CUT_BEFORE.search(before)) and not _is_plain_word_before(before)


def _is_plain_word_before(before: str) -> bool:
    """Whether a space parts the expression from an ordinary word or a full stop."""
    if not _SPACED_END.search(before):
        return False
    word = re.search(r"([A-Za-z]+)\s+$", before)
    if word is None:
        return True
    is_taker = re.fullmatch(_WORDS_BEFORE, word.group(1), re.IGNORECASE) is not None
    is_letter = len(word.group(1)) == 1 and word.group(1) not in {"a", "I"}
    return not (is_taker or is_letter)
