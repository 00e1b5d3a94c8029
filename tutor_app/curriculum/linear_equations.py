"""Linear equations in one unknown: one side, both sides, one bracket.

Signed numbers are never subtracted in one unexplained move: `-7-9` first becomes `-(7+9)`.
"""

import random
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from tutor_app.curriculum.notation import fraction_tex, quotient_tex, signed, statement, term_tex
from tutor_app.curriculum.skill import WorkedLine, WorkedProblem

_VARIABLES = "xxxxxxyzntabk"
_LARGEST = 12


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an equation, slope*unknown + constant."""

    slope: int
    constant: int

    def tex(self, variable: str) -> str:
        """The side, tight; its unknown first."""
        if self.slope == 0:
            return str(self.constant)
        front = term_tex(self.slope, 1, variable)
        return front + (signed(self.constant) if self.constant else "")


def signed_sum_lines(lead: str, first: int, second: int) -> tuple[WorkedLine, ...]:
    """Lines from `lead=first+second` to `lead=result`, moving signs out one at a time."""
    lines = [WorkedLine(f"{lead}={first}{signed(second)}")]
    if first < 0 and second < 0:
        lines.append(WorkedLine(f"{lead}=-({-first}+{-second})"))
    elif first < 0:
        turned = f"{second}-{-first}" if second >= -first else f"-({-first}-{second})"
        lines.append(WorkedLine(f"{lead}={turned}"))
    elif first + second < 0:
        lines.append(WorkedLine(f"{lead}=-({-second}-{first})"))
    lines.append(WorkedLine(f"{lead}={first + second}"))
    return tuple(lines)


def _move(amount: str, *, is_negative: bool) -> str:
    verb, way = ("Add", "to") if is_negative else ("Subtract", "from")
    return f"{verb} {amount} {way} both sides"


def one_side_lines(slope: int, constant: int, value: int, variable: str) -> tuple[WorkedLine, ...]:
    """Lines that solve slope*x + constant = value; slope is not 0."""
    lines: list[WorkedLine] = []
    front = term_tex(slope, 1, variable)
    if constant:
        first, *rest = signed_sum_lines(front, value, -constant)
        reason = _move(f"\\({abs(constant)}\\)", is_negative=constant < 0)
        lines += [WorkedLine(first.maths, reason), *rest]
        value -= constant
    if slope == 1:
        return tuple(lines)
    if slope == -1:
        return (*lines, WorkedLine(f"{variable}={-value}", "Change the sign of both sides"))
    reason = f"Divide both sides by \\({slope}\\)"
    lines.append(WorkedLine(f"{variable}={quotient_tex(value, slope)}", reason))
    return (*lines, *_quotient_lines(value, slope, variable))


def _quotient_lines(value: int, slope: int, variable: str) -> tuple[WorkedLine, ...]:
    if value % slope == 0:
        return (WorkedLine(f"{variable}={value // slope}"),)
    result = Fraction(value, slope)
    lines: list[WorkedLine] = []
    sign = "-" if result < 0 else ""
    if value < 0 or slope < 0:
        lines.append(WorkedLine(f"{variable}={sign}{quotient_tex(abs(value), abs(slope))}"))
    common = gcd(value, slope)
    if common > 1:
        lines.append(WorkedLine(f"{variable}={fraction_tex(result)}", f"Divide both by {common}"))
    return tuple(lines)


def both_sides_lines(left: Side, right: Side, variable: str) -> tuple[WorkedLine, ...]:
    """Lines that solve left = right; the slopes differ."""
    lines: list[WorkedLine] = []
    if right.slope > left.slope:
        left, right = right, left
        lines.append(WorkedLine(f"{left.tex(variable)}={right.tex(variable)}", "Swap the sides"))
    if right.slope:
        amount = term_tex(abs(right.slope), 1, variable)
        joined = term_tex(left.slope, 1, variable) if left.slope else ""
        moved = term_tex(-right.slope, 1, variable)
        joined += moved if moved.startswith("-") or not joined else "+" + moved
        constant = signed(left.constant) if left.constant else ""
        lines.append(
            WorkedLine(
                f"{joined}{constant}={right.constant}",
                _move(f"\\({amount}\\)", is_negative=right.slope < 0),
            )
        )
        left, right = Side(left.slope - right.slope, left.constant), Side(0, right.constant)
        lines.append(WorkedLine(f"{left.tex(variable)}={right.constant}"))
    return (*lines, *one_side_lines(left.slope, left.constant, right.constant, variable))


def _nonzero(rng: random.Random, most: int) -> int:
    return rng.choice((-1, 1)) * rng.randint(1, most)


def _positive_more_often(rng: random.Random, most: int) -> int:
    return rng.randint(1, most) if rng.random() < 0.75 else -rng.randint(1, most)


@dataclass(frozen=True, slots=True)
class LinearEquations:
    """Equations of the first degree with whole coefficients."""

    name: str = "linear-equations"
    title: str = "Linear equations"
    levels: tuple[str, ...] = ("unknown on one side", "unknown on both sides", "with a bracket")

    def draw(self, rng: random.Random, level: int) -> WorkedProblem:
        """An equation with one solution, whole four times in five."""
        variable = rng.choice(_VARIABLES)
        equation, lines, solution = (self._one_side, self._both_sides, self._bracket)[level](
            rng, variable
        )
        wordings = (
            "Solve {0}", "Solve {0}.", "Solve for {1}: {0}", "Solve {0} for {1}.",
            "Solve the equation {0}.", "Find {1} if {0}.", "{0}", "{0}, find {1}",
            "What is {1} if {0}?",
        )  # fmt: skip
        text = statement(rng, wordings, (equation, variable))
        worked = (WorkedLine(equation), *lines)
        return WorkedProblem(self.name, level, equation, text, worked, fraction_tex(solution))

    def _one_side(
        self, rng: random.Random, variable: str
    ) -> tuple[str, tuple[WorkedLine, ...], Fraction]:
        slope = _positive_more_often(rng, _LARGEST)
        constant = _nonzero(rng, 30) if rng.random() < 0.85 or abs(slope) == 1 else 0
        if rng.random() < 0.85:
            value = slope * rng.randint(-_LARGEST, _LARGEST) + constant
        else:
            value = rng.randint(-40, 40)
        equation = f"{Side(slope, constant).tex(variable)}={value}"
        lines = one_side_lines(slope, constant, value, variable)
        return equation, lines, Fraction(value - constant, slope)

    def _both_sides(
        self, rng: random.Random, variable: str
    ) -> tuple[str, tuple[WorkedLine, ...], Fraction]:
        while True:
            left = Side(_positive_more_often(rng, _LARGEST), _nonzero(rng, 30))
            slope = _positive_more_often(rng, _LARGEST)
            if slope != left.slope:
                break
        if rng.random() < 0.8:
            solution = rng.randint(-_LARGEST, _LARGEST)
            right = Side(slope, (left.slope - slope) * solution + left.constant)
        else:
            right = Side(slope, _nonzero(rng, 30))
        equation = f"{left.tex(variable)}={right.tex(variable)}"
        exact = Fraction(right.constant - left.constant, left.slope - right.slope)
        return equation, both_sides_lines(left, right, variable), exact

    def _bracket(
        self, rng: random.Random, variable: str
    ) -> tuple[str, tuple[WorkedLine, ...], Fraction]:
        factor = rng.randint(2, 9)
        inner = Side(rng.choice((1, 1, 1, 2, 3)), _nonzero(rng, 9))
        opened = Side(factor * inner.slope, factor * inner.constant)
        solution = rng.randint(-_LARGEST, _LARGEST)
        if rng.random() < 0.6:
            right = Side(0, opened.slope * solution + opened.constant)
        else:
            slope = rng.choice([s for s in range(1, 10) if s != opened.slope])
            right = Side(slope, (opened.slope - slope) * solution + opened.constant)
        equation = f"{factor}({inner.tex(variable)})={right.tex(variable)}"
        expanded = WorkedLine(f"{opened.tex(variable)}={right.tex(variable)}", "Expand the bracket")
        lines = (expanded, *both_sides_lines(opened, right, variable))
        return equation, lines, Fraction(solution)
