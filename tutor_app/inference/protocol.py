"""What the window's process and the model's process say to each other, one JSON line each."""

from enum import StrEnum

import msgspec

from tutor_app.core.ports import ChatMessage, FinishReason, Sampling


class FailureKind(StrEnum):
    """Which error a `Failed` stands for."""

    NOT_FOUND = "not-found"
    UNREADABLE = "unreadable"
    GENERATION = "generation"


class Load(msgspec.Struct, frozen=True, tag="load"):
    """Load the file; answered by `Loaded` or `Failed`.

    `repacks_weights` lets llama.cpp reorder weights for this processor, which is faster.
    """

    path: str
    threads: int
    repacks_weights: bool


class Generate(msgspec.Struct, frozen=True, tag="generate"):
    """Answer; answered by `Delta`s and one `End`, or by `Failed`."""

    request_id: int
    messages: tuple[ChatMessage, ...]
    sampling: Sampling
    max_tokens: int


class Stop(msgspec.Struct, frozen=True, tag="stop"):
    """End the generation with this id; ignored if it has ended."""

    request_id: int


class Loaded(msgspec.Struct, frozen=True, tag="loaded"):
    """The model answers from now on."""

    name: str
    sha256: str
    parameters: int
    context_tokens: int
    normalises_problems: bool
    licence: str


class Delta(msgspec.Struct, frozen=True, tag="delta"):
    """Text just written; `tokens` exist by now."""

    request_id: int
    text: str
    tokens: int


class End(msgspec.Struct, frozen=True, tag="end"):
    """The generation is over."""

    request_id: int
    finish_reason: FinishReason
    tokens: int
    prompt_tokens: int
    prompt_seconds: float
    seconds: float


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The request before this cannot be done."""

    kind: FailureKind
    message: str
    hint: str


ToHost = Load | Generate | Stop
FromHost = Loaded | Delta | End | Failed


def encode(message: ToHost | FromHost) -> str:
    """One line."""
    return msgspec.json.encode(message).decode()


def decode_to_host(line: str) -> ToHost:
    """Read a line in the child."""
    message: ToHost = msgspec.json.decode(line, type=ToHost)
    return message


def decode_from_host(line: str) -> FromHost:
    """Read a line in the parent."""
    message: FromHost = msgspec.json.decode(line, type=FromHost)
    return message
