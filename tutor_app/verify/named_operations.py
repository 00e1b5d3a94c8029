"""Lines that name their operation: a right formula with another operation gets no tick."""

from typing import Final

from tutor_app.core.verdict import Method, Status
from tutor_app.verify.chain_kinds import Working
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.operation import fits_words
from tutor_app.verify.syntax import Chain, Comparison, Expr, Statement
from tutor_app.verify.working_text import WorkingLine

_OTHER_OPERATION: Final = "the words name another operation than the formula shows"


def checked_words(
    read: tuple[WorkingLine, ...], working: Working, decisions: tuple[Decision | None, ...]
) -> tuple[Decision | None, ...]:
    """The decisions, those taken back whose words name an operation that was not done."""
    checked: list[Decision | None] = []
    before: list[tuple[Expr, Expr]] = []
    announced = ""
    for line, statement, decision in zip(read, working.lines, decisions, strict=True):
        words = "; ".join(part for part in (line.words, announced) if part)
        is_right = decision is not None and decision.status is Status.VERIFIED
        is_named = bool(words) and statement is not None and bool(before)
        if is_right and is_named and statement is not None:
            fits = fits_words(words, statement, before[-1:])
            decision = decision if fits else undecided(_OTHER_OPERATION, Method.AMBIGUOUS)
        checked.append(decision)
        before.extend(_equation(statement))
        announced = line.announced
    return tuple(checked)


def _equation(statement: Statement | None) -> list[tuple[Expr, Expr]]:
    match statement:
        case Chain((left, right), (Comparison.EQ,)) if left is not None and right is not None:
            return [(left, right)]
        case _:
            return []
