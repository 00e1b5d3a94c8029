"""What the check page says of a working is never more than what was found."""

import dataclasses

import pytest

from tutor_app.core.verdict import Evidence, Method, Relation, Status, StepVerdict, Verdict
from tutor_app.core.working import CheckedLine, CheckedWorking
from tutor_app.tutor.learner_lines import learner_lines
from tutor_app.ui.operations import ShowWorking, SignState
from tutor_app.ui.working_words import working_page

TEXT = "2x = 8\n2x = 9\nx = 9/2"
PROBLEM = "Solve 2x = 8"
V, R, U = Status.VERIFIED, Status.REFUTED, Status.UNKNOWN
RIGHT = Verdict(V, Method.SUBSTITUTION, assumptions=("x ≠ 1",), reading="x = 4")


def found(
    *statuses: Status, text: str = TEXT, first_wrong: int | None = None,
    answer: Verdict | None = None,
) -> CheckedWorking:  # fmt: skip
    lines = []
    for index, (line, status) in enumerate(zip(learner_lines(text), statuses, strict=True)):
        method = Method.UNPARSED if status is U else Method.SOLUTION_SET
        verdict = StepVerdict(
            index, status, method, Relation.CLAIM, f"reason {index}",
            (Evidence(method, "x = 4: left 8, right 9"),), reading=f"reading {index}",
        )  # fmt: skip
        is_carried = first_wrong is not None and index > first_wrong and status is V
        lines.append(CheckedLine(line.number, line.text, verdict, is_carried, ""))
    is_complete = U not in statuses
    return CheckedWorking(
        PROBLEM, "solve 2*x = 8 for x", tuple(lines), first_wrong, is_complete, answer, "Summary."
    )


def page(
    working: CheckedWorking | None, text: str = TEXT, problem: str = PROBLEM, failure: str = ""
) -> ShowWorking:
    return working_page(problem, learner_lines(text), working, caret=1, failure=failure)


def states(shown: ShowWorking) -> list[SignState]:
    return [line.sign.state for line in shown.lines]


def test_a_step_that_follows_from_a_wrong_line_has_no_tick() -> None:
    shown = page(found(V, R, V, first_wrong=1))
    assert states(shown) == [SignState.VERIFIED, SignState.REFUTED, SignState.CARRIED]
    assert [line.is_first_wrong for line in shown.lines] == [False, True, False]
    assert "wrong line" in shown.lines[2].sign.title


def test_a_wrong_line_says_why_and_how_it_was_read() -> None:
    line = page(found(V, R, V, first_wrong=1)).lines[1]
    assert line.note == ("First line that does not follow: reason 1", "Read as: reading 1")
    assert line.sign.evidence == ("x = 4: left 8, right 9",)


def test_a_likely_slip_is_only_a_guess() -> None:
    working = found(V, R, V, first_wrong=1)
    wrong = dataclasses.replace(working.lines[1], slip="Perhaps a sign was lost.")
    lines = (working.lines[0], wrong, working.lines[2])
    line = page(dataclasses.replace(working, lines=lines)).lines[1]
    assert "Perhaps a sign was lost." in line.note


@pytest.mark.parametrize(
    ("statuses", "first_wrong", "answer", "state"),
    [
        ((V, V, V), None, None, SignState.VERIFIED),
        ((V, V, V), None, RIGHT, SignState.VERIFIED),
        ((V, V, V), None, Verdict(R, Method.SUBSTITUTION), SignState.UNKNOWN),
        ((V, V, V), None, Verdict(V, Method.SUBSTITUTION, form_status=R), SignState.UNKNOWN),
        ((V, U, V), None, RIGHT, SignState.UNKNOWN),
        ((V, R, V), 1, RIGHT, SignState.REFUTED),
    ],
)
def test_the_summary_has_a_tick_only_where_everything_was_decided(
    statuses: tuple[Status, ...], first_wrong: int | None, answer: Verdict | None, state: SignState
) -> None:
    card = page(found(*statuses, first_wrong=first_wrong, answer=answer)).card
    assert card is not None
    assert (card.state, card.title) == (state, "Summary.")


def test_one_line_alone_gets_no_tick_in_the_summary() -> None:
    card = page(found(V, text="x = 4"), "x = 4").card
    assert card is not None
    assert card.state is SignState.UNKNOWN


def test_the_assumption_of_the_answer_is_shown() -> None:
    card = page(found(V, V, V, answer=RIGHT)).card
    assert card is not None
    assert [fact.text for fact in card.facts] == ["verified", "x = 4", "x ≠ 1"]


def test_while_typing_lines_before_the_change_keep_a_stale_sign_and_later_ones_wait() -> None:
    shown = page(found(V, R, V, first_wrong=1), "2x = 8\n2x = 10\nx = 9/2")
    assert states(shown) == [SignState.VERIFIED, SignState.PENDING, SignState.PENDING]
    assert [line.is_stale for line in shown.lines] == [True, False, False]
    assert shown.card is not None
    assert shown.card.state is SignState.PENDING
    assert not any(line.is_first_wrong for line in shown.lines)


def test_another_problem_makes_every_sign_wait() -> None:
    shown = page(found(V, V, V), problem="Solve 2x = 10")
    assert set(states(shown)) == {SignState.PENDING}
    assert shown.reading == ""


def test_a_failed_check_is_told_and_leaves_no_tick() -> None:
    shown = page(None, failure="The check failed.")
    assert shown.card is not None
    assert shown.card.title == "The check failed."
    assert set(states(shown)) == {SignState.PENDING}


def test_an_empty_page_says_what_to_do() -> None:
    shown = page(None, text="\n")
    assert shown.card is None
    assert "one step a line" in shown.hint


def test_an_unrecognised_problem_is_said_to_be_so() -> None:
    working = dataclasses.replace(found(V, V, V), reading="")
    assert "did not recognise" in page(working).reading
