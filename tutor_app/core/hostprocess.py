"""A child process that speaks lines of text, and the child's end of the same pipe.

The parent holds a `HostProcess`, the child a `HostChannel`. The child ends when its standard
input closes, so it dies with its parent however the parent dies. PR_SET_PDEATHSIG is not used:
it fires when the *thread* that started the child ends, which for a worker thread is too soon.
"""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path

_KEPT_ENVIRONMENT = (
    "PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "USERPROFILE",
    "LD_LIBRARY_PATH",
)  # fmt: skip
_STDERR_LINES_KEPT = 40


class HostEnded(Exception):
    """The child is gone. Translated at each room's door into an error for the user.

    Attributes:
        reason: such as "was killed by signal SIGKILL" or "ended with status 3".
        stderr_tail: the last lines it wrote to standard error.
    """

    def __init__(self, reason: str, stderr_tail: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.stderr_tail = stderr_tail


class HostSilent(Exception):
    """The child did not answer in time."""


def _clean_environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    kept["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    kept["PYTHONIOENCODING"] = "utf-8"
    return kept


class HostProcess:
    """Runs `python -m MODULE ARGUMENTS` and exchanges lines with it. Safe from any thread."""

    def __init__(self, module: str, arguments: Sequence[str] = ()) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
            [sys.executable, "-P", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_clean_environment(),
            encoding="utf-8",
            errors="replace",
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._stderr: deque[str] = deque(maxlen=_STDERR_LINES_KEPT)
        self._write_lock = threading.Lock()
        self._threads = [
            threading.Thread(target=target, daemon=True)
            for target in (self._read_lines, self._read_stderr)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """Process id of the child."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the child still exists."""
        return self._process.poll() is None

    def _read_lines(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def _read_stderr(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._stderr.append(line.rstrip("\n"))

    def send(self, line: str) -> None:
        """Write one line.

        Raises:
            HostEnded: the child is gone.
        """
        assert self._process.stdin is not None
        try:
            with self._write_lock:
                self._process.stdin.write(line + "\n")
                self._process.stdin.flush()
        except (OSError, ValueError) as error:
            raise self._ended() from error

    def receive(self, *, timeout_s: float) -> str:
        """The next line the child wrote.

        Raises:
            HostSilent: nothing came within `timeout_s`.
            HostEnded: the child is gone and everything it wrote has been read.
        """
        try:
            line = self._lines.get(timeout=timeout_s)
        except queue.Empty:
            raise HostSilent(f"no answer within {timeout_s:g} s") from None
        if line is None:
            self._lines.put(None)  # whoever asks next learns it too
            raise self._ended()
        return line

    def _ended(self) -> HostEnded:
        try:
            status = self._process.wait(timeout=5.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(timeout=1.0)
        if status < 0:
            reason = f"was killed by signal {signal.Signals(-status).name}"
        else:
            reason = f"ended with status {status}"
        return HostEnded(reason, "\n".join(self._stderr))

    def kill(self) -> None:
        """End the child at once and release its pipes; harmless when it is already gone."""
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(timeout=2.0)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # unsent bytes for a dead child


class HostChannel:
    """The child's end. Takes over standard input and output; stray prints go to stderr."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)  # a library that prints must not corrupt the protocol
        self._write_lock = threading.Lock()
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self._lines.put(line.rstrip("\n"))
        os._exit(0)  # the parent is gone: nothing is left to do, whatever is running

    def receive(self) -> str:
        """The next line from the parent; waits for it."""
        return self._lines.get()

    def receive_now(self) -> str | None:
        """A line that has already arrived, or None."""
        try:
            return self._lines.get_nowait()
        except queue.Empty:
            return None

    def send(self, line: str) -> None:
        """Write one line to the parent."""
        with self._write_lock:
            self._out.write(line + "\n")
            self._out.flush()
