"""The project's own virtual environment in .venv, and the stamp that says what is in it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from messages import SetupError, failure_hint, say
from runtime_wheel import WheelCache, build_wheel

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
VENV = ROOT / ".venv"
STAMP = VENV / "stem-tutor-stamp.json"
_SPACE_NEEDED_BYTES = 2_500_000_000
_SPACE_NEEDED_TRAIN_BYTES = 5_000_000_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a finished set-up wrote down.

    Attributes:
        fingerprint: of everything the set-up was made from.
        extras: optional dependencies installed.
        window_ready: whether the window's system libraries were found.
    """

    fingerprint: str
    extras: frozenset[str]
    window_ready: bool

    def covers(self, fingerprint: str, extras: frozenset[str], *, for_window: bool) -> bool:
        """Whether nothing is left to do."""
        return (
            self.fingerprint == fingerprint
            and extras <= self.extras
            and (self.window_ready or not for_window)
        )

    def to_json(self) -> str:
        """As it is written to disk."""
        fields = {
            "fingerprint": self.fingerprint,
            "extras": sorted(self.extras),
            "window_ready": self.window_ready,
        }
        return json.dumps(fields)


NO_STAMP = Stamp("", frozenset(), window_ready=False)


def parse_stamp(text: str) -> Stamp:
    """Read a stamp; one that makes no sense counts as none."""
    try:
        fields = json.loads(text)
        return Stamp(
            str(fields["fingerprint"]), frozenset(fields["extras"]), bool(fields["window_ready"])
        )
    except (ValueError, KeyError, TypeError):
        return NO_STAMP


def read_stamp() -> Stamp:
    """The stamp of .venv, or NO_STAMP."""
    try:
        return parse_stamp(STAMP.read_text(encoding="utf-8"))
    except OSError:
        return NO_STAMP


def fingerprint(pyproject: str, constraints: str, python: str) -> str:
    """A hash of what the installed packages follow from; lint settings are not part of it."""
    tables = tomllib.loads(pyproject)
    relevant = {name: tables.get(name) for name in ("project", "build-system")}
    text = json.dumps([relevant, constraints, python], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def current_fingerprint() -> str:
    """The fingerprint of this checkout under this Python."""
    return fingerprint(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"),
        CONSTRAINTS.read_text(encoding="utf-8"),
        # a moved checkout or another interpreter breaks a virtual environment
        f"{sys.version} {sys.base_prefix} {ROOT}",
    )


def venv_python() -> Path:
    """The interpreter inside .venv."""
    if sys.platform == "win32":
        return VENV / "Scripts" / "python.exe"
    return VENV / "bin" / "python"


def _venv_works() -> bool:
    if not venv_python().exists():
        return False
    command = [
        str(venv_python()),
        "-c",
        "import pip, sys; print(*sys.version_info[:2], sys.prefix)",
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    expected = f"{sys.version_info[0]} {sys.version_info[1]} {VENV}"
    return result.returncode == 0 and result.stdout.strip() == expected


def ensure_venv() -> None:
    """Make .venv, or make it again where it does not work with this Python.

    Raises:
        SetupError: Python cannot make it.
    """
    if _venv_works():
        return
    say("Making the virtual environment .venv")
    try:
        if VENV.exists():
            shutil.rmtree(VENV)
        venv.create(VENV, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupError(
            f"The virtual environment cannot be made: {error}.", hint=failure_hint(str(error))
        ) from error


def _run_pip(arguments: Sequence[str]) -> None:
    command = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", *arguments]
    errors = []
    # standard output belongs to the app, so pip's goes beside ours
    with subprocess.Popen(
        command, stdout=sys.stderr, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            errors.append(line)
            print(line, end="", file=sys.stderr)
    if process.returncode != 0:
        raise SetupError("The packages could not be installed.", hint=failure_hint("".join(errors)))


def _warn_of_little_space(extras: frozenset[str]) -> None:
    needed = _SPACE_NEEDED_TRAIN_BYTES if "train" in extras else _SPACE_NEEDED_BYTES
    free = shutil.disk_usage(ROOT).free
    if free < needed:
        say(f"Only {free / 1e9:.1f} GB are free here; the set-up may need {needed / 1e9:.1f} GB.")


def _runtime_loads() -> bool:
    command = [str(venv_python()), "-P", "-c", "import llama_cpp"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def install(extras: frozenset[str], cache: WheelCache) -> None:
    """Install the app with its extras into .venv; the model runtime comes from the cache.

    Raises:
        SetupError: pip or the compiler failed.
    """
    STAMP.unlink(missing_ok=True)  # from here to the end .venv is unfinished
    _warn_of_little_space(extras)
    wheel = cache.sound_wheel() or build_wheel(venv_python(), CONSTRAINTS, cache)
    project = f"{ROOT}[{','.join(sorted(extras))}]" if extras else str(ROOT)
    say("Installing packages; the first time takes some minutes")
    _run_pip(["install", "-c", str(CONSTRAINTS), str(wheel), "-e", project])
    if not _runtime_loads():
        say("The kept model runtime does not load on this machine and is built again.")
        cache.forget()
        wheel = build_wheel(venv_python(), CONSTRAINTS, cache)
        _run_pip(["install", "--force-reinstall", "--no-deps", str(wheel)])
        if not _runtime_loads():
            raise SetupError("The model runtime was built but does not load on this machine.")


def write_stamp(stamp: Stamp) -> None:
    """Write the stamp at once or not at all."""
    partial = STAMP.with_suffix(f".{os.getpid()}.partial")
    partial.write_text(stamp.to_json(), encoding="utf-8")
    partial.replace(STAMP)
