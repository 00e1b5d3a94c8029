import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tutor_app.core.errors import HistoryError
from tutor_app.history.database import MIGRATIONS, open_database
from tutor_app.history.store import SqliteHistory


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def _overwrite_start(path: Path) -> None:
    path.write_bytes(b"this is not a database" * 100)


def _overwrite_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:12288] = os.urandom(8192)
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [_overwrite_start, _overwrite_middle])
def test_damaged_file_is_reported_and_kept_aside(
    path: Path, damage: Callable[[Path], None]
) -> None:
    history = SqliteHistory(path)
    history.create_thread("t")
    history.close()
    damage(path)
    content = path.read_bytes()
    with pytest.raises(HistoryError, match="damaged") as caught:
        SqliteHistory(path)
    assert "history.sqlite3.damaged-1" in caught.value.hint
    assert path.with_name("history.sqlite3.damaged-1").read_bytes() == content


def test_after_damage_the_next_start_begins_anew(path: Path) -> None:
    _overwrite_start(path)
    with pytest.raises(HistoryError):
        SqliteHistory(path)
    history = SqliteHistory(path)
    assert history.threads() == ()
    history.close()


def test_a_second_damaged_file_does_not_replace_the_first(path: Path) -> None:
    for _ in range(2):
        _overwrite_start(path)
        with pytest.raises(HistoryError):
            SqliteHistory(path)
    assert {file.name for file in path.parent.iterdir()} == {
        "history.sqlite3.damaged-1",
        "history.sqlite3.damaged-2",
    }


def test_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    history = SqliteHistory(path)
    history.create_thread("t")
    history.close()
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    content = path.read_bytes()
    with pytest.raises(HistoryError, match="newer version"):
        SqliteHistory(path)
    assert path.read_bytes() == content


def test_upgrade_keeps_the_rows_and_a_copy_of_the_old_file(path: Path) -> None:
    history = SqliteHistory(path)
    history.create_thread("old thread")
    history.close()
    added = (*MIGRATIONS, ("ALTER TABLE threads ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'",))
    connection = open_database(path, added)
    rows = connection.execute("SELECT title, colour FROM threads").fetchall()
    connection.close()
    copy = open_database(path.with_name(f"history.sqlite3.before-{len(added)}"))
    copied = copy.execute("SELECT title FROM threads").fetchall()
    copy.close()
    assert (rows, copied) == ([("old thread", "red")], [("old thread",)])


def test_failed_upgrade_changes_nothing(path: Path) -> None:
    SqliteHistory(path).close()
    broken = (*MIGRATIONS, ("CREATE TABLE extra (x)", "this is not SQL"))
    with pytest.raises(HistoryError):
        open_database(path, broken)
    connection = open_database(path)
    tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'extra'").fetchall()
    connection.close()
    assert tables == []


def test_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(HistoryError, match="cannot be made"):
        SqliteHistory(tmp_path / "file" / "history.sqlite3")


def test_path_that_is_a_folder_is_a_clear_error_and_not_damage(path: Path) -> None:
    path.mkdir()
    with pytest.raises(HistoryError) as caught:
        SqliteHistory(path)
    assert "damaged" not in str(caught.value)
