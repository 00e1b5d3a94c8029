"""The model's name and state in the status line; loads and imports models."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from tutor_app.core.errors import TutorError
from tutor_app.core.ports import ModelInfo
from tutor_app.ui.errand import Errands


class ModelLine(QLabel):
    """Which model answers.

    Signals:
        chosen: path of the model that is now in use; empty for the built-in one.
        failed: a TutorError; the model from before, if any, stays.
        crashed: a traceback.
    """

    chosen = Signal(str)
    failed = Signal(object)
    crashed = Signal(str)

    def __init__(
        self,
        load: Callable[[], ModelInfo],
        import_model: Callable[[Path], ModelInfo],
        use_built_in: Callable[[], ModelInfo],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("No model loaded", parent)
        self._load = load
        self._import = import_model
        self._use_built_in = use_built_in
        self._lasting = self.text()  # what to show again when an import fails
        self._errands = Errands(self)
        self._errands.failed.connect(self._on_failed)
        self._errands.crashed.connect(self._on_crashed)

    def load(self) -> None:
        """Load the model outside the GUI thread."""
        self.setText("Loading the model…")
        self._errands.start(self._load, self._on_loaded)

    @Slot()
    def choose(self) -> None:
        """Ask for a model file and import it."""
        name, _ = QFileDialog.getOpenFileName(self, "Import model", "", "Models (*.gguf)")
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Import a model and use it from now on."""
        self.setText(f"Importing {path.name}…")
        self._errands.start(partial(self._import, path), self._on_imported)

    @Slot()
    def use_built_in(self) -> None:
        """Go back to the model that came with the program."""
        self.setText("Loading the model…")
        self._errands.start(self._use_built_in, self._on_built_in)

    def shut(self, wait_ms: int) -> None:
        """Wait for what is under way."""
        self._errands.shut(wait_ms)

    @Slot(object)
    def _on_loaded(self, model: ModelInfo) -> None:
        millions = model.parameters / 1_000_000
        digits = 0 if millions >= 10 else 1
        self._lasting = f"{model.name} · {millions:.{digits}f} M parameters · ready"
        self.setText(self._lasting)
        self.setToolTip(f"{model.path}\nLicence: {model.licence or 'not stated'}")

    @Slot(object)
    def _on_imported(self, model: ModelInfo) -> None:
        self._on_loaded(model)
        self.chosen.emit(str(model.path))

    @Slot(object)
    def _on_built_in(self, model: ModelInfo) -> None:
        self._on_loaded(model)
        self.chosen.emit("")

    @Slot(object)
    def _on_failed(self, error: TutorError) -> None:
        self.setText(self._lasting)
        self.failed.emit(error)

    @Slot(str)
    def _on_crashed(self, details: str) -> None:
        self.setText(self._lasting)
        self.crashed.emit(details)
