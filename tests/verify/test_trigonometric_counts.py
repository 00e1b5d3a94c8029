"""The count of solutions agrees with a fine numeric search, for random equations."""

import math
import random
from itertools import pairwise

import pytest
import sympy

from tutor_app.verify.parser import parse_expression
from tutor_app.verify.solutions import Equation
from tutor_app.verify.trigonometry import (
    Bounds,
    count_real_roots,
    places_within,
    trigonometric_roots,
)


def _zeros_by_search(a: int, b: int, c: int, m: int, n: int) -> set[float]:
    """Sign changes of a sin(mx) + b cos(nx) + c on a fine grid over one turn."""

    def value(x: float) -> float:
        return a * math.sin(m * x) + b * math.cos(n * x) + c

    steps, shift = 7001, 1e-4
    points = [shift + 2 * math.pi * k / steps for k in range(steps + 1)]
    return {
        (left + right) / 2
        for left, right in pairwise(points)
        if (value(left) < 0) != (value(right) < 0)
    }


@pytest.mark.parametrize("seed", range(12))
def test_every_sign_change_is_counted(seed: int) -> None:
    draw = random.Random(seed)
    a, b, c = draw.randint(1, 5), draw.randint(1, 5), draw.choice((-2, -1, 1, 2))
    m, n = draw.randint(1, 3), draw.randint(1, 3)
    left = parse_expression(f"{a}*sin({m}*x) + {b}*cos({n}*x) + ({c})")
    equation = Equation(left, parse_expression("0"), "x")
    roots = trigonometric_roots(equation)
    assert roots is not None
    found = _zeros_by_search(a, b, c, m, n)
    places = places_within(roots, equation, Bounds(sympy.Integer(0), 2 * sympy.pi, False, True))
    assert places is not None
    values = [float(sympy.N(place.low)) for place in places]
    # A double zero changes no sign, so that the search may miss some, never the count.
    assert len(values) >= len(found)
    assert all(min(abs(zero - value) for value in values) < 0.01 for zero in found)
    assert all(abs(a * math.sin(m * v) + b * math.cos(n * v) + c) < 1e-6 for v in values)


def test_double_zeros_are_found() -> None:
    equation = Equation(parse_expression("sin(x)"), parse_expression("1"), "x")
    roots = trigonometric_roots(equation)
    assert roots is not None
    assert roots.count == 1


def test_gaps_in_the_domain_are_no_solutions() -> None:
    equation = Equation(parse_expression("tan(x)*cos(x)"), parse_expression("1"), "x")
    roots = trigonometric_roots(equation)
    assert roots is not None
    assert roots.count == 0


def test_real_roots_with_irrational_coefficients_are_counted() -> None:
    u = sympy.Symbol("u")
    root = sympy.sqrt(2)
    polynomial = sympy.Poly((u - root) * (u + 3) * (u**2 + 1), u, extension=True)
    assert count_real_roots(polynomial) == 2


def test_an_equation_with_the_letter_outside_of_angles_is_left_alone() -> None:
    equation = Equation(parse_expression("x*sin(x)"), parse_expression("1"), "x")
    assert trigonometric_roots(equation) is None
