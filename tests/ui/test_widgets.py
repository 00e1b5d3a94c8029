import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import ASSETS
from tutor_app.core.records import ThreadSummary
from tutor_app.core.settings import Settings, Theme
from tutor_app.ui.composer import Composer
from tutor_app.ui.crash_dialog import CrashDialog
from tutor_app.ui.highlight import highlight, warm_up
from tutor_app.ui.samples import load_samples
from tutor_app.ui.settings import WindowSettings
from tutor_app.ui.theme import DARK, LIGHT, Colours, ThemeSwitch
from tutor_app.ui.thread_list import ThreadList, age_group
from tutor_app.ui.welcome import Welcome

W = TypeVar("W", bound=QWidget)


def child(parent: QWidget, kind: type[W], name: str = "") -> W:
    found = parent.findChildren(kind, name) if name else parent.findChildren(kind)
    return found[0]


TODAY = date(2026, 5, 20)


@pytest.fixture
def composer(qtbot: QtBot) -> Composer:
    made = Composer()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def edit_of(composer: Composer) -> QPlainTextEdit:
    return child(composer, QPlainTextEdit)


def test_enter_sends_and_shift_enter_makes_a_line(composer: Composer, qtbot: QtBot) -> None:
    edit = edit_of(composer)
    QTest.keyClicks(edit, "x = 1")
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(edit, "y = 2")
    with qtbot.waitSignal(composer.sent) as sent:
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert sent.args == ["x = 1\ny = 2"]


def test_nothing_is_sent_when_nothing_is_typed(composer: Composer, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(composer.sent):
        QTest.keyClick(edit_of(composer), Qt.Key.Key_Return)
    button = child(composer, QPushButton)
    assert not button.isEnabled()
    assert button.toolTip() == "Type a problem first"


def test_send_becomes_stop_while_an_answer_is_written(composer: Composer, qtbot: QtBot) -> None:
    composer.set_text("next problem")
    composer.set_running(True)
    button = child(composer, QPushButton)
    assert button.text() == "Stop"
    with qtbot.assertNotEmitted(composer.sent), qtbot.waitSignal(composer.stop_requested):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.keyClick(edit_of(composer), Qt.Key.Key_Return)
    composer.set_running(False)
    with qtbot.waitSignal(composer.sent):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_field_grows_with_its_text_up_to_a_limit(composer: Composer) -> None:
    low = edit_of(composer).height()
    composer.set_text("a\nb\nc")
    middle = edit_of(composer).height()
    composer.set_text("a\n" * 40)
    high = edit_of(composer).height()
    assert low < middle < high < 12 * low


@pytest.mark.parametrize(
    ("days", "group"),
    [(-1, "Today"), (0, "Today"), (1, "Yesterday"), (2, "Previous 7 days"),
     (7, "Previous 7 days"), (8, "Older"), (900, "Older")],
)  # fmt: skip
def test_threads_are_grouped_by_age(days: int, group: str) -> None:
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12).astimezone()
    assert age_group((noon - timedelta(days=days)).timestamp(), TODAY) == group


@pytest.fixture
def threads(qtbot: QtBot) -> ThreadList:
    made = ThreadList()
    qtbot.addWidget(made)
    made.resize(240, 500)
    made.show()
    now = datetime.now().astimezone().timestamp()
    made.show_threads(
        [ThreadSummary(2, "Newer", now), ThreadSummary(1, "Older one", now - 40 * 86_400)]
    )
    return made


def list_of(threads: ThreadList) -> QListWidget:
    return child(threads, QListWidget)


def test_the_list_shows_headings_and_titles(threads: ThreadList) -> None:
    assert threads.titles() == ["Today", "Newer", "Older", "Older one"]
    threads.select(1)
    assert threads.selected == 1
    threads.select(None)
    assert threads.selected is None


def test_a_click_opens_a_thread(threads: ThreadList, qtbot: QtBot) -> None:
    view = list_of(threads)
    place = view.visualItemRect(view.item(3)).center()
    with qtbot.waitSignal(threads.chosen) as chosen:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [1]
    with qtbot.waitSignal(threads.new_requested):
        QTest.mouseClick(child(threads, QPushButton, "newChat"), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_bare_key_never_deletes_a_thread(threads: ThreadList, qtbot: QtBot, key: Qt.Key) -> None:
    threads.select(1)
    with qtbot.assertNotEmitted(threads.deleted):
        QTest.keyClick(list_of(threads), key)


def test_delete_offers_undo(threads: ThreadList, qtbot: QtBot) -> None:
    threads.select(1)
    with qtbot.waitSignal(threads.deleted) as deleted:
        threads.delete_selected()
    bar = child(threads, QFrame, "undoBar")
    assert (deleted.args, bar.isVisible()) == ([1], True)
    with qtbot.waitSignal(threads.restored) as restored:
        QTest.mouseClick(child(bar, QPushButton), Qt.MouseButton.LeftButton)
    assert (restored.args, bar.isVisible()) == ([1], False)


def test_rename_happens_in_place(threads: ThreadList, qtbot: QtBot) -> None:
    threads.select(2)
    threads.rename_selected()
    with qtbot.waitSignal(threads.renamed) as renamed:
        list_of(threads).item(1).setText("  My\ntitle ")
    assert renamed.args == [2, "My title"]


def test_a_title_being_edited_is_not_taken_away(threads: ThreadList, qtbot: QtBot) -> None:
    threads.select(2)
    threads.rename_selected()
    editor = child(list_of(threads), QLineEdit)
    editor.setText("Half typed")
    threads.show_threads([ThreadSummary(3, "Newest", datetime.now().astimezone().timestamp())])
    assert editor.isVisible()
    with qtbot.waitSignal(threads.renamed) as renamed:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert renamed.args == [2, "Half typed"]
    qtbot.waitUntil(lambda: threads.titles() == ["Today", "Newest"])


def test_every_example_runs_by_click_and_by_key(qtbot: QtBot) -> None:
    samples = load_samples(ASSETS / "samples" / "examples.json")
    assert len(samples) == 9
    welcome = Welcome(samples, QIcon(str(ASSETS / "icon.svg")))
    qtbot.addWidget(welcome)
    welcome.resize(1000, 700)
    welcome.show()
    chosen: list[str] = []
    welcome.example_chosen.connect(chosen.append)
    for card in welcome.findChildren(QFrame, "exampleCard"):
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
        QTest.keyClick(card, Qt.Key.Key_Space)
    assert chosen == [sample.problem for sample in samples for _ in range(2)]


def test_the_theme_can_be_chosen_and_tells(qtbot: QtBot) -> None:
    switch = ThemeSwitch()
    with qtbot.waitSignal(switch.changed) as changed:
        switch.choose(Theme.DARK)
    assert changed.args == [DARK]
    with qtbot.waitSignal(switch.changed) as changed:
        switch.choose(Theme.LIGHT)
    assert changed.args == [LIGHT]


def test_the_theme_follows_the_system_only_if_asked(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme = Qt.ColorScheme.Dark
    switch = ThemeSwitch()
    monkeypatch.setattr("tutor_app.ui.theme._system_scheme", lambda: scheme)
    switch.choose(Theme.SYSTEM)
    with qtbot.waitSignal(switch.changed) as changed:
        scheme = Qt.ColorScheme.Light
        QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)
    assert changed.args == [LIGHT]
    switch.choose(Theme.DARK)
    with qtbot.assertNotEmitted(switch.changed):
        QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)


def contrast(first: str, second: str) -> float:
    def light(name: str) -> float:
        colour = QColor(name)
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(first), light(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda colours: colours.name)
def test_text_has_enough_contrast(colours: Colours) -> None:
    for front in (colours.text, colours.muted):
        for back in (colours.background, colours.raised, colours.selected):
            assert contrast(front, back) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.stop, colours.background) >= 4.5
    assert contrast(colours.accent, colours.background) >= 3  # a focus ring


def page_colours() -> dict[str, dict[str, str]]:
    css = (ASSETS / "web" / "page.css").read_text(encoding="utf-8")
    parts = css.split("}", 2)[:2]
    found = [dict(re.findall(r"--([\w-]+): (#\w+)", part)) for part in parts]
    return dict(zip(("light", "dark"), found, strict=True))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_page_has_enough_contrast(name: str) -> None:
    colours = page_colours()[name]
    surfaces = ("bg", "raised", "ok-bg", "bad-bg", "unsure-bg")
    pairs = [(front, back) for front in ("fg", "muted") for back in surfaces]
    pairs += [(front, back) for front in ("ok", "bad", "unsure") for back in ("bg", "raised")]
    pairs += [(kind, f"{kind}-bg") for kind in ("ok", "bad", "unsure")]
    pairs += [(front, "code") for front in colours if front.startswith("hl-")]
    pairs += [("fg", "bubble"), ("accent", "bg")]
    weak = [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
    assert weak == []


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=lambda colours: colours.name)
def test_page_and_widgets_have_the_same_colours(colours: Colours) -> None:
    page = page_colours()[colours.name]
    assert (page["bg"], page["fg"], page["raised"]) == (
        colours.background, colours.text, colours.raised,
    )  # fmt: skip


def test_a_crash_dialog_shows_the_details_and_copies_them(qtbot: QtBot) -> None:
    dialog = CrashDialog("Traceback: a bug")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy the text")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.details == "Traceback: a bug"


def test_highlighting_loses_no_character() -> None:
    source = "def f(x):\n    return 'a' + 1  # why\n\n"
    for lang in ("python", "cpp"):
        pieces = highlight(source, lang)
        assert pieces is not None
        assert "".join(text for _, text in pieces) == source
    assert highlight(source, "no-such-language") is None
    assert highlight(source, "") is None
    warm_up()


def test_drafts_and_sizes_survive_a_restart(tmp_path: Path) -> None:
    saved: list[Settings] = []
    first = WindowSettings(Settings(window_geometry="not base64!"), saved.append, tmp_path / "w")
    assert first.geometry.isEmpty()
    first.set_draft(None, "new one")
    first.set_draft(3, "x = ")
    first.set_draft(4, "gone")
    first.set_draft(4, "")
    first.zoom = 1.25
    first.last_thread = 3
    first.set_model_path("m.gguf")
    first.save()
    second = WindowSettings(saved[0], saved.append, tmp_path / "w")
    assert (second.draft(None), second.draft(3), second.draft(4)) == ("new one", "x = ", "")
    assert (second.zoom, second.last_thread) == (1.25, 3)
    assert saved[0].model_path == "m.gguf"
