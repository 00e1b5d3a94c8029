"""Percentages with whole results: of a number, more, less, and what percentage it is."""

import random
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from tutor_app.curriculum.fraction_arithmetic import reduction_lines
from tutor_app.curriculum.notation import quotient_tex, statement
from tutor_app.curriculum.skill import WorkedLine, WorkedProblem

_PERCENTS = (5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95)


def _percent(rng: random.Random) -> int:
    return rng.choice(_PERCENTS) if rng.random() < 0.75 else rng.randint(1, 99)


def _whole(rng: random.Random, percent: int) -> int:
    """A number with at most two leading digits of which `percent` percent is whole."""
    step = 100 // gcd(percent, 100)
    while True:
        value = step * rng.randint(1, max(1, 990 // step))
        if value < 100 or value % 10 == 0:
            return value


def part_lines(percent: int, whole: int) -> tuple[WorkedLine, ...]:
    """The lines for `percent` percent of `whole`."""
    product = percent * whole
    fraction = quotient_tex(f"{percent}\\cdot{whole}", 100)
    lines = [WorkedLine(f"{percent}\\%\\text{{ of }}{whole}={fraction}")]
    tens, ones = percent - percent % 10, percent % 10
    if tens and ones:
        lines += [
            WorkedLine(f"{percent}\\cdot{whole}={tens}\\cdot{whole}+{ones}\\cdot{whole}"),
            WorkedLine(f"{tens}\\cdot{whole}={tens * whole}"),
            WorkedLine(f"{ones}\\cdot{whole}={ones * whole}"),
            WorkedLine(f"{tens * whole}+{ones * whole}={product}"),
        ]
    else:
        lines.append(WorkedLine(f"{percent}\\cdot{whole}={product}"))
    lines.append(WorkedLine(f"{quotient_tex(product, 100)}={product // 100}"))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Percentages:
    """Percentages of whole numbers."""

    name: str = "percentages"
    title: str = "Percentages"
    levels: tuple[str, ...] = ("percent of a number", "increase and decrease", "what percent")

    def draw(self, rng: random.Random, level: int) -> WorkedProblem:
        """A percentage question whose answer is a whole number."""
        if level == 2:
            return self._what_percent(rng)
        percent = _percent(rng)
        whole = _whole(rng, percent)
        part = percent * whole // 100
        if level == 0:
            wordings: tuple[str, ...] = (
                "What is {0} of {1}?", "Find {0} of {1}.", "Calculate {0} of {1}.",
                "{0} of {1}", "Work out {0} of {1}.", "How much is {0} of {1}?",
            )  # fmt: skip
            lines, answer, kind = part_lines(percent, whole), part, "of"
        elif rng.random() < 0.5:
            wordings = (
                "Increase {1} by {0}.", "What is {1} increased by {0}?", "Raise {1} by {0}.",
                "Find {1} plus {0} of it.", "Work out {1} increased by {0}.", "Add {0} to {1}.",
            )  # fmt: skip
            answer, kind = whole + part, "up"
            lines = (*part_lines(percent, whole), WorkedLine(f"{whole}+{part}={answer}"))
        else:
            wordings = (
                "Decrease {1} by {0}.", "What is {1} decreased by {0}?", "Reduce {1} by {0}.",
                "Find {1} minus {0} of it.", "Work out {1} decreased by {0}.",
                "Take {0} off {1}.",
            )  # fmt: skip
            answer, kind = whole - part, "down"
            lines = (*part_lines(percent, whole), WorkedLine(f"{whole}-{part}={answer}"))
        text = statement(rng, wordings, (f"{percent}\\%", str(whole)))
        key = f"{kind}:{percent}:{whole}"
        return WorkedProblem(self.name, level, key, text, lines, str(answer))

    def _what_percent(self, rng: random.Random) -> WorkedProblem:
        while True:
            ratio = Fraction(rng.choice(_PERCENTS) if rng.random() < 0.7 else _percent(rng), 100)
            whole = ratio.denominator * rng.randint(1, max(1, 400 // ratio.denominator))
            if whole <= 100 or whole % 10 == 0:
                break
        part = int(ratio * whole)
        percent = int(ratio * 100)
        lines = [*reduction_lines(part, whole)]
        factor = 100 // ratio.denominator
        if ratio.denominator != 100:
            scaled = quotient_tex(
                f"{ratio.numerator}\\cdot{factor}", f"{ratio.denominator}\\cdot{factor}"
            )
            lines.append(
                WorkedLine(
                    f"{quotient_tex(ratio.numerator, ratio.denominator)}={scaled}"
                    f"={quotient_tex(percent, 100)}"
                )
            )
        lines.append(WorkedLine(f"{quotient_tex(percent, 100)}={percent}\\%"))
        wordings = (
            "What percent of {1} is {0}?", "{0} is what percent of {1}?",
            "Write {0} as a percentage of {1}.", "Express {0} as a percentage of {1}.",
            "What percentage of {1} is {0}?", "Find {0} as a percentage of {1}.",
        )  # fmt: skip
        text = statement(rng, wordings, (str(part), str(whole)))
        key = f"what:{part}:{whole}"
        return WorkedProblem(self.name, 2, key, text, tuple(lines), f"{percent}\\%")
