"""Opens the history's SQLite file: schema, upgrades with a copy kept, damage set aside."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tutor_app.core.errors import HistoryError

Migration = tuple[str, ...]

MIGRATIONS: tuple[Migration, ...] = (
    (
        """CREATE TABLE threads (
            thread_id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL,
            created_at_s REAL NOT NULL,
            updated_at_s REAL NOT NULL,
            deleted_at_s REAL
        )""",
        """CREATE TABLE exchanges (
            exchange_id INTEGER PRIMARY KEY AUTOINCREMENT,
            thread_id INTEGER NOT NULL REFERENCES threads ON DELETE CASCADE,
            problem TEXT NOT NULL,
            state TEXT NOT NULL,
            owner TEXT NOT NULL,
            failure TEXT NOT NULL DEFAULT '',
            created_at_s REAL NOT NULL,
            ended_at_s REAL,
            solution TEXT
        )""",
        "CREATE INDEX exchanges_by_thread ON exchanges (thread_id)",
        # text arrives in pieces: adding a row costs the piece, changing a column the whole text
        """CREATE TABLE texts (
            text_id INTEGER PRIMARY KEY AUTOINCREMENT,
            exchange_id INTEGER NOT NULL REFERENCES exchanges ON DELETE CASCADE,
            text TEXT NOT NULL
        )""",
        "CREATE INDEX texts_by_exchange ON texts (exchange_id)",
        """CREATE TABLE steps (
            exchange_id INTEGER NOT NULL REFERENCES exchanges ON DELETE CASCADE,
            block_index INTEGER NOT NULL,
            step TEXT NOT NULL,
            PRIMARY KEY (exchange_id, block_index)
        )""",
    ),
    (  # code mode: what was asked for, and the program with what is known about it
        "ALTER TABLE exchanges ADD COLUMN mode TEXT NOT NULL DEFAULT 'solve'",
        "ALTER TABLE exchanges ADD COLUMN program TEXT",
    ),
)
"""Entry n brings a file from schema n (`PRAGMA user_version`) to n + 1. Add, never edit."""

_BUSY_TIMEOUT_S = 10.0
_BUSY_RETRY_S = 0.02
_QUICK_CHECK_LIMIT_BYTES = 64_000_000
_DAMAGE_CODES = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class _Damaged(Exception):
    pass


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLite's refusals into one sentence for the user.

    Raises:
        HistoryError: SQLite refused.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise HistoryError(f"The history refuses: {error}.", hint=_hint_for(error)) from error


def _hint_for(error: sqlite3.Error) -> str:
    match _code_of(error):
        case sqlite3.SQLITE_FULL:
            return "The disk is full; free some space and try again."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "Another program is holding the history file; close it and try again."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return "The folder cannot be written; check its permissions or use --profile."
        case code if code in _DAMAGE_CODES:
            return "The file is damaged; close the app and start it again to set it aside."
        case _:
            return "Start the app again; what was written before is safe."


def _code_of(error: sqlite3.Error) -> int:
    code: int = getattr(error, "sqlite_errorcode", 0)  # absent on errors of the module itself
    return code & 0xFF


def open_database(path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> sqlite3.Connection:
    """Open the file, making or upgrading it.

    The connection is in autocommit mode and may be used from any thread, one at a time.

    Raises:
        HistoryError: the file is damaged (it is then renamed, never deleted), of a newer
            version (it is then left alone), or refused by the disk.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HistoryError(
            f"The folder {path.parent} cannot be made.", hint="Choose another one with --profile."
        ) from error
    with translated():
        connection = sqlite3.connect(
            path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
    try:
        with translated():
            _prepare(connection, path, migrations)
    except BaseException as error:
        connection.close()
        if (
            isinstance(error.__cause__, sqlite3.Error)
            and _code_of(error.__cause__) in _DAMAGE_CODES
        ):
            raise _set_aside(path) from error
        if isinstance(error, _Damaged):
            raise _set_aside(path) from error
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    version = _version(connection)
    if version > len(migrations):
        raise HistoryError(
            "This history was written by a newer version of STEM Tutor.",
            hint="Update the app, or use another folder with --profile; the file was not changed.",
        )
    if path.stat().st_size <= _QUICK_CHECK_LIMIT_BYTES:
        (finding,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if finding != "ok":
            raise _Damaged(finding)
    _use_write_ahead_log(connection)
    # in WAL mode NORMAL loses nothing when the program is killed, and never corrupts
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    if version < len(migrations):
        _upgrade(connection, path, migrations)


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch to WAL mode, waiting for another window that is opening the same new file.

    SQLite does not wait by itself here: the switch fails at once while anyone else reads.
    """
    deadline_s = time.monotonic() + _BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _code_of(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline_s:
                raise
            time.sleep(_BUSY_RETRY_S)
        else:
            return


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def _upgrade(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    if (old := _version(connection)) > 0:
        with sqlite3.connect(path.with_name(f"{path.name}.before-{len(migrations)}")) as copy:
            connection.backup(copy)
        copy.close()
    with transaction(connection):
        # read again: another window may have upgraded while this one waited for the lock
        old = _version(connection)
        for statements in migrations[old:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _set_aside(path: Path) -> HistoryError:
    number = 1
    while (kept := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(kept)
    for suffix in ("-wal", "-shm"):  # they may hold the latest pages: a rescue needs them
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.rename(kept.with_name(kept.name + suffix))
    return HistoryError(
        "The history file is damaged and cannot be opened.",
        hint=f"It was kept as {kept.name}; start again to begin a new history.",
    )
