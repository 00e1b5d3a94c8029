"""What the check host and its client say to each other: one JSON object a line. No SymPy."""

from typing import Final

import msgspec

from tutor_app.core.ports import TaskReading
from tutor_app.core.verdict import ChainVerdict, ClaimVerdict, StepVerdict, Verdict

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


class CheckClaims(msgspec.Struct, frozen=True, tag=True):
    """Which claims of this text hold, each by itself?"""

    text: str


class CompareAnswers(msgspec.Struct, frozen=True, tag=True):
    """Are these two answers the same?"""

    gold: str
    answer: str
    problem: str


Job = ReadProblem | CheckAnswer | CheckLine | CheckSteps | CheckClaims | CompareAnswers
_JOBS: Final[msgspec.json.Decoder[Job]] = msgspec.json.Decoder(Job)


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer to a job: the one field that fits the job, or a failure.

    Attributes:
        reading: for `ReadProblem`.
        verdict: for `CheckAnswer` and `CompareAnswers`.
        step: for `CheckLine`; None also where the line claims nothing.
        chain: for `CheckSteps`.
        claims: for `CheckClaims`.
        failure: why there is no result; empty if there is one.
        memory_bytes: the most the host has used so far.
    """

    reading: TaskReading | None = None
    verdict: Verdict | None = None
    step: StepVerdict | None = None
    chain: ChainVerdict | None = None
    claims: tuple[ClaimVerdict, ...] = ()
    failure: str = ""
    memory_bytes: int = 0


def encode_job(job: Job) -> str:
    """A job as one line; half a surrogate pair in it becomes U+FFFD, which nothing reads."""
    try:
        return msgspec.json.encode(job).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(_encodable(job)).decode()


def _encodable(job: Job) -> Job:
    changed: dict[str, str | tuple[str, ...]] = {}
    for name in job.__struct_fields__:
        value = getattr(job, name)
        if isinstance(value, str):
            changed[name] = _paired(value)
        elif isinstance(value, tuple):
            changed[name] = tuple(map(_paired, value))
    return msgspec.structs.replace(job, **changed)


def _paired(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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
