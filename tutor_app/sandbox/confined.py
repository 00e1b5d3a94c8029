"""What every way of confining a program has in common."""

import os
import signal
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tutor_app.core.program import ProgramFile, RunLimits

INSIDE_WORK = "/work"
INSIDE_LIBRARY = "/opt/tutor-library"
_MEBIBYTE = 1 << 20
_LOCKED_MEMORY_BYTES = 64 * 1024
_OPEN_FILES = 128
# 1, not 0: where core_pattern is a pipe, a limit of 0 still starts root's core handler at every
# crash; 1 is the kernel's word for "never" there, and too small for a file.
_CORE_BYTES = 1
_ADDRESS_SPACE_FACTOR = 2
_LEAST_ADDRESS_SPACE_BYTES = 1024 * _MEBIBYTE


@dataclass(frozen=True, slots=True)
class SharedFolder:
    """A folder of the machine that the program may read.

    Attributes:
        host: where it lies.
        inside: where the program sees it, if it has a file system of its own.
    """

    host: str
    inside: str


@dataclass(frozen=True, slots=True)
class Command:
    """One process to start in confinement; paths in it are those inside.

    Attributes:
        argv: program and arguments; the program's path is absolute.
        files: to put into the work folder.
        library: to put into a read-only folder beside it.
        folders: what it may read besides the system.
        environment: all the variables it sees.
        stdin: what it reads.
        limits: what it may use.
    """

    argv: tuple[str, ...]
    files: tuple[ProgramFile, ...]
    library: tuple[ProgramFile, ...]
    folders: tuple[SharedFolder, ...]
    environment: Mapping[str, str]
    stdin: bytes
    limits: RunLimits


@dataclass(frozen=True, slots=True)
class Usage:
    """What a program has written.

    Attributes:
        bytes: on disk.
        files: files and folders.
        complaint: why it must end although both are small, or empty.
    """

    bytes: int
    files: int
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """How the program's first process ended.

    Attributes:
        exit_code: its status, or None.
        signal_number: the signal that ended it, or 0.
        is_certain: False where only 128 + signal is known, which may be a plain status too.
    """

    exit_code: int | None
    signal_number: int
    is_certain: bool = True

    @classmethod
    def of_wait_status(cls, status: int) -> "Ending":
        """Read what `waitpid` returns."""
        if os.WIFSIGNALED(status):
            return cls(None, os.WTERMSIG(status))
        return cls(os.WEXITSTATUS(status), 0)

    @classmethod
    def of_shell_status(cls, code: int) -> "Ending":
        """Read a status in which a parent reported its child's signal as 128 + signal."""
        number = code - 128
        if number in {int(known) for known in signal.Signals}:
            return cls(code, number, is_certain=False)
        return cls(code, 0)


@dataclass(slots=True)
class Pipes:
    """The supervisor's ends of a program's standard streams."""

    stdin: int
    stdout: int
    stderr: int
    theirs: tuple[int, int, int] = field(default=(-1, -1, -1))

    @classmethod
    def open(cls) -> "Pipes":
        """Make three pipes; `theirs` are the program's ends."""
        their_in, stdin = os.pipe()
        stdout, their_out = os.pipe()
        stderr, their_err = os.pipe()
        for end in (stdin, stdout, stderr):
            os.set_blocking(end, False)
        return cls(stdin, stdout, stderr, (their_in, their_out, their_err))

    def close_theirs(self) -> None:
        """Once the program has its own copies."""
        for end in self.theirs:
            os.close(end)
        self.theirs = (-1, -1, -1)


class Confined(ABC):
    """A program that has been started in confinement.

    Attributes:
        pipes: its standard streams.
        is_over_fd: becomes readable when its first process has ended.
        root_pid: the process above all of its processes.
    """

    pipes: Pipes
    is_over_fd: int
    root_pid: int

    @abstractmethod
    def kill(self) -> None:
        """Kill every process of it; harmless when it is over."""

    @abstractmethod
    def finish(self) -> Ending:
        """Kill what is left and wait until no process of it exists."""

    @abstractmethod
    def usage(self) -> Usage:
        """What it has written so far."""

    @abstractmethod
    def open_work_folder(self) -> int:
        """A descriptor of its work folder, to read the results from after `finish`."""

    @abstractmethod
    def close(self) -> None:
        """Remove what it left."""


class Confinement(Protocol):
    """One way of confining."""

    def __call__(self, command: Command) -> Confined:
        """Start the program.

        Raises:
            SandboxError: the confinement cannot be set up; nothing was started.
        """
        ...


def resource_limits(limits: RunLimits) -> dict[str, tuple[int, int]]:
    """Soft and hard limits by their name in `prlimit` and `resource`, processes left out."""
    address_space = max(limits.memory_bytes * _ADDRESS_SPACE_FACTOR, _LEAST_ADDRESS_SPACE_BYTES)
    return {
        "core": (_CORE_BYTES, _CORE_BYTES),
        # the second lets a program that ignores SIGXCPU meet SIGKILL
        "cpu": (limits.cpu_s, limits.cpu_s + 1),
        "fsize": (limits.file_bytes, limits.file_bytes),
        "nofile": (_OPEN_FILES, _OPEN_FILES),
        "msgqueue": (0, 0),
        "memlock": (_LOCKED_MEMORY_BYTES, _LOCKED_MEMORY_BYTES),
        "as": (address_space, address_space),
    }


def reap_children() -> dict[int, int]:
    """Wait until this process has no child; returns wait statuses by process id."""
    statuses: dict[int, int] = {}
    while True:
        try:
            pid, status = os.waitpid(-1, 0)
        except ChildProcessError:
            return statuses
        statuses[pid] = status
