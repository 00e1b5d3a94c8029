"""A bar on standard error while a long input is worked through."""

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

from tqdm import tqdm

_LONG_INPUT = 20

Item = TypeVar("Item")


def _is_watched() -> bool:
    return sys.stderr.isatty()


def with_progress(items: Sequence[Item], description: str) -> Iterator[Item]:
    """The items; a person who waits for many of them sees how far it is."""
    is_silent = len(items) < _LONG_INPUT or not _is_watched()
    yield from tqdm(items, desc=description, unit="line", file=sys.stderr, disable=is_silent)
