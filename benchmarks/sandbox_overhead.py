"""What isolation costs: `python -m benchmarks.sandbox_overhead [--runs N] [--in-a-row N]`.

For each level this machine has: p50 of a Python hello in the sandbox against the same program
started plainly, and a C++ hello from source to output, the first time and warm. Then many runs in
a row, after which no process, mount, file or descriptor may be left.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tutor_app.core.errors import SandboxError
from tutor_app.core.program import Language, RunRequest
from tutor_app.sandbox.client import Sandbox
from tutor_app.sandbox.levels import Mechanism

_PYTHON = RunRequest(Language.PYTHON, "print('hello')\n")
_CPP_SOURCE = '#include <iostream>\nint main() { std::cout << "hello\\n"; }\n'
_CPP = RunRequest(Language.CPP, _CPP_SOURCE)


def plain_ms(runs: int) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "main.py"
        path.write_text(_PYTHON.source)
        found = []
        for _ in range(runs):
            began = time.perf_counter()
            subprocess.run([sys.executable, "-B", path], capture_output=True, check=True)
            found.append((time.perf_counter() - began) * 1000)
    return found


def plain_cpp_ms(runs: int) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        source, program = Path(folder) / "main.cpp", Path(folder) / "program"
        source.write_text(_CPP_SOURCE)
        found = []
        for _ in range(runs):
            began = time.perf_counter()
            compiler = ["g++", "-std=c++20", "-O1", "-Wall", "-Wextra", "-pipe"]
            subprocess.run([*compiler, source, "-o", program], check=True)
            subprocess.run([program], capture_output=True, check=True)
            found.append((time.perf_counter() - began) * 1000)
    return found


def sandboxed_ms(sandbox: Sandbox, request: RunRequest, runs: int) -> list[float]:
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        outcome = sandbox.start(request).result()
        found.append((time.perf_counter() - began) * 1000)
        assert outcome.stdout == b"hello\n", outcome
    return found


def left_behind() -> tuple[int, int, int, int]:
    processes = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                processes += b"LOGNAME=learner\0" in (folder / "environ").read_bytes()
            except OSError:
                continue
    mounts = len(Path("/proc/self/mountinfo").read_text().splitlines())
    shared = Path("/dev/shm")  # noqa: S108 - where reduced isolation works
    files = sum(1 for _ in shared.glob("stem-tutor-run-*"))
    return processes, mounts, files, sum(1 for _ in Path("/proc/self/fd").iterdir())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=25)
    parser.add_argument("--in-a-row", type=int, default=200)
    arguments = parser.parse_args()
    plain = statistics.median(plain_ms(arguments.runs))
    print(f"plain python hello: p50 {plain:.0f} ms")
    cpp = statistics.median(plain_cpp_ms(5))
    print(f"plain C++ hello, source to output: p50 {cpp:.0f} ms")
    for mechanism in (Mechanism.BUBBLEWRAP, Mechanism.LANDLOCK):
        with closing(Sandbox(mechanism)) as sandbox:
            try:
                first = sandboxed_ms(sandbox, _CPP, 1)[0]
            except SandboxError as error:
                print(f"{mechanism}: not here: {error}")
                continue
            p50 = statistics.median(sandboxed_ms(sandbox, _PYTHON, arguments.runs))
            warm = statistics.median(sandboxed_ms(sandbox, _CPP, 5))
            print(f"{mechanism}: python hello p50 {p50:.0f} ms, overhead {p50 - plain:+.0f} ms")
            print(f"{mechanism}: C++ hello first {first:.0f} ms, warm p50 {warm:.0f} ms")
            before = left_behind()
            began = time.perf_counter()
            sandboxed_ms(sandbox, _PYTHON, arguments.in_a_row)
            each = (time.perf_counter() - began) * 1000 / max(1, arguments.in_a_row)
            after = left_behind()
            words = "nothing left" if before == after else f"LEFT: {before} -> {after}"
            print(f"{mechanism}: {arguments.in_a_row} in a row, {each:.0f} ms each, {words}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
