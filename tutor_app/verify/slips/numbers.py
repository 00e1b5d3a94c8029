"""Slips in arithmetic that leave their mark in the digits of the result."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Final

from tutor_app.verify.slips.slip import Slip, SlipName, Weight
from tutor_app.verify.syntax import Bin, Expr, Num, Operator

_SHIFTS: Final = (10, 100, 1000, 10000)
_LONGEST_DIGITS: Final = 40
_NEIGHBOURS: Final = 20

DECIMAL_POINT: Final = Slip(
    SlipName.DECIMAL_POINT,
    "perhaps the decimal point is at the wrong place",
    ("0.3 * 0.2", "= 0.6"),
)
DIGITS_SWAPPED: Final = Slip(
    SlipName.DIGITS_SWAPPED, "perhaps two digits were swapped", ("58 + 36", "= 49")
)
ONE_DIGIT: Final = Slip(
    SlipName.ONE_DIGIT, "perhaps one digit is wrong", ("312 + 45", "= 397"), Weight.GENERIC
)
CARRY_FORGOTTEN: Final = Slip(
    SlipName.CARRY_FORGOTTEN, "perhaps a carry was forgotten", ("58 + 36", "= 84")
)
BORROW_FORGOTTEN: Final = Slip(
    SlipName.BORROW_FORGOTTEN,
    "perhaps it was forgotten that one was borrowed",
    ("72 - 38", "= 44"),
)
OFF_BY_ONE: Final = Slip(
    SlipName.OFF_BY_ONE,
    "perhaps the counting is off by one",
    ("8 + 7", "= 16"),
    Weight.GENERIC,
)
TABLE_NEIGHBOUR: Final = Slip(
    SlipName.TABLE_NEIGHBOUR,
    "perhaps the neighbour in the times table was taken",
    ("7 * 8", "= 63"),
)
SIGN_LOST: Final = Slip(
    SlipName.SIGN_LOST, "perhaps only the sign is wrong", ("4 - 9", "= 5"), Weight.GENERIC
)

NUMBER_SLIPS: Final = (
    DECIMAL_POINT, DIGITS_SWAPPED, ONE_DIGIT, CARRY_FORGOTTEN, BORROW_FORGOTTEN, OFF_BY_ONE,
    TABLE_NEIGHBOUR, SIGN_LOST,
)  # fmt: skip
"""All slips in arithmetic."""


def number_slips(
    truth: Fraction, written: Fraction, calculation: Expr | None = None
) -> Iterator[Slip]:
    """What may have gone wrong where `written` stands for `truth`.

    Args:
        truth: the right value.
        written: another value.
        calculation: what was to be computed, where it is known.
    """
    if truth == written:
        return
    if written == -truth:
        yield SIGN_LOST
    if written and any(truth * shift == written or truth == written * shift for shift in _SHIFTS):
        yield DECIMAL_POINT
    yield from _digit_slips(truth, written)
    match calculation:
        case Bin(op, Num(left), Num(right)) if left.denominator == right.denominator == 1:
            yield from _column_slips(op, int(left), int(right), truth, written)


def _digit_slips(truth: Fraction, written: Fraction) -> Iterator[Slip]:
    if (truth < 0) is not (written < 0):
        return
    scale = max(_places(truth), _places(written))
    if scale > _LONGEST_DIGITS:
        return
    right, wrong = (abs(value * 10**scale) for value in (truth, written))
    if right.denominator != 1 or wrong.denominator != 1 or max(right, wrong) > 10**_LONGEST_DIGITS:
        return
    first, second = str(int(right)), str(int(wrong))
    if len(first) == len(second) >= 2:
        places = [k for k in range(len(first)) if first[k] != second[k]]
        if len(places) == 1 and abs(right - wrong) != 1:
            yield ONE_DIGIT
        is_swap = len(places) == 2 and places[1] == places[0] + 1
        if is_swap and first[places[0]] == second[places[1]] and (
            first[places[1]] == second[places[0]]
        ):  # fmt: skip
            yield DIGITS_SWAPPED
    if scale == 0 and abs(right - wrong) == 1:
        yield OFF_BY_ONE


def _places(value: Fraction) -> int:
    """How many decimal places a number has; more than can be handled if it never ends."""
    for places in range(_LONGEST_DIGITS):
        if 10**places % value.denominator == 0:
            return places
    return _LONGEST_DIGITS + 1


def _column_slips(
    op: Operator, left: int, right: int, truth: Fraction, written: Fraction
) -> Iterator[Slip]:
    if written.denominator != 1 or written < 0 or max(left, right) > 10**12:
        return
    wrong = int(written)
    if op is Operator.ADD and wrong in _sums_without_carry(left, right):
        yield CARRY_FORGOTTEN
    if op is Operator.SUB and left > right and wrong in _differences_without_borrow(left, right):
        yield BORROW_FORGOTTEN
    if op is Operator.MUL:
        small = left <= _NEIGHBOURS and right <= _NEIGHBOURS
        if small and abs(wrong - int(truth)) in {left, right}:
            yield TABLE_NEIGHBOUR
        elif wrong in _products_without_carry(left, right):
            yield CARRY_FORGOTTEN


def _digits(value: int) -> list[int]:
    return [int(digit) for digit in reversed(str(value))]


def _sums_without_carry(left: int, right: int) -> set[int]:
    """Sums in which one carry, or every carry, is left out."""
    total, carry, found, everything = left + right, 0, set(), 0
    columns = max(len(str(left)), len(str(right)))
    for place in range(columns):
        column = left // 10**place % 10 + right // 10**place % 10
        everything += column % 10 * 10**place if place < columns - 1 else column * 10**place
        carry = (column + carry) // 10
        if carry and place < columns - 1:
            found.add(total - carry * 10 ** (place + 1))
    return (found | {everything}) - {total}


def _differences_without_borrow(left: int, right: int) -> set[int]:
    """Differences in which a borrowed one is not taken off, or digits are taken the other way."""
    difference, borrow, found, absolute = left - right, 0, set(), 0
    for place in range(len(str(left))):
        upper, lower = left // 10**place % 10, right // 10**place % 10
        absolute += abs(upper - lower) * 10**place
        borrow = int(upper - borrow < lower)
        if borrow:
            found.add(difference + 10 ** (place + 1))
    return (found | {absolute}) - {difference}


def _products_without_carry(left: int, right: int) -> set[int]:
    """Products by a single digit in which one carry, or every carry, is left out."""
    found: set[int] = set()
    for number, digit in ((left, right), (right, left)):
        if digit > 9 or number < 10:
            continue
        total, carry, everything = number * digit, 0, 0
        places = _digits(number)
        for place, (upper, _) in enumerate(pairwise([*places, 0])):
            column = upper * digit
            is_last = place == len(places) - 1
            everything += (column if is_last else column % 10) * 10**place
            carry = (column + carry) // 10
            if carry and not is_last:
                found.add(total - carry * 10 ** (place + 1))
        found |= {everything}
        found.discard(total)
    return found
