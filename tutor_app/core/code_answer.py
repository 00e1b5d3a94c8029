"""A program that a model wrote, tried before it is shown."""

from dataclasses import dataclass
from enum import StrEnum

from tutor_app.core.ports import FinishReason, ModelInfo
from tutor_app.core.program import Isolation, Language


class CodeStatus(StrEnum):
    """What the badge says; never more than was seen."""

    PASSED = "passed"
    RAN = "ran"
    FAILED = "failed"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class TriedExample:
    """One row of the table of examples, as text that is safe to show.

    Attributes:
        asked: the call, or the input.
        is_call: whether a function was called; else the program was given the input.
        expected: what it should return, or print.
        found: what it did instead; the first line of the error where it failed.
        has_passed: whether that is the same.
    """

    asked: str
    is_call: bool
    expected: str
    found: str
    has_passed: bool


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """A program and what is known about it; what history keeps.

    Attributes:
        problem: as typed.
        text: the model's whole answer of the try that was chosen.
        source: the program; empty where the answer holds none.
        language: it is written in.
        status: PASSED only where every example passed, RAN where there was none to pass.
        examples: the table; empty where there were none, or nothing was run.
        output: what it printed in a run without examples, cut where it is long.
        reason: one sentence about a failure, or why it was not run.
        tries: how many programs the model wrote; at most two.
        is_repaired: whether the second try was chosen.
        first_failure: why the first try failed, where there were two; else empty.
        isolation: what protected from the runs; None where nothing ran.
        run_seconds: on the clock, of all runs of the chosen try together.
        memory_bytes: the most that any of them used.
        finish_reason: how the chosen text ended; STOPPED where the user stopped anything.
        tokens: written in all tries.
        prompt_tokens: read for the first try.
        seconds: wall time of everything.
        tokens_per_s: writing speed of the chosen try.
        model: which model wrote it.
        seed: of the first try; the second has seed + 1.
    """

    problem: str
    text: str
    source: str
    language: Language
    status: CodeStatus
    examples: tuple[TriedExample, ...]
    output: str
    reason: str
    tries: int
    is_repaired: bool
    first_failure: str
    isolation: Isolation | None
    run_seconds: float
    memory_bytes: int
    finish_reason: FinishReason
    tokens: int
    prompt_tokens: int
    seconds: float
    tokens_per_s: float
    model: ModelInfo
    seed: int

    @property
    def passed(self) -> int:
        """How many examples passed."""
        return sum(example.has_passed for example in self.examples)

    @property
    def badge(self) -> str:
        """A few words for the screen."""
        if self.examples:
            return f"passed {self.passed} of {len(self.examples)}"
        return self.status
