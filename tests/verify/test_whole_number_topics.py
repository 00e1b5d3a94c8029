"""Congruences, remainders of powers, divisors and primes."""

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.inprocess import check_answer

_LEAST = r"Find the smallest positive integer $x$ with $5x\equiv 3\pmod{13}$."
_SQUARES = r"Solve $x^2\equiv 4 \pmod{12}$."
_CHINESE = (
    r"Find the smallest positive integer $x$ such that $x\equiv 1\pmod 4$ and $x\equiv 3\pmod 7$"
)


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        (_LEAST, ("11", "x=11"), ("3", "24", "-2")),
        (_SQUARES, (r"x\equiv 2,4,8,10 \pmod{12}", r"x\equiv \pm 2, \pm 4 \pmod{12}"),
         (r"x\equiv 2 \pmod{12}", r"x\equiv 2, 10 \pmod{12}")),
        (_CHINESE, ("17",), ("45", "3")),
        (r"Solve $4x \equiv 2 \pmod 6$", (r"x\equiv 2 \pmod 3", r"x\equiv 2, 5\pmod 6"),
         (r"x\equiv 2 \pmod 6", "no solution")),
        (r"Solve $2x \equiv 3 \pmod 6$", ("no solution",), (r"x\equiv 3\pmod 6",)),
        (r"Find $3^{200} \bmod 7$.", ("2",), ("3", "1")),
        ("Find the last digit of $2^{1000}$.", ("6",), ("2", "4")),
        ("Find the remainder when $5^{50}$ is divided by 12.", ("1", "The remainder is 1"), ("5",)),
        ("Find the inverse of 7 modulo 26.", ("15",), ("11",)),
        ("Find the greatest common divisor of 84, 126 and 210.", ("42",), ("21", "84")),
        ("Find the LCM of 6, 8 and 15", ("120",), ("240", "720")),
        ("How many positive divisors does 540 have?", ("24",), ("12", "23")),
        ("Find the sum of the divisors of 36.", ("91",), ("55",)),
        ("List all the factors of 18.", ("1, 2, 3, 6, 9, 18", "{18, 9, 6, 3, 2, 1}"),
         ("2, 3, 6, 9, 18", "1, 2, 3, 6, 18")),
        ("Is 221 a prime number?", ("No", "221 is not prime", "composite"), ("yes", "prime")),
        ("Is 97 prime?", ("yes", "97 is prime"), ("no",)),
        ("What is the largest prime factor of 1001?", ("13",), ("11", "1001")),
        ("Find the prime factors of 90.", ("2, 3, 5",), ("2, 5", "2, 3, 5, 9")),
    ],
)  # fmt: skip
def test_right_answers_are_verified_and_wrong_ones_refuted(
    problem: str, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    assert [check_answer(problem, answer).status for answer in right] == [
        Status.VERIFIED for _ in right
    ]
    assert [check_answer(problem, answer).status for answer in wrong] == [
        Status.REFUTED for _ in wrong
    ]


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        (r"2^2\cdot 3\cdot 7", Status.VERIFIED),
        ("2 x 2 x 3 x 7", Status.VERIFIED),
        ("84 = 2^2·3·7", Status.VERIFIED),
        (r"4\cdot 21", Status.REFUTED),
    ],
)
def test_factors_must_be_prime(answer: str, form: Status) -> None:
    verdict = check_answer("Find the prime factorisation of 84", answer)
    assert verdict.status is Status.VERIFIED
    assert verdict.form_status is form


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (_SQUARES, "2, 4, 8, 10"),
        (_SQUARES, r"x\equiv 2,4,8,10 \pmod{99999999999}"),
        ("Find the remainder when -17 is divided by 5.", "-2"),
        ("Find the remainder when -17 is divided by 5.", "3"),
        ("Is 91 prime?", "maybe"),
        ("How many divisors does 123456789012345678901234567890 have?", "48"),
        (r"Solve $x^{99999999}\equiv 1 \pmod{19997}$", r"x\equiv 1\pmod{19997}"),
    ],
)
def test_doubtful_or_huge_ones_are_unknown(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is Status.UNKNOWN
