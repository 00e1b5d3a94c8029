"""The verifier's answers, computed in this process and without a time limit.

The check host calls these, and so does whoever grades in bulk and can afford to wait. Nothing
here raises for what a text contains: what cannot be read or decided is `unknown`.
"""

from tutor_app.core.ports import TaskReading
from tutor_app.core.verdict import (
    ChainVerdict,
    ClaimVerdict,
    Method,
    Relation,
    Status,
    StepVerdict,
    Verdict,
)
from tutor_app.verify import (
    decimal_comma,
    equivalence,
    grading,
    line,
    line_reading,
    log_bases,
    steps,
    text_claims,
)
from tutor_app.verify.reader import read_task


def read_problem(problem: str) -> TaskReading:
    """How a problem is understood; kind is empty if it is not recognised."""
    task = read_task(problem)
    return TaskReading("", "") if task is None else TaskReading(task.kind, task.read_as)


def check_answer(problem: str, answer: str) -> Verdict:
    r"""Check an answer knowing only the problem; `answer` may hold a `\boxed{}`."""

    def check(text: str) -> Verdict:
        return log_bases.decide_answer(
            problem, text, lambda read: grading.check_answer(read(problem), read(text))
        )

    return decimal_comma.doubt_answer(check(answer), answer, check)


def check_line(
    problem: str, earlier: tuple[str, ...], block: str, index: int
) -> StepVerdict | None:
    """Check one block of an answer; None where it claims nothing to check."""

    def check(text: str) -> StepVerdict | None:
        return log_bases.decide_line(
            (problem, *earlier, text),
            lambda read: line.check_line(
                read(problem), tuple(map(read, earlier)), read(text), index
            ),
        )

    try:
        step = decimal_comma.doubt_line(check(block), block, check)
        return line_reading.with_reading(step, block)
    except RecursionError:
        return _too_deep(index)


def check_steps(problem: str, lines: tuple[str, ...]) -> ChainVerdict:
    """Check a piece of working line by line; `problem` may be empty."""

    def check(texts: tuple[str, ...]) -> ChainVerdict:
        return log_bases.decide_steps(
            (problem, *texts),
            lambda read: steps.check_steps(read(problem), tuple(map(read, texts))),
        )

    try:
        chain = decimal_comma.doubt_steps(check(lines), lines, check)
        return line_reading.with_readings(chain, lines)
    except RecursionError:
        unknown = tuple(_too_deep(index) for index in range(len(lines)))
        return ChainVerdict(unknown, None, complete=not unknown)


def _too_deep(index: int) -> StepVerdict:
    reason = "a formula in it is nested too deeply or too long"
    return StepVerdict(index, Status.UNKNOWN, Method.UNSUPPORTED, Relation.CLAIM, reason)


def check_claims(text: str) -> tuple[ClaimVerdict, ...]:
    """Every claim of a text by itself, in order."""
    return text_claims.check_claims(text, lambda block: check_line("", (), block, 0))


def compare_answers(gold: str, answer: str, problem: str) -> Verdict:
    """Whether two answers are the same; `problem` may be empty."""

    def against(text: str) -> Verdict:
        return equivalence.compare_answers(gold, text, problem)

    def of(text: str) -> Verdict:
        return equivalence.compare_answers(text, answer, problem)

    verdict = decimal_comma.doubt_answer(against(answer), answer, against)
    return decimal_comma.doubt_answer(verdict, gold, of)
