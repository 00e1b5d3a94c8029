"""Function values, inverses, lines, quadratics, polynomial division, counts and conditions."""

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.inprocess import check_answer

_PAIR = "Given $f(x)=3x-1$ and $g(x)=x^2+1$, find "
_INVERSE = r"Find $f^{-1}(x)$ for $f(x)=\frac{x+4}{2x-1}$."
_SYSTEM = "How many solutions does the system $2x+y=3$, $4x+2y=6$ have?"


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        ("If $f(x)=2x^2-5x$, find $f(3)$.", ("3", "f(3)=3", "f(3) = 18 - 15 = 3"), ("33", "-3")),
        ("Let $f(x)=2x^2-5x$. Find $f'(3)$.", ("7", "f'(3)=7"), ("12", "-7")),
        ("Let $f(x)=x^4$. Find $f''(2)$.", ("48",), ("32", "16")),
        (_PAIR + "$f(g(x))$.", ("3x^2+2", "f(g(x))=3(x^2+1)-1"), ("9x^2-6x+2", "3x^2+1")),
        (_PAIR + "$g(f(2))$.", ("26",), ("14", "25")),
        (_PAIR + r"$(f\circ g)(1)$.", ("5",), ("2",)),
        (_INVERSE, (r"f^{-1}(x)=\frac{x+4}{2x-1}", r"y=\frac{x+4}{2x-1}"), (r"\frac{2x-1}{x+4}",)),
        ("Find the inverse function of $f(x)=x^3-5$.", (r"\sqrt[3]{x+5}",), (r"\sqrt[3]{x-5}",)),
        ("Find the second derivative of $y = x^5 - x$.", ("20x^3", "y''=20x^3"), ("5x^4-1",)),
        (r"Find the second derivative of $f(x)=\ln x$.", (r"-\frac{1}{x^2}",), (r"\frac1x",)),
        ("Find the midpoint of the line segment joining (2,3) and (6,-1).", ("(4,1)",), ("(1,4)",)),
        ("Find the slope of the line through the points (1,5) and (3,1)", ("-2",), ("2", "-1/2")),
        ("Find the equation of the line through (1,5) and (3,1)", ("y=7-2x",), ("y=2x+3",)),
        ("Find the equation of the line with slope 4 that passes through (1,-2)",
         ("y=4x-6", "y+2=4(x-1)"), ("y=4x+6",)),
        ("Find the vertex of the parabola $y=x^2+8x+10$.", ("(-4,-6)",), ("(4,-6)", "(-6,-4)")),
        ("Find the discriminant of $3x^2-2x-4=0$.", ("52", "D=52"), ("-44", "4")),
        ("Find the quotient and remainder when $x^3+x-4$ is divided by $x+1$.",
         ("quotient x^2-x+2, remainder -6", "q = x^2-x+2, r = -6"),
         ("quotient x^2-x+2, remainder 6",)),
        ("Find the remainder when $x^3+x-4$ is divided by $x+1$.", ("-6",), ("6", "-2")),
        ("Find the modulus of $5-12i$.", ("13", "|z|=13"), ("17", "-13")),
        ("Find the complex conjugate of $3-7i$.", ("3+7i", r"\bar{z}=3+7i"), ("-3+7i", "3-7i")),
        ("How many real solutions does $x^2-2x+5=0$ have?", ("0", "none"), ("2", "one")),
        ("How many real roots does the equation $x^3-x=0$ have?", ("3", "three"), ("1",)),
        (_SYSTEM, ("infinitely many",), ("1", "0")),
        ("Find the positive solution of $x^2-3x-10=0$.", ("5", "x=5"), ("-2", "x=5, x=-2")),
        ("Solve $x^2=3x+4$ for $x>0$.", ("4",), ("-1", "4, -1")),
        ("Find all integer solutions of $3x^2-7x+2=0$.", ("2",), ("2, 1/3",)),
        ("If $x^2 = 64$ and $x<0$, find $x$.", ("-8",), ("8",)),
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
    ("problem", "right", "wrong"),
    [
        (r"Find the inverse of $f(x)=\sqrt{x-2}$.", ("x^2+2", "y=x^2+2"), ("x^2-2",)),
        (r"Find the inverse of $f(x)=\ln(x+3)$.", ("e^x-3",), ("e^x+3",)),
        ("Find $f^{-1}(7)$ if $f(x)=2x+1$.", ("3", "f^{-1}(7)=3"), ("15",)),
        ("Find the slope of the line $3x+4y=12$.", (r"-\frac34",), (r"\frac34", "3")),
        ("Find the y-intercept of $y=5x-2$.", ("-2", "(0,-2)", "y=-2"), ("2", "(3,0)")),
        ("Find the x-intercepts of $y=x^2-9$.", ("3, -3", "(3,0), (-3,0)"), ("3", "(0,3)")),
        (
            "Find the point of intersection of the lines $y=x+2$ and $y=-2x+8$.",
            ("(2,4)",),
            ("(4,2)",),
        ),
        (
            "Find the points of intersection of the curves $y=x^2$ and $y=x+6$.",
            ("(3,9), (-2,4)", "(-2,4) and (3,9)"),
            ("(3,9)", "(3,9), (-2,-4)"),
        ),
        (
            "Find the equation of the line parallel to $y=3x-1$ through $(2,1)$.",
            ("y=3x-5",),
            ("y=3x+1", r"y=-\frac13x+\frac53"),
        ),
        (
            "Find the equation of the line through $(3,1)$ perpendicular to $y=3x$.",
            (r"y=-\frac13x+2", "x+3y=6"),
            ("y=3x-8",),
        ),
        (
            "Find the average rate of change of $f(x)=x^2$ from $x=2$ to $x=5$",
            ("7",),
            ("21", "5"),
        ),
        (r"Make $h$ the subject of $V=\pi r^2 h$", (r"h=\frac{V}{\pi r^2}",), (r"h=V\pi r^2",)),
        ("Rearrange $y = 4x-3$ to make $x$ the subject", ("x=(y+3)/4",), ("x=(y-3)/4",)),
        (
            r"How many solutions does $\cos x = \frac12$ have for $0\le x\le 4\pi$?",
            ("4",),
            ("2",),
        ),
    ],
)
def test_lines_and_formulas_are_compared_by_value(
    problem: str, right: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    assert [check_answer(problem, answer).status for answer in right] == [
        Status.VERIFIED for _ in right
    ]
    assert [check_answer(problem, answer).status for answer in wrong] == [
        Status.REFUTED for _ in wrong
    ]


def test_a_root_taken_of_a_formula_says_its_sign() -> None:
    verdict = check_answer(r"Make $r$ the subject of $A=\pi r^2$", r"r=\sqrt{\frac{A}{\pi}}")
    assert verdict.status is Status.VERIFIED
    assert verdict.assumptions == ("r is not negative",)


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        ("(x-5)^2-21", Status.VERIFIED),
        ("x^2-10x+4", Status.REFUTED),
        ("(x-5)(x-5)-21", Status.REFUTED),
    ],
)
def test_a_completed_square_has_the_letter_in_one_square(answer: str, form: Status) -> None:
    verdict = check_answer("Complete the square for $x^2-10x+4$.", answer)
    assert verdict.status is Status.VERIFIED
    assert verdict.form_status is form


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("Find the inverse of $f(x)=x^2$.", r"\sqrt{x}"),
        ("How many solutions does $x^2+1=0$ have?", "0"),
        ("How many solutions does $x^2-2x+1=0$ have?", "1"),
        (r"Find the argument of $1+i$.", r"\frac{9\pi}{4}"),
        ("If $f(x)=1/x$, find $f(0)$.", "0"),
        ("Let $f(x)=x^2$. Find $h(3)$.", "9"),
        ("Find the line through (1,1)", "y=x"),
        ("How many real roots does $x^2-6x+9=0$ have?", "1"),
        ("Find the point of intersection of the lines $y=3x$ and $y=1$.", "(0.33, 1)"),
        ("Find the tangent to $y=x^3$ through $(1,1)$.", "y=3x-2"),
    ],
)
def test_doubtful_ones_are_unknown(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is Status.UNKNOWN
