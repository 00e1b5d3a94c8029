"""A learner's text as the lines that the checker reads: numbers kept, connecting words dropped.

Nothing is dropped that says anything: "so x = 2" claims what "x = 2" claims, but
"x = 2 (a double root)" claims more and stays as it is.
"""

import re
from dataclasses import dataclass
from typing import Final

_PROBLEM_LABEL: Final = re.compile(r"(?i)^problem\s*:\s*")
_REQUEST: Final = re.compile(
    r"(?i)^(?:please\s+)?(?:solve|calculate|compute|evaluate|simplify|expand|factori[sz]e|factor"
    r"|differentiate|integrate|convert|find|work\s+out|determine)\s+(?=\S)"
)
_CONNECTIVE: Final = re.compile(
    r"(?i)^(?:(?:and so|so|then|thus|hence|therefore|which gives|this gives|giving|gives|we get"
    r"|we have|we obtain|it follows that)\b|=>|==>|⇒|⟹|→|∴|\\(?:Rightarrow|implies|therefore)\b)"
    r"\s*[,:]?\s+(?=\S)"
)
_STEP_LABEL: Final = re.compile(r"(?i)^(?:step|line)\s+\d{1,3}\s*[:.)]\s+(?=\S)")
_COUNTER: Final = re.compile(r"^\(?(?P<count>\d{1,3})[.)]\s+(?=\S)")
_FORMULA_SIGN: Final = re.compile(r"[\d=<>≤≥≠≈+*/^\\$±√²³]|[-−]\s*\w")


@dataclass(frozen=True, slots=True)
class LearnerLine:
    """A line that is not blank.

    Attributes:
        number: in the text as typed, from 1; blank lines are counted.
        text: as typed, without the spaces around it.
        step: what the checker reads.
        is_introduction: words before the first formula, which no later line follows from.
    """

    number: int
    text: str
    step: str
    is_introduction: bool = False


def learner_lines(text: str) -> tuple[LearnerLine, ...]:
    """The lines of a working that are not blank."""
    rows = [(number, row.strip()) for number, row in enumerate(text.splitlines(), start=1)]
    rows = [(number, row) for number, row in rows if row]
    steps = _without_counters([row for _, row in rows])
    formulas = [place for place, step in enumerate(steps) if _FORMULA_SIGN.search(step)]
    first_formula = formulas[0] if formulas else 0
    return tuple(
        LearnerLine(number, row, _without_connectives(step), place < first_formula)
        for place, ((number, row), step) in enumerate(zip(rows, steps, strict=True))
    )


def stated_problem(text: str) -> tuple[str, str]:
    """The problem that a text's first line states, and the text without it.

    Such a line begins with "Problem:", or with a request such as "Solve".

    The line is left blank, so that the numbers of the other lines stay.
    """
    first, newline, rest = text.partition("\n")
    line = first.strip()
    label = _PROBLEM_LABEL.match(line)
    if label is None and not _REQUEST.match(line):
        return "", text
    return line[label.end() :] if label else line, newline + rest


def _without_counters(rows: list[str]) -> list[str]:
    """Rows without "1.", "2.", …, if every row has the next one; else they may be numbers."""
    found = [_COUNTER.match(row) for row in rows]
    counts = [int(match["count"]) for match in found if match is not None]
    if len(counts) < len(rows) or counts != list(range(1, len(rows) + 1)) or len(rows) < 2:
        return [_STEP_LABEL.sub("", row) for row in rows]
    return [_COUNTER.sub("", row) for row in rows]


def _without_connectives(step: str) -> str:
    while (shorter := _CONNECTIVE.sub("", step)) != step:
        step = shorter
    return step
