from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.ui.fakes import FakeConversation, FakeHistory, FakeRun, Script
from tutor_app.core.errors import HistoryError, ModelHostDied
from tutor_app.core.records import ExchangeState, Mode
from tutor_app.ui.errand import CallErrand, Errands, SolveErrand
from tutor_app.ui.operations import AddText, NoticeKind, Operation, ShowNotice
from tutor_app.ui.session import Session

SCRIPT = Script("3x = 15\nx = 5\n\\boxed{5}")
SLOW = Script("one line\n" * 2_000)


class Desk:
    """A session and everything it said."""

    def __init__(self, *scripts: Script, pause_s: float = 0.0, error: Exception | None = None):  # noqa: ANN204
        self.history = FakeHistory()
        self.conversation = FakeConversation(
            self.history, *scripts, pause_s=pause_s, error=error, chars=9
        )
        self.session = Session(self.history, self.conversation)
        self.grown: list[Operation] = []
        self.replaced: list[Operation] = []
        self.session.transcript_grew.connect(self.grown.extend)
        self.session.transcript_replaced.connect(self._replace)

    def _replace(self, operations: list[Operation]) -> None:
        self.replaced = operations

    def text(self, operations: list[Operation]) -> str:
        return "".join(one.s for one in operations if isinstance(one, AddText))


@pytest.fixture
def shut(qapp: QObject) -> Iterator[list[Session]]:
    sessions: list[Session] = []
    yield sessions
    for session in sessions:
        session.shut()


def test_an_answer_runs_from_question_to_end(qtbot: QtBot) -> None:
    desk = Desk(SCRIPT)
    changes: list[bool] = []
    speeds: list[str] = []
    desk.session.running_changed.connect(changes.append)
    desk.session.speed_changed.connect(speeds.append)
    with qtbot.waitSignals([desk.session.thread_opened, desk.session.threads_changed]):
        assert desk.session.ask("Solve")
    qtbot.waitUntil(lambda: changes == [True, False])
    assert desk.text(desk.grown) == "3x = 15x = 5\\boxed{5}"
    assert speeds[0].startswith("23.4 tok/s · ")
    assert speeds[-1] == ""
    assert desk.session.answer_text(None) == SCRIPT.text
    assert desk.session.question(None) == ("Solve", Mode.SOLVE)
    assert desk.session.solution("a1") is desk.session.solution(None) is not None
    assert desk.session.solution("a99") is None
    assert desk.session.code("nothing") is None


def test_an_empty_problem_and_a_second_one_are_refused(qtbot: QtBot, shut: list[Session]) -> None:
    desk = Desk(SLOW, pause_s=0.002)
    shut.append(desk.session)
    assert not desk.session.ask("  \n")
    assert desk.session.ask("Solve")
    assert not desk.session.ask("Another")


def test_stop_ends_the_answer_and_keeps_its_text(qtbot: QtBot) -> None:
    desk = Desk(SLOW, pause_s=0.002)
    desk.session.ask("Solve")
    qtbot.waitUntil(lambda: len(desk.text(desk.grown)) > 50)
    with qtbot.waitSignal(desk.session.running_changed):
        desk.session.stop()
    (exchange,) = desk.history.exchanges(1)
    assert exchange.state is ExchangeState.STOPPED
    assert NoticeKind.STOPPED in [one.kind for one in desk.grown if isinstance(one, ShowNotice)]


def test_an_expected_error_is_a_line_in_the_thread(qtbot: QtBot) -> None:
    desk = Desk(SCRIPT, error=ModelHostDied("The model died.", hint="Ask again."))
    with qtbot.waitSignal(desk.session.running_changed, check_params_cb=lambda on: not on):
        desk.session.ask("Solve")
    notice = next(one for one in desk.grown if isinstance(one, ShowNotice))
    assert (notice.kind, notice.text, notice.hint) == (
        NoticeKind.FAILED, "The model died.", "Ask again.",
    )  # fmt: skip


def test_a_fault_reaches_the_crash_border_with_its_traceback(qtbot: QtBot) -> None:
    desk = Desk(SCRIPT, error=ZeroDivisionError("a bug"))
    with qtbot.waitSignal(desk.session.crashed) as crashed:
        desk.session.ask("Solve")
    assert "ZeroDivisionError: a bug" in crashed.args[0]
    qtbot.waitUntil(lambda: not desk.session.is_running)


def test_a_running_answer_goes_on_while_another_thread_is_open(qtbot: QtBot) -> None:
    desk = Desk(Script("one line\n" * 60), pause_s=0.005)
    desk.session.ask("Solve")
    qtbot.waitUntil(lambda: len(desk.text(desk.grown)) > 30)
    desk.session.open_thread(None)
    seen = len(desk.grown)
    qtbot.wait(60)
    assert len(desk.grown) == seen  # nothing is told to the page of another thread
    desk.session.open_thread(1)
    qtbot.waitUntil(lambda: not desk.session.is_running)
    told = desk.replaced + desk.grown[seen:]
    assert desk.text(told) == "one line" * 60


def test_threads_are_renamed_deleted_and_restored(qtbot: QtBot) -> None:
    desk = Desk(SCRIPT)
    with qtbot.waitSignal(desk.session.running_changed, check_params_cb=lambda on: not on):
        desk.session.ask("Solve")
    desk.session.rename_thread(1, "Mine")
    assert desk.history.threads()[0].title == "Mine"
    desk.session.delete_thread(1)
    assert (desk.session.thread_id, desk.replaced) == (None, [])
    desk.session.restore_thread(1)
    assert desk.session.thread_id == 1
    assert desk.text(desk.replaced) == "3x = 15x = 5\\boxed{5}"


def test_a_history_that_refuses_is_reported(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise HistoryError("The disk is full.", hint="Free some space.")

    desk = Desk(SCRIPT)
    for name in ("threads", "exchanges", "rename_thread", "delete_thread", "restore_thread",
                 "begin_exchange"):  # fmt: skip
        monkeypatch.setattr(desk.history, name, refuse)
    for call in (
        desk.session.refresh_threads,
        lambda: desk.session.open_thread(1),
        lambda: desk.session.rename_thread(1, "x"),
        lambda: desk.session.delete_thread(1),
        lambda: desk.session.restore_thread(1),
        lambda: desk.session.ask("Solve"),
    ):
        with qtbot.waitSignal(desk.session.failed) as failed:
            call()
        assert str(failed.args[0]) == "The disk is full."


def test_errands_report_result_error_and_fault(qtbot: QtBot) -> None:
    def expected() -> None:
        raise HistoryError("no")

    def fault() -> None:
        raise KeyError("bug")

    class Taker(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.taken: list[int] = []

        def take(self, value: int) -> None:
            self.taken.append(value)

    taker = Taker()
    errands = Errands()
    errands.start(lambda: 5, taker.take)
    qtbot.waitUntil(lambda: taker.taken == [5])
    with qtbot.waitSignal(errands.failed):
        errands.start(expected, taker.take)
    with qtbot.waitSignal(errands.crashed) as crashed:
        errands.start(fault, taker.take)
    assert "KeyError" in crashed.args[0]
    errands.shut(10_000)


def test_every_signal_of_an_errand_carries_its_value(qtbot: QtBot) -> None:
    call = CallErrand(lambda: "value")
    with qtbot.waitSignals([call.done, call.finished]):
        call.start()
    run = FakeRun(
        FakeHistory(), 1, "p", [SCRIPT], chars=5, pause_s=0.0, error=None, chosen=-1
    )  # fmt: skip
    solve = SolveErrand(run)
    with qtbot.waitSignals([solve.event_arrived, solve.finished]):
        solve.start()
