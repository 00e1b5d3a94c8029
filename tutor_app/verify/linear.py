"""Systems of linear equations, compared by their reduced matrices."""

from dataclasses import dataclass

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.build import build, symbol
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.syntax import Chain, Comparison, Joiner, Listing, Statement, symbols


@dataclass(frozen=True, slots=True)
class LinearSystem:
    """A linear system in a fixed order of letters.

    Attributes:
        letters: the unknowns, sorted.
        rows: the reduced augmented matrix without zero rows.
        residues: left side minus right side of each equation.
    """

    letters: tuple[str, ...]
    rows: tuple[tuple[SymExpr, ...], ...]
    residues: tuple[SymExpr, ...]

    @property
    def is_contradictory(self) -> bool:
        """Whether no values solve it."""
        return any(not any(row[:-1]) and row[-1] != 0 for row in self.rows)

    @property
    def point(self) -> dict[sympy.Symbol, SymExpr] | None:
        """The one solution, or None if there is none or more than one."""
        if self.is_contradictory or len(self.rows) != len(self.letters):
            return None
        return {symbol(name): row[-1] for name, row in zip(self.letters, self.rows, strict=True)}


def chains_of(statement: Statement | None) -> tuple[Chain, ...]:
    """The equations of a line joined by `and` or commas.

    Raises:
        Unreadable: the line is something else.
    """
    items: tuple[Statement | None, ...] = (statement,)
    if isinstance(statement, Listing) and statement.joiner is not Joiner.OR:
        items = statement.items
    chains: list[Chain] = []
    for item in items:
        is_equation = isinstance(item, Chain) and item.comparisons == (Comparison.EQ,)
        if not is_equation or not isinstance(item, Chain) or None in item.operands:
            raise Unreadable("this is not a list of equations")
        chains.append(item)
    return tuple(chains)


def linear_system(chains: tuple[Chain, ...], letters: tuple[str, ...]) -> LinearSystem:
    """The system of some equations.

    Raises:
        Unreadable: an equation is not linear with rational coefficients.
    """
    rows: list[list[SymExpr]] = []
    residues: list[SymExpr] = []
    variables = [symbol(name) for name in letters]
    for chain in chains:
        left, right = chain.operands
        assert left is not None
        assert right is not None
        if not symbols(left) | symbols(right) <= set(letters):
            raise Unreadable("an equation has other letters")
        residue = sympy.expand(build(left).expr - build(right).expr)
        if not residue.is_polynomial(*variables):
            raise Unreadable("an equation is not linear")
        polynomial = sympy.Poly(residue, *variables)
        coefficients = [polynomial.coeff_monomial(variable) for variable in variables]
        constant = polynomial.coeff_monomial(1)
        if polynomial.total_degree() > 1 or not all(
            value.is_Rational for value in (*coefficients, constant)
        ):
            raise Unreadable("an equation is not linear")
        rows.append([*coefficients, -constant])
        residues.append(residue)
    reduced = sympy.Matrix(rows).rref()[0]
    kept = tuple(tuple(reduced.row(k)) for k in range(reduced.rows) if any(reduced.row(k)))
    return LinearSystem(letters, kept, tuple(residues))
