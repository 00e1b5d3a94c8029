"""A transcript page that is started once, and a window on fakes."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.program_fakes import FakeRunner
from tests.tutor_fakes import FakeChecker
from tests.ui.fakes import MODEL, FakeConversation, FakeHistory, Script
from tutor_app.core.program import CodeRunner
from tutor_app.core.settings import Settings
from tutor_app.tutor.working import WorkingCheck
from tutor_app.ui import conversation as ports
from tutor_app.ui.conversation import Exporter, Services
from tutor_app.ui.main_window import MainWindow
from tutor_app.ui.operations import Operation
from tutor_app.ui.settings import WindowSettings
from tutor_app.ui.transcript import TranscriptView
from tutor_app.ui.web_assets import register_scheme

ASSETS = Path(__file__).parents[2] / "assets"
_WAIT_MS = 15_000

MakeWindow = Callable[..., MainWindow]


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    register_scheme()  # must happen before the QApplication, which pytest-qt makes after this
    return ["tests"]


def run_until(condition: Callable[[], bool]) -> None:
    """Run the event loop until `condition` holds; for fixtures, which outlive `qtbot`."""
    loop = QEventLoop()
    poll, limit = QTimer(), QTimer()
    poll.timeout.connect(lambda: loop.quit() if condition() else None)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    poll.start(5)
    limit.start(_WAIT_MS)
    loop.exec()
    poll.stop()
    assert condition(), "waited in vain"


class PageProbe:
    """A transcript view with the questions tests ask of its page."""

    def __init__(self, view: TranscriptView) -> None:
        self.view = view

    def show(self, operations: list[Operation]) -> None:
        """Replace what is on the page and wait until it is there."""
        self.view.reset(operations)
        self.settle()

    @property
    def target(self) -> QWidget:
        """The widget that takes the page's mouse and key events."""
        view = self.view.focusProxy()
        assert view is not None
        return view.focusProxy() or view

    def settle(self) -> None:
        run_until(lambda: self.view.is_idle)

    def ask(self, script: str) -> Any:  # noqa: ANN401 - JSON from the page
        """Value of a JavaScript expression in the page's own world."""
        answers: list[str] = []
        self.view.page.runJavaScript(
            f"JSON.stringify((() => ({script}))() ?? null)", 0, answers.append
        )
        run_until(lambda: bool(answers))
        return json.loads(answers[0])

    def texts(self, selector: str) -> list[str]:
        every = f"[...document.querySelectorAll({json.dumps(selector)})]"
        found: list[str] = self.ask(f"{every}.map(e => e.textContent)")
        return found

    def count(self, selector: str) -> int:
        return len(self.texts(selector))


@pytest.fixture(scope="session")
def probe(qapp: QApplication) -> Iterator[PageProbe]:
    view = TranscriptView(ASSETS / "web")
    view.resize(900, 900)
    view.show()
    probe = PageProbe(view)
    probe.settle()
    yield probe
    view.shut()
    view.close()
    view.deleteLater()


@pytest.fixture
def make_window(qtbot: QtBot, tmp_path: Path) -> Iterator[MakeWindow]:
    made: list[MainWindow] = []

    def make(
        *scripts: Script,
        history: FakeHistory | None = None,
        settings: Settings | None = None,
        exporters: tuple[Exporter, ...] = (),
        check_working: Callable[[str, str], ports.WorkingCheck] | None = None,
        save: Callable[[Settings], None] = lambda _: None,
        runner: CodeRunner | None = None,
        conversation: ports.Conversation | None = None,
        **options: Any,  # noqa: ANN401 - passed on to FakeConversation
    ) -> MainWindow:
        history = history or FakeHistory()
        services = Services(
            history,
            conversation or FakeConversation(history, *scripts, **options),
            lambda: MODEL,
            lambda path: MODEL,
            lambda: MODEL,
            exporters,
            check_working or partial(WorkingCheck, FakeChecker()),
            lambda working: working.summary.encode(),
            runner or FakeRunner(),
            ASSETS,
        )
        saved = WindowSettings(settings or Settings(), save, tmp_path / "window.ini")
        window = MainWindow(services, saved)
        window.show()
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()
