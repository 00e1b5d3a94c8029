"""Solutions of trigonometric equations, counted exactly.

With t the angle and u = tan(t/2), sine and cosine are rational functions of u, so that an equation
in sines and cosines of multiples of t becomes a polynomial in u. Sturm's theorem counts its real
roots; each is the one solution of its kind in (-π, π), and t = π is put in by itself. SymPy's
`solveset` loses solutions of such equations and is not asked.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.build import Built, Condition, Need, build, symbol
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.solutions import Equation, is_defined_at, same_number

_FUNCTIONS: Final = (sympy.sin, sympy.cos, sympy.tan, sympy.cot, sympy.sec, sympy.csc)
_HIGHEST_MULTIPLE: Final = 8
_HIGHEST_DEGREE: Final = 24
_LARGEST_DENOMINATOR: Final = 12
_MOST_PERIODS: Final = 40
_DIGITS: Final = 50
_WIDTH: Final = sympy.Rational(1, 10**25)
_HALF: Final = sympy.Dummy("u", real=True)


@dataclass(frozen=True, slots=True)
class TrigonometricRoots:
    """All solutions of an equation within one period.

    Attributes:
        period: a positive rational multiple of pi after which the solutions repeat.
        brackets: for each solution but the one at half a period, u = tan(x·π/period) between
            two rational numbers.
        has_half: half a period is a solution.
    """

    period: SymExpr
    brackets: tuple[tuple[SymExpr, SymExpr], ...]
    has_half: bool

    @property
    def count(self) -> int:
        """How many solutions one period holds."""
        return len(self.brackets) + self.has_half

    def enclosed(self, turn: int) -> Iterator["Place"]:
        """The solutions in the period around `turn` periods from zero."""
        scale = self.period / sympy.pi
        for low, high in self.brackets:
            shift = turn * self.period
            yield Place(scale * sympy.atan(low) + shift, scale * sympy.atan(high) + shift)
        if self.has_half:
            half = self.period * (sympy.Rational(1, 2) + turn)
            yield Place(half, half)


@dataclass(frozen=True, slots=True)
class Place:
    """Two numbers between which, or at which, one solution lies."""

    low: SymExpr
    high: SymExpr

    @property
    def is_exact(self) -> bool:
        """Whether it is the solution itself."""
        return bool(self.low == self.high)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A range of angles; an end may be left out."""

    lower: SymExpr
    upper: SymExpr
    is_lower_open: bool
    is_upper_open: bool

    def holds(self, value: SymExpr) -> bool | None:
        """Whether a number lies in the range; None if not decided."""
        for gap, is_open in (
            (value - self.lower, self.is_lower_open),
            (self.upper - value, self.is_upper_open),
        ):
            sign = Enclosure().sign(gap)
            if sign is None:
                if same_number(gap, sympy.Integer(0)) is not True:
                    return None
                sign = -1 if is_open else 1
            if sign < 0:
                return False
        return True


def trigonometric_roots(equation: Equation) -> TrigonometricRoots | None:
    """All solutions of an equation in sines and cosines of one angle; None for other equations.

    Raises:
        Unreadable: a side cannot be built.
    """
    unit = unit_angle(equation)
    found = None if unit is None else angle_set(equation, unit)
    brackets = None if found is None else _isolated(found.polynomial)
    if found is None or brackets is None:
        return None
    return TrigonometricRoots(2 * sympy.pi / found.unit, brackets, found.has_half)


@dataclass(frozen=True, slots=True)
class AngleSet:
    """Solutions by the polynomial of u = tan(unit·x/2) that vanishes at them.

    Attributes:
        polynomial: not zero.
        unit: of which all angles of the equation are multiples.
        has_half: half a period is a solution.
    """

    polynomial: sympy.Poly
    unit: sympy.Rational
    has_half: bool

    def joined(self, other: "AngleSet") -> "AngleSet":
        """What solves one of two equations with the same unit."""
        product = self.polynomial * other.polynomial
        return AngleSet(product, self.unit, self.has_half or other.has_half)

    def without(self, other: "AngleSet") -> "AngleSet":
        """Without what the other set holds."""
        polynomial = _without_common(self.polynomial, other.polynomial)
        return AngleSet(polynomial, self.unit, self.has_half and not other.has_half)

    @property
    def is_empty(self) -> bool:
        """Whether it certainly holds no angle."""
        return not self.has_half and count_real_roots(self.polynomial) == 0

    def holds(self, other: "AngleSet") -> bool | None:
        """Whether the other set, of the same unit, lies in this one; None if not decided."""
        shared = sympy.gcd(self.polynomial, other.polynomial)
        counts = count_real_roots(shared), count_real_roots(other.polynomial)
        if None in counts:
            return None
        return counts[0] == counts[1] and (self.has_half or not other.has_half)


def angle_set(equation: Equation, unit: sympy.Rational) -> AngleSet | None:
    """The solutions of an equation whose angles are multiples of a unit; None for others.

    Raises:
        Unreadable: a side cannot be built.
    """
    whole, unknown = _whole(equation), symbol(equation.unknown)
    numerator = _numerator(whole.expr, unknown, unit)
    if numerator is None or numerator.is_zero:
        return None
    for condition in whole.conditions:
        excluded = _excluded(condition, unknown, unit)
        if excluded is None:
            return None
        numerator = _without_common(numerator, excluded)
    has_half = _solves(whole, unknown, sympy.pi / unit)
    return None if has_half is None else AngleSet(numerator, unit, has_half)


def excluded_angles(equation: Equation, unit: sympy.Rational) -> AngleSet | None:
    """Where an equation is not defined; None if that is not known.

    Raises:
        Unreadable: a side cannot be built.
    """
    whole, unknown = _whole(equation), symbol(equation.unknown)
    product = sympy.Poly(1, _HALF, domain="QQ")
    for condition in whole.conditions:
        excluded = _excluded(condition, unknown, unit)
        if excluded is None or excluded.is_zero:
            return None
        product = product * excluded
    half = {unknown: sympy.pi / unit}
    has_half = any(
        not condition.expr.xreplace(half).is_finite
        or same_number(condition.expr.xreplace(half), sympy.Integer(0)) is not False
        for condition in whole.conditions
    )
    return AngleSet(product, unit, has_half)


def unit_angle(equation: Equation) -> sympy.Rational | None:
    """The largest number of which all coefficients of the unknown in angles are multiples.

    None where the unknown stands outside of sines and the like.

    Raises:
        Unreadable: a side cannot be built.
    """
    if not equation.letters <= {equation.unknown}:
        return None
    whole = _whole(equation)
    return None if whole.is_complex else _unit_angle(whole, symbol(equation.unknown))


def _whole(equation: Equation) -> Built:
    left, right = build(equation.left), build(equation.right)
    is_complex = left.is_complex or right.is_complex
    return Built(left.expr - right.expr, (*left.conditions, *right.conditions), is_complex)


def common_unit(units: Iterable[sympy.Rational]) -> sympy.Rational:
    """The largest number of which all units are multiples."""
    found = list(units)
    bottom = math.lcm(*(int(unit.q) for unit in found))
    return sympy.Rational(math.gcd(*(int(unit * bottom) for unit in found)), bottom)


def count_real_roots(polynomial: sympy.Poly) -> int | None:
    """How many different real roots a polynomial has; None if a sign was not decided."""
    if polynomial.degree() <= 0:
        return 0
    chain = polynomial.to_field().sqf_part().sturm()
    ends = _changes(chain, -sympy.oo), _changes(chain, sympy.oo)
    if ends[0] is None or ends[1] is None:
        return None
    return ends[0] - ends[1]


def _solves(whole: Built, unknown: sympy.Symbol, value: SymExpr) -> bool | None:
    point = {unknown: value}
    if not all(condition.expr.xreplace(point).is_finite for condition in whole.conditions):
        return False
    if is_defined_at(whole, point) is False:
        return False
    residue = whole.expr.xreplace(point)
    if not residue.is_finite:
        return False
    return same_number(residue, sympy.Integer(0))


# -- the polynomial in u ------------------------------------------------------------------


def _unit_angle(whole: Built, unknown: sympy.Symbol) -> sympy.Rational | None:
    """The largest number of which all coefficients of the unknown are multiples."""
    slopes: list[sympy.Rational] = []
    for expr in (whole.expr, *(condition.expr for condition in whole.conditions)):
        rest = expr
        for part in expr.atoms(*_FUNCTIONS):
            slope = sympy.diff(part.args[0], unknown)
            if slope == 0:
                continue
            offset = (part.args[0] - slope * unknown).expand()
            share = sympy.simplify(offset / sympy.pi)
            if not (slope.is_Rational and share.is_Rational):
                return None
            slopes.append(abs(slope))
            rest = rest.xreplace({part: sympy.Dummy()})
        if rest.has(unknown):
            return None
    if not slopes:
        return None
    unit = common_unit(slopes)
    is_small = unit.q <= _LARGEST_DENOMINATOR and max(slopes) / unit <= _HIGHEST_MULTIPLE
    return unit if is_small else None


def _numerator(expr: SymExpr, unknown: sympy.Symbol, unit: sympy.Rational) -> sympy.Poly | None:
    """What must vanish, as a polynomial in u = tan(unit·x/2)."""
    values: dict[SymExpr, SymExpr] = {}
    for part in expr.atoms(*_FUNCTIONS):
        slope = sympy.diff(part.args[0], unknown)
        if slope != 0:
            offset = (part.args[0] - slope * unknown).expand()
            values[part] = _in_half_angle(part.func, int(slope / unit), offset)
    top = sympy.fraction(sympy.together(expr.xreplace(values)))[0]
    top = sympy.expand(top)
    if not top.is_polynomial(_HALF):
        return None
    try:
        polynomial = sympy.Poly(top, _HALF, extension=True)
    except (sympy.CoercionFailed, sympy.PolynomialError, NotImplementedError):
        return None
    domain = polynomial.domain
    if polynomial.degree() > _HIGHEST_DEGREE or not (domain.is_ZZ or domain.is_QQ or (
        domain.is_AlgebraicField
    )):  # fmt: skip
        return None
    return polynomial


def _in_half_angle(function: Any, multiple: int, offset: SymExpr) -> SymExpr:  # noqa: ANN401
    """`sin(n t + c)` and the like as a rational function of u."""
    size = abs(multiple)
    power = sympy.expand((1 + sympy.I * _HALF) ** (2 * size))
    real, imaginary = power.as_real_imag()
    scale = (1 + _HALF**2) ** size
    cosine, sine = real / scale, sympy.sign(multiple) * imaginary / scale
    shift_sine, shift_cosine = sympy.sin(offset), sympy.cos(offset)
    sine, cosine = (
        sine * shift_cosine + cosine * shift_sine,
        cosine * shift_cosine - sine * shift_sine,
    )
    return {
        sympy.sin: sine,
        sympy.cos: cosine,
        sympy.tan: sine / cosine,
        sympy.cot: cosine / sine,
        sympy.sec: 1 / cosine,
        sympy.csc: 1 / sine,
    }[function]


def _excluded(
    condition: Condition, unknown: sympy.Symbol, unit: sympy.Rational
) -> sympy.Poly | None:
    """A polynomial that vanishes where a requirement fails; None if it is of another kind."""
    return _numerator(condition.expr, unknown, unit) if condition.need is Need.NONZERO else None


def _without_common(polynomial: sympy.Poly, other: sympy.Poly) -> sympy.Poly:
    if other.is_zero:
        return polynomial
    while True:
        common = sympy.gcd(polynomial, other)
        if common.degree() <= 0:
            return polynomial
        polynomial = sympy.quo(polynomial, common)


# -- counting real roots ------------------------------------------------------------------


def _isolated(polynomial: sympy.Poly) -> tuple[tuple[SymExpr, SymExpr], ...] | None:
    """Short intervals that hold one real root each, and together all of them."""
    if polynomial.degree() <= 0:
        return ()
    plain = polynomial.to_field().sqf_part()
    chain = plain.sturm()
    total = _changes(chain, -sympy.oo), _changes(chain, sympy.oo)
    if None in total:
        return None
    assert total[0] is not None
    assert total[1] is not None
    guesses = [root for root in plain.nroots(n=_DIGITS, maxsteps=200) if _is_nearly_real(root)]
    brackets: list[tuple[SymExpr, SymExpr]] = []
    for guess in guesses:
        middle = sympy.Rational(round(sympy.re(guess) * 10**30), 10**30)
        low, high = middle - _WIDTH, middle + _WIDTH
        counts = _changes(chain, low), _changes(chain, high)
        if None in counts or counts[0] - counts[1] != 1:  # type: ignore[operator]
            return None
        brackets.append((low, high))
    brackets.sort()
    is_apart = all(before[1] < after[0] for before, after in pairwise(brackets))
    return tuple(brackets) if is_apart and len(brackets) == total[0] - total[1] else None


def _is_nearly_real(root: SymExpr) -> bool:
    return bool(abs(sympy.im(root)) < sympy.Float(10) ** -20)


def _changes(chain: list[sympy.Poly], place: SymExpr) -> int | None:
    """Changes of sign along a Sturm chain; None if a sign was not decided."""
    signs: list[int] = []
    for member in chain:
        if place.is_finite:
            value = sympy.expand(member.eval(place))
        else:
            value = member.LC() * (-1 if place is -sympy.oo and member.degree() % 2 else 1)
        if value == 0:
            continue
        sign = int(sympy.sign(value)) if value.is_Rational else Enclosure().sign(value)
        if sign is None:
            return None
        signs.append(sign)
    return sum(left != right for left, right in pairwise(signs))


# -- the solutions in a range -------------------------------------------------------------


def places_within(
    roots: TrigonometricRoots, equation: Equation, bounds: Bounds
) -> tuple[Place, ...] | None:
    """Where the solutions in a range lie; None if one at an end was not decided.

    Raises:
        Unreadable: a side cannot be built.
    """
    first = int(sympy.floor(sympy.N(bounds.lower / roots.period, 30))) - 1
    last = int(sympy.ceiling(sympy.N(bounds.upper / roots.period, 30))) + 1
    if last - first > _MOST_PERIODS:
        return None
    found: list[Place] = []
    for turn in range(first, last + 1):
        for place in roots.enclosed(turn):
            inside = _is_inside(place, equation, bounds)
            if inside is None:
                return None
            if inside:
                found.append(place)
    return tuple(found)


def _is_inside(place: Place, equation: Equation, bounds: Bounds) -> bool | None:
    if place.is_exact:
        return bounds.holds(place.low)
    enclosure = Enclosure()
    for end, is_open, direction in (
        (bounds.lower, bounds.is_lower_open, 1),
        (bounds.upper, bounds.is_upper_open, -1),
    ):
        signs = {enclosure.sign(direction * (edge - end)) for edge in (place.low, place.high)}
        if signs == {-1}:
            return False
        if signs != {1}:
            # The end lies so close that it must be the solution itself, or nothing is known.
            left, right = build(equation.left), build(equation.right)
            whole = Built(left.expr - right.expr, (), is_complex=False)
            if _solves(whole, symbol(equation.unknown), end) is not True:
                return None
            if is_open:
                return False
    return True
