"""What happens while a problem is solved or a program is written, in the order it happens.

Every event belongs to one attempt; blocks are numbered as `core.blocks` numbers them.
"""

from dataclasses import dataclass

from tutor_app.core.code_answer import CodeAnswer, CodeStatus
from tutor_app.core.ports import FinishReason, ModelInfo, TaskReading
from tutor_app.core.solution import Solution
from tutor_app.core.verdict import StepVerdict, Verdict


@dataclass(frozen=True, slots=True)
class ProblemRead:
    """The verifier has read the problem (perhaps without recognising it)."""

    reading: TaskReading


@dataclass(frozen=True, slots=True)
class AttemptStarted:
    """A new try begins; the text of the one before is no longer the answer."""

    attempt: int
    seed: int
    model: ModelInfo


@dataclass(frozen=True, slots=True)
class TextWritten:
    """The model wrote `text`; `tokens` exist by now, at `tokens_per_s`."""

    attempt: int
    text: str
    tokens: int
    tokens_per_s: float


@dataclass(frozen=True, slots=True)
class StepSubmitted:
    """Block `index` is being checked."""

    attempt: int
    index: int


@dataclass(frozen=True, slots=True)
class StepJudged:
    """Block `index` has been checked; None where it claims nothing checkable."""

    attempt: int
    index: int
    verdict: StepVerdict | None


@dataclass(frozen=True, slots=True)
class AttemptEnded:
    """The text of this try is complete and its answer checked."""

    attempt: int
    answer: str
    verdict: Verdict
    finish_reason: FinishReason
    tokens: int
    tokens_per_s: float


@dataclass(frozen=True, slots=True)
class Solved:
    """The last event of a run that was not cut short by an error."""

    solution: Solution


@dataclass(frozen=True, slots=True)
class ProgramStarted:
    """The program of this try is being run, against that many examples (perhaps none)."""

    attempt: int
    examples: int


@dataclass(frozen=True, slots=True)
class ProgramTried:
    """What came of running the program of this try; `reason` says why it failed."""

    attempt: int
    status: CodeStatus
    reason: str


@dataclass(frozen=True, slots=True)
class Coded:
    """The last event of a run in code mode that was not cut short by an error."""

    answer: CodeAnswer


SolveEvent = (
    ProblemRead | AttemptStarted | TextWritten | StepSubmitted | StepJudged | AttemptEnded | Solved
)
CodeEvent = AttemptStarted | TextWritten | ProgramStarted | ProgramTried | Coded
ExchangeEvent = SolveEvent | CodeEvent
