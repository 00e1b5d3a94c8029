"""What this machine can do: what `doctor` prints."""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tutor_app.core.errors import TutorError
from tutor_app.core.ports import Checker, Model
from tutor_app.core.program import CodeRunner
from tutor_app.core.verdict import Status

_BYTES_PER_GB = 1e9
_CHECK_TIMEOUT_S = 60.0
_PROBE_PROBLEM, _PROBE_ANSWER = "Solve 3x + 5 = 20", "\\boxed{5}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report.

    Attributes:
        name: what was looked at.
        value: what was found.
        is_good: False where the program cannot do its job because of it.
    """

    name: str
    value: str
    is_good: bool = True


def diagnose(
    profile_root: Path,
    model_path: Path,
    make_model: Callable[[Path], Model],
    make_checker: Callable[[], Checker],
    make_runner: Callable[[], CodeRunner],
) -> tuple[Finding, ...]:
    """Look at the machine, start both child processes once, and say what was found."""
    return (
        *_machine(profile_root),
        _model_finding(make_model(model_path)),
        _checker_finding(make_checker),
        *_compilers(),
        _isolation_finding(make_runner),
    )


def _machine(profile_root: Path) -> Iterator[Finding]:
    yield Finding("system", f"{platform.system()} {platform.release()} {platform.machine()}")
    yield Finding("python", platform.python_version(), sys.version_info >= (3, 11))
    yield Finding("threads", str(os.cpu_count() or 1))
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory_bytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        yield Finding("memory", f"{memory_bytes / _BYTES_PER_GB:.1f} GB")
    free_bytes = shutil.disk_usage(profile_root).free
    yield Finding("profile", f"{profile_root} ({free_bytes / _BYTES_PER_GB:.1f} GB free)")
    if sys.platform.startswith("linux"):
        has_display = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
        yield Finding("display", "found" if has_display else "none: use the command line")


def _model_finding(model: Model) -> Finding:
    try:
        with closing(model):
            info = model.load()
    except TutorError as error:
        return Finding("model", str(error), is_good=False)
    return Finding(
        "model", f"{info.name}, {info.parameters / 1e6:.1f}M weights, sha256 {info.sha256[:12]}"
    )


def _checker_finding(make_checker: Callable[[], Checker]) -> Finding:
    try:
        with closing(make_checker()) as checker:
            future = checker.check_answer(_PROBE_PROBLEM, _PROBE_ANSWER)
            verdict = future.result(timeout=_CHECK_TIMEOUT_S)
    except (TutorError, TimeoutError) as error:
        return Finding("checker", f"does not answer: {error}", is_good=False)
    return Finding("checker", f"answers ({verdict.status})", verdict.status is Status.VERIFIED)


def _isolation_finding(make_runner: Callable[[], CodeRunner]) -> Finding:
    """Without isolation programs are not run, but everything else works: never a fault."""
    try:
        with closing(make_runner()) as runner:
            isolation = runner.isolation()
    except TutorError as error:
        return Finding("isolation", f"none: {error} {error.hint}".rstrip())
    words = f"{isolation.level} ({isolation.mechanism}): {isolation.sentence} {isolation.hint}"
    return Finding("isolation", words.rstrip())


def _compilers() -> Iterator[Finding]:
    for name in ("g++", "clang++"):
        yield Finding(name, shutil.which(name) or "not found")
