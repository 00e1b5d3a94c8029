"""Saves what a program left behind."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from tutor_app.core.errors import ExportError
from tutor_app.core.program import ProgramFile
from tutor_app.ui.errand import Errands


class RunFiles(QObject):
    """Asks where to save, and saves outside the GUI thread.

    Signals:
        told: a sentence for the status line.
        failed: a TutorError.
        crashed: a traceback.
    """

    told = Signal(str)
    failed = Signal(object)
    crashed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._errands = Errands(self)
        self._errands.failed.connect(self.failed)
        self._errands.crashed.connect(self.crashed)

    @Slot(object)
    def save_one(self, file: ProgramFile) -> None:
        """Save a file under a name of the user's choice."""
        name, _ = QFileDialog.getSaveFileName(self._window, "Save file", Path(file.name).name)
        if name:
            self.save({Path(name): file.content})

    @Slot(object)
    def save_all(self, files: tuple[ProgramFile, ...]) -> None:
        """Save files under their own names in a folder of the user's choice."""
        folder = QFileDialog.getExistingDirectory(self._window, "Save all files in a folder")
        if folder:
            self.save({Path(folder) / file.name: file.content for file in files})

    def save(self, contents: dict[Path, bytes]) -> None:
        """Write files."""
        self._errands.start(lambda: _write(contents), self._on_saved)

    def shut(self, wait_ms: int) -> None:
        """Wait for what is under way."""
        self._errands.shut(wait_ms)

    @Slot(object)
    def _on_saved(self, sentence: str) -> None:
        self.told.emit(sentence)


def _write(contents: dict[Path, bytes]) -> str:
    for path, content in contents.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise ExportError(
                f"{path} cannot be written.", hint=f"The system says: {error.strerror or error}."
            ) from error
    saved = next(iter(contents))
    return f"Saved {saved}" if len(contents) == 1 else f"Saved {len(contents)} files"
