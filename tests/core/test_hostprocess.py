"""Uses the model host as the child: it is ours, and starts without a model."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor_app.core.hostprocess import HostEnded, HostProcess, HostSilent

MODULE = "tutor_app.inference.host"


@pytest.fixture
def process() -> Iterator[HostProcess]:
    child = HostProcess(MODULE)
    yield child
    child.kill()


def test_a_silent_child_is_reported_in_time(process: HostProcess) -> None:
    with pytest.raises(HostSilent):
        process.receive(timeout_s=0.2)


def test_a_killed_child_is_reported_with_its_signal(process: HostProcess) -> None:
    os.kill(process.pid, signal.SIGKILL)
    with pytest.raises(HostEnded, match="SIGKILL"):
        process.receive(timeout_s=10)
    assert not process.is_running


def test_a_child_that_fails_leaves_its_last_words() -> None:
    process = HostProcess("tutor_app.no_such_module")
    with pytest.raises(HostEnded) as caught:
        process.receive(timeout_s=30)
    assert "no_such_module" in caught.value.stderr_tail
    process.kill()


def test_the_environment_of_a_child_is_clean(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_PARENT", "1")
    process = HostProcess(MODULE)
    environment = Path(f"/proc/{process.pid}/environ")
    if not environment.exists():
        process.kill()
        pytest.skip("this system shows no environment of other processes")
    try:
        assert b"SECRET_OF_THE_PARENT" not in environment.read_bytes()
    finally:
        process.kill()


def test_a_child_dies_when_its_parent_is_killed() -> None:
    script = (
        "import time\n"
        "from tutor_app.core.hostprocess import HostProcess\n"
        f"print(HostProcess({MODULE!r}).pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child_pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while _exists(child_pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _exists(child_pid)


def _exists(pid: int) -> bool:
    """Whether the process runs; a zombie that nobody has collected yet does not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
