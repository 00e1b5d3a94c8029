"""Text that waits for the disk, so that whoever brings it does not."""

import threading

_WRITE_INTERVAL_S = 0.2


class PendingText:
    """Text that is not on disk yet, by exchange. Adding to it never waits for the disk."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._pieces: dict[int, list[str]] = {}
        self._is_closed = False

    def add(self, exchange_id: int, text: str) -> None:
        """Keep one more piece."""
        with self._changed:
            self._pieces.setdefault(exchange_id, []).append(text)
            self._changed.notify()

    def take(self) -> dict[int, str]:
        """Everything so far; it is now the caller's to write or to put back."""
        with self._changed:
            taken = {key: "".join(pieces) for key, pieces in self._pieces.items()}
            self._pieces = {}
            return taken

    def put_back(self, taken: dict[int, str]) -> None:
        """Return what could not be written; it comes before what was added meanwhile."""
        with self._changed:
            for key, text in taken.items():
                self._pieces.setdefault(key, []).insert(0, text)

    def close(self) -> None:
        """End every `wait`."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()

    def wait(self) -> bool:
        """Wait for text; False once closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._pieces or self._is_closed)
            # let more gather: a token a transaction would keep the disk busy
            self._changed.wait_for(lambda: self._is_closed, timeout=_WRITE_INTERVAL_S)
            return not self._is_closed
