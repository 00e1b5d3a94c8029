"""Literal numbers: whole, decimal, scientific and repeating."""

import re
from fractions import Fraction

from tutor_app.verify.limits import EXPONENT, Unreadable
from tutor_app.verify.syntax import Num


def parse_number(text: str) -> Num:
    """A literal number.

    Raises:
        Unreadable: its exponent is too large.
    """
    repeating = re.fullmatch(r"(\d*)\.(\d*)\\overline\{(\d+)\}", text)
    if repeating:
        whole, fixed, cycle = repeating.groups()
        scale = 10 ** len(fixed)
        value = Fraction(int(whole or 0)) + Fraction(int(fixed or 0), scale)
        value += Fraction(int(cycle), scale * (10 ** len(cycle) - 1))
        return Num(value, is_decimal=True)
    plain = re.sub(r"\{,\}|\\,|,", "", text)
    mantissa, _, exponent = plain.lower().partition("e")
    if exponent and abs(int(exponent)) > EXPONENT:
        raise Unreadable(f"an exponent is larger than {EXPONENT}")
    value = Fraction(mantissa) * Fraction(10) ** int(exponent or 0)
    is_decimal = "." in plain or bool(exponent)
    return Num(value, is_decimal=is_decimal, is_grouped="," in text)
