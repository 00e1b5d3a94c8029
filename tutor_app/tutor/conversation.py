"""A question in a thread: answers it and writes down what happens as it happens."""

from collections.abc import Generator, Iterator

from tutor_app.core.errors import TutorError
from tutor_app.core.events import (
    AttemptEnded,
    AttemptStarted,
    Coded,
    ExchangeEvent,
    ProblemRead,
    ProgramStarted,
    ProgramTried,
    Solved,
    StepJudged,
    StepSubmitted,
    TextWritten,
)
from tutor_app.core.records import History, Mode
from tutor_app.core.solution import Step
from tutor_app.tutor.cancellation import Cancellation
from tutor_app.tutor.code import CodeQuestion, Coder
from tutor_app.tutor.examples import Example
from tutor_app.tutor.solve import Solver

_TITLE_CHARACTERS = 80


def title_of(problem: str) -> str:
    """A thread's first title: the first line of its first problem."""
    line = next((line.strip() for line in problem.splitlines() if line.strip()), "New problem")
    return line if len(line) <= _TITLE_CHARACTERS else line[: _TITLE_CHARACTERS - 1] + "…"


class Run:
    """One question on its way to an answer."""

    def __init__(
        self,
        work: Iterator[ExchangeEvent],
        cancellation: Cancellation,
        history: History,
        thread_id: int,
        exchange_id: int,
    ) -> None:
        self.thread_id = thread_id
        self.exchange_id = exchange_id
        self._work = work
        self._history = history
        self._cancellation = cancellation

    def stop(self) -> None:
        """Ask the run to end; safe from any thread, returns at once."""
        self._cancellation.request()

    def events(self) -> Generator[ExchangeEvent, None, None]:
        """Answer, and keep every event before it is yielded; once only.

        Raises:
            TutorError: no answer came; the exchange keeps the text so far and the reason.
        """
        is_ended = False
        try:
            for event in self._work:
                self._keep(event)
                is_ended = is_ended or isinstance(event, Solved | Coded)
                yield event
        except TutorError as error:
            is_ended = True
            failure = f"{error} {error.hint}".strip()
            self._history.fail_exchange(self.exchange_id, failure)
            raise
        finally:
            if not is_ended:  # the reader went away, or a bug passed through
                self._history.interrupt_exchange(self.exchange_id)

    def _keep(self, event: ExchangeEvent) -> None:
        match event:
            case AttemptStarted():
                self._history.restart_text(self.exchange_id)
            case TextWritten():
                self._history.append_text(self.exchange_id, event.text)
            case StepJudged():
                self._history.record_step(self.exchange_id, Step(event.index, "", event.verdict))
            case Solved():
                self._history.finish_exchange(self.exchange_id, event.solution)
            case Coded():
                self._history.finish_program(self.exchange_id, event.answer)
            case (
                ProblemRead() | StepSubmitted() | AttemptEnded() | ProgramStarted() | ProgramTried()
            ):
                pass  # nothing that a reopened thread would miss


class Conversation:
    """Asks questions in threads."""

    def __init__(self, solver: Solver, coder: Coder, history: History) -> None:
        self._solver = solver
        self._coder = coder
        self._history = history

    def ask(
        self,
        thread_id: int | None,
        problem: str,
        mode: Mode = Mode.SOLVE,
        examples: tuple[Example, ...] = (),
    ) -> Run:
        """Begin an exchange, in a new thread where `thread_id` is None.

        Args:
            thread_id: of the thread to go on in.
            problem: as typed.
            mode: what the answer is to be.
            examples: to try a program on, besides those that the problem shows.

        Raises:
            HistoryError: it cannot be written down.
        """
        if thread_id is None:
            thread_id = self._history.create_thread(title_of(problem))
        exchange_id = self._history.begin_exchange(thread_id, problem, mode)
        cancellation = Cancellation(self._solver.model)
        work: Iterator[ExchangeEvent]
        if mode.language is None:
            work = self._solver.solve(problem, cancellation)
        else:
            question = CodeQuestion(problem, mode.language, examples)
            work = self._coder.solve(question, cancellation)
        return Run(work, cancellation, self._history, thread_id, exchange_id)
