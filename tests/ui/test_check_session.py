"""Checks of a working as it is typed: bursts, order, failures, cancelling."""

import threading
from concurrent.futures import CancelledError, Future
from functools import partial

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWindow
from tests.ui.fakes import WordChecker
from tutor_app.core.errors import CheckerError
from tutor_app.core.verdict import ChainVerdict
from tutor_app.core.working import CheckedWorking
from tutor_app.tutor.working import WorkingCheck
from tutor_app.ui.check_session import CheckSession
from tutor_app.ui.conversation import WorkingCheck as Check
from tutor_app.ui.operations import Operation, ShowWorking, SignState

BAD_WORKING = "1 = good\n2 = bad\n3 = good\n4 = odd"


class HeldCheck:
    """A check that ends when it is told to."""

    def __init__(self, problem: str, text: str) -> None:
        self.text = text
        self.is_cancelled = False
        self._released = threading.Event()
        self._checker = WordChecker()
        self._problem = problem

    def release(self) -> None:
        self._released.set()

    def cancel(self) -> None:
        self.is_cancelled = True

    def result(self) -> CheckedWorking | None:
        self._released.wait(10)
        return WorkingCheck(self._checker, self._problem, self.text).result()


class Shown:
    """The last working that a session showed."""

    def __init__(self, session: CheckSession) -> None:
        self.last: ShowWorking | None = None
        session.shown.connect(self._keep)

    def _keep(self, operations: list[Operation]) -> None:
        for operation in operations:
            if isinstance(operation, ShowWorking):
                self.last = operation

    def tells(self, title: str) -> bool:
        card = self.last.card if self.last is not None else None
        return card is not None and title in card.title

    def states(self) -> list[SignState]:
        return [line.sign.state for line in self.last.lines] if self.last is not None else []


def test_the_newest_text_wins_though_an_older_check_ends_later(qtbot: QtBot) -> None:
    checks: list[HeldCheck] = []

    def begin(problem: str, text: str) -> Check:
        checks.append(HeldCheck(problem, text))
        return checks[-1]

    session = CheckSession(begin)
    page = Shown(session)
    session.set_text("", "1 = good", 1)
    qtbot.waitUntil(lambda: len(checks) == 1)
    session.set_text("", "1 = bad", 1)
    assert checks[0].is_cancelled
    qtbot.waitUntil(lambda: len(checks) == 2)
    checks[1].release()
    with qtbot.waitSignal(session.checked):
        pass
    checks[0].release()
    QTest.qWait(50)
    assert session.found is not None
    assert page.states() == [SignState.REFUTED]
    session.shut(1_000)


def test_a_burst_of_typing_is_one_check(qtbot: QtBot) -> None:
    asked: list[str] = []

    def begin(problem: str, text: str) -> Check:
        asked.append(text)
        return WorkingCheck(WordChecker(), problem, text)

    session = CheckSession(begin)
    with qtbot.waitSignal(session.checked) as checked:
        for length in range(1, 9):
            session.set_text("", "1 = good"[:length], 1)
    assert asked == ["1 = good"]
    assert checked.args[0].summary
    session.set_text("", "1 = good", 2)  # the cursor alone moves
    QTest.qWait(30)
    assert asked == ["1 = good"]
    session.shut(1_000)


def test_a_problem_typed_above_the_working_is_the_problem_and_its_findings_are_shown(
    qtbot: QtBot,
) -> None:
    session = CheckSession(partial(WorkingCheck, WordChecker()))
    shown = Shown(session)
    with qtbot.waitSignal(session.checked):
        session.set_text("", "Solve 2x = 8\n1 = good\n2 = bad", 2)
    assert shown.last is not None
    assert "Solve" in shown.last.problem
    assert [line.number for line in shown.last.lines] == [2, 3]
    assert shown.last.lines[1].sign.state is SignState.REFUTED
    assert shown.last.card is not None
    session.shut(10_000)


def test_a_check_that_cannot_begin_or_fails_is_told_on_the_page(qtbot: QtBot) -> None:
    class Failing:
        def cancel(self) -> None:
            """Nothing runs."""

        def result(self) -> CheckedWorking | None:
            raise CheckerError("It died.", hint="Try again.")

    def refuse(problem: str, text: str) -> Check:
        raise CheckerError("The checker has been closed.")

    for begin in (refuse, lambda problem, text: Failing()):
        session = CheckSession(begin)
        page = Shown(session)
        session.set_text("", "1 = good", 1)
        qtbot.waitUntil(partial(page.tells, "The check failed"))
        assert page.states() == [SignState.PENDING]
        assert session.found is None
        session.shut(1_000)


def test_a_fault_of_the_program_is_told_with_its_traceback(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    class Broken:
        def cancel(self) -> None:
            """Nothing runs."""

        def result(self) -> CheckedWorking | None:
            raise ZeroDivisionError("a bug")

    window = make_window(check_working=lambda problem, text: Broken())
    page = window.check_page
    with qtbot.waitSignals([page.session.crashed, page.crashed]):
        page.editor.replace_text("1 = good")


def test_a_cancelled_check_shows_nothing(qtbot: QtBot) -> None:
    class Waiting(WordChecker):
        def check_steps(self, problem: str, lines: tuple[str, ...]) -> "Future[ChainVerdict]":
            future: Future[ChainVerdict] = Future()
            futures.append(future)
            return future

    futures: list[Future[ChainVerdict]] = []
    session = CheckSession(partial(WorkingCheck, Waiting()))
    session.set_text("", "1 = good", 1)
    session.check_now()
    session.shut(1_000)
    assert session.found is None
    with pytest.raises(CancelledError):
        futures[0].result(timeout=0)


# -- the editor and files
