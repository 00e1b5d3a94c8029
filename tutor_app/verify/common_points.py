"""Exact solutions of systems of polynomial equations, each confirmed by putting it in."""

from dataclasses import dataclass
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.build import build
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.slips.slip import Sides
from tutor_app.verify.solutions import is_defined_at, real_roots

_MOST_LETTERS: Final = 4
_HIGHEST_DEGREE: Final = 4
_MOST_EQUATIONS: Final = 8
_LARGEST_NUMBER: Final = 10**9
_SAMPLES: Final = ((0, 0, 0, 0), (1, 2, 3, 5), (-2, 1, 4, -3))

Point = dict[sympy.Symbol, SymExpr]


@dataclass(frozen=True, slots=True)
class Points:
    """Solutions of a system.

    Attributes:
        found: exact points, each confirmed.
        is_complete: there are no others.
    """

    found: tuple[Point, ...]
    is_complete: bool


def residue(sides: Sides) -> SymExpr:
    """What must vanish where an equation holds: the numerator of its difference.

    Raises:
        Unreadable: it is no polynomial with rational numbers.
    """
    difference = build(sides.left).expr - build(sides.right).expr
    numerator = sympy.expand(sympy.fraction(sympy.together(difference))[0])
    letters = sorted(numerator.free_symbols, key=str)
    if letters and not numerator.is_polynomial(*letters):
        raise Unreadable("an equation is not a polynomial")
    if any(not part.is_Rational for part in numerator.atoms(sympy.Number)):
        raise Unreadable("an equation has other numbers than fractions")
    return numerator


def points_of(equations: tuple[Sides, ...], letters: tuple[sympy.Symbol, ...]) -> Points | None:
    """Solutions of a system; None where none could be found exactly.

    Raises:
        Unreadable: an equation is no polynomial.
    """
    residues = [residue(sides) for sides in equations]
    if len(letters) > _MOST_LETTERS or len(residues) > _MOST_EQUATIONS:
        return None
    if any(abs(part.p) > _LARGEST_NUMBER or part.q > _LARGEST_NUMBER
           for one in residues for part in one.atoms(sympy.Rational)):  # fmt: skip
        return None
    if any(one.is_Rational and one != 0 for one in residues):
        return Points((), is_complete=True)
    polynomials = [one for one in residues if one != 0]
    if all(sympy.Poly(one, *letters).total_degree() <= 1 for one in polynomials):
        found: Points | None = _linear(polynomials, letters)
    else:
        found = _triangular(polynomials, letters)
    if found is None:
        return None
    return _confirmed(found, equations, residues)


def _confirmed(
    points: Points, equations: tuple[Sides, ...], residues: list[SymExpr]
) -> Points | None:
    kept: list[Point] = []
    for point in points.found:
        values = [sympy.expand(one.xreplace(point)) for one in residues]
        if any(value != 0 and Enclosure().excludes_zero(value) for value in values):
            continue  # a candidate of the elimination that solves only a part
        if any(value != 0 for value in values):
            return None
        inside = [
            is_defined_at(build(side), point)
            for sides in equations
            for side in (sides.left, sides.right)
        ]
        if None in inside:
            return None
        if all(inside):
            kept.append(point)
    return Points(tuple(kept), points.is_complete)


def _linear(polynomials: list[SymExpr], letters: tuple[sympy.Symbol, ...]) -> Points:
    rows = [
        [*(sympy.Poly(one, *letters).coeff_monomial(letter) for letter in letters),
         -sympy.Poly(one, *letters).coeff_monomial(1)]
        for one in polynomials
    ]  # fmt: skip
    matrix, pivots = sympy.Matrix(rows).rref() if rows else (sympy.zeros(0, 0), ())
    if len(letters) in pivots:
        return Points((), is_complete=True)
    if len(pivots) == len(letters):
        point = {letter: matrix[k, len(letters)] for k, letter in enumerate(letters)}
        return Points((point,), is_complete=True)
    free = [k for k in range(len(letters)) if k not in pivots]
    found: list[Point] = []
    for sample in _SAMPLES:
        point = {letters[k]: sympy.Integer(sample[k]) for k in free}
        for row, pivot in enumerate(pivots):
            value = matrix[row, len(letters)]
            point[letters[pivot]] = value - sum(matrix[row, k] * point[letters[k]] for k in free)
        found.append(point)
    return Points(tuple(found), is_complete=False)


def _triangular(polynomials: list[SymExpr], letters: tuple[sympy.Symbol, ...]) -> Points | None:
    if max(sympy.Poly(one, *letters).total_degree() for one in polynomials) > _HIGHEST_DEGREE:
        return None
    if len(letters) > 3 or len(polynomials) < len(letters):
        return None
    basis = sympy.groebner(polynomials, *letters, order="lex")
    if basis.exprs == [1]:
        return Points((), is_complete=True)
    if not basis.is_zero_dimensional:
        return None
    return _back_substituted(list(basis.exprs), letters)


def _back_substituted(basis: list[SymExpr], letters: tuple[sympy.Symbol, ...]) -> Points | None:
    """The real points of a triangular basis, letter by letter from the last."""
    points: list[Point] = [{}]
    for letter in reversed(letters):
        extended: list[Point] = []
        for point in points:
            values = [sympy.expand(one.xreplace(point)) for one in basis]
            own = [one for one in values if one.free_symbols == {letter}]
            if any(one.is_number and one != 0 and Enclosure().excludes_zero(one)
                   for one in values):  # fmt: skip
                continue
            if not own:
                return None
            roots = _roots(min(own, key=lambda one: sympy.degree(one, letter)), letter)
            if roots is None:
                return None
            extended.extend({**point, letter: root} for root in roots)
        points = extended
    return Points(tuple(points), is_complete=True)


def _roots(expr: SymExpr, letter: sympy.Symbol) -> tuple[SymExpr, ...] | None:
    try:
        polynomial = sympy.Poly(expr, letter, domain="QQ")
    except (sympy.CoercionFailed, sympy.PolynomialError):
        linear = sympy.Poly(expr, letter)
        if linear.degree() != 1:
            return None
        slope, constant = linear.all_coeffs()
        return (sympy.radsimp(sympy.expand(-constant / slope)),)
    factors = [factor for factor, _ in polynomial.factor_list()[1]]
    if any(factor.degree() > 2 and factor.count_roots() for factor in factors):
        return None
    return tuple(root for factor in factors for root in real_roots(factor))
