"""Derivatives of polynomials, one term a line by the power rule."""

import random
from dataclasses import dataclass

from tutor_app.curriculum.notation import polynomial_tex, statement, term_tex
from tutor_app.curriculum.skill import WorkedLine, WorkedProblem


def term_line(coefficient: int, power: int) -> WorkedLine:
    """The derivative of one term, written out."""
    left = f"({term_tex(coefficient, power)})'"
    if power <= 1:
        return WorkedLine(f"{left}={coefficient if power else 0}")
    result = term_tex(coefficient * power, power - 1)
    if coefficient == 1:
        return WorkedLine(f"{left}={result}")
    middle = term_tex(power, power - 1)
    return WorkedLine(f"{left}={coefficient}\\cdot{middle}={result}")


@dataclass(frozen=True, slots=True)
class Derivatives:
    """Derivatives of polynomials in x."""

    name: str = "derivatives"
    title: str = "Derivatives of polynomials"
    levels: tuple[str, ...] = ("up to 2 terms", "up to 4 terms")

    def draw(self, rng: random.Random, level: int) -> WorkedProblem:
        """A polynomial up to degree 5 and its derivative."""
        count = rng.randint(1, 2) if level == 0 else rng.randint(2, 4)
        powers = rng.sample(range(6), count)
        if max(powers) == 0:
            powers[0] = rng.randint(1, 5)
        coefficients = {
            power: rng.choice((-1, 1, 1)) * (rng.randint(1, 12) if rng.random() < 0.8 else 1)
            for power in powers
        }
        tex = polynomial_tex(coefficients)
        wordings = (
            "Differentiate {0}", "Differentiate {0}.", "Find the derivative of {0}.",
            "What is the derivative of {0}?", "Find dy/dx if {1}.", "{2}, find f'(x).",
            "Compute the derivative of {0}.", "Differentiate {2} with respect to x.",
        )  # fmt: skip
        text = statement(rng, wordings, (tex, f"y={tex}", f"f(x)={tex}"))
        ordered = sorted(coefficients, reverse=True)
        lines = [term_line(coefficients[power], power) for power in ordered]
        derived = {power - 1: coefficients[power] * power for power in ordered if power}
        answer = polynomial_tex(derived)
        if len(lines) > 1:
            lines.append(WorkedLine(f"({tex})'={answer}", "Add the terms"))
        return WorkedProblem(self.name, level, tex, text, tuple(lines), answer)
