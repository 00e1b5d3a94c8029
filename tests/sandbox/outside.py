"""The world outside the sandbox that attacks try to reach: a user's home, and a process of hers."""

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOME_SECRET, KEY_SECRET, ENVIRONMENT_SECRET = "quiet" * 2, "amber" * 2, "nickel" * 2
SECRETS = (HOME_SECRET, KEY_SECRET, ENVIRONMENT_SECRET)
_USER_WHERE_ROOT = 65117
_NICE_FIELD = 16


def user_id() -> int:
    """Whom programs run as: root's runs are another user's, so the canary must be that one's."""
    return _USER_WHERE_ROOT if os.getuid() == 0 else os.getuid()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What must be the same after a run."""

    diary: tuple[int, int, int]
    keys: tuple[int, int, int]
    victim: tuple[str, str, frozenset[int]]
    processes: frozenset[int]


class Outside:
    """Sets everything up, and says what an attack has changed."""

    def __init__(self, packages: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="stem-tutor-test-", dir="/var/tmp"))
        self.home = self.folder / "home"
        self.packages = packages
        self._canary: subprocess.Popen[bytes] | None = None
        for folder in (self.folder, self.home, self.home / ".keys"):
            folder.mkdir(exist_ok=True)
        self.restore()

    def _own(self, path: Path, mode: int) -> None:
        if os.getuid() == 0:
            os.chown(path, user_id(), user_id())
        path.chmod(mode)

    def restore(self) -> None:
        """Put the decoys back."""
        for path in (self.folder, self.home, self.home / ".keys"):
            path.mkdir(exist_ok=True)
            self._own(path, 0o755)
        for path, text in (
            (self.home / "diary.txt", HOME_SECRET),
            (self.home / ".keys" / "private", KEY_SECRET),
        ):
            path.write_text(text + "\n")
            self._own(path, 0o644)
        for path in self._planted():
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                path.unlink()

    @property
    def canary(self) -> dict[str, Any]:
        """What the canary says of itself; it is started again if an attack has killed it."""
        if self._canary is None or self._canary.poll() is not None:
            self._close_pipes()
            source = Path(__file__).with_name("canary_process.py").read_text(encoding="utf-8")
            python = "/usr/bin/python3" if os.getuid() == 0 else sys.executable
            identity: dict[str, Any] = {}
            if os.getuid() == 0:
                identity = {"user": user_id(), "group": user_id(), "extra_groups": []}
            self._canary = subprocess.Popen(
                [python, "-c", source, str(self.folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd="/",
                env={"PATH": "/usr/bin:/bin", "SECRET": ENVIRONMENT_SECRET},
                start_new_session=True,
                **identity,
            )
            assert self._canary.stdout is not None
            self._about = json.loads(self._canary.stdout.readline())
        return dict(self._about)

    def _close_pipes(self) -> None:
        if self._canary is not None:
            for pipe in (self._canary.stdin, self._canary.stdout):
                assert pipe is not None
                pipe.close()

    def contacts(self) -> list[str]:
        """Who has called the canary since the last time."""
        assert self._canary is not None
        assert self._canary.stdout is not None
        lines = []
        while select.select([self._canary.stdout], [], [], 0)[0]:
            line = self._canary.stdout.readline()
            if not line:
                break
            lines.append(line.decode().strip())
        return lines

    def _victim(self) -> tuple[str, str, frozenset[int]]:
        pid = self.canary["victim"]
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        limits = Path(f"/proc/{pid}/limits").read_text()
        return fields[_NICE_FIELD], limits, frozenset(os.sched_getaffinity(pid))

    def snapshot(self) -> Snapshot:
        """How things are now."""
        return Snapshot(
            diary=_about(self.home / "diary.txt"),
            keys=_about(self.home / ".keys"),
            victim=self._victim(),
            processes=sandboxed_processes(),
        )

    def changes(self, before: Snapshot) -> list[str]:
        """What is no longer as it was, in words."""
        assert self._canary is not None
        found = self.contacts()
        if self._canary.poll() is not None:
            found.append("the victim is dead")
        else:
            state = Path(f"/proc/{self._canary.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
            if state in "TZ":
                found.append("the victim is stopped")
            if self._victim() != before.victim:
                found.append("the victim's limits, priority or processors have changed")
        if not (self.home / "diary.txt").exists() or not (self.home / ".keys").exists():
            found.append("a decoy is gone")
        elif (before.diary, before.keys) != (
            _about(self.home / "diary.txt"),
            _about(self.home / ".keys"),
        ):
            found.append("a decoy has changed")
        found += [f"{path} was planted" for path in self._planted()]
        if left := sandboxed_processes() - before.processes:
            found.append(f"processes are left: {sorted(left)}")
        return found

    def _planted(self) -> list[Path]:
        names = ("planted", "planted-folder", "planted-link")
        paths = [*(self.home / name for name in names), self.folder / "planted"]
        paths += [Path(f"/{folder}/planted") for folder in ("usr", "etc", "opt")]
        paths += [self.packages / "sitecustomize.py", self.packages / "planted.pth"]
        paths.append(Path("/var/tmp/stem-tutor-planted"))  # noqa: S108 - what attacks write to
        return [path for path in paths if path.is_symlink() or path.exists()]

    def close(self) -> None:
        """Remove everything."""
        if self._canary is not None:
            self._close_pipes()
            try:
                self._canary.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._canary.kill()
                self._canary.wait()
        Path("/dev/shm/stem-tutor-canary").unlink(missing_ok=True)  # noqa: S108
        shutil.rmtree(self.folder)


def _about(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_mode, found.st_mtime_ns, found.st_size


def sandboxed_processes() -> frozenset[int]:
    """Processes of any run, by a setting in their environment that is nobody else's."""
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if b"MPLBACKEND=module://tutor_figures\0" in (folder / "environ").read_bytes():
                    found.add(int(folder.name))
            except OSError:
                continue
    return frozenset(found)
