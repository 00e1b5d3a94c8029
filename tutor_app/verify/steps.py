"""A piece of working, line by line: which line is wrong first.

The first line is the problem, or is compared with it where the problem is known. Every later
line is compared with the one before, so that what follows a slip is still credited.
"""

from dataclasses import replace
from itertools import pairwise

from tutor_app.core.verdict import (
    ChainVerdict,
    Evidence,
    Method,
    Relation,
    Status,
    StepVerdict,
)
from tutor_app.verify.angle_steps import angle_decisions
from tutor_app.verify.chain_kinds import ChainKind, Working, kind_of
from tutor_app.verify.claim import ClaimChecker, decide_all
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.equation_steps import EquationSteps, with_guesses
from tutor_app.verify.expression_steps import ExpressionSteps
from tutor_app.verify.formula_steps import FormulaSteps
from tutor_app.verify.function_steps import FunctionSteps, definition_of, speaks_of_derivative
from tutor_app.verify.inequality_steps import InequalitySteps
from tutor_app.verify.limits import TEXT_CHARS, Unreadable
from tutor_app.verify.named_letters import without_named_letters
from tutor_app.verify.named_operations import checked_words
from tutor_app.verify.opening import read_opening
from tutor_app.verify.prose import annotations, prose_claims
from tutor_app.verify.quantity_steps import check_quantity_steps
from tutor_app.verify.reader import read_task
from tutor_app.verify.remainder import decide_remainder
from tutor_app.verify.scope import Scope
from tutor_app.verify.slips.guess import guess_in_expression
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import Chain, Statement, symbols
from tutor_app.verify.system_steps import SystemSteps
from tutor_app.verify.working_text import WorkingLine, read_line
from tutor_app.verify.zero import Answer


def check_steps(problem: str, lines: tuple[str, ...]) -> ChainVerdict:
    """Check a piece of working; `problem` may be empty."""
    task = read_task(problem) if problem else None
    read = _read(lines)
    renamed = without_named_letters(Working(task, tuple(line.statement for line in read)))
    working = renamed.working
    kind = kind_of(working)
    if kind is not ChainKind.FORMULA:
        quantities = check_quantity_steps(task, lines)
        if quantities is not None:
            return _verdict(quantities)
    decisions = _decided(working, kind)
    if decisions is None:
        return _verdict(tuple(_claims(line) for line in lines))
    decisions = tuple(
        _naming() if index in renamed.named else decision
        for index, decision in enumerate(decisions)
    )
    return _verdict(checked_words(read, working, decisions))


def _read(lines: tuple[str, ...]) -> tuple[WorkingLine, ...]:
    read = [read_line(line) for line in lines]
    if read and read[0].statement is None and len(lines[0]) <= TEXT_CHARS:
        read[0] = WorkingLine(read_opening(lines[0]))
    return tuple(read)


def _decided(working: Working, kind: ChainKind) -> tuple[Decision | None, ...] | None:
    """One decision a line; None where the lines are no working of a known kind."""
    known = definition_of(working.first)
    if known is not None and any(speaks_of_derivative(line, known) for line in working.lines[1:]):
        return FunctionSteps(working, known).decide()
    match kind:
        case ChainKind.EXPRESSION:
            return ExpressionSteps(working).decide()
        case ChainKind.EQUATION:
            angles = angle_decisions(working)
            if angles is not None:
                return with_guesses(working, angles)
            return EquationSteps(working).decide()
        case ChainKind.INEQUALITY:
            return InequalitySteps(working).decide()
        case ChainKind.SYSTEM:
            return SystemSteps(working).decide()
        case ChainKind.FORMULA:
            return FormulaSteps(working).decide()
        case ChainKind.OTHER:
            return None


def _naming() -> Decision:
    text = "gives a name"
    evidence = (Evidence(Method.POLYNOMIAL_IDENTITY, text),)
    return Decision(
        Status.VERIFIED, Method.POLYNOMIAL_IDENTITY, Relation.CLAIM, text, evidence,
        is_independent=True,
    )  # fmt: skip


def _claims(line: str) -> Decision | None:
    """The arithmetic in a line of prose."""
    checker = ClaimChecker(None, Scope())
    decisions: list[Decision] = []
    for claim in (*annotations(line), *prose_claims(line)):
        try:
            statement = parse_statement(claim)
        except Unreadable as error:
            left, _, right = claim.partition("=")
            unread = undecided(f"I could not read this: {error}", Method.UNPARSED)
            decisions.append(decide_remainder(left, right) or unread)
            continue
        decided = decide_all(checker, statement, None)
        decisions.extend(_explained(decision, statement) for decision in decided)
    for status in (Status.REFUTED, Status.UNKNOWN):
        for decision in decisions:
            if decision.status is status:
                return decision
    return replace(decisions[0], is_independent=True) if decisions else None


def _explained(decision: Decision, statement: Statement) -> Decision:
    """A wrong claim between numbers with a guess at the slip."""
    if decision.status is not Status.REFUTED or not isinstance(statement, Chain):
        return decision
    for left, right in pairwise(statement.operands):
        if left is None or right is None or symbols(left) | symbols(right):
            continue
        try:
            answer = compare_expressions(left, right).answer
        except Unreadable:
            continue
        if answer is Answer.NO:
            return replace(decision, slip=guess_in_expression(left, right))
    return decision


def _verdict(decisions: tuple[Decision | None, ...]) -> ChainVerdict:
    steps: list[StepVerdict] = []
    tainted: dict[int, bool] = {-1: False}  # -1 is the problem
    for index, decision in enumerate(decisions):
        known = decision or undecided("nothing in this line that I could check")
        if known.relation is Relation.GIVEN and known.status is Status.VERIFIED:
            known = replace(known, status=Status.UNKNOWN, method=Method.UNSUPPORTED, evidence=())
        source = index - 1 if known.source is None else known.source
        follows = tainted[source] and known.status is Status.VERIFIED and not known.is_independent
        steps.append(
            StepVerdict(
                index,
                known.status,
                known.method,
                known.relation,
                _carried(known.reason, index, source, steps) if follows else known.reason,
                known.evidence,
                slip=known.slip,
                follows_through=follows,
            )
        )
        tainted[index] = known.status is Status.REFUTED or tainted[source]
    wrong = [step.index for step in steps if step.status is Status.REFUTED]
    is_complete = not any(step.is_open for step in steps)
    return ChainVerdict(tuple(steps), wrong[0] if wrong else None, is_complete)


def _carried(reason: str, index: int, source: int, steps: list[StepVerdict]) -> str:
    """Why a line that comes of a wrong one is right as a step, though not as a result."""
    line = "the line above" if source == index - 1 else "an earlier line"
    is_wrong = steps[source].status is Status.REFUTED
    return (
        f"follows from {line}, which {'is wrong' if is_wrong else 'came of a wrong one'}: {reason}"
    )
