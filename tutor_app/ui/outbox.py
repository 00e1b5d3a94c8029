"""Operations on their way to the page: merged while they wait, kept for a page that died. No Qt."""

from collections import deque
from collections.abc import Iterable

from tutor_app.ui.operations import AddText, Announce, Clear, Operation, ShowWorking

_BATCH_OPERATIONS = 400
_BATCH_CHARS = 60_000


def append_merged(queue: deque[Operation] | list[Operation], operation: Operation) -> None:
    """Append; text for the block written last is joined, a newer state replaces an older one."""
    last = queue[-1] if queue else None
    if isinstance(operation, AddText) and isinstance(last, AddText) and last.id == operation.id:
        queue[-1] = AddText(last.id, last.s + operation.s)
    elif isinstance(operation, ShowWorking) and isinstance(last, ShowWorking):
        queue[-1] = operation
    else:
        queue.append(operation)


class Outbox:
    """A queue of operations and the journal of everything since the page was last cleared."""

    def __init__(self) -> None:
        self._waiting: deque[Operation] = deque()
        self._journal: list[Operation] = []

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    @property
    def is_behind(self) -> bool:
        """Whether more waits than one batch can take."""
        return len(self._waiting) >= _BATCH_OPERATIONS

    def add(self, operations: Iterable[Operation]) -> None:
        """Queue operations; text for a block that already waits is merged."""
        for operation in operations:
            if isinstance(operation, Clear):
                self._waiting.clear()
                self._journal.clear()
            append_merged(self._waiting, operation)
            if not isinstance(operation, Announce):
                append_merged(self._journal, operation)

    def take(self) -> list[Operation]:
        """The next batch, bounded so that a long replay does not stall the page."""
        batch: list[Operation] = []
        chars = 0
        while self._waiting and len(batch) < _BATCH_OPERATIONS and chars < _BATCH_CHARS:
            operation = self._waiting.popleft()
            chars += len(operation.s) if isinstance(operation, AddText) else 100
            batch.append(operation)
        return batch

    def rewind(self) -> None:
        """The page is empty again: everything since the last clearing waits once more."""
        self._waiting = deque(self._journal)
