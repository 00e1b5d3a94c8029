import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tutor_app.core.errors import HistoryError
from tutor_app.core.ports import FinishReason
from tutor_app.core.records import ExchangeState, History
from tutor_app.core.solution import Solution, Step
from tutor_app.history.store import SqliteHistory

MakeSolution = Callable[..., Solution]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


@pytest.fixture
def history(path: Path) -> Iterator[SqliteHistory]:
    store = SqliteHistory(path)
    yield store
    store.close()


def _text_on_disk(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute("SELECT text FROM texts ORDER BY text_id").fetchall()
    finally:
        connection.close()
    return "".join(text for (text,) in rows)


def _wait_until(condition: Callable[[], bool], *, timeout_s: float) -> float:
    started = time.monotonic()
    pause = threading.Event()
    while not condition():
        waited = time.monotonic() - started
        assert waited < timeout_s, f"not within {timeout_s} s"
        pause.wait(0.01)
    return time.monotonic() - started


def test_store_is_a_history(history: SqliteHistory) -> None:
    port: History = history
    assert port.threads() == ()


def test_threads_come_latest_changed_first(history: SqliteHistory) -> None:
    first = history.create_thread("first")
    second = history.create_thread("second")
    history.begin_exchange(first, "1 + 1")
    assert [thread.thread_id for thread in history.threads()] == [first, second]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Solve\n 3x = 6\n\tfor x", "Solve 3x = 6 for x"),
        ("  \n ", "Untitled"),
        ("9" * 500, "9" * 119 + "…"),
    ],
)
def test_titles_are_one_short_line(history: SqliteHistory, typed: str, shown: str) -> None:
    history.create_thread(typed)
    assert history.threads()[0].title == shown


def test_renamed_thread_has_the_new_title(history: SqliteHistory) -> None:
    thread = history.create_thread("old")
    history.rename_thread(thread, "new\nname")
    assert history.threads()[0].title == "new name"


def test_text_and_steps_of_a_running_exchange_can_be_read_at_once(
    history: SqliteHistory, make_solution: MakeSolution
) -> None:
    step = make_solution().steps[1]
    exchange_id = history.begin_exchange(history.create_thread("t"), "p")
    for piece in ("so ", "$x$", " = 5 \U0001f600\n"):
        history.append_text(exchange_id, piece)
    history.record_step(exchange_id, step)
    (exchange,) = history.exchanges(history.threads()[0].thread_id)
    assert (exchange.state, exchange.text, exchange.steps, exchange.solution) == (
        ExchangeState.RUNNING,
        "so $x$ = 5 \U0001f600\n",
        (step,),
        None,
    )


def test_text_is_on_disk_within_a_second_without_being_asked(
    path: Path, history: SqliteHistory
) -> None:
    exchange_id = history.begin_exchange(history.create_thread("t"), "p")
    history.append_text(exchange_id, "3x = 15")
    assert _wait_until(lambda: _text_on_disk(path) == "3x = 15", timeout_s=5.0) < 1.0


def test_a_new_attempt_replaces_text_and_steps(history: SqliteHistory) -> None:
    thread = history.create_thread("t")
    exchange_id = history.begin_exchange(thread, "p")
    history.append_text(exchange_id, "wrong")
    history.record_step(exchange_id, Step(0, "wrong", None))
    history.restart_text(exchange_id)
    history.append_text(exchange_id, "right")
    (exchange,) = history.exchanges(thread)
    assert (exchange.text, exchange.steps) == ("right", ())


def test_finished_exchange_gives_back_the_same_solution(
    path: Path, make_solution: MakeSolution
) -> None:
    solution = make_solution()
    history = SqliteHistory(path)
    thread = history.create_thread("t")
    history.finish_exchange(history.begin_exchange(thread, solution.problem), solution)
    history.close()
    again = SqliteHistory(path)
    (exchange,) = again.exchanges(thread)
    again.close()
    assert (exchange.solution, exchange.state) == (solution, ExchangeState.FINISHED)


def test_finished_exchange_shows_the_chosen_attempt_not_the_last_streamed(
    history: SqliteHistory, make_solution: MakeSolution
) -> None:
    solution = make_solution()
    thread = history.create_thread("t")
    exchange_id = history.begin_exchange(thread, "p")
    history.append_text(exchange_id, "text of a losing attempt")
    history.record_step(exchange_id, Step(9, "losing", None))
    history.finish_exchange(exchange_id, solution)
    (exchange,) = history.exchanges(thread)
    assert (exchange.text, exchange.steps) == (solution.text, solution.steps)


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (FinishReason.DONE, ExchangeState.FINISHED),
        (FinishReason.LENGTH, ExchangeState.FINISHED),
        (FinishReason.STOPPED, ExchangeState.STOPPED),
        (FinishReason.ERROR, ExchangeState.FAILED),
    ],
)
def test_state_follows_from_the_finish_reason(
    history: SqliteHistory,
    make_solution: MakeSolution,
    reason: FinishReason,
    state: ExchangeState,
) -> None:
    thread = history.create_thread("t")
    exchange_id = history.begin_exchange(thread, "p")
    history.finish_exchange(exchange_id, make_solution(finish_reason=reason))
    assert history.exchanges(thread)[0].state is state


def test_failed_exchange_keeps_its_text_and_says_why(history: SqliteHistory) -> None:
    thread = history.create_thread("t")
    exchange_id = history.begin_exchange(thread, "p")
    history.append_text(exchange_id, "half an ans")
    history.fail_exchange(exchange_id, "The model's process ended.")
    (exchange,) = history.exchanges(thread)
    assert (exchange.state, exchange.text, exchange.failure) == (
        ExchangeState.FAILED,
        "half an ans",
        "The model's process ended.",
    )


def test_interrupted_exchange_keeps_its_text(history: SqliteHistory) -> None:
    thread = history.create_thread("t")
    exchange_id = history.begin_exchange(thread, "p")
    history.append_text(exchange_id, "half")
    history.interrupt_exchange(exchange_id)
    (exchange,) = history.exchanges(thread)
    assert (exchange.state, exchange.text) == (ExchangeState.INTERRUPTED, "half")


def test_deleted_thread_is_hidden_and_comes_back(history: SqliteHistory) -> None:
    thread = history.create_thread("t")
    history.begin_exchange(thread, "p")
    history.delete_thread(thread)
    hidden = history.threads()
    history.restore_thread(thread)
    assert hidden == ()
    assert history.exchanges(thread)[0].problem == "p"


def test_trash_is_emptied_at_a_later_start(path: Path) -> None:
    history = SqliteHistory(path)
    thread = history.create_thread("t")
    history.append_text(history.begin_exchange(thread, "p"), "text")
    history.delete_thread(thread)
    history.close()
    SqliteHistory(path).close()
    assert _text_on_disk(path) == ""


def test_a_second_window_leaves_the_trash_of_the_first_alone(
    path: Path, history: SqliteHistory
) -> None:
    thread = history.create_thread("t")
    history.delete_thread(thread)
    SqliteHistory(path).close()
    history.restore_thread(thread)
    assert history.threads()[0].thread_id == thread


def test_a_second_window_does_not_interrupt_the_first(path: Path, history: SqliteHistory) -> None:
    thread = history.create_thread("t")
    history.begin_exchange(thread, "p")
    second = SqliteHistory(path)
    (exchange,) = second.exchanges(thread)
    second.close()
    assert exchange.state is ExchangeState.RUNNING


def test_what_a_closed_window_left_running_is_interrupted(
    path: Path, history: SqliteHistory
) -> None:
    second = SqliteHistory(path)
    thread = second.create_thread("t")
    second.append_text(second.begin_exchange(thread, "p"), "half")
    second.close()
    SqliteHistory(path).close()
    (exchange,) = history.exchanges(thread)
    assert (exchange.state, exchange.text) == (ExchangeState.INTERRUPTED, "half")


def test_last_solution_is_the_latest_finished_one(
    history: SqliteHistory, make_solution: MakeSolution
) -> None:
    thread = history.create_thread("t")
    for problem, reason in [
        ("first", FinishReason.DONE),
        ("second", FinishReason.DONE),
        ("stopped", FinishReason.STOPPED),
    ]:
        exchange_id = history.begin_exchange(thread, problem)
        solution = make_solution(problem=problem, finish_reason=reason)
        history.finish_exchange(exchange_id, solution)
    last = history.last_solution()
    assert last is not None
    assert last.problem == "second"


def test_no_solution_yet_is_none(history: SqliteHistory) -> None:
    assert history.last_solution() is None


def test_unreadable_solution_does_not_hide_its_thread(
    path: Path, history: SqliteHistory, make_solution: MakeSolution
) -> None:
    solution = make_solution()
    thread = history.create_thread("t")
    history.finish_exchange(history.begin_exchange(thread, "p"), solution)
    with sqlite3.connect(path) as other:
        other.execute("UPDATE exchanges SET solution = '{\"version\": 9}'")
    other.close()
    (exchange,) = history.exchanges(thread)
    assert (exchange.state, exchange.text) == (ExchangeState.FAILED, solution.text)


@pytest.mark.parametrize(
    "use",
    [
        lambda history: history.rename_thread(77, "x"),
        lambda history: history.delete_thread(77),
        lambda history: history.begin_exchange(77, "p"),
        lambda history: history.fail_exchange(77, "why"),
        lambda history: history.record_step(77, Step(0, "x", None)),
    ],
)
def test_what_is_not_there_is_a_clear_error(
    history: SqliteHistory, use: Callable[[SqliteHistory], object]
) -> None:
    with pytest.raises(HistoryError, match="not in the history any more"):
        use(history)


def test_closed_history_says_so(path: Path) -> None:
    history = SqliteHistory(path)
    history.close()
    with pytest.raises(HistoryError, match="closed"):
        history.append_text(1, "x")


def test_closing_twice_is_harmless(path: Path) -> None:
    history = SqliteHistory(path)
    history.close()
    history.close()


def test_closing_leaves_only_the_database(path: Path) -> None:
    history = SqliteHistory(path)
    history.append_text(history.begin_exchange(history.create_thread("t"), "p"), "x")
    history.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_many_threads_write_without_losing_or_mixing_text(history: SqliteHistory) -> None:
    thread = history.create_thread("t")
    keys = [history.begin_exchange(thread, str(number)) for number in range(6)]

    def write(exchange_id: int) -> None:
        for number in range(200):
            history.append_text(exchange_id, f"{number},")
            if number % 50 == 0:
                history.record_step(exchange_id, Step(number, "s", None))

    workers = [threading.Thread(target=write, args=(key,)) for key in keys]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    expected = "".join(f"{number}," for number in range(200))
    assert [exchange.text for exchange in history.exchanges(thread)] == [expected] * 6


def test_text_that_cannot_be_written_is_reported_kept_and_written_later(
    path: Path, history: SqliteHistory
) -> None:
    thread = history.create_thread("t")
    exchange_id = history.begin_exchange(thread, "p")
    with sqlite3.connect(path) as other:
        other.execute("ALTER TABLE texts RENAME TO elsewhere")
    history.append_text(exchange_id, "first ")

    def is_reported() -> bool:
        try:
            history.append_text(exchange_id, "")
        except HistoryError:
            return True
        return False

    _wait_until(is_reported, timeout_s=5.0)
    with other:
        other.execute("ALTER TABLE elsewhere RENAME TO texts")
    other.close()
    _wait_until(lambda: not is_reported(), timeout_s=5.0)
    history.append_text(exchange_id, "second")
    assert history.exchanges(thread)[0].text == "first second"


def test_failed_change_does_not_lose_text_that_was_waiting(history: SqliteHistory) -> None:
    thread = history.create_thread("t")
    exchange_id = history.begin_exchange(thread, "p")
    history.append_text(exchange_id, "kept")
    with pytest.raises(HistoryError):
        history.rename_thread(999, "no such thread")
    assert history.exchanges(thread)[0].text == "kept"
