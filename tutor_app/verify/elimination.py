"""Equations with roots, absolute values and logarithms: a finite list that holds all solutions.

Each root is replaced by a new letter with its defining polynomial, and the letters are
eliminated by resultants. What is left is a polynomial whose roots include every solution; the
caller keeps those that solve the equation when put in.
"""

from typing import Final

import sympy
from sympy import Expr as SymExpr

_HIGHEST_DEGREE: Final = 24
_MOST_RADICALS: Final = 4


def candidate_polynomial(difference: SymExpr, unknown: sympy.Symbol) -> sympy.Poly | None:
    """A polynomial that vanishes wherever the difference does; None if none was found."""
    if difference.has(sympy.log):
        difference = _without_logarithms(difference)
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


def _without_logarithms(difference: SymExpr) -> SymExpr | None:
    """`log A + log B = c` as `A·B - e^c`, where that is rational."""
    combined = sympy.logcombine(sympy.expand_log(sympy.expand(difference), force=True), force=True)
    logs = [term for term in sympy.Add.make_args(combined) if term.has(sympy.log)]
    if len(logs) != 1:
        return None
    factor, rest = logs[0].as_independent(sympy.log)
    if not isinstance(rest, sympy.log) or factor.free_symbols:
        return None
    level = sympy.exp(-(combined - logs[0]) / factor)
    if not sympy.simplify(level).is_Rational:
        return None
    return rest.args[0] - sympy.simplify(level)


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
