"""Slips that are seen by comparing whole solution sets."""

from typing import Final

from tutor_app.verify.slips.slip import Slip, SlipName, Weight

EXTRANEOUS_KEPT: Final = Slip(
    SlipName.EXTRANEOUS_KEPT,
    "perhaps the candidates were not put into the first line",
    ("sqrt(x + 12) = x", "x = 4 or x = -3"),
    Weight.SPECIFIC,
)
INEQUALITY_NOT_REVERSED: Final = Slip(
    SlipName.INEQUALITY_NOT_REVERSED,
    "perhaps the sign was not turned round; multiplying or dividing by a negative number does that",
    ("-3x < 12", "x < -4"),
    Weight.SPECIFIC,
)
INEQUALITY_REVERSED: Final = Slip(
    SlipName.INEQUALITY_REVERSED,
    "perhaps the sign was turned round although nothing negative was multiplied or divided by",
    ("3x < -12", "x > -4"),
    Weight.SPECIFIC,
)
END_POINT: Final = Slip(
    SlipName.END_POINT,
    "perhaps an end point was taken in or left out",
    ("3x <= 12", "x < 4"),
    Weight.SPECIFIC,
)
INSIDE_OUTSIDE: Final = Slip(
    SlipName.INSIDE_OUTSIDE,
    "perhaps the numbers between the end points were taken for those outside, or the reverse",
    ("x^2 > 25", "-5 < x < 5"),
    Weight.SPECIFIC,
)
MULTIPLIED_BY_UNKNOWN: Final = Slip(
    SlipName.MULTIPLIED_BY_UNKNOWN,
    "perhaps it was multiplied or divided by an expression whose sign is not known",
    ("1/x < 5", "1 < 5x"),
    Weight.SPECIFIC,
)
ONE_PART_CHANGED: Final = Slip(
    SlipName.ONE_PART_CHANGED,
    "perhaps one part of the chain was left as it was",
    ("3 < x + 1 < 8", "2 < x < 8"),
    Weight.SPECIFIC,
)
SIDES_COMBINED_DIFFERENTLY: Final = Slip(
    SlipName.SIDES_COMBINED_DIFFERENTLY,
    "perhaps the left sides were added and the right sides subtracted, or the reverse",
    ("x + y = 12 and x - y = 2", "2x = 10 and x - y = 2"),
    Weight.SPECIFIC,
)
COORDINATES_SWAPPED: Final = Slip(
    SlipName.COORDINATES_SWAPPED,
    "perhaps two of the values were swapped",
    ("x + y = 9 and x - y = 3", "x = 3 and y = 6"),
    Weight.SPECIFIC,
)

RELATION_SLIPS: Final = (
    EXTRANEOUS_KEPT, INEQUALITY_NOT_REVERSED, INEQUALITY_REVERSED, END_POINT,
    INSIDE_OUTSIDE, MULTIPLIED_BY_UNKNOWN, ONE_PART_CHANGED, SIDES_COMBINED_DIFFERENTLY,
    COORDINATES_SWAPPED,
)  # fmt: skip
"""All slips that are seen by comparing solutions."""
