"""A problem, its attempts and its worked solution."""

from dataclasses import dataclass
from enum import StrEnum

from tutor_app.core.ports import FinishReason, ModelInfo
from tutor_app.core.verdict import Status, StepVerdict, Verdict


class Source(StrEnum):
    """Who found the answer; never dressed up."""

    MODEL = "model"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Step:
    """One block of an answer and what was found about it.

    Attributes:
        index: the block's index in the answer (see `core.blocks`).
        text: its source text, Markdown with TeX.
        verdict: None where the block claims nothing that could be checked.
    """

    index: int
    text: str
    verdict: StepVerdict | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of the model.

    Attributes:
        answer: the boxed answer; empty if there is none.
        status: what the verifier said of it.
        tokens: tokens written.
    """

    answer: str
    status: Status
    tokens: int


@dataclass(frozen=True, slots=True)
class Solution:
    """Everything known about one solved problem; what history keeps and exporters print.

    Attributes:
        problem: as typed.
        text: the answer's whole source text.
        answer: the boxed answer; empty if there is none.
        verdict: of the answer against the problem.
        source: who found it.
        steps: the blocks of the chosen attempt, in order.
        attempts: every try, in order.
        finish_reason: how the chosen attempt ended.
        tokens: written in all attempts.
        prompt_tokens: read, once.
        seconds: wall time of all attempts.
        tokens_per_s: writing speed of the chosen attempt.
        model: which model wrote it.
        seed: of the first attempt; attempt k has seed + k.
    """

    problem: str
    text: str
    answer: str
    verdict: Verdict
    source: Source
    steps: tuple[Step, ...]
    attempts: tuple[Attempt, ...]
    finish_reason: FinishReason
    tokens: int
    prompt_tokens: int
    seconds: float
    tokens_per_s: float
    model: ModelInfo
    seed: int
