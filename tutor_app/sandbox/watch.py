"""Follows a confined program: feeds it, collects what it writes, ends it at its limits."""

import os
import select
import time
from dataclasses import dataclass, field

from tutor_app.core.program import Limit, RunLimits
from tutor_app.sandbox.confined import Confined
from tutor_app.sandbox.processes import available_bytes, descendants, memory_bytes

_TICK_S = 0.05
_PIPE_PART_BYTES = 65536
_MACHINE_NEEDS_BYTES = 512 << 20


@dataclass(slots=True)
class Watched:
    """What was seen of a program.

    Attributes:
        stdout: bytes, up to the limit.
        stderr: bytes, up to the limit.
        limit: the limit that ended it, or None.
        is_stopped: whether it was told to end.
        reason: one sentence about the limit, else empty.
        wall_s: seconds until its first process had ended.
        memory_bytes: the most that was seen in use.
    """

    stdout: bytearray = field(default_factory=bytearray)
    stderr: bytearray = field(default_factory=bytearray)
    limit: Limit | None = None
    is_stopped: bool = False
    is_truncated: bool = False
    reason: str = ""
    wall_s: float = 0.0
    memory_bytes: int = 0


class Watch:
    """Watches one program until it has ended."""

    def __init__(self, program: Confined, limits: RunLimits, stdin: bytes, orders: int) -> None:
        """Begin.

        Args:
            program: has been started.
            limits: what it may use.
            stdin: what it reads.
            orders: a descriptor at which anything that arrives, even its end, means "stop".
        """
        self._program = program
        self._limits = limits
        self._unsent = memoryview(stdin)
        self._orders = orders
        self._found = Watched()
        self._outputs = {
            program.pipes.stdout: self._found.stdout,
            program.pipes.stderr: self._found.stderr,
        }
        self._poll = select.poll()
        self._has_closed_stdin = False

    def follow(self) -> Watched:
        """Return once the first process has ended; `finish` must end the others."""
        began_s = time.monotonic()
        for descriptor in (*self._outputs, self._orders, self._program.is_over_fd):
            self._poll.register(descriptor, select.POLLIN)
        if self._unsent:
            self._poll.register(self._program.pipes.stdin, select.POLLOUT)
        else:
            self._close_stdin()
        next_look_s = began_s + _TICK_S
        is_over = False
        while not is_over:
            now_s = time.monotonic()
            left_s = began_s + self._limits.wall_s - now_s
            if left_s <= 0:
                self._end(Limit.WALL_TIME, f"It ran for longer than {self._limits.wall_s:g} s.")
            if now_s >= next_look_s:
                self._look()
                next_look_s = time.monotonic() + _TICK_S
            wait_s = max(0.0, min(next_look_s - now_s, left_s if left_s > 0 else _TICK_S))
            for descriptor, _ in self._poll.poll(wait_s * 1000 + 1):
                is_over |= self._serve(descriptor)
        self._found.wall_s = time.monotonic() - began_s
        # a process that is still there may hold the pipes open: take what is there, do not wait
        for descriptor in self._outputs:
            while self._read(descriptor):
                continue
        return self._found

    def _serve(self, descriptor: int) -> bool:
        """Act on one descriptor; True if it says that the program is over."""
        if descriptor == self._program.is_over_fd:
            return True
        if descriptor == self._orders:
            self._poll.unregister(descriptor)
            self._found.is_stopped = True
            self._end(None, "")
        elif descriptor == self._program.pipes.stdin:
            self._write()
        elif not self._read(descriptor):
            self._poll.unregister(descriptor)
        return False

    def _end(self, limit: Limit | None, reason: str) -> None:
        if self._found.limit is None and not self._found.reason:
            self._found.limit, self._found.reason = limit, reason
        self._program.kill()

    def _read(self, descriptor: int) -> bool:
        """Take one part of an output; False if there is none."""
        try:
            part = os.read(descriptor, _PIPE_PART_BYTES)
        except BlockingIOError:
            return False
        kept = self._outputs[descriptor]
        room = self._limits.output_bytes - len(kept)
        kept += part[:room]
        if len(part) > room:
            self._found.is_truncated = True
            kibibytes = self._limits.output_bytes // 1024
            self._end(Limit.OUTPUT, f"It wrote more than {kibibytes} KiB.")
            return False
        return bool(part)

    def _write(self) -> None:
        try:
            sent = os.write(self._program.pipes.stdin, self._unsent[:_PIPE_PART_BYTES])
        except BlockingIOError:
            return
        except BrokenPipeError:
            sent = len(self._unsent)  # it does not want to read
        self._unsent = self._unsent[sent:]
        if not self._unsent:
            self._poll.unregister(self._program.pipes.stdin)
            self._close_stdin()

    def _close_stdin(self) -> None:
        os.close(self._program.pipes.stdin)
        self._program.pipes.stdin = -1

    def _look(self) -> None:
        """Measure memory and disk."""
        limits = self._limits
        pids = descendants(self._program.root_pid)
        used_bytes = memory_bytes(pids, limits.memory_bytes)
        self._found.memory_bytes = max(self._found.memory_bytes, used_bytes)
        if used_bytes > limits.memory_bytes:
            mebibytes = limits.memory_bytes >> 20
            self._end(Limit.MEMORY, f"It used more than {mebibytes} MiB of memory.")
        elif available_bytes() < _MACHINE_NEEDS_BYTES:
            self._end(Limit.MEMORY, "This machine is short of memory, so it was ended.")
        usage = self._program.usage()
        if usage.complaint:
            self._end(Limit.DISK, usage.complaint)
        elif usage.files > limits.files:
            self._end(Limit.DISK, f"It made more than {limits.files} files.")
        elif usage.bytes > limits.disk_bytes:
            self._end(Limit.DISK, f"It wrote more than {limits.disk_bytes >> 20} MiB of files.")
