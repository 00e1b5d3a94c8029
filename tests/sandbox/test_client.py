"""What the app may rely on: queue, stop, refusal, and nothing left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.sandbox.conftest import reason_to_skip
from tests.sandbox.outside import sandboxed_processes, user_id
from tutor_app.core.errors import SandboxError, SandboxRefused
from tutor_app.core.program import (
    IsolationLevel,
    Language,
    Limit,
    Phase,
    ProgramFile,
    RunLimits,
    RunOutcome,
    RunRequest,
)
from tutor_app.sandbox.client import Sandbox
from tutor_app.sandbox.levels import Mechanism, isolation_of

_ROOT = Path(__file__).resolve().parents[2]
_SLEEP_WITH_CHILD = "import os, time\nos.fork()\nprint('up', flush=True)\ntime.sleep(60)\n"


def _python(source: str, **changes: object) -> RunRequest:
    return RunRequest(Language.PYTHON, source, **changes)  # type: ignore[arg-type]


def _run(sandbox: Sandbox, source: str, **changes: object) -> RunOutcome:
    return sandbox.start(_python(source, **changes)).result()


def _wait_until(is_so: object, timeout_s: float = 15.0) -> bool:
    assert callable(is_so)
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.02)
    return False


def _is_clean() -> bool:
    return not sandboxed_processes() and not _work_folders()


def _work_folders() -> list[Path]:
    folders = (Path("/dev/shm"), Path("/tmp"), Path(f"/run/user/{os.getuid()}"))  # noqa: S108
    return [found for folder in folders for found in folder.glob("stem-tutor-run-*")]


def _mounts() -> int:
    return len(Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines())


def _descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_a_failing_program_is_an_outcome(sandbox: Sandbox) -> None:
    outcome = _run(sandbox, "import sys\nprint('before')\nsys.exit(3)")
    assert (outcome.exit_code, outcome.signal, outcome.limit) == (3, "", None)
    assert outcome.stdout == b"before\n"
    assert outcome.reason == "It ended with status 3."
    assert not outcome.is_success


def test_a_program_that_does_not_compile_never_runs(sandbox: Sandbox) -> None:
    outcome = sandbox.start(RunRequest(Language.CPP, "int main() { return undeclared; }")).result()
    assert outcome.phase is Phase.COMPILE
    assert b"undeclared" in outcome.stderr
    assert not outcome.is_success


def test_warnings_of_the_compiler_come_with_the_output(sandbox: Sandbox) -> None:
    source = '#include <cstdio>\nint main() { int unused = 3; std::puts("ran"); }'
    outcome = sandbox.start(RunRequest(Language.CPP, source)).result()
    assert outcome.stdout == b"ran\n"
    assert b"unused" in outcome.diagnostics


def test_files_beside_the_program_can_be_read(sandbox: Sandbox) -> None:
    beside = ProgramFile("rates.txt", b"4 5 6")
    outcome = _run(sandbox, "print(open('rates.txt').read())", files=(beside,))
    assert outcome.stdout == b"4 5 6\n"
    assert outcome.files == ()


@pytest.mark.parametrize("name", ["../up", "/etc/x", "-o", "a/b", ".hidden", "", "a\nb", "x" * 65])
def test_a_file_with_a_dangerous_name_is_refused(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(SandboxError, match="may not be called"):
        sandbox.start(_python("", files=(ProgramFile(name, b""),)))


def test_an_outcome_says_what_protected_its_own_run(sandbox: Sandbox) -> None:
    assert _run(sandbox, "").isolation == sandbox.isolation()


def test_times_and_memory_are_measured(sandbox: Sandbox) -> None:
    source = "kept = b'x' * (90 << 20)\nimport time\ntime.sleep(0.5)"
    outcome = _run(sandbox, source)
    assert outcome.memory_bytes > 80 << 20
    assert outcome.wall_s >= 0.5
    assert 0 < outcome.cpu_s < outcome.wall_s + 5


def test_a_running_program_can_be_stopped(sandbox: Sandbox) -> None:
    run = sandbox.start(_python(_SLEEP_WITH_CHILD, limits=RunLimits(wall_s=50)))
    assert _wait_until(lambda: len(sandboxed_processes()) >= 2)
    run.stop()
    outcome = run.result()
    assert outcome.is_stopped
    assert outcome.signal == "SIGKILL"
    assert _is_clean()


def test_a_program_that_waits_its_turn_can_be_stopped() -> None:
    with closing(Sandbox(Mechanism.NONE, at_once=1)) as sandbox:
        request = _python("import time\ntime.sleep(50)", allows_unprotected=True)
        first, second = sandbox.start(request), sandbox.start(request)
        second.stop()
        with pytest.raises(SandboxRefused, match="before its turn"):
            second.result()
        first.stop()
        with suppress(SandboxError):
            first.result()


def test_eight_at_once_are_queued_and_limited(sandbox: Sandbox) -> None:
    mechanism = Mechanism(sandbox.isolation().mechanism)
    source = "import time\nprint(time.monotonic())\ntime.sleep(0.3)\nprint(time.monotonic())"
    with closing(Sandbox(mechanism, at_once=2, user_id=user_id())) as limited:
        runs = [limited.start(_python(source)) for _ in range(8)]
        spans = [tuple(map(float, run.result().stdout.split())) for run in runs]
    moments = sorted((*((begin, 1) for begin, _ in spans), *((end, -1) for _, end in spans)))
    running = most = 0
    for _, change in moments:
        running += change
        most = max(most, running)
    assert most <= 2
    assert _is_clean()


def test_many_runs_in_a_row_leave_nothing(sandbox: Sandbox) -> None:
    _run(sandbox, "")  # from now on a supervisor is kept ready
    mounts, descriptors = _mounts(), _descriptors()
    leaves = "import os\nopen('left', 'w').close()\n"
    source = leaves + "if os.fork() == 0: os.execvp('sleep', ['', '60'])"
    for _ in range(20):
        assert _run(sandbox, source).is_success
    assert sandboxed_processes() == frozenset()
    assert _work_folders() == []
    assert _mounts() == mounts
    assert _descriptors() == descriptors
    assert threading.active_count() < 20


def test_closing_stops_what_runs(sandbox: Sandbox) -> None:
    mechanism = Mechanism(sandbox.isolation().mechanism)
    other = Sandbox(mechanism, user_id=user_id())
    other.start(_python(_SLEEP_WITH_CHILD, limits=RunLimits(wall_s=50)))
    assert _wait_until(lambda: len(sandboxed_processes()) >= 2)
    other.close()
    assert _is_clean()


_APP = """
import sys
from tutor_app.core.program import Language, RunLimits, RunRequest
from tutor_app.sandbox.client import Sandbox
from tutor_app.sandbox.levels import Mechanism
request = RunRequest(Language.PYTHON, sys.argv[2], limits=RunLimits(wall_s=50))
Sandbox(Mechanism(sys.argv[1])).start(request).result()
"""


def _start_app(sandbox: Sandbox) -> subprocess.Popen[bytes]:
    mechanism = sandbox.isolation().mechanism
    command = [sys.executable, "-c", _APP, mechanism, _SLEEP_WITH_CHILD]
    return subprocess.Popen(command, cwd=_ROOT, stderr=subprocess.DEVNULL)


def _supervisors_of(pid: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        with suppress(OSError):
            if folder.name.isdigit() and b"sandbox.supervisor" in (folder / "cmdline").read_bytes():
                parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
                if int(parent) == pid:
                    found.append(int(folder.name))
    return found


def test_nothing_survives_the_app(sandbox: Sandbox) -> None:
    app = _start_app(sandbox)
    assert _wait_until(lambda: len(sandboxed_processes()) >= 2)
    app.kill()
    app.wait()
    assert _wait_until(_is_clean)


@pytest.mark.parametrize("delay_s", [0.0, 0.02, 0.05, 0.1, 0.2, 0.5])
def test_nothing_survives_a_supervisor_killed_at_any_moment(
    sandbox: Sandbox, delay_s: float
) -> None:
    app = _start_app(sandbox)
    assert _wait_until(lambda: bool(_supervisors_of(app.pid)))
    time.sleep(delay_s)
    for pid in _supervisors_of(app.pid):
        os.kill(pid, signal.SIGKILL)
    app.wait(timeout=30)
    assert _wait_until(_is_clean)


def test_without_protection_a_program_is_refused() -> None:
    with closing(Sandbox(Mechanism.NONE)) as sandbox, pytest.raises(SandboxRefused) as raised:
        sandbox.start(_python("print('must not run')")).result()
    assert "not run" in str(raised.value)


def test_without_protection_a_program_runs_once_it_is_allowed(no_sandbox: Sandbox) -> None:
    outcome = _run(no_sandbox, "print('allowed')", allows_unprotected=True)
    assert outcome.stdout == b"allowed\n"
    assert outcome.isolation.level is IsolationLevel.NONE


def test_the_best_level_of_this_machine_is_found_by_trying() -> None:
    with closing(Sandbox()) as sandbox:
        found = sandbox.isolation()
        assert sandbox.isolation() is found
    best = next(
        (one for one in (Mechanism.BUBBLEWRAP, Mechanism.LANDLOCK) if not reason_to_skip(one)),
        Mechanism.NONE,
    )
    assert found.mechanism == best
    assert found.sentence == isolation_of(best).sentence
    assert bool(found.hint) == (best is not Mechanism.BUBBLEWRAP)


def test_each_level_says_what_it_does_not_cover() -> None:
    for mechanism in Mechanism:
        assert isolation_of(mechanism).gaps


def test_a_program_of_root_is_run_as_somebody_else(sandbox: Sandbox) -> None:
    if os.getuid() != 0:
        pytest.skip("only root drops its rights")
    mechanism = Mechanism(sandbox.isolation().mechanism)
    source = "import os\nprint(os.getuid() == 0, 0 in os.getgroups())"
    with closing(Sandbox(mechanism)) as fresh:
        run = fresh.start(_python("import time\ntime.sleep(50)"))
        assert _wait_until(lambda: bool(sandboxed_processes()))
        owners = {Path(f"/proc/{pid}").stat().st_uid for pid in sandboxed_processes()}
        run.stop()
        run.result()
        assert 0 not in owners
        assert _run(fresh, source).stdout == b"False False\n"


def test_a_limit_on_processor_time_is_not_claimed_for_a_status_that_looks_like_it(
    sandbox: Sandbox,
) -> None:
    outcome = _run(sandbox, "import sys\nsys.exit(152)")
    assert outcome.limit is None
    assert outcome.exit_code == 152


def test_a_program_that_kills_itself_is_not_a_limit(sandbox: Sandbox) -> None:
    outcome = _run(sandbox, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    assert outcome.limit is None
    assert outcome.signal == "SIGKILL"


def test_the_limits_ended_by_are_named(sandbox: Sandbox) -> None:
    outcome = _run(sandbox, "while True: pass", limits=RunLimits(wall_s=0.4))
    assert outcome.limit is Limit.WALL_TIME
    assert "0.4 s" in outcome.reason
    assert outcome.exit_code is None
