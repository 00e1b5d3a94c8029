"""Formulas inside recognised sentences: equations, named functions, points."""

from tutor_app.verify.limits import Unreadable
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.solutions import Equation
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import (
    Apply,
    Chain,
    Comparison,
    Derivative,
    Expr,
    Integral,
    Limit,
    Statement,
    Sym,
    Tuple,
    contains,
    contains_plus_minus,
    symbols,
    yields_matrix,
)

_UNFIT = (Apply, Derivative, Integral, Limit)


def is_plain(node: Expr) -> bool:
    """Whether an expression is made of numbers, letters and known functions only."""
    return not (contains(node, _UNFIT) or contains_plus_minus(node) or yields_matrix(node))


def equation_of(text: str) -> Equation | None:
    """An equation in one unknown; None if the text is something else.

    Raises:
        Unreadable: the text cannot be read.
    """
    return as_equation(parse_statement(text))


def as_equation(statement: Statement) -> Equation | None:
    """A statement as an equation in one unknown; None if it is something else."""
    match statement:
        case Chain((left, right), (Comparison.EQ,)) if left is not None and right is not None:
            letters = symbols(left) | symbols(right)
            if len(letters) != 1 or not (is_plain(left) and is_plain(right)):
                return None
            return Equation(left, right, next(iter(letters)))
        case _:
            return None


def function_of(text: str, variable: str = "") -> tuple[str, str, Expr]:
    """Name, variable and body of `f(x) = …`, `y = …` or a bare expression.

    Args:
        text: the formula.
        variable: the letter it depends on, where known otherwise.

    Raises:
        Unreadable: it is not a function of one letter.
    """
    statement = parse_statement(text)
    name, given, body = "", variable, statement
    match statement:
        case Chain((Apply(head, (Sym(letter),), 0), right), (Comparison.EQ,)) if right is not None:
            name, given, body = head, letter, right
        case Chain((Sym(head), right), (Comparison.EQ,)) if right is not None:
            name, body = head, right
    if not isinstance(body, Expr) or not is_plain(body) or name in symbols(body):
        raise Unreadable("this is not a function")
    letters = symbols(body)
    given = given or (next(iter(letters)) if len(letters) == 1 else "x")
    if not letters <= {given} or (variable and given != variable):
        raise Unreadable("the function has other letters")
    return name, given, body


def number_of(text: str, name: str = "") -> Expr:
    """A number without letters, also as `x = 3` where the letter is named.

    Raises:
        Unreadable: it is something else.
    """
    statement = parse_statement(text)
    match statement:
        case Chain((Sym(head), value), (Comparison.EQ,)) if head == name and value is not None:
            statement = value
    if not isinstance(statement, Expr) or symbols(statement) or not is_plain(statement):
        raise Unreadable("this is not a number")
    return statement


def point_of(text: str) -> tuple[Expr, ...]:
    """The coordinates of a point.

    Raises:
        Unreadable: it is something else.
    """
    statement = parse_statement(text)
    if not isinstance(statement, Tuple) or any(symbols(part) for part in statement.items):
        raise Unreadable("this is not a point")
    return statement.items


def expression_of(text: str) -> Expr:
    """A plain expression.

    Raises:
        Unreadable: it is something else.
    """
    node = parse_expression(text)
    if not is_plain(node):
        raise Unreadable("this is not a plain expression")
    return node
