"""Whether two expressions are equal: yes, no, or not decided. Sampling alone never says yes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from fractions import Fraction
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Method
from tutor_app.verify.arctangents import is_zero_sum
from tutor_app.verify.build import Built
from tutor_app.verify.enclosure import Enclosure, holds
from tutor_app.verify.modular import is_nonzero_somewhere
from tutor_app.verify.numerals import number_text

_PRIMES_FOR_POINTS: Final = (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)
_SAMPLE_POINTS: Final = 12
_ALGEBRAIC_OPERATIONS: Final = 60
_SIMPLIFY_OPERATIONS: Final = 400


class Answer(Enum):
    """What is known of an equality."""

    YES = auto()
    NO = auto()
    OPEN = auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of an equality test.

    Attributes:
        answer: yes, no, or not decided.
        method: how.
        text: one sentence.
        data: numbers behind the sentence.
        likely: only where not decided: what sampling suggests.
    """

    answer: Answer
    method: Method
    text: str
    data: dict[str, str] = field(default_factory=dict)
    likely: bool | None = None


Point = dict[sympy.Symbol, SymExpr]


def equality(left: Built, right: Built) -> Finding:
    """Whether two expressions have the same value wherever both are defined."""
    difference = left.expr - right.expr
    if left.is_complex or right.is_complex:
        return _complex_equality(difference)
    letters = sorted(left.expr.free_symbols | right.expr.free_symbols, key=str)
    if not letters:
        enclosure = Enclosure()
        if not all(holds(need, {}, enclosure) for need in (*left.conditions, *right.conditions)):
            return Finding(Answer.OPEN, Method.UNSUPPORTED, "a side has no real value")
        return _constant_equality(left.expr, right.expr, difference)
    if difference == 0:
        is_rational = left.expr.is_rational_function(*letters)
        method = Method.POLYNOMIAL_IDENTITY if is_rational else Method.SYMBOLIC_SIMPLIFY
        return Finding(Answer.YES, method, "both sides are the same expression")
    rational = _rational_function_is_zero(difference, letters)
    if rational is True:
        return Finding(
            Answer.YES, Method.POLYNOMIAL_IDENTITY, "both sides agree when multiplied out"
        )
    found = counterexample(left, right)
    if found is not None:
        return found
    if rational is False:
        return Finding(
            Answer.NO, Method.POLYNOMIAL_IDENTITY, "the sides differ when multiplied out"
        )
    return _prove_zero(left, right, difference)


def _constant_equality(left: SymExpr, right: SymExpr, difference: SymExpr) -> Finding:
    if left.is_Rational and right.is_Rational:
        is_equal = left == right
        sign = "=" if is_equal else "≠"
        data = {"left": number_text(left), "right": number_text(right)}
        return Finding(
            Answer.YES if is_equal else Answer.NO,
            Method.EXACT_ARITHMETIC,
            f"{data['left']} {sign} {data['right']}",
            data,
        )
    if not (left.is_finite and right.is_finite):
        return Finding(Answer.OPEN, Method.UNSUPPORTED, "infinity is not a number to compute with")
    if Enclosure().excludes_zero(difference):
        data = {"left": number_text(left), "right": number_text(right)}
        text = f"left {data['left']}, right {data['right']}"
        return Finding(Answer.NO, Method.CERTIFIED_INTERVAL, text, data)
    if _is_algebraic_zero(difference):
        return Finding(Answer.YES, Method.EXACT_ARITHMETIC, "both sides are the same number")
    if is_zero_sum(difference):
        text = "the angles add up to zero, by exact multiplication of complex whole numbers"
        return Finding(Answer.YES, Method.EXACT_ARITHMETIC, text)
    if _simplifies_to_zero(difference):
        return Finding(Answer.YES, Method.SYMBOLIC_SIMPLIFY, "proved by rewriting with SymPy")
    return Finding(
        Answer.OPEN, Method.SAMPLING, "the sides agree to 60 digits; not proved", likely=True
    )


def _is_algebraic_zero(difference: SymExpr) -> bool:
    if sympy.expand(difference) == 0:
        return True
    if difference.has(sympy.Function, sympy.exp, sympy.pi, sympy.E):
        return False
    if sympy.radsimp(difference) == 0:
        return True
    if difference.count_ops() > _ALGEBRAIC_OPERATIONS:
        return False
    try:
        variable = sympy.Symbol("z")
        polynomial = sympy.minimal_polynomial(difference, variable)
    except NotImplementedError:
        return False
    return bool(polynomial == variable)


def _complex_equality(difference: SymExpr) -> Finding:
    if difference.free_symbols:
        if sympy.expand(difference) == 0:
            return Finding(Answer.YES, Method.POLYNOMIAL_IDENTITY, "equal when multiplied out")
        return Finding(Answer.OPEN, Method.UNSUPPORTED, "complex numbers with letters")
    real, imaginary = sympy.expand_complex(difference).as_real_imag()
    enclosure = Enclosure()
    if enclosure.excludes_zero(real) or enclosure.excludes_zero(imaginary):
        return Finding(Answer.NO, Method.CERTIFIED_INTERVAL, "the complex numbers differ")
    if sympy.simplify(real) == 0 and sympy.simplify(imaginary) == 0:
        is_plain = real == 0 and imaginary == 0
        method = Method.EXACT_ARITHMETIC if is_plain else Method.SYMBOLIC_SIMPLIFY
        return Finding(Answer.YES, method, "the complex numbers are the same")
    return Finding(Answer.OPEN, Method.UNSUPPORTED, "not decided")


def _rational_function_is_zero(difference: SymExpr, letters: list[sympy.Symbol]) -> bool | None:
    """Complete for rational functions with rational coefficients; None for anything else."""
    if not difference.is_rational_function(*letters):
        return None
    if is_nonzero_somewhere(difference, letters):
        return False
    numerator, _ = sympy.fraction(sympy.together(difference))
    try:
        return bool(sympy.Poly(numerator, *letters, domain="QQ").is_zero)
    except (sympy.CoercionFailed, sympy.PolynomialError):
        return None


def points(letters: list[sympy.Symbol]) -> Iterator[Point]:
    """Rational points that no problem's special values are likely to be."""
    small = (Fraction(2), Fraction(3), Fraction(1, 2), Fraction(-2), Fraction(7, 3))
    for k in range(_SAMPLE_POINTS):
        point: Point = {}
        for j, letter in enumerate(letters):
            if k < len(small):
                value = small[k] + Fraction(j, 3)
            else:
                prime = _PRIMES_FOR_POINTS[(k + 3 * j) % len(_PRIMES_FOR_POINTS)]
                value = Fraction((-1) ** k * (2 * k + 3 * j + 1), prime)
            point[letter] = sympy.Rational(value.numerator, value.denominator)
        yield point


def counterexample(left: Built, right: Built) -> Finding | None:
    """A point where both sides are defined over the reals and certainly differ."""
    letters = sorted(left.expr.free_symbols | right.expr.free_symbols, key=str)
    enclosure = Enclosure()
    for point in points(letters):
        conditions = (*left.conditions, *right.conditions)
        if not all(holds(condition, point, enclosure) for condition in conditions):
            continue
        left_value, right_value = left.expr.xreplace(point), right.expr.xreplace(point)
        if enclosure.excludes_zero(left_value - right_value):
            data = {str(letter): number_text(value) for letter, value in point.items()}
            place = ", ".join(f"{name} = {value}" for name, value in data.items())
            data |= {"left": number_text(left_value), "right": number_text(right_value)}
            text = f"{place}: left {data['left']}, right {data['right']}"
            return Finding(Answer.NO, Method.COUNTEREXAMPLE, text, data)
    return None


def _agreeing_points(left: Built, right: Built) -> int:
    """How many sample points lie in the domain; called only where none of them refutes."""
    letters = sorted(left.expr.free_symbols | right.expr.free_symbols, key=str)
    enclosure = Enclosure()
    conditions = (*left.conditions, *right.conditions)
    count = 0
    for point in points(letters):
        if all(holds(condition, point, enclosure) for condition in conditions):
            value = enclosure.interval((left.expr - right.expr).xreplace(point))
            count += value is not None and 0 in value
    return count


def _prove_zero(left: Built, right: Built, difference: SymExpr) -> Finding:
    agreeing = _agreeing_points(left, right)
    if _simplifies_to_zero(difference) and agreeing:
        return Finding(Answer.YES, Method.SYMBOLIC_SIMPLIFY, "proved by rewriting with SymPy")
    if agreeing:
        text = f"the sides agree at {agreeing} points; not proved"
        return Finding(Answer.OPEN, Method.SAMPLING, text, likely=True)
    return Finding(Answer.OPEN, Method.UNSUPPORTED, "I could not compare the two sides")


def _simplifies_to_zero(difference: SymExpr) -> bool:
    if sympy.expand(difference) == 0:
        return True
    if difference.count_ops() > _SIMPLIFY_OPERATIONS:
        return False
    for attempt in _REWRITES:
        try:
            if attempt(difference) == 0:
                return True
        except (NotImplementedError, ValueError, TypeError, AttributeError, RecursionError):
            continue  # one of SymPy's own limits; the next attempt may do
    return False


_REWRITES: Final[tuple[Callable[[SymExpr], SymExpr], ...]] = (
    lambda expr: sympy.expand(sympy.expand_trig(expr)),
    lambda expr: sympy.simplify(expr),
    lambda expr: sympy.trigsimp(sympy.expand(expr)),
    lambda expr: sympy.expand(sympy.powsimp(sympy.expand_log(expr))),
    lambda expr: sympy.simplify(expr.rewrite(sympy.exp)),
)
