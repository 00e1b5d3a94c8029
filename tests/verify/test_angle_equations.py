"""Trigonometric equations: every value is put in, and none may be missing from the range."""

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.inprocess import check_answer, check_steps, compare_answers

_HALF = r"Find all solutions of $2\cos x=1$ with $0\le x<2\pi$."
_DEGREES = r"Solve $2\sin x = \sqrt{3}$ for $0^\circ \le x \le 360^\circ$."
_SQUARE = r"Solve $2\sin^2 x - \sin x - 1 = 0$ on the interval $[0, 2\pi)$."
_DOUBLE = r"Find all values of $x$ in the interval $[0, 2\pi)$ that satisfy $\cos 2x = \sin x$."


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (_HALF, r"x = \frac{\pi}{3}, \frac{5\pi}{3}"),
        (_HALF, "x = pi/3 or x = 5pi/3"),
        (_HALF, r"\{\frac{5\pi}{3}, \frac{\pi}{3}\}"),
        (_DEGREES, "60°, 120°"),
        (_DEGREES, r"x = 60^\circ \text{ or } x = 120^\circ"),
        (_DEGREES, "60 degrees and 120 degrees"),
        (_SQUARE, r"\frac{\pi}{2}, \frac{7\pi}{6}, \frac{11\pi}{6}"),
        (_DOUBLE, r"\frac{\pi}{6}, \frac{5\pi}{6}, \frac{3\pi}{2}"),
        (
            r"Solve $\tan 3x = 1$ for $0 \le x \le \frac{\pi}{2}$",
            r"\frac{\pi}{12}, \frac{5\pi}{12}",
        ),
        (r"Solve $5\sin x = 2$ for $0\le x\le 2\pi$", r"\arcsin\frac25, \pi-\arcsin\frac25"),
        (r"Solve $\sin x = 3$ for $0\le x\le 2\pi$", "no solution"),
        (r"Solve $\cos\theta = -1$, $0\le\theta\le 4\pi$", r"\theta = \pi, 3\pi"),
        (r"Find the solutions of $\sec x = 2$ on $[0, 2\pi]$", r"x=\frac{\pi}{3}, \frac{5\pi}{3}"),
        (r"Solve $x^2=16$ for $0 < x < 9$.", "x = 4"),
    ],
)
def test_a_complete_list_in_the_range_is_verified(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is Status.VERIFIED


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (_HALF, r"x = \frac{\pi}{3}"),
        (_HALF, r"x = \frac{\pi}{3}, \frac{2\pi}{3}"),
        (_HALF, r"x = \frac{\pi}{3}, \frac{5\pi}{3}, \frac{7\pi}{3}"),
        (_HALF, r"x = -\frac{\pi}{3}, \frac{\pi}{3}"),
        (_HALF, "no solution"),
        (_DEGREES, "60°"),
        (_DEGREES, "60°, 240°"),
        (_SQUARE, r"\frac{\pi}{2}"),
        (_DOUBLE, r"\frac{\pi}{6}, \frac{5\pi}{6}"),
        (r"Solve $\cos\theta = -1$, $0\le\theta\le 4\pi$", r"\theta = \pi"),
    ],
)
def test_a_list_that_misses_or_adds_an_angle_is_refuted(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is Status.REFUTED


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (_HALF, "60°, 300°"),
        (_HALF, "1.05, 5.24"),
        (_DEGREES, "60, 120"),
        (r"Solve $\sin x = \frac12$, $0\le x\le 360$", "30, 150"),
        (r"Solve $x\sin x = 1$ for $0\le x\le 2\pi$", "x=1.114"),
        (r"Solve $2\cos x=1$ for $0\le x<2\pi$ and round to 2 decimals", r"\frac{\pi}{3}"),
    ],
)
def test_a_doubtful_unit_or_wording_is_unknown(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is Status.UNKNOWN


_SINE = r"Find the general solution of $\sin x = \frac{\sqrt{3}}{2}$."


@pytest.mark.parametrize(
    ("problem", "answer", "status"),
    [
        (
            _SINE,
            r"x=\frac{\pi}{3}+2k\pi \text{ or } x=\frac{2\pi}{3}+2k\pi, k\in\mathbb{Z}",
            Status.VERIFIED,
        ),
        (_SINE, r"x = (-1)^n \frac{\pi}{3} + n\pi, n \in \mathbb{Z}", Status.VERIFIED),
        (_SINE, r"x=\frac{\pi}{3}+2k\pi, k\in\mathbb{Z}", Status.REFUTED),
        (_SINE, r"x=\pm\frac{\pi}{3}+2k\pi, k\in\mathbb{Z}", Status.REFUTED),
        (r"Solve $\cos x = 0$", r"x=\frac{\pi}{2}+n\pi where n is an integer", Status.VERIFIED),
        (r"Solve $\cos x = 0$", r"x=\frac{\pi}{2}+2n\pi, n\in\mathbb{Z}", Status.REFUTED),
        (
            r"Solve $\tan 2x = 1$",
            r"x=\frac{\pi}{8}+\frac{k\pi}{2}, k\in\mathbb{Z}",
            Status.VERIFIED,
        ),
        (r"Solve $\cos x = 2$", "no solution", Status.VERIFIED),
        (r"Solve $\cos x = 1$", "x = 0", Status.UNKNOWN),
    ],
)
def test_a_general_solution_is_counted_in_one_period(
    problem: str, answer: str, status: Status
) -> None:
    assert check_answer(problem, answer).status is status


_GOLD = r"x=\frac{\pi}{6}+k\pi,\ k\in\mathbb{Z}"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (r"x=\frac{7\pi}{6}+m\pi,\ m\in\mathbb{Z}", Status.VERIFIED),
        (r"x=\frac{\pi}{6}+2n\pi or x=\frac{7\pi}{6}+2n\pi, n\in\mathbb{Z}", Status.VERIFIED),
        (r"x=\frac{\pi}{6}+2n\pi, n\in\mathbb{Z}", Status.REFUTED),
        (r"x=\frac{\pi}{3}+n\pi, n\in\mathbb{Z}", Status.REFUTED),
        (r"x=\frac{\pi}{6}", Status.UNKNOWN),
        (r"y=\frac{\pi}{6}+n\pi, n\in\mathbb{Z}", Status.UNKNOWN),
    ],
)
def test_general_solutions_are_compared_as_sets(answer: str, status: Status) -> None:
    assert compare_answers(_GOLD, answer, "").status is status


@pytest.mark.parametrize(
    ("lines", "first_wrong"),
    [
        (("3*sin(x)*cos(x) = sin(x)", "3*cos(x) = 1"), 1),
        ((r"\sin 2x = \cos x", r"2\sin x\cos x = \cos x", r"\sin x = \frac12"), 2),
        ((r"\cos^2 x = \frac14", r"\cos x = \frac12"), 1),
        ((r"2\cos x = \sqrt{2}", r"\cos x = \sqrt{2}"), 1),
        ((r"\tan x = 2\sin x", r"\sin x = 2\sin x\cos x", r"2\cos x = 1"), 2),
    ],
)
def test_a_step_that_loses_angles_is_the_wrong_line(
    lines: tuple[str, ...], first_wrong: int
) -> None:
    assert check_steps("", lines).first_wrong == first_wrong


@pytest.mark.parametrize(
    "lines",
    [
        (r"\cos 2x = \cos x", r"2\cos^2 x - 1 = \cos x", r"\cos x = 1 \text{ or } \cos x=-\frac12"),
        (r"\sin^2 x = \frac34", r"\sin x = \pm\frac{\sqrt3}{2}"),
        (r"\tan x \cos x = \frac12", r"\sin x = \frac12"),
        (r"\cos x = 3 \text{ or } \cos x = \frac12", r"\cos x = \frac12"),
    ],
)
def test_a_step_that_keeps_the_angles_is_verified(lines: tuple[str, ...]) -> None:
    verdict = check_steps("", lines)
    assert verdict.first_wrong is None
    assert verdict.complete


def test_squaring_may_add_angles_and_is_not_wrong() -> None:
    lines = (r"\sin x + \cos x = 1", r"(\sin x+\cos x)^2 = 1", r"\sin 2x = 0")
    assert check_steps("", lines).first_wrong is None


def test_the_range_of_the_problem_decides_about_the_last_line() -> None:
    problem = r"Solve $2\cos^2 x = \cos x$ for $0\le x<2\pi$"
    start = (r"2\cos^2 x = \cos x", r"\cos x = 0 \text{ or } \cos x = \frac12")
    right = (*start, r"x = \frac{\pi}{2}, \frac{3\pi}{2}, \frac{\pi}{3}, \frac{5\pi}{3}")
    wrong = (*start, r"x = \frac{\pi}{2}, \frac{\pi}{3}, \frac{5\pi}{3}")
    assert check_steps(problem, right).first_wrong is None
    assert check_steps(problem, wrong).first_wrong == 2
