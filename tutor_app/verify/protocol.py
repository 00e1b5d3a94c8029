"""What the check host and its client say to each other: one JSON object a line. No SymPy."""

from typing import Final

import msgspec

from tutor_app.core.ports import TaskReading
from tutor_app.core.verdict import ChainVerdict, StepVerdict, Verdict

READY = "ready"
"""The first line a host writes, once SymPy is loaded."""


class ReadProblem(msgspec.Struct, frozen=True, tag=True):
    """How is this problem understood?"""

    problem: str


class CheckAnswer(msgspec.Struct, frozen=True, tag=True):
    """Is this answer right?"""

    problem: str
    answer: str


class CheckLine(msgspec.Struct, frozen=True, tag=True):
    """Is this block of an answer right?"""

    problem: str
    earlier: tuple[str, ...]
    line: str
    index: int


class CheckSteps(msgspec.Struct, frozen=True, tag=True):
    """Which line of this working is wrong first?"""

    problem: str
    lines: tuple[str, ...]


class CompareAnswers(msgspec.Struct, frozen=True, tag=True):
    """Are these two answers the same?"""

    gold: str
    answer: str
    problem: str


Job = ReadProblem | CheckAnswer | CheckLine | CheckSteps | CompareAnswers
_JOBS: Final[msgspec.json.Decoder[Job]] = msgspec.json.Decoder(Job)


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer to a job: the one field that fits the job, or a failure.

    Attributes:
        reading: for `ReadProblem`.
        verdict: for `CheckAnswer` and `CompareAnswers`.
        step: for `CheckLine`; None also where the line claims nothing.
        chain: for `CheckSteps`.
        failure: why there is no result; empty if there is one.
        memory_bytes: the most the host has used so far.
    """

    reading: TaskReading | None = None
    verdict: Verdict | None = None
    step: StepVerdict | None = None
    chain: ChainVerdict | None = None
    failure: str = ""
    memory_bytes: int = 0


def encode_job(job: Job) -> str:
    """A job as one line."""
    return msgspec.json.encode(job).decode()


def decode_job(line: str) -> Job:
    """A line as a job.

    Raises:
        msgspec.MsgspecError: the line is not a job.
    """
    return _JOBS.decode(line)


def encode_reply(reply: Reply) -> str:
    """A reply as one line."""
    return msgspec.json.encode(reply).decode()


def decode_reply(line: str) -> Reply:
    """A line as a reply.

    Raises:
        msgspec.MsgspecError: the line is not a reply.
    """
    return msgspec.json.decode(line, type=Reply)
