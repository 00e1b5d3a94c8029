"""Saves answers and threads as files."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from tutor_app.core.errors import ExportError
from tutor_app.core.solution import Solution
from tutor_app.ui.conversation import Exporter
from tutor_app.ui.errand import Errands
from tutor_app.ui.transcript import TranscriptView


def _write(path: Path, exporter: Exporter, solution: Solution) -> Path:
    content = exporter.render(solution)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ExportError(
            f"{path} cannot be written.", hint=f"The system says: {error.strerror or error}."
        ) from error
    return path


class AnswerFiles(QObject):
    """Asks where to save, and saves outside the GUI thread.

    Signals:
        told: a sentence for the status line.
        failed: a TutorError.
        crashed: a traceback.
    """

    told = Signal(str)
    failed = Signal(object)
    crashed = Signal(str)

    def __init__(
        self, exporters: Iterable[Exporter], transcript: TranscriptView, window: QWidget
    ) -> None:
        super().__init__(window)
        self._exporters = {f"{one.name} (*.{one.suffix})": one for one in exporters}
        self._transcript = transcript
        self._window = window
        self._errands = Errands(self)
        self._errands.failed.connect(self.failed)
        self._errands.crashed.connect(self.crashed)
        transcript.page.pdfPrintingFinished.connect(self._on_printed)

    def export(self, solution: Solution | None) -> None:
        """Save a solution in a format of the user's choice."""
        if solution is None:
            self.told.emit("There is no finished answer to export.")
            return
        name, chosen = QFileDialog.getSaveFileName(
            self._window, "Export answer", "solution", ";;".join(self._exporters)
        )
        if name:
            self.save(solution, self._exporters[chosen], Path(name))

    def save(self, solution: Solution, exporter: Exporter, path: Path) -> None:
        """Write a solution to a file; a name without an ending gets the format's."""
        if not path.suffix:
            path = path.with_suffix(f".{exporter.suffix}")
        self._errands.start(lambda: _write(path, exporter, solution), self._on_saved)

    @Slot()
    def print_thread(self) -> None:
        """Save the open thread as it stands on the page."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Save thread", "thread.pdf", "PDF (*.pdf)"
        )
        if name:
            self._transcript.print_to(Path(name))

    def shut(self, wait_ms: int) -> None:
        """Wait for what is under way."""
        self._errands.shut(wait_ms)

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self.told.emit(f"Saved {path}")

    @Slot(str, bool)
    def _on_printed(self, path: str, is_written: bool) -> None:
        self.told.emit(f"Saved {path}" if is_written else f"{path} could not be written.")
