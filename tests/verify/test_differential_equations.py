"""Differential equations: answers are put in, and nothing may be missing."""

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.inprocess import check_answer

_GROWTH = r"Solve $\frac{dy}{dx}=4xy$."
_VALUE = r"Solve the differential equation $\frac{dy}{dx}=5y$ with $y(0)=3$."
_LINEAR = "Solve $y'+y=2$, $y(0)=7$"
_SPRING = "Find the general solution of $y''+9y=0$."
_TWO = "Solve $y''-5y'+6y=0$, $y(0)=1$, $y'(0)=1$"
_ROOT = r"Solve $\frac{dy}{dx}=\frac{x}{y}$ with $y(0)=3$."


@pytest.mark.parametrize(
    ("problem", "answer", "status"),
    [
        (_GROWTH, "y=Ce^{2x^2}", Status.VERIFIED),
        (_GROWTH, "y=Ke^{2x^2}", Status.VERIFIED),
        (_GROWTH, "y=e^{2x^2}", Status.UNKNOWN),
        (_GROWTH, "y=e^{2x^2}+C", Status.REFUTED),
        (_GROWTH, "y=e^{2x^2+C}", Status.UNKNOWN),
        (_GROWTH, "y=Ce^{4x}", Status.REFUTED),
        (_VALUE, "y=3e^{5x}", Status.VERIFIED),
        (_VALUE, "3e^{5x}", Status.VERIFIED),
        (_VALUE, "y=e^{5x}", Status.REFUTED),
        (_VALUE, "y=3e^{-5x}", Status.REFUTED),
        (_VALUE, "y=Ce^{5x}", Status.UNKNOWN),
        (_LINEAR, "y=2+5e^{-x}", Status.VERIFIED),
        (_LINEAR, "y=2", Status.REFUTED),
        (_SPRING, r"y=A\cos 3x+B\sin 3x", Status.VERIFIED),
        (_SPRING, r"y=C_1\cos(3x)+C_2\sin(3x)", Status.VERIFIED),
        (_SPRING, r"y=A\cos 3x", Status.UNKNOWN),
        (_SPRING, r"y=A\cos 3x+B\cos 3x", Status.UNKNOWN),
        (_SPRING, r"y=Ae^{3x}+Be^{-3x}", Status.REFUTED),
        (_TWO, "y=2e^{2x}-e^{3x}", Status.VERIFIED),
        (_TWO, "y=e^{2x}", Status.REFUTED),
        (_ROOT, r"y=\sqrt{x^2+9}", Status.VERIFIED),
        (_ROOT, r"y=-\sqrt{x^2+9}", Status.REFUTED),
        (_ROOT, r"y=\pm\sqrt{x^2+9}", Status.UNKNOWN),
        (r"Solve $\frac{dy}{dx}=y^2$.", r"y=-\frac{1}{x+C}", Status.UNKNOWN),
        (r"Solve $\frac{dy}{dx}=3y^{2/3}$ with $y(0)=0$.", "y=x^3", Status.UNKNOWN),
    ],
)
def test_answers_are_put_in(problem: str, answer: str, status: Status) -> None:
    assert check_answer(problem, answer).status is status
