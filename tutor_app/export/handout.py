"""What every document about a solution says, before any format has its way with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from tutor_app import __version__
from tutor_app.core.blocks import Block, BlockKind, Container, split
from tutor_app.core.ports import FinishReason
from tutor_app.core.solution import Solution, Source
from tutor_app.core.verdict import WHOLE_ANSWER, Method, Status, StepVerdict, Verdict
from tutor_app.export.maths import plain_with_maths

WORKING_LABEL = "Scratch work"
_SHA256_CHARS = 12
_WORDS = re.compile(r"\b[^\W\d_]{2,}[ ,]+[^\W\d_]{2,}")

_METHOD_WORDS: Mapping[Method, str] = MappingProxyType(
    {
        Method.EXACT_ARITHMETIC: "exact arithmetic",
        Method.POLYNOMIAL_IDENTITY: "comparing polynomials exactly",
        Method.SUBSTITUTION: "putting it back into the problem",
        Method.DIFFERENTIATE_BACK: "differentiating it",
        Method.ENUMERATION: "going through every case",
        Method.SOLUTION_SET: "comparing the solution sets",
        Method.GROEBNER: "exact algebra on the whole system",
        Method.SYMBOLIC_SIMPLIFY: "exact algebra",
        Method.CERTIFIED_INTERVAL: "a certified numeric bound",
        Method.COUNTEREXAMPLE: "a counterexample",
        Method.DIMENSION: "comparing the units",
        Method.FORM: "comparing the form asked for",
        Method.SAMPLING: "trying numbers, which proves nothing",
        Method.TIMEOUT: "the time ran out",
        Method.UNPARSED: "it could not be read",
        Method.AMBIGUOUS: "it can be read in several ways",
        Method.UNSUPPORTED: "no check exists for this kind of problem",
    }
)


class Sign(Enum):
    """The three signs; the symbol and the word say the same, for print without colour."""

    CHECKED = ("✓", "checked")
    WRONG = ("✗", "wrong")
    NOT_DECIDED = ("?", "not decided")

    @property
    def symbol(self) -> str:
        """One character."""
        return self.value[0]

    @property
    def word(self) -> str:
        """The sign in words."""
        return self.value[1]


_SIGN_OF_STATUS: Mapping[Status, Sign] = MappingProxyType(
    {
        Status.VERIFIED: Sign.CHECKED,
        Status.REFUTED: Sign.WRONG,
        Status.UNKNOWN: Sign.NOT_DECIDED,
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the answer as a document shows it.

    Attributes:
        kind: prose, code or scratch work.
        text: Markdown with TeX for prose, else the bare text.
        lang: of code, else empty.
        number: counts what was judged, from 1; None where nothing was.
        sign: None where the block claims nothing that could be checked.
        reasons: plain sentences; empty for what is checked.
    """

    kind: BlockKind
    text: str
    lang: str
    number: int | None
    sign: Sign | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handout:
    """A worked solution, ready to be written in any format.

    Attributes:
        title: plain text.
        problem: Markdown with TeX.
        lines: the working, in order.
        answer_latex: TeX without marks; empty if there is no answer.
        sign: of the answer.
        verdict: one plain sentence.
        notes: plain sentences on scope, assumptions and reading.
        provenance: plain text: who wrote it and who checked it.
    """

    title: str
    problem: str
    lines: tuple[Line, ...]
    answer_latex: str
    sign: Sign
    verdict: str
    notes: tuple[str, ...]
    provenance: str


def handout_of(
    solution: Solution, *, include_working: bool = True, include_thinking: bool = False
) -> Handout:
    """Collect what a document about the solution says.

    Args:
        solution: what to write about.
        include_working: whether the scratch work is shown.
        include_thinking: whether the blocks inside the thinking are shown.
    """
    blocks = [
        block
        for block in _blocks_of(solution)
        if (include_working or block.kind is not BlockKind.WORKING)
        and (include_thinking or block.container is not Container.THINKING)
    ]
    return Handout(
        title="Worked solution",
        problem=plain_with_maths(solution.problem),
        lines=_lines(blocks, _verdicts_by_index(solution)),
        answer_latex=_answer_latex(solution.answer),
        sign=_SIGN_OF_STATUS[solution.verdict.status],
        verdict=_verdict_sentence(solution),
        notes=_notes(solution),
        provenance=_provenance(solution),
    )


def _blocks_of(solution: Solution) -> tuple[Block, ...]:
    blocks = split(solution.text)
    texts = {block.index: block.text.strip() for block in blocks}
    if all(texts.get(step.index) == step.text.strip() for step in solution.steps):
        return blocks
    # the steps are not the blocks of this text: a sign must never slip to another line
    return tuple(
        Block(step.index, BlockKind.PROSE, Container.ANSWER, "", step.text)
        for step in solution.steps
    )


def _verdicts_by_index(solution: Solution) -> dict[int, StepVerdict]:
    return {step.index: step.verdict for step in solution.steps if step.verdict is not None}


def _lines(blocks: list[Block], verdicts: Mapping[int, StepVerdict]) -> tuple[Line, ...]:
    lines = []
    number = 0
    for block in blocks:
        verdict = verdicts.get(block.index)
        if not block.text.strip():
            continue
        number += verdict is not None
        lines.append(
            Line(
                kind=block.kind,
                text=block.text.strip("\n"),
                lang=block.lang,
                number=None if verdict is None else number,
                sign=None if verdict is None else _SIGN_OF_STATUS[verdict.status],
                reasons=() if verdict is None else _reasons(verdict),
            )
        )
    return tuple(lines)


def _reasons(verdict: StepVerdict) -> tuple[str, ...]:
    match verdict.status:
        case Status.VERIFIED:
            return ()
        case Status.REFUTED:
            found = [verdict.reason, *(evidence.text for evidence in verdict.evidence)]
        case Status.UNKNOWN:
            found = [verdict.reason]
    return tuple(dict.fromkeys(text for text in found if text))


def _answer_latex(answer: str) -> str:
    answer = answer.strip().strip("$").strip()
    if _WORDS.search(answer) and "\\" not in answer:
        return f"\\text{{{answer}}}"  # "no solution" is not a product of letters
    return answer


def _verdict_sentence(solution: Solution) -> str:
    verdict = solution.verdict
    by = _METHOD_WORDS[verdict.method]
    if not solution.answer.strip():
        return "No answer was reached."
    match verdict.status:
        case Status.VERIFIED:
            return f"The answer is right: checked by {by}.{_form_sentence(verdict)}"
        case Status.REFUTED:
            return f"The answer is wrong: shown by {by}."
        case Status.UNKNOWN:
            return f"The answer was not checked to the end: {by}.{_likely_sentence(verdict)}"


def _form_sentence(verdict: Verdict) -> str:
    match verdict.form_status:
        case Status.REFUTED:
            return " It does not have the form that was asked for."
        case Status.UNKNOWN:
            return " Whether it has the form that was asked for was not decided."
        case _:
            return ""


def _likely_sentence(verdict: Verdict) -> str:
    match verdict.likely:
        case True:
            return " The numbers tried agree with it; that is no proof."
        case False:
            return " The numbers tried do not agree with it."
        case None:
            return ""


def _notes(solution: Solution) -> tuple[str, ...]:
    verdict = solution.verdict
    notes = [evidence.text for evidence in verdict.evidence]
    if verdict.reading:
        notes.append(f"The problem was read as: {verdict.reading}")
    if verdict.assumptions:
        notes.append(f"Assumed: {'; '.join(verdict.assumptions)}")
    if verdict.scope != WHOLE_ANSWER:
        notes.append(f"What was checked: {verdict.scope}")
    if solution.source is Source.COMPUTED:
        notes.append("This solution was computed by the program itself, not by the model.")
    match solution.finish_reason:
        case FinishReason.LENGTH:
            notes.append("The text ends where the model's budget of words was used up.")
        case FinishReason.STOPPED:
            notes.append("The text ends where the model was stopped.")
        case FinishReason.ERROR:
            notes.append("The text ends where the model failed.")
        case FinishReason.DONE:
            pass
    return tuple(dict.fromkeys(notes))


def _provenance(solution: Solution) -> str:
    model = solution.model
    parts = [
        f"Model {model.name}, sha256 {model.sha256[:_SHA256_CHARS]}",
        f"seed {solution.seed}",
        f"{solution.tokens} tokens",
        f"{solution.tokens_per_s:.1f} tokens/s",
        f"checked by STEM Tutor {__version__}",
    ]
    return " · ".join(parts)
