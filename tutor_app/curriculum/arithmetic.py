"""Adding, subtracting, multiplying and dividing whole numbers, with scratch columns.

Up to two digits the result is a fact. Beyond that the columns are written out inside `<w>`,
least significant digit first, so that each column and its carry are neighbours. Grammar of a
scratch block: the reversed operands (`743;685`), one line a column, the reversed result.
"""

import random
from dataclasses import dataclass

from tutor_app.curriculum.notation import statement
from tutor_app.curriculum.skill import WorkedLine, WorkedProblem

_DIRECT_DIGITS = 2


def _reversed_digits(value: int, width: int) -> str:
    return str(value).zfill(width)[::-1]


def addition_columns(first: int, second: int) -> tuple[str, ...]:
    """Column lines `a+b+carry=sum;digit,carry` for two non-negative numbers."""
    width = max(len(str(first)), len(str(second)))
    left, right = _reversed_digits(first, width), _reversed_digits(second, width)
    lines, carry = [f"{left};{right}"], 0
    for a, b in zip(left, right, strict=True):
        total = int(a) + int(b) + carry
        lines.append(f"{a}+{b}+{carry}={total};{total % 10},{total // 10}")
        carry = total // 10
    lines.append(str(first + second)[::-1])
    return tuple(lines)


def subtraction_columns(larger: int, smaller: int) -> tuple[str, ...]:
    """Column lines `a-b-borrow=difference;digit,borrow`; needs larger >= smaller >= 0."""
    width = len(str(larger))
    left, right = _reversed_digits(larger, width), _reversed_digits(smaller, width)
    lines, borrow = [f"{left};{right}"], 0
    for a, b in zip(left, right, strict=True):
        difference = int(a) - int(b) - borrow
        borrow_out = int(difference < 0)
        lines.append(f"{a}-{b}-{borrow}={difference};{difference % 10},{borrow_out}")
        borrow = borrow_out
    lines.append(_reversed_digits(larger - smaller, width))
    return tuple(lines)


def row_columns(number: int, digit: int) -> tuple[str, ...]:
    """Column lines `a*d+carry=product;digit,carry` for a number times one digit."""
    reversed_number = str(number)[::-1]
    lines, carry = [f"{reversed_number}*{digit}"], 0
    for a in reversed_number:
        total = int(a) * digit + carry
        lines.append(f"{a}*{digit}+{carry}={total};{total % 10},{total // 10}")
        carry = total // 10
    lines.append(str(number * digit)[::-1])
    return tuple(lines)


def division_columns(dividend: int, divisor: int) -> tuple[str, ...]:
    """Long division, one line a digit: `12/7=1r5`; then the quotient's digits."""
    lines, remainder, quotient = [], 0, ""
    for digit in str(dividend):
        part = remainder * 10 + int(digit)
        lines.append(f"{part}/{divisor}={part // divisor}r{part % divisor}")
        quotient += str(part // divisor)
        remainder = part % divisor
    lines.append(quotient)
    return tuple(lines)


def _is_direct(*values: int) -> bool:
    return all(len(str(abs(value))) <= _DIRECT_DIGITS for value in values)


def sum_line(first: int, second: int) -> WorkedLine:
    """The line that adds two non-negative numbers, with columns where they are needed."""
    maths = f"{first}+{second}={first + second}"
    if _is_direct(first, second):
        return WorkedLine(maths)
    return WorkedLine(maths, "Add column by column", addition_columns(first, second))


def difference_lines(first: int, second: int) -> tuple[WorkedLine, ...]:
    """The lines that subtract two non-negative numbers; the result may be negative."""
    if first >= second:
        maths = f"{first}-{second}={first - second}"
        if _is_direct(first, second):
            return (WorkedLine(maths),)
        columns = subtraction_columns(first, second)
        return (WorkedLine(maths, "Subtract column by column", columns),)
    turned = WorkedLine(f"{first}-{second}=-({second}-{first})", "The second number is larger")
    final = WorkedLine(f"{first}-{second}={first - second}")
    return (turned, *difference_lines(second, first), final)


def _digits(rng: random.Random, least: int, most: int) -> int:
    """A number whose count of digits is uniform; zeros and nines come up more often."""
    count = rng.randint(least, most)
    low = 0 if count == 1 else 10 ** (count - 1)
    value = rng.randint(low, 10**count - 1)
    if count > 1 and rng.random() < 0.15:
        place = 10 ** rng.randrange(count - 1)
        digit = rng.choice((0, 9))
        value += (digit - value // place % 10) * place
    return value


@dataclass(frozen=True, slots=True)
class Addition:
    """Sums of two whole numbers."""

    name: str = "addition"
    title: str = "Addition"
    levels: tuple[str, ...] = ("up to 2 digits", "up to 5 digits")

    def draw(self, rng: random.Random, level: int) -> WorkedProblem:
        """Two numbers and their sum."""
        most = (2, 5)[level]
        first, second = _digits(rng, 1, most), _digits(rng, 1, most)
        wordings = (
            "{0}", "What is {0}?", "Calculate {0}.", "Compute {0}", "Work out {0}.",
            "{0} = ?", "Find {0}", "Add {1} and {2}.", "Find the sum of {1} and {2}.",
        )  # fmt: skip
        maths = (f"{first}+{second}", str(first), str(second))
        text = statement(rng, wordings, maths)
        lines = (sum_line(first, second),)
        return WorkedProblem(self.name, level, maths[0], text, lines, str(first + second))


@dataclass(frozen=True, slots=True)
class Subtraction:
    """Differences of two whole numbers."""

    name: str = "subtraction"
    title: str = "Subtraction"
    levels: tuple[str, ...] = ("up to 2 digits", "up to 5 digits")

    def draw(self, rng: random.Random, level: int) -> WorkedProblem:
        """Two numbers and their difference; one in four is negative."""
        most = (2, 5)[level]
        first, second = _digits(rng, 1, most), _digits(rng, 1, most)
        if first < second and rng.random() < 0.5:
            first, second = second, first
        wordings = (
            "{0}", "What is {0}?", "Calculate {0}.", "Compute {0}", "Work out {0}.",
            "{0} = ?", "Find {0}", "Subtract {2} from {1}.",
        )  # fmt: skip
        maths = (f"{first}-{second}", str(first), str(second))
        text = statement(rng, wordings, maths)
        lines = difference_lines(first, second)
        return WorkedProblem(self.name, level, maths[0], text, lines, str(first - second))


def product_lines(first: int, second: int) -> tuple[WorkedLine, ...]:
    """The lines that multiply two non-negative numbers."""
    lines: list[WorkedLine] = []
    if second > first:
        lines.append(WorkedLine(f"{first}\\cdot{second}={second}\\cdot{first}"))
        first, second = second, first
    if second < 10:
        return (*lines, _row_line(first, second, 0))
    parts = [
        (int(digit), place)
        for place, digit in zip(range(len(str(second)) - 1, -1, -1), str(second), strict=True)
        if digit != "0"
    ]
    if len(parts) > 1:
        split = "+".join(f"{first}\\cdot{digit * 10**place}" for digit, place in parts)
        lines.append(WorkedLine(f"{first}\\cdot{second}={split}", "Split the second number"))
    lines += [_row_line(first, digit, place) for digit, place in parts]
    total = first * parts[0][0] * 10 ** parts[0][1]
    for digit, place in parts[1:]:
        row = first * digit * 10**place
        lines.append(sum_line(total, row))
        total += row
    return tuple(lines)


def _row_line(number: int, digit: int, place: int) -> WorkedLine:
    maths = f"{number}\\cdot{digit * 10**place}={number * digit * 10**place}"
    if _is_direct(number):
        return WorkedLine(maths)
    return WorkedLine(maths, "Multiply digit by digit", row_columns(number, digit))


@dataclass(frozen=True, slots=True)
class Multiplication:
    """Products of two whole numbers."""

    name: str = "multiplication"
    title: str = "Multiplication"
    levels: tuple[str, ...] = ("1 digit times up to 2 digits", "up to 3 by 2 digits")

    def draw(self, rng: random.Random, level: int) -> WorkedProblem:
        """Two numbers and their product."""
        if level == 0:
            first, second = rng.randint(0, 9), _digits(rng, 1, 2)
        else:
            first, second = _digits(rng, 2, 3), _digits(rng, 1, 2)
        if rng.random() < 0.3:
            first, second = second, first
        wordings = (
            "{0}", "What is {0}?", "Calculate {0}.", "Compute {0}", "Work out {0}.",
            "{0} = ?", "Find {0}", "Multiply {1} by {2}.", "Find the product of {1} and {2}.",
        )  # fmt: skip
        maths = (f"{first}\\cdot{second}", str(first), str(second))
        text = statement(rng, wordings, maths)
        lines = product_lines(first, second)
        return WorkedProblem(self.name, level, maths[0], text, lines, str(first * second))


@dataclass(frozen=True, slots=True)
class Division:
    """Division of up to four digits by 2 to 12: exact, or with a remainder."""

    name: str = "division"
    title: str = "Division"
    levels: tuple[str, ...] = ("exact", "with remainder")

    def draw(self, rng: random.Random, level: int) -> WorkedProblem:
        """A dividend, a divisor, and the quotient (with remainder on level 1)."""
        divisor = rng.randint(2, 12)
        dividend = _digits(rng, 2, 4)
        if level == 0:
            dividend = max(divisor, dividend - dividend % divisor)
            wordings: tuple[str, ...] = (
                "{0}", "What is {0}?", "Calculate {0}.", "Compute {0}", "Work out {0}.",
                "{0} = ?", "Find {0}", "Divide {1} by {2}.",
            )  # fmt: skip
        else:
            wordings = (
                "Find the quotient and remainder when {1} is divided by {2}.",
                "Divide {1} by {2} with remainder.",
                "What are the quotient and the remainder of {0}?",
                "What is {1} divided by {2}, with remainder?",
                "Work out {0} with remainder.",
                "Give the quotient and remainder of {0}.",
            )
        quotient, remainder = divmod(dividend, divisor)
        maths = (f"{dividend}\\div{divisor}", str(dividend), str(divisor))
        text = statement(rng, wordings, maths)
        columns = division_columns(dividend, divisor)
        back = f"{dividend}={divisor}\\cdot{quotient}"
        answer = str(quotient)
        if level == 1:
            back += f"+{remainder}"
            answer += f"\\text{{ remainder }}{remainder}"
        lines = (WorkedLine(back, "Divide digit by digit", columns),)
        return WorkedProblem(self.name, level, f"{maths[0]}|{level}", text, lines, answer)
