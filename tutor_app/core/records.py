"""What history keeps: threads and the exchanges in them, and the port that keeps them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from tutor_app.core.code_answer import CodeAnswer
from tutor_app.core.program import Language
from tutor_app.core.solution import Solution, Step


class Mode(StrEnum):
    """What the answer to a problem is to be."""

    SOLVE = "solve"
    PYTHON = "python"
    CPP = "c++"

    @property
    def language(self) -> Language | None:
        """Of the program to write; None where none is asked for."""
        return None if self is Mode.SOLVE else Language(self)


class ExchangeState(StrEnum):
    """How far an exchange has come.

    RUNNING is only ever seen while this program writes it: a store that opens and finds one
    left behind by a program that was killed turns it into INTERRUPTED.
    """

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class ThreadSummary:
    """One row of the thread list.

    Attributes:
        thread_id: key.
        title: one line.
        updated_at_s: time of the last change, seconds since 1970 (UTC).
    """

    thread_id: int
    title: str
    updated_at_s: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """One problem and what came of it.

    Attributes:
        exchange_id: key.
        thread_id: the thread it belongs to.
        problem: as typed.
        state: how far it has come.
        text: the answer's source text as far as it was written (current attempt only).
        steps: blocks judged so far, by index.
        failure: the error's sentence where state is FAILED, else empty.
        created_at_s: seconds since 1970 (UTC).
        solution: the whole result where state is FINISHED or STOPPED, else None.
        mode: what was asked for.
        program: the whole result where a program was asked for; `solution` is then None.
    """

    exchange_id: int
    thread_id: int
    problem: str
    state: ExchangeState
    text: str
    steps: tuple[Step, ...]
    failure: str
    created_at_s: float
    solution: Solution | None
    mode: Mode = Mode.SOLVE
    program: CodeAnswer | None = None


class History(Protocol):
    """Keeps threads on disk. Safe from any thread of this process.

    Every method raises `HistoryError` where the disk or the file refuses.
    """

    def threads(self) -> tuple[ThreadSummary, ...]:
        """All threads, the latest changed first."""
        ...

    def create_thread(self, title: str) -> int:
        """Make an empty thread and return its key."""
        ...

    def rename_thread(self, thread_id: int, title: str) -> None:
        """Give a thread another title."""
        ...

    def delete_thread(self, thread_id: int) -> None:
        """Hide a thread; `restore_thread` brings it back until the next start."""
        ...

    def restore_thread(self, thread_id: int) -> None:
        """Undo `delete_thread`."""
        ...

    def exchanges(self, thread_id: int) -> tuple[Exchange, ...]:
        """A thread's exchanges, oldest first."""
        ...

    def begin_exchange(self, thread_id: int, problem: str, mode: Mode = Mode.SOLVE) -> int:
        """Record a question whose answer now begins, and return the exchange's key."""
        ...

    def restart_text(self, exchange_id: int) -> None:
        """A new attempt begins: its text and steps replace the old ones."""
        ...

    def append_text(self, exchange_id: int, text: str) -> None:
        """Add text of the answer. On disk within one second, even if the program is killed."""
        ...

    def record_step(self, exchange_id: int, step: Step) -> None:
        """Keep the verdict on one block."""
        ...

    def finish_exchange(self, exchange_id: int, solution: Solution) -> None:
        """Keep the result; the state follows from its finish reason."""
        ...

    def finish_program(self, exchange_id: int, answer: CodeAnswer) -> None:
        """Keep the result in code mode; the state follows from its finish reason."""
        ...

    def fail_exchange(self, exchange_id: int, failure: str) -> None:
        """Keep the sentence that said why no answer came; the text so far stays."""
        ...

    def interrupt_exchange(self, exchange_id: int) -> None:
        """The run was abandoned; the text so far stays."""
        ...

    def last_solution(self) -> Solution | None:
        """The latest finished solution of any thread."""
        ...

    def close(self) -> None:
        """Write what is pending and close the file."""
        ...
