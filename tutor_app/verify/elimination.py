"""Equations with roots, absolute values and logarithms: a finite list that holds all solutions.

Each root is replaced by a new letter with its defining polynomial, and the letters are
eliminated by resultants. What is left is a polynomial whose roots include every solution; the
caller keeps those that solve the equation when put in.
"""

from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.inversion import simplified

_HIGHEST_DEGREE: Final = 24
_MOST_RADICALS: Final = 4
_HIGHEST_LOGARITHM: Final = 400


def candidate_polynomial(difference: SymExpr, unknown: sympy.Symbol) -> sympy.Poly | None:
    """A polynomial that vanishes wherever the difference does; None if none was found."""
    if difference.has(sympy.log):
        difference = _without_logarithms(difference, unknown)
        if difference is None:
            return None
    relations: list[tuple[sympy.Symbol, SymExpr]] = []
    while True:
        radical = _innermost_radical(difference, unknown)
        if radical is None:
            break
        if len(relations) == _MOST_RADICALS:
            return None
        letter = sympy.Dummy(f"r{len(relations)}")
        difference, relation = _replace(difference, radical, letter)
        relations.append((letter, relation))
    return _eliminate(difference, relations, unknown)


def _without_logarithms(difference: SymExpr, unknown: sympy.Symbol) -> SymExpr | None:
    """`log A + log B = c` as `A·B - e^c`, where that is rational."""
    product, level, unit = sympy.Integer(1), sympy.Integer(0), None
    for term in sympy.Add.make_args(sympy.expand(difference)):
        factor, rest = term.as_independent(unknown, as_Add=False)
        if not rest.has(unknown):
            level -= term
            continue
        if not isinstance(rest, sympy.log) or not rest.args[0].is_rational_function(unknown):
            return None
        unit = factor if unit is None else unit
        exponent = simplified(factor / unit)
        if not exponent.is_Integer or abs(exponent) > _HIGHEST_DEGREE:
            return None
        product *= rest.args[0] ** exponent
    if unit is None:
        return None
    if not abs(sympy.N(level / unit, 15)) < _HIGHEST_LOGARITHM:
        return None  # the power would have too many digits
    value = simplified(sympy.exp(simplified(level / unit)))
    return product - value if value.is_Rational else None


def _innermost_radical(expr: SymExpr, unknown: sympy.Symbol) -> SymExpr | None:
    for part in sympy.postorder_traversal(expr):
        if not part.has(unknown):
            continue
        is_root = part.is_Pow and part.exp.is_Rational and not part.exp.is_Integer
        if is_root or isinstance(part, sympy.Abs):
            return part
    return None


def _replace(expr: SymExpr, radical: SymExpr, letter: sympy.Symbol) -> tuple[SymExpr, SymExpr]:
    """The expression with one radical as a letter, and the polynomial of that letter."""
    if isinstance(radical, sympy.Abs):
        inner = radical.args[0]
        return expr.xreplace({radical: letter}), letter**2 - inner**2
    base, degree = radical.base, int(radical.exp.q)
    same_root = {
        part: letter ** int(part.exp * degree)
        for part in expr.atoms(sympy.Pow)
        if part.base == base and (part.exp * degree).is_Integer and not part.exp.is_Integer
    }
    return expr.xreplace(same_root), letter**degree - base


def _eliminate(
    expr: SymExpr, relations: list[tuple[sympy.Symbol, SymExpr]], unknown: sympy.Symbol
) -> sympy.Poly | None:
    letters = [letter for letter, _ in relations]
    current = sympy.fraction(sympy.together(expr))[0]
    try:
        sympy.Poly(current, unknown, *letters, domain="QQ")
        for letter, relation in reversed(relations):
            relation = sympy.fraction(sympy.together(relation))[0]
            current = sympy.resultant(sympy.expand(current), sympy.expand(relation), letter)
        polynomial = sympy.Poly(current, unknown, domain="QQ")
    except (sympy.CoercionFailed, sympy.PolynomialError):
        return None
    if polynomial.is_zero or polynomial.degree() > _HIGHEST_DEGREE:
        return None
    return polynomial
