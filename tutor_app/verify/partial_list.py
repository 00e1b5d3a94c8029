"""A line that lists some solutions of several: `x = 2`, with `x = -2` on another line."""

from dataclasses import dataclass, replace

from sympy import Expr as SymExpr

from tutor_app.core.verdict import Method, Relation
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.numerals import root_text
from tutor_app.verify.solutions import SolutionSet, contains_set, solve
from tutor_app.verify.task import SolveEquation


@dataclass(frozen=True, slots=True)
class ListedValues:
    """Values that an answer lists as solutions, each of them one.

    Attributes:
        here: those of one line.
        above: those of the lines before it.
        are_numbered: the line says that they are some of several, as `x_1 = 2` does.
    """

    here: tuple[SymExpr, ...]
    above: tuple[SymExpr, ...]
    are_numbered: bool


def completed_list(decision: Decision, task: SolveEquation, listed: ListedValues) -> Decision:
    """The decision on right values: a tick only where nobody can take them for all solutions.

    Args:
        decision: on the line, each value put in.
        task: the problem.
        listed: what is listed.
    """
    unknown = task.equation.unknown
    names = " and ".join(f"{unknown} = {root_text(root)}" for root in listed.here)
    is_single = len(listed.here) == 1
    truth = solve(task.equation)
    if truth is None:
        text = f"{names} {'is a solution' if is_single else 'are solutions'}"
        return undecided(f"{text}; I could not show that there is no other")
    together = SolutionSet(tuple(dict.fromkeys((*listed.above, *listed.here))))
    if contains_set(together, truth) is True:
        text = f"{names} {'solves' if is_single else 'solve'} the equation"
        return replace(decision, reason=f"{text}; with the lines above, there is no other solution")
    text = f"{names} {'is one' if is_single else 'are some'} of the solutions"
    if listed.are_numbered:
        return replace(decision, reason=text)
    text = f"{text}; not all of them are listed yet"
    return replace(undecided(text, Method.AMBIGUOUS), relation=Relation.LOSES)
