"""Linear systems written with matrices: `A x = b`."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.core.verdict import Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.checkers.system import check_system
from tutor_app.verify.matrix_syntax import is_column
from tutor_app.verify.rendering import render
from tutor_app.verify.syntax import (
    Bin,
    Chain,
    Comparison,
    Expr,
    Joiner,
    Listing,
    Matrix,
    Num,
    Operator,
    Statement,
    Sym,
    Tuple,
    symbols,
)
from tutor_app.verify.task import SolveSystem, TopicTask
from tutor_app.verify.topics.matrix_text import (
    Sentence,
    cut_matrices,
    definitions,
    plain_vectors,
)

_SOLVE: Final = re.compile(
    r"(?i:(?:please )?(?:solve|find the solution (?:of|to)))"
    r"(?i: (?:the )?(?:following )?(?:matrix |linear )?(?:equation|system(?: of equations)?))? ?:?"
    r" ?(?P<left>[^=]+)=(?P<right>[^=]+?)"
    r"(?i: for (?:the )?(?:vector )?(?P<unknown>[A-Za-z](?: ?, ?[A-Za-z])*(?: ?,? and [A-Za-z])?))?"
    r" ?[.?:]*"
)
_NAMED: Final = re.compile(
    r"(?i:(?:let|given(?: that)?|if|suppose(?: that)?|for|with)?) ?"
    r"(?P<given>⟨(?P<a>\w)⟩ ?(?:,|and|, and) ?⟨(?P<b>\w)⟩) ?[.,;:]? ?"
    r"(?i:(?:then )?(?:please )?(?:solve|find the solution (?:of|to)))"
    r"(?i: (?:the )?(?:equation|system))? ?:?"
    r" ?(?P<first>\w) ?(?P<unknown>[A-Za-z]) ?= ?(?P<second>\w)"
    r"(?i: for (?P=unknown))? ?[.?:]*"
)
_NAMED_BEHIND: Final = re.compile(
    r"(?i:(?:please )?(?:solve|find the solution (?:of|to)))(?i: (?:the )?(?:equation|system))? ?:?"
    r" ?(?P<first>\w) ?(?P<unknown>[A-Za-z]) ?= ?(?P<second>\w)(?i: for (?P=unknown))?"
    r" ?,? (?i:where|if|when|with|for|given) (?P<given>⟨(?P<a>\w)⟩ ?(?:,|and|, and) ?⟨(?P<b>\w)⟩)"
    r" ?[.?:]*"
)


@dataclass(frozen=True, slots=True)
class MatrixEquationTask(TopicTask):
    """Solve A x = b.

    Attributes:
        matrix: the coefficients.
        right: the right side, a column of numbers.
        unknowns: names of the entries of x, in order.
        vector: the name of x where it was written as one letter, else empty.
    """

    matrix: Matrix
    right: Matrix
    unknowns: tuple[str, ...]
    vector: str = ""
    kind = "matrix-equation"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"solve {render(self.matrix)}·({', '.join(self.unknowns)}) = {render(self.right)}"

    def check(self, answer: str) -> Verdict:
        """Put the numbers into every row, and count the solutions by rank."""
        equations = tuple(
            Chain((_row_sum(row, self.unknowns), right[0]), (Comparison.EQ,))
            for row, right in zip(self.matrix.rows, self.right.rows, strict=True)
        )
        task = SolveSystem(equations, self.unknowns)
        return check_system(task, self._point(read_answer(plain_vectors(answer))))

    def _point(self, statement: Statement) -> Statement:
        """A column or tuple as a value for each letter."""
        match statement:
            case Chain((Sym(name), value), (Comparison.EQ,)) if name == self.vector:
                statement = value if value is not None else statement
            case Chain((Matrix(rows), value), (Comparison.EQ,)) if value is not None:
                if rows == tuple((Sym(name),) for name in self.unknowns):
                    statement = value
        entries: tuple[Expr, ...]
        if isinstance(statement, Matrix) and is_column(statement):
            entries = tuple(row[0] for row in statement.rows)
        elif isinstance(statement, Tuple):
            entries = statement.items
        else:
            return statement
        if len(entries) != len(self.unknowns):
            return statement
        return Listing(
            tuple(
                Chain((Sym(name), entry), (Comparison.EQ,))
                for name, entry in zip(self.unknowns, entries, strict=True)
            ),
            Joiner.COMMA,
        )


def _row_sum(row: tuple[Expr, ...], unknowns: tuple[str, ...]) -> Expr:
    total: Expr = Num(Fraction(0))
    for entry, name in zip(row, unknowns, strict=True):
        total = Bin(Operator.ADD, total, Bin(Operator.MUL, entry, Sym(name)))
    return total


def read_matrix_equation(text: str) -> TopicTask | None:
    """`A x = b` with matrices written out or named, or None."""
    sentence = cut_matrices(plain_vectors(text))
    if len(sentence.matrices) not in {2, 3}:
        return None
    names, reduced = definitions(sentence)
    for pattern in (_NAMED, _NAMED_BEHIND):
        found = pattern.fullmatch(reduced)
        if found and {found["first"], found["second"]} == set(names):
            matrix, right = names[found["first"]], names[found["second"]]
            return _task(matrix, right, None, found["unknown"])
    found = _SOLVE.fullmatch(sentence.text)
    return _written(found["left"].strip(), found["right"].strip(), sentence) if found else None


def _written(left: str, right: str, sentence: Sentence) -> TopicTask | None:
    if left.replace(" ", "") == "⟦0⟧⟦1⟧" and right == "⟦2⟧":
        return _task(sentence.matrices[0], sentence.matrices[2], sentence.matrices[1], "")
    single = re.fullmatch(r"⟦0⟧ ?([A-Za-z])", left)
    if single and right == "⟦1⟧":
        return _task(sentence.matrices[0], sentence.matrices[1], None, single[1])
    return None


def _task(matrix: Expr, right: Expr, column: Expr | None, vector: str) -> TopicTask | None:
    if not (isinstance(matrix, Matrix) and isinstance(right, Matrix) and is_column(right)):
        return None
    if symbols(matrix) | symbols(right) or len(matrix.rows) != len(right.rows):
        return None
    if column is None:
        unknowns = tuple(f"{vector}_{k}" for k in range(1, len(matrix.rows[0]) + 1))
    elif isinstance(column, Matrix) and is_column(column):
        unknowns = tuple(row[0].name for row in column.rows if isinstance(row[0], Sym))
    else:
        return None
    if len(set(unknowns)) != len(matrix.rows[0]):
        return None
    return MatrixEquationTask(matrix, right, unknowns, vector)
