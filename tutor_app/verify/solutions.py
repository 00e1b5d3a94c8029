"""Solution sets of equations in one unknown over the reals, with their completeness proved.

Rational functions with rational coefficients are decided completely (factorisation and Sturm
counts). Equations with roots, absolute values and logarithms go through `elimination`, those
that hold the unknown once are undone step by step, exponential ones become polynomials; every
candidate is put in. Everything else is answered only in isolated form (`x = …`).
"""

from dataclasses import dataclass
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Method
from tutor_app.verify.build import Built, Need, build, symbol, uses_bare_log
from tutor_app.verify.elimination import candidate_polynomial
from tutor_app.verify.enclosure import Enclosure, fails, holds
from tutor_app.verify.exponential import exponent_polynomial, exponential_roots
from tutor_app.verify.inversion import NotInvertible, count_letter, inverse_roots, simplified
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.syntax import Expr, Sym, symbols
from tutor_app.verify.zero import Answer, Finding, equality

_HIGHEST_DEGREE: Final = 40


@dataclass(frozen=True, slots=True)
class SolutionSet:
    """All real solutions of an equation.

    Attributes:
        roots: distinct and exact; empty where `is_everything`.
        is_everything: every number of the natural domain is a solution.
        excluded: points outside the natural domain; only with `is_everything`.
        has_double: a root occurs more than once.
    """

    roots: tuple[SymExpr, ...]
    is_everything: bool = False
    excluded: tuple[SymExpr, ...] = ()
    has_double: bool = False


NOTHING: Final = SolutionSet(())


@dataclass(frozen=True, slots=True)
class Equation:
    """`left = right` in one unknown."""

    left: Expr
    right: Expr
    unknown: str

    @property
    def letters(self) -> frozenset[str]:
        """All letters of both sides."""
        return symbols(self.left) | symbols(self.right)


def solve(equation: Equation) -> SolutionSet | None:
    """All real solutions, or None where completeness cannot be proved.

    Raises:
        Unreadable: a side cannot be built.
    """
    left, right = build(equation.left), build(equation.right)
    if left.is_complex or right.is_complex or not equation.letters <= {equation.unknown}:
        return None
    isolated = _isolated(equation, left, right)
    if isolated is not None:
        return isolated
    unknown = symbol(equation.unknown)
    if (left.expr - right.expr).is_rational_function(unknown):
        rational = _solve_rational(left, right, unknown)
        # sqrt(3) as a coefficient is not rational: one place of the unknown can still be solved
        return rational if rational is not None else _solve_by_inversion(equation)
    found = _solve_by_elimination(equation, left.expr - right.expr)
    if found is None:
        found = _solve_by_inversion(equation)
    return found if found is not None else _solve_exponential(equation, left.expr - right.expr)


def _solve_by_inversion(equation: Equation) -> SolutionSet | None:
    """An equation that holds the unknown once, whose operations are undone one by one."""
    unknown = equation.unknown
    for side, other in ((equation.left, equation.right), (equation.right, equation.left)):
        # `log` without a base has two readings, whose solutions differ.
        if count_letter(side, unknown) == 1 and not symbols(other) and not uses_bare_log(side):
            constant = build(other)
            if is_defined_at(constant, {}) is not True:
                return None
            try:
                return _solving(equation, inverse_roots(side, constant.expr, unknown))
            except (NotInvertible, Unreadable):
                return None  # an operation has no inverse, or its result is too large
    return None


def _solve_exponential(equation: Equation, difference: SymExpr) -> SolutionSet | None:
    unknown = symbol(equation.unknown)
    found = exponential_roots(difference, unknown)
    if found is None:
        plain = exponent_polynomial(difference, unknown)
        if plain is None:
            return None
        factors = plain.factor_list()[1]
        return _solving(
            equation, tuple(root for factor, _ in factors for root in real_roots(factor))
        )
    polynomial, rate = found
    roots = [
        simplified(sympy.log(root) / rate)
        for factor, _ in polynomial.factor_list()[1]
        for root in real_roots(sympy.Poly(factor.as_expr(), factor.gen, domain="QQ"))
        if sympy.N(root, 30) > 0
    ]
    return _solving(equation, tuple(roots))


def _solving(equation: Equation, candidates: tuple[SymExpr, ...]) -> SolutionSet | None:
    """The candidates that solve an equation; None if one is not decided."""
    roots = []
    for root in candidates:
        answer = substitute(equation, root).answer
        if answer is Answer.OPEN:
            return None
        if answer is Answer.YES:
            roots.append(root)
    return SolutionSet(_ascending(roots))


def _solve_by_elimination(equation: Equation, difference: SymExpr) -> SolutionSet | None:
    polynomial = candidate_polynomial(difference, symbol(equation.unknown))
    if polynomial is None:
        return None
    factors = polynomial.factor_list()[1]
    return _solving(equation, tuple(root for factor, _ in factors for root in real_roots(factor)))


def _isolated(equation: Equation, left: Built, right: Built) -> SolutionSet | None:
    """`x = constant`, whatever the constant."""
    for side, other, built in (
        (equation.left, equation.right, right),
        (equation.right, equation.left, left),
    ):
        if side == Sym(equation.unknown) and not symbols(other):
            is_defined = is_defined_at(built, {})
            if is_defined is None:
                return None
            return SolutionSet((built.expr,)) if is_defined else NOTHING
    return None


def is_defined_at(built: Built, point: dict[sympy.Symbol, SymExpr]) -> bool | None:
    """Whether a point lies in the natural domain; None if not decided."""
    enclosure = Enclosure()
    is_open = False
    for condition in built.conditions:
        if fails(condition, point, enclosure):
            return False
        is_open |= not holds(condition, point, enclosure)
    return None if is_open else True


def _solve_rational(left: Built, right: Built, unknown: sympy.Symbol) -> SolutionSet | None:
    difference = sympy.together(left.expr - right.expr)
    numerator, _ = sympy.fraction(difference)
    try:
        polynomial = sympy.Poly(numerator, unknown, domain="QQ")
    except (sympy.CoercionFailed, sympy.PolynomialError):
        return None
    if polynomial.degree() > _HIGHEST_DEGREE:
        return None
    if polynomial.is_zero:
        return _everything(left, right, unknown)
    conditions = (*left.conditions, *right.conditions)
    roots = []
    factors = polynomial.factor_list()[1]
    for root in (root for factor, _ in factors for root in real_roots(factor)):
        inside = is_defined_at(Built(root, conditions, is_complex=False), {unknown: root})
        if inside is None:
            return None
        if inside:
            roots.append(root)
    has_double = any(power > 1 for _, power in factors)
    return SolutionSet(_ascending(roots), has_double=has_double)


def real_roots(factor: sympy.Poly) -> tuple[SymExpr, ...]:
    """The real roots of an irreducible polynomial over the rationals."""
    if factor.degree() == 0:
        return ()
    coefficients = factor.all_coeffs()
    if factor.degree() == 1:
        return (-coefficients[1] / coefficients[0],)
    if factor.degree() == 2:
        a, b, c = coefficients
        discriminant = b**2 - 4 * a * c
        if discriminant < 0:
            return ()
        root = sympy.sqrt(discriminant)
        return tuple(sympy.expand((-b + sign * root) / (2 * a)) for sign in (-1, 1))
    found = tuple(factor.real_roots(radicals=False))
    assert len(found) == factor.count_roots(), "two root counts disagree"
    return found


def _everything(left: Built, right: Built, unknown: sympy.Symbol) -> SolutionSet | None:
    excluded: set[SymExpr] = set()
    for condition in (*left.conditions, *right.conditions):
        if condition.need is not Need.NONZERO:
            return None
        numerator, _ = sympy.fraction(sympy.together(condition.expr))
        try:
            polynomial = sympy.Poly(numerator, unknown, domain="QQ")
        except (sympy.CoercionFailed, sympy.PolynomialError):
            return None
        for factor, _ in polynomial.factor_list()[1]:
            excluded.update(real_roots(factor))
    return SolutionSet((), is_everything=True, excluded=_ascending(list(excluded)))


def _ascending(roots: list[SymExpr]) -> tuple[SymExpr, ...]:
    return tuple(sorted(set(roots), key=lambda root: sympy.N(root, 30)))


def same_number(left: SymExpr, right: SymExpr) -> bool | None:
    """Whether two real constants are equal; None if not decided."""
    if left == right:
        return True
    finding = equality(Built(left, (), is_complex=False), Built(right, (), is_complex=False))
    return {Answer.YES: True, Answer.NO: False, Answer.OPEN: None}[finding.answer]


def position(value: SymExpr, roots: tuple[SymExpr, ...]) -> int | None:
    """Index of a number among roots; -1 if it is none of them; None if not decided."""
    is_open = False
    for k, root in enumerate(roots):
        same = same_number(value, root)
        if same:
            return k
        is_open |= same is None
    return None if is_open else -1


def contains_set(outer: SolutionSet, inner: SolutionSet) -> bool | None:
    """Whether every solution of `inner` is one of `outer`; None if not decided."""
    if outer.is_everything:
        if inner.is_everything:
            places = [position(point, inner.excluded) for point in outer.excluded]
        else:
            places = [
                {True: -1, False: 0, None: None}[_is_among(root, outer.excluded)]
                for root in inner.roots
            ]
    elif inner.is_everything:
        return False
    else:
        places = [position(root, outer.roots) for root in inner.roots]
    if any(place == -1 for place in places):
        return False
    return None if any(place is None for place in places) else True


def _is_among(value: SymExpr, excluded: tuple[SymExpr, ...]) -> bool | None:
    place = position(value, excluded)
    return None if place is None else place >= 0


def substitute(equation: Equation, value: SymExpr) -> Finding:
    """Whether a number solves an equation, by putting it in.

    Raises:
        Unreadable: a side cannot be built.
    """
    point = {symbol(equation.unknown): value}
    sides = []
    for side in (equation.left, equation.right):
        built = build(side)
        is_defined = is_defined_at(built, point)
        if is_defined is None:
            return Finding(Answer.OPEN, Method.UNSUPPORTED, "the domain was not decided")
        if not is_defined:
            return Finding(
                Answer.NO, Method.SUBSTITUTION, "a side of the equation has no value there"
            )
        sides.append(Built(built.expr.xreplace(point), (), built.is_complex))
    return equality(sides[0], sides[1])
