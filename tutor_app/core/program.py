"""A program that a model or a student wrote, how it may run, and what came of running it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

_MIB = 1 << 20


class Language(StrEnum):
    """What a program is written in."""

    PYTHON = "python"
    CPP = "c++"


class IsolationLevel(StrEnum):
    """How well a program is kept away from the user's files, network and processes."""

    FULL = "full"
    REDUCED = "reduced"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Isolation:
    """What protects the user from a program.

    Attributes:
        level: how much.
        mechanism: by what, such as "bubblewrap"; "none" at level NONE.
        sentence: the level in one sentence for the screen.
        gaps: what is not covered at this level, one sentence each.
        hint: how to get a better level on this machine; empty at level FULL.
    """

    level: IsolationLevel
    mechanism: str
    sentence: str
    gaps: tuple[str, ...] = ()
    hint: str = ""


class Limit(StrEnum):
    """Which limit ended a program."""

    WALL_TIME = "wall-time"
    CPU_TIME = "cpu-time"
    MEMORY = "memory"
    OUTPUT = "output"
    DISK = "disk"


class Phase(StrEnum):
    """How far a program came."""

    COMPILE = "compile"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class RunLimits:
    """What one program may use.

    Attributes:
        wall_s: seconds on the clock, counted from the program's first instruction.
        cpu_s: seconds of processor time of each process.
        memory_bytes: of all its processes together.
        processes: processes and threads together.
        file_bytes: the largest single file.
        disk_bytes: everything it writes to its work folder.
        files: files and folders it may make.
        output_bytes: standard output and standard error, each.
    """

    wall_s: float = 10.0
    cpu_s: int = 8
    memory_bytes: int = 1024 * _MIB
    processes: int = 48
    file_bytes: int = 32 * _MIB
    disk_bytes: int = 64 * _MIB
    files: int = 5000
    output_bytes: int = _MIB


@dataclass(frozen=True, slots=True)
class ProgramFile:
    """A file beside the program, or one that it left behind.

    Attributes:
        name: relative to the work folder, with "/" between folders.
        content: all of it.
    """

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class RunRequest:
    """One program to run.

    Attributes:
        language: what `source` is written in.
        source: the program's text.
        stdin: what it reads; it sees the end of the input after that.
        limits: what it may use.
        files: further files in its work folder.
        allows_unprotected: the user has read what that means and wants this run even where
            nothing protects from it.
    """

    language: Language
    source: str
    stdin: bytes = b""
    limits: RunLimits = RunLimits()
    files: tuple[ProgramFile, ...] = ()
    allows_unprotected: bool = False


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What came of one run; a program that fails is an outcome like any other.

    Attributes:
        phase: COMPILE where it never started because it does not compile.
        exit_code: its status; None where a signal or a limit ended it.
        signal: name of the signal that ended it, such as "SIGSEGV", or empty.
        limit: the limit that ended it, or None.
        is_stopped: whether the user stopped it.
        reason: one sentence that says how it ended.
        stdout: bytes, up to the limit.
        stderr: bytes, up to the limit; the compiler's words where phase is COMPILE.
        is_truncated: whether more was written than is kept.
        diagnostics: what the compiler said about a program that did start; else empty.
        files: what it left in its work folder, regular files only.
        images: those of `files` that are pictures safe to decode.
        notes: what was left out of `files`, one sentence each.
        wall_s: seconds from its first instruction to its end.
        cpu_s: processor time of all its processes together.
        memory_bytes: the most memory seen in use.
        isolation: what protected from this very run.
    """

    phase: Phase
    exit_code: int | None
    signal: str
    limit: Limit | None
    is_stopped: bool
    reason: str
    stdout: bytes
    stderr: bytes
    is_truncated: bool
    diagnostics: bytes
    files: tuple[ProgramFile, ...]
    images: tuple[ProgramFile, ...]
    notes: tuple[str, ...]
    wall_s: float
    cpu_s: float
    memory_bytes: int
    isolation: Isolation

    @property
    def is_success(self) -> bool:
        """Whether it started and ended by itself with status 0."""
        return self.phase is Phase.RUN and self.exit_code == 0 and self.limit is None


class ProgramRun(Protocol):
    """A program that has been handed over; it may still be waiting for its turn."""

    def result(self) -> RunOutcome:
        """Wait for the end.

        Raises:
            SandboxError: the program could not be run at all.
        """
        ...

    def stop(self) -> None:
        """End it now, or take it out of the queue; safe from any thread."""
        ...


class CodeRunner(Protocol):
    """Runs programs apart from the user's files, a few at a time. Safe from any thread."""

    def isolation(self) -> Isolation:
        """What protects here; tried out at the first call and remembered."""
        ...

    def start(self, request: RunRequest) -> ProgramRun:
        """Put a program into the queue."""
        ...

    def close(self) -> None:
        """Stop everything that runs or waits."""
        ...
