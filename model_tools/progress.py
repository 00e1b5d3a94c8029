"""How a command that works long tells what it does: a bar for a person, JSON lines for a program.

JSON lines: every line on standard output is one object with the key `event`, one of `progress`
(stage, done, total), `warning` (message), `done` (what the command made) and `error` (message,
hint).
"""

import json
import sys
import time
from typing import Protocol, TextIO

from tqdm import tqdm

_INTERVAL_S = 0.1


class Progress(Protocol):
    """What a long piece of work needs to be followed."""

    def step(self, stage: str, done: int, total: int) -> None:
        """`done` of `total` tensors or bytes of `stage` are finished."""

    def warn(self, message: str) -> None:
        """Something the user should know, but that stops nothing."""


class Report(Progress, Protocol):
    """What a command needs: progress, and how it ended."""

    def done(self, sentence: str, **fields: object) -> None:
        """The work succeeded; `fields` describe the result to a program (`path` among them)."""

    def fail(self, message: str, hint: str = "") -> None:
        """The work failed, and nothing was left behind."""


class Silence:
    """A Progress nobody listens to."""

    def step(self, stage: str, done: int, total: int) -> None:
        """Say nothing."""

    def warn(self, message: str) -> None:
        """Say nothing."""


class JsonLines:
    """A Report that writes one JSON object a line."""

    def __init__(self, stream: TextIO, *, interval_s: float = _INTERVAL_S) -> None:
        """Write to `stream`, one progress line per `interval_s` at most."""
        self._stream = stream
        self._interval_s = interval_s
        self._stage = ""
        self._next = 0.0

    def _write(self, event: str, **fields: object) -> None:
        # ASCII, because the reader may not know which encoding the console has.
        print(json.dumps({"event": event, **fields}), file=self._stream, flush=True)

    def step(self, stage: str, done: int, total: int) -> None:
        """One line, unless the last one is too recent; a stage's first and last always appear."""
        now = time.monotonic()
        if stage == self._stage and done != total and now < self._next:
            return
        self._stage, self._next = stage, now + self._interval_s
        self._write("progress", stage=stage, done=done, total=total)

    def warn(self, message: str) -> None:
        """One line."""
        self._write("warning", message=message)

    def done(self, sentence: str, **fields: object) -> None:
        """The last line; `sentence` is for people and left out."""
        self._write("done", **fields)

    def fail(self, message: str, hint: str = "") -> None:
        """The last line."""
        self._write("error", message=message, hint=hint)


class Terminal:
    """A Report for a person: a bar on standard error, sentences on standard output."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: tqdm | None = None

    def step(self, stage: str, done: int, total: int) -> None:
        """Move the bar; a new stage begins a new one."""
        if self._bar is None or stage != self._stage:
            self._close()
            self._stage = stage
            self._bar = tqdm(
                total=total, desc=stage, unit_scale=True, file=sys.stderr, dynamic_ncols=True
            )
        self._bar.update(done - self._bar.n)
        if done == total:
            self._close()

    def warn(self, message: str) -> None:
        """A sentence above the bar."""
        tqdm.write(f"Note: {message}", file=sys.stdout)

    def done(self, sentence: str, **fields: object) -> None:
        """A sentence; `fields` are for programs and left out."""
        self._close()
        print(sentence)

    def fail(self, message: str, hint: str = "") -> None:
        """On standard error."""
        self._close()
        print(f"model_tools: {message}", file=sys.stderr)
        if hint:
            print(hint, file=sys.stderr)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def report_for(*, json_lines: bool) -> Report:
    """The Report that the option `--json` asks for."""
    return JsonLines(sys.stdout) if json_lines else Terminal()
