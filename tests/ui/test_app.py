import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from tests.ui.fakes import MODEL
from tutor_app.core.errors import ModelNotFound, TutorError
from tutor_app.core.ports import ModelInfo
from tutor_app.history.profile import Profile
from tutor_app.ui import app
from tutor_app.ui.app import CrashBorder, build_window, require_display
from tutor_app.ui.model_slot import ModelSlot


def test_without_a_display_the_command_line_is_named() -> None:
    with pytest.raises(TutorError) as raised:
        require_display("linux", {})
    assert "stem-tutor solve" in raised.value.hint


def test_root_is_told_why_there_is_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with pytest.raises(TutorError, match="root"):
        require_display("linux", {"DISPLAY": ":0"})


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_display_of_any_kind_is_enough(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    require_display("linux", {name: "x"})
    require_display("win32", {})


def test_the_window_is_wired_to_all_rooms_and_says_that_the_model_is_missing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "built_in_model", lambda: tmp_path / "none.gguf")
    profile = Profile.inside(tmp_path)
    profile.create_folders()
    with ExitStack() as stack:
        window = build_window(profile, stack)
        window.show()
        window.model_line.load()
        qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)))
        assert "none.gguf" in window.findChildren(QMessageBox)[0].text()
        words = [label.text() for label in window.statusBar().findChildren(QLabel)]
        assert "No model loaded" in words
        window.composer.sent.emit("Solve 3x + 5 = 20")
        qtbot.waitUntil(lambda: not window.session.is_running, timeout=60_000)
        assert window.threads.titles() == ["Today", "Solve 3x + 5 = 20"]
        window.close()
        window.deleteLater()
    assert (tmp_path / "settings.json").is_file()


def test_an_uncaught_fault_in_any_thread_is_told_with_its_traceback(qtbot: QtBot) -> None:
    border = CrashBorder()
    before = sys.excepthook
    with ExitStack() as stack:
        border.install(stack)
        with qtbot.waitSignal(border.crashed) as crashed:
            error = ZeroDivisionError("in a slot")
            sys.excepthook(ZeroDivisionError, error, None)
        assert "in a slot" in crashed.args[0]
        with qtbot.waitSignal(border.crashed) as crashed:
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join(5)
        assert "division by zero" in crashed.args[0]
    assert sys.excepthook is before


class FakeModel:
    """Loads every file but a missing one."""

    closed: list[str]

    def __init__(self, path: Path, closed: list[str]) -> None:
        self.path = path
        self.closed = closed

    def load(self) -> ModelInfo:
        if self.path.name == "bad.gguf":
            raise ModelNotFound("no")
        return MODEL

    def stream(self, request: object) -> object:
        return iter((request,))

    def stop(self) -> None:
        """Nothing runs."""

    def close(self) -> None:
        self.closed.append(self.path.name)


def test_a_model_that_does_not_load_leaves_the_old_one_in_place() -> None:
    closed: list[str] = []
    slot = ModelSlot(lambda path: FakeModel(path, closed), Path("old.gguf"))  # type: ignore[arg-type,return-value]
    with pytest.raises(ModelNotFound):
        slot.replace(Path("bad.gguf"))
    assert closed == ["bad.gguf"]
    assert slot.load() is MODEL
    assert slot.replace(Path("new.gguf")) is MODEL
    assert closed == ["bad.gguf", "old.gguf"]
    slot.stop()
    slot.close()
    assert closed[-1] == "new.gguf"
