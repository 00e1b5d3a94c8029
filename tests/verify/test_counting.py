"""Selections and arrangements are counted, and no extra word is overlooked."""

import time

import pytest

from tutor_app.core.verdict import CALCULATION_ONLY, Method, Status
from tutor_app.verify.inprocess import check_answer, read_problem

_COMMITTEE = "In how many ways can a committee of 4 be chosen from 11 people?"


@pytest.mark.parametrize(
    "answer",
    [
        "330", r"\boxed{330}", "330 ways", "There are 330 ways.", r"\binom{11}{4}", "11!/(4!7!)",
        r"\frac{11!}{4!\,7!}", "C(11,4)", "11C4", "${}_{11}C_4$", r"\binom{11}{4} = 330",
        "The number of ways is 330.", "330 different ways",
    ],
)  # fmt: skip
def test_a_count_may_be_written_as_a_number_or_as_its_formula(answer: str) -> None:
    verdict = check_answer(_COMMITTEE, answer)
    assert verdict.status is Status.VERIFIED
    assert verdict.scope == CALCULATION_ONLY
    assert verdict.method is Method.EXACT_ARITHMETIC


@pytest.mark.parametrize(
    "answer", ["7920", "-330", "33", "44", "331", "P(11,4)", "11!/7!", r"\binom{11}{3}", "14641"]
)
def test_a_wrong_count_is_refuted(answer: str) -> None:
    assert check_answer(_COMMITTEE, answer).status is Status.REFUTED


@pytest.mark.parametrize(
    "answer", ["330 or 7920", "about 330", "not 330", "330%", "330 cm", "11*10*9*8/24", ""]
)
def test_an_unclear_count_is_unknown(answer: str) -> None:
    assert check_answer(_COMMITTEE, answer).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        ("How many different teams of three can be formed from a group of eight players?", "56",
         "336"),
        ("How many ways are there to choose 2 students from 12 students?", "66", "132"),
        ("A committee of 3 is to be chosen from 9 members. In how many ways can this be done?",
         "84", "504"),
        ("A club has 15 members. In how many ways can a committee of 3 members be chosen?", "455",
         "2730"),
        ("From a group of 9 women, in how many ways can 2 be selected?", "36", "72"),
        ("Find the number of ways to select 5 books from 7 books.", "21", "2520"),
        ("In how many ways can a team of 2 boys and 3 girls be chosen from 6 boys and 5 girls?",
         "150", "25"),
        ("In how many ways can a committee of 4 be chosen from 5 men and 6 women if it must"
         " include at least 3 women?", "115", "100"),
        ("In how many ways can 7 different books be arranged on a shelf?", "5040", "720"),
        ("How many ways can six children line up?", "720", "120"),
        ("In how many ways can 7 people be seated around a round table?", "720", "5040"),
        ("How many ways can gold, silver and bronze medals be awarded to 10 athletes?", "720",
         "120"),
        ("In how many ways can a president and a secretary be chosen from 9 members?", "72", "36"),
        ("How many different arrangements are there of the letters in the word LEVEL?", "30",
         "120"),
        ("In how many ways can the letters of the word STATISTICS be arranged?", "50400",
         "3628800"),
        ("If 9 people all shake hands with each other exactly once, how many handshakes are there?",
         "36", "72"),
        ("Six teams play in a league. Each team plays every other team once. How many games are"
         " played in total?", "15", "30"),
        ("How many 4-digit numbers can be formed from the digits 1, 2, 3, 4, 5 and 6 without"
         " repetition?", "360", "1296"),
        ("How many 3-digit numbers can be formed using the digits 0, 3, 5, 7 if digits may be"
         " repeated?", "48", "64"),
        ("How many 5-card hands can be dealt from a standard deck of 52 cards?", "2598960",
         "311875200"),
    ],
)  # fmt: skip
def test_selections_and_arrangements_are_counted(problem: str, right: str, wrong: str) -> None:
    assert check_answer(problem, right).status is Status.VERIFIED
    assert check_answer(problem, wrong).status is Status.REFUTED


@pytest.mark.parametrize(
    "problem",
    [
        "In how many ways can a committee of 4 be chosen from 11 people if Ana must be on it?",
        "In how many ways can a committee of 4 be chosen from 11 people, two of whom refuse to"
        " serve together?",
        "In how many ways can 6 people be seated in a row if two of them must sit together?",
        "In how many ways can 7 books be arranged on a shelf if 3 of them are identical?",
        "In how many ways can the letters of LEVEL be arranged if the vowels stay together?",
        "How many even 3-digit numbers can be formed from the digits 1, 2, 3 without repetition?",
        "In how many ways can a committee of 12 be chosen from 11 people?",
        "In how many ways can 4 identical balls be placed in 3 boxes?",
        "In how many ways can a committee of 4 not be chosen from 11 people?",
        "How many 3-digit numbers can be formed from the digits 1, 2, 3, 4?",
        "In how many ways can a team of 2 boys and 3 girls be chosen from 6 girls and 5 boys?",
    ],
)
def test_a_condition_that_is_not_understood_leaves_the_problem_open(problem: str) -> None:
    for answer in ("330", "120", "720", "5040", "30", "24", "60", "15"):
        assert check_answer(problem, answer).status is Status.UNKNOWN


def test_a_small_count_is_also_found_one_by_one() -> None:
    verdict = check_answer("How many ways can six children line up?", "720")
    assert verdict.method is Method.EXACT_ARITHMETIC
    assert "counted one by one: 720" in [item.text for item in verdict.evidence]


def test_the_assumption_that_objects_differ_is_said() -> None:
    assert check_answer(_COMMITTEE, "330").assumptions == ("the objects are all different",)


@pytest.mark.parametrize(
    "problem",
    [
        "In how many ways can a committee of 999999999 be chosen from 99999999999 people?",
        f"In how many ways can a committee of 3 be chosen from {'9' * 3000} people?",
        "In how many ways can 190 people be seated in a row?",
        "In how many ways can the letters of ABCDEFGHIJKLMNOPQRSTUVWXYZ be arranged?",
        "In how many ways can " * 100,
    ],
)
def test_large_numbers_are_answered_at_once(problem: str) -> None:
    start = time.monotonic()
    assert check_answer(problem, "7").status is not Status.VERIFIED
    assert time.monotonic() - start < 5


def test_the_reading_is_said_in_plain_words() -> None:
    reading = read_problem(_COMMITTEE)
    assert "choose 4 of 11" in reading.read_as
