"""A file that appears whole or not at all."""

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from model_tools.errors import ModelToolsError

_NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT if hasattr(errno, "EDQUOT") else -1})


@contextlib.contextmanager
def appearing_whole(target: Path, *, expected_bytes: int = 0) -> Iterator[Path]:
    """A temporary path beside `target`, renamed to it when the block ends well.

    Whatever ends the block early (an error, Ctrl-C), the temporary file is removed and an older
    `target` stays as it was.

    Args:
        target: where the file is to appear; its folder must exist.
        expected_bytes: refuse at once if the disk has less room than this.

    Raises:
        ModelToolsError: there is no such folder, or no room on the disk.
    """
    if not target.parent.is_dir():
        raise ModelToolsError(f"There is no folder {target.parent}.")
    if target.is_dir():
        raise ModelToolsError(f"{target} is a folder, not a file name.")
    free = shutil.disk_usage(target.parent).free
    if free < expected_bytes:
        raise _no_room(target, f"{expected_bytes / 1e9:.2f} GB are needed, {free / 1e9:.2f} free")
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        yield partial
        partial.replace(target)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise _no_room(target, error.strerror or "the disk is full") from error
        raise
    finally:
        partial.unlink(missing_ok=True)


def _no_room(target: Path, why: str) -> ModelToolsError:
    return ModelToolsError(
        f"{target.name} cannot be written: there is no room ({why}).",
        hint="Free some space or choose another folder; nothing was left behind.",
    )
