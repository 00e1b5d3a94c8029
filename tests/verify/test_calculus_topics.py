"""Tangents, extreme values, areas, integrals that may diverge, expansions."""

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.inprocess import check_answer

_TANGENT = "Find the equation of the tangent line to $y=x^3$ at $x=2$."
_NORMAL = "Find the equation of the normal to the curve $y = x^2$ at the point $(1,1)$."
_POINTS = "Find the stationary points of $y=x^3-12x$."
_NATURE = "Find the stationary points of $f(x)=x^3-12x$ and determine their nature."
_MOST = "Find the maximum value of $f(x)=x^3-12x$ on the interval $[-1,5]$."
_AREA = "Find the area enclosed by $y=x^2$ and $y=2x+3$."
_DIVERGES = r"Evaluate $\int_0^{2}\frac{1}{(x-1)^2}\,dx$ or state that it diverges."
_TAIL = r"Evaluate $\int_2^{\infty}\frac{1}{x}\,dx$ or state that it diverges."
_EXPONENTIAL = r"Evaluate $\int_0^{\infty}e^{-2x}\,dx$."
_FRACTIONS = r"Express $\frac{7x+1}{(x-2)(x+3)}$ in partial fractions."
_TAYLOR = r"Find the Taylor polynomial of degree 4 for $\cos x$ at $x=0$."


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        (_TANGENT, ("y=12x-16", "12x-16", "y-8=12(x-2)", "12x-y=16"), ("y=12x+16", "y=6x-4")),
        (_NORMAL, ("x+2y=3", r"y=-\frac12x+\frac32"), ("y=2x-1", r"y=\frac12x+\frac12")),
        (
            r"Find an equation of the tangent to the graph of $f(x)=e^{3x}$ at $x=0$",
            ("y=3x+1",), ("y=3x", "y=x+1"),
        ),
        (
            r"Find the slope of the tangent line to $y=\cos x$ at $x=\frac{\pi}{6}$.",
            (r"-\frac12", "-0.5", r"m=-\frac12"), (r"\frac12", r"-\frac{\sqrt3}{2}"),
        ),
        (
            "What is the gradient of the curve $y = 2x^3-x$ at the point where $x=1$?",
            ("5",), ("1", "-5"),
        ),
        (_POINTS, ("(2,-16), (-2,16)", "(-2, 16) and (2, -16)"), ("(2,-16)", "(2,16), (-2,-16)")),
        (
            _NATURE,
            ("(2,-16) minimum, (-2,16) maximum", "maximum at (-2,16), minimum at (2,-16)"),
            ("maximum at (2,-16), minimum at (-2,16)",),
        ),
        ("Find the critical numbers of $f(x)=x^4-2x^2$", ("0, 1, -1", r"x=0, \pm 1"), ("0, 1",)),
        (_MOST, ("65",), ("16", "-16", "11")),
        ("Find the minimum value of $y=x^2-6x+11$.", ("2", "The minimum value is 2"), ("3", "11")),
        (_AREA, (r"\frac{32}{3}", "32/3 square units"), (r"\frac{16}{3}", r"-\frac{32}{3}")),
        ("Find the area under the curve $y=x^3$ from $x=0$ to $x=2$.", ("4",), ("8", "-4")),
        ("Find the area bounded by the curve $y=x^2-9$ and the x-axis.", ("36",), ("-36", "18")),
        (r"Find the area between $y=\sin x$ and the x-axis from $x=0$ to $x=\pi$", ("2",), ("0",)),
        (r"Find the area of the region bounded by $y=\sqrt{x}$ and $y=x$", ("1/6",), ("1/3",)),
        ("Find the average value of $f(x)=x^2$ on the interval $[0,6]$.", ("12",), ("72", "36")),
        (_DIVERGES, ("diverges", "it diverges"), ("-2", "2")),
        (_TAIL, ("diverges",), ("0", "1")),
        (_EXPONENTIAL, (r"\frac12",), ("0", "2", "diverges")),
        (r"Evaluate the improper integral $\int_0^1 \ln x\,dx$", ("-1",), ("1", "0")),
        (
            r"Determine whether $\int_0^4 \frac{1}{\sqrt{x}}dx$ converges or diverges.",
            ("converges to 4", "4"), ("diverges", "2"),
        ),
        (r"Evaluate $\int_{-\infty}^{\infty}\frac{1}{1+x^2}\,dx$.", (r"\pi",), ("0", r"\pi/2")),
        (_FRACTIONS, (r"\frac{3}{x-2}+\frac{4}{x+3}",), (r"\frac{4}{x-2}+\frac{3}{x+3}",)),
        (_TAYLOR, (r"1-\frac{x^2}{2}+\frac{x^4}{24}",), (r"1-x^2+x^4", r"1-\frac{x^2}{2}")),
        (
            r"Find the third-degree Taylor polynomial of $\ln x$ about $x=1$.",
            (r"(x-1)-\frac{(x-1)^2}{2}+\frac{(x-1)^3}{3}",), ("x-1",),
        ),
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
    ("problem", "answer"),
    [
        (_NATURE, "(2,-16), (-2,16)"),
        (_AREA, "10.67"),
        ("Find the area enclosed by $y=x^2$ and $y=x+2$ and $y=1$.", "1"),
        ("Find the maximum value of $f(x)=x^3-12x$.", "16"),
        (r"Find the maximum value of $f(x)=\frac{1}{x}$ on the interval $[-1,1]$.", "1"),
        ("Find the tangent to $y=x^2$ at the point $(1,2)$.", "y=2x"),
        ("Find the slope of $y=|x|$ at $x=0$.", "0"),
        ("Find the critical numbers of $f(x)=|x|$", "no solution"),
        (r"Evaluate $\int_{-1}^{1}\frac{1}{x}\,dx$ or state that it diverges.", "0"),
        (r"Evaluate $\int_0^{\infty}\sin x\,dx$ or state that it diverges.", "1"),
        (r"Evaluate $\int_1^{\infty}\frac{1}{x^2}\,dx$ to 2 decimal places", "1"),
    ],
)
def test_doubtful_answers_and_wordings_are_not_verified(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is not Status.VERIFIED


def test_the_undivided_fraction_has_the_wrong_form() -> None:
    verdict = check_answer(_FRACTIONS, r"\frac{7x+1}{(x-2)(x+3)}")
    assert verdict.form_status is Status.REFUTED
    assert not verdict.is_complete
