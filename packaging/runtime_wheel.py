"""The model runtime (llama-cpp-python), compiled once for this machine's processor and kept.

The kept wheel lies in the user's cache folder, under a name made of everything that changes what
the compiler makes, so a home folder shared between different processors is safe.
"""

import contextlib
import hashlib
import os
import platform
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from messages import SetupError, failure_hint, say

PACKAGE = "llama-cpp-python"
_COMPILER_PROGRESS = re.compile(r"\[(\d+)/(\d+)\]")
_INSTRUCTION_SET = re.compile(
    r"avx\w*|sse\w*|ssse3|fma|f16c|bmi[12]|amx\w*|asimd\w*|sve\w*|i8mm|bf16|neon|rvv|altivec"
)
_QUIET_INTERVAL_S = 15.0
_LINES_SHOWN_ON_FAILURE = 25


def cache_folder(environment: Mapping[str, str], *, system: str, home: Path) -> Path:
    """Where this user's cached files belong.

    Args:
        environment: the process's environment.
        system: as `sys.platform` names it.
        home: the user's home folder.
    """
    if system == "win32":
        local = environment.get("LOCALAPPDATA")
        base = Path(local) if local else home / "AppData" / "Local"
    elif system == "darwin":
        base = home / "Library" / "Caches"
    else:
        named = environment.get("XDG_CACHE_HOME", "")
        base = Path(named) if Path(named).is_absolute() else home / ".cache"
    return base / "stem-tutor" / "wheels"


def instruction_sets(cpuinfo: str) -> tuple[str, ...]:
    """The vector instruction sets named by /proc/cpuinfo, sorted; mitigations do not matter."""
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        if name.strip() in {"flags", "Features"}:
            return tuple(sorted(w for w in value.split() if _INSTRUCTION_SET.fullmatch(w)))
    return ()


def _processor() -> str:
    try:
        found = instruction_sets(Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = ()
    return " ".join(found) or platform.processor() or platform.machine()


def wheel_key(version: str, *, processor: str, cmake_args: str) -> str:
    """A folder name for everything that changes what the compiler makes."""
    digest = hashlib.sha256(f"{processor}\n{cmake_args}".encode()).hexdigest()[:12]
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return f"{PACKAGE}-{version}-{python}-{sys.platform}-{platform.machine()}-{digest}"


def pinned_version(constraints: str) -> str:
    """The runtime's version as the constraints pin it.

    Raises:
        SetupError: it is not pinned.
    """
    match = re.search(rf"^{re.escape(PACKAGE)}==(\S+)", constraints, re.M)
    if match is None:
        raise SetupError(f"packaging/constraints.txt does not pin {PACKAGE}.")
    return match.group(1)


class WheelCache:
    """Keeps one wheel in a folder of its own; a half-written one never has its final name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def sound_wheel(self) -> Path | None:
        """The kept wheel, or None; one that is not a whole archive is thrown away."""
        for wheel in sorted(self.folder.glob("*.whl")):
            if _is_sound(wheel):
                return wheel
            say(f"The kept model runtime {wheel.name} is damaged and will be built again.")
            wheel.unlink()
        return None

    def forget(self) -> None:
        """Throw the kept wheel away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def keep(self, wheel: Path) -> Path:
        """Copy a wheel in, under a temporary name first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / f"{wheel.name}.{os.getpid()}.partial"
        shutil.copyfile(wheel, partial)
        return partial.replace(self.folder / wheel.name)


def _is_sound(wheel: Path) -> bool:
    try:
        with zipfile.ZipFile(wheel) as archive:
            return archive.testzip() is None and "llama_cpp/__init__.py" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def this_machines_cache(constraints: str) -> WheelCache:
    """The place for the wheel of the pinned version on this machine."""
    base = cache_folder(os.environ, system=sys.platform, home=Path.home())
    key = wheel_key(
        pinned_version(constraints),
        processor=_processor(),
        cmake_args=os.environ.get("CMAKE_ARGS", ""),
    )
    return WheelCache(base / key)


def progress_lines(
    output: Iterable[str | None], *, clock: Callable[[], float], is_terminal: bool
) -> Iterable[str]:
    """What to show while the compiler runs.

    Args:
        output: its lines as they come; None where a second passed without one.
        clock: seconds.
        is_terminal: whether one line can be drawn again and again.
    """
    started = shown = clock()
    count = "preparing"
    for line in output:
        match = _COMPILER_PROGRESS.search(line or "")
        if match is not None:
            count = match.group(0)
        now = clock()
        if is_terminal or now - shown >= _QUIET_INTERVAL_S:
            shown = now
            yield f"  building the model runtime {count} {now - started:.0f} s"


def _lines_with_ticks(process: "subprocess.Popen[str]", kept: deque[str]) -> Iterator[str | None]:
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.put(line)
        lines.put(None)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    while True:
        try:
            line = lines.get(timeout=1.0)
        except queue.Empty:
            yield None
            continue
        if line is None:
            reader.join()
            return
        kept.append(line.rstrip("\n"))
        yield line


def _end_family(process: "subprocess.Popen[str]") -> None:
    """End pip with the compilers it started; pip alone would leave them running."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
    else:
        process.terminate()


def run_showing_progress(command: Sequence[str]) -> None:
    """Run a build and show how far it is.

    Raises:
        SetupError: it failed; its last lines have been printed.
    """
    kept: deque[str] = deque(maxlen=400)
    is_terminal = sys.stderr.isatty()
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # so that the whole family can be ended below
    ) as process:
        try:
            ticks = _lines_with_ticks(process, kept)
            for text in progress_lines(ticks, clock=time.monotonic, is_terminal=is_terminal):
                if is_terminal:
                    print(f"\r{text:<70}", end="", file=sys.stderr, flush=True)
                else:
                    say(text)
        except BaseException:
            _end_family(process)
            raise
    if is_terminal:
        say("")
    if process.returncode != 0:
        say("\n".join(list(kept)[-_LINES_SHOWN_ON_FAILURE:]))
        raise SetupError(
            "The model runtime could not be built.", hint=failure_hint("\n".join(kept))
        )


def build_wheel(python: Path, constraints: Path, cache: WheelCache) -> Path:
    """Compile the runtime and keep the wheel.

    Raises:
        SetupError: the compiler or the network failed.
    """
    version = pinned_version(constraints.read_text(encoding="utf-8"))
    say(
        f"Building the model runtime ({PACKAGE} {version}) for this processor; a few minutes, once."
    )
    with tempfile.TemporaryDirectory(prefix="stem-tutor-build-") as folder:
        run_showing_progress(
            [
                # pip's own cache would hand out a wheel built for another processor
                *(str(python), "-m", "pip", "wheel", "-v", "--no-deps", "--no-cache-dir"),
                *("--disable-pip-version-check", "-w", folder, f"{PACKAGE}=={version}"),
            ]
        )
        wheels = list(Path(folder).glob("*.whl"))
        if len(wheels) != 1:
            raise SetupError("The build of the model runtime left no wheel behind.")
        return cache.keep(wheels[0])
