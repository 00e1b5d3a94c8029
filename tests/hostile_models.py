"""Imports and loads thousands of lying and damaged model files, as the app does.

    python -m tests.hostile_models [--count 2000] [--seed 0]

Each file goes through the header check, a repair if it asks for one, and what the header check
lets pass is imported: loaded in a model's process of its own, which then writes a few tokens. A
file may be refused, or its process may die; this process may not, and what the user is told must
be one sentence with a hint. Prints how the files ended and every one that ended badly.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from model_tools.errors import RepairError
from model_tools.progress import Silence
from model_tools.repair import repair
from tests.model_mutants import mutants
from tutor_app.core.errors import ModelHostDied, TutorError
from tutor_app.core.model_file import Fitness, describe
from tutor_app.core.ports import (
    ChatMessage,
    GenerationRequest,
    ModelInfo,
    Role,
    Sampling,
)
from tutor_app.inference.client import ModelHost
from tutor_app.tutor.models import ModelLibrary

_LONGEST_SENTENCE = 300
_REQUEST = GenerationRequest((ChatMessage(Role.USER, "abab a"),), Sampling(seed=1), 4)


class Ending(StrEnum):
    """How a file ended."""

    REFUSED_BY_HEADER = "refused by the header check"
    REPAIRED = "repaired"
    REFUSED_ON_LOAD = "refused while loading"
    DIED_ON_LOAD = "ended the model's process while loading"
    REFUSED_ON_ANSWER = "loaded, but does not answer"
    DIED_ON_ANSWER = "ended the model's process while answering"
    ANSWERED = "loaded and answered"


@dataclass
class Report:
    """What has been seen.

    Attributes:
        endings: how many files ended how.
        faults: one line for each file that ended badly.
        slowest_check_s: the longest header check.
        slowest_load_s: the longest load with its answer.
    """

    endings: Counter[Ending] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest_check_s: float = 0.0
    slowest_load_s: float = 0.0


class _NotASentence(Exception):
    """An error a user would not understand."""


def _require_sentence(error: TutorError) -> None:
    message = str(error)
    is_sentence = message.endswith(".") and message.isprintable() and message[0] != " "
    if not is_sentence or len(message) > _LONGEST_SENTENCE or not error.hint:
        raise _NotASentence(f"{message!r}, hint {error.hint!r}")


class _Import:
    """The app's way in: a library that loads each file once, and here also asks it something."""

    def __init__(self, folder: Path) -> None:
        self._library = ModelLibrary(folder, folder / "none.gguf", self._inspect)
        self.ending = Ending.ANSWERED

    def run(self, path: Path) -> Ending:
        self.ending = Ending.ANSWERED
        try:
            self._library.import_file(path).path.unlink()
        except TutorError as error:
            _require_sentence(error)
            if "ended the model's process" in str(error):
                return Ending.DIED_ON_LOAD
            return Ending.REFUSED_ON_LOAD
        return self.ending

    def _inspect(self, path: Path) -> ModelInfo:
        with closing(ModelHost(path, threads=1)) as host:
            info = host.load()
            if not info.name.isprintable() or not info.licence.isprintable():
                raise _NotASentence(f"{info}")
            try:
                for _ in host.stream(_REQUEST):
                    pass
            except ModelHostDied as error:
                _require_sentence(error)
                self.ending = Ending.DIED_ON_ANSWER
            except TutorError as error:
                _require_sentence(error)
                self.ending = Ending.REFUSED_ON_ANSWER
            return info


def _end(path: Path, way_in: _Import, report: Report) -> Ending:
    started = time.monotonic()
    try:
        found = describe(path)
    except TutorError as error:
        _require_sentence(error)
        return Ending.REFUSED_BY_HEADER
    finally:
        report.slowest_check_s = max(report.slowest_check_s, time.monotonic() - started)
    if found.fitness is Fitness.UNUSABLE:
        _require_sentence(TutorError(found.reason, hint=found.hint))
        return Ending.REFUSED_BY_HEADER
    if found.fitness is Fitness.REPAIRABLE:
        repaired = path.with_name("repaired.gguf")
        try:
            repair(path, repaired, Silence())
        except RepairError as error:
            _require_sentence(error)
            return Ending.REFUSED_BY_HEADER
        way_in.run(repaired)
        return Ending.REPAIRED
    started = time.monotonic()
    ending = way_in.run(path)
    report.slowest_load_s = max(report.slowest_load_s, time.monotonic() - started)
    return ending


def hostile_report(count: int, *, seed: int = 0) -> Report:
    """Let `count` files in, one after the other."""
    report = Report()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        path = folder / "hostile.gguf"
        way_in = _Import(folder / "models")
        for number, made in mutants(count, seed=seed):
            path.write_bytes(made.raw)
            try:
                report.endings[_end(path, way_in, report)] += 1
            except Exception as fault:  # noqa: BLE001 - any other exception is what we look for
                report.faults.append(f"{number} {made.kind}: {type(fault).__name__}: {fault}")
    return report


def main() -> int:
    """Print the report; 0 if nothing ended badly."""
    parser = argparse.ArgumentParser(description="Import and load hostile model files.")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    report = hostile_report(arguments.count, seed=arguments.seed)
    for ending in Ending:
        sys.stdout.write(f"{report.endings[ending]:6} {ending}\n")
    sys.stdout.write(
        f"slowest header check {report.slowest_check_s * 1000:.0f} ms, "
        f"slowest load {report.slowest_load_s:.1f} s\n"
    )
    for fault in report.faults:
        sys.stdout.write(f"BAD {fault}\n")
    sys.stdout.write(f"{len(report.faults)} of {arguments.count} ended badly\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
