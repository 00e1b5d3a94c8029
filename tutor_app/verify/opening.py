"""A first line that says what to do: `Solve 3x - 4 = 11`, `Expand (x - 5)(x - 1)`."""

from tutor_app.verify.limits import Unreadable
from tutor_app.verify.reader import read_task
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Derivative,
    Integral,
    Joiner,
    Listing,
    Statement,
)
from tutor_app.verify.task import (
    Differentiate,
    Evaluate,
    FindLimit,
    Integrate,
    Rewrite,
    SolveEquation,
    SolveInequality,
    SolveLiteral,
    SolveSystem,
    Task,
)


def read_opening(line: str) -> Statement | None:
    """The formula that a task in words stands for; None if it is no such task."""
    try:
        return _formula(read_task(line))
    except Unreadable:
        return None


def _formula(task: Task | None) -> Statement | None:
    match task:
        case Evaluate(node) | Rewrite(node):
            return node
        case SolveEquation(equation) | SolveLiteral(equation):
            return Chain((equation.left, equation.right), (Comparison.EQ,))
        case SolveInequality(chain):
            return chain
        case SolveSystem(equations):
            return Listing(equations, Joiner.AND)
        case Differentiate(node, variable, "", order):
            return Derivative(node, variable, order)
        case Integrate(node, variable, lower, upper):
            return Integral(node, variable, lower, upper)
        case FindLimit(limit):
            return limit
        case _:
            return None
