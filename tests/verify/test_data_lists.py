"""Measures of a list are decided only where the words leave one meaning."""

from fractions import Fraction

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.inprocess import check_answer


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        ("Find the mean of 4, 8, 9, 11.", "8", "32"),
        ("Calculate the average of the following numbers: 2.5, 3.5, 6.", "4", "12"),
        ("What is the median of 7, 1, 12, 9 and 3?", "7", "12"),
        ("Find the median of the data set 8, 2, 5, 11.", "6.5", "5"),
        ("Find the mode of the data: 3, 6, 6, 1, 9.", "6", "2"),
        (r"Find the range of the numbers $-4, 9, 2$.", "13", "5"),
        ("The scores are 6, 7, 8. What is the mean?", "7", "8"),
        ("Find the population variance of 1, 3, 5, 7.", "5", r"\frac{20}{3}"),
        ("Find the sample variance of 1, 3, 5, 7.", r"\frac{20}{3}", "5"),
        ("Find the population standard deviation of 1, 3, 5, 7.", r"\sqrt{5}", "5"),
        ("Calculate the sample standard deviation of 4, 6, 8.", "2", r"\sqrt{\frac{8}{3}}"),
        ("Find the mean of 1, 3 and 3 to 2 decimal places.", "2.33", "2.43"),
        ("Find the lower quartile of 2, 2, 2, 5, 8, 8, 8.", "2", "5"),
    ],
)
def test_a_measure_of_a_list_is_decided(problem: str, right: str, wrong: str) -> None:
    assert check_answer(problem, right).status is Status.VERIFIED
    assert check_answer(problem, wrong).status is Status.REFUTED


@pytest.mark.parametrize(
    "problem",
    [
        "Find the standard deviation of 1, 3, 5, 7.",
        "Find the variance of 1, 3, 5, 7.",
        "Find the mode of 1, 3, 5, 7.",
        "Find the mode of 1, 1, 5, 5.",
        "Find the lower quartile of 1, 2, 3, 4, 5, 6.",
        "Find the mean of 100,200,300.",
        "Find the mean of the even numbers among 1, 2, 3, 4.",
        "Find the weighted mean of 1, 3, 5, 7.",
        "Find the mean of 1, 3, x, 7.",
        "Find the geometric mean of 1, 3, 5, 7.",
        "Find the mean of 1, 3, 5, 7 without the largest.",
    ],
)
def test_an_ambiguous_measure_is_left_open(problem: str) -> None:
    for answer in ("4", "5", "1", "2", "3", "200", "1.5"):
        assert check_answer(problem, answer).status is Status.UNKNOWN


def test_a_rounded_mean_is_not_called_right_or_wrong() -> None:
    assert check_answer("Find the mean of 1, 3 and 3.", "2.33").status is Status.UNKNOWN
    assert check_answer("Find the mean of 1, 3 and 3.", "7/3").status is Status.VERIFIED


def test_a_perturbed_measure_is_never_verified() -> None:
    for value in (Fraction(13, 2), Fraction(6), Fraction(-13, 2), Fraction(65), Fraction(8)):
        answer = f"{value.numerator}/{value.denominator}"
        status = check_answer("Find the median of 8, 2, 5, 11.", answer).status
        assert (status is Status.VERIFIED) == (value == Fraction(13, 2))
