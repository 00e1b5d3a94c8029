"""Equalities of constants and of large polynomials are decided exactly."""

import pytest
import sympy

from tutor_app.core.verdict import Status
from tutor_app.verify.arctangents import is_zero_sum
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.inprocess import compare_answers
from tutor_app.verify.modular import is_nonzero_somewhere

_THIRD = sympy.Rational(1, 3)


def _arctan(top: int, bottom: int = 1) -> sympy.Expr:
    return sympy.atan(sympy.Rational(top, bottom))


@pytest.mark.parametrize(
    "expr",
    [
        4 * _arctan(1, 5) - _arctan(1, 239) - sympy.pi / 4,
        2 * _arctan(1, 3) + _arctan(1, 7) - sympy.pi / 4,
        _arctan(2) + _arctan(3) + _arctan(1) - sympy.pi,
        _arctan(1, 2) - _arctan(1, 3) - _arctan(1, 7),
        _THIRD * (_arctan(1, 2) + _arctan(1, 3)) - sympy.pi / 12,
    ],
)
def test_sums_of_arctangents_that_are_zero_are_proved(expr: sympy.Expr) -> None:
    assert is_zero_sum(expr)


@pytest.mark.parametrize(
    "expr",
    [
        4 * _arctan(1, 5) - _arctan(1, 238) - sympy.pi / 4,
        _arctan(2) + _arctan(3) + _arctan(1) + sympy.pi,
        _arctan(2) + _arctan(3) + _arctan(1) - 3 * sympy.pi,
        8 * _arctan(1),
        sympy.atan(sympy.sqrt(2)) - 1,
    ],
)
def test_other_sums_are_not(expr: sympy.Expr) -> None:
    assert not is_zero_sum(expr)


@pytest.mark.parametrize(
    ("gold", "answer", "status"),
    [
        (r"\frac{\pi}{4}", r"2\arctan\frac13+\arctan\frac17", Status.VERIFIED),
        (r"\frac{\pi}{4}", r"2\arctan\frac13+\arctan\frac18", Status.REFUTED),
        (r"2+\sqrt{3}", r"\sqrt{7+4\sqrt{3}}", Status.VERIFIED),
        (r"2+\sqrt{3}", r"\sqrt{7+3\sqrt{3}}", Status.REFUTED),
        (r"(x+y+z+1)^{40}", r"(x+y+z+1)^{39}(x+y+z+2)", Status.REFUTED),
        (r"\ln 18", r"\ln 2+2\ln 3", Status.VERIFIED),
    ],
)
def test_constants_and_large_powers_are_compared(gold: str, answer: str, status: Status) -> None:
    assert compare_answers(gold, answer, "").status is status


def test_the_modular_filter_never_refutes_an_identity() -> None:
    x, y = sympy.symbols("x y")
    zero = (x + y) ** 3 - x**3 - 3 * x**2 * y - 3 * x * y**2 - y**3
    assert not is_nonzero_somewhere(zero, [x, y])
    assert not is_nonzero_somewhere(1 / x - y / (x * y), [x, y])
    assert is_nonzero_somewhere(zero + 1, [x, y])


@pytest.mark.parametrize(
    ("expr", "value"),
    [
        (sympy.atan(2), 1.1071487177940904),
        (sympy.atan(-2), -1.1071487177940904),
        (sympy.asin(_THIRD), 0.3398369094541219),
        (sympy.acos(-_THIRD), 1.9106332362490186),
        (sympy.sec(1), 1.8508157176809255),
        (sympy.cot(1), 0.6420926159343306),
        (sympy.sinh(2), 3.626860407847019),
        (sympy.tanh(2), 0.9640275800758169),
    ],
)
def test_enclosures_hold_the_value(expr: sympy.Expr, value: float) -> None:
    interval = Enclosure().interval(expr)
    assert interval is not None
    assert float(interval.a) <= value + 1e-12
    assert value - 1e-12 <= float(interval.b)
    assert float(interval.b) - float(interval.a) < 1e-12
