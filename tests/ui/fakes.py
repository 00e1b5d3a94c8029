"""A conversation, a model and a history that need neither model nor disk."""

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.tutor_fakes import FakeChecker, done
from tutor_app.core.blocks import BlockClosed, BlockSplitter
from tutor_app.core.code_answer import CodeAnswer
from tutor_app.core.events import (
    AttemptEnded,
    AttemptStarted,
    ProblemRead,
    Solved,
    SolveEvent,
    StepJudged,
    StepSubmitted,
    TextWritten,
)
from tutor_app.core.ports import FinishReason, ModelInfo, TaskReading
from tutor_app.core.records import Exchange, ExchangeState, Mode, ThreadSummary
from tutor_app.core.solution import Attempt, Solution, Source, Step
from tutor_app.core.verdict import (
    ChainVerdict,
    Evidence,
    Method,
    Relation,
    Status,
    StepVerdict,
    Verdict,
)

MODEL = ModelInfo("starter", Path("starter.gguf"), "0" * 64, 6_033_664, 1024, True, "MIT")

_METHODS = {
    Status.VERIFIED: Method.SOLUTION_SET,
    Status.REFUTED: Method.COUNTEREXAMPLE,
    Status.UNKNOWN: Method.UNPARSED,
}
_REASONS = {
    Status.VERIFIED: "The solutions are the same as those of the line before.",
    Status.REFUTED: "Not true at x = 2.",
    Status.UNKNOWN: "A part of this line could not be read.",
}


def step_verdict(index: int, status: Status) -> StepVerdict:
    method = _METHODS[status]
    relation = Relation.EQUIVALENT if status is Status.VERIFIED else Relation.UNRELATED
    evidence = (Evidence(method, "x = 2: left 25, right 13", {"x": "2"}),)
    return StepVerdict(index, status, method, relation, _REASONS[status], evidence, "3*x = 15")


def answer_verdict(status: Status) -> Verdict:
    method = Method.SUBSTITUTION if status is not Status.UNKNOWN else Method.UNSUPPORTED
    sides = {Status.VERIFIED: "left 20, right 20", Status.REFUTED: "left 26, right 20"}
    text = sides.get(status, "No checker knows this kind of problem.")
    return Verdict(
        status, method, (Evidence(method, text),), ("x is a real number",),
        reading="solve 3*x + 5 = 20 for x",
    )  # fmt: skip


@dataclass(frozen=True)
class Script:
    """What the fake model does in one attempt.

    Attributes:
        text: the whole answer.
        answer: what stands in the box.
        status: of the answer.
        lines: status by block index, where a line can be checked.
        finish_reason: how it ends.
    """

    text: str
    answer: str = "5"
    status: Status = Status.VERIFIED
    lines: dict[int, Status] = field(default_factory=dict)
    finish_reason: FinishReason = FinishReason.DONE


class FakeRun:
    """Plays scripts and writes history as it goes, as the real use case does."""

    def __init__(
        self, history: "FakeHistory", thread_id: int, problem: str, scripts: Sequence[Script],
        *, chars: int, pause_s: float, error: Exception | None, chosen: int,
    ) -> None:  # fmt: skip
        self.thread_id = thread_id
        self.exchange_id = history.begin_exchange(thread_id, problem)
        self.problem = problem
        self._history = history
        self._scripts = scripts
        self._chars = chars
        self._pause_s = pause_s
        self._error = error
        self._chosen = chosen
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()

    def events(self) -> Iterator[SolveEvent]:
        yield ProblemRead(TaskReading("solve-equation", "solve 3*x + 5 = 20 for x"))
        results: list[tuple[str, tuple[Step, ...]]] = []
        for number, script in enumerate(self._scripts):
            yield AttemptStarted(number, 7 + number, MODEL)
            if number:
                self._history.restart_text(self.exchange_id)
            steps: list[Step] = []
            written = yield from self._write(number, script, steps)
            if self._error is not None:
                self._history.fail_exchange(self.exchange_id, str(self._error))
                raise self._error
            results.append((written, tuple(steps)))
            reason = FinishReason.STOPPED if self._stopped.is_set() else script.finish_reason
            tokens = len(written) // 3
            verdict = answer_verdict(script.status)
            yield AttemptEnded(number, script.answer, verdict, reason, tokens, 23.4)
            if self._stopped.is_set():
                break
        solution = self._solution(results)
        self._history.finish_exchange(self.exchange_id, solution)
        yield Solved(solution)

    def _write(
        self, number: int, script: Script, steps: list[Step]
    ) -> Generator[SolveEvent, None, str]:
        splitter = BlockSplitter()
        written = ""
        for start in range(0, len(script.text), self._chars):
            if self._stopped.wait(self._pause_s):
                break
            piece = script.text[start : start + self._chars]
            written += piece
            self._history.append_text(self.exchange_id, piece)
            yield TextWritten(number, piece, len(written) // 3, 23.4)
            yield from self._judge(number, script, splitter.feed(piece), steps)
        yield from self._judge(number, script, splitter.end(), steps)
        return written

    def _judge(
        self, number: int, script: Script, changes: Sequence[object], steps: list[Step]
    ) -> Iterator[SolveEvent]:
        for change in changes:
            if not isinstance(change, BlockClosed):
                continue
            yield StepSubmitted(number, change.index)
            status = script.lines.get(change.index)
            verdict = step_verdict(change.index, status) if status is not None else None
            step = Step(change.index, change.text, verdict)
            steps.append(step)
            self._history.record_step(self.exchange_id, step)
            yield StepJudged(number, change.index, verdict)

    def _solution(self, results: list[tuple[str, tuple[Step, ...]]]) -> Solution:
        chosen = min(self._chosen, len(results) - 1) if self._chosen >= 0 else len(results) - 1
        script = self._scripts[chosen]
        text, steps = results[chosen]
        stopped = self._stopped.is_set()
        return Solution(
            problem=self.problem, text=text, answer=script.answer,
            verdict=answer_verdict(script.status), source=Source.MODEL, steps=steps,
            attempts=tuple(
                Attempt(one.answer, one.status, len(done[0]) // 3)
                for one, done in zip(self._scripts, results, strict=False)
            ),
            finish_reason=FinishReason.STOPPED if stopped else script.finish_reason,
            tokens=812, prompt_tokens=40, seconds=35.2, tokens_per_s=23.4, model=MODEL, seed=7,
        )  # fmt: skip


class FakeConversation:
    """Answers every problem with the same scripts."""

    def __init__(
        self, history: "FakeHistory", *scripts: Script, chars: int = 5, pause_s: float = 0.0,
        error: Exception | None = None, chosen: int = -1,
    ) -> None:  # fmt: skip
        self._history = history
        self.scripts: Sequence[Script] = scripts
        self.chars = chars
        self.pause_s = pause_s
        self.error = error
        self.chosen = chosen
        self.choose_scripts: Callable[[str], Sequence[Script]] = lambda _: self.scripts

    def ask(self, thread_id: int | None, problem: str, mode: Mode = Mode.SOLVE) -> FakeRun:
        if thread_id is None:
            thread_id = self._history.create_thread(problem.splitlines()[0])
        return FakeRun(
            self._history, thread_id, problem, self.choose_scripts(problem), chars=self.chars,
            pause_s=self.pause_s, error=self.error, chosen=self.chosen,
        )  # fmt: skip


class FakeHistory:
    """History in memory."""

    def __init__(self) -> None:
        self._threads: dict[int, ThreadSummary] = {}
        self._deleted: set[int] = set()
        self._exchanges: dict[int, Exchange] = {}

    def threads(self) -> tuple[ThreadSummary, ...]:
        shown = [one for key, one in self._threads.items() if key not in self._deleted]
        return tuple(sorted(shown, key=lambda one: -one.updated_at_s))

    def add_thread(self, title: str, updated_at_s: float) -> int:
        key = len(self._threads) + 1
        self._threads[key] = ThreadSummary(key, title, updated_at_s)
        return key

    def create_thread(self, title: str) -> int:
        return self.add_thread(title, time.time())

    def rename_thread(self, thread_id: int, title: str) -> None:
        self._threads[thread_id] = replace(self._threads[thread_id], title=title)

    def delete_thread(self, thread_id: int) -> None:
        self._deleted.add(thread_id)

    def restore_thread(self, thread_id: int) -> None:
        self._deleted.discard(thread_id)

    def exchanges(self, thread_id: int) -> tuple[Exchange, ...]:
        return tuple(one for one in self._exchanges.values() if one.thread_id == thread_id)

    def add_exchange(self, exchange: Exchange) -> None:
        self._exchanges[exchange.exchange_id] = exchange

    def begin_exchange(self, thread_id: int, problem: str, mode: Mode = Mode.SOLVE) -> int:
        key = len(self._exchanges) + 1
        state = ExchangeState.RUNNING
        self._exchanges[key] = Exchange(key, thread_id, problem, state, "", (), "", 0.0, None, mode)
        return key

    def _change(self, exchange_id: int, **fields: object) -> None:
        known = self._exchanges[exchange_id]
        self._exchanges[exchange_id] = replace(known, **fields)  # type: ignore[arg-type]

    def restart_text(self, exchange_id: int) -> None:
        self._change(exchange_id, text="", steps=())

    def append_text(self, exchange_id: int, text: str) -> None:
        self._change(exchange_id, text=self._exchanges[exchange_id].text + text)

    def record_step(self, exchange_id: int, step: Step) -> None:
        self._change(exchange_id, steps=(*self._exchanges[exchange_id].steps, step))

    def finish_exchange(self, exchange_id: int, solution: Solution) -> None:
        stopped = solution.finish_reason is FinishReason.STOPPED
        state = ExchangeState.STOPPED if stopped else ExchangeState.FINISHED
        self._change(exchange_id, state=state, text=solution.text, solution=solution)

    def finish_program(self, exchange_id: int, answer: CodeAnswer) -> None:
        stopped = answer.finish_reason is FinishReason.STOPPED
        state = ExchangeState.STOPPED if stopped else ExchangeState.FINISHED
        self._change(exchange_id, state=state, text=answer.text, program=answer)

    def fail_exchange(self, exchange_id: int, failure: str) -> None:
        self._change(exchange_id, state=ExchangeState.FAILED, failure=failure)

    def interrupt_exchange(self, exchange_id: int) -> None:
        self._change(exchange_id, state=ExchangeState.INTERRUPTED)

    def last_solution(self) -> Solution | None:
        found = [one.solution for one in self._exchanges.values() if one.solution is not None]
        return found[-1] if found else None

    def close(self) -> None:
        """Nothing to write."""


_STATUS = {"good": Status.VERIFIED, "bad": Status.REFUTED}


class WordChecker(FakeChecker):
    """A line that ends in "good" follows, one that ends in "bad" does not."""

    def check_steps(self, problem: str, lines: tuple[str, ...]) -> "Future[ChainVerdict]":
        steps: list[StepVerdict] = []
        for index, line in enumerate(lines):
            status = _STATUS.get(line.split()[-1], Status.UNKNOWN)
            evidence = (Evidence(_METHODS[status], "x = 2: left 25, right 13"),)
            is_after_wrong = any(step.status is Status.REFUTED for step in steps)
            steps.append(
                StepVerdict(
                    index, status, _METHODS[status], Relation.CLAIM, f"it is {status}", evidence,
                    f"reading of {line}",
                    follows_through=is_after_wrong and status is Status.VERIFIED,
                )
            )  # fmt: skip
        wrong = [step.index for step in steps if step.status is Status.REFUTED]
        is_complete = all(step.status is not Status.UNKNOWN for step in steps)
        return done(ChainVerdict(tuple(steps), wrong[0] if wrong else None, complete=is_complete))
