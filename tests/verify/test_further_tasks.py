"""Systems, integrals, limits, domains and factorisations are checked by their own routes."""

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.inprocess import check_answer

_SYSTEM = "Solve x+y=10 and x-y=4"
_MANY = "Solve x+y=10 and 2x+2y=20"
_NONE = "Solve x+y=10, x+y=11"


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        (_SYSTEM, "x=7, y=3", "x=3, y=7"),
        (_SYSTEM, "(7,3)", "(3,7)"),
        (_MANY, "infinitely many solutions", "x=5, y=5"),
        (_NONE, "no solution", "x=5, y=5"),
        (r"Evaluate $\int_0^2 3x^2\,dx$", "8", "12"),
        (r"Evaluate $\int_1^{\infty}\frac{1}{x^2}\,dx$.", "1", "2"),
        (r"Evaluate $\int_{-1}^{1}\frac{1}{x^2}\,dx$", "diverges", "-2"),
        (r"Evaluate $\int_0^{\pi}\sin x\,dx$", "2", "0"),
        (r"Evaluate $\lim_{x\to 1}\frac{x^2-1}{x-1}$.", "2", "0"),
        (r"Evaluate $\lim_{x\to\infty}\frac{2x+1}{x-3}$.", "2", r"\infty"),
        (r"Find the domain of $f(x)=\frac{1}{x-4}$.", r"x \ne 4", "x > 4"),
        (r"Find the domain of $f(x)=\sqrt{x-1}$.", r"[1,\infty)", r"(1,\infty)"),
        ("Find the distance between the points (1,-2) and (4,2).", "5", "7"),
        (r"Write $\frac{3+4i}{1-2i}$ in the form $a+bi$.", "-1+2i", "1+2i"),
        ("What is the remainder when 17 is divided by 5?", "2", "3"),
        ("Write 12/18 in lowest terms.", "2/3", "3/2"),
        ("36 is 15% of what number?", "240", "5.4"),
        ("Solve $A=bh$ for $h$.", r"h=\frac{A}{b}", "h=Ab"),
    ],
)
def test_the_right_answer_is_verified_and_the_wrong_one_refuted(
    problem: str, right: str, wrong: str
) -> None:
    assert check_answer(problem, right).status is Status.VERIFIED
    assert check_answer(problem, wrong).status is Status.REFUTED


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (r"Evaluate $\lim_{x\to 0}\frac{|x|}{x}$.", "1"),
        (r"Evaluate $\lim_{x\to 0}\sin\left(\frac{1}{x}\right)$.", "0"),
        (r"Evaluate $\int_0^{2\pi}\frac{1}{2+\cos x}\,dx$", "0"),
        (r"Evaluate $\int_{-1}^{1}\frac{1}{x}\,dx$", "0"),
        (r"Find $\int\frac{1}{x}\,dx$", r"\ln x+C"),
    ],
)
def test_traps_of_the_algebra_system_are_not_verified(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is not Status.VERIFIED


def test_a_two_sided_limit_needs_both_sides() -> None:
    verdict = check_answer(r"Evaluate $\lim_{x\to 0}\frac{|x|}{x}$.", "does not exist")
    assert verdict.status is Status.VERIFIED


@pytest.mark.parametrize(
    ("answer", "form"),
    [("2^3*3^2*5", Status.VERIFIED), ("2^2*3^2*10", Status.REFUTED), ("360", Status.REFUTED)],
)
def test_a_prime_factorisation_has_prime_factors(answer: str, form: Status) -> None:
    verdict = check_answer("Write 360 as a product of prime powers.", answer)
    assert (verdict.status, verdict.form_status) == (Status.VERIFIED, form)


@pytest.mark.parametrize(
    ("problem", "right"),
    [
        ("Calculate 5!", "120"),
        ("Calculate 2/3 ÷ 4/5", "5/6"),
        ("Calculate 15% of 240 + 10", "46"),
        ("Calculate 12 - 5 x 2", "2"),
    ],
)
def test_signs_are_read_as_mathematics_not_as_punctuation(problem: str, right: str) -> None:
    assert check_answer(problem, right).status is Status.VERIFIED


@pytest.mark.parametrize("problem", ["What is 2+3 times 4?", "Divide 12 by 3+1"])
def test_a_calculation_said_half_in_words_is_not_guessed(problem: str) -> None:
    for answer in ("20", "14", "3", "5"):
        assert check_answer(problem, answer).status is Status.UNKNOWN


def test_a_mixed_number_in_latex_is_not_multiplied() -> None:
    verdict = check_answer("Write 1 as a percentage of 3", r"33\frac{1}{3}\%")
    assert verdict.status is not Status.REFUTED
