"""Code mode in the window: a model that says what the test wants, a runner that runs nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from tests.program_fakes import ENDED, NOTHING, FakeRunner, outcome
from tests.tutor_fakes import FakeChecker, FakeModel
from tests.ui.conftest import MakeWindow, PageProbe
from tests.ui.fakes import FakeHistory
from tutor_app.core.program import RunOutcome, RunRequest
from tutor_app.core.records import ExchangeState, Mode
from tutor_app.core.settings import Settings
from tutor_app.tutor.code import Coder
from tutor_app.tutor.conversation import Conversation
from tutor_app.tutor.solve import SolveOptions, Solver
from tutor_app.ui.code_words import NEEDS_LARGER_MODEL, examples_note
from tutor_app.ui.composer import Composer
from tutor_app.ui.growing_edit import GrowingEdit
from tutor_app.ui.main_window import MainWindow


def _fenced(source: str, language: str = "python") -> str:
    return f"First I think.\n\n```{language}\n{source}\n```\n"


RIGHT, WRONG = _fenced("print(int(input()) * 2)"), _fenced("print(int(input()) * 3)")


def _doubles(request: RunRequest) -> RunOutcome:
    factor = 2 if "* 2" in request.source else 3
    return outcome(stdout=f"{int(request.stdin or b'1') * factor}\n".encode())


class Desk:
    """A window in code mode."""

    def __init__(
        self, make_window: MakeWindow, qtbot: QtBot, *texts: str,
        runner: FakeRunner | None = None, history: FakeHistory | None = None,
    ) -> None:  # fmt: skip
        self.qtbot = qtbot
        self.model = FakeModel(texts)
        self.runner = runner or FakeRunner(decide=_doubles)
        self.history = history or FakeHistory()
        options = SolveOptions(attempts=1, seed=7)
        solver = Solver(self.model, FakeChecker(), options)
        conversation = Conversation(solver, Coder(self.model, self.runner, options), self.history)
        self.window: MainWindow = make_window(
            history=self.history, conversation=conversation, runner=self.runner
        )
        self.window.composer.set_mode(Mode.PYTHON)
        self.page = PageProbe(self.window.transcript)

    def ask(self, problem: str) -> PageProbe:
        """Send a problem and wait for the end."""
        self.window.composer.set_text(problem)
        self.window.composer.sent.emit(self.window.composer.text)
        return self.finish()

    def finish(self) -> PageProbe:
        """Wait for the end."""
        session, transcript = self.window.session, self.window.transcript
        self.qtbot.waitUntil(lambda: not session.is_running, timeout=10_000)
        self.qtbot.waitUntil(lambda: transcript.is_idle, timeout=10_000)
        return self.page


def test_a_program_that_passes_shows_its_table_and_badge(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    page = Desk(make_window, qtbot, RIGHT).ask("Double it\n\nExamples:\n2 => 4\n-3 => -6")
    assert page.texts(".card.program.ran .card-title") == ["Passed 2 of 2"]
    assert "does not prove it right" in page.texts(".card-sentence")[0]
    assert page.texts(".tests th") == ["#", "Input", "Expected", "Found", "Outcome"]
    assert page.texts(".tests tbody tr:first-child td") == ["1", "2", "4", "4", "✓ passed"]
    assert page.texts(".code button") == ["Run", "Copy"]
    assert page.count(".card.verified") == 0
    assert page.texts(".bubble") == ["Double it\n\nExamples:\n2 => 4\n-3 => -6"]
    assert "Protected · bubblewrap" in page.texts(".card dd")[1]
    assert page.texts(".tools button") == ["Copy", "Ask again"]


def test_a_repaired_second_try_is_said(make_window: MakeWindow, qtbot: QtBot) -> None:
    page = Desk(make_window, qtbot, WRONG, RIGHT).ask("Double it\n\nExamples:\n2 => 4")
    assert page.texts(".card-title") == ["Passed 1 of 1"]
    assert "second try, because the first failed" in page.texts(".card-sentence")[1]
    (folded,) = page.texts(".folded > summary")
    assert folded.startswith("Attempt 1: failed: for the input '2'")


def test_a_second_try_that_is_no_better_gives_way_to_the_first(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    desk = Desk(make_window, qtbot, WRONG, _fenced("print(int(input()) * 3) # again"))
    page = desk.ask("Double it\n\nExamples:\n2 => 4\n0 => 0")
    assert page.texts(".card.refuted .card-title") == ["Passed 1 of 2"]
    assert "the program is wrong, or an example is" in page.texts(".card-sentence")[0]
    assert page.texts(".tests .failed td")[-1] == "✗ failed"
    assert "was no better" in page.texts(".card-sentence")[1]
    assert page.texts(".attempt:not(.folded) code") == ["print(int(input()) * 3)"]


def test_without_examples_a_program_only_ran(make_window: MakeWindow, qtbot: QtBot) -> None:
    page = Desk(make_window, qtbot, _fenced("print(42)"), runner=FakeRunner()).ask("Print it")
    assert page.texts(".card.program.ran .card-title") == ["Ran"]
    assert "nothing was compared" in page.texts(".card-sentence")[0]
    assert page.texts(".program-output pre") == ["42\n"]


def test_an_answer_without_a_program_was_not_run(make_window: MakeWindow, qtbot: QtBot) -> None:
    page = Desk(make_window, qtbot, "I would rather not.").ask("Double it")
    assert page.texts(".card.program.unknown .card-title") == ["Not run"]
    assert "holds no program" in page.texts(".card-sentence")[0]


def test_without_protection_the_program_is_not_run(make_window: MakeWindow, qtbot: QtBot) -> None:
    desk = Desk(make_window, qtbot, RIGHT, runner=FakeRunner(ENDED, isolation=NOTHING))
    page = desk.ask("Double it\n\nExamples:\n2 => 4")
    assert page.texts(".card-title") == ["Not run"]
    assert not any(request.allows_unprotected for request in desk.runner.requests)


def test_stop_ends_the_writing(make_window: MakeWindow, qtbot: QtBot) -> None:
    desk = Desk(make_window, qtbot, RIGHT)
    reached: list[int] = []

    def on_piece(count: int) -> None:
        reached.append(count)
        if count == 3:
            desk.window.session.stop()

    desk.model.on_piece = on_piece
    page = desk.ask("Double it\n\nExamples:\n2 => 4")
    assert page.texts(".card-title") == ["Not run"]
    assert "Stopped by you" in page.texts(".notice.stopped")[0]
    assert desk.runner.requests == []
    assert reached[-1] == 3


def test_stop_ends_the_running_program(make_window: MakeWindow, qtbot: QtBot) -> None:
    desk = Desk(make_window, qtbot, RIGHT, runner=FakeRunner(decide=_doubles))
    desk.runner.holds = True
    desk.window.composer.set_text("Double it\n\nExamples:\n2 => 4")
    desk.window.composer.sent.emit(desk.window.composer.text)
    qtbot.waitUntil(lambda: bool(desk.runner.requests))
    qtbot.waitUntil(lambda: desk.page.texts(".status") == ["Trying the program on 1 example…"])
    desk.window.activateWindow()
    QTest.keyClick(desk.window, Qt.Key.Key_Escape)
    page = desk.finish()
    assert page.texts(".card-title") == ["Not run"]
    assert "stopped before the program was tried" in page.texts(".card-sentence")[0]
    (exchange,) = desk.history.exchanges(1)
    assert exchange.state is ExchangeState.STOPPED
    assert len(desk.model.requests) == 1


def test_a_reopened_thread_shows_text_badge_and_table(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    history = FakeHistory()
    first = Desk(make_window, qtbot, WRONG, RIGHT, history=history)
    before = first.ask("Double it\n\nExamples:\n2 => 4")
    shown = [before.texts(one) for one in (".card", ".tests td", ".attempt:not(.folded) .block")]
    first.window.close()
    second = make_window(history=history, settings=Settings(last_thread_id=1))
    qtbot.waitUntil(lambda: second.transcript.is_idle)
    page = PageProbe(second.transcript)
    qtbot.waitUntil(lambda: page.count(".card") == 1)
    assert [page.texts(one) for one in (".card", ".tests td", ".attempt .block")] == shown


def test_ask_again_asks_for_a_program_again(make_window: MakeWindow, qtbot: QtBot) -> None:
    desk = Desk(make_window, qtbot, RIGHT)
    desk.ask("Double it\n\nExamples:\n2 => 4")
    desk.window.composer.set_mode(Mode.SOLVE)
    desk.window.transcript.pressed.emit("ask-again", "a1")
    page = desk.finish()
    assert page.texts(".card-title") == ["Passed 1 of 1"] * 2
    assert desk.window.session.answer_text(None) == RIGHT


def test_an_example_of_the_empty_screen_is_solved_in_any_mode(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    desk = Desk(make_window, qtbot, "\\boxed{5}")
    desk.window.welcome.example_chosen.emit("Solve 3x + 5 = 20")
    desk.finish()
    (exchange,) = desk.history.exchanges(1)
    assert exchange.mode is Mode.SOLVE
    assert exchange.solution is not None


def test_the_built_in_model_is_said_to_write_no_programs(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window()

    def warning() -> str:
        label = window.composer.findChild(QLabel, "warning")
        assert isinstance(label, QLabel)
        return label.text() if label.isVisible() else ""

    assert warning() == ""
    with qtbot.waitSignal(window.composer.mode_changed):
        window.composer.set_mode(Mode.CPP)
    assert warning() == NEEDS_LARGER_MODEL
    window.model_line.chosen.emit("/models/larger.gguf")
    assert warning() == ""
    window.model_line.chosen.emit("")
    assert warning() == NEEDS_LARGER_MODEL
    window.composer.set_mode(Mode.SOLVE)
    assert warning() == ""


def test_the_mode_is_remembered(make_window: MakeWindow) -> None:
    first = make_window()
    first.composer.set_mode(Mode.CPP)
    first.close()
    assert make_window().composer.mode is Mode.CPP


@pytest.fixture
def composer(qtbot: QtBot) -> Composer:
    made = Composer()
    qtbot.addWidget(made)
    made.show()
    return made


def _fields(composer: Composer) -> tuple[GrowingEdit, GrowingEdit]:
    problem, examples = composer.findChildren(GrowingEdit)
    return problem, examples


def test_examples_have_a_field_of_their_own_only_for_programs(composer: Composer) -> None:
    problem, examples = _fields(composer)
    assert not examples.isVisible()
    composer.set_text("Double it\n\nExamples:\n2 => 4")
    combo = composer.findChild(QComboBox)
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(1)
    assert examples.isVisible()
    assert (problem.toPlainText(), examples.toPlainText()) == ("Double it", "2 => 4")
    combo.setCurrentIndex(0)
    assert problem.toPlainText() == "Double it\n\nExamples:\n2 => 4"
    assert examples.toPlainText() == ""


def test_enter_makes_lines_among_the_examples_and_ctrl_enter_sends(
    composer: Composer, qtbot: QtBot
) -> None:
    composer.set_mode(Mode.PYTHON)
    problem, examples = _fields(composer)
    problem.setPlainText("Double it")
    QTest.keyClicks(examples, "2 => 4")
    QTest.keyClick(examples, Qt.Key.Key_Return)
    QTest.keyClicks(examples, "3 => 6")
    with qtbot.waitSignal(composer.sent) as sent:
        QTest.keyClick(examples, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent.args == ["Double it\n\nExamples:\n2 => 4\n3 => 6"]


@pytest.mark.parametrize(
    ("lines", "mode", "words"),
    [
        ("", Mode.PYTHON, "add(2, 3) == 5"),
        ("2 => 4", Mode.PYTHON, "tried on 1 example."),
        ("2 => 4\nf(2) == 4", Mode.PYTHON, "tried on 2 examples."),
        ("2 => 4\nnonsense", Mode.PYTHON, "Line 2 is no example"),
        ("f(2) == 4", Mode.CPP, "Line 1 is no example: write input => output."),
    ],
)
def test_what_was_understood_of_the_examples_is_said(lines: str, mode: Mode, words: str) -> None:
    assert mode.language is not None
    assert words in examples_note(lines, mode.language)
