"""The panel where programs are run, on a runner whose outcomes are given."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.program_fakes import ENDED, NOTHING, REDUCED, FakeRunner, outcome
from tutor_app.core.errors import ExportError, SandboxDied, ToolNotFound
from tutor_app.core.program import Language, Phase, ProgramFile
from tutor_app.core.settings import Settings
from tutor_app.ui.program_draft import ProgramDraft
from tutor_app.ui.program_panel import ProgramPanel
from tutor_app.ui.run_view import PicturePane, TextPane
from tutor_app.ui.settings import WindowSettings
from tutor_app.ui.theme import DARK, LIGHT

MakePanel = Callable[..., ProgramPanel]
_CPP_ERRORS = (
    "main.cpp: In function ‘int main()’:\n"
    "main.cpp:3:11: error: ‘y’ was not declared in this scope\n    3 |   y = 1;\n"
)


def _png() -> bytes:
    picture = QImage(2_000, 1_000, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.blue)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


@pytest.fixture
def make_panel(qtbot: QtBot, tmp_path: Path) -> Iterator[MakePanel]:
    made: list[ProgramPanel] = []

    def make(runner: FakeRunner | None = None, source: str = "print(6 * 7)") -> ProgramPanel:
        settings = WindowSettings(Settings(), lambda _: None, tmp_path / "window.ini")
        panel = ProgramPanel(runner or FakeRunner(), settings)
        panel.resize(1_000, 700)
        panel.set_colours(LIGHT)
        panel.set_zoom(1.0)
        panel.show()
        with qtbot.waitSignal(panel.session.isolation_found):
            pass
        if source:
            panel.editor.setPlainText(source)
        made.append(panel)
        return panel

    yield make
    for panel in made:
        panel.shut(3_000)
        panel.close()
        panel.deleteLater()


def run(panel: ProgramPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.session.ended):
        panel.run()


def texts(panel: ProgramPanel) -> str:
    return "\n".join(label.text() for label in panel.view.findChildren(QLabel))


def pane(panel: ProgramPanel, name: str) -> TextPane:
    found = panel.view.findChild(TextPane, name)
    assert isinstance(found, TextPane)
    return found


def test_a_run_shows_output_time_memory_and_its_own_isolation(
    make_panel: MakePanel, qtbot: QtBot
) -> None:
    panel = make_panel(FakeRunner(outcome(isolation=REDUCED)))
    assert panel.badge.button.text() == "Protected · bubblewrap"
    with qtbot.waitSignal(panel.told) as told:
        run(panel, qtbot)
    assert pane(panel, "output").toPlainText() == "42"
    assert "It ended normally." in texts(panel)
    assert "0.31 s · processor 0.28 s · 12 MiB memory" in texts(panel)
    assert panel.badge.button.text() == "Protected, reduced · landlock"
    assert "Names." in panel.badge.button.toolTip()
    assert told.args == ["It ended normally."]


def test_what_is_not_covered_unfolds_under_the_badge(make_panel: MakePanel) -> None:
    panel = make_panel()
    assert not panel.badge.words.isVisible()
    panel.badge.button.click()
    assert panel.badge.words.isVisible()
    assert "Kernel mistakes." in panel.badge.words.text()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
     (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)],
)  # fmt: skip
def test_run_has_keys(
    make_panel: MakePanel, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    runner = FakeRunner()
    panel = make_panel(runner)
    panel.activateWindow()
    panel.editor.setFocus()
    panel.input.setPlainText("7 8")
    with qtbot.waitSignal(panel.session.ended):
        QTest.keyClick(panel.editor, key, modifier)
    (request,) = runner.requests
    assert (request.language, request.source) == (Language.PYTHON, "print(6 * 7)")
    assert request.stdin == b"7 8\n"
    assert not request.allows_unprotected


def test_stop_ends_a_program_that_runs(make_panel: MakePanel, qtbot: QtBot) -> None:
    runner = FakeRunner()
    runner.holds = True
    panel = make_panel(runner)
    with qtbot.waitSignal(panel.running_changed):
        panel.run()
    assert panel.stop_button.isEnabled()
    assert not panel.run_button.isEnabled()
    assert "Running…" in texts(panel)
    panel.run()  # does nothing while one runs
    with qtbot.waitSignal(panel.session.ended):
        panel.stop_button.click()
    assert "It was stopped." in texts(panel)
    assert panel.run_button.isEnabled()
    assert len(runner.requests) == 1


def test_shutting_the_panel_stops_the_program(make_panel: MakePanel, qtbot: QtBot) -> None:
    runner = FakeRunner()
    runner.holds = True
    panel = make_panel(runner)
    panel.run()
    panel.shut(3_000)
    qtbot.waitUntil(lambda: not panel.session.is_running)


def test_compiler_errors_stand_in_plain_words_beside_the_original(
    make_panel: MakePanel, qtbot: QtBot
) -> None:
    failed = outcome(
        phase=Phase.COMPILE, exit_code=1, reason="The compiler ended with status 1.",
        stdout=b"", stderr=_CPP_ERRORS.encode(),
    )  # fmt: skip
    panel = make_panel(FakeRunner(failed), "int main() {\n\n  y = 1;\n}")
    panel.language.setCurrentIndex(1)
    run(panel, qtbot)
    assert "The name y is not known here" in texts(panel)
    assert "‘y’ was not declared" in pane(panel, "errors").toPlainText()
    assert "compiler: 0.31 s" in texts(panel)
    assert [mark.format.hasProperty(0x100000) for mark in panel.editor.extraSelections()] != []


def test_line_numbers_in_errors_lead_to_the_line(make_panel: MakePanel, qtbot: QtBot) -> None:
    failed = outcome(phase=Phase.COMPILE, exit_code=1, stderr=_CPP_ERRORS.encode())
    panel = make_panel(FakeRunner(failed), "int main() {\n\n  y = 1;\n}")
    panel.language.setCurrentIndex(1)
    run(panel, qtbot)
    link = panel.view.findChild(QPushButton, "link")
    assert isinstance(link, QPushButton)
    panel.editor.go_to_line(1)
    link.click()
    assert panel.editor.caret_line == 3
    panel.editor.go_to_line(1)
    errors = pane(panel, "errors")
    cursor = errors.textCursor()
    cursor.setPosition(errors.toPlainText().index("main.cpp:3") + 4)
    place = errors.cursorRect(cursor).center()
    with qtbot.waitSignal(errors.line_chosen):
        QTest.mouseClick(errors.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert panel.editor.caret_line == 3


def test_warnings_of_a_program_that_ran_are_told_but_mark_no_line(
    make_panel: MakePanel, qtbot: QtBot
) -> None:
    warned = outcome(diagnostics="main.cpp:1:5: warning: unused variable ‘x’".encode())
    panel = make_panel(FakeRunner(warned), "int main() { int x; }")
    panel.language.setCurrentIndex(1)
    run(panel, qtbot)
    assert "x is never used." in texts(panel)
    assert pane(panel, "remarks").toPlainText().startswith("main.cpp:1:5")
    assert panel.editor.extraSelections() == []


def test_figures_are_shown_to_fit_and_saved_as_they_are(
    make_panel: MakePanel, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = ProgramFile("figure-01.png", _png())
    drew = outcome(files=(figure, ProgramFile("data/a.txt", b"hello")), images=(figure,))
    panel = make_panel(FakeRunner(drew))
    run(panel, qtbot)
    (shown,) = panel.view.findChildren(PicturePane)
    assert shown.pixmap().width() <= panel.view.viewport().width()
    target = tmp_path / "kept.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(panel.told):
        next(
            button for button in panel.view.findChildren(QPushButton)
            if button.accessibleName() == "Save figure-01.png as"
        ).click()  # fmt: skip
    assert target.read_bytes() == figure.content


def test_all_files_are_saved_in_a_folder(
    make_panel: MakePanel, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote = outcome(files=(ProgramFile("data/a.txt", b"a"), ProgramFile("b.txt", b"b")))
    panel = make_panel(FakeRunner(wrote))
    run(panel, qtbot)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "kept"))
    save = next(b for b in panel.view.findChildren(QPushButton) if b.text() == "Save all…")
    with qtbot.waitSignal(panel.told) as told:
        save.click()
    assert told.args == ["Saved 2 files"]
    assert (tmp_path / "kept" / "data" / "a.txt").read_bytes() == b"a"


def test_a_file_that_cannot_be_written_is_told(
    make_panel: MakePanel, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = make_panel()
    (tmp_path / "file").touch()
    with qtbot.waitSignal(panel.failed) as failed:
        panel.files.save({tmp_path / "file" / "b": b""})
    assert isinstance(failed.args[0], ExportError)


def test_output_cannot_command_the_screen(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = make_panel(FakeRunner(outcome(stdout=b"a\x1b[2Jb <b>c</b>\n")))
    run(panel, qtbot)
    assert pane(panel, "output").toPlainText() == "a␛[2Jb <b>c</b>"


def test_very_long_output_is_cut_and_says_so(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = make_panel(FakeRunner(outcome(stdout=b"x" * 900_000)))
    run(panel, qtbot)
    shown = pane(panel, "output").toPlainText()
    assert shown.count("x") == 200_000
    assert max(map(len, shown.split("\n"))) == 2_000
    assert "Only the first 200,000 characters" in texts(panel)


def test_a_program_that_prints_nothing_says_so(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = make_panel(FakeRunner(outcome(stdout=b"", is_truncated=True, notes=("A link.",))))
    run(panel, qtbot)
    assert "It printed nothing." in texts(panel)
    assert "A link." in texts(panel)


def test_without_protection_nothing_runs_until_it_is_allowed_for_this_run(
    make_panel: MakePanel, qtbot: QtBot
) -> None:
    runner = FakeRunner(dataclasses.replace(ENDED, isolation=NOTHING), isolation=NOTHING)
    panel = make_panel(runner)
    assert panel.consent.isVisible()
    assert "delete all of your files" in panel.consent.box.accessibleDescription()
    assert not panel.run_button.isEnabled()
    panel.run()
    assert runner.requests == []
    panel.consent.box.click()
    run(panel, qtbot)
    assert [request.allows_unprotected for request in runner.requests] == [True]
    assert not panel.consent.box.isChecked()
    assert not panel.run_button.isEnabled()
    assert panel.badge.button.text() == "Not protected"


def test_with_protection_there_is_nothing_to_allow(make_panel: MakePanel) -> None:
    assert not make_panel().consent.isVisible()


def test_a_program_that_cannot_be_run_says_why(make_panel: MakePanel, qtbot: QtBot) -> None:
    missing = ToolNotFound("There is no C++ compiler here.", hint="Install g++.")
    panel = make_panel(FakeRunner(missing))
    with qtbot.waitSignal(panel.session.refused):
        panel.run()
    assert "There is no C++ compiler here." in texts(panel)
    assert "Install g++." in texts(panel)
    assert panel.run_button.isEnabled()


def test_a_fault_of_the_program_is_reported(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = make_panel(FakeRunner(RuntimeError("bug")))
    with qtbot.waitSignal(panel.crashed) as crashed:
        panel.run()
    assert "RuntimeError: bug" in crashed.args[0]
    assert panel.run_button.isEnabled()


def test_isolation_that_cannot_be_tried_out_is_not_known(make_panel: MakePanel) -> None:
    panel = make_panel(FakeRunner(isolation=SandboxDied("gone")))
    assert panel.badge.button.text() == "Protection not known yet"
    assert not panel.consent.isVisible()


def test_the_program_is_kept(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = make_panel(source="")
    assert not panel.run_button.isEnabled()
    panel.language.setCurrentIndex(1)
    panel.editor.setPlainText("int main() {}\n")
    panel.input.setPlainText("1\n2")
    panel.keep_draft()
    again = make_panel(source="")
    assert again.draft == ProgramDraft(Language.CPP, "int main() {}\n", "1\n2")


def test_another_program_can_be_undone(make_panel: MakePanel) -> None:
    panel = make_panel(source="mine = 1")
    panel.open_program(Language.CPP, "int main() {}")
    assert panel.draft.language is Language.CPP
    panel.editor.undo()
    assert panel.editor.text == "mine = 1"


def test_editing_indents(make_panel: MakePanel) -> None:
    panel = make_panel(source="")
    editor = panel.editor
    editor.setFocus()
    QTest.keyClicks(editor, "for i in x:")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "a")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClick(editor, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(editor, "b")
    assert editor.text == "for i in x:\n    a\nb"
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text == "    for i in x:\n        a\n    b"


def test_words_are_coloured_over_several_lines_and_in_both_themes(
    make_panel: MakePanel, qtbot: QtBot
) -> None:
    panel = make_panel(source='x = """one\ntwo"""\nreturn 1')

    def colours(number: int) -> set[str]:
        formats = panel.editor.document().findBlockByNumber(number).layout().formats()
        return {one.format.foreground().color().name() for one in formats}

    qtbot.waitUntil(lambda: colours(1) == {LIGHT.code.string})
    assert LIGHT.code.keyword in colours(2)
    panel.set_colours(DARK)
    assert colours(1) == {DARK.code.string}


def test_the_close_button_asks_to_be_closed(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = make_panel()
    assert not panel.close_button.isVisible()
    panel.set_beside(True)
    with qtbot.waitSignal(panel.close_wanted):
        panel.close_button.click()


def test_the_panes_are_reached_by_key(make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.activateWindow()
    panel.editor.setFocus()
    for wanted in (panel.input, panel.view, panel.editor):
        panel.focus_next_pane()
        assert wanted.hasFocus()


def test_a_narrow_panel_shows_the_result_under_the_program(make_panel: MakePanel) -> None:
    panel = make_panel()
    place = panel.view.mapTo(panel, QPoint(0, 0))
    assert place.x() > panel.editor.width()
    panel.resize(500, 800)
    assert panel.view.mapTo(panel, QPoint(0, 0)).x() < panel.editor.width()


def test_a_run_too_short_to_be_measured_says_so(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = make_panel(FakeRunner(outcome(memory_bytes=0)))
    run(panel, qtbot)
    assert "too short to measure memory" in texts(panel)


def test_where_leave_changes_nothing_it_is_not_asked_for(
    make_panel: MakePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = make_panel()
    monkeypatch.setattr("sys.platform", "darwin")
    panel.consent.show_isolation(NOTHING)
    assert not panel.consent.isVisible()
    assert not panel.consent.blocks
