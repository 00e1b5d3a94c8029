"""Finds the mathematics in a text: boxes, formula spans, the answer a text ends with."""

import re
from dataclasses import dataclass
from typing import Final

from tutor_app.verify.limits import Unreadable

_BOX: Final = re.compile(r"\\(?:boxed|fbox)\s*\{")
_SPAN: Final = re.compile(
    r"\\\((?P<round>.+?)\\\)|\\\[(?P<square>.+?)\\\]|\$\$(?P<double>.+?)\$\$"
    # Pandoc's rule keeps money apart: "$40 - $2" holds no formula.
    r"|(?<![\\$])\$(?=\S)(?P<single>(?:\\.|[^$\\])+?)(?<=\S)\$(?!\d)",
    re.DOTALL,
)
# "$ x $" is a formula where nothing else is there that could make it money.
_ALONE: Final = re.compile(r"\$((?:\\.|[^$\\])+)\$", re.DOTALL)
_ANSWER_INTRO: Final = re.compile(
    r"(?i)^(?:(?:so|thus|hence|therefore|finally)\b,?\s*)?(?:the\s+|my\s+|your\s+)?(?:final\s+)?"
    r"(?:answers?|solutions?|results?|roots?)\s*(?:is|are|:|=)\s*:?\s*"
)

_ANSWER_LINE: Final = re.compile(
    r"(?im)^(?:[*_#>-]|[^\S\n])*+(?:(?:so|thus|hence|therefore),?\s+)?(?:the\s+)?(?:final\s+)?answer"
    r"\s*\**\s*(?::|=)\s*\**\s*(?P<answer>\S.*?)\s*$|^####\s*(?P<mark>\S.*?)\s*$"
)
_ANSWER_SENTENCE: Final = re.compile(
    r"(?i)(?:(?:so|thus|hence|therefore|finally),?\s+)?the\s+(?:final\s+)?answer\s+is\s*:?\s+"
    r"(?P<answer>\S.*?)"
)
# A full stop inside a number or a formula ends no sentence.
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n+")
_LAST_DISPLAY: Final = re.compile(
    r"(?s)(?:\\\[(?P<square>(?:(?!\\\[).)+?)\\\]|\$\$(?P<double>(?:(?!\$\$).)+?)\$\$)[\s.,;]*$"
)
_UNSURE: Final = re.compile(
    r"(?i)\b(?:not|isn['’]t|never|no longer|wrong|incorrect|false|if|unless|suppose|assume|maybe"
    r"|perhaps|instead|mistake|would|might|could|guess|cannot|can['’]t|or|check|try)\b|\?"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: prose, or the inside of a formula."""

    text: str
    is_math: bool


def boxes(text: str) -> tuple[str, ...]:
    """The contents of all closed boxes, in order."""
    found: list[str] = []
    at = 0
    while True:
        start = _BOX.search(text, at)
        if not start:
            return tuple(found)
        end = _closing_brace(text, start.end())
        if end is None:
            return tuple(found)
        found.append(text[start.end() : end].strip())
        at = end


def _closing_brace(text: str, at: int) -> int | None:
    depth = 1
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return at
        at += 1
    return None


def without_boxes(text: str) -> str:
    """The text with every box taken out, contents and all."""
    kept: list[str] = []
    at = 0
    for start in _BOX.finditer(text):
        if start.start() < at:
            continue
        end = _closing_brace(text, start.end())
        if end is None:
            break
        kept.append(text[at : start.start()])
        at = end + 1
    kept.append(text[at:])
    return "".join(kept)


def spans(text: str) -> tuple[Span, ...]:
    """The text cut into prose and formulas, delimiters removed."""
    found: list[Span] = []
    at = 0
    for span in _SPAN.finditer(text):
        if span.start() > at:
            found.append(Span(text[at : span.start()], is_math=False))
        inside = next(part for part in span.groups() if part is not None)
        found.append(Span(inside.strip(), is_math=True))
        at = span.end()
    if at < len(text):
        found.append(Span(text[at:], is_math=False))
    return tuple(found)


def without_delimiters(text: str) -> str:
    """The text with formula delimiters removed, formulas kept."""
    alone = _ALONE.fullmatch(text.strip())
    if alone:
        return alone.group(1).strip()
    return "".join(f" {span.text} " if span.is_math else span.text for span in spans(text)).strip()


def tidy(text: str) -> str:
    """White space collapsed and final punctuation removed."""
    text = " ".join(text.split())
    text = re.sub(r"(?<!\\)(?:\\\s)*[.,;:!]+$", "", text) if not text.endswith("!") else text
    return text.strip()


def final_answer(text: str) -> str:
    """The answer a text gives: its box, or the whole text if it is nothing but an answer.

    Raises:
        Unreadable: an empty box, or two different ones.
    """
    found = boxes(text)
    if found:
        if len({re.sub(r"\s", "", box) for box in found}) > 1:
            raise Unreadable("there are two different boxes", is_ambiguous=True)
        if not found[-1]:
            raise Unreadable("the box is empty")
        return tidy(without_delimiters(found[-1]))
    if _BOX.search(text):
        raise Unreadable("the box is not closed")
    stated = _stated_answer(text)
    plain = _ANSWER_INTRO.sub("", " ".join((stated or text).split()))
    answer = tidy(without_delimiters(plain))
    if not answer:
        raise Unreadable("there is no answer")
    return answer


def _stated_answer(text: str) -> str | None:
    """What a longer text names as its answer; None where it is one line, or names none.

    The last number of a text is never taken: it may be anything.

    Raises:
        Unreadable: two different answers are named.
    """
    lines = [found["answer"] or found["mark"] for found in _ANSWER_LINE.finditer(text)]
    if lines:
        named = {tidy(without_delimiters(line.replace("**", ""))) for line in lines}
        if len(named) > 1:
            raise Unreadable("there are two different answers", is_ambiguous=True)
        # What follows an answer may take it back.
        is_last = _ANSWER_LINE.match(text.strip().splitlines()[-1]) is not None
        return named.pop() if is_last else None
    sentences = [part for part in _SENTENCE_END.split(text.strip()) if part.strip()]
    if len(sentences) < 2:
        return None
    last = _ANSWER_SENTENCE.fullmatch(sentences[-1].strip().rstrip("."))
    earlier = [_ANSWER_SENTENCE.match(sentence.strip()) for sentence in sentences[:-1]]
    if last and not any(earlier):
        return last["answer"]
    display = _LAST_DISPLAY.search(text)
    if display is None or any(earlier):
        return None
    before = _SENTENCE_END.split(text[: display.start()].strip())[-1]
    return None if _UNSURE.search(before) else display["square"] or display["double"]
