"""Equality of matrices and vectors, entry by entry."""

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Method
from tutor_app.verify.build import Builder, Built, build, contains_imaginary
from tutor_app.verify.matrix_algebra import Rows, matrix_rows, shape
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Expr,
    Matrix,
    Neg,
    Num,
    Statement,
    Sym,
    Tuple,
    symbols,
    yields_matrix,
)
from tutor_app.verify.zero import Answer, Finding, equality


def compare_matrices(left: Expr, right: Expr) -> Finding:
    """Whether two expressions are the same matrix; a 1 x 1 matrix is its number.

    Raises:
        Unreadable: a side cannot be built.
    """
    builders = Builder(), Builder()
    first, second = _rows(left, builders[0]), _rows(right, builders[1])
    if shape(first) != shape(second):
        return _different_shapes(first, second)
    is_complex = contains_imaginary(left) or contains_imaginary(right)
    findings: list[Finding] = []
    for i, pair in enumerate(zip(first, second, strict=True), start=1):
        for j, entries in enumerate(zip(*pair, strict=True), start=1):
            sides = [
                Built(entry, tuple(builder.needs), is_complex)
                for entry, builder in zip(entries, builders, strict=True)
            ]
            finding = equality(sides[0], sides[1])
            place = f"row {i}, column {j}: {finding.text}"
            findings.append(Finding(finding.answer, finding.method, place, finding.data))
    return _together(findings)


def _rows(node: Expr, builder: Builder) -> Rows:
    if yields_matrix(node):
        return matrix_rows(node, builder.build)
    return ((builder.build(node),),)


def _together(findings: list[Finding]) -> Finding:
    for answer in (Answer.NO, Answer.OPEN):
        for finding in findings:
            if finding.answer is answer:
                return finding
    order = (Method.SYMBOLIC_SIMPLIFY, Method.POLYNOMIAL_IDENTITY)
    methods = {finding.method for finding in findings}
    method = next((found for found in order if found in methods), findings[0].method)
    text = findings[0].text if len(findings) == 1 else f"all {len(findings)} entries agree"
    return Finding(Answer.YES, method, text)


def _different_shapes(first: Rows, second: Rows) -> Finding:
    (rows, columns), (other_rows, other_columns) = shape(first), shape(second)
    if 1 in {rows * columns, other_rows * other_columns}:
        return Finding(Answer.OPEN, Method.UNSUPPORTED, "a matrix and a number")
    is_turned = 1 in {rows, columns} and (rows, columns) == (other_columns, other_rows)
    if is_turned:
        pairs = zip(sympy.flatten(first), sympy.flatten(second), strict=True)
        if all(sympy.expand(a - b) == 0 for a, b in pairs):
            return Finding(Answer.OPEN, Method.AMBIGUOUS, "a row and a column of the same numbers")
    text = f"a matrix of {rows} x {columns} is none of {other_rows} x {other_columns}"
    return Finding(Answer.NO, Method.DIMENSION, text)


def matrix_pair(gold: Statement, answer: Statement) -> tuple[Expr, Expr] | None:
    """Two answers as matrices; None where the reference is none, or the answer no matrix.

    A tuple beside a column is the same vector.
    """
    first, second = _as_matrix(gold), _as_matrix(answer)
    if isinstance(gold, Tuple) and isinstance(answer, Tuple):
        return None
    return None if first is None or second is None else (first, second)


def _as_matrix(statement: Statement) -> Expr | None:
    match statement:
        case Tuple(items):
            return Matrix(tuple((item,) for item in items))
        case Chain((Sym(), value), (Comparison.EQ,)) if value is not None and yields_matrix(value):
            return value
        case _ if isinstance(statement, Expr) and yields_matrix(statement):
            return statement
        case _:
            return None


def is_rounded_matrix(shown: Expr, exact: Expr) -> bool:
    """Whether every entry shown is the exact one, or a decimal rounded from it.

    Raises:
        Unreadable: a side cannot be built.
    """
    if not isinstance(shown, Matrix) or symbols(shown) | symbols(exact):
        return False
    rows = _rows(exact, Builder())
    if shape(rows) != (len(shown.rows), len(shown.rows[0])):
        return False
    return all(
        rounds_to(node, value)
        for nodes, values in zip(shown.rows, rows, strict=True)
        for node, value in zip(nodes, values, strict=True)
    )


def rounds_to(shown: Expr, value: SymExpr) -> bool:
    """Whether a number shown is a value, or a decimal that it rounds to."""
    given = build(shown).expr
    if given == value:
        return True
    plain = shown.arg if isinstance(shown, Neg) else shown
    if not (isinstance(plain, Num) and plain.is_decimal) or not value.is_real:
        return False
    places = next((k for k in range(1, 30) if 10**k % plain.value.denominator == 0), 0)
    gap = abs(given - value) * 2 * 10**places
    return bool(places and (gap - 1).evalf(30) <= 0)
