import pytest

from tests.tutor_fakes import FakeChecker, FakeModel
from tutor_app.core.errors import ModelHostDied
from tutor_app.core.events import (
    AttemptEnded,
    AttemptStarted,
    ProblemRead,
    Solved,
    SolveEvent,
    StepJudged,
    StepSubmitted,
    TextWritten,
)
from tutor_app.core.ports import FinishReason, Role
from tutor_app.core.solution import Solution, Source
from tutor_app.core.verdict import Status
from tutor_app.tutor.cancellation import Cancellation
from tutor_app.tutor.solve import SolveOptions, Solver

ANSWERS = {"{5}": Status.VERIFIED, "{6}": Status.REFUTED}
RIGHT = "a good line\nsome words\n<w>7+6=13 bad</w>\n\\boxed{5}"
WRONG = "a bad line\n\\boxed{6}"


def run(model: FakeModel, *, attempts: int = 4) -> tuple[list[SolveEvent], Solution]:
    solver = Solver(model, FakeChecker(ANSWERS), SolveOptions(attempts=attempts, seed=7))
    events = list(solver.solve("Solve 3x + 5 = 20", Cancellation(model)))
    last = events[-1]
    assert isinstance(last, Solved)
    return events, last.solution


def test_events_come_in_order_and_end_with_the_solution() -> None:
    events, _ = run(FakeModel((RIGHT,)))
    assert isinstance(events[0], ProblemRead)
    assert isinstance(events[1], AttemptStarted)
    assert isinstance(events[-2], AttemptEnded)
    text = "".join(event.text for event in events if isinstance(event, TextWritten))
    assert text == RIGHT


def test_every_line_is_submitted_once_and_judged_once() -> None:
    events, solution = run(FakeModel((RIGHT,)))
    submitted = [event.index for event in events if isinstance(event, StepSubmitted)]
    judged = [event.index for event in events if isinstance(event, StepJudged)]
    assert submitted == sorted(set(submitted))
    assert sorted(judged) == submitted == [step.index for step in solution.steps]


def test_scratch_work_is_no_step() -> None:
    _, solution = run(FakeModel((RIGHT,)))
    assert [step.text for step in solution.steps] == ["a good line", "some words", "\\boxed{5}"]


def test_a_line_sees_the_lines_before_it() -> None:
    model, checker = FakeModel((RIGHT,)), FakeChecker(ANSWERS)
    list(Solver(model, checker, SolveOptions(seed=1)).solve("p", Cancellation(model)))
    assert checker.lines[1][0] == ("a good line",)


def test_a_verified_answer_ends_the_attempts() -> None:
    model = FakeModel((WRONG, RIGHT, WRONG))
    _, solution = run(model)
    assert solution.answer == "5"
    assert solution.verdict.status is Status.VERIFIED
    assert [attempt.status for attempt in solution.attempts] == [Status.REFUTED, Status.VERIFIED]
    assert solution.source is Source.MODEL


def test_attempts_end_where_the_user_set_the_limit() -> None:
    _, solution = run(FakeModel((WRONG,)), attempts=3)
    assert len(solution.attempts) == 3
    assert solution.verdict.status is Status.REFUTED


def test_an_undecided_answer_is_preferred_to_a_refuted_one() -> None:
    _, solution = run(FakeModel((WRONG, "\\boxed{7}", WRONG)), attempts=3)
    assert solution.answer == "7"
    assert solution.verdict.status is Status.UNKNOWN


def test_among_undecided_answers_the_commonest_wins() -> None:
    texts = ("\\boxed{7}", "\\boxed{8}", "\\boxed{8}")
    _, solution = run(FakeModel(texts), attempts=3)
    assert solution.answer == "8"


def test_each_attempt_has_its_own_seed_and_the_first_is_recorded() -> None:
    model = FakeModel((WRONG,))
    _, solution = run(model, attempts=3)
    assert [request.sampling.seed for request in model.requests] == [7, 8, 9]
    assert solution.seed == 7


def test_the_model_reads_the_normalised_problem_and_the_solution_keeps_the_typed_one() -> None:
    model = FakeModel((RIGHT,))
    _, solution = run(model)
    assert model.requests[0].messages[-1].role is Role.USER
    assert model.requests[0].messages[-1].text == "Solve 3x+5=20"
    assert solution.problem == "Solve 3x + 5 = 20"


def test_stopping_ends_the_run_with_what_was_written() -> None:
    model = FakeModel((RIGHT,))
    cancellation = Cancellation(model)
    model.on_piece = lambda count: cancellation.request() if count == 3 else None
    *_, last = Solver(model, FakeChecker(ANSWERS), SolveOptions(seed=1)).solve("p", cancellation)
    assert isinstance(last, Solved)
    assert last.solution.finish_reason is FinishReason.STOPPED
    assert last.solution.text == RIGHT[:9]
    assert last.solution.verdict.status is Status.UNKNOWN
    assert len(model.requests) == 1


def test_an_answer_without_a_box_is_undecided_and_says_so() -> None:
    _, solution = run(FakeModel(("I do not know",)), attempts=1)
    assert solution.answer == ""
    assert solution.verdict.status is Status.UNKNOWN
    assert "box" in solution.verdict.evidence[0].text


def test_a_dying_model_is_raised_to_whoever_shows_it() -> None:
    model = FakeModel((RIGHT,), error_after=2)
    model.error = ModelHostDied("gone")
    with pytest.raises(ModelHostDied):
        run(model)
