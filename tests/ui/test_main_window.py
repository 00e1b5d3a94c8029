from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow, PageProbe
from tests.ui.fakes import MODEL, FakeHistory, Script
from tutor_app.core.errors import ModelUnreadable
from tutor_app.core.ports import ModelInfo
from tutor_app.core.settings import Settings, Theme
from tutor_app.core.solution import Solution
from tutor_app.core.verdict import Status
from tutor_app.ui.conversation import Exporter
from tutor_app.ui.crash_dialog import CrashDialog
from tutor_app.ui.main_window import MainWindow
from tutor_app.ui.model_line import ModelLine
from tutor_app.ui.settings import WindowSettings
from tutor_app.ui.theme import DARK, LIGHT

SCRIPT = Script("Subtract 5: \\(3x = 15\\)\n\\boxed{5}", lines={0: Status.VERIFIED})
SLOW = Script("one line\n" * 3_000)


def finish(window: MainWindow, qtbot: QtBot) -> PageProbe:
    qtbot.waitUntil(lambda: not window.session.is_running, timeout=10_000)
    qtbot.waitUntil(lambda: window.transcript.is_idle, timeout=10_000)
    return PageProbe(window.transcript)


def labels(window: MainWindow) -> str:
    return " | ".join(label.text() for label in window.statusBar().findChildren(QLabel))


def test_one_click_on_an_example_gives_a_checked_answer(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(SCRIPT)
    assert window.welcome.isVisible()
    QTest.mouseClick(
        window.welcome.findChildren(QFrame, "exampleCard")[6], Qt.MouseButton.LeftButton
    )
    page = finish(window, qtbot)
    assert page.texts(".bubble") == ["Solve 3x + 5 = 20"]
    assert page.count(".sign.verified") == 1
    assert "Verified" in page.texts(".card-title")[0]
    assert window.threads.titles() == ["Today", "Solve 3x + 5 = 20"]
    assert window.threads.selected == 1
    assert not window.welcome.isVisible()


def test_escape_stops_the_answer(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(SLOW, pause_s=0.002)
    window.composer.sent.emit("Solve")
    qtbot.waitUntil(lambda: "tok/s" in labels(window))
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    page = finish(window, qtbot)
    assert "Stopped by you" in page.texts(".notice.stopped")[0]
    assert "tok/s" not in labels(window)


def test_closing_the_window_ends_a_running_answer(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(SLOW, pause_s=0.002)
    window.composer.sent.emit("Solve")
    qtbot.waitUntil(lambda: "tok/s" in labels(window))
    window.close()
    qtbot.waitUntil(lambda: not window.session.is_running)


def test_each_thread_keeps_its_draft(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(SCRIPT)
    window.composer.sent.emit("Solve")
    finish(window, qtbot)
    window.composer.set_text("in thread 1")
    window.commands.new_chat.trigger()
    assert window.composer.text == ""
    window.composer.set_text("in the new one")
    window.session.open_thread(1)
    assert window.composer.text == "in thread 1"
    window.session.open_thread(None)
    assert window.composer.text == "in the new one"


def test_the_last_thread_is_opened_again(make_window: MakeWindow, qtbot: QtBot) -> None:
    history = FakeHistory()
    first = make_window(SCRIPT, history=history)
    first.composer.sent.emit("Solve")
    finish(first, qtbot)
    first.close()
    second = make_window(history=history, settings=Settings(last_thread_id=1))
    page = finish(second, qtbot)
    assert page.count(".card.verified") == 1
    third = make_window(history=history, settings=Settings(last_thread_id=99))
    assert third.session.thread_id is None


def test_a_killed_window_has_kept_its_thread_and_its_draft(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    saved: list[Settings] = []
    history = FakeHistory()
    window = make_window(SCRIPT, history=history, save=saved.append)
    window.composer.sent.emit("Solve")
    finish(window, qtbot)
    with qtbot.waitSignal(window.composer.rested):
        window.composer.set_text("half a problem")
    assert saved[-1].last_thread_id == window.session.thread_id
    drafts = WindowSettings(saved[-1], saved.append, tmp_path / "window.ini")
    assert drafts.draft(window.session.thread_id) == "half a problem"


def test_copy_and_ask_again_use_the_answer_on_show(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(SCRIPT)
    window.composer.sent.emit("Solve")
    finish(window, qtbot)
    window.commands.copy_answer.trigger()
    assert QGuiApplication.clipboard().text() == SCRIPT.text
    window.transcript.pressed.emit("copy-answer", "a1")
    window.transcript.pressed.emit("copy-block", "unknown")
    window.transcript.pressed.emit("no-such-button", "a1")
    window.transcript.pressed.emit("ask-again", "a1")
    page = finish(window, qtbot)
    assert page.texts(".bubble") == ["Solve", "Solve"]


def test_an_answer_is_exported_through_the_callable(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter = Exporter("Markdown", "md", lambda solution: solution.answer.encode())
    window = make_window(SCRIPT, exporters=(exporter,))
    window.commands.export.trigger()
    assert "no finished answer" in window.statusBar().currentMessage()
    window.composer.sent.emit("Solve")
    finish(window, qtbot)
    chosen = (str(tmp_path / "mine"), "Markdown (*.md)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    window.transcript.pressed.emit("export", "a1")
    qtbot.waitUntil(lambda: (tmp_path / "mine.md").exists())
    qtbot.waitUntil(lambda: "Saved" in window.statusBar().currentMessage())
    assert (tmp_path / "mine.md").read_bytes() == b"5"


def test_a_thread_is_printed_to_pdf(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(SCRIPT)
    window.composer.sent.emit("Solve")
    finish(window, qtbot)
    path = tmp_path / "thread.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.commands.print.trigger()
    qtbot.waitUntil(lambda: "Saved" in window.statusBar().currentMessage(), timeout=15_000)
    assert path.read_bytes().startswith(b"%PDF")


def test_the_model_is_loaded_and_imported_outside_the_gui_thread(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(SCRIPT)
    window.model_line.load()
    assert "Loading" in labels(window)
    qtbot.waitUntil(lambda: "starter · 6.0 M parameters · ready" in labels(window))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("other.gguf", ""))
    window.commands.import_model.trigger()
    assert "Importing other.gguf" in labels(window)
    qtbot.waitUntil(lambda: "ready" in labels(window))


def test_the_built_in_model_can_be_taken_back(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(SCRIPT)
    with qtbot.waitSignal(window.model_line.chosen) as chosen:
        window.commands.use_built_in.trigger()
    assert chosen.args == [""]
    assert "ready" in labels(window)


def test_a_failure_outside_an_answer_says_what_to_do(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(SCRIPT)
    window.session.failed.emit(ModelUnreadable("It is damaged.", hint="Choose another."))
    box = window.findChildren(QMessageBox)[0]
    assert (box.text(), box.informativeText()) == ("It is damaged.", "Choose another.")
    box.close()


def test_a_model_that_cannot_be_imported_leaves_the_old_one_on_show(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    def refuse(_: Path) -> ModelInfo:
        raise ModelUnreadable("It is damaged.")

    def crash(_: Path) -> ModelInfo:
        raise ZeroDivisionError

    line = ModelLine(lambda: MODEL, refuse, lambda: MODEL)
    line.load()
    qtbot.waitUntil(lambda: "ready" in line.text())
    with qtbot.waitSignal(line.failed):
        line.import_file(Path("bad.gguf"))
    assert "ready" in line.text()
    line.shut(10_000)
    other = ModelLine(lambda: MODEL, crash, lambda: MODEL)
    with qtbot.waitSignal(other.crashed):
        other.import_file(Path("bad.gguf"))
    assert other.text() == "No model loaded"
    other.shut(10_000)


def test_an_export_that_fails_says_why(make_window: MakeWindow, qtbot: QtBot) -> None:
    files = make_window(SCRIPT).files

    def crash(_: Solution) -> bytes:
        raise ZeroDivisionError

    solution = cast("Solution", None)
    with qtbot.waitSignal(files.failed) as failed:
        files.save(solution, Exporter("x", "x", lambda _: b""), Path("/no/such/folder/a.x"))
    assert "cannot be written" in str(failed.args[0])
    with qtbot.waitSignal(files.crashed):
        files.save(solution, Exporter("x", "x", crash), Path("a.x"))


def test_text_is_found_in_the_thread(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(SCRIPT)
    window.commands.find.trigger()
    assert not window.find_bar.isVisible()  # nothing to search yet
    window.composer.sent.emit("Solve")
    finish(window, qtbot)
    window.commands.find.trigger()
    field = window.find_bar.findChildren(QLineEdit)[0]
    counts = window.find_bar.findChildren(QLabel)[0]
    with qtbot.waitSignal(window.find_bar.wanted):
        field.setText("Subtract")
    qtbot.waitUntil(lambda: counts.text() == "1 of 1")
    field.setText("nowhere at all")
    qtbot.waitUntil(lambda: counts.text() == "Not found")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not window.find_bar.isVisible()


def test_a_fault_opens_the_crash_dialog(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(SCRIPT, error=ZeroDivisionError("a bug"))
    window.composer.sent.emit("Solve")
    qtbot.waitUntil(lambda: bool(window.findChildren(CrashDialog)))
    dialog = window.findChildren(CrashDialog)[0]
    assert "ZeroDivisionError" in dialog.details
    page = finish(window, qtbot)
    assert "failed unexpectedly" in page.texts(".notice.failed")[0]
    dialog.close()


def test_a_link_is_opened_only_after_a_question(
    make_window: MakeWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    window = make_window(SCRIPT)
    window.transcript.link_followed.emit(QUrl("https://example.org/"))
    box = window.findChildren(QMessageBox)[0]
    assert (box.informativeText(), opened) == ("https://example.org/", [])
    box.button(QMessageBox.StandardButton.Open).click()
    assert opened == [QUrl("https://example.org/")]


def test_theme_and_zoom_reach_the_page(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(SCRIPT, settings=Settings(theme=Theme.DARK, zoom=1.25))
    page = finish(window, qtbot)
    assert page.ask("document.documentElement.dataset.theme") == "dark"
    assert window.palette().window().color().name() == DARK.background
    window.composer.sent.emit("Solve")  # a hidden page has no size
    finish(window, qtbot)
    normal = page.ask("innerWidth")
    window.commands.zoom_in.trigger()
    window.commands.zoom_in.trigger()
    qtbot.waitUntil(lambda: page.ask("innerWidth") < normal)
    window.commands.zoom_normal.trigger()
    qtbot.waitUntil(lambda: page.ask("innerWidth") > normal)
    window.commands.themes.actions()[1].trigger()
    finish(window, qtbot)
    assert page.ask("document.documentElement.dataset.theme") == "light"
    assert window.palette().window().color().name() == LIGHT.background


def holds_focus(pane: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and pane.isAncestorOf(focused)


def test_f6_walks_through_the_panes(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(SCRIPT)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    assert holds_focus(window.composer)
    window.commands.next_pane.trigger()
    assert holds_focus(window.threads)


def test_the_sidebar_and_about(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(SCRIPT)
    window.commands.sidebar.trigger()
    assert not window.threads.isVisible()
    window.commands.about.trigger()
    assert "STEM Tutor" in window.findChildren(QMessageBox)[0].text()


def test_no_two_commands_share_a_key(make_window: MakeWindow) -> None:
    window = make_window(SCRIPT)
    keys = [
        key.toString()
        for menu in window.menuBar().actions()
        for action in menu.menu().actions()  # type: ignore[attr-defined]
        for key in action.shortcuts()
    ]
    assert len(keys) == len(set(keys))
    assert not {"Delete", "Del", "Backspace"} & set(keys)


def test_a_page_that_keeps_dying_is_reported(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(SCRIPT)
    finish(window, qtbot)
    with qtbot.waitSignal(window.transcript.broken):
        for _ in range(6):
            window.transcript._on_page_died()
    assert "restart" in window.statusBar().currentMessage()
