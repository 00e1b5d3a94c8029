"""Whether two quantities are the same: the dimension first, then the exact value."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import sympy

from tutor_app.core.verdict import Method
from tutor_app.verify.build import build
from tutor_app.verify.checkers.number import is_rounded
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.measure import DimensionClash, Measure, in_unit, measure
from tutor_app.verify.numerals import number_text
from tutor_app.verify.quantity import QuantityText
from tutor_app.verify.syntax import Bin, Expr, Neg, Num, Operator
from tutor_app.verify.units import TIME, Dimension
from tutor_app.verify.zero import Answer, Finding

MISSING_UNIT: Final = "the value is right, the unit is missing"
ROUNDED: Final = "rounded: approximately equal, not exactly"


Side = tuple[QuantityText, Expr]
"""An expression of one reading of a text."""


def compare_readings(
    lefts: Iterable[Side],
    rights: Iterable[Side],
    letters: Mapping[str, Measure] = MappingProxyType({}),
) -> Finding:
    """Compares two expressions under all readings of their texts; `letters` have values.

    Readings whose dimensions do not fit are meant only if none fits. Yes and no need all the
    fitting readings to agree.
    """
    measured = [[_measured(*side, letters) for side in sides] for sides in (lefts, rights)]
    findings: list[Finding] = []
    for left in measured[0]:
        for right in measured[1]:
            finding = _finding(left, right)
            if finding not in findings:
                findings.append(finding)
    fitting = [found for found in findings if found.method is not Method.DIMENSION]
    answers = {found.answer for found in fitting}
    if not fitting:
        return findings[0]
    if len(answers) == 1:
        return fitting[0]
    if Answer.YES in answers or Answer.NO in answers:
        return Finding(Answer.OPEN, Method.AMBIGUOUS, "it can be read in two ways")
    return fitting[0]


def _measured(
    text: QuantityText, node: Expr, letters: Mapping[str, Measure]
) -> Measure | Unreadable:
    try:
        return measure(text, node, letters)
    except Unreadable as error:
        return error


def _finding(left: Measure | Unreadable, right: Measure | Unreadable) -> Finding:
    for side in (left, right):
        if isinstance(side, DimensionClash):
            return Finding(Answer.NO, Method.DIMENSION, str(side))
    if isinstance(left, Unreadable):
        return Finding(Answer.OPEN, Method.UNSUPPORTED, str(left))
    if isinstance(right, Unreadable):
        return Finding(Answer.OPEN, Method.UNSUPPORTED, str(right))
    try:
        return compare_measures(left, right)
    except Unreadable as error:
        return Finding(Answer.OPEN, Method.UNSUPPORTED, str(error))


def compare_measures(left: Measure, right: Measure) -> Finding:
    """Whether two quantities are equal.

    Raises:
        Unreadable: a value cannot be computed.
    """
    first, second = _currencies(left.dimension, right.dimension)
    if first != second:
        return _mismatch(left, right)
    doubt = _doubt(left, right)
    finding = compare_expressions(left.node, right.node)
    if finding.answer is Answer.OPEN:
        return finding
    if doubt and not (finding.answer is Answer.YES and _have_same_units(left, right)):
        return Finding(Answer.OPEN, Method.AMBIGUOUS, doubt)
    if finding.answer is Answer.NO:
        return _unequal(left, right, finding)
    value = number_text(build(right.node).expr)
    text = f"both are {value} {first.text if not first.is_none else ''}".strip()
    return Finding(Answer.YES, finding.method, text, finding.data)


def _currencies(first: Dimension, second: Dimension) -> tuple[Dimension, Dimension]:
    """The dimensions with unnamed cents as those of the other side's currency."""
    for currency in ("$", "€"):
        if first.has_cents is not second.has_cents:
            changed = first.with_cents_of(currency), second.with_cents_of(currency)
            if changed[0] == changed[1]:
                return changed
    return first, second


def _mismatch(left: Measure, right: Measure) -> Finding:
    for bare, other in ((left, right), (right, left)):
        if bare.has_units or not bare.dimension.is_none or bare.has_angle:
            continue
        value = other.node if other.value is None else other.value
        is_same = compare_expressions(bare.node, value).answer is Answer.YES
        is_zero = compare_expressions(bare.node, Num(Fraction(0))).answer is Answer.YES
        text = MISSING_UNIT if is_same or is_zero else "the unit is missing"
        return Finding(Answer.OPEN, Method.AMBIGUOUS, text)
    if _is_minutes(left, right) or _is_minutes(right, left):
        return Finding(Answer.OPEN, Method.AMBIGUOUS, "m can mean metres or minutes")
    names = [
        "a plain number" if side.dimension.is_none else side.dimension.text
        for side in (left, right)
    ]
    text = f"different kinds of quantity: {names[0]} and {names[1]}"
    return Finding(Answer.NO, Method.DIMENSION, text)


def _is_minutes(left: Measure, right: Measure) -> bool:
    is_m = left.unit is not None and left.unit.symbol == "m"
    return is_m and right.dimension == TIME


def _have_same_units(left: Measure, right: Measure) -> bool:
    return {unit.symbol for unit in left.units} == {unit.symbol for unit in right.units}


def _doubt(left: Measure, right: Measure) -> str:
    """Why equal dimensions do not settle it."""
    regional = [any(unit.is_regional for unit in side.units) for side in (left, right)]
    if regional[0] is not regional[1]:
        return "the size of this unit depends on the country"
    if left.has_angle is not right.has_angle:
        if left.dimension.is_none and left.has_units and right.has_units:
            return ""
        return "only one of them names an angle"
    if left.is_on_scale is not right.is_on_scale and _is_equal_difference(left, right):
        return "right for a difference of temperatures, not for a temperature"
    return ""


def _is_equal_difference(left: Measure, right: Measure) -> bool:
    scale, other = (left, right) if left.is_on_scale else (right, left)
    assert scale.unit is not None
    assert scale.value is not None
    shift = Bin(Operator.MUL, scale.value, Num(scale.unit.factor))
    return compare_expressions(shift, other.node).answer is Answer.YES


def _unequal(left: Measure, right: Measure, finding: Finding) -> Finding:
    is_left_rounded = left.value is not None and is_rounded_quantity(left, right.node, False)
    if is_rounded_quantity(right, left.node) or is_left_rounded:
        return Finding(Answer.OPEN, Method.AMBIGUOUS, ROUNDED)
    text = finding.text
    if left.unit is not None and right.unit is not None:
        exact = number_text(build(in_unit(left.node, right.unit)).expr)
        text = f"it would be {exact} {right.unit.symbol}"
    return Finding(Answer.NO, finding.method, text, finding.data)


def is_rounded_quantity(shown: Measure, exact: Expr, is_whole_rounded: bool = True) -> bool:
    """Whether a quantity is an exact value, in SI base units, rounded to the places shown.

    Args:
        shown: may be rounded.
        exact: its exact value.
        is_whole_rounded: a whole number may be rounded too.
    """
    if shown.unit is None or shown.value is None:
        return not shown.has_units and _is_rounded_number(shown.node, exact, is_whole_rounded)
    return _is_rounded_number(shown.value, in_unit(exact, shown.unit), is_whole_rounded)


def _is_rounded_number(shown: Expr, exact: Expr, is_whole_rounded: bool) -> bool:
    if is_rounded(shown, exact):
        return True
    if not is_whole_rounded:
        return False
    value, truth = build(shown).expr, build(exact).expr
    plain = shown.arg if isinstance(shown, Neg) else shown
    place = _last_place(plain)
    return place is not None and bool((abs(value - truth) * 2 - place).evalf(30) <= 0)


def _last_place(node: Expr) -> sympy.Expr | None:
    """The place value of the last significant digit of a whole number or of `3.1 * 10^5`."""
    match node:
        case Bin(Operator.MUL, Num() as mantissa, Bin(Operator.POW, Num(), exponent)):
            place = _last_place(mantissa) if not mantissa.is_decimal else _decimal_place(mantissa)
            return None if place is None else place * 10 ** build(exponent).expr
        case Num(value) if value.denominator == 1 and value != 0:
            digits = str(value.numerator)
            zeros = len(digits) - len(digits.rstrip("0"))
            significant = len(digits) - zeros
            return sympy.Integer(10) ** (zeros if significant > 1 else 0)
        case _:
            return None


def _decimal_place(number: Num) -> sympy.Expr | None:
    places = next((k for k in range(400) if (number.value * 10**k).denominator == 1), None)
    return None if places is None else sympy.Rational(1, 10) ** places
