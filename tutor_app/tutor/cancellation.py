"""A request to stop that any thread may make."""

import threading

from tutor_app.core.ports import Model


class Cancellation:
    """Asked for once, by whoever wants a run to end; the run looks at it."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._event = threading.Event()

    @property
    def is_requested(self) -> bool:
        """Whether somebody asked."""
        return self._event.is_set()

    def request(self) -> None:
        """Ask the run to end; returns at once."""
        self._event.set()
        self._model.stop()
