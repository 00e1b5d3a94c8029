"""A piece of working, line by line: which line is wrong first.

The first line is the problem, or is compared with it where the problem is known. Every later
line is compared with the one before, so that what follows a slip is still credited.
"""

from dataclasses import replace

from tutor_app.core.verdict import ChainVerdict, Method, Relation, Status, StepVerdict
from tutor_app.verify.angle_steps import angle_decisions
from tutor_app.verify.answer import read_phrase
from tutor_app.verify.chain_kinds import ChainKind, Working, kind_of
from tutor_app.verify.claim import ClaimChecker, decide_all
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.equation_steps import EquationSteps
from tutor_app.verify.expression_steps import ExpressionSteps
from tutor_app.verify.inequality_steps import InequalitySteps
from tutor_app.verify.limits import TEXT_CHARS, Unreadable
from tutor_app.verify.prose import annotations, prose_claims
from tutor_app.verify.quantity_steps import check_quantity_steps
from tutor_app.verify.reader import read_task
from tutor_app.verify.scope import Scope
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import Statement
from tutor_app.verify.system_steps import SystemSteps
from tutor_app.verify.text import tidy, without_delimiters


def check_steps(problem: str, lines: tuple[str, ...]) -> ChainVerdict:
    """Check a piece of working; `problem` may be empty."""
    statements = tuple(_read(line) for line in lines)
    task = read_task(problem) if problem else None
    quantities = check_quantity_steps(task, lines)
    if quantities is not None:
        return _verdict(quantities)
    working = Working(task, statements)
    decisions: tuple[Decision | None, ...]
    match kind_of(working):
        case ChainKind.EXPRESSION:
            decisions = ExpressionSteps(working).decide()
        case ChainKind.EQUATION:
            decisions = angle_decisions(working) or EquationSteps(working).decide()
        case ChainKind.INEQUALITY:
            decisions = InequalitySteps(working).decide()
        case ChainKind.SYSTEM:
            decisions = SystemSteps(working).decide()
        case ChainKind.OTHER:
            decisions = tuple(_claims(line) for line in lines)
    return _verdict(decisions)


def _read(line: str) -> Statement | None:
    if len(line) > TEXT_CHARS:
        return None
    text = tidy(without_delimiters(line))
    phrase = read_phrase(text)
    if phrase is not None:
        return phrase
    try:
        return parse_statement(text)
    except Unreadable:
        return None


def _claims(line: str) -> Decision | None:
    """The arithmetic in a line of prose."""
    checker = ClaimChecker(None, Scope())
    decisions: list[Decision] = []
    for claim in (*annotations(line), *prose_claims(line)):
        try:
            statement = parse_statement(claim)
        except Unreadable as error:
            decisions.append(undecided(f"I could not read this: {error}", Method.UNPARSED))
            continue
        decisions.extend(decide_all(checker, statement, None))
    for status in (Status.REFUTED, Status.UNKNOWN):
        for decision in decisions:
            if decision.status is status:
                return decision
    return decisions[0] if decisions else None


def _verdict(decisions: tuple[Decision | None, ...]) -> ChainVerdict:
    steps: list[StepVerdict] = []
    for index, decision in enumerate(decisions):
        known = decision or undecided("nothing in this line that I could check")
        if known.relation is Relation.GIVEN and known.status is Status.VERIFIED:
            known = replace(known, status=Status.UNKNOWN, method=Method.UNSUPPORTED, evidence=())
        steps.append(
            StepVerdict(
                index, known.status, known.method, known.relation, known.reason, known.evidence
            )
        )
    wrong = [step.index for step in steps if step.status is Status.REFUTED]
    first_wrong = wrong[0] if wrong else None
    is_complete = not any(step.is_open for step in steps)
    return ChainVerdict(tuple(steps), first_wrong, is_complete)
