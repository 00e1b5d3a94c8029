"""The folder on disk that a program without a file system of its own writes to."""

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tutor_app.core.program import ProgramFile, RunLimits
from tutor_app.sandbox.confined import Usage
from tutor_app.sandbox.processes import deleted_bytes, descendants

_PREFIX = "stem-tutor-run-"
_DEEPEST = 20
_BLOCK_BYTES = 512


def _memory_folder() -> Path:
    """Where folders live in memory: the disk stays quiet, and removing 5000 files is fast."""
    for candidate in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm"):  # noqa: S108
        if candidate and os.access(candidate, os.W_OK | os.X_OK) and _runs_programs(candidate):
            return Path(candidate)
    return Path(tempfile.gettempdir())


def _runs_programs(path: str) -> bool:
    """Containers often forbid to start what lies in /dev/shm."""
    return not os.statvfs(path).f_flag & os.ST_NOEXEC


@dataclass(frozen=True, slots=True)
class WorkFolder:
    """One run's folder: `work` to write in, `library` to read.

    Attributes:
        root: holds both.
        free_bytes_before: of the file system, when the folder was made.
    """

    root: Path
    free_bytes_before: int

    @classmethod
    def create(
        cls, files: tuple[ProgramFile, ...], library: tuple[ProgramFile, ...]
    ) -> "WorkFolder":
        """Make it and put the files in; removes what runs that were killed have left."""
        base = _memory_folder()
        _remove_abandoned(base)
        root = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=base))
        folder = cls(root, _free_bytes(root))
        for place, content in ((folder.work, files), (folder.library, library)):
            place.mkdir(mode=0o700)
            for file in content:
                path = place / file.name
                path.write_bytes(file.content)
                path.chmod(0o700)
        return folder

    @property
    def work(self) -> Path:
        """The program's current folder."""
        return self.root / "work"

    @property
    def library(self) -> Path:
        """What the program may import."""
        return self.root / "library"

    def open_work(self) -> int:
        """A descriptor of the work folder."""
        return os.open(self.work, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def usage(self, limits: RunLimits, root_pid: int) -> Usage:
        """Count what the program has written, without following anything."""
        total_bytes = files = 0
        waiting = [(str(self.work), 0)]
        while waiting and files <= limits.files:
            path, depth = waiting.pop()
            if depth > _DEEPEST:
                return Usage(total_bytes, files, "It nested its folders too deep.")
            try:
                entries = list(os.scandir(path))
            except PermissionError:
                return Usage(total_bytes, files, "It made a folder that nobody can look into.")
            except OSError:
                continue  # gone meanwhile
            files += len(entries)
            for entry in entries:
                with suppress(OSError):
                    total_bytes += entry.stat(follow_symlinks=False).st_blocks * _BLOCK_BYTES
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, depth + 1))
        if self.free_bytes_before - _free_bytes(self.root) > limits.disk_bytes:
            # something fills the disk; it may be this program, in files it has already deleted
            total_bytes += sum(deleted_bytes(pid) for pid in descendants(root_pid))
        return Usage(total_bytes, files)

    def remove(self) -> None:
        """Remove everything, however it was left; the program must be over."""
        _remove_tree(self.root)


def _free_bytes(path: Path) -> int:
    volume = os.statvfs(path)
    return volume.f_bavail * volume.f_frsize


def _remove_abandoned(base: Path) -> None:
    for root in base.glob(f"{_PREFIX}*"):
        owner = root.name.removeprefix(_PREFIX).split("-")[0]
        with suppress(OSError):
            if root.stat().st_uid == os.getuid() and not Path(f"/proc/{owner}").exists():
                _remove_tree(root)


def _remove_tree(root: Path) -> None:
    """Remove a tree of any depth and any modes.

    Folders are first moved to the top, so that neither a path nor a stack of calls grows long.
    """
    with suppress(FileNotFoundError):
        number = 0
        waiting = [root]
        while waiting:
            folder = waiting.pop()
            folder.chmod(0o700)
            for entry in list(os.scandir(folder)):
                if not entry.is_dir(follow_symlinks=False):
                    os.unlink(entry.path)
                    continue
                Path(entry.path).chmod(0o700)  # moving a folder writes into it
                number += 1
                moved = root / f"removed-{number}-{os.getpid()}"
                os.rename(entry.path, moved)
                waiting.append(moved)
            if folder != root:
                folder.rmdir()
        root.rmdir()
