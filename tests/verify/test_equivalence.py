"""Two answers are the same only if that is proved."""

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.inprocess import compare_answers


@pytest.mark.parametrize(
    ("gold", "answer"),
    [
        ("3/8", "0.375"), ("7/2", "3 1/2"), ("24680", r"24\,680"), ("x=4 or x=1", "1, 4"),
        (r"x=\pm5", r"\{-5,5\}"), ("40%", "2/5"), ("(x+2)^2", "x^2+4x+4"),
        (r"\frac{x^4}{4}+C", r"\frac{x^4}{4}+K"), (r"(-\infty,2)", "x<2"),
        (r"(-\infty,1)\cup(1,\infty)", r"\mathbb{R}\setminus\{1\}"), ("x^2+y^2=9", "3x^2+3y^2=27"),
        ("y=3x-2", "3x-2"), ("(4,1)", "y=1, x=4"), (r"\emptyset", "no solution"), ("5", "x=5"),
        ("12 R 3", r"12\text{ remainder }3"), ("B", "(B)"), ("18", r"\boxed{18}"),
    ],
)  # fmt: skip
def test_the_same_answer_in_another_form_is_verified(gold: str, answer: str) -> None:
    assert compare_answers(gold, answer, "").status is Status.VERIFIED


@pytest.mark.parametrize(
    ("gold", "answer"),
    [
        ("1/3", "0.33"), ("1234", "1,2,3,4"), ("9", "9%"), ("3", r"\pm\sqrt{9}"), ("2t", "2"),
        ("5s", "5"), ("1011_2", "1011"), (r"2\ln x", r"\ln(x^2)"), ("x=1 or x=2", "x=1"),
        (r"\frac{x^4}{4}+C", r"\frac{x^4}{4}"), ("[0,2)", "[0,2]"), ("x^2+y^2=9", "x^2-y^2=9"),
        ("x=3", "x^2=9"), ("(2,3)", "x=3, y=2"), ("B", "A"), ("5", "the answer is not 5"),
        ("5", r"\boxed{}"), ("5 km", "5 m"), ("2:3", "3:2"), ("12 R 3", "12"),
        ("123456789012345678901", "123456789012345678900"), ("x=2", "no solution"),
        ("(1,2)", "[1,2]"), ("f'(x)", "f(x)"), ("R", "r"),
    ],
)  # fmt: skip
def test_a_different_answer_is_never_verified(gold: str, answer: str) -> None:
    assert compare_answers(gold, answer, "").status is not Status.VERIFIED
    assert compare_answers(answer, gold, "").status is not Status.VERIFIED
