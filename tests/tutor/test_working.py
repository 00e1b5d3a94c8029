"""A learner's working: what is said of it is never more than what was checked."""

from concurrent.futures import Future
from dataclasses import replace

import pytest

from tests.tutor_fakes import FakeChecker, done
from tutor_app.core.verdict import (
    ChainVerdict,
    Evidence,
    Method,
    Relation,
    SlipGuess,
    Status,
    StepVerdict,
    Verdict,
    unknown,
)
from tutor_app.core.working import CheckedWorking
from tutor_app.tutor.learner_lines import learner_lines, stated_problem
from tutor_app.tutor.working import WorkingCheck, slip_of

_METHODS = {
    Status.VERIFIED: Method.SOLUTION_SET,
    Status.REFUTED: Method.SOLUTION_SET,
    Status.UNKNOWN: Method.UNPARSED,
}
OK, BAD, OPEN = Status.VERIFIED, Status.REFUTED, Status.UNKNOWN


class ChainChecker(FakeChecker):
    """Gives the lines these statuses, whatever they hold."""

    def __init__(self, *statuses: Status, answer: Verdict | None = None) -> None:
        super().__init__()
        self.statuses = statuses
        self.answer = answer
        self.asked: list[tuple[str, ...]] = []
        self.answers_asked: list[str] = []

    def check_steps(self, problem: str, lines: tuple[str, ...]) -> "Future[ChainVerdict]":
        self.asked.append(lines)
        steps = tuple(
            StepVerdict(
                n, status, _METHODS[status], Relation.EQUIVALENT, f"reason {n}",
                (Evidence(_METHODS[status], f"evidence {n}"),),
                follows_through=status is OK and BAD in self.statuses[:n],
            )
            for n, status in zip(range(len(lines)), self.statuses, strict=True)
        )  # fmt: skip
        wrong = [step.index for step in steps if step.status is BAD]
        return done(ChainVerdict(steps, wrong[0] if wrong else None, OPEN not in self.statuses))

    def check_answer(self, problem: str, answer: str) -> "Future[Verdict]":
        self.answers_asked.append(answer)
        return done(self.answer or unknown(Method.UNSUPPORTED, "never"))


def checked(
    text: str, *statuses: Status, problem: str = "", answer: Verdict | None = None
) -> CheckedWorking:
    working = WorkingCheck(ChainChecker(*statuses, answer=answer), problem, text).result()
    assert working is not None
    return working


RIGHT = Verdict(OK, Method.SUBSTITUTION)
WRONG = Verdict(BAD, Method.SUBSTITUTION)
WRONG_FORM = Verdict(OK, Method.SUBSTITUTION, form_status=BAD)


def test_the_first_wrong_line_is_named_by_its_place_in_the_text() -> None:
    working = checked("2x = 8\n\n2x = 9\nx = 9/2", OK, BAD, OK)
    assert working.first_wrong == 1
    assert working.summary == "Line 3 is the first that does not follow: reason 1."


def test_a_right_step_after_a_wrong_line_is_carried_and_not_right() -> None:
    working = checked("a=1\nb=2\nc=3", OK, BAD, OK)
    assert [line.is_carried for line in working.lines] == [False, False, True]
    assert [line.is_right for line in working.lines] == [True, False, False]


@pytest.mark.parametrize(
    ("statuses", "answer", "summary"),
    [
        ((OK, OK), RIGHT, "Every line follows; the final answer solves the problem."),
        ((OK, OK), WRONG_FORM, "Every line follows; the final value is right, but not in the form"
         " asked for."),
        ((OK, OK), WRONG, "Every line follows, but the last line is not the answer to the problem"
         " yet."),
        ((OK, OK), None, "Every line follows; I could not check the final answer against the"
         " problem."),
        ((OK, OPEN), None, "I could not check line 2. The other lines follow."),
        ((OPEN, OPEN), None, "I could not check lines 1 and 2."),
        ((OPEN, OK), RIGHT, "I could not check line 1. The other lines follow. The final answer"
         " solves the problem."),
        ((OPEN, BAD), RIGHT, "Line 2 does not follow: reason 1. Before it, I could not check"
         " line 1."),
    ],
)  # fmt: skip
def test_the_summary_says_what_was_decided(
    statuses: tuple[Status, ...], answer: Verdict | None, summary: str
) -> None:
    assert checked("a=1\nb=2", *statuses, problem="p", answer=answer).summary == summary


@pytest.mark.parametrize("statuses", [(OPEN, OK), (OK, OPEN), (OPEN, OPEN)])
def test_a_working_with_an_undecided_line_is_never_praised_as_a_whole(
    statuses: tuple[Status, ...],
) -> None:
    working = checked("a=1\nb=2", *statuses, problem="p", answer=RIGHT)
    assert not working.is_complete
    assert "Every line" not in working.summary
    assert "could not check" in working.summary


def test_several_undecided_lines_are_all_named() -> None:
    working = checked("a=1\nb=2\nc=3\nd=4", OPEN, OK, OPEN, OPEN)
    assert working.summary.startswith("I could not check lines 1, 3 and 4.")


def test_many_undecided_lines_are_counted() -> None:
    text = "\n".join(f"a = {n}" for n in range(20))
    summary = checked(text, *([OPEN] * 20)).summary
    assert summary == "I could not check 20 lines, the first of them line 1."


def test_without_a_problem_nothing_is_said_of_the_answer() -> None:
    working = checked("a=1\nb=2", OK, OK)
    assert working.answer is None
    assert working.summary == "Every line follows."


def test_one_line_without_a_problem_follows_from_nothing() -> None:
    assert "follows from nothing" in checked("x = 3", OK).summary


def test_no_lines_are_no_working() -> None:
    working = checked(" \n\n")
    assert working.lines == ()
    assert working.summary == "There is no working to check yet."


def test_words_before_the_first_formula_do_not_break_the_chain() -> None:
    checker = ChainChecker(OK, BAD)
    working = WorkingCheck(checker, "", "Let us factor\nx^2 = 4\nx = 2").result()
    assert working is not None
    assert checker.asked == [("x^2 = 4", "x = 2")]
    assert working.first_wrong == 2
    assert [line.verdict.index for line in working.lines] == [0, 1, 2]
    assert working.lines[0].verdict.status is OPEN


def test_the_answer_is_the_last_line_without_its_leading_equals_sign() -> None:
    checker = ChainChecker(OK, OK)
    WorkingCheck(checker, "Calculate 3*4", "3*4\n = 12").result()
    assert checker.answers_asked == ["12"]


@pytest.mark.parametrize(
    ("row", "step"),
    [
        ("so x = 2", "x = 2"),
        ("Therefore, x = 2", "x = 2"),
        ("=> 3x = 12", "3x = 12"),
        ("⇒ and so x = 2", "x = 2"),
        (r"\implies x = 2", "x = 2"),
        ("Step 2: x = 2", "x = 2"),
        ("= 3x + 1", "= 3x + 1"),
        ("sox = 2", "sox = 2"),
        ("x = 2 (a double root)", "x = 2 (a double root)"),
        ("so far", "far"),
        ("so", "so"),
        ("2. 5 + 1 = 3.5", "2. 5 + 1 = 3.5"),
    ],
)
def test_connecting_words_are_dropped_and_nothing_that_claims(row: str, step: str) -> None:
    assert learner_lines(row)[0].step == step


def test_counters_are_dropped_only_where_every_line_counts_on() -> None:
    assert [line.step for line in learner_lines("1. x = 4\n2. y = 5")] == ["x = 4", "y = 5"]
    odd = "1. x = 4\n3. y = 5"
    assert [line.step for line in learner_lines(odd)] == odd.splitlines()


def test_a_first_line_may_state_the_problem_and_the_numbers_stay() -> None:
    problem, text = stated_problem("Problem: Solve 2x = 8\nx = 4")
    assert problem == "Solve 2x = 8"
    assert learner_lines(text)[0].number == 2
    assert stated_problem("Solve 2x = 8\nx = 4") == ("Solve 2x = 8", "\nx = 4")
    assert stated_problem("x = 4\ny = 3") == ("", "x = 4\ny = 3")


def test_a_cancelled_check_has_no_result() -> None:
    class Waiting(ChainChecker):
        def check_steps(self, problem: str, lines: tuple[str, ...]) -> "Future[ChainVerdict]":
            return Future()

    check = WorkingCheck(Waiting(), "p", "x = 1")
    check.cancel()
    assert check.result() is None


def test_a_guess_at_the_slip_is_told_as_a_sentence() -> None:
    guess = SlipGuess("lost-root", "perhaps the negative root was forgotten")
    wrong = StepVerdict(0, BAD, Method.SUBSTITUTION, Relation.CLAIM, "no", slip=guess)
    assert slip_of(wrong) == "Perhaps the negative root was forgotten."
    assert slip_of(replace(wrong, slip=None)) == ""


def test_a_right_line_cannot_carry_a_guess_at_a_slip() -> None:
    guess = SlipGuess("lost-root", "perhaps the negative root was forgotten")
    with pytest.raises(ValueError, match="refuted"):
        StepVerdict(0, OK, Method.SUBSTITUTION, Relation.EQUAL, "", slip=guess)
