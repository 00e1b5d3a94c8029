"""Checks solutions of inequalities: the two sets are compared cell by cell."""

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.region import Undecided, compare, point_text, region_of
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.rounded_bounds import ROUNDED_BOUND, has_rounded_bound
from tutor_app.verify.syntax import Chain, Listing, Statement, Sym, symbols
from tutor_app.verify.task import SolveInequality
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict


def check_inequality(task: SolveInequality, answer: Statement) -> Verdict:
    """Check a claimed solution set.

    Raises:
        Unreadable: the answer is not a set of numbers.
    """
    reading = render_statement(answer)
    if answer == task.chain:
        return unknown_verdict(Method.UNSUPPORTED, "this repeats the problem", reading)
    try:
        truth, claimed = region_of(task.chain, task.unknown), region_of(answer, task.unknown)
        difference = compare(truth, claimed)
    except Undecided as error:
        return unknown_verdict(Method.UNSUPPORTED, str(error), reading)
    if difference.point is None:
        if not _is_solved(answer):
            return unknown_verdict(Method.UNSUPPORTED, "this is not solved yet", reading)
        text = "tested at every end point and once in every gap between them"
        evidence = Evidence(Method.ENUMERATION, text)
        return Verdict(Status.VERIFIED, Method.ENUMERATION, (evidence,), reading=reading)
    if has_rounded_bound(answer, truth.breaks):
        return unknown_verdict(Method.AMBIGUOUS, ROUNDED_BOUND, reading)
    place = point_text(difference, task.unknown)
    text = f"{place} solves the inequality but is not in the answer"
    if not difference.is_in_first:
        text = f"{place} is in the answer but does not solve the inequality"
    return refuted_verdict(Method.ENUMERATION, text, reading)


def _is_solved(answer: Statement) -> bool:
    """Whether an answer names its numbers: bare letters compared with numbers, or a set."""
    match answer:
        case Chain(operands):
            return all(
                operand is not None and (isinstance(operand, Sym) or not symbols(operand))
                for operand in operands
            )
        case Listing(items):
            return all(_is_solved(item) for item in items)
        case _:
            return True
