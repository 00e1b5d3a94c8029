from concurrent.futures import Future

from tests.tutor_fakes import FakeChecker, FakeModel, done
from tutor_app.core.events import Solved
from tutor_app.core.verdict import Method, Status, Verdict
from tutor_app.tutor.cancellation import Cancellation
from tutor_app.tutor.solve import SolveOptions, Solver


class FormChecker(FakeChecker):
    """6/8 has the right value in the wrong form, 3/4 is right in both."""

    def check_answer(self, problem: str, answer: str) -> "Future[Verdict]":
        form = Status.VERIFIED if "3/4" in answer else Status.REFUTED
        return done(Verdict(Status.VERIFIED, Method.EXACT_ARITHMETIC, form_status=form))


def test_a_right_value_in_the_wrong_form_is_tried_again_and_loses_to_the_right_form() -> None:
    model = FakeModel(("\\boxed{6/8}", "\\boxed{3/4}"))
    solver = Solver(model, FormChecker(), SolveOptions(attempts=4, seed=1))
    *_, last = solver.solve("Simplify 6/8", Cancellation(model))
    assert isinstance(last, Solved)
    assert last.solution.answer == "3/4"
    assert len(last.solution.attempts) == 2


def test_only_value_and_form_together_are_complete() -> None:
    right = Verdict(Status.VERIFIED, Method.EXACT_ARITHMETIC)
    wrong_form = Verdict(Status.VERIFIED, Method.EXACT_ARITHMETIC, form_status=Status.REFUTED)
    assert right.is_complete
    assert not wrong_form.is_complete
