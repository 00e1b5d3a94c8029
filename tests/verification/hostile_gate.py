"""The gates that need the check host: hostile texts, and a long run with flat memory."""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import chdir, closing
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from tests.verification.algebra_problems import ALGEBRA
from tests.verification.calculus_problems import CALCULUS
from tests.verification.gate import Gate
from tests.verification.hostile import hostile_texts, known_texts
from tests.verification.mutation import mutants
from tests.verification.right_answers import drawn_answers
from tests.verification.values import text_of
from tests.verification.word_problems import WORDS
from tutor_app.core.verdict import Status, Verdict
from tutor_app.verify.client import CheckHost

_GRACE_S = 0.2
_WAIT_S = 60.0
_PAGE_BYTES = os.sysconf("SC_PAGESIZE") if sys.platform != "win32" else 4096
_CHECKS_PER_NOTE = 1000


def children() -> frozenset[int]:
    """Process ids of this process's children; Linux only, empty elsewhere."""
    found: set[int] = set()
    for task in Path("/proc/self/task").glob("*/children"):
        found |= {int(word) for word in task.read_text().split()}
    return frozenset(found)


def _is_verified(result: object) -> bool:
    return isinstance(result, Verdict) and result.status is Status.VERIFIED


class _Attack:
    """Sends hostile texts through every door of one host, in turn."""

    def __init__(self, host: CheckHost, limit_s: float, gate: Gate) -> None:
        self._host = host
        self._limit_s = limit_s
        self._gate = gate
        self._count = 0
        self._asked = 0
        self.timeouts = 0

    def send(self, text: str) -> None:
        """One text through the next door; a late one gets a second chance on a busy machine."""
        seconds, result = self._timed(text)
        if seconds > self._limit_s + _GRACE_S:
            seconds, result = self._timed(text + " ")  # another question, not from memory
        self._count += 1
        self._gate.seconds.append(seconds)
        self._gate.total += 1
        self.timeouts += seconds > self._limit_s
        shown = ascii(text[:80])
        if seconds > self._limit_s + _GRACE_S:
            self._gate.fatal.append(f"{seconds:.2f} s for {shown}")
        elif self._count % 6 in {1, 2} and _is_verified(result):
            self._gate.fatal.append(f"verified: {shown}")
        else:
            self._gate.passed += 1

    def _timed(self, text: str) -> tuple[float, object]:
        """Seconds and result, from the moment a worker is ready."""
        self._asked += 1
        self._host.read_problem(f"{self._asked}+2").result(timeout=_WAIT_S)
        door = self._doors(text)[self._count % 6]
        start = time.perf_counter()
        result = door().result(timeout=_WAIT_S)
        return time.perf_counter() - start, result

    def _doors(self, text: str) -> tuple[Callable[[], "Future[object]"], ...]:
        host = self._host
        # No text of ours is sqrt(7919) or its equation, so a tick here would be a false one.
        return (
            lambda: host.check_answer(r"Evaluate $\sqrt{7919}+1$.", text),  # type: ignore[return-value]
            lambda: host.compare_answers(r"\sqrt{7919}+1", text, ""),  # type: ignore[return-value]
            lambda: host.check_answer(text, "7919"),  # type: ignore[return-value]
            lambda: host.check_line("Solve 3x+5=20", (text,), text, 0),  # type: ignore[return-value]
            lambda: host.check_steps(text, (text, "x=1", text)),  # type: ignore[return-value]
            lambda: host.check_answer(f"Solve {text} = 7919", text),  # type: ignore[return-value]
        )


def _files(folder: Path) -> list[str]:
    # The generator of the texts may keep a folder of its own.
    return [str(path) for path in folder.iterdir() if path.name != ".hypothesis"]


def hostile_gate(wanted: int, limit_s: float = 2.0) -> Gate:
    """Each text is answered in time; no process, file or tick comes of it."""
    gate = Gate("hostile texts", needed=wanted)
    before = children()
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        room = Path(folder)
        canary = room / "pwned"
        with closing(CheckHost(limit_s=limit_s)) as host:
            attack = _Attack(host, limit_s, gate)
            for text in known_texts(canary)[:wanted]:
                attack.send(text)

            @settings(
                max_examples=max(wanted - gate.total, 1), database=None, deadline=None,
                derandomize=True, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(hostile_texts(canary))
            def run(text: str) -> None:
                attack.send(text)

            run()
            while gate.total < wanted:  # the generator left out what it had drawn before
                attack.send(f"{gate.total}^{gate.total}!" * (gate.total % 40 + 1))
        gate.fatal += [f"file written: {path}" for path in _files(room)]
    left = children() - before
    gate.fatal += [f"process left: {pid}" for pid in left]
    gate.notes.append(f"{attack.timeouts} of {gate.total} ended by the time limit of {limit_s:g} s")
    return gate


def _resident_bytes(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * _PAGE_BYTES


def soak_gate(wanted: int, seed: int = 5, print_line: Callable[[str], object] = print) -> Gate:
    """Many different checks: the memory of the workers and of this process stays flat."""
    gate = Gate("soak", needed=wanted)
    rng = random.Random(seed)
    own = drawn_answers(rng, (*ALGEBRA, *CALCULUS, *WORDS))
    after_warm_up = peak = 0
    started = set()
    with closing(CheckHost(limit_s=10.0)) as host:
        while gate.total < wanted:
            right = next(own)
            texts = [text_of(right.value, right.letter, rng)]
            texts += [text_of(value, right.letter, rng) for _, value in mutants(right.value)]
            for text in texts[:12]:
                start = time.perf_counter()
                verdict = host.check_answer(right.problem, f"{text} ").result(timeout=_WAIT_S)
                gate.seconds.append(time.perf_counter() - start)
                gate.total += 1
                gate.passed += verdict is not None
                worker = host._worker
                if worker is not None:
                    started.add(worker.process.pid)
                    peak = max(peak, worker.memory_bytes)
                if gate.total % _CHECKS_PER_NOTE == 0:
                    own_bytes = _resident_bytes(os.getpid())
                    after_warm_up = after_warm_up or own_bytes
                    rss = worker.memory_bytes if worker is not None else 0
                    print_line(
                        f"    {gate.total:6} checks: worker {rss / 1e6:.0f} MB (most "
                        f"{peak / 1e6:.0f}), parent {own_bytes / 1e6:.0f} MB, "
                        f"{len(started)} workers so far"
                    )
    growth = _resident_bytes(os.getpid()) - after_warm_up if after_warm_up else 0
    if growth > 60_000_000:
        gate.fatal.append(f"the parent grew by {growth / 1e6:.0f} MB")
    if peak > 450_000_000:
        gate.fatal.append(f"a worker held {peak / 1e6:.0f} MB")
    gate.notes.append(f"parent grew by {growth / 1e6:.0f} MB, a worker held {peak / 1e6:.0f} MB")
    return gate
