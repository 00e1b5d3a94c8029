"""A runner that adds up what its programs used, and whose programs end when the user stops."""

import threading

from tutor_app.core.program import CodeRunner, Isolation, ProgramRun, RunOutcome, RunRequest
from tutor_app.tutor.cancellation import Cancellation


class RunLedger:
    """A `CodeRunner` around another one.

    Attributes:
        protection: what protected from the last run that ended; None while there is none.
        seconds: on the clock, of all runs together.
        memory_bytes: the most that any of them used.
    """

    def __init__(self, runner: CodeRunner, cancellation: Cancellation) -> None:
        self._runner = runner
        self._cancellation = cancellation
        self._lock = threading.Lock()
        self.protection: Isolation | None = None
        self.seconds = 0.0
        self.memory_bytes = 0

    @property
    def is_stopped(self) -> bool:
        """Whether the user asked to stop."""
        return self._cancellation.is_requested

    def isolation(self) -> Isolation:
        """See `core.program.CodeRunner.isolation`."""
        return self._runner.isolation()

    def start(self, request: RunRequest) -> "_EnteredRun":
        """See `core.program.CodeRunner.start`."""
        run = self._runner.start(request)
        self._cancellation.also_stops(run.stop)
        return _EnteredRun(run, self)

    def close(self) -> None:
        """See `core.program.CodeRunner.close`."""
        self._runner.close()

    def enter(self, outcome: RunOutcome) -> None:
        """Add a run that has ended."""
        with self._lock:
            self.protection = outcome.isolation
            self.seconds += outcome.wall_s
            self.memory_bytes = max(self.memory_bytes, outcome.memory_bytes)


class _EnteredRun:
    def __init__(self, run: ProgramRun, ledger: RunLedger) -> None:
        self._run = run
        self._ledger = ledger

    def result(self) -> RunOutcome:
        """Wait for the end, and enter it."""
        outcome = self._run.result()
        self._ledger.enter(outcome)
        return outcome

    def stop(self) -> None:
        """End it."""
        self._run.stop()
