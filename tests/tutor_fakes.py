"""Ten-line stand-ins for the ports."""

import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from tutor_app.core.ports import (
    FinishReason,
    GenerationDelta,
    GenerationEnd,
    GenerationEvent,
    GenerationRequest,
    ModelInfo,
    TaskReading,
)
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

T = TypeVar("T")

INFO = ModelInfo(
    name="fake",
    path=Path("fake.gguf"),
    sha256="0" * 64,
    parameters=1,
    context_tokens=100,
    normalises_problems=True,
    licence="MIT",
)


def done(value: T) -> "Future[T]":
    future: Future[T] = Future()
    future.set_result(value)
    return future


class FakeModel:
    """Writes the given texts, one a request, in pieces of three characters."""

    def __init__(self, texts: tuple[str, ...], *, error_after: int | None = None) -> None:
        self.texts = texts
        self.requests: list[GenerationRequest] = []
        self.error: Exception | None = None
        self.error_after = error_after
        self.stopped = threading.Event()
        self.on_piece: Callable[[int], None] = lambda _: None

    def load(self) -> ModelInfo:
        return INFO

    def stream(self, request: GenerationRequest) -> Generator[GenerationEvent, None, None]:
        self.stopped.clear()
        text = self.texts[len(self.requests) % len(self.texts)]
        self.requests.append(request)
        count = 0
        for start in range(0, len(text), 3):
            if self.error is not None and count == self.error_after:
                raise self.error
            if self.stopped.is_set():
                yield GenerationEnd(FinishReason.STOPPED, count, 5, 0.0, 1.0)
                return
            count += 1
            yield GenerationDelta(text[start : start + 3], count)
            self.on_piece(count)
        yield GenerationEnd(FinishReason.DONE, count, 5, 0.0, 1.0)

    def stop(self) -> None:
        self.stopped.set()

    def close(self) -> None:
        self.stop()


class FakeChecker:
    """Verifies lines that hold "good", refutes those that hold "bad"; answers by a table."""

    def __init__(self, answers: dict[str, Status] | None = None) -> None:
        self.answers = answers or {}
        self.lines: list[tuple[tuple[str, ...], str, int]] = []

    def read_problem(self, problem: str) -> "Future[TaskReading]":
        return done(TaskReading("fake-task", f"read {problem}"))

    def check_answer(self, problem: str, answer: str) -> "Future[Verdict]":
        for text, status in self.answers.items():
            if text in answer and status is not Status.UNKNOWN:
                return done(Verdict(status, Method.EXACT_ARITHMETIC))
        return done(unknown(Method.UNSUPPORTED, "not in the table"))

    def check_line(
        self, problem: str, earlier: tuple[str, ...], line: str, index: int
    ) -> "Future[StepVerdict | None]":
        self.lines.append((earlier, line, index))
        for word, status in (("good", Status.VERIFIED), ("bad", Status.REFUTED)):
            if word in line:
                return done(
                    StepVerdict(index, status, Method.EXACT_ARITHMETIC, Relation.CLAIM, word)
                )
        return done(None)

    def check_steps(self, problem: str, lines: tuple[str, ...]) -> "Future[ChainVerdict]":
        return done(ChainVerdict((), None, complete=True))

    def check_claims(self, text: str) -> "Future[tuple[ClaimVerdict, ...]]":
        return done(())

    def compare_answers(self, gold: str, answer: str, problem: str) -> "Future[Verdict]":
        return done(unknown(Method.UNSUPPORTED, "never"))

    def close(self) -> None:
        pass
