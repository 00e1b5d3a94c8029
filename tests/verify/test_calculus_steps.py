"""Working with definite integrals and limits: each side is worked out."""

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.inprocess import check_steps
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.rendering import render
from tutor_app.verify.syntax import Evaluated


@pytest.mark.parametrize(
    ("lines", "first_wrong"),
    [
        ((r"\int_1^3 \frac{1}{x^2}\,dx", r"= \left[\frac{1}{x}\right]_1^3", r"= -\frac{2}{3}"), 1),
        (
            (r"\int_1^3 \frac{1}{x^2}\,dx", r"= \left[-\frac{1}{x}\right]_1^3", r"= -\frac13 - 1"),
            2,
        ),
        (
            (r"\int_{-2}^2 \frac{1}{x^2}\,dx", r"= \left[-\frac{1}{x}\right]_{-2}^2", "= -1"),
            1,
        ),
        ((r"\int_0^2 (3x^2+1) dx", r"= [x^3+x]_0^2", "= 8 + 2", "= 12"), 3),
        ((r"\int_0^{\pi} \sin x dx", r"= [\cos x]_0^{\pi}", "= -2"), 1),
        ((r"\lim_{x\to 3}\frac{x^2-9}{x-3}", r"= \lim_{x\to 3}(x-3)", "= 0"), 1),
        ((r"\lim_{x\to 3}\frac{x^2-9}{x-3}", r"= \lim_{x\to 3}(x+3)", "= 9"), 2),
        ((r"\frac{d}{dx}(x^2\cos x)", r"= 2x\cos x + x^2\sin x"), 1),
        ((r"\frac{d}{dx}(e^{x^2})", r"= e^{x^2}", ), 1),
    ],
)  # fmt: skip
def test_the_first_wrong_line_is_named(lines: tuple[str, ...], first_wrong: int) -> None:
    assert check_steps("", lines).first_wrong == first_wrong


@pytest.mark.parametrize(
    "lines",
    [
        (r"\int_1^3 \frac{1}{x^2}\,dx", r"= \left[-\frac{1}{x}\right]_1^3", r"= -\frac13 + 1",
         r"= \frac23"),
        (r"2\int_0^1 x e^x dx", r"= 2[x e^x]_0^1 - 2\int_0^1 e^x dx", "= 2e - 2(e-1)", "= 2"),
        (r"\int_0^{\pi} \sin x dx", r"= [-\cos x]_0^{\pi}", "= 1 + 1", "= 2"),
        (r"\lim_{x\to 3}\frac{x^2-9}{x-3}", r"= \lim_{x\to 3}(x+3)", "= 6"),
        (r"\lim_{x\to 0}\frac{\sin x}{x}", r"= \lim_{x\to 0}\cos x", "= 1"),
        (r"\frac{d}{dx}(\sin(x^3))", r"= \cos(x^3)\cdot 3x^2", r"= 3x^2\cos(x^3)"),
        (r"\int_2^0 x dx", r"= \left[\frac{x^2}{2}\right]_2^0", "= -2"),
    ],
)  # fmt: skip
def test_right_working_is_verified_to_the_end(lines: tuple[str, ...]) -> None:
    verdict = check_steps("", lines)
    assert verdict.first_wrong is None
    assert verdict.complete


def test_a_rounded_value_is_not_wrong() -> None:
    verdict = check_steps("", (r"\int_0^1 x^2 dx", "= 0.33"))
    assert verdict.steps[1].status is Status.UNKNOWN


def test_no_antiderivative_with_the_right_value_is_not_verified() -> None:
    verdict = check_steps("", (r"\int_0^1 2x dx", "= [x]_0^1", "= 1"))
    assert verdict.steps[1].status is Status.UNKNOWN


def test_a_limit_that_is_only_witnessed_refutes_nothing() -> None:
    verdict = check_steps("", (r"\lim_{x\to 0}\frac{\sin x}{x}", "= 0"))
    assert verdict.steps[1].status is Status.UNKNOWN


def test_bounds_behind_a_bracket_are_read_and_written() -> None:
    node = parse_expression(r"\left[\frac{x^2}{2}\right]_{-1}^{3}")
    assert isinstance(node, Evaluated)
    assert parse_expression(render(node)) == node
