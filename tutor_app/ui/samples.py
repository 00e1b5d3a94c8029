"""The problems offered on the empty screen. No Qt."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sample:
    """One example.

    Attributes:
        skill: what it shows, in a few words.
        problem: as a user would type it.
    """

    skill: str
    problem: str


def load_samples(path: Path) -> tuple[Sample, ...]:
    """The samples of a JSON file: a list of objects with `skill` and `problem`."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Sample(row["skill"], row["problem"]) for row in rows)
