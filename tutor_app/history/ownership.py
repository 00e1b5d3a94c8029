"""Which running program owns an unfinished exchange, so that two windows do not disturb each other.

Every open store holds a locked file beside the database. The operating system drops the lock
however the program ends, so a lock that can be taken belongs to the dead. A process id would not
do: it is soon given to someone else.
"""

import os
import sys
import uuid
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Ownership:
    """This store's lock, and a look at those of the others."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self.name = uuid.uuid4().hex
        self._path = self._path_of(self.name)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT)
        _lock(self._descriptor)

    def _path_of(self, owner: str) -> Path:
        return self._database.with_name(f"{self._database.name}.open-{owner}")

    def others_alive(self) -> frozenset[str]:
        """Names of the other stores that are open now; files of dead ones are removed."""
        prefix = f"{self._database.name}.open-"
        alive = set()
        for path in self._database.parent.glob(f"{prefix}*"):
            owner = path.name.removeprefix(prefix)
            if owner != self.name and _is_locked(path):
                alive.add(owner)
        return frozenset(alive)

    def release(self) -> None:
        """Give the lock up."""
        os.close(self._descriptor)
        self._path.unlink(missing_ok=True)


def _is_locked(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        _lock(descriptor)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    path.unlink(missing_ok=True)
    return False
