"""The app's side: a queue of runs, a few at a time, each watched by a process of its own."""

import os
import platform
import re
import threading
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor

from tutor_app.core.errors import SandboxDied, SandboxError, SandboxRefused, ToolNotFound
from tutor_app.core.hostprocess import HostEnded, HostProcess, HostSilent
from tutor_app.core.program import Isolation, RunOutcome, RunRequest
from tutor_app.sandbox.levels import Mechanism, isolation_of
from tutor_app.sandbox.protocol import (
    Failed,
    FailureKind,
    Finished,
    FromSupervisor,
    Probe,
    Probed,
    Run,
    Stop,
    ToSupervisor,
    decode_from_supervisor,
    encode,
)

_SUPERVISOR = "tutor_app.sandbox.supervisor"
_MOST_AT_ONCE = 4
_PATIENCE_S = 60.0
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")
_ERRORS: dict[FailureKind, type[SandboxError]] = {
    FailureKind.REFUSED: SandboxRefused,
    FailureKind.TOOL_NOT_FOUND: ToolNotFound,
    FailureKind.OTHER: SandboxError,
}


class _Supervisors:
    """Starts supervisors; keeps one ready, since most of a short run is their own start."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spare: HostProcess | None = None
        self._is_closed = False

    def take(self) -> HostProcess:
        """A supervisor that has not been asked anything."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is None:
            return HostProcess(_SUPERVISOR)
        if spare.is_running:
            return spare
        spare.kill()  # releases what it held
        return HostProcess(_SUPERVISOR)

    def prepare(self) -> None:
        """Have one ready for the next run."""
        with self._lock:
            if self._spare is None and not self._is_closed:
                self._spare = HostProcess(_SUPERVISOR)

    def close(self) -> None:
        """End the one that is ready."""
        with self._lock:
            spare, self._spare, self._is_closed = self._spare, None, True
        if spare is not None:
            spare.kill()


class _Question:
    """One message to a supervisor of its own, which can be told to stop while it works."""

    def __init__(self, supervisors: _Supervisors) -> None:
        self._supervisors = supervisors
        self._lock = threading.Lock()
        self._process: HostProcess | None = None
        self._is_stopped = False

    def stop(self) -> None:
        with self._lock:
            self._is_stopped = True
            if self._process is not None:
                _send(self._process, Stop())

    def ask(self, message: ToSupervisor, timeout_s: float) -> FromSupervisor:
        """Start a supervisor, let it answer and end it.

        Raises:
            SandboxDied: no answer came.
        """
        process = self._supervisors.take()
        try:
            with self._lock:
                self._process = process
                _send(process, message)
                if self._is_stopped:
                    _send(process, Stop())
            self._supervisors.prepare()
            return decode_from_supervisor(process.receive(timeout_s=timeout_s))
        except HostEnded as error:
            raise SandboxDied(
                f"The process that watches over programs {error.reason}.",
                hint=error.stderr_tail[-300:],
            ) from error
        except HostSilent as error:
            raise SandboxDied("The process that watches over programs does not answer.") from error
        finally:
            with self._lock:
                self._process = None
            process.kill()


class _SupervisedRun:
    """One run: waiting, running or over."""

    def __init__(self, question: _Question, future: "Future[RunOutcome]") -> None:
        self._question = question
        self._future = future

    def result(self) -> RunOutcome:
        """Wait for the end."""
        try:
            return self._future.result()
        except CancelledError as error:
            raise SandboxRefused("The program was stopped before its turn came.") from error

    def stop(self) -> None:
        """End it now, or take it out of the queue."""
        if not self._future.cancel():
            self._question.stop()


def _send(process: HostProcess, message: ToSupervisor) -> None:
    try:
        process.send(encode(message))
    except HostEnded:
        return  # `receive` says so, with the reason


class Sandbox:
    """Runs programs, at most a few at a time; a `CodeRunner`."""

    def __init__(
        self,
        mechanism: Mechanism | None = None,
        *,
        at_once: int | None = None,
        user_id: int | None = None,
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            mechanism: use this one untried, instead of the best that works here.
            at_once: how many programs may run at the same time.
            user_id: whom programs run as where the app is root; nobody else's where None.
        """
        self._user_id = user_id
        self._at_once = at_once or max(1, min(_MOST_AT_ONCE, os.cpu_count() or 1))
        self._pool = ThreadPoolExecutor(self._at_once, thread_name_prefix="sandbox")
        self._lock = threading.Lock()
        self._runs: set[_SupervisedRun] = set()
        self._supervisors = _Supervisors()
        self._probe_lock = threading.Lock()
        self._isolation = None if mechanism is None else isolation_of(mechanism)

    def isolation(self) -> Isolation:
        """What protects here; tried out at the first call and remembered.

        Raises:
            SandboxDied: it could not be tried out; the next call tries again.
        """
        with self._probe_lock:
            if self._isolation is None:
                self._isolation = self._probe()
            return self._isolation

    def _probe(self) -> Isolation:
        if platform.system() != "Linux":
            hint = "Running programs needs Linux; on Windows, WSL 2 is one."
            return isolation_of(Mechanism.NONE, hint)
        reply = _Question(self._supervisors).ask(Probe(), _PATIENCE_S)
        if isinstance(reply, Probed):
            return isolation_of(reply.mechanism, reply.hint)
        assert isinstance(reply, Failed), "a probe is answered by Probed or Failed"
        return isolation_of(Mechanism.NONE, f"{reply.message} {reply.hint}".strip())

    def start(self, request: RunRequest) -> _SupervisedRun:
        """Put a program into the queue.

        Raises:
            SandboxError: a file beside the program has a name that is not allowed.
        """
        for file in request.files:
            if not _FILE_NAME.fullmatch(file.name):
                raise SandboxError(
                    f"A program's file may not be called {file.name!r}.",
                    hint="Use letters, digits, dots, dashes and underscores.",
                )
        question = _Question(self._supervisors)
        future = self._pool.submit(self._run, question, request)
        run = _SupervisedRun(question, future)
        with self._lock:
            self._runs.add(run)
        future.add_done_callback(lambda _: self._forget(run))
        return run

    def _forget(self, run: _SupervisedRun) -> None:
        with self._lock:
            self._runs.discard(run)

    def _run(self, question: _Question, request: RunRequest) -> RunOutcome:
        isolation = self.isolation()
        mechanism = Mechanism(isolation.mechanism)
        if mechanism is Mechanism.NONE:
            self._require_consent(request, isolation)
        message = Run(mechanism, isolation, request, self._user_id)
        reply = question.ask(message, timeout_s=request.limits.wall_s + _PATIENCE_S)
        if isinstance(reply, Failed):
            raise _ERRORS[reply.kind](reply.message, hint=reply.hint)
        assert isinstance(reply, Finished), "a run is answered by Finished or Failed"
        return reply.outcome

    def _require_consent(self, request: RunRequest, isolation: Isolation) -> None:
        if platform.system() != "Linux":
            raise SandboxRefused("Programs are run only on Linux so far.", hint=isolation.hint)
        if not request.allows_unprotected:
            raise SandboxRefused(isolation.sentence, hint=isolation.hint)

    def close(self) -> None:
        """Stop everything that runs or waits."""
        with self._lock:
            runs = tuple(self._runs)
        for run in runs:
            run.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._supervisors.close()
