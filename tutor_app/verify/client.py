"""The parent's side of the check host: limits, restarts, a cache of results. No SymPy.

One worker answers; a second one is kept warm, because starting takes half a second. A job that
overruns its limit costs its worker: the worker is killed, the spare takes over, and a new spare
starts in the background.
"""

import queue
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final, Generic, Protocol, TypeVar

import msgspec

from tutor_app.core.errors import CheckerError
from tutor_app.core.hostprocess import HostEnded, HostProcess, HostSilent
from tutor_app.core.ports import TaskReading
from tutor_app.core.verdict import (
    ChainVerdict,
    ClaimVerdict,
    Method,
    Relation,
    Status,
    StepVerdict,
    Verdict,
    unknown,
)
from tutor_app.verify.prose import annotations, prose_claims
from tutor_app.verify.protocol import (
    READY,
    CheckAnswer,
    CheckClaims,
    CheckLine,
    CheckSteps,
    CompareAnswers,
    Job,
    ReadProblem,
    Reply,
    decode_reply,
    encode_job,
)

_MODULE: Final = "tutor_app.verify.host"
_START_S: Final = 60.0
_START_ATTEMPTS: Final = 2
_JOBS_PER_WORKER: Final = 300
_MEMORY_BYTES_PER_WORKER: Final = 400_000_000
_CACHED_REPLIES: Final = 2000
_CLOSE_S: Final = 5.0

_Result = TypeVar("_Result")


class _Pending(Protocol):
    """A job that waits for its result, whatever the type of the result."""

    line: str

    def begin(self) -> bool: ...

    def succeed(self, reply: Reply) -> None: ...

    def give_up(self, method: Method, reason: str) -> None: ...

    def fail(self, error: Exception) -> None: ...

    def cancel(self) -> None: ...


class _Ticket(Generic[_Result]):
    """One job with its future."""

    def __init__(
        self,
        job: Job,
        select: Callable[[Reply], _Result],
        fallback: Callable[[Method, str], _Result],
    ) -> None:
        self.line = encode_job(job)
        self.future: Future[_Result] = Future()
        self._select = select
        self._fallback = fallback

    def begin(self) -> bool:
        return self.future.set_running_or_notify_cancel()

    def succeed(self, reply: Reply) -> None:
        self.future.set_result(self._select(reply))

    def give_up(self, method: Method, reason: str) -> None:
        self.future.set_result(self._fallback(method, reason))

    def fail(self, error: Exception) -> None:
        self.future.set_exception(error)

    def cancel(self) -> None:
        self.future.cancel()


class _Worker:
    """One host process and how much it has done."""

    def __init__(self) -> None:
        self.process = HostProcess(_MODULE)
        self.jobs = 0
        self.memory_bytes = 0
        self._is_ready = False

    @property
    def is_worn(self) -> bool:
        """Whether it should be replaced before the next job."""
        return self.jobs >= _JOBS_PER_WORKER or self.memory_bytes > _MEMORY_BYTES_PER_WORKER

    def wait_ready(self) -> None:
        if self._is_ready:
            return
        line = self.process.receive(timeout_s=_START_S)
        if line != READY:
            raise HostEnded("said something unexpected", line)
        self._is_ready = True

    def ask(self, line: str, *, timeout_s: float) -> Reply:
        self.jobs += 1
        self.process.send(line)
        reply = decode_reply(self.process.receive(timeout_s=timeout_s))
        self.memory_bytes = reply.memory_bytes
        return reply


class CheckHost:
    """A `Checker` whose work is done in processes of its own. Safe from any thread.

    Nothing starts before the first job, or before `warm_up`.
    """

    def __init__(self, *, limit_s: float = 2.0) -> None:
        self._limit_s = limit_s
        self._queue: queue.Queue[_Pending | None] = queue.Queue()
        self._lock = threading.Lock()
        self._is_closed = False
        self._thread: threading.Thread | None = None
        self._worker: _Worker | None = None
        self._spare: _Worker | None = None
        self._cache: OrderedDict[str, Reply] = OrderedDict()

    # -- the six questions ---------------------------------------------------------------

    def read_problem(self, problem: str) -> "Future[TaskReading]":
        """How the problem is understood; kind is empty if it is not recognised."""

        def select(reply: Reply) -> TaskReading:
            return reply.reading or TaskReading("", "")

        def fallback(method: Method, reason: str) -> TaskReading:
            del method, reason
            return TaskReading("", "")

        return self._submit(_Ticket(ReadProblem(problem), select, fallback))

    def check_answer(self, problem: str, answer: str) -> "Future[Verdict]":
        """Check an answer knowing only the problem."""
        return self._submit(_Ticket(CheckAnswer(problem, answer), _verdict, unknown))

    def check_line(
        self, problem: str, earlier: tuple[str, ...], line: str, index: int
    ) -> "Future[StepVerdict | None]":
        """Check one block of an answer; None where it claims nothing to check."""

        def select(reply: Reply) -> StepVerdict | None:
            return reply.step

        def fallback(method: Method, reason: str) -> StepVerdict | None:
            return _undecided_step(index, method, reason)

        job = CheckLine(problem, tuple(earlier), line, index)
        return self._submit(_Ticket(job, select, fallback))

    def check_steps(self, problem: str, lines: tuple[str, ...]) -> "Future[ChainVerdict]":
        """Check a piece of working line by line."""

        def select(reply: Reply) -> ChainVerdict:
            assert reply.chain is not None
            return reply.chain

        def fallback(method: Method, reason: str) -> ChainVerdict:
            steps = tuple(_undecided_step(k, method, reason) for k in range(len(lines)))
            return ChainVerdict(steps, None, complete=False)

        return self._submit(_Ticket(CheckSteps(problem, tuple(lines)), select, fallback))

    def check_claims(self, text: str) -> "Future[tuple[ClaimVerdict, ...]]":
        """Every claim of a text by itself; undecided, those in prose are still listed."""

        def select(reply: Reply) -> tuple[ClaimVerdict, ...]:
            return reply.claims

        def fallback(method: Method, reason: str) -> tuple[ClaimVerdict, ...]:
            found = (*annotations(text), *prose_claims(text))
            return tuple(ClaimVerdict(one, Status.UNKNOWN, method, reason) for one in found)

        return self._submit(_Ticket(CheckClaims(text), select, fallback))

    def compare_answers(self, gold: str, answer: str, problem: str) -> "Future[Verdict]":
        """Whether two answers are the same."""
        return self._submit(_Ticket(CompareAnswers(gold, answer, problem), _verdict, unknown))

    # -- life -----------------------------------------------------------------------------

    def warm_up(self) -> None:
        """Start the processes now, in the background, so that the first job need not wait."""
        with self._lock:
            self._start_thread()

    def close(self) -> None:
        """End the processes; jobs still waiting are cancelled."""
        with self._lock:
            self._is_closed = True
            workers = [self._worker, self._spare]
            thread = self._thread
        for worker in workers:
            if worker is not None:
                worker.process.kill()
        self._queue.put(None)
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=_CLOSE_S)

    def _submit(self, ticket: "_Ticket[_Result]") -> "Future[_Result]":
        with self._lock:
            if self._is_closed:
                raise CheckerError("The checker has been closed.")
            self._start_thread()
            self._queue.put(ticket)
        return ticket.future

    def _start_thread(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="check-host", daemon=True)
            self._thread.start()

    # -- the serving thread ---------------------------------------------------------------

    def _serve(self) -> None:
        self._prepare()
        while True:
            pending = self._queue.get()
            if pending is None or self._is_closed:
                break
            if pending.begin():
                self._serve_one(pending)
        self._cancel_rest(pending)
        self._release()

    def _serve_one(self, pending: _Pending) -> None:
        cached = self._cache.get(pending.line)
        if cached is not None:
            self._cache.move_to_end(pending.line)
            pending.succeed(cached)
            return
        try:
            worker = self._ready_worker()
        except CheckerError as error:
            pending.fail(error)
            return
        self._ask(worker, pending)

    def _ask(self, worker: _Worker, pending: _Pending) -> None:
        try:
            reply = worker.ask(pending.line, timeout_s=self._limit_s)
        except HostSilent:
            self._replace(worker)
            pending.give_up(Method.TIMEOUT, f"not decided within {self._limit_s:g} s")
        except HostEnded as ended:
            self._replace(worker)
            pending.give_up(Method.UNSUPPORTED, f"not decided: the checking process {ended.reason}")
        except msgspec.MsgspecError:
            self._replace(worker)
            pending.give_up(Method.UNSUPPORTED, "not decided: the checking process lost its way")
        else:
            self._finish(worker, pending, reply)

    def _finish(self, worker: _Worker, pending: _Pending, reply: Reply) -> None:
        if reply.failure:
            pending.give_up(Method.UNSUPPORTED, f"not decided: {reply.failure}")
        else:
            self._cache[pending.line] = reply
            if len(self._cache) > _CACHED_REPLIES:
                self._cache.popitem(last=False)
            pending.succeed(reply)
        if worker.is_worn:
            self._replace(worker)

    def _prepare(self) -> None:
        """Start both processes; a failure is reported with the first job."""
        try:
            self._worker = self._start()
            self._spare = self._start()
        except CheckerError:
            return

    def _start(self) -> _Worker | None:
        with self._lock:
            if self._is_closed:
                return None
            try:
                return _Worker()
            except OSError as error:
                raise CheckerError(
                    "The checking process cannot be started.", hint=str(error)
                ) from error

    def _ready_worker(self) -> _Worker:
        reason = "it was closed"
        for _ in range(_START_ATTEMPTS):
            if self._worker is None:
                self._promote()
            worker = self._worker
            if worker is None:
                break
            try:
                worker.wait_ready()
            except (HostEnded, HostSilent) as error:
                reason = str(error)
                self._replace(worker)
                continue
            return worker
        raise CheckerError("The checking process cannot be used.", hint=reason)

    def _promote(self) -> None:
        """The spare becomes the worker, and a new spare starts to load."""
        worker, self._spare = self._spare, None
        self._worker = worker if worker is not None else self._start()
        self._spare = self._start()

    def _replace(self, worker: _Worker) -> None:
        worker.process.kill()
        self._worker = None
        try:
            self._promote()
        except CheckerError:
            return  # the next job meets the same error and reports it

    def _cancel_rest(self, first: _Pending | None) -> None:
        if first is not None:
            first.cancel()
        while True:
            try:
                pending = self._queue.get_nowait()
            except queue.Empty:
                return
            if pending is not None:
                pending.cancel()

    def _release(self) -> None:
        for worker in (self._worker, self._spare):
            if worker is not None:
                worker.process.kill()


def _verdict(reply: Reply) -> Verdict:
    assert reply.verdict is not None
    return reply.verdict


def _undecided_step(index: int, method: Method, reason: str) -> StepVerdict:
    return StepVerdict(index, Status.UNKNOWN, method, Relation.CLAIM, reason)
