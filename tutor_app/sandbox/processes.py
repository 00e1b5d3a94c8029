"""What the kernel says about a program's processes while they run."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

_MOST_PROCESSES = 4096
_KIBIBYTE, _BLOCK_BYTES = 1024, 512
_NO_LIMIT = 1 << 62
_REAP_PAUSE_S = 0.002


def descendants(root: int) -> list[int]:
    """The process `root` and all below it."""
    found: list[int] = []
    waiting = [root]
    while waiting and len(found) < _MOST_PROCESSES:
        pid = waiting.pop()
        found.append(pid)
        with suppress(OSError):
            for task in os.listdir(f"/proc/{pid}/task"):
                children = Path(f"/proc/{pid}/task/{task}/children").read_text(encoding="utf-8")
                waiting += map(int, children.split())
    return found


def kill_descendants() -> None:
    """Kill and reap all below this process, however often they multiply meanwhile.

    This process must be the one that orphans are handed to (PR_SET_CHILD_SUBREAPER).
    """
    while True:
        for pid in descendants(os.getpid())[1:]:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                continue
        except ChildProcessError:
            return
        time.sleep(_REAP_PAUSE_S)


def _sum_of_fields(path: str, fields: tuple[str, ...]) -> int:
    total = 0
    with suppress(OSError), open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith(fields):
                total += int(line.split()[1]) * _KIBIBYTE
    return total


def memory_bytes(pids: list[int], limit_bytes: int) -> int:
    """What the processes hold together, files not counted.

    Memory that several share counts once; that is asked of the kernel only where the quick sum
    is above `limit_bytes`, because it is slow.
    """
    quick = sum(_sum_of_fields(f"/proc/{pid}/status", ("RssAnon:", "RssShmem:")) for pid in pids)
    if quick <= limit_bytes or len(pids) == 1:
        return quick
    fields = ("Pss_Anon:", "Pss_Shmem:")
    return sum(_sum_of_fields(f"/proc/{pid}/smaps_rollup", fields) for pid in pids) or quick


def available_bytes() -> int:
    """How much memory the machine has left; kernel memory of a program shows only here."""
    return _sum_of_fields("/proc/meminfo", ("MemAvailable:",)) or _NO_LIMIT


def deleted_bytes(pid: int) -> int:
    """What a process keeps on disk in files that no folder shows any more."""
    total = 0
    with suppress(OSError):
        for descriptor in os.listdir(f"/proc/{pid}/fd"):
            path = f"/proc/{pid}/fd/{descriptor}"
            with suppress(OSError):
                found = os.stat(path)
                if found.st_nlink == 0:
                    total += found.st_blocks * _BLOCK_BYTES
    return total
