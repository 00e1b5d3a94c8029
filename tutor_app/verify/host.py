"""The check host: `python -m tutor_app.verify.host`. Does one job at a time, within limits.

The parent enforces the wall limit by killing this process. The limits here are the second
line: memory, so that a job cannot take the machine down, and processor time, so that the kernel
ends a computation that holds Python's lock even if the parent has gone.
"""

import contextlib
import sys
from pathlib import Path
from typing import Final, assert_never

import sympy.core.cache

from tutor_app.core.hostprocess import HostChannel
from tutor_app.verify import inprocess
from tutor_app.verify.protocol import (
    READY,
    CheckAnswer,
    CheckClaims,
    CheckLine,
    CheckSteps,
    CompareAnswers,
    Job,
    ReadProblem,
    Reply,
    decode_job,
    encode_reply,
)

if sys.platform != "win32":
    import resource

_MEMORY_BYTES: Final = 1_500_000_000
_CPU_S_PER_JOB: Final = 30
_RECURSION: Final = 3000
_STATM: Final = Path("/proc/self/statm")
_JOBS_BETWEEN_CLEARING: Final = 50


def _limit_memory() -> None:
    if sys.platform != "win32":
        with contextlib.suppress(ValueError, OSError):  # a stricter limit is already set
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def _allow_cpu() -> None:
    """Give the next job its processor time; beyond it the kernel ends this process."""
    if sys.platform != "win32":
        usage = resource.getrusage(resource.RUSAGE_SELF)
        used_s = int(usage.ru_utime + usage.ru_stime)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (used_s + 1 + _CPU_S_PER_JOB, hard))


def _memory_bytes() -> int:
    """Resident memory of this process; the most it ever had where only that is known.

    On Linux `ru_maxrss` is useless here: it survives exec, so that a child starts with the peak
    of the program that started it (getrusage(2), "ru_maxrss").
    """
    if sys.platform == "win32":
        return 0
    if sys.platform == "darwin":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        resident_pages = int(_STATM.read_text().split()[1])
    except OSError:  # no /proc: the parent still counts jobs
        return 0
    return resident_pages * resource.getpagesize()


def do_job(job: Job) -> Reply:
    """The reply to one job."""
    match job:
        case ReadProblem(problem):
            return Reply(reading=inprocess.read_problem(problem))
        case CheckAnswer(problem, answer):
            return Reply(verdict=inprocess.check_answer(problem, answer))
        case CheckLine(problem, earlier, line, index):
            return Reply(step=inprocess.check_line(problem, earlier, line, index))
        case CheckSteps(problem, lines):
            return Reply(chain=inprocess.check_steps(problem, lines))
        case CheckClaims(text):
            return Reply(claims=inprocess.check_claims(text))
        case CompareAnswers(gold, answer, problem):
            return Reply(verdict=inprocess.compare_answers(gold, answer, problem))
        case _:
            assert_never(job)


def _do_guarded(job: Job) -> Reply:
    try:
        reply = do_job(job)
    except MemoryError:
        return Reply(failure="it needs too much memory")
    except RecursionError:
        return Reply(failure="it is nested too deeply")
    except Exception as error:  # noqa: BLE001 - the crash border: one job, not the host
        return Reply(failure=f"the checker failed ({type(error).__name__})")
    return Reply(
        reading=reply.reading, verdict=reply.verdict, step=reply.step, chain=reply.chain,
        claims=reply.claims, memory_bytes=_memory_bytes(),
    )  # fmt: skip


def main() -> None:
    """Serve jobs until the parent closes the pipe."""
    sys.setrecursionlimit(_RECURSION)
    channel = HostChannel()
    _limit_memory()
    _allow_cpu()
    inprocess.check_answer("Solve 2x + 1 = 5 for x", "2")  # loads what SymPy loads late
    channel.send(READY)
    count = 0
    while True:
        job = decode_job(channel.receive())
        _allow_cpu()
        channel.send(encode_reply(_do_guarded(job)))
        count += 1
        if count % _JOBS_BETWEEN_CLEARING == 0:
            sympy.core.cache.clear_cache()


if __name__ == "__main__":
    main()
