"""What history keeps of code mode."""

import dataclasses
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program_fakes import REDUCED
from tests.tutor_fakes import INFO
from tutor_app.core.code_answer import CodeAnswer, CodeStatus, TriedExample
from tutor_app.core.ports import FinishReason
from tutor_app.core.program import Language
from tutor_app.core.records import ExchangeState, Mode
from tutor_app.history.database import MIGRATIONS, open_database
from tutor_app.history.store import SqliteHistory

ANSWER = CodeAnswer(
    problem="Add", text="```python\nx\n```\n", source="x\n", language=Language.PYTHON,
    status=CodeStatus.FAILED,
    examples=(
        TriedExample("add(2, 3)", True, "5", "-1", False),
        TriedExample("2", False, "4", "4\n", True),
    ),
    output="", reason="add(2, 3) should be 5, but: -1", tries=2, is_repaired=True,
    first_failure="NameError: x", isolation=REDUCED, run_seconds=0.5, memory_bytes=1 << 20,
    finish_reason=FinishReason.DONE, tokens=20, prompt_tokens=5, seconds=2.5, tokens_per_s=8.0,
    model=INFO, seed=7,
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


@pytest.fixture
def history(path: Path) -> Iterator[SqliteHistory]:
    store = SqliteHistory(path)
    yield store
    store.close()


def test_a_program_comes_back_as_it_was(history: SqliteHistory) -> None:
    thread = history.create_thread("t")
    exchange_id = history.begin_exchange(thread, "Add", Mode.PYTHON)
    history.append_text(exchange_id, "the other try")
    history.finish_program(exchange_id, ANSWER)
    (exchange,) = history.exchanges(thread)
    assert exchange.program == ANSWER
    assert (exchange.text, exchange.mode) == (ANSWER.text, Mode.PYTHON)
    assert (exchange.state, exchange.solution) == (ExchangeState.FINISHED, None)
    assert history.last_solution() is None


def test_a_stopped_program_is_stopped(history: SqliteHistory) -> None:
    thread = history.create_thread("t")
    exchange_id = history.begin_exchange(thread, "Add", Mode.CPP)
    stopped = dataclasses.replace(ANSWER, finish_reason=FinishReason.STOPPED)
    history.finish_program(exchange_id, stopped)
    assert history.exchanges(thread)[0].state is ExchangeState.STOPPED


def test_an_interrupted_exchange_still_says_what_was_asked_for(history: SqliteHistory) -> None:
    thread = history.create_thread("t")
    history.interrupt_exchange(history.begin_exchange(thread, "Add", Mode.CPP))
    assert history.exchanges(thread)[0].mode is Mode.CPP


def test_an_unreadable_program_does_not_hide_its_text(path: Path, history: SqliteHistory) -> None:
    thread = history.create_thread("t")
    history.finish_program(history.begin_exchange(thread, "Add", Mode.PYTHON), ANSWER)
    with sqlite3.connect(path) as other:
        other.execute("UPDATE exchanges SET program = '{}'")
    other.close()
    (exchange,) = history.exchanges(thread)
    assert exchange.text == ANSWER.text
    assert exchange.failure == "A stored program cannot be read."


def test_an_older_history_is_read_as_solving(path: Path) -> None:
    old = open_database(path, MIGRATIONS[:1])
    old.execute("INSERT INTO threads (title, created_at_s, updated_at_s) VALUES ('old', 1, 1)")
    old.execute(
        "INSERT INTO exchanges (thread_id, problem, state, owner, created_at_s)"
        " VALUES (1, 'Solve it', 'finished', 'x', 1)"
    )
    old.close()
    history = SqliteHistory(path)
    (exchange,) = history.exchanges(1)
    assert (exchange.problem, exchange.mode, exchange.program) == ("Solve it", Mode.SOLVE, None)
    history.close()
