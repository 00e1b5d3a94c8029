"""How a line was understood, and under which assumption it holds, for the learner to confirm."""

import dataclasses
from collections.abc import Iterator

from tutor_app.core.verdict import ChainVerdict, Relation, Status, StepVerdict
from tutor_app.verify.comparison import expression_gap
from tutor_app.verify.limits import TEXT_CHARS, Unreadable
from tutor_app.verify.line import formulas
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import Chain, Comparison, Expr, Listing, Statement
from tutor_app.verify.working_text import read_line


def with_readings(chain: ChainVerdict, lines: tuple[str, ...]) -> ChainVerdict:
    """The chain with reading and assumptions in every step that has none yet."""
    steps: list[StepVerdict] = []
    before: Expr | None = None
    for step in chain.steps:
        statement = read_line(lines[step.index]).statement
        steps.append(_described(step, () if statement is None else (statement,), before))
        before = _last(statement)
    return dataclasses.replace(chain, steps=tuple(steps))


def with_reading(step: StepVerdict | None, block: str) -> StepVerdict | None:
    """The verdict on a block of an answer with the reading of its formulas."""
    if step is None or len(block) > TEXT_CHARS:
        return step
    statements: list[Statement] = []
    for formula in formulas(block):
        try:
            statements.append(parse_statement(formula.text))
        except Unreadable:
            continue
    claims = [one for one in statements if not isinstance(one, Expr)]
    return _described(step, tuple(claims or statements), None)


def _described(
    step: StepVerdict, statements: tuple[Statement, ...], before: Expr | None
) -> StepVerdict:
    reading = step.reading or "; ".join(map(render_statement, statements))
    assumptions = step.assumptions
    if not assumptions and step.status is Status.VERIFIED and step.relation is Relation.EQUAL:
        found = (point for one in statements for point in _excluded_points(one, before))
        assumptions = tuple(dict.fromkeys(found))
    return dataclasses.replace(step, reading=reading, assumptions=assumptions)


def _excluded_points(statement: Statement, before: Expr | None) -> Iterator[str]:
    """Where only one side of an equality is defined: `(x^2-1)/(x-1) = x+1` holds for x ≠ 1."""
    if isinstance(statement, Listing):
        for item in statement.items:
            yield from _excluded_points(item, None)
        return
    if isinstance(statement, Chain):
        sides = [before if side is None else side for side in statement.operands]
        for left, comparison, right in zip(sides, statement.comparisons, sides[1:], strict=False):
            if comparison is Comparison.EQ and left is not None and right is not None:
                yield from _gap(left, right)


def _gap(left: Expr, right: Expr) -> tuple[str, ...]:
    try:
        return expression_gap(left, right) or ()
    except Unreadable:
        return ()


def _last(statement: Statement | None) -> Expr | None:
    if isinstance(statement, Chain):
        return statement.operands[-1]
    return statement if isinstance(statement, Expr) else None
