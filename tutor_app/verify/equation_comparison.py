"""Two lines of an equation's working: how their solutions compare, and what shows it."""

from typing import Final

from sympy import Expr as SymExpr

from tutor_app.core.verdict import Method, Relation, SlipGuess
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.equation_lines import same_set
from tutor_app.verify.equation_working import Alternatives, LinePair, is_empty, related, wrong
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import root_text
from tutor_app.verify.recognition import is_recognised, is_sudden_gain
from tutor_app.verify.slips.guess import guess_in_equation
from tutor_app.verify.solutions import (
    Equation,
    SolutionSet,
    contains_set,
    position,
    solve,
    substitute,
)
from tutor_app.verify.syntax import Sym, symbols
from tutor_app.verify.zero import Answer

UNRECOGNISED: Final = "the same solutions, but I do not recognise the step"


def compare_lines(
    pair: LinePair, unknown: str, start: SolutionSet | None, *, is_rounding: bool = False
) -> Decision:
    """How the second line of a pair stands to the first.

    Args:
        pair: the two lines.
        unknown: the letter solved for.
        start: the solutions of the first line of all, where every line so far follows from it.
        is_rounding: the decimals of the second line may stand for the roots of the first.
    """
    before, found = pair.before, pair.found
    keeps, adds_none = contains_set(found, before), contains_set(before, found)
    if keeps is None or adds_none is None:
        return undecided("the solutions could not be compared")
    if keeps and adds_none:
        return related(Relation.EQUIVALENT, _sameness(pair, unknown))
    if is_rounding:
        return undecided("this is rounded, not exactly equal", Method.AMBIGUOUS)
    if keeps:
        return _adding(pair, unknown)
    if adds_none and start is not None and contains_set(found, start):
        return related(Relation.EQUIVALENT, "drops values that do not solve the first line")
    relation = Relation.LOSES if adds_none else Relation.UNRELATED
    reason, data = _difference(pair, unknown)
    return wrong(relation, reason, data, _guess(pair, unknown))


def _sameness(pair: LinePair, unknown: str) -> str:
    if pair.before.has_double != pair.found.has_double:
        return "the same solutions, though one counts double in one of the lines"
    if pair.earlier is None or pair.later is None:
        return "the same solutions"
    is_known = is_recognised(pair.earlier, pair.later, unknown)
    return "the same solutions" if is_known else UNRECOGNISED


def _adding(pair: LinePair, unknown: str) -> Decision:
    """A line with more solutions: squaring does that, a slip in `x^2 + 9 = 0` does, too."""
    is_sudden = (
        is_empty(pair.before)
        and pair.earlier is not None
        and pair.later is not None
        and is_sudden_gain(pair.earlier, pair.later, unknown)
    )
    if not is_sudden:
        return related(Relation.IMPLIES, "this may add solutions; check them in the first line")
    reason, data = _difference(pair, unknown)
    return wrong(Relation.ADDS, reason, data, _guess(pair, unknown))


def _difference(pair: LinePair, unknown: str) -> tuple[str, dict[str, str]]:
    """A number that solves exactly one of two lines, put in to show it."""
    before, found = pair.before, pair.found
    for root in before.roots:
        if found.is_everything or position(root, found.roots) != -1:
            continue
        shown = put_in(root, pair.later, unknown)
        if shown is not None:
            text, data = shown
            return f"{text}, although it solves the line before", data
        lost = f"{unknown} = {root_text(root)}"
        return f"{lost} solves the line before, but not this one", {}
    for root in found.roots:
        if before.is_everything or position(root, before.roots) != -1:
            continue
        shown = put_in(root, pair.earlier, unknown)
        if shown is not None:
            text, data = shown
            return f"{text} in the line before", data
    return "solutions are lost", {}


def put_in(
    root: SymExpr, alternatives: Alternatives | None, unknown: str
) -> tuple[str, dict[str, str]] | None:
    """`x = 2: left 25, right 13`, where that is certain, and the numbers in it."""
    if alternatives is None or len(alternatives) != 1:
        return None
    sides = alternatives[0]
    if sides.left == Sym(unknown) and not symbols(sides.right):
        return None  # it is seen without putting anything in
    try:
        finding = substitute(Equation(sides.left, sides.right, unknown), root)
    except Unreadable:
        return None
    if finding.answer is not Answer.NO:
        return None
    shown = finding.text
    if "left" in finding.data:
        shown = f"left {finding.data['left']}, right {finding.data['right']}"
    value = root_text(root)
    return f"{unknown} = {value}: {shown}", {unknown: value, **finding.data}


def _guess(pair: LinePair, unknown: str) -> SlipGuess | None:
    earlier, later = pair.earlier, pair.later
    if earlier is None or later is None:
        return None
    if len(earlier) == 1:
        roots = pair.found if pair.is_listed else None
        return guess_in_equation(earlier[0], later, unknown, roots)
    if len(earlier) != len(later):
        return None
    for one, other in zip(earlier, later, strict=True):
        sets = [solve(Equation(part.left, part.right, unknown)) for part in (one, other)]
        if sets[0] is None or sets[1] is None or same_set(sets[0], sets[1]):
            continue
        return guess_in_equation(one, (other,), unknown, sets[1] if pair.is_listed else None)
    return None
