"""The window's composition root: makes the rooms, hands them to the window, runs Qt."""

import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Mapping
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from tutor_app.core.assets import asset_folder, built_in_model
from tutor_app.core.errors import ModelNotFound, TutorError
from tutor_app.core.ports import ModelInfo
from tutor_app.core.solution import Solution
from tutor_app.export.formats import SUFFIXES, ExportFormat, export_solution
from tutor_app.export.working import render_working
from tutor_app.history.profile import Profile
from tutor_app.history.settings import SettingsFile
from tutor_app.history.store import SqliteHistory
from tutor_app.inference.client import ModelHost
from tutor_app.sandbox.client import Sandbox
from tutor_app.tutor.code import Coder
from tutor_app.tutor.conversation import Conversation
from tutor_app.tutor.models import ModelLibrary
from tutor_app.tutor.solve import SolveOptions, Solver
from tutor_app.tutor.working import WorkingCheck
from tutor_app.ui.conversation import Exporter, Services
from tutor_app.ui.highlight import warm_up
from tutor_app.ui.main_window import MainWindow
from tutor_app.ui.model_slot import ModelSlot
from tutor_app.ui.settings import WindowSettings
from tutor_app.ui.web_assets import CHROMIUM_FLAGS, register_scheme
from tutor_app.verify.client import CheckHost

_LOG = logging.getLogger(__name__)
_SIGNAL_POLL_MS = 300
_LAST_WAIT_MS = 5_000
_FORMAT_NAMES = {ExportFormat.PDF: "PDF", ExportFormat.MARKDOWN: "Markdown"}


def require_display(platform: str, environment: Mapping[str, str]) -> None:
    """Refuse early, in words, where Qt would abort.

    Raises:
        TutorError: there is no screen to open a window on, or the page would not start.
    """
    if not platform.startswith("linux"):
        return
    has_display = any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if not has_display and not environment.get("QT_QPA_PLATFORM"):
        raise TutorError(
            "There is no display to open a window on.",
            hint='On this machine use the command line: stem-tutor solve "Solve 3x + 5 = 20"',
        )
    if os.geteuid() == 0 and not environment.get("QTWEBENGINE_DISABLE_SANDBOX"):
        raise TutorError(
            "The window does not run as root, because its page could not be sandboxed.",
            hint="Start it as a normal user, or use the command line: stem-tutor solve PROBLEM",
        )


class CrashBorder(QObject):
    """Catches what nobody caught, in any thread, and tells the GUI thread.

    Signals:
        crashed: a traceback.
    """

    crashed = Signal(str)

    def install(self, stack: ExitStack) -> None:
        """Catch from now on until `stack` is left."""
        before, thread_before = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        stack.callback(setattr, sys, "excepthook", before)
        stack.callback(setattr, threading, "excepthook", thread_before)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        _LOG.error("%s", details)
        self.crashed.emit(details)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._on_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


def _inspect(path: Path) -> ModelInfo:
    with closing(ModelHost(path)) as host:
        return host.load()


def _exporter(kind: ExportFormat) -> Exporter:
    def render(solution: Solution) -> bytes:
        return export_solution(solution, kind)

    return Exporter(_FORMAT_NAMES.get(kind, kind.name.title()), SUFFIXES[kind][1:], render)


def _model_path(library: ModelLibrary, choice: str) -> Path:
    try:
        return library.path_of(choice)
    except ModelNotFound:
        return Path(choice)  # the window still opens, and loading says what is missing


def build_window(profile: Profile, stack: ExitStack) -> MainWindow:
    """Wire all rooms to a window; leaving `stack` closes them.

    Raises:
        TutorError: the history or the settings cannot be opened.
    """
    settings_file = SettingsFile(profile.settings_file)
    loaded = settings_file.load()
    for problem in loaded.problems:
        _LOG.warning("%s", problem)
    settings = loaded.settings
    library = ModelLibrary(profile.models, built_in_model(), _inspect)
    history = stack.enter_context(closing(SqliteHistory(profile.database)))
    checker = stack.enter_context(closing(CheckHost()))
    checker.warm_up()
    model = stack.enter_context(
        closing(ModelSlot(ModelHost, _model_path(library, settings.model_path)))
    )
    options = SolveOptions(attempts=settings.attempts, max_tokens=settings.max_tokens)

    runner = stack.enter_context(closing(Sandbox()))
    solver, coder = Solver(model, checker, options), Coder(model, runner, options)

    def import_model(path: Path) -> ModelInfo:
        return model.replace(library.import_file(path).path)

    services = Services(
        history=history,
        conversation=Conversation(solver, coder, history),
        load_model=model.load,
        import_model=import_model,
        use_built_in=lambda: model.replace(built_in_model()),
        exporters=tuple(_exporter(kind) for kind in ExportFormat),
        check_working=partial(WorkingCheck, checker),
        write_working=lambda working: render_working(working).encode(),
        runner=runner,
        assets=asset_folder(),
    )
    remembered = WindowSettings(settings, settings_file.save, profile.root / "window.ini")
    return MainWindow(services, remembered)


def _make_application() -> QApplication:
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = f"{flags} {CHROMIUM_FLAGS}".strip()
    register_scheme()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication(["stem-tutor"])
    application.setApplicationName("STEM Tutor")
    application.setDesktopFileName("stem-tutor")
    application.setStyle("Fusion")
    return application


def run_window(profile: Profile) -> int:
    """Open the window and run until it is closed; returns the exit status.

    Raises:
        TutorError: no window can be opened here.
    """
    require_display(sys.platform, os.environ)
    profile.create_folders()
    application = _make_application()
    with ExitStack() as stack:
        try:
            window = build_window(profile, stack)
        except TutorError as error:
            QMessageBox.critical(None, "STEM Tutor", f"{error}\n\n{error.hint}")
            raise
        border = CrashBorder()
        border.crashed.connect(window.show_crash)
        border.install(stack)
        signal.signal(signal.SIGINT, lambda *_: window.close())
        wake = QTimer()  # lets Python see the signal while Qt waits
        wake.timeout.connect(lambda: None)
        wake.start(_SIGNAL_POLL_MS)
        window.show()
        window.model_line.load()
        threading.Thread(target=warm_up, daemon=True).start()
        status = application.exec()
    # with the model's process gone, whatever still waited for it ends now
    window.session.shut()
    window.model_line.shut(_LAST_WAIT_MS)
    return status
