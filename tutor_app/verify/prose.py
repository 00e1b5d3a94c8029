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
    r"[\d$(.=+*/×÷·^%-](?:[\d\s$().,=+*/×÷·^%-]|(?<=[\d)]\s)[xX](?=\s+\$?\d))*"
)
_BULLET: Final = re.compile(r"^\s*(?:\d{1,2}[.)]|[*•])\s+")
_GROUPED: Final = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")
_OPERATOR_END: Final = re.compile(r"[-+*/=×÷·^(]$")
_OPERATOR_START: Final = re.compile(r"^[+*/=×÷·^)%-]")
# A word before the expression that takes its first number away from it.
_WORDS_BEFORE: Final = (
    r"(?:of|x|times|plus|minus|by|than|over|per|steps?|days?|parts?|cases?|lines?|weeks?|months?"
    r"|years?|questions?|problems?|numbers?|nos?|items?|rooms?|pages?|chapters?|exercises?|grades?"
    r"|half|twice|double|triple|and|to|from|between|until|quarter|thirds?|no)"
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
    r"(?i)^(?:[^\s.,;:!)\]\"'”’]"
    r"|\s*(?:x\b|of\b|times\b|plus\b|minus\b|percent|per cent|hundred|thousand|million|billion"
    r"|dozen|squared|cubed|remainder|rem\b|r\s*\d|[<>≤≥≈+*/×÷·^?=%&]|-\s*\d|and\s+\$?\(?\d))"
)


def annotations(text: str) -> tuple[str, ...]:
    """The contents of calculator annotations `<<48/2=24>>`."""
    return tuple(found.group(1).strip() for found in ANNOTATION.finditer(text))


def prose_claims(text: str) -> Iterator[str]:
    """The arithmetic statements with an equals sign, in order, each as one text."""
    text = _BULLET.sub("", ANNOTATION.sub("", text.translate(_DASHES)))
    for run in _RUN.finditer(text):
        claim = re.sub(r"[.,\s]+$", "", run.group())
        start = run.start()
        if ", " in claim:
            # "In 2020, 30 + 40 = 70": what stands before the comma is another phrase.
            cut = claim.rindex(", ") + 2
            start, claim = start + cut, claim[cut:]
        if "=" in claim and not _is_cut(text, start, claim):
            yield re.sub(r"\$\s*(?=[\d.])", "", claim)


def _is_cut(text: str, start: int, claim: str) -> bool:
    before, after = text[:start], text[start + len(claim) :]
    if _OPERATOR_START.search(claim) or _OPERATOR_END.search(claim):
        return True
    if "," in _GROUPED.sub("", claim):
        return True  # a decimal comma or a list
    if _OPEN_OPERATOR.search(before):
        return True
    if _CUT_BEFORE.search(before) and not _is_plain_word_before(before):
        return True
    return bool(_CUT_AFTER.search(re.sub(r"^[.,]+(?=\s|$)", "", after)))


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
