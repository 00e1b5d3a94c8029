"""Equality has three values, and each is only said with proof."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.zero import Answer


def _compare(left: str, right: str) -> Answer:
    return compare_expressions(parse_expression(left), parse_expression(right)).answer


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("x^2+2x+1", "(x+1)^2"),
        ("0.1+0.2", "0.3"),
        (r"\sqrt[3]{-8}", "-2"),
        ("(-8)^{2/3}", "4"),
        (r"\cos 2x", r"1-2\sin^2 x"),
        (r"\frac{1+\sqrt5}{4}", r"\cos 36^\circ"),
        (r"\sqrt{3+2\sqrt2}", r"1+\sqrt2"),
        (r"\log_2 3", r"\log_4 9"),
        ("(1+i)^2", "2i"),
        (r"\gcd(252,198)", "18"),
    ],
)
def test_equal_expressions_are_proved_equal(left: str, right: str) -> None:
    assert _compare(left, right) is Answer.YES


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("x^2+1", "(x+1)^2"),
        ("262537412640768744", r"e^{\pi\sqrt{163}}"),
        ("10^{100}", "10^{100}+1"),
        (r"\sin^2 x", r"\sin x^2"),
        ("x^2+1", "t^2+1"),
        (r"\sqrt{x^2}", "x"),
        (r"\sin 30", "2/3"),
    ],
)
def test_different_expressions_are_refuted(left: str, right: str) -> None:
    assert _compare(left, right) is Answer.NO


def test_an_angle_without_a_sign_is_in_radians_but_degrees_raise_a_doubt() -> None:
    assert _compare(r"\sin 30", "1/2") is Answer.OPEN
    assert _compare(r"\sin \frac{\pi}{6}", "1/2") is Answer.YES


def test_agreement_at_sample_points_is_not_a_proof() -> None:
    machin = r"4\arctan\frac15-\arctan\frac1{239}"
    assert _compare(machin, r"\frac{\pi}{4}") is not Answer.NO


def test_a_value_that_is_not_real_decides_nothing() -> None:
    assert _compare(r"\sqrt{-4}", r"\sqrt{-4}+0") is Answer.OPEN


_TERMS = st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 4)), min_size=1, max_size=4).map(
    lambda terms: "+".join(f"({c})x^{n}" for c, n in terms)
)


@settings(max_examples=60, deadline=None)
@given(_TERMS, _TERMS)
def test_equality_is_symmetric(left: str, right: str) -> None:
    assert _compare(left, right) is _compare(right, left)


@settings(max_examples=60, deadline=None)
@given(_TERMS, st.integers(1, 9))
def test_adding_a_number_makes_a_difference(left: str, extra: int) -> None:
    assert _compare(left, f"{left}+{extra}") is Answer.NO
