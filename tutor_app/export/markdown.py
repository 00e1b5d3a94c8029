"""A worked solution as Markdown with TeX between dollars, as Pandoc reads it."""

import re
from collections.abc import Iterator

from tutor_app.core.blocks import BlockKind
from tutor_app.core.solution import Solution
from tutor_app.export.handout import WORKING_LABEL, Handout, Line, handout_of
from tutor_app.export.maths import plain_with_maths, with_dollars


def render_markdown(
    solution: Solution, *, include_working: bool = True, include_thinking: bool = False
) -> str:
    """The solution as one Markdown document.

    Args:
        solution: what to write.
        include_working: whether the scratch work is shown, as code.
        include_thinking: whether the thinking is shown.
    """
    handout = handout_of(
        solution, include_working=include_working, include_thinking=include_thinking
    )
    return "\n\n".join(_paragraphs(handout)) + "\n"


def _paragraphs(handout: Handout) -> Iterator[str]:
    yield f"# {handout.title}"
    yield "## Problem"
    yield _quoted(handout.problem)
    if handout.lines:
        yield "## Steps"
    for line in handout.lines:
        yield from _line_paragraphs(line)
    yield "## Answer"
    if handout.answer_latex:
        yield f"$${handout.answer_latex}$$"
    yield f"**{handout.sign.symbol} {_plain(handout.verdict)}**"
    if handout.notes:
        yield "\n".join(f"- {_plain(note)}" for note in handout.notes)
    yield "---"
    yield f"*{_plain(handout.provenance)}*"


def _line_paragraphs(line: Line) -> Iterator[str]:
    if line.sign is not None:
        yield f"**{line.number}. {line.sign.symbol} {line.sign.word}**"
    match line.kind:
        case BlockKind.PROSE:
            yield with_dollars(_demoted(line.text))
        case BlockKind.CODE:
            yield _fenced(line.text, line.lang)
        case BlockKind.WORKING:
            yield f"*{WORKING_LABEL}*"
            yield _fenced(line.text, "")
    if line.reasons:
        yield _quoted("\n".join(f"- {_plain(reason)}" for reason in line.reasons))


def _demoted(text: str) -> str:
    # a model's own headings would stand beside ours
    return re.sub(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", r"**\1**", text, flags=re.M)


def _fenced(text: str, lang: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{lang}\n{text}\n{fence}"


def _quoted(markdown: str) -> str:
    return "\n".join(f"> {row}".rstrip() for row in markdown.split("\n"))


def _plain(text: str) -> str:
    return plain_with_maths(" ".join(text.split()))
