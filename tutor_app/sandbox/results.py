"""What a program left in its work folder, taken out without trusting any of it."""

import os
import re
import stat
import struct
from contextlib import suppress
from dataclasses import dataclass, field

from tutor_app.core.program import ProgramFile

_MOST_FILES, _MOST_BYTES, _DEEPEST, _MOST_ENTRIES = 50, 32 << 20, 3, 1000
# no leading dot or dash, nothing a shell or a terminal would obey
_GOOD_NAME = re.compile(r"[^\W_][\w .,()+=@-]{0,127}|_[\w.-]{0,127}")
_PNG_HEAD = struct.Struct(">8s4x4sII")
_MOST_PIXELS = 25_000_000
_MOST_IMAGE_BYTES = 16 << 20


@dataclass(slots=True)
class _Harvest:
    """Files found so far."""

    skipped_names: frozenset[str]
    files: list[ProgramFile] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    total_bytes: int = 0

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


def harvest(
    folder: int, skipped_names: frozenset[str]
) -> tuple[tuple[ProgramFile, ...], tuple[str, ...]]:
    """Read the regular files of a folder; the program must be over.

    Never follows a link, opens a pipe or device, or goes deep.

    Args:
        folder: a descriptor of the folder.
        skipped_names: files that were there before the program began.

    Returns:
        The files, and one sentence for each kind of thing that was left out.
    """
    found = _Harvest(skipped_names)
    _take(found, folder, "", 0)
    return tuple(found.files), tuple(found.notes)


def _take(found: _Harvest, folder: int, prefix: str, depth: int) -> None:
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                entry.name for entry, _ in zip(entries, range(_MOST_ENTRIES), strict=False)
            )
    except OSError:
        found.note("A folder that cannot be read was left out.")
        return
    for name in names:
        if len(found.files) >= _MOST_FILES:
            found.note(f"Only the first {_MOST_FILES} files are kept.")
            return
        with suppress(OSError):
            _take_entry(found, folder, name, prefix, depth)


def _take_entry(found: _Harvest, folder: int, name: str, prefix: str, depth: int) -> None:
    about = os.stat(name, dir_fd=folder, follow_symlinks=False)
    if prefix + name in found.skipped_names:
        return
    if not _GOOD_NAME.fullmatch(name):
        found.note("A file with an unusual name was left out.")
    elif stat.S_ISDIR(about.st_mode):
        if depth >= _DEEPEST:
            found.note("Folders nested deeper than three were left out.")
            return
        flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
        inner = os.open(name, flags, dir_fd=folder)
        try:
            _take(found, inner, f"{prefix}{name}/", depth + 1)
        finally:
            os.close(inner)
    elif not stat.S_ISREG(about.st_mode) or about.st_nlink != 1:
        found.note("A link, pipe, socket or device was left out.")
    elif found.total_bytes + about.st_size > _MOST_BYTES:
        found.note("Files of more than 32 MiB together were left out.")
    else:
        _take_file(found, folder, name, prefix)


def _take_file(found: _Harvest, folder: int, name: str, prefix: str) -> None:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with open(os.open(name, flags, dir_fd=folder), "rb") as file:
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            content = file.read(_MOST_BYTES - found.total_bytes)
            found.total_bytes += len(content)
            found.files.append(ProgramFile(prefix + name, content))


def is_safe_image(content: bytes) -> bool:
    """Whether this is a PNG of a size that can be decoded without filling the memory.

    Other kinds are never shown: SVG and HTML can name files and addresses.
    """
    if not _PNG_HEAD.size <= len(content) <= _MOST_IMAGE_BYTES:
        return False
    signature, kind, width, height = _PNG_HEAD.unpack_from(content)
    is_png = signature == b"\x89PNG\r\n\x1a\n" and kind == b"IHDR"
    return bool(is_png and 0 < width * height <= _MOST_PIXELS)
