"""The four operations on fractions with denominators up to 12, answers in lowest terms."""

import random
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from tutor_app.curriculum.notation import fraction_tex, quotient_tex, statement
from tutor_app.curriculum.skill import WorkedLine, WorkedProblem

_LARGEST_DENOMINATOR = 12


def reduction_lines(numerator: int, denominator: int) -> tuple[WorkedLine, ...]:
    """Divide by one common prime a line, until the fraction is in lowest terms.

    The numerator may be negative or zero, the denominator is positive.
    """
    lines: list[WorkedLine] = []
    sign = "-" if numerator < 0 else ""
    top = abs(numerator)
    if top == 0:
        return (WorkedLine(f"{quotient_tex(0, denominator)}=0"),)
    while (common := gcd(top, denominator)) > 1:
        prime = next(p for p in range(2, common + 1) if common % p == 0)
        before = sign + quotient_tex(top, denominator)
        top, denominator = top // prime, denominator // prime
        after = sign + (quotient_tex(top, denominator) if denominator > 1 else str(top))
        lines.append(WorkedLine(f"{before}={after}", f"Divide both by {prime}"))
    if denominator == 1 and not lines:
        lines.append(WorkedLine(f"{sign}{quotient_tex(top, 1)}={sign}{top}"))
    return tuple(lines)


def _scaled(numerator: int, denominator: int, target: int) -> WorkedLine:
    factor = target // denominator
    middle = quotient_tex(f"{numerator}\\cdot{factor}", f"{denominator}\\cdot{factor}")
    left, right = quotient_tex(numerator, denominator), quotient_tex(numerator * factor, target)
    return WorkedLine(f"{left}={middle}={right}")


def _sum_lines(first: Fraction, second: Fraction, operator: str) -> tuple[WorkedLine, ...]:
    lines: list[WorkedLine] = []
    a, b = first.denominator, second.denominator
    common = lcm(a, b)
    if a != b:
        lines.append(WorkedLine(f"\\text{{lcm}}({a},{b})={common}", "Common denominator"))
        if a != common:
            lines.append(_scaled(first.numerator, a, common))
        if b != common:
            lines.append(_scaled(second.numerator, b, common))
    top, other = first.numerator * (common // a), second.numerator * (common // b)
    result = top + other if operator == "+" else top - other
    sign = "-" if result < 0 else ""
    maths = (
        f"{quotient_tex(top, common)}{operator}{quotient_tex(other, common)}"
        f"={quotient_tex(f'{top}{operator}{other}', common)}"
        f"={sign}{quotient_tex(abs(result), common)}"
    )
    lines.append(WorkedLine(maths))
    return (*lines, *reduction_lines(result, common))


def _product_lines(first: Fraction, second: Fraction) -> tuple[WorkedLine, ...]:
    a, b, c, d = first.numerator, first.denominator, second.numerator, second.denominator
    joined = quotient_tex(f"{a}\\cdot{c}", f"{b}\\cdot{d}")
    maths = f"{quotient_tex(a, b)}\\cdot{quotient_tex(c, d)}={joined}={quotient_tex(a * c, b * d)}"
    return (WorkedLine(maths), *reduction_lines(a * c, b * d))


@dataclass(frozen=True, slots=True)
class FractionArithmetic:
    """Adding, subtracting, multiplying and dividing two fractions."""

    name: str = "fractions"
    title: str = "Fractions"
    levels: tuple[str, ...] = ("add and subtract", "multiply and divide", "simplify")

    def draw(self, rng: random.Random, level: int) -> WorkedProblem:
        """Two fractions (or one to simplify) and the answer in lowest terms."""
        if level == 2:
            return self._simplify(rng)
        first, second = _fraction(rng), _fraction(rng)
        operator = rng.choice("+-" if level == 0 else "*:")
        if operator in "+-":
            lines = _sum_lines(first, second, operator)
            answer = first + second if operator == "+" else first - second
        elif operator == "*":
            lines = _product_lines(first, second)
            answer = first * second
        else:
            turned = 1 / second
            turn = WorkedLine(
                f"{fraction_tex(first)}\\div{fraction_tex(second)}"
                f"={fraction_tex(first)}\\cdot{quotient_tex(*turned.as_integer_ratio())}",
                "Multiply by the reciprocal",
            )
            lines = (turn, *_product_lines(first, turned))
            answer = first * turned
        sign = {"*": "\\cdot", ":": "\\div"}.get(operator, operator)
        tex = f"{fraction_tex(first)}{sign}{fraction_tex(second)}"
        wordings = (
            "{0}", "What is {0}?", "Calculate {0}.", "Compute {0}", "Work out {0}.",
            "{0} = ?", "Evaluate {0}. Give your answer in lowest terms.",
            "Find {0} in simplest form.",
        )  # fmt: skip
        text = statement(rng, wordings, (tex,))
        return WorkedProblem(self.name, level, tex, text, lines, fraction_tex(answer))

    def _simplify(self, rng: random.Random) -> WorkedProblem:
        value = _fraction(rng)
        factor = rng.randint(2, 12)
        top, bottom = value.numerator * factor, value.denominator * factor
        tex = quotient_tex(top, bottom)
        wordings = (
            "Simplify {0}.", "Write {0} in lowest terms.", "Reduce {0} to lowest terms",
            "Simplify the fraction {0}.", "Cancel {0} down.", "What is {0} in simplest form?",
        )  # fmt: skip
        text = statement(rng, wordings, (tex,))
        lines = reduction_lines(top, bottom)
        return WorkedProblem(self.name, 2, tex, text, lines, fraction_tex(value))


def _fraction(rng: random.Random) -> Fraction:
    """A fraction in lowest terms that is no whole number; one in six is above 1."""
    while True:
        denominator = rng.randint(2, _LARGEST_DENOMINATOR)
        most = denominator - 1 if rng.random() < 5 / 6 else 2 * denominator
        value = Fraction(rng.randint(1, most), denominator)
        if value.denominator > 1:
            return value
