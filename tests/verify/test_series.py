"""Sums, products, sequences in words, factorial forms and numbers of selections."""

import pytest

from tutor_app.core.verdict import CALCULATION_ONLY, WHOLE_ANSWER, Status
from tutor_app.verify.equivalence import compare_answers
from tutor_app.verify.grading import check_answer
from tutor_app.verify.line import check_line
from tutor_app.verify.reader import read_task
from tutor_app.verify.steps import check_steps


def status(problem: str, answer: str) -> Status:
    return check_answer(problem, answer).status


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        (r"Evaluate $\sum_{k=1}^{12} k^2$.", "650", "506"),
        (r"Evaluate $\sum_{i=0}^{4} (2i+1)$.", "25", "24"),
        (r"Find the value of $\sum_{k=1}^{2000} k$.", "2001000", "1999000"),
        (r"Evaluate $\sum_{k=3}^{6} \frac{1}{k}$.", r"\frac{19}{20}", r"\frac{57}{61}"),
        (r"Compute $\prod_{k=2}^{6} k$.", "720", "120"),
        (r"Calculate $\prod_{k=2}^{5}\left(1-\frac1k\right)$.", r"\frac15", r"\frac14"),
        (r"Find $\sum_{n=0}^{\infty}\left(\frac{3}{5}\right)^n$.", r"\frac52", r"\frac32"),
        (r"Find $\sum_{n=1}^{\infty}\left(-\frac{1}{4}\right)^n$.", r"-\frac15", r"\frac45"),
        (r"Evaluate $\sum_{n=1}^{\infty}\frac{n}{3^n}$.", r"\frac34", r"\frac12"),
        (r"Evaluate $\sum_{k=1}^{\infty}\frac{1}{k(k+2)}$.", r"\frac34", "1"),
        (r"Evaluate $\sum_{k=1}^{\infty}\frac{1}{k^2}$.", r"\frac{\pi^2}{6}", r"\frac{\pi^2}{8}"),
        (r"Evaluate $\sum_{k=1}^{\infty}\frac{1}{k}$.", "diverges", "1"),
        (r"Evaluate $\sum_{k=0}^{\infty}(-1)^k$.", "The series diverges.", r"\frac12"),
        (r"Evaluate $\sum_{k=0}^{\infty}\frac{1}{2^k}$.", "2", "diverges"),
        (r"Find a closed form for $\sum_{k=1}^{n} k$.", r"\frac{n(n+1)}{2}", r"\frac{n(n-1)}{2}"),
        (r"Find a formula for $\sum_{k=1}^{n} k^3$.", r"\frac{n^2(n+1)^2}{4}", r"\frac{n^2}{4}"),
        (r"Find a closed form for $\sum_{k=0}^{n} 3^k$.", r"\frac{3^{n+1}-1}{2}", "3^{n+1}-1"),
        (r"Compute $\sum_{k=1}^{10^{15}} 0 k$.", "0", "1"),
        (r"Compute $\sum_{k=1}^{10^{9}} 2$.", "2000000000", "1000000000"),
        (r"Evaluate $\sum_{i=1}^{3}\sum_{j=1}^{i} j$.", "10", "9"),
        (r"Evaluate $\sum_{k=0}^{5}\binom{5}{k}$.", "32", "31"),
    ],
)
def test_a_sum_is_checked_exactly(problem: str, right: str, wrong: str) -> None:
    assert status(problem, right) is Status.VERIFIED
    assert status(problem, wrong) is Status.REFUTED


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        (r"Does the series $\sum_{n=1}^{\infty}\frac{1}{n^3}$ converge?", "yes, it converges",
         "no, it diverges"),
        (r"Determine whether $\sum_{n=1}^{\infty}\frac{n}{n+4}$ converges or diverges.",
         "diverges", "converges"),
        (r"Determine whether the series $\sum_{n=2}^{\infty}\frac{1}{n-1}$ converges or"
         r" diverges.", "It diverges", "convergent"),
    ],
)  # fmt: skip
def test_convergence_is_decided(problem: str, right: str, wrong: str) -> None:
    assert status(problem, right) is Status.VERIFIED
    assert status(problem, wrong) is Status.REFUTED


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (r"Evaluate $\sum_{k=1}^{10^{9}}\frac{1}{k}$.", "21.3"),
        (r"Evaluate $\prod_{k=1}^{10^{9}} k$.", "0"),
        (r"Evaluate $\sum_{k=1}^{300}\sum_{j=1}^{300} \frac{1}{jk}$.", "39"),
        (r"Evaluate $\sum_{k=1}^{9^{9^9}} k$.", "1"),
        (r"Evaluate $\sum_{k=1}^{5}\frac{1}{k-3}$.", "0"),
        (r"Evaluate $\sum_{k=1}^{\infty}\frac{1}{k-3}$.", "diverges"),
        (r"Evaluate $\sum_{k=1}^{\infty}\frac{1}{k^3}$.", "1"),
        (r"Evaluate $\sum_{k=5}^{1} k$.", "0"),
        (r"Evaluate $\sum_{k=1}^{3} k$.", "1+2+3"),
        (r"Evaluate $\sum_{k=1}^{3} k + 2$.", "8"),
        (r"Evaluate $\sum_{k=1}^10 k$.", "55"),
        (r"Evaluate $\sum_{k=0}^{\infty} x^k$.", r"\frac{1}{1-x}"),
    ],
)
def test_a_sum_that_is_too_long_undefined_or_ambiguous_stays_open(
    problem: str, answer: str
) -> None:
    assert status(problem, answer) is Status.UNKNOWN


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        ("Find the sum of the first 20 terms of the arithmetic sequence 4, 9, 14, ...", "1030",
         "990"),
        ("What is the 30th term of the arithmetic sequence 4, 9, 14, ...?", "149", "154"),
        ("Find the sum of the first 8 terms of the geometric series 3 + 6 + 12 + ...", "765",
         "768"),
        ("Find the 6th term of the geometric sequence with first term 5 and common ratio -2.",
         "-160", "160"),
        ("Find the sum of the infinite geometric series 9 + 3 + 1 + ...", "27/2", "13"),
        ("Find the sum to infinity of the geometric series with first term 10 and common"
         " ratio 1/6.", "12", "10"),
        ("Find the sum of the infinite geometric series 2 + 6 + 18 + ...", "diverges", "-1"),
        ("Find the sum of the arithmetic series 4 + 9 + 14 + ... + 49.", "265", "256"),
        ("Find the sum of the first 60 positive integers.", "1830", "1800"),
        ("Find the sum of the first 25 odd numbers.", "625", "650"),
        ("Find the sum of the whole numbers from 11 to 30 inclusive.", "410", "390"),
    ],
)  # fmt: skip
def test_a_sequence_of_a_stated_kind_is_worked_out(problem: str, right: str, wrong: str) -> None:
    verdict = check_answer(problem, right)
    assert verdict.status is Status.VERIFIED
    assert verdict.scope == WHOLE_ANSWER
    assert status(problem, wrong) is Status.REFUTED


def test_a_sequence_of_no_stated_kind_is_verified_as_a_calculation_only() -> None:
    verdict = check_answer("Find the sum of the first 20 terms of 4, 9, 14, ...", "1030")
    assert verdict.status is Status.VERIFIED
    assert verdict.scope == CALCULATION_ONLY
    assert verdict.assumptions == ("the sequence is arithmetic",)


@pytest.mark.parametrize(
    "problem",
    [
        "Find the sum of the first 20 terms of the arithmetic sequence 4, 9, 15, ...",
        "Find the sum of the first 20 terms of the geometric sequence 4, 9, 14, ...",
        "Find the sum of the first 20 terms of 1, 1, 2, 3, 5, ...",
        "Find the sum of the first 20 terms of 5, 5, 5, ...",
        "Find the sum of the first 20 prime numbers.",
        "Find the sum of the first 20 terms of the arithmetic sequence 4, 9, 14, ... above 30.",
        "Find the sum of the first 10 even numbers.",
        "Find the 20th term of the sequence 2, 6, ...",
    ],
)
def test_a_sequence_with_another_reading_is_not_recognised(problem: str) -> None:
    assert read_task(problem) is None


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        (r"Evaluate ${}^{9}C_4$.", "126", "3024"),
        (r"Evaluate ${}_{9}P_4$.", "3024", "126"),
        ("Evaluate $P(9,4)$.", "3024", "126"),
        ("Calculate C(9, 4).", "126", "3024"),
        ("Evaluate 7P2.", "42", "21"),
        ("What is 9 choose 4?", "126", "125"),
        (r"Evaluate $\binom{9}{4}$.", "126", "3024"),
        (r"Evaluate $\frac{9!}{7!}$.", "72", "1.28"),
        (r"Simplify $\frac{n!}{(n-2)!}$.", "n(n-1)", "n(n+1)"),
        (r"Simplify $\frac{(n+2)!}{n!}$.", "n^2+3n+2", "n+2"),
        (r"Simplify $\frac{(2n)!}{(2n-1)!}$.", "2n", "2"),
    ],
)
def test_factorials_and_selections_are_worked_out(problem: str, right: str, wrong: str) -> None:
    assert status(problem, right) is Status.VERIFIED
    assert status(problem, wrong) is Status.REFUTED


def test_a_quotient_of_factorials_may_not_be_repeated_as_its_simple_form() -> None:
    problem = r"Simplify $\frac{n!}{(n-2)!}$."
    assert status(problem, r"\frac{n!}{(n-2)!}") is Status.UNKNOWN


@pytest.mark.parametrize(
    ("gold", "answer", "wanted"),
    [
        ("3024", "P(9,4)", Status.VERIFIED),
        ("126", r"\binom{9}{4}", Status.VERIFIED),
        ("126", "P(9,4)", Status.UNKNOWN),
        ("(9,4)", "P(9,4)", Status.UNKNOWN),
        (r"\frac{n(n+1)}{2}", r"\sum_{k=1}^{n} k", Status.VERIFIED),
        (r"\frac{n(n+1)}{2}", r"\sum_{k=0}^{n-1} k", Status.REFUTED),
        ("n(n-1)", r"\frac{n!}{(n-2)!}", Status.VERIFIED),
        (r"\frac{n(n-1)}{2}", r"\binom{n}{2}", Status.VERIFIED),
        ("n^2", r"\binom{n}{2}", Status.REFUTED),
        ("0", r"\sum_{k=1}^{10^{14}} 0\cdot k", Status.VERIFIED),
    ],
)
def test_sums_and_selections_are_compared_by_value(gold: str, answer: str, wanted: Status) -> None:
    assert compare_answers(gold, answer, "").status is wanted


@pytest.mark.parametrize(
    ("lines", "first_wrong"),
    [
        ((r"\sum_{k=1}^{4} k^2", "= 1+4+9+16", "= 30"), None),
        ((r"\sum_{k=1}^{4} k^2", "= 1+4+9+16", "= 31"), 2),
        ((r"\sum_{k=1}^{n} (2k+1)", r"= 2\cdot\frac{n(n+1)}{2}+n", "= n^2+2n"), None),
        ((r"\sum_{k=1}^{n} (2k+1)", r"= 2\cdot\frac{n(n+1)}{2}+1", "= n^2+n+1"), 1),
        ((r"\binom{7}{3}", r"= \frac{7\cdot6\cdot5}{3\cdot2\cdot1}", "= 35"), None),
        ((r"\binom{7}{3}", r"= \frac{7\cdot6\cdot5}{3\cdot2\cdot1}", "= 70"), 2),
    ],
)
def test_the_first_wrong_line_of_a_sum_is_found(
    lines: tuple[str, ...], first_wrong: int | None
) -> None:
    assert check_steps("", lines).first_wrong == first_wrong


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (r"\(\sum_{k=1}^{10} k = \frac{10\cdot 11}{2} = 55\)", Status.VERIFIED),
        (r"\(\sum_{k=1}^{10} k = \frac{10\cdot 9}{2} = 45\)", Status.REFUTED),
        (r"\(\sum_{k=0}^{\infty} \frac{1}{2^k} = 2\)", Status.VERIFIED),
        (r"\(\sum_{k=1}^{\infty} \frac{1}{k} = 2\)", Status.UNKNOWN),
    ],
)
def test_a_claim_about_a_sum_in_a_line_is_decided(line: str, wanted: Status) -> None:
    found = check_line("Add some numbers.", (), line, 0)
    assert found is not None
    assert found.status is wanted
