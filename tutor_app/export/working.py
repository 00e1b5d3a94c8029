"""A learner's checked working as Markdown with TeX between dollars, as Pandoc reads it."""

from collections.abc import Iterator

from tutor_app.core.typesetting import with_formulas
from tutor_app.core.verdict import Status
from tutor_app.core.working import CheckedLine, CheckedWorking
from tutor_app.export.maths import plain_with_maths, with_dollars

_SIGNS = {Status.VERIFIED: "✓", Status.REFUTED: "✗", Status.UNKNOWN: "?"}
_WORDS = {Status.VERIFIED: "follows", Status.REFUTED: "wrong", Status.UNKNOWN: "not checked"}


def render_working(working: CheckedWorking) -> str:
    """The working with a sign beside each line, and what was found."""
    return "\n\n".join(_paragraphs(working)) + "\n"


def _paragraphs(working: CheckedWorking) -> Iterator[str]:
    yield "# Checked working"
    if working.problem:
        yield "## Problem"
        yield _typeset(working.problem)
        if working.reading:
            yield f"Read as: {plain_with_maths(working.reading)}"
    yield f"**{plain_with_maths(working.summary)}**"
    yield "## Working"
    for index, line in enumerate(working.lines):
        yield from _line_paragraphs(line, is_first_wrong=index == working.first_wrong)
    if working.answer is not None:
        yield "## Final answer"
        status = working.answer.status
        evidence = [plain_with_maths(one.text) for one in working.answer.evidence]
        yield f"{_SIGNS[status]} {'; '.join(evidence) or status.value}"
    yield "---"
    yield "*Checked by STEM Tutor. A question mark means: not decided, neither right nor wrong.*"


def _line_paragraphs(line: CheckedLine, *, is_first_wrong: bool) -> Iterator[str]:
    status = line.verdict.status
    sign, word = _SIGNS[status], _WORDS[status]
    if line.is_given:
        sign, word = "–", "where the working starts"
    if line.is_carried:
        sign, word = "↳", "follows, but from a wrong line"
    if is_first_wrong:
        word = "the first line that does not follow"
    yield f"**{line.number}. {sign} {word}**"
    yield _typeset(line.text)
    if status is not Status.VERIFIED and not line.is_given:
        reasons = [line.verdict.reason, *(one.text for one in line.verdict.evidence), line.slip]
        shown = dict.fromkeys(reason for reason in reasons if reason)
        if shown:
            yield "\n".join(f"> - {plain_with_maths(reason)}" for reason in shown)


def _typeset(text: str) -> str:
    return with_dollars(with_formulas(" ".join(text.split())))
