"""What the window needs from the rest of the program. No Qt."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tutor_app.core.events import ExchangeEvent
from tutor_app.core.ports import ModelInfo
from tutor_app.core.program import CodeRunner
from tutor_app.core.records import History, Mode
from tutor_app.core.solution import Solution
from tutor_app.core.working import CheckedWorking


class Run(Protocol):
    """One problem on its way to a solution."""

    @property
    def thread_id(self) -> int:
        """The thread it belongs to."""
        ...

    @property
    def exchange_id(self) -> int:
        """Its key in the history."""
        ...

    def events(self) -> Iterator[ExchangeEvent]:
        """Answer, writing history on the way; pulled once, by one worker thread.

        Raises:
            TutorError: no answer can be had.
        """
        ...

    def stop(self) -> None:
        """Ask it to end soon; from any thread."""
        ...


class Conversation(Protocol):
    """Where problems are asked."""

    def ask(self, thread_id: int | None, problem: str, mode: Mode = Mode.SOLVE) -> Run:
        """Begin an exchange; None begins a thread for it."""
        ...


class WorkingCheck(Protocol):
    """A check of a learner's working, under way."""

    def cancel(self) -> None:
        """Give up; from any thread."""
        ...

    def result(self) -> CheckedWorking | None:
        """Wait for the findings; None where it was cancelled.

        Raises:
            TutorError: nothing can be checked.
        """
        ...


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format a worked solution can be saved in.

    Attributes:
        name: such as "PDF".
        suffix: of the file, without the dot.
        render: makes the file's bytes; runs outside the GUI thread.
    """

    name: str
    suffix: str
    render: Callable[[Solution], bytes]


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the window uses, made by the composition root.

    Attributes:
        history: threads on disk.
        conversation: where problems are asked.
        load_model: loads the current model; may take seconds.
        import_model: makes a file the current model and loads it; may take seconds.
        use_built_in: makes the model that came with the program the current one.
        exporters: formats to save a solution in.
        check_working: begins to check a working against a problem, which may be empty.
        write_working: a checked working as the content of a Markdown file.
        runner: runs programs.
        assets: folder of the program's own files.
    """

    history: History
    conversation: Conversation
    load_model: Callable[[], ModelInfo]
    import_model: Callable[[Path], ModelInfo]
    use_built_in: Callable[[], ModelInfo]
    exporters: tuple[Exporter, ...]
    check_working: Callable[[str, str], WorkingCheck]
    write_working: Callable[[CheckedWorking], bytes]
    runner: CodeRunner
    assets: Path
