"""What the use cases need from the other rooms."""

from collections.abc import Generator
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from tutor_app.core.verdict import ChainVerdict, ClaimVerdict, StepVerdict, Verdict


class Role(StrEnum):
    """Who speaks in a conversation."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class FinishReason(StrEnum):
    """Why a generation ended."""

    DONE = "done"
    STOPPED = "stopped"
    LENGTH = "length"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One turn as the model sees it."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is drawn; temperature 0 takes the likeliest.

    The defaults are the ones MobileLLM-R1's authors evaluate with.
    """

    temperature: float = 0.6
    top_p: float = 0.95
    seed: int = 0


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """One answer to ask of the model.

    Attributes:
        messages: the conversation; its last turn is the user's.
        sampling: how to draw tokens, with the seed.
        max_tokens: budget for the answer, in tokens.
    """

    messages: tuple[ChatMessage, ...]
    sampling: Sampling
    max_tokens: int


@dataclass(frozen=True, slots=True)
class GenerationDelta:
    """Text that has just been written, and how many tokens exist by now."""

    text: str
    tokens: int


@dataclass(frozen=True, slots=True)
class GenerationEnd:
    """How a generation ended.

    Attributes:
        finish_reason: why.
        tokens: tokens written.
        prompt_tokens: tokens read.
        prompt_seconds: time to read them.
        seconds: time to write the answer, without reading the prompt.
    """

    finish_reason: FinishReason
    tokens: int
    prompt_tokens: int
    prompt_seconds: float
    seconds: float

    @property
    def tokens_per_s(self) -> float:
        """Writing speed; 0 where nothing was written."""
        return self.tokens / self.seconds if self.seconds > 0 else 0.0


GenerationEvent = GenerationDelta | GenerationEnd


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What is known of a loaded model.

    Attributes:
        name: as the file names itself.
        path: where the file lies.
        sha256: of the whole file, lower-case hex.
        parameters: number of weights.
        context_tokens: what it was trained to read and write together.
        normalises_problems: True if its prompts must go through
            `core.normalisation` because it was trained that way.
        licence: as the file names it.
    """

    name: str
    path: Path
    sha256: str
    parameters: int
    context_tokens: int
    normalises_problems: bool
    licence: str


class Model(Protocol):
    """A local language model in a process of its own."""

    def load(self) -> ModelInfo:
        """Load the file if it is not loaded yet.

        Raises:
            ModelError: the file is missing, unreadable or kills its process.
        """
        ...

    def stream(self, request: GenerationRequest) -> Generator[GenerationEvent, None, None]:
        """Yield text as it is written, then one `GenerationEnd`.

        Closing the iterator, or `stop` from another thread, ends the generation.

        Raises:
            ModelError: the model cannot be loaded, refuses the request, or dies.
        """
        ...

    def stop(self) -> None:
        """Ask the running generation to end; safe from any thread."""
        ...

    def close(self) -> None:
        """End the process."""
        ...


@dataclass(frozen=True, slots=True)
class TaskReading:
    """How a problem was understood.

    Attributes:
        kind: short name of the task, such as "solve-equation"; empty if not recognised.
        read_as: the task in words and plain text, such as "solve 3*x + 5 = 20 for x".
    """

    kind: str
    read_as: str


class Checker(Protocol):
    """The verifier in a process of its own. Every wait is bounded by a limit per job."""

    def read_problem(self, problem: str) -> "Future[TaskReading]":
        """How the problem is understood; kind is empty if it is not recognised."""
        ...

    def check_answer(self, problem: str, answer: str) -> "Future[Verdict]":
        r"""Check an answer knowing only the problem; `answer` may hold a `\boxed{}`."""
        ...

    def check_line(
        self, problem: str, earlier: tuple[str, ...], line: str, index: int
    ) -> "Future[StepVerdict | None]":
        """Check one line of an answer; None where the line claims nothing to check."""
        ...

    def check_steps(self, problem: str, lines: tuple[str, ...]) -> "Future[ChainVerdict]":
        """Check a piece of working line by line; `problem` may be empty."""
        ...

    def check_claims(self, text: str) -> "Future[tuple[ClaimVerdict, ...]]":
        """Every claim of a text by itself, in order."""
        ...

    def compare_answers(self, gold: str, answer: str, problem: str) -> "Future[Verdict]":
        """Whether two answers are the same; `problem` may be empty."""
        ...

    def close(self) -> None:
        """End the processes."""
        ...
