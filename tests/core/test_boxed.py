import pytest

from tutor_app.core.boxed import boxed_answers, last_boxed_answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (r"so \boxed{5}", "5"),
        (r"\boxed{\frac{1}{2}}", r"\frac{1}{2}"),
        (r"\boxed{1} and \boxed{ 2 }", "2"),
        (r"\boxed{\{1, 2\}}", r"\{1, 2\}"),
        (r"\boxed{unfinished", ""),
        ("no box", ""),
        (r"\fbox{7}", "7"),
    ],
)
def test_the_last_complete_box_counts(text: str, answer: str) -> None:
    assert last_boxed_answer(text) == answer


def test_all_boxes_are_found_in_order() -> None:
    assert boxed_answers(r"\boxed{a}\boxed{b{c}}\boxed{") == ("a", "b{c}")
