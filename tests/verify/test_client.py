"""The check host keeps its limits, survives its worker, and leaves nothing behind."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.verify.sleepy_host import SLEEP
from tutor_app.core.errors import CheckerError
from tutor_app.core.verdict import Method, Status
from tutor_app.verify.client import CheckHost

_LIMIT_S = 1.0
_ROOT = Path(__file__).resolve().parents[2]
_SLOW = (SLEEP, "1")

_HOSTILE = [
    "__import__('os').system('touch /tmp/pwned')",
    "().__class__.__base__.__subclasses__()",
    "9**9**9", "9**9**9**9", "9^{9^{9^{9}}}", "10000000!", r"\binom{10^7}{5\cdot10^6}",
    r"\gcd(10^{10^8},3)", r"\sum_{k=1}^{10^9} k", "(x+y+z+1)^{200}",
    "(" * 500 + "1" + ")" * 500, "{" * 3000, r"\frac{1}{" * 300 + "1" + "}" * 300,
    "1e1000000000", "1e-999999999", "9" * 1_000_000, "$a" * 3000, r"\boxed{" * 3000, "1," * 20000,
    r"\sqrt{" * 50 + "2" + "}" * 50, r"2^{0.333333333333333333333333}", "1/0", "0^0", "\x00\ud7ff",
]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _sleepy_module() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tutor_app.verify.client._MODULE", "tests.verify.sleepy_host")
        yield


@pytest.fixture(scope="module")
def host(_sleepy_module: None) -> Iterator[CheckHost]:
    checker = CheckHost(limit_s=_LIMIT_S)
    yield checker
    checker.close()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_verdict_comes_back_from_the_other_process(host: CheckHost) -> None:
    verdict = host.check_answer("Solve 3x+5=20", "x=5").result(timeout=60)
    assert verdict.status is Status.VERIFIED
    assert verdict.evidence[0].data["x"] == "5"


def test_every_question_is_answered(host: CheckHost) -> None:
    assert host.read_problem("Solve 3x+5=20").result(timeout=60).kind == "solve-equation"
    step = host.check_line("Solve 3x+5=20", (), r"\(3x=16\)", 7).result(timeout=60)
    assert step is not None
    assert (step.index, step.status) == (7, Status.REFUTED)
    assert host.check_line("Solve 3x+5=20", (), "Words only.", 0).result(timeout=60) is None
    chain = host.check_steps("", ("3x + 5 = 20", "3x = 25")).result(timeout=60)
    assert chain.first_wrong == 1
    assert host.compare_answers("1/2", "0.5", "").result(timeout=60).status is Status.VERIFIED


def test_a_check_that_overruns_is_unknown_not_wrong_and_the_next_one_works(
    host: CheckHost,
) -> None:
    host.read_problem("2+2").result(timeout=60)
    start = time.monotonic()
    verdict = host.check_answer(*_SLOW).result(timeout=60)
    seconds = time.monotonic() - start
    assert verdict.status is Status.UNKNOWN
    assert verdict.method is Method.TIMEOUT
    assert seconds < _LIMIT_S + 1.0
    assert host.check_answer("Solve 2x=8", "4").result(timeout=60).status is Status.VERIFIED


def test_a_line_that_overruns_is_unknown_and_keeps_its_index(host: CheckHost) -> None:
    step = host.check_line(_SLOW[0], (), r"\boxed{1}", 5).result(timeout=60)
    assert step is not None
    assert (step.index, step.status, step.method) == (5, Status.UNKNOWN, Method.TIMEOUT)


@pytest.mark.parametrize("text", _HOSTILE, ids=range(len(_HOSTILE)))
def test_hostile_text_is_answered_in_time(host: CheckHost, text: str) -> None:
    host.read_problem("2+2").result(timeout=60)  # a worker that was killed is replaced first
    for problem, answer in (("Solve 3x+5=20", text), (f"Calculate {text}", "1")):
        start = time.monotonic()
        verdict = host.check_answer(problem, answer).result(timeout=60)
        assert time.monotonic() - start < _LIMIT_S + 1.0
        assert verdict.status is not Status.VERIFIED
    assert not Path("/tmp/pwned").exists()  # noqa: S108 - what the hostile text would create


def test_a_worker_that_dies_makes_one_check_unknown_and_says_so() -> None:
    checker = CheckHost(limit_s=30.0)
    try:
        checker.read_problem("2+2").result(timeout=60)
        future = checker.check_answer(*_SLOW)
        worker = checker._worker
        assert worker is not None
        deadline = time.monotonic() + 60
        while worker.jobs < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(worker.process.pid, 9)
        verdict = future.result(timeout=60)
        assert verdict.status is Status.UNKNOWN
        assert "SIGKILL" in verdict.evidence[0].text
        assert checker.check_answer("Solve 2x=8", "4").result(timeout=60).status is Status.VERIFIED
    finally:
        checker.close()


def test_closing_ends_both_processes_promptly_and_cancels_what_waits() -> None:
    checker = CheckHost(limit_s=30.0)
    checker.read_problem("2+2").result(timeout=60)
    running, waiting = checker.check_answer(*_SLOW), checker.check_answer("Solve 2x=8", "4")
    pids = [worker.process.pid for worker in (checker._worker, checker._spare) if worker]
    start = time.monotonic()
    checker.close()
    assert time.monotonic() - start < 5.0
    assert len(pids) == 2
    assert not any(_is_alive(pid) for pid in pids)
    assert running.done()
    assert waiting.cancelled()
    with pytest.raises(CheckerError):
        checker.check_answer("Solve 2x=8", "4")


def test_processes_that_cannot_run_are_an_error_not_a_verdict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tutor_app.verify.client._MODULE", "tutor_app.verify.no_such_module")
    checker = CheckHost()
    try:
        with pytest.raises(CheckerError):
            checker.check_answer("Solve 2x=8", "4").result(timeout=60)
    finally:
        checker.close()


def test_the_same_question_is_answered_from_memory() -> None:
    host = CheckHost(limit_s=60)  # of its own: a shared one may be due for a new worker
    try:
        first = host.check_answer("Solve 5x=35", "7").result(timeout=90)
        again = host.check_answer("Solve 5x=35", "7").result(timeout=90)
        assert host._worker is not None
        assert host._worker.jobs == 1
        assert again == first
    finally:
        host.close()


def test_importing_the_client_does_not_load_sympy() -> None:
    code = "import sys; import tutor_app.verify.client; sys.exit('sympy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=_ROOT, check=False, timeout=60)
    assert done.returncode == 0


def test_a_host_dies_with_its_parent() -> None:
    code = (
        "from tutor_app.verify.client import CheckHost\n"
        "import os\n"
        "host = CheckHost()\n"
        "host.read_problem('2+2').result(60)\n"
        "print(host._worker.process.pid, host._spare.process.pid, flush=True)\n"
        "os._exit(0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=_ROOT, check=True, timeout=60, capture_output=True
    )
    pids = [int(word) for word in done.stdout.split()]
    deadline = time.monotonic() + 10
    while any(_is_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_is_alive(pid) for pid in pids)
