import os
import struct
import zlib
from pathlib import Path

import pytest

from tutor_app.sandbox.results import harvest, is_safe_image


def _taken(folder: Path, *skipped: str) -> dict[str, bytes]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        files, _ = harvest(descriptor, frozenset(skipped))
    finally:
        os.close(descriptor)
    return {file.name: file.content for file in files}


def _png(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def test_plain_files_are_taken_with_their_folders(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("1")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "two.txt").write_text("2")
    assert _taken(tmp_path) == {"one.txt": b"1", "deep/two.txt": b"2"}


def test_what_was_there_before_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("source")
    assert _taken(tmp_path, "main.py") == {}


def test_nothing_is_followed_or_waited_for(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    work = tmp_path / "work"
    work.mkdir()
    (work / "link").symlink_to(secret)
    (work / "folder").symlink_to(tmp_path)
    os.mkfifo(work / "pipe")
    os.link(secret, work / "twin")
    assert _taken(work) == {}


@pytest.mark.parametrize("name", [".hidden", "-rf", "new\nline", "\x1b[2J", "\u202eexe", "x" * 200])
def test_odd_names_are_left_out(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    assert _taken(tmp_path) == {}


@pytest.mark.parametrize(
    "name", ["größe.csv", "a b.txt", "figure-01.png", "_private", "2024 (1).md"]
)
def test_ordinary_names_are_taken(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    assert list(_taken(tmp_path)) == [name]


def test_only_the_first_fifty_are_taken(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"file{number:02d}").touch()
    assert len(_taken(tmp_path)) == 50


def test_no_more_than_32_mebibytes_are_taken(tmp_path: Path) -> None:
    for number in range(3):
        with (tmp_path / f"part{number}").open("wb") as file:
            file.truncate(15 << 20)
    assert list(_taken(tmp_path)) == ["part0", "part1"]


def test_a_picture_of_ordinary_size_is_safe() -> None:
    assert is_safe_image(_png(640, 480))


@pytest.mark.parametrize(
    "content",
    [_png(40_000, 40_000), _png(0, 5), b"", b"\x89PNG\r\n\x1a\n", b"<svg/>" * 20, b"GIF89a" * 10],
)
def test_other_pictures_are_not(content: bytes) -> None:
    assert not is_safe_image(content)
