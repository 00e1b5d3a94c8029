"""Lines that may be row operations: they change the matrix and are not wrong for that."""

from tutor_app.verify.build import Builder
from tutor_app.verify.form import is_worked_out
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.matrix_algebra import is_rational, matrix_rows, rank, shape
from tutor_app.verify.syntax import Expr, Matrix, symbols


def may_be_row_operation(left: Expr, right: Expr) -> bool:
    """Whether a matrix may have been brought to the other by row operations.

    Someone may write an equals sign between the two. A matrix whose entries are still to be
    worked out is not reduced, so there the equals sign means what it says.
    """
    if not (isinstance(left, Matrix) and isinstance(right, Matrix)):
        return False
    if symbols(left) | symbols(right) or not _is_worked_out(left):
        return False
    try:
        first, second = (matrix_rows(side, Builder().build) for side in (left, right))
    except Unreadable:
        return True
    if shape(first) != shape(second) or not (is_rational(first) and is_rational(second)):
        return shape(first) == shape(second)
    both = rank(first + second)
    return rank(first) == both == rank(second)


def _is_worked_out(matrix: Matrix) -> bool:
    return all(is_worked_out(entry) for row in matrix.rows for entry in row)
