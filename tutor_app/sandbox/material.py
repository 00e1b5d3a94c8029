"""Files of this package that a run needs.

They are read before root is given up: the app may lie where nobody else may read.
"""

from functools import cache
from pathlib import Path

SYSTEM_CALLS = "syscalls.txt"
FIGURES = "inside/figures.py"
CANARY = "inside/canary.py"


@cache
def material(name: str) -> str:
    """The text of one of the files."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def load_material() -> None:
    """Read all of them now."""
    for name in (SYSTEM_CALLS, FIGURES, CANARY):
        material(name)
