"""What came of a run, in words for the screen. No Qt."""

from dataclasses import dataclass

from tutor_app.core.plain_text import plain_text
from tutor_app.core.program import (
    Isolation,
    IsolationLevel,
    Language,
    Phase,
    ProgramFile,
    RunOutcome,
)
from tutor_app.tutor.complaints import Complaint, explain

LANGUAGE_NAMES = {Language.PYTHON: "Python", Language.CPP: "C++"}
CONSENT = (
    "Without protection this program can read, change and delete all of your files, and use your "
    "network."
)
"""The one sentence to be read before a program runs unprotected."""
_BADGES = {
    IsolationLevel.FULL: "Protected",
    IsolationLevel.REDUCED: "Protected, reduced",
    IsolationLevel.NONE: "Not protected",
}
_MOST_CHARACTERS = 200_000  # more makes the window stall, and nobody reads it there
_MOST_LINES = 10_000
_LONGEST_LINE = 2_000  # one line is laid out as a whole
_MEBIBYTE, _KIBIBYTE = 1 << 20, 1 << 10


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run as the window shows it; every text is safe to show.

    Attributes:
        ending: how it ended, one sentence.
        is_failure: whether it ended otherwise than well, and nobody stopped it.
        numbers: time and memory used.
        complaints: what the compiler or Python found wrong.
        output: standard output.
        errors: standard error, or the compiler's errors.
        remarks: what the compiler said about a program that did start.
        images: pictures that are safe to decode.
        files: the other files it left.
        notes: what is not shown, one sentence each.
        isolation: what protected from this very run.
    """

    ending: str
    is_failure: bool
    numbers: str
    complaints: tuple[Complaint, ...]
    output: str
    errors: str
    remarks: str
    images: tuple[ProgramFile, ...]
    files: tuple[ProgramFile, ...]
    notes: tuple[str, ...]
    isolation: Isolation


def report_of(outcome: RunOutcome, language: Language) -> RunReport:
    """Put a run into words; may take a moment for large outputs."""
    notes = list(outcome.notes)
    if outcome.is_truncated:
        notes.insert(0, "It wrote more than is kept; the end is missing.")
    pictures = {image.name for image in outcome.images}
    shown = tuple(
        _shown(text, notes) for text in (outcome.stdout, outcome.stderr, outcome.diagnostics)
    )
    return RunReport(
        ending=outcome.reason,
        is_failure=not (outcome.is_success or outcome.is_stopped),
        numbers=numbers_words(outcome),
        complaints=explain(outcome, language),
        output=shown[0],
        errors=shown[1],
        remarks=shown[2],
        images=outcome.images,
        files=tuple(file for file in outcome.files if file.name not in pictures),
        notes=tuple(notes),
        isolation=outcome.isolation,
    )


def _shown(output: bytes, notes: list[str]) -> str:
    decoded = output.decode(errors="replace")
    if len(decoded) > _MOST_CHARACTERS:
        notes.append(f"Only the first {_MOST_CHARACTERS:,} characters are shown.")
    lines = decoded[:_MOST_CHARACTERS].split("\n", _MOST_LINES)
    if len(lines) > _MOST_LINES and lines.pop():
        notes.append(f"Only the first {_MOST_LINES:,} lines are shown.")
    text = plain_text("\n".join(lines))
    return "\n".join(
        line[start : start + _LONGEST_LINE]
        for line in text.rstrip("\n").split("\n")
        for start in range(0, max(len(line), 1), _LONGEST_LINE)
    )


def numbers_words(outcome: RunOutcome) -> str:
    """Such as "0.31 s · processor 0.28 s · 12 MiB memory"."""
    is_compiler = outcome.phase is Phase.COMPILE
    used = "compiler: " if is_compiler else ""
    memory = memory_words(outcome.memory_bytes)
    return f"{used}{outcome.wall_s:.2f} s · processor {outcome.cpu_s:.2f} s · {memory}"


def memory_words(count: int) -> str:
    """Such as "12 MiB memory"; it is measured from time to time, so a short run may have none."""
    return f"{size_words(count)} memory" if count else "too short to measure memory"


def size_words(count: int) -> str:
    """A number of bytes, such as "12 MiB"."""
    if count >= _MEBIBYTE:
        return f"{count / _MEBIBYTE:.0f} MiB"
    if count >= _KIBIBYTE:
        return f"{count / _KIBIBYTE:.0f} KiB"
    return f"{count} bytes"


def isolation_badge(isolation: Isolation | None) -> str:
    """A few words; None while it is not known."""
    if isolation is None:
        return "Protection not known yet"
    if isolation.level is IsolationLevel.NONE:
        return _BADGES[isolation.level]
    return f"{_BADGES[isolation.level]} · {isolation.mechanism}"


def isolation_words(isolation: Isolation | None) -> str:
    """What protects, what is not covered, and how to get more, in paragraphs."""
    if isolation is None:
        return "What protects your files here is being tried out."
    gaps = [f"– {gap}" for gap in isolation.gaps]
    covered = ["Not covered:", *gaps] if gaps else []
    return "\n".join(filter(None, (isolation.sentence, *covered, isolation.hint)))


def announcement(report: RunReport) -> str:
    """The result in one sentence, for the status line and screen readers."""
    first = next((one for one in report.complaints if not one.is_warning), None)
    if first is None or not first.words:
        return report.ending
    place = f"Line {first.line}: " if first.line is not None else ""
    return f"{report.ending} {place}{first.words}"
