"""Every topic's reader, in the order they are asked."""

from collections.abc import Callable
from typing import Final

from tutor_app.verify.task import TopicTask

Reader = Callable[[str], TopicTask | None]
"""A statement on one line, formula delimiters removed, to its task; None if it is another kind.

A reader must account for every word: what it leaves over could change the meaning. It may raise
`Unreadable`, which counts as None.
"""

READERS: Final[tuple[Reader, ...]] = ()
