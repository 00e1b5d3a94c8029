"""Quadratic equations by the discriminant: whole or rational roots, double roots, none."""

import random
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from tutor_app.curriculum.fraction_arithmetic import reduction_lines
from tutor_app.curriculum.notation import (
    bracketed,
    fraction_tex,
    polynomial_tex,
    quotient_tex,
    signed,
    statement,
)
from tutor_app.curriculum.skill import WorkedLine, WorkedProblem

NO_SOLUTIONS = "\\text{no real solutions}"


def quadratic_lines(a: int, b: int, c: int) -> tuple[WorkedLine, ...]:
    """Lines that solve ax^2 + bx + c = 0, where the discriminant is a square or negative."""
    discriminant = b * b - 4 * a * c
    product = 4 * a * c
    lines = [
        WorkedLine(f"a={a},b={b},c={c}"),
        WorkedLine(
            f"D=b^2-4ac={b * b}-4\\cdot{bracketed(a)}\\cdot{bracketed(c)}"
            f"={b * b}{signed(-product) if product else '-0'}={discriminant}"
        ),
    ]
    if discriminant < 0:
        return (*lines, WorkedLine("", "D is negative, so there are no real solutions."))
    root = isqrt(discriminant)
    lines.append(WorkedLine(f"\\sqrt{{D}}={root}"))
    for sign in (-1, 1) if root else (1,):
        top = -b + sign * root
        value = _value(top, 2 * a)
        if root:
            value = f"{quotient_tex(f'{-b}{signed(sign * root)}', 2 * a)}={value}"
        lines.append(WorkedLine(f"x={value}"))
        if top % (2 * a):
            *_, final = reduction_lines(top, 2 * a) or (WorkedLine(""),)
            if final.maths:
                lines.append(WorkedLine(f"x={fraction_tex(Fraction(top, 2 * a))}"))
    return tuple(lines)


def _value(top: int, bottom: int) -> str:
    if top % bottom == 0:
        return f"{quotient_tex(top, bottom)}={top // bottom}"
    return ("-" if top < 0 else "") + quotient_tex(abs(top), bottom)


@dataclass(frozen=True, slots=True)
class Quadratics:
    """Equations of the second degree."""

    name: str = "quadratics"
    title: str = "Quadratic equations"
    levels: tuple[str, ...] = ("whole roots", "no real roots or a double root", "rational roots")

    def draw(self, rng: random.Random, level: int) -> WorkedProblem:
        """An equation in x and its real solutions, ascending."""
        a, b, c = (self._whole, self._special, self._rational)[level](rng)
        equation = polynomial_tex({2: a, 1: b, 0: c}) + "=0"
        wordings = (
            "Solve {0}", "Solve {0}.", "Solve for {1}: {0}", "Solve {0} for {1}.",
            "Solve the quadratic equation {0}.", "Find all real solutions of {0}.",
            "Find the roots of {0}", "{0}",
        )  # fmt: skip
        text = statement(rng, wordings, (equation, "x"))
        discriminant = b * b - 4 * a * c
        if discriminant < 0:
            answer = NO_SOLUTIONS
        else:
            root = isqrt(discriminant)
            solutions = sorted({Fraction(-b - root, 2 * a), Fraction(-b + root, 2 * a)})
            answer = ",".join(fraction_tex(solution) for solution in solutions)
        lines = quadratic_lines(a, b, c)
        return WorkedProblem(self.name, level, equation, text, lines, answer)

    def _whole(self, rng: random.Random) -> tuple[int, int, int]:
        first, second = rng.randint(-10, 10), rng.randint(-10, 10)
        return 1, -(first + second), first * second

    def _special(self, rng: random.Random) -> tuple[int, int, int]:
        if rng.random() < 0.4:
            root = rng.randint(-10, 10)
            return 1, -2 * root, root * root
        while True:
            a, b, c = rng.choice((1, 1, 1, 2, 3)), rng.randint(-10, 10), rng.randint(1, 20)
            if b * b < 4 * a * c:
                return a, b, c

    def _rational(self, rng: random.Random) -> tuple[int, int, int]:
        p, r = rng.choice((2, 3, 4)), 1
        q, s = rng.randint(-6, 6), rng.randint(-6, 6)
        return p * r, p * s + q * r, q * s
