"""Numerals in other bases and repeating decimals."""

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.grading import check_answer
from tutor_app.verify.reader import read_task


def status(problem: str, answer: str) -> Status:
    return check_answer(problem, answer).status


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        ("Convert $1101_2$ to decimal.", "13", "11"),
        ("Convert $1101_2$ to decimal.", "13_{10}", "1101"),
        ("Convert $1101_2$ to decimal.", "1101_2 = 13", "15"),
        ("Convert 37 to binary.", "100101", "101001"),
        ("Convert 37 to binary.", "100101_2", "100100"),
        ("Convert 37 to binary.", "0b100101", "0b101"),
        ("Write 200 in hexadecimal.", "C8", "8C"),
        ("Write 200 in base 16.", "c8", "200"),
        ("Convert the hexadecimal number 3B to decimal.", "59", "311"),
        ("Write $3B_{16}$ in base 10.", "59", "58"),
        ("Convert the binary number 101101 to octal.", "55", "45"),
        ("Convert 0x1F to decimal.", "31", "16"),
        ("What is 110011 in binary as a decimal?", "51", "52"),
        ("Convert 243 from base 5 to base 10.", "73", "243"),
        ("Convert from binary to decimal: 10001", "17", "16"),
        (r"Convert $1101_{\text{two}}$ to base ten.", "13", "14"),
        ("Find the binary representation of 19.", "10011", "10010"),
    ],
)
def test_a_number_is_converted_between_bases(problem: str, right: str, wrong: str) -> None:
    assert status(problem, right) is Status.VERIFIED
    assert status(problem, wrong) is Status.REFUTED


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("Convert 37 to binary.", "37"),
        ("Convert 37 to binary.", "45_8"),
        ("Convert 37 to binary.", "100101_8"),
        ("Convert $1101_2$ to decimal.", "1100_2 = 13"),
        ("Convert $1101_2$ to decimal.", "13 or 14"),
    ],
)
def test_a_numeral_of_another_base_or_none_stays_open(problem: str, answer: str) -> None:
    assert status(problem, answer) is Status.UNKNOWN


@pytest.mark.parametrize(
    "problem",
    [
        "Convert 1101 to decimal.",
        "Convert $1121_2$ to decimal.",
        "Convert $1101_2$ to base 17.",
        "Convert 0.101 from binary to decimal.",
        "Convert 37 to binary using 8 bits.",
        "Convert -37 to binary.",
        "Convert $1101_2$ to binary.",
    ],
)
def test_a_conversion_that_is_not_plain_is_not_recognised(problem: str) -> None:
    assert read_task(problem) is None


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        (r"Write $0.\overline{45}$ as a fraction.", r"\frac{5}{11}", r"\frac{9}{20}"),
        (r"Write $0.\overline{45}$ as a fraction.", "45/99", "45/100"),
        ("Convert 0.454545... to a fraction.", "5/11", "4/11"),
        ("Express the repeating decimal 0.8333... as a fraction.", "5/6", "83/99"),
        (r"Convert $2.\overline{3}$ to a fraction.", "7/3", "23/9"),
        (r"Write $0.1\dot{6}$ as a fraction.", "1/6", "16/99"),
        ("Write 0.(7) as a fraction.", "7/9", "7/10"),
        ("Write 0.7̅ as a fraction.", "7/9", "7/10"),
    ],
)
def test_a_repeating_decimal_becomes_a_fraction(problem: str, right: str, wrong: str) -> None:
    assert status(problem, right) is Status.VERIFIED
    assert status(problem, wrong) is Status.REFUTED


def test_lowest_terms_are_a_matter_of_form() -> None:
    verdict = check_answer("Convert 0.454545... to a fraction in lowest terms.", "45/99")
    assert verdict.status is Status.VERIFIED
    assert verdict.form_status is Status.REFUTED


@pytest.mark.parametrize(
    "problem",
    ["Convert 0.45... to a fraction.", "Convert 0.4145... to a fraction."],
)
def test_a_decimal_whose_cycle_is_not_shown_is_not_recognised(problem: str) -> None:
    assert read_task(problem) is None
