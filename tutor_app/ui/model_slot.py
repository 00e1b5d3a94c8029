"""The model in use, which the user may exchange for another. No Qt."""

import threading
from collections.abc import Callable, Generator
from pathlib import Path

from tutor_app.core.ports import GenerationEvent, GenerationRequest, Model, ModelInfo


class ModelSlot:
    """A `core.ports.Model` that passes everything on to the model it holds."""

    def __init__(self, make: Callable[[Path], Model], path: Path) -> None:
        self._make = make
        self._model = make(path)
        self._lock = threading.Lock()  # one exchange at a time

    def load(self) -> ModelInfo:
        """See `core.ports.Model.load`."""
        return self._model.load()

    def stream(self, request: GenerationRequest) -> Generator[GenerationEvent, None, None]:
        """See `core.ports.Model.stream`."""
        return self._model.stream(request)

    def stop(self) -> None:
        """See `core.ports.Model.stop`."""
        self._model.stop()

    def close(self) -> None:
        """See `core.ports.Model.close`."""
        self._model.close()

    def replace(self, path: Path) -> ModelInfo:
        """Use another file from now on; the old model stays if the new one does not load.

        An answer that is being written is stopped first.

        Raises:
            ModelError: the file is missing, unreadable or kills its process.
        """
        with self._lock:
            new = self._make(path)
            try:
                info = new.load()
            except BaseException:
                new.close()
                raise
            old, self._model = self._model, new
            old.stop()
            old.close()
            return info
