"""What the app and the supervisor of a run say to each other, one JSON line each."""

from enum import StrEnum

import msgspec

from tutor_app.core.program import Isolation, RunOutcome, RunRequest
from tutor_app.sandbox.levels import Mechanism


class FailureKind(StrEnum):
    """Which error a `Failed` stands for."""

    REFUSED = "refused"
    TOOL_NOT_FOUND = "tool-not-found"
    OTHER = "other"


class Run(msgspec.Struct, frozen=True, tag="run"):
    """Run a program; answered by `Finished` or `Failed`. Anything sent after it means "stop".

    `user_id` is whom a supervisor that is root becomes; None for somebody unused.
    """

    mechanism: Mechanism
    isolation: Isolation
    request: RunRequest
    user_id: int | None


class Probe(msgspec.Struct, frozen=True, tag="probe"):
    """Try out what protects here; answered by `Probed`."""


class Finished(msgspec.Struct, frozen=True, tag="finished"):
    """The program has ended."""

    outcome: RunOutcome


class Probed(msgspec.Struct, frozen=True, tag="probed"):
    """The best mechanism that was seen to work, and why better ones were not."""

    mechanism: Mechanism
    hint: str


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The program could not be started."""

    kind: FailureKind
    message: str
    hint: str


class Stop(msgspec.Struct, frozen=True, tag="stop"):
    """End the program that runs."""


ToSupervisor = Run | Probe | Stop
FromSupervisor = Finished | Probed | Failed


def encode(message: ToSupervisor | FromSupervisor) -> str:
    """One line."""
    return msgspec.json.encode(message).decode()


def decode_to_supervisor(line: bytes) -> ToSupervisor:
    """Read a line in the supervisor."""
    message: ToSupervisor = msgspec.json.decode(line, type=ToSupervisor)
    return message


def decode_from_supervisor(line: str) -> FromSupervisor:
    """Read a line in the app."""
    message: FromSupervisor = msgspec.json.decode(line, type=FromSupervisor)
    return message
