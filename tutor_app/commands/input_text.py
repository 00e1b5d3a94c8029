"""What a command reads: a file or standard input, as text or as JSON lines."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from tutor_app.core.errors import InputError

STANDARD_INPUT = "-"

Record = TypeVar("Record", bound=msgspec.Struct)


def read_text(name: str) -> str:
    """A file's text, or that of standard input for `-`; always UTF-8, whatever the locale.

    Raises:
        InputError: it cannot be read, or is not UTF-8.
    """
    try:
        if name != STANDARD_INPUT:
            return Path(name).read_text(encoding="utf-8-sig")
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8-sig")
        return sys.stdin.read()
    except (OSError, UnicodeDecodeError) as error:
        shown = "Standard input" if name == STANDARD_INPUT else name
        raise InputError(
            f"{shown} cannot be read.", hint="It must be a text file in UTF-8."
        ) from error


def read_records(name: str, kind: type[Record]) -> Iterator[Record]:
    """The JSON objects of a file, one a line; blank lines are skipped.

    Raises:
        InputError: a line is not an object of this kind.
    """
    for number, line in enumerate(read_text(name).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line, type=kind)
        except msgspec.DecodeError as error:
            raise InputError(
                f"Line {number} of {name} is not what it should be: {error}.",
                hint=f"Each line needs the fields {_field_names(kind)}.",
            ) from error


def _field_names(kind: type[msgspec.Struct]) -> str:
    needed = (field for field in msgspec.structs.fields(kind) if field.required)
    return ", ".join(field.name for field in needed)
