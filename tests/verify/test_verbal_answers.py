"""Option letters, yes and no, denials, alternatives and the answer a longer text names."""

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.inprocess import check_answer, compare_answers
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.text import final_answer


@pytest.mark.parametrize(
    ("gold", "answer"),
    [
        ("C", "(C)"), ("C", "C."), ("C", "Option C"), ("(C)", "The answer is (C)."),
        ("C", r"\boxed{\text{(C)}}"), ("D", r"\textbf{(D)}"), ("A", "Answer: A"), ("Yes", "yes."),
        ("no", "No"), ("False", r"\text{False}"), ("true", "**True**"),
    ],
)  # fmt: skip
def test_the_same_words_are_the_same_answer(gold: str, answer: str) -> None:
    assert compare_answers(gold, answer, "").status is Status.VERIFIED


@pytest.mark.parametrize(
    ("gold", "answer"),
    [
        ("C", "(D)"), ("C", "Option A"), ("yes", "No."), ("True", "false"), ("8", r"\boxed{}"),
        ("8", r"$\boxed{ }$"), ("8", ""), ("8", "the answer is not 8"),
        ("8", "The answer isn't 8."),
        ("8", "8 or 9"), ("8", "x = 8 or x = 9"), ("2468", "2,4,6,8"),
    ],
)  # fmt: skip
def test_other_words_or_none_are_another_answer(gold: str, answer: str) -> None:
    assert compare_answers(gold, answer, "").status is Status.REFUTED


@pytest.mark.parametrize(
    ("gold", "answer"),
    [
        ("8", "the answer is not 9"), ("C", "(c)"), ("C", "C or D"), ("C", "not C"),
        ("yes", "true"),
        ("8", "maybe 8"), ("8", "8?"), ("3.5", "3,5"), ("1234", "1, 234"), ("8", "about 8"),
        ("1/2", "1/2 or 0.5"), ("C", "C) 12"), ("8", r"\boxed{8"),
    ],
)  # fmt: skip
def test_what_the_words_leave_open_is_unknown(gold: str, answer: str) -> None:
    assert compare_answers(gold, answer, "").status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("First 3 + 4 = 7.\nAnswer: 7", "7"),
        ("We double it.\n**Answer:** $14$", "14"),
        ("She has 9 left.\n#### 9", "9"),
        ("We get x = 3. So the answer is 12.", "12"),
        ("We solve and find\n\\[x = 5\\]", "x = 5"),
        ("We solve.\nFinal answer: \\(\\frac{1}{2}\\)", r"\frac{1}{2}"),
        ("The answer is 3.5", "3.5"),
    ],
)
def test_the_answer_that_a_text_names_is_found(text: str, answer: str) -> None:
    assert final_answer(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "We get 3 and then 12.",
        "Some work. It is not true that \\[x = 5\\]",
        "Answer: 5\nWait, that is wrong.",
        "The answer is 5. Or maybe the answer is 6.",
        "If it rains,\n\\[x = 5\\]",
        "There are 5 ways. 5 of them count.",
    ],
)
def test_a_number_that_only_stands_in_the_text_is_not_its_answer(text: str) -> None:
    assert check_answer("Calculate 2+3", text).status is not Status.VERIFIED


def test_two_named_answers_are_ambiguous() -> None:
    with pytest.raises(Unreadable):
        final_answer("Answer: 7\nAnswer: 8")
