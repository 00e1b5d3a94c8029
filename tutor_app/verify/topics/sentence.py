"""Sentences around formulas as templates: every word is known, every formula parsed strictly.

A template is written like the sentence: `[find|what is] the slope of <curve> at <place>.` Square
brackets may be missing, round ones choose, angle brackets are formulas, a full stop is the border
of two sentences, a comma must be there (elsewhere it may). Words match in any case; formulas keep
theirs. Here the formulas are found as text; whoever reads them must parse them, so that a word
left inside one is refused there.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from re import Match, Pattern
from typing import Final

from tutor_app.verify import wording

TEXT_CHARS: Final = 500
"""Longer statements are word problems, and would make the patterns slow."""

FIND: Final = (
    "[please|can you|could you] (find|determine|calculate|compute|evaluate|work out|give|state"
    "|write down|write|what is|what are|obtain|show|list|identify)"
)
_HYPHEN: Final = re.compile(
    r"(?i)(?<=[a-z])-(?=(?:degree|order|coordinates?|values?|axis|separable)\b)"
)
_TOKEN: Final = re.compile(r"<\w+>|[\[\]()|.,]|[^\s\[\]()|<>.,]+")
# No formula holds these words, so that "at the point (1,2)" is cut in one way only; where a sign
# or an end follows, "at" is a product as in v = u + at.
_WORD: Final = (
    r"(?i:the|of|at(?!\s*(?:[-+*/=^)}.?]|$|for\b))|to|for|is|are|on|by|in|with|where|when|which|that|has|have|if|find|solve|given|then"
    r"|point|points|curve|graph|line|from|through|between|what|how|its|function|equation|each)"
    r"(?![A-Za-z])"
)
_FORMULA: Final = rf"(?!{_WORD})\S(?:(?!(?<![A-Za-z\\]){_WORD}).)*?"
_BORDER: Final = r"(?:\s*[.;:,]+(?:(?i:\s+then|\s+and))?|(?i:\s+and|\s+then))?"
_END: Final = r"\s*[.?:]*\s*"
_EXACTNESS: Final = re.compile(
    r"(?i)(?<![\s.,;:])[\s.,;:]*+(?:(?:please\s+)?(?:give|leave|write|express|state)\s+)?(?:your|the|all)?\s*"
    r"(?:final\s+)?(?:answers?|solutions?|results?|value)?\s*(?:in\s+(?:exact|simplified)\s+form"
    r"|in\s+terms\s+of\s+(?:\\?pi|π)|as\s+(?:an\s+)?exact\s+(?:values?|fractions?|numbers?|answers?)"
    r"|exactly)\s*[.]?$"
    r"|(?<![\s.,;:])[\s.,;:]++(?:give|leave|write)\s+(?:all\s+)?exact\s+(?:answers?|values?|solutions?)"
    r"\s*[.]?$"
)


def plain(text: str) -> str:
    """A statement without what it says about the working, and about exact results."""
    changed = True
    while changed:
        changed = False
        for pattern in (*wording.NOISE, _EXACTNESS):
            shorter = pattern.sub("", text)
            changed |= shorter != text
            text = shorter
    return " " + _HYPHEN.sub(" ", text).strip()


@cache
def _pattern(template: str) -> Pattern[str]:
    parts: list[str] = []
    names: Counter[str] = Counter()
    for token in _TOKEN.findall(template):
        match token:
            case "[" | "(":
                parts.append("(?:")
            case "]":
                parts.append(")?")
            case ")" | "|":
                parts.append(token)
            case ".":
                parts.append(_BORDER)
            case ",":
                parts.append(r"\s*[,;:]")
            case _ if token.startswith("<"):
                name = token[1:-1]
                names[name] += 1
                parts.append(rf"[,:]?\s+(?P<{name}_{names[name]}>{_FORMULA})")
            case _:
                parts.append(rf"[,;:]?\s+(?i:{token})(?![A-Za-z])")
    return re.compile("".join(parts) + _END, re.DOTALL)


def readings(templates: Iterable[str], text: str) -> Iterator[Match[str]]:
    """The matches of the templates that account for the whole of a `plain` statement."""
    if len(text) > TEXT_CHARS:
        return
    for template in templates:
        found = _pattern(template).fullmatch(text)
        if found:
            yield found


def formula(found: Match[str], name: str) -> str:
    """The text of one formula, empty where it did not occur."""
    return next(iter(formulas(found, name)), "")


def formulas(found: Match[str], name: str) -> tuple[str, ...]:
    """The texts of all formulas of that name, in order."""
    return tuple(
        value.strip().rstrip(",;:")
        for key, value in found.groupdict().items()
        if value and key.rpartition("_")[0] == name
    )


def letters(found: Match[str], name: str) -> frozenset[str]:
    r"""The letters of that name, `\theta` as `theta`."""
    return frozenset(text.lstrip("\\") for text in formulas(found, name))
