"""Programs in the window: from a code block to what it printed."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.program_fakes import FakeRunner
from tests.ui.conftest import MakeWindow, PageProbe
from tests.ui.fakes import FakeHistory, Script
from tutor_app.core.program import IsolationLevel, Language
from tutor_app.sandbox.client import Sandbox
from tutor_app.ui.main_window import CHECK_PAGE, PROGRAMS_PAGE, SOLVE_PAGE, MainWindow
from tutor_app.ui.program_panel import ProgramPanel
from tutor_app.ui.run_view import TextPane

_ANSWER = Script(
    "Here it is:\n\n```python\nprint(6 * 7)\n```\n\nIn C++:\n\n```cpp\nint main() {}\n```\n\n"
    "Data:\n\n```json\n{}\n```\n"
)


def ask(window: MainWindow, qtbot: QtBot) -> PageProbe:
    window.composer.sent.emit("Write it")
    qtbot.waitUntil(lambda: not window.session.is_running, timeout=10_000)
    qtbot.waitUntil(lambda: window.transcript.is_idle, timeout=10_000)
    return PageProbe(window.transcript)


def ended(panel: ProgramPanel, qtbot: QtBot) -> str:
    qtbot.waitUntil(
        lambda: not panel.session.is_running and panel.view.findChild(TextPane) is not None,
        timeout=20_000,
    )
    pane = panel.view.findChild(TextPane)
    assert isinstance(pane, TextPane)
    return pane.toPlainText()


def test_only_programs_that_can_be_run_have_a_run_button(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    page = ask(make_window(_ANSWER), qtbot)
    assert page.texts(".code .lang") == ["Python", "C++", "json"]
    assert page.texts(".code button") == ["Run", "Copy", "Run", "Copy", "Copy"]


def test_a_block_that_was_never_finished_has_no_run_button(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    page = ask(make_window(Script("```python\nprint(1)\nprint(")), qtbot)
    assert page.texts(".code button") == ["Copy"]


def test_a_click_on_run_shows_the_output_beside_the_answer(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    runner = FakeRunner()
    window = make_window(_ANSWER, runner=runner)
    page = ask(window, qtbot)
    box = page.ask("document.querySelector('.code button.run').getBoundingClientRect().toJSON()")
    place = QPoint(int(box["x"] + box["width"] / 2), int(box["y"] + box["height"] / 2))
    QTest.mouseClick(page.target, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: bool(runner.requests))
    panel = window.programs.panel
    assert ended(panel, qtbot) == "42"
    assert panel.isVisible()
    assert window.transcript.isVisible()
    assert (runner.requests[0].language, runner.requests[0].source) == (
        Language.PYTHON, "print(6 * 7)",
    )  # fmt: skip


def test_copy_gives_the_source(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(_ANSWER)
    ask(window, qtbot)
    window.transcript.pressed.emit("copy-block", "a1.0.1")
    assert QGuiApplication.clipboard().text() == "print(6 * 7)"


def test_one_panel_serves_the_page_and_the_transcript(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(_ANSWER)
    ask(window, qtbot)
    window.transcript.pressed.emit("run-block", "a1.0.1")
    panel = window.programs.panel
    ended(panel, qtbot)
    window.commands.programs_page.trigger()
    assert window.pages.shown == PROGRAMS_PAGE
    assert panel.isVisible()
    assert not panel.close_button.isVisible()
    window.commands.check_page.trigger()
    assert not panel.isVisible()
    window.commands.solve_page.trigger()
    assert panel.isVisible()
    panel.close_button.click()
    assert not panel.isVisible()
    window.pages.show_page(CHECK_PAGE)
    window.pages.show_page(SOLVE_PAGE)
    assert not panel.isVisible()
    window.pages.show_page(PROGRAMS_PAGE)
    assert panel.isVisible()
    assert panel.editor.text == "print(6 * 7)"


def test_a_running_program_is_not_replaced(make_window: MakeWindow, qtbot: QtBot) -> None:
    runner = FakeRunner()
    runner.holds = True
    window = make_window(_ANSWER, runner=runner)
    ask(window, qtbot)
    window.transcript.pressed.emit("run-block", "a1.0.1")
    window.transcript.pressed.emit("run-block", "a1.0.3")
    assert window.programs.panel.draft.language is Language.PYTHON
    assert len(runner.requests) == 1


@pytest.mark.parametrize("page", [SOLVE_PAGE, PROGRAMS_PAGE])
def test_escape_stops_the_program(make_window: MakeWindow, qtbot: QtBot, page: int) -> None:
    runner = FakeRunner()
    runner.holds = True
    window = make_window(_ANSWER, runner=runner)
    ask(window, qtbot)
    window.transcript.pressed.emit("run-block", "a1.0.1")
    window.pages.show_page(page)
    panel = window.programs.panel
    assert panel.session.is_running
    window.activateWindow()
    with qtbot.waitSignal(panel.session.ended):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.commands.stop.isEnabled()


def test_closing_the_window_stops_the_program(make_window: MakeWindow, qtbot: QtBot) -> None:
    runner = FakeRunner()
    runner.holds = True
    window = make_window(_ANSWER, runner=runner)
    ask(window, qtbot)
    window.transcript.pressed.emit("run-block", "a1.0.1")
    window.close()
    qtbot.waitUntil(lambda: not window.programs.panel.session.is_running)


def test_a_narrow_window_shows_the_panel_under_the_transcript(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(_ANSWER)
    ask(window, qtbot)
    window.transcript.pressed.emit("run-block", "a1.0.1")
    window.resize(1_300, 800)
    assert window.programs.splitter.orientation() is Qt.Orientation.Horizontal
    window.resize(700, 800)
    qtbot.waitUntil(lambda: window.programs.splitter.orientation() is Qt.Orientation.Vertical)


def test_the_programs_page_is_opened_again(make_window: MakeWindow, qtbot: QtBot) -> None:
    history = FakeHistory()
    first = make_window(history=history)
    first.pages.show_page(PROGRAMS_PAGE)
    first.programs.panel.editor.setPlainText("x = 1")
    first.close()
    second = make_window(history=history)
    assert second.pages.shown == PROGRAMS_PAGE
    assert second.programs.panel.editor.text == "x = 1"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with closing(Sandbox()) as made:
        if made.isolation().level is IsolationLevel.NONE:
            pytest.skip("nothing isolates programs here")
        yield made


def test_a_code_block_runs_in_the_real_sandbox(
    make_window: MakeWindow, qtbot: QtBot, sandbox: Sandbox
) -> None:
    window = make_window(_ANSWER, runner=sandbox)
    ask(window, qtbot)
    window.transcript.pressed.emit("run-block", "a1.0.1")
    assert ended(window.programs.panel, qtbot) == "42"
