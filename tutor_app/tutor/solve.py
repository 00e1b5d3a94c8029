"""Solves one problem: streams the model, checks its lines, tries again until a try is verified."""

import secrets
import time
from collections import Counter
from collections.abc import Generator, Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from typing import TypeVar

from tutor_app.core.boxed import last_boxed_answer
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
from tutor_app.core.normalisation import normalise_problem
from tutor_app.core.ports import (
    ChatMessage,
    Checker,
    FinishReason,
    GenerationDelta,
    GenerationEnd,
    GenerationRequest,
    Model,
    ModelInfo,
    Role,
    Sampling,
)
from tutor_app.core.solution import Attempt, Solution, Source, Step
from tutor_app.core.verdict import Method, Status, Verdict, unknown
from tutor_app.tutor.cancellation import Cancellation
from tutor_app.tutor.checking import StepChecking

SYSTEM_PROMPT = "Please reason step by step, and put your final answer within \\boxed{}."
"""The default system prompt of MobileLLM-R1's own chat template."""
_CHECK_WAIT_S = 30.0  # the checker's own limit is shorter; this only guards a lost reply
_SEED_BITS = 31

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SolveOptions:
    """How hard to try.

    Attributes:
        attempts: tries at most; the first verified one ends the run.
        max_tokens: budget of one try.
        temperature: see `core.ports.Sampling`.
        top_p: see `core.ports.Sampling`.
        seed: of the first try; None draws one. Try k uses seed + k.
    """

    attempts: int = 4
    max_tokens: int = 1024
    temperature: float = 0.6
    top_p: float = 0.95
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class _Try:
    """One finished attempt with all that a solution needs of it."""

    text: str
    answer: str
    verdict: Verdict
    steps: tuple[Step, ...]
    end: GenerationEnd


def drawn_seed(options: SolveOptions) -> int:
    """The seed asked for, or a new one."""
    return secrets.randbits(_SEED_BITS) if options.seed is None else options.seed


def _resolved(future: "Future[T]") -> T:
    return future.result(timeout=_CHECK_WAIT_S)


class Solver:
    """Drives a model and a checker; both may be anything that fits the ports."""

    def __init__(self, model: Model, checker: Checker, options: SolveOptions) -> None:
        self.model = model
        self.checker = checker
        self.options = options

    def solve(self, problem: str, cancellation: Cancellation) -> Iterator[SolveEvent]:
        """Yield what happens; the last event is `Solved`.

        Raises:
            ModelError: the model cannot be loaded or died; what was written stays written.
            CheckerError: no checking process can be started.
        """
        started = time.monotonic()
        yield ProblemRead(_resolved(self.checker.read_problem(problem)))
        info = self.model.load()
        seed = drawn_seed(self.options)
        tries: list[_Try] = []
        for attempt in range(self.options.attempts):
            yield AttemptStarted(attempt, seed + attempt, info)
            tried = yield from self._try(problem, info, attempt, seed + attempt, cancellation)
            tries.append(tried)
            if tried.verdict.is_complete or cancellation.is_requested:
                break
        yield Solved(_solution(problem, info, seed, tries, time.monotonic() - started))

    def _request(self, problem: str, info: ModelInfo, seed: int) -> GenerationRequest:
        prompt = normalise_problem(problem) if info.normalises_problems else problem
        return GenerationRequest(
            messages=(ChatMessage(Role.SYSTEM, SYSTEM_PROMPT), ChatMessage(Role.USER, prompt)),
            sampling=Sampling(self.options.temperature, self.options.top_p, seed),
            max_tokens=self.options.max_tokens,
        )

    def _try(
        self,
        problem: str,
        info: ModelInfo,
        attempt: int,
        seed: int,
        cancellation: Cancellation,
    ) -> Generator[SolveEvent, None, _Try]:
        checking = StepChecking(self.checker, problem)
        text = ""
        end: GenerationEnd | None = None
        began = time.monotonic()
        with closing(self.model.stream(self._request(problem, info, seed))) as stream:
            if cancellation.is_requested:
                self.model.stop()  # asked between two attempts
            for event in stream:
                if isinstance(event, GenerationDelta):
                    text += event.text
                    speed = event.tokens / max(time.monotonic() - began, 1e-9)
                    yield TextWritten(attempt, event.text, event.tokens, speed)
                    for index in checking.feed(event.text):
                        yield StepSubmitted(attempt, index)
                else:
                    end = event
                for index, verdict in checking.judged_now():
                    yield StepJudged(attempt, index, verdict)
        assert end is not None, "a stream ends with GenerationEnd or raises"
        for index in checking.end():
            yield StepSubmitted(attempt, index)
        for index, verdict in checking.judged():
            yield StepJudged(attempt, index, verdict)
        answer = last_boxed_answer(text)
        judged = self._judge(problem, text, answer, end.finish_reason)
        yield AttemptEnded(attempt, answer, judged, end.finish_reason, end.tokens, end.tokens_per_s)
        return _Try(text, answer, judged, checking.steps(), end)

    def _judge(self, problem: str, text: str, answer: str, reason: FinishReason) -> Verdict:
        if answer:
            return _resolved(self.checker.check_answer(problem, text))
        if reason is FinishReason.STOPPED:
            return unknown(Method.UNPARSED, "The answer was stopped before it was finished.")
        if reason is FinishReason.LENGTH:
            return unknown(Method.UNPARSED, "The budget of tokens ran out before an answer came.")
        return unknown(Method.UNPARSED, "The text marks no final answer with a box.")


def _preference(tried: _Try, votes: Counter[str]) -> tuple[int, int]:
    rank = {Status.VERIFIED: 2, Status.UNKNOWN: 1, Status.REFUTED: 0}[tried.verdict.status]
    return rank + tried.verdict.is_complete, votes[tried.answer] if tried.answer else 0


def _solution(
    problem: str, info: ModelInfo, seed: int, tries: list[_Try], seconds: float
) -> Solution:
    """The best attempt, then the commonest answer.

    Right in value and form before right in value, before undecided, before refuted.
    """
    votes = Counter(tried.answer for tried in tries)
    best = max(tries, key=lambda tried: _preference(tried, votes))
    return Solution(
        problem=problem,
        text=best.text,
        answer=best.answer,
        verdict=best.verdict,
        source=Source.MODEL,
        steps=best.steps,
        attempts=tuple(
            Attempt(tried.answer, tried.verdict.status, tried.end.tokens) for tried in tries
        ),
        finish_reason=best.end.finish_reason,
        tokens=sum(tried.end.tokens for tried in tries),
        prompt_tokens=tries[0].end.prompt_tokens,
        seconds=seconds,
        tokens_per_s=best.end.tokens_per_s,
        model=info,
        seed=seed,
    )
