"""A request to stop that any thread may make."""

import threading
from collections.abc import Callable

from tutor_app.core.ports import Model


class Cancellation:
    """Asked for once, by whoever wants a run to end; the run looks at it."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._stops: list[Callable[[], None]] = []

    @property
    def is_requested(self) -> bool:
        """Whether somebody asked."""
        return self._event.is_set()

    def request(self) -> None:
        """Ask the run to end; returns at once."""
        with self._lock:
            self._event.set()
            stops = tuple(self._stops)
        self._model.stop()
        for stop in stops:
            stop()

    def also_stops(self, stop: Callable[[], None]) -> None:
        """Call `stop` too when asked; at once where somebody has asked already."""
        with self._lock:
            self._stops.append(stop)
            is_late = self._event.is_set()
        if is_late:
            stop()
