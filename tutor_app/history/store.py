"""The threads and exchanges of one user in one SQLite file."""

import dataclasses
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tutor_app.core.code_answer import CodeAnswer
from tutor_app.core.errors import HistoryError
from tutor_app.core.ports import FinishReason
from tutor_app.core.records import Exchange, ExchangeState, Mode, ThreadSummary
from tutor_app.core.solution import Solution, Step
from tutor_app.history.database import open_database, transaction, translated
from tutor_app.history.encoding import (
    decode_program,
    decode_solution,
    decode_step,
    encode_program,
    encode_solution,
    encode_step,
)
from tutor_app.history.ownership import Ownership
from tutor_app.history.pending import PendingText

_CLOSE_TIMEOUT_S = 15.0
_TITLE_CHARS = 120
_STATE_OF_FINISH = {
    FinishReason.DONE: ExchangeState.FINISHED,
    FinishReason.LENGTH: ExchangeState.FINISHED,
    FinishReason.STOPPED: ExchangeState.STOPPED,
    FinishReason.ERROR: ExchangeState.FAILED,
}


class SqliteHistory:
    """Keeps threads in a SQLite file; see `core.records.History` for the promises.

    Two programs may have the same file open. Text is written by a thread of its own, at most
    0.2 s after it came plus the time one small transaction takes.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._is_closed = False
        self._write_error: HistoryError | None = None
        self._pending = PendingText()
        self._connection = open_database(path)
        try:
            # inside a transaction, so no other program looks for live owners at the same time
            with translated(), transaction(self._connection):
                self._ownership = Ownership(path)
                self._clean_up_after_others()
        except OSError as error:
            self._connection.close()
            raise HistoryError(
                f"The folder {path.parent} cannot be written.",
                hint="Make it writable, or choose another one with --profile.",
            ) from error
        self._writer = threading.Thread(target=self._write_pending, name="history", daemon=True)
        self._writer.start()

    def _clean_up_after_others(self) -> None:
        alive = self._ownership.others_alive()
        running = self._connection.execute(
            "SELECT DISTINCT owner FROM exchanges WHERE state = ?", (ExchangeState.RUNNING,)
        ).fetchall()
        for (owner,) in running:
            if owner not in alive:
                self._connection.execute(
                    "UPDATE exchanges SET state = ? WHERE state = ? AND owner = ?",
                    (ExchangeState.INTERRUPTED, ExchangeState.RUNNING, owner),
                )
        if not alive:  # the trash of an open window can still be undone there
            self._connection.execute("DELETE FROM threads WHERE deleted_at_s IS NOT NULL")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, translated():
            if self._is_closed:
                raise HistoryError("The history is closed.", hint="Start the app again.")
            taken = self._pending.take()
            try:
                with transaction(self._connection):
                    self._insert_texts(taken)
                    yield self._connection
            except BaseException:
                self._pending.put_back(taken)
                raise

    def _insert_texts(self, texts: dict[int, str]) -> None:
        for exchange_id, text in texts.items():
            self._connection.execute(
                # an exchange that is gone takes no text, and must not stop the others
                "INSERT INTO texts (exchange_id, text)"
                " SELECT exchange_id, ? FROM exchanges WHERE exchange_id = ?",
                (text, exchange_id),
            )

    def _write_pending(self) -> None:
        while self._pending.wait():
            try:
                with self._writing():
                    self._write_error = None
            except HistoryError as error:
                self._write_error = error  # told to whoever appends next; the text is kept

    # Threads

    def threads(self) -> tuple[ThreadSummary, ...]:
        """All threads, the latest changed first."""
        with self._writing() as connection:
            rows = connection.execute(
                "SELECT thread_id, title, updated_at_s FROM threads WHERE deleted_at_s IS NULL"
                " ORDER BY updated_at_s DESC, thread_id DESC"
            ).fetchall()
        return tuple(ThreadSummary(*row) for row in rows)

    def create_thread(self, title: str) -> int:
        """Make an empty thread and return its key."""
        now_s = time.time()
        with self._writing() as connection:
            cursor = connection.execute(
                "INSERT INTO threads (title, created_at_s, updated_at_s) VALUES (?, ?, ?)",
                (_one_line(title), now_s, now_s),
            )
            return _key_of(cursor)

    def rename_thread(self, thread_id: int, title: str) -> None:
        """Give a thread another title."""
        self._change_thread(
            "title = ?, updated_at_s = ?", (_one_line(title), time.time()), thread_id
        )

    def delete_thread(self, thread_id: int) -> None:
        """Hide a thread; a later start of the app removes it for good."""
        self._change_thread("deleted_at_s = ?", (time.time(),), thread_id)

    def restore_thread(self, thread_id: int) -> None:
        """Undo `delete_thread`."""
        self._change_thread("deleted_at_s = NULL", (), thread_id)

    def _change_thread(
        self, assignment: str, values: tuple[str | float, ...], thread_id: int
    ) -> None:
        with self._writing() as connection:
            cursor = connection.execute(
                f"UPDATE threads SET {assignment} WHERE thread_id = ?",  # noqa: S608 - our own text
                (*values, thread_id),
            )
            _require_found(cursor.rowcount, "thread")

    # Exchanges

    def exchanges(self, thread_id: int) -> tuple[Exchange, ...]:
        """A thread's exchanges, oldest first."""
        with self._writing() as connection:
            rows = connection.execute(
                "SELECT exchange_id, problem, state, failure, created_at_s, solution, mode, program"
                " FROM exchanges WHERE thread_id = ? ORDER BY exchange_id",
                (thread_id,),
            ).fetchall()
            return tuple(self._exchange(thread_id, row) for row in rows)

    def _exchange(
        self, thread_id: int, row: tuple[int, str, str, str, float, str | None, str, str | None]
    ) -> Exchange:
        exchange_id, problem, state, failure, created_at_s, solution, mode, program = row
        texts = self._connection.execute(
            "SELECT text FROM texts WHERE exchange_id = ? ORDER BY text_id", (exchange_id,)
        )
        text = "".join(piece for (piece,) in texts)
        steps = self._connection.execute(
            "SELECT step FROM steps WHERE exchange_id = ? ORDER BY block_index", (exchange_id,)
        )
        exchange = Exchange(
            exchange_id,
            thread_id,
            problem,
            ExchangeState(state),
            text,
            (),
            failure,
            created_at_s,
            None,
            Mode(mode),
        )
        try:
            return dataclasses.replace(
                exchange,
                steps=tuple(decode_step(step) for (step,) in steps),
                solution=None if solution is None else decode_solution(solution),
                program=None if program is None else decode_program(program),
            )
        except HistoryError as error:
            # one unreadable result must not hide the thread: its text is still worth reading
            return dataclasses.replace(exchange, state=ExchangeState.FAILED, failure=str(error))

    def begin_exchange(self, thread_id: int, problem: str, mode: Mode = Mode.SOLVE) -> int:
        """Record a question whose answer now begins, and return the exchange's key."""
        now_s = time.time()
        with self._writing() as connection:
            cursor = connection.execute(
                "UPDATE threads SET updated_at_s = ? WHERE thread_id = ?", (now_s, thread_id)
            )
            _require_found(cursor.rowcount, "thread")
            cursor = connection.execute(
                "INSERT INTO exchanges (thread_id, problem, state, owner, created_at_s, mode)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (thread_id, problem, ExchangeState.RUNNING, self._ownership.name, now_s, mode),
            )
            return _key_of(cursor)

    def restart_text(self, exchange_id: int) -> None:
        """A new attempt begins: its text and steps replace the old ones."""
        with self._writing() as connection:
            self._forget_text(connection, exchange_id)

    def _forget_text(self, connection: sqlite3.Connection, exchange_id: int) -> None:
        connection.execute("DELETE FROM texts WHERE exchange_id = ?", (exchange_id,))
        connection.execute("DELETE FROM steps WHERE exchange_id = ?", (exchange_id,))

    def append_text(self, exchange_id: int, text: str) -> None:
        """Add text of the answer; it is on disk within one second. Never waits for the disk.

        Raises:
            HistoryError: the history is closed, or earlier text could not be written; the text
                is kept all the same and tried again.
        """
        if self._is_closed:
            raise HistoryError("The history is closed.", hint="Start the app again.")
        self._pending.add(exchange_id, text)
        if (error := self._write_error) is not None:
            raise HistoryError(str(error), hint=error.hint) from error

    def record_step(self, exchange_id: int, step: Step) -> None:
        """Keep the verdict on one block."""
        with self._writing() as connection:
            self._insert_step(connection, exchange_id, step)

    def _insert_step(self, connection: sqlite3.Connection, exchange_id: int, step: Step) -> None:
        cursor = connection.execute(
            "INSERT OR REPLACE INTO steps (exchange_id, block_index, step)"
            " SELECT exchange_id, ?, ? FROM exchanges WHERE exchange_id = ?",
            (step.index, encode_step(step), exchange_id),
        )
        _require_found(cursor.rowcount, "exchange")

    def finish_exchange(self, exchange_id: int, solution: Solution) -> None:
        """Keep the result; its text and steps replace the streamed ones, perhaps of another try."""
        with self._writing() as connection:
            state = _STATE_OF_FINISH[solution.finish_reason]
            self._end(connection, exchange_id, state)
            if state is ExchangeState.FAILED:
                return
            connection.execute(
                "UPDATE exchanges SET solution = ? WHERE exchange_id = ?",
                (encode_solution(solution), exchange_id),
            )
            self._forget_text(connection, exchange_id)
            self._insert_texts({exchange_id: solution.text})
            for step in solution.steps:
                self._insert_step(connection, exchange_id, step)

    def finish_program(self, exchange_id: int, answer: CodeAnswer) -> None:
        """Keep the result in code mode; its text replaces the streamed one."""
        with self._writing() as connection:
            state = _STATE_OF_FINISH[answer.finish_reason]
            self._end(connection, exchange_id, state)
            if state is ExchangeState.FAILED:
                return
            connection.execute(
                "UPDATE exchanges SET program = ? WHERE exchange_id = ?",
                (encode_program(answer), exchange_id),
            )
            self._forget_text(connection, exchange_id)
            self._insert_texts({exchange_id: answer.text})

    def fail_exchange(self, exchange_id: int, failure: str) -> None:
        """Keep the sentence that said why no answer came; the text so far stays."""
        with self._writing() as connection:
            self._end(connection, exchange_id, ExchangeState.FAILED, failure)

    def interrupt_exchange(self, exchange_id: int) -> None:
        """The run was abandoned; the text so far stays."""
        with self._writing() as connection:
            self._end(connection, exchange_id, ExchangeState.INTERRUPTED)

    def _end(
        self,
        connection: sqlite3.Connection,
        exchange_id: int,
        state: ExchangeState,
        failure: str = "",
    ) -> None:
        if state is ExchangeState.FAILED and not failure:
            failure = "The model stopped with an error before the answer was complete."
        now_s = time.time()
        cursor = connection.execute(
            "UPDATE exchanges SET state = ?, failure = ?, ended_at_s = ? WHERE exchange_id = ?",
            (state, failure, now_s, exchange_id),
        )
        _require_found(cursor.rowcount, "exchange")
        connection.execute(
            "UPDATE threads SET updated_at_s = ? WHERE thread_id ="
            " (SELECT thread_id FROM exchanges WHERE exchange_id = ?)",
            (now_s, exchange_id),
        )

    def last_solution(self) -> Solution | None:
        """The latest finished solution of any thread."""
        with self._writing() as connection:
            row = connection.execute(
                "SELECT solution FROM exchanges JOIN threads USING (thread_id)"
                " WHERE state = ? AND solution IS NOT NULL AND deleted_at_s IS NULL"
                " ORDER BY ended_at_s DESC, exchange_id DESC LIMIT 1",
                (ExchangeState.FINISHED,),
            ).fetchone()
        return None if row is None else decode_solution(row[0])

    def close(self) -> None:
        """Write what is pending and close the file; harmless when repeated.

        Raises:
            HistoryError: the last text could not be written.
        """
        self._pending.close()
        self._writer.join(timeout=_CLOSE_TIMEOUT_S)
        with self._lock:
            if self._is_closed:
                return
            try:
                with self._writing():
                    pass
            finally:
                self._is_closed = True
                self._connection.close()
                self._ownership.release()


def _one_line(title: str) -> str:
    line = " ".join(title.split()) or "Untitled"
    return line if len(line) <= _TITLE_CHARS else line[: _TITLE_CHARS - 1] + "…"


def _key_of(cursor: sqlite3.Cursor) -> int:
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _require_found(rows: int, what: str) -> None:
    if rows == 0:
        raise HistoryError(f"This {what} is not in the history any more.", hint="Open another one.")
