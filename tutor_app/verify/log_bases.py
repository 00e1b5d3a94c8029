"""Reads `log` without a base both ways; what holds in one reading only is not decided.

In calculus `log` is the natural logarithm, in school sets it has base 10. So a text with a bare
`log` is checked once with each. Only where a derivative, an integral or a limit is asked for is
the natural logarithm taken alone, and then the verdict says so.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from tutor_app.core.verdict import (
    ChainVerdict,
    Method,
    Relation,
    Status,
    StepVerdict,
    Verdict,
)
from tutor_app.verify.reader import read_task
from tutor_app.verify.task import Differentiate, FindLimit, Integrate
from tutor_app.verify.verdicts import unknown_verdict

Reading = Callable[[str], str]
"""Rewrites a text so that its logarithms have one meaning."""

_BARE: Final = re.compile(r"(?<![A-Za-z\\])(\\?)log(?![A-Za-z])(?!\s*_)")
_AMBIGUOUS: Final = "log can mean base 10 or base e"
_NATURAL: Final = "log is the natural logarithm"


def _as_written(text: str) -> str:
    return text


def _natural(text: str) -> str:
    return _BARE.sub(r"\1ln", text)


def _decimal(text: str) -> str:
    return _BARE.sub(r"\1log_{10}", text)


def _has_bare_log(texts: Sequence[str]) -> bool:
    return any(_BARE.search(text) for text in texts)


def decide_answer(problem: str, answer: str, check: Callable[[Reading], Verdict]) -> Verdict:
    """The verdict on an answer that holds for both bases; `check` runs it under a reading."""
    written = check(_as_written)
    if not _has_bare_log((problem, answer)):
        return written
    natural, decimal = check(_natural), check(_decimal)
    if natural.status is decimal.status:
        return written if written.status is natural.status else natural
    is_calculus = isinstance(read_task(problem), Differentiate | Integrate | FindLimit)
    if is_calculus and natural.status is Status.VERIFIED:
        return replace(natural, assumptions=(*natural.assumptions, _NATURAL))
    return unknown_verdict(Method.AMBIGUOUS, _AMBIGUOUS, written.reading)


def decide_line(
    texts: Sequence[str], check: Callable[[Reading], StepVerdict | None]
) -> StepVerdict | None:
    """The verdict on a line that holds for both bases; `texts` is all that the check reads."""
    written = check(_as_written)
    if written is None or not _has_bare_log(texts):
        return written
    return _agreed(written, check(_natural), check(_decimal))


def decide_steps(texts: Sequence[str], check: Callable[[Reading], ChainVerdict]) -> ChainVerdict:
    """The verdict on a piece of working that holds for both bases."""
    written = check(_as_written)
    if not _has_bare_log(texts):
        return written
    natural, decimal = check(_natural), check(_decimal)
    pairs = zip(written.steps, natural.steps, decimal.steps, strict=True)
    steps = tuple(_agreed(*three) for three in pairs)
    first_wrong = natural.first_wrong if natural.first_wrong == decimal.first_wrong else None
    is_complete = not any(step.is_open for step in steps)
    return ChainVerdict(steps, first_wrong, complete=is_complete)


def _agreed(
    written: StepVerdict, natural: StepVerdict | None, decimal: StepVerdict | None
) -> StepVerdict:
    found = {None if step is None else (step.status, step.follows_through)
             for step in (natural, decimal)}  # fmt: skip
    if natural is not None and len(found) == 1:
        return written if written.status is natural.status else natural
    return StepVerdict(
        written.index, Status.UNKNOWN, Method.AMBIGUOUS, Relation.CLAIM, _AMBIGUOUS,
        reading=written.reading,
    )  # fmt: skip
