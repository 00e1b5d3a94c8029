"""`stem-tutor run`: one program of the user's in the sandbox."""

import argparse
import dataclasses
import sys
from pathlib import Path

import msgspec

from tutor_app.core.errors import InputError
from tutor_app.core.plain_text import plain_text
from tutor_app.core.program import (
    CodeRunner,
    IsolationLevel,
    Language,
    Limit,
    Phase,
    RunLimits,
    RunOutcome,
    RunRequest,
)
from tutor_app.report import print_json, warn

_LANGUAGES = {
    ".py": Language.PYTHON,
    ".cpp": Language.CPP,
    ".cc": Language.CPP,
    ".cxx": Language.CPP,
}
_MEBIBYTE = 1 << 20
_LONGEST_S, _MOST_MEBIBYTES = 3600, 1 << 16
_LARGEST_SOURCE_BYTES = 4 * _MEBIBYTE


class RunRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A run as the command line's contract prints it; text is made safe to show."""

    exit_code: int | None
    signal: str | None
    stdout: str
    stderr: str
    truncated: bool
    seconds: float
    timed_out: bool
    memory_exceeded: bool
    files: tuple[str, ...]
    isolation: IsolationLevel
    mechanism: str
    phase: Phase
    limit: Limit | None
    reason: str
    images: tuple[str, ...]
    notes: tuple[str, ...]
    diagnostics: str
    cpu_seconds: float
    memory_bytes: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `run` takes."""
    parser.add_argument("file", type=Path, metavar="FILE.py|FILE.cpp")
    parser.add_argument("--stdin", type=Path, metavar="FILE", help="what the program reads")
    parser.add_argument("--time", type=_seconds, metavar="S", help="seconds until it is stopped")
    parser.add_argument("--memory", type=_mebibytes, metavar="MB", help="memory it may use")
    parser.add_argument("--save", type=Path, metavar="DIR", help="keep the files it writes in DIR")
    parser.add_argument(
        "--without-protection",
        action="store_true",
        help="run it even where nothing keeps it away from your files and network: it may then do "
        "everything that you may do",
    )
    parser.add_argument("--json", action="store_true")


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= _LONGEST_S:
        raise argparse.ArgumentTypeError(f"must be more than 0 and at most {_LONGEST_S}")
    return value


def _mebibytes(text: str) -> int:
    value = int(text)
    if not 1 <= value <= _MOST_MEBIBYTES:
        raise argparse.ArgumentTypeError(f"must be between 1 and {_MOST_MEBIBYTES}")
    return value


def run(arguments: argparse.Namespace, runner: CodeRunner) -> None:
    """Run the file named and print what came of it.

    Raises:
        InputError: a file cannot be read, or is of a kind that cannot be run.
        SandboxError: the program could not be run.
    """
    request = _request(arguments)
    outcome = runner.start(request).result()
    if arguments.save is not None:
        _save(outcome, arguments.save)
    if arguments.json:
        print_json(run_record(outcome))
    else:
        _print(outcome)


def _request(arguments: argparse.Namespace) -> RunRequest:
    language = _LANGUAGES.get(arguments.file.suffix.lower())
    if language is None:
        raise InputError(
            f"{arguments.file.name} is not a program that can be run.",
            hint="Its name must end in .py or .cpp.",
        )
    source = _read(arguments.file)
    limits = RunLimits()
    if arguments.time is not None:
        cpu_s = max(1, int(arguments.time + 1))
        limits = dataclasses.replace(limits, wall_s=arguments.time, cpu_s=cpu_s)
    if arguments.memory is not None:
        limits = dataclasses.replace(limits, memory_bytes=arguments.memory * _MEBIBYTE)
    return RunRequest(
        language,
        source.decode(errors="replace"),
        stdin=b"" if arguments.stdin is None else _read(arguments.stdin),
        limits=limits,
        allows_unprotected=arguments.without_protection,
    )


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_SOURCE_BYTES:
            raise InputError(f"{path} is too large.", hint="4 MiB are allowed.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read.", hint=f"The system says: {error.strerror or error}."
        ) from error


def _save(outcome: RunOutcome, folder: Path) -> None:
    try:
        for file in outcome.files:
            path = folder / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
    except OSError as error:
        raise InputError(
            f"{folder} cannot be written.", hint=f"The system says: {error.strerror or error}."
        ) from error
    warn(f"Saved {len(outcome.files)} files in {folder}.")


def _shown(output: bytes) -> str:
    return plain_text(output.decode(errors="replace"))


def run_record(outcome: RunOutcome) -> RunRecord:
    """A run in the contract's form."""
    return RunRecord(
        exit_code=outcome.exit_code,
        signal=outcome.signal or None,
        stdout=_shown(outcome.stdout),
        stderr=_shown(outcome.stderr),
        truncated=outcome.is_truncated,
        seconds=round(outcome.wall_s, 4),
        timed_out=outcome.limit in {Limit.WALL_TIME, Limit.CPU_TIME},
        memory_exceeded=outcome.limit is Limit.MEMORY,
        files=tuple(file.name for file in outcome.files),
        isolation=outcome.isolation.level,
        mechanism=outcome.isolation.mechanism,
        phase=outcome.phase,
        limit=outcome.limit,
        reason=outcome.reason,
        images=tuple(image.name for image in outcome.images),
        notes=outcome.notes,
        diagnostics=_shown(outcome.diagnostics),
        cpu_seconds=round(outcome.cpu_s, 4),
        memory_bytes=outcome.memory_bytes,
    )


def _print(outcome: RunOutcome) -> None:
    if outcome.diagnostics:
        warn(_shown(outcome.diagnostics).rstrip())
    sys.stdout.write(_shown(outcome.stdout))
    sys.stdout.flush()
    if outcome.stderr:
        warn(_shown(outcome.stderr).rstrip())
    protection = f"{outcome.isolation.level} isolation ({outcome.isolation.mechanism})"
    warn(
        f"{outcome.reason} {outcome.wall_s:.2f} s, {outcome.memory_bytes / _MEBIBYTE:.0f} MiB, "
        f"{protection}."
    )
    for file in outcome.files:
        warn(f"It wrote {file.name}, {len(file.content)} bytes.")
    for note in outcome.notes:
        warn(note)
