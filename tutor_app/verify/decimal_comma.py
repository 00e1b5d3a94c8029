"""Takes back a refutation where the comma in `3,5` may be a decimal comma and all would be right.

Half the world writes three and a half as `3,5`. The parser reads two numbers, which is the usual
reading here; but a text is only wrong if every plausible reading of it is.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from tutor_app.core.verdict import ChainVerdict, Method, Relation, Status, StepVerdict, Verdict
from tutor_app.verify.verdicts import unknown_verdict

_COMMA: Final = re.compile(r"(?<![\d.,])(\d+)(?:,|\{,\})(\d+)(?![\d.,])")
_AMBIGUOUS: Final = "the comma can part two numbers or be a decimal comma"


def _with_points(text: str) -> str:
    return _COMMA.sub(r"\1.\2", text)


def doubt_answer(verdict: Verdict, text: str, check: Callable[[str], Verdict]) -> Verdict:
    """The verdict on an answer, unknown where only a decimal comma would make it right."""
    if verdict.status is not Status.REFUTED or not _COMMA.search(text):
        return verdict
    if check(_with_points(text)).status is not Status.VERIFIED:
        return verdict
    return unknown_verdict(Method.AMBIGUOUS, _AMBIGUOUS, verdict.reading)


def doubt_line(
    verdict: StepVerdict | None, text: str, check: Callable[[str], StepVerdict | None]
) -> StepVerdict | None:
    """The verdict on a line, unknown where only a decimal comma would make it right."""
    if verdict is None or verdict.status is not Status.REFUTED or not _COMMA.search(text):
        return verdict
    other = check(_with_points(text))
    is_right = other is not None and other.status is Status.VERIFIED
    return _undecided(verdict) if is_right else verdict


def doubt_steps(
    chain: ChainVerdict, lines: tuple[str, ...], check: Callable[[tuple[str, ...]], ChainVerdict]
) -> ChainVerdict:
    """The verdict on a piece of working, its crosses taken back where a comma may be to blame."""
    if chain.first_wrong is None or not any(map(_COMMA.search, lines)):
        return chain
    other = check(tuple(map(_with_points, lines)))
    if other.steps[chain.first_wrong].status is not Status.VERIFIED:
        return chain
    steps = tuple(
        _undecided(step) if step.status is Status.REFUTED else step for step in chain.steps
    )
    return ChainVerdict(steps, None, complete=False)


def _undecided(step: StepVerdict) -> StepVerdict:
    return replace(
        step, status=Status.UNKNOWN, method=Method.AMBIGUOUS, relation=Relation.CLAIM,
        reason=_AMBIGUOUS, evidence=(),
    )  # fmt: skip
