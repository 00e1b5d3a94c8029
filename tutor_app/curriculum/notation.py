"""Numbers and polynomials as TeX, and statements in several styles."""

import random
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from tutor_app.core.normalisation import normalise_problem
from tutor_app.curriculum.skill import Style

_SPACED = re.compile(r"(?<=[\w)%])([+*=:-])(?=[\w(-])")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWER = re.compile(r"\^(\d+)")


def fraction_tex(value: Fraction) -> str:
    """An integer, or a fraction with its sign in front."""
    if value.denominator == 1:
        return str(value.numerator)
    sign = "-" if value < 0 else ""
    return f"{sign}\\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def quotient_tex(numerator: int | str, denominator: int | str) -> str:
    """A fraction as written, not reduced."""
    return f"\\frac{{{numerator}}}{{{denominator}}}"


def signed(value: int) -> str:
    """A number with its sign, to follow something else: +5, -5."""
    return f"{value:+d}"


def bracketed(value: int) -> str:
    """A number that may stand after an operator: 5, (-5)."""
    return str(value) if value >= 0 else f"({value})"


def term_tex(coefficient: int, power: int, variable: str = "x") -> str:
    """One term of a polynomial: 3x^2, -x, 7."""
    if power == 0:
        return str(coefficient)
    front = {1: "", -1: "-"}.get(coefficient, str(coefficient))
    return front + variable + (f"^{power}" if power > 1 else "")


def polynomial_tex(coefficients: Mapping[int, int], variable: str = "x") -> str:
    """A polynomial from {power: coefficient}, highest power first; "0" if it is zero."""
    written = ""
    for power in sorted(coefficients, reverse=True):
        coefficient = coefficients[power]
        if coefficient:
            term = term_tex(coefficient, power, variable)
            written += term if not written or term.startswith("-") else "+" + term
    return written or "0"


def statement(
    rng: random.Random, wordings: Sequence[str], maths: Sequence[str], style: Style | None = None
) -> str:
    """A problem in one of its wordings, its maths in one of the three styles.

    A wording holds `{0}`, `{1}` .. for the pieces of `maths`, which are TeX without delimiters.
    """
    if style is None:
        style = rng.choice(tuple(Style))
    return rng.choice(wordings).format(*(_styled(piece, style) for piece in maths))


def _styled(tex: str, style: Style) -> str:
    if style is Style.LATEX:
        return f"${tex}$"
    plain = _SPACED.sub(r" \1 ", normalise_problem(tex))
    if style is Style.PLAIN:
        # 3/7 / 5/7 would be ambiguous, so between fractions the division sign stays.
        return plain.replace(":", "÷" if "/" in plain else "/")
    plain = plain.replace("*", "×").replace(":", "÷").replace("-", "−")
    return _POWER.sub(lambda match: match[1].translate(_SUPERSCRIPTS), plain)
