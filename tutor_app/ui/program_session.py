"""The program that runs: between the panel and the sandbox. No widgets."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from tutor_app.core.errors import SandboxError, TutorError
from tutor_app.core.program import CodeRunner, Isolation, Language, ProgramRun, RunRequest
from tutor_app.ui.errand import Errands
from tutor_app.ui.run_report import RunReport, report_of

_WIDEST_PICTURE_PX = 1_600  # what a screen can show; the file itself is saved as it is


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that is over.

    Attributes:
        report: in words.
        pictures: `report.images`, decoded; a null image where one cannot be.
    """

    report: RunReport
    pictures: tuple[QImage, ...]


class ProgramSession(QObject):
    """Runs one program at a time.

    Signals:
        running_changed: whether a program runs or waits for its turn.
        ended: an Ended.
        refused: a TutorError that kept the program from being run.
        isolation_found: an Isolation, or None where it could not be tried out.
        crashed: a traceback.
    """

    running_changed = Signal(bool)
    ended = Signal(object)
    refused = Signal(object)
    isolation_found = Signal(object)
    crashed = Signal(str)

    def __init__(self, runner: CodeRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._run: ProgramRun | None = None
        self._runs = Errands(self)
        self._runs.failed.connect(self._on_failed)
        self._runs.crashed.connect(self._on_crashed)
        self._probes = Errands(self)
        self._probes.crashed.connect(self.crashed)

    @property
    def is_running(self) -> bool:
        """Whether a program runs or waits for its turn."""
        return self._run is not None

    def find_isolation(self) -> None:
        """Ask what protects here; trying it out may take a second the first time."""
        runner = self._runner

        def ask() -> Isolation | None:
            try:
                return runner.isolation()
            except SandboxError:
                return None  # each run tries again and says why

        self._probes.start(ask, self._on_isolation)

    def start(self, request: RunRequest) -> bool:
        """Run a program; False where one runs already."""
        if self._run is not None:
            return False
        try:
            run = self._runner.start(request)
        except TutorError as error:
            self.refused.emit(error)
            return False
        self._run = run
        self.running_changed.emit(True)
        self._runs.start(lambda: _ended(run, request.language), self._on_ended)
        return True

    def stop(self) -> None:
        """End the running program."""
        if self._run is not None:
            self._run.stop()

    def shut(self, wait_ms: int) -> None:
        """Stop what runs and wait for it, but not for ever."""
        self.stop()
        self._runs.shut(wait_ms)
        self._probes.shut(wait_ms)

    @Slot(object)
    def _on_isolation(self, isolation: Isolation | None) -> None:
        self.isolation_found.emit(isolation)

    @Slot(object)
    def _on_ended(self, ended: Ended) -> None:
        self._forget_run()
        self.ended.emit(ended)

    @Slot(object)
    def _on_failed(self, error: TutorError) -> None:
        self._forget_run()
        self.refused.emit(error)

    @Slot(str)
    def _on_crashed(self, details: str) -> None:
        self._forget_run()
        self.crashed.emit(details)

    def _forget_run(self) -> None:
        self._run = None
        self.running_changed.emit(False)


def _ended(run: ProgramRun, language: Language) -> Ended:
    report = report_of(run.result(), language)
    return Ended(report, tuple(_picture(image.content) for image in report.images))


def _picture(content: bytes) -> QImage:
    picture = QImage.fromData(content)  # the sandbox let only PNG through
    if picture.width() > _WIDEST_PICTURE_PX:
        smooth = Qt.TransformationMode.SmoothTransformation
        return picture.scaledToWidth(_WIDEST_PICTURE_PX, smooth)
    return picture
