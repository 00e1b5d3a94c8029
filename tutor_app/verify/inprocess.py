"""The verifier's answers, computed in this process and without a time limit.

The check host calls these, and so does whoever grades in bulk and can afford to wait. Nothing
here raises for what a text contains: what cannot be read or decided is `unknown`.
"""

from tutor_app.core.ports import TaskReading
from tutor_app.core.verdict import ChainVerdict, StepVerdict, Verdict
from tutor_app.verify import equivalence, grading, line, steps
from tutor_app.verify.reader import read_task


def read_problem(problem: str) -> TaskReading:
    """How a problem is understood; kind is empty if it is not recognised."""
    task = read_task(problem)
    return TaskReading("", "") if task is None else TaskReading(task.kind, task.read_as)


def check_answer(problem: str, answer: str) -> Verdict:
    r"""Check an answer knowing only the problem; `answer` may hold a `\boxed{}`."""
    return grading.check_answer(problem, answer)


def check_line(
    problem: str, earlier: tuple[str, ...], block: str, index: int
) -> StepVerdict | None:
    """Check one block of an answer; None where it claims nothing to check."""
    return line.check_line(problem, earlier, block, index)


def check_steps(problem: str, lines: tuple[str, ...]) -> ChainVerdict:
    """Check a piece of working line by line; `problem` may be empty."""
    return steps.check_steps(problem, lines)


def compare_answers(gold: str, answer: str, problem: str) -> Verdict:
    """Whether two answers are the same; `problem` may be empty."""
    return equivalence.compare_answers(gold, answer, problem)
