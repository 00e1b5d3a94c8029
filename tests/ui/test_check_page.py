"""The check page: checked as one types, the newest text wins, nothing typed is lost."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow, PageProbe
from tests.ui.fakes import WordChecker
from tutor_app.core.settings import Settings
from tutor_app.tutor.working import WorkingCheck
from tutor_app.ui.check_page import CheckPage
from tutor_app.ui.main_window import CHECK_PAGE, SOLVE_PAGE, MainWindow
from tutor_app.ui.pages import Pages
from tutor_app.ui.settings import WindowSettings
from tutor_app.ui.working_draft import EXAMPLE, WorkingDraft, WorkingText
from tutor_app.ui.working_editor import WorkingEditor
from tutor_app.verify.client import CheckHost

BAD_WORKING = "1 = good\n2 = bad\n3 = good\n4 = odd"


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    window = make_window(check_working=partial(WorkingCheck, WordChecker()))
    window.commands.check_page.trigger()
    return window


def settle(page: CheckPage, qtbot: QtBot) -> PageProbe:
    qtbot.waitUntil(lambda: page.session.found is not None, timeout=10_000)
    qtbot.waitUntil(lambda: page.preview.is_idle, timeout=10_000)
    return PageProbe(page.preview)


def type_in(page: CheckPage, text: str, qtbot: QtBot) -> PageProbe:
    page.editor.replace_text(text)
    return settle(page, qtbot)


# -- the page


def test_each_line_gets_its_sign_and_the_first_wrong_one_is_pointed_out(
    window: MainWindow, qtbot: QtBot
) -> None:
    probe = type_in(window.check_page, BAD_WORKING, qtbot)
    signs = probe.ask("[...document.querySelectorAll('.work-line .sign')].map(e => e.className)")
    assert signs == ["sign verified", "sign refuted", "sign carried", "sign unknown"]
    labels = probe.ask(
        "[...document.querySelectorAll('.work-line .sign')].map(e => e.getAttribute('aria-label'))"
    )
    assert all(label for label in labels)
    assert probe.count(".first-wrong") == 1
    assert "First line that does not follow" in probe.texts(".first-wrong .note")[0]
    assert probe.texts(".card-title") == [
        "Line 2 is the first that does not follow: it is refuted."
    ]
    assert window.check_page.editor.extraSelections()


def test_a_click_on_a_sign_opens_the_evidence_and_typing_elsewhere_keeps_it_open(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = window.check_page
    probe = type_in(page, BAD_WORKING, qtbot)
    probe.ask("document.querySelectorAll('.sign')[1].click()")
    assert "x = 2: left 25, right 13" in probe.texts(".why")[0]
    assert "Read as: reading of 2 = bad" in probe.texts(".why")[0]
    type_in(page, "0 = good\n" + BAD_WORKING, qtbot)
    assert probe.texts(".line-number") == ["1", "2", "3", "4", "5"]
    assert "left 25" in probe.texts(".first-wrong .why")[0]


def test_formulas_are_typeset_as_they_are_typed(window: MainWindow, qtbot: QtBot) -> None:
    page = window.check_page
    page.problem.setPlainText("Solve x^2 = 9")
    probe = type_in(page, "x^10 = good\n\n\\frac{1}{2} = good", qtbot)
    tex = probe.ask("[...document.querySelectorAll('.maths')].map(e => e.dataset.tex)")
    assert tex[0] == "x^{2} = 9"
    assert "x^{10} =" in tex
    assert probe.texts(".line-number") == ["1", "3"]
    assert probe.texts(".problem-part > .muted") == ["Read as: read Solve x^2 = 9"]


def test_hostile_text_is_shown_as_text(window: MainWindow, qtbot: QtBot) -> None:
    probe = type_in(window.check_page, "<img src=x onerror=alert(1)> good\n\\( \\frac{ good", qtbot)
    assert probe.count("img") == 0
    assert "<img src=x" in probe.texts(".work-line .body")[0]


def test_a_line_number_in_the_page_leads_to_the_line(window: MainWindow, qtbot: QtBot) -> None:
    page = window.check_page
    type_in(page, BAD_WORKING, qtbot)
    page.preview.pressed.emit("go-to-line", "2")
    assert page.editor.caret_line == 2
    page.preview.pressed.emit("go-to-line", "nowhere")
    page.preview.pressed.emit("go-to-line", "99")
    assert page.editor.caret_line == 2


def test_emptying_the_field_empties_the_page(window: MainWindow, qtbot: QtBot) -> None:
    page = window.check_page
    probe = type_in(page, BAD_WORKING, qtbot)
    page.editor.replace_text("")
    qtbot.waitUntil(lambda: probe.count(".work-line") == 0, timeout=10_000)
    assert probe.count(".card") == 0
    assert "one step a line" in probe.texts(".hint")[0]
    assert page.session.found is None


def test_theme_and_zoom_reach_fields_and_page(window: MainWindow, qtbot: QtBot) -> None:
    page = window.check_page
    probe = type_in(page, BAD_WORKING, qtbot)
    normal = page.editor.fontMetrics().height()
    window.commands.zoom_in.trigger()
    window.commands.zoom_in.trigger()
    assert page.editor.fontMetrics().height() > normal
    large = page.editor.fontMetrics().height()
    window.commands.themes.actions()[2].trigger()
    qtbot.waitUntil(lambda: page.preview.is_idle, timeout=10_000)
    assert probe.ask("document.documentElement.dataset.theme") == "dark"
    assert page.editor.fontMetrics().height() == large


def test_a_narrow_window_puts_the_page_under_the_fields(window: MainWindow, qtbot: QtBot) -> None:
    page = window.check_page
    window.resize(1_200, 700)
    qtbot.waitUntil(lambda: page._splitter.orientation() is Qt.Orientation.Horizontal)
    window.resize(600, 700)
    qtbot.waitUntil(lambda: page._splitter.orientation() is Qt.Orientation.Vertical)


# -- keys


def test_the_pages_are_reached_with_keys_and_remembered(
    make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window()
    assert window.pages.shown == SOLVE_PAGE
    with qtbot.waitSignal(window.pages.changed) as changed:
        window.commands.check_page.trigger()
    assert changed.args == [CHECK_PAGE]
    assert window.commands.check_page.isChecked()
    saved = WindowSettings(Settings(), lambda _: None, tmp_path / "window.ini")
    assert saved.page == CHECK_PAGE
    window.close()
    assert make_window().pages.shown == CHECK_PAGE


def test_a_new_chat_leads_back_to_the_solving_page(window: MainWindow) -> None:
    assert window.pages.shown == CHECK_PAGE
    window.commands.new_chat.trigger()
    assert window.pages.shown == SOLVE_PAGE


def test_f6_walks_from_problem_to_working_to_page(window: MainWindow, qtbot: QtBot) -> None:
    page = window.check_page
    window.activateWindow()
    qtbot.waitUntil(page.editor.hasFocus)
    window.commands.next_pane.trigger()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.preview.isAncestorOf(focused)
    window.commands.next_pane.trigger()
    assert page.problem.hasFocus()
    QTest.keyClick(page.problem, Qt.Key.Key_Tab)
    assert page.editor.hasFocus()


def test_every_field_and_button_has_a_name(window: MainWindow) -> None:
    page = window.check_page
    for widget in (page.problem, page.editor, page.preview):
        assert widget.accessibleName()
    for button in (page.example_button, page.export_button):
        assert button.text()
        assert button.toolTip()


def test_a_page_that_does_not_exist_is_not_shown(qtbot: QtBot) -> None:
    pages = Pages()
    qtbot.addWidget(pages)
    pages.show_page(7)
    assert pages.shown == -1
    assert pages.shown_widget is None


# -- nothing typed is lost


def test_what_is_typed_is_on_disk_while_typing_goes_on(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = window.check_page
    page.problem.setPlainText("Solve it, “exactly”")
    for number in range(40):
        page.editor.insertPlainText(f"{number} = good\n")
        QTest.qWait(25)  # never a pause as long as the one the check waits for
        saved = WindowSettings(Settings(), lambda _: None, tmp_path / "window.ini").working.shown
        if saved.text:
            break
    assert saved.text.startswith("0 = good\n")
    assert saved.problem == "Solve it, “exactly”"


def test_a_draft_comes_back_after_a_restart_and_is_checked(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    check = partial(WorkingCheck, WordChecker())
    text = '1 = good\n\n  @x, \\frac{1}{2}; "é" = bad'
    first = make_window(check_working=check)
    first.commands.check_page.trigger()
    first.check_page.editor.replace_text(text)
    first.close()
    second = make_window(check_working=check)
    assert second.check_page.editor.text == text
    settle(second.check_page, qtbot)
    assert second.check_page.session.found is not None
    assert second.check_page.session.found.first_wrong == 1


def shown(page: CheckPage) -> WorkingText:
    return WorkingText(page.problem.toPlainText(), page.editor.text)


def test_the_example_shows_a_mistake_and_gives_the_own_working_back(window: MainWindow) -> None:
    page = window.check_page
    page.problem.setPlainText("my problem")
    page.editor.replace_text("my = good")
    page.example_button.click()
    assert shown(page) == EXAMPLE
    assert page.draft.set_aside.text == "my = good"
    assert "Back" in page.example_button.text()
    page.example_button.click()
    assert page.draft == WorkingDraft(WorkingText("my problem", "my = good"))
    page.editor.undo()
    assert page.editor.text == EXAMPLE.text


def test_an_example_that_was_changed_is_not_lost_either(window: MainWindow) -> None:
    page = window.check_page
    page.editor.replace_text("my = good")
    page.example_button.click()
    page.editor.replace_text("other = good")
    for expected in ("my = good", "other = good"):
        assert "Other" in page.example_button.text()
        page.example_button.click()
        assert page.editor.text == expected


def test_the_example_has_one_mistake_that_the_checker_finds() -> None:
    host = CheckHost(limit_s=60)
    try:
        found = WorkingCheck(host, EXAMPLE.problem, EXAMPLE.text).result()
    finally:
        host.close()
    assert found is not None
    assert found.summary.startswith("Line 3 is the first that does not follow")
    assert [line.is_carried for line in found.lines] == [False, False, False, True]


def test_what_the_example_replaced_survives_a_restart(make_window: MakeWindow) -> None:
    first = make_window()
    first.commands.check_page.trigger()
    first.check_page.editor.replace_text("my = good")
    first.check_page.example_button.click()
    first.close()
    second = make_window()
    second.check_page.example_button.click()
    assert second.check_page.editor.text == "my = good"


# -- asking


def test_the_editor_tells_of_every_edit_and_numbers_its_lines(qtbot: QtBot) -> None:
    editor = WorkingEditor()
    qtbot.addWidget(editor)
    with qtbot.waitSignal(editor.edited):
        editor.replace_text("a\nb\nc")
    narrow = editor.numbers_width()
    editor.mark_wrong_line(2)
    assert len(editor.extraSelections()) == 1
    editor.mark_wrong_line(99)
    assert editor.extraSelections() == []
    editor.show()
    editor.mark_wrong_line(1)
    assert not editor.grab().isNull()
    editor.replace_text("\n" * 1_200)
    assert editor.numbers_width() > narrow


def test_pasted_lines_stay_lines(window: MainWindow, qtbot: QtBot) -> None:
    page = window.check_page
    clipboard = QApplication.clipboard()
    clipboard.setText("1 = good\r\n2 = good\n3 = good")
    page.editor.paste()
    assert page.editor.text.split("\n") == ["1 = good", "2 = good", "3 = good"]


def test_a_checked_working_is_exported_in_both_formats(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = window.check_page
    with qtbot.waitSignal(page.told) as told:
        page.export()
    assert "no checked working" in told.args[0]
    type_in(page, BAD_WORKING, qtbot)
    for name, chosen, start in (
        ("mine", "Markdown (*.md)", b"Line 2"),
        ("mine", "PDF (*.pdf)", b"%PDF"),
    ):
        answer = (str(tmp_path / name), chosen)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, answer=answer: answer)
        with qtbot.waitSignal(page.told, timeout=15_000) as told:
            window.commands.export.trigger()
        assert "Saved" in told.args[0]
        suffix = ".md" if "md" in chosen else ".pdf"
        assert (tmp_path / name).with_suffix(suffix).read_bytes().startswith(start)


def test_a_file_that_cannot_be_written_says_why(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = window.check_page
    type_in(page, BAD_WORKING, qtbot)
    with qtbot.waitSignal(page.failed) as failed:
        page.save(tmp_path / "no" / "such" / "folder.md")
    assert "cannot be written" in str(failed.args[0])
    with qtbot.waitSignal(page.failed) as failed:
        page.save(tmp_path / "working.docx")
    assert "working.docx" in str(failed.args[0])
    for box in window.findChildren(QMessageBox):
        box.close()
