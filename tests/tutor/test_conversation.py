from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program_fakes import FakeRunner
from tests.tutor_fakes import FakeChecker, FakeModel
from tutor_app.core.errors import ModelHostDied
from tutor_app.core.events import TextWritten
from tutor_app.core.records import ExchangeState
from tutor_app.core.verdict import Status
from tutor_app.history.store import SqliteHistory
from tutor_app.tutor.code import Coder
from tutor_app.tutor.conversation import Conversation, title_of
from tutor_app.tutor.solve import SolveOptions, Solver

TEXT = "a good line\n\\boxed{5}"


@pytest.fixture
def history(tmp_path: Path) -> Iterator[SqliteHistory]:
    store = SqliteHistory(tmp_path / "history.sqlite3")
    yield store
    store.close()


def conversation(history: SqliteHistory, model: FakeModel) -> Conversation:
    checker = FakeChecker({"{5}": Status.VERIFIED})
    options = SolveOptions(attempts=2, seed=1)
    solver, coder = Solver(model, checker, options), Coder(model, FakeRunner(), options)
    return Conversation(solver, coder, history)


def test_an_answer_is_kept_with_its_steps_and_solution(history: SqliteHistory) -> None:
    run = conversation(history, FakeModel((TEXT,))).ask(None, "Solve 3x + 5 = 20\nplease")
    list(run.events())
    (thread,) = history.threads()
    assert thread.title == "Solve 3x + 5 = 20"
    (exchange,) = history.exchanges(thread.thread_id)
    assert exchange.state is ExchangeState.FINISHED
    assert exchange.text == TEXT
    assert exchange.solution is not None
    assert exchange.solution.answer == "5"
    verdict = exchange.steps[0].verdict
    assert verdict is not None
    assert verdict.status is Status.VERIFIED


def test_a_second_attempt_replaces_the_text_of_the_first(history: SqliteHistory) -> None:
    run = conversation(history, FakeModel(("\\boxed{9}", TEXT))).ask(None, "p")
    list(run.events())
    (exchange,) = history.exchanges(run.thread_id)
    assert exchange.text == TEXT


def test_a_failure_keeps_the_text_so_far_and_the_reason(history: SqliteHistory) -> None:
    model = FakeModel((TEXT,), error_after=3)
    model.error = ModelHostDied("The process was killed.", hint="Ask again.")
    run = conversation(history, model).ask(None, "p")
    with pytest.raises(ModelHostDied):
        list(run.events())
    (exchange,) = history.exchanges(run.thread_id)
    assert exchange.state is ExchangeState.FAILED
    assert exchange.text == TEXT[:9]
    assert exchange.failure == "The process was killed. Ask again."


def test_a_run_that_is_abandoned_is_interrupted(history: SqliteHistory) -> None:
    run = conversation(history, FakeModel((TEXT,))).ask(None, "p")
    events = run.events()
    while not isinstance(next(events), TextWritten):
        pass
    events.close()
    (exchange,) = history.exchanges(run.thread_id)
    assert exchange.state is ExchangeState.INTERRUPTED
    assert exchange.text == TEXT[:3]


def test_a_stopped_run_is_kept_as_stopped(history: SqliteHistory) -> None:
    model = FakeModel((TEXT,))
    run = conversation(history, model).ask(None, "p")
    model.on_piece = lambda count: run.stop() if count == 2 else None
    list(run.events())
    (exchange,) = history.exchanges(run.thread_id)
    assert exchange.state is ExchangeState.STOPPED


def test_a_question_joins_the_thread_it_was_asked_in(history: SqliteHistory) -> None:
    talk = conversation(history, FakeModel((TEXT,)))
    first = talk.ask(None, "one")
    list(first.events())
    second = talk.ask(first.thread_id, "two")
    list(second.events())
    problems = [exchange.problem for exchange in history.exchanges(first.thread_id)]
    assert problems == ["one", "two"]


def test_a_title_is_one_short_line() -> None:
    assert title_of("\n  Solve it \nnow") == "Solve it"
    assert len(title_of("x" * 500)) <= 80
    assert title_of("  ") == "New problem"
