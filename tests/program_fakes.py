"""A runner of programs that runs none: its outcomes are given."""

import dataclasses
import threading
from collections.abc import Callable

from tutor_app.core.errors import SandboxError, SandboxRefused
from tutor_app.core.program import (
    Isolation,
    IsolationLevel,
    Phase,
    RunOutcome,
    RunRequest,
)

FULL = Isolation(IsolationLevel.FULL, "bubblewrap", "Files are safe.", ("Kernel mistakes.",))
REDUCED = Isolation(IsolationLevel.REDUCED, "landlock", "Mostly safe.", ("Names.",), "Do more.")
NOTHING = Isolation(IsolationLevel.NONE, "none", "Nothing protects here.", ("All.",), "Install it.")
ENDED = RunOutcome(
    phase=Phase.RUN, exit_code=0, signal="", limit=None, is_stopped=False,
    reason="It ended normally.", stdout=b"42\n", stderr=b"", is_truncated=False, diagnostics=b"",
    files=(), images=(), notes=(), wall_s=0.31, cpu_s=0.28, memory_bytes=12 << 20, isolation=FULL,
)  # fmt: skip
STOPPED = dataclasses.replace(
    ENDED, exit_code=None, signal="SIGKILL", is_stopped=True, reason="It was stopped.", stdout=b""
)


def outcome(**changes: object) -> RunOutcome:
    """A run that ended normally, but for what is named."""
    return dataclasses.replace(ENDED, **changes)  # type: ignore[arg-type]


class FakeProgramRun:
    """Ends at once, or when it is stopped."""

    def __init__(self, outcome: RunOutcome | Exception, *, is_held: bool) -> None:
        self._outcome = outcome
        self._released = threading.Event()
        self._is_stopped = False
        if not is_held:
            self._released.set()

    def result(self) -> RunOutcome:
        """Wait for the end."""
        assert self._released.wait(20), "nobody stopped the program"
        if self._is_stopped:
            return STOPPED
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome

    def stop(self) -> None:
        """End it."""
        self._is_stopped = not self._released.is_set()
        self._released.set()


class FakeRunner:
    """Gives the outcomes in turn, the last again and again, or what `decide` says.

    Attributes:
        requests: what was asked to be run.
        holds: programs run until they are stopped.
    """

    def __init__(
        self, *outcomes: RunOutcome | Exception, isolation: Isolation | SandboxError = FULL,
        decide: Callable[[RunRequest], RunOutcome] | None = None,
    ) -> None:  # fmt: skip
        self._outcomes = list(outcomes) or [ENDED]
        self._isolation = isolation
        self._decide = decide
        self.requests: list[RunRequest] = []
        self.holds = False
        self.is_closed = False

    def isolation(self) -> Isolation:
        """What the test wants."""
        if isinstance(self._isolation, SandboxError):
            raise self._isolation
        return self._isolation

    def start(self, request: RunRequest) -> FakeProgramRun:
        """Remember the request."""
        self.requests.append(request)
        given: RunOutcome | Exception
        if self._decide is not None:
            given = self._decide(request)
        else:
            given = self._outcomes.pop(0) if len(self._outcomes) > 1 else self._outcomes[0]
        is_refused = (
            isinstance(self._isolation, Isolation)
            and self._isolation.level is IsolationLevel.NONE
            and not request.allows_unprotected
        )
        if is_refused:
            given = SandboxRefused("Nothing protects here.", hint="Install it.")
        return FakeProgramRun(given, is_held=self.holds)

    def close(self) -> None:
        """Nothing runs."""
        self.is_closed = True
