"""Checks a learner's own working: which line is the first that does not follow, and why."""

import dataclasses
from concurrent.futures import CancelledError, Future
from typing import TypeVar

from tutor_app.core.boxed import last_boxed_answer
from tutor_app.core.errors import CheckerError
from tutor_app.core.ports import Checker, TaskReading
from tutor_app.core.verdict import (
    ChainVerdict,
    Method,
    Relation,
    Status,
    StepVerdict,
    Verdict,
)
from tutor_app.core.working import CheckedLine, CheckedWorking
from tutor_app.tutor.learner_lines import LearnerLine, learner_lines

_CHECK_WAIT_S = 60.0  # the checker's own limit is shorter; this only guards a lost reply
_NAMED_LINES = 8
_INTRODUCTION = "words only, nothing in them that I could check"

T = TypeVar("T")


class WorkingCheck:
    """One check under way; everything is asked of the checker at once."""

    def __init__(self, checker: Checker, problem: str, text: str) -> None:
        self._problem = problem.strip()
        self._lines = learner_lines(text)
        steps = tuple(line.step for line in self._lines if not line.is_introduction)
        self._chain: Future[ChainVerdict] = checker.check_steps(self._problem, steps)
        self._reading: Future[TaskReading] | None = None
        self._answer: Future[Verdict] | None = None
        if self._problem:
            self._reading = checker.read_problem(self._problem)
            if steps:
                answer = _final_answer(steps[-1])
                self._answer = checker.check_answer(self._problem, answer)

    def cancel(self) -> None:
        """Give up; what has not begun is not done. Safe from any thread."""
        for future in (self._chain, self._reading, self._answer):
            if future is not None:
                future.cancel()

    def result(self) -> CheckedWorking | None:
        """Wait for the findings; None where the check was cancelled.

        Raises:
            CheckerError: no checking process can be used.
        """
        try:
            chain = _resolved(self._chain)
            reading = _resolved(self._reading) if self._reading is not None else None
            answer = _resolved(self._answer) if self._answer is not None else None
        except CancelledError:
            return None
        except TimeoutError as error:
            raise CheckerError(
                "The check gave no result.", hint="Change a line to check again."
            ) from error
        return _checked(self._problem, reading, self._lines, chain, answer)


def _resolved(future: "Future[T]") -> T:
    return future.result(timeout=_CHECK_WAIT_S)


def _final_answer(line: str) -> str:
    """What a last line gives as the answer: `= 7` continues the line before, the answer is 7."""
    if last_boxed_answer(line):
        return line
    return line.lstrip().removeprefix("=").strip() if line.lstrip().startswith("=") else line


def _checked(
    problem: str,
    reading: TaskReading | None,
    lines: tuple[LearnerLine, ...],
    chain: ChainVerdict,
    answer: Verdict | None,
) -> CheckedWorking:
    shift = sum(line.is_introduction for line in lines)
    first_wrong = None if chain.first_wrong is None else chain.first_wrong + shift
    verdicts = (*map(_introduction, range(shift)), *chain.steps)
    found = tuple(
        _checked_line(index, line, verdict)
        for index, (line, verdict) in enumerate(zip(lines, verdicts, strict=True))
    )
    return CheckedWorking(
        problem=problem,
        reading=reading.read_as if reading is not None and reading.kind else "",
        lines=found,
        first_wrong=first_wrong,
        is_complete=chain.complete and not shift,
        answer=answer,
        summary=summary_of(found, first_wrong, answer),
    )


def _introduction(index: int) -> StepVerdict:
    return StepVerdict(index, Status.UNKNOWN, Method.UNSUPPORTED, Relation.CLAIM, _INTRODUCTION)


def _checked_line(index: int, line: LearnerLine, verdict: StepVerdict) -> CheckedLine:
    verdict = dataclasses.replace(verdict, index=index)
    return CheckedLine(line.number, line.text, verdict, verdict.follows_through, slip_of(verdict))


def slip_of(verdict: StepVerdict) -> str:
    """The guess at the slip behind a wrong line, as a sentence; empty if there is none."""
    guess = verdict.slip
    if guess is None:
        return ""
    return f"{guess.sentence[:1].upper()}{guess.sentence[1:].rstrip('.')}."


def summary_of(
    lines: tuple[CheckedLine, ...], first_wrong: int | None, answer: Verdict | None
) -> str:
    """The finding in one or two sentences. Praises only what was decided, line by line."""
    if not lines:
        return "There is no working to check yet."
    unread = [line.number for line in lines if line.verdict.is_open]
    if first_wrong is not None:
        return _wrong_sentence(lines, first_wrong)
    if unread:
        rest = "" if len(unread) == len(lines) else " The other lines follow."
        return f"I could not check {_named(unread)}.{rest}{_answer_after_unknown(answer)}"
    if len(lines) == 1 and answer is None:
        return "One line alone follows from nothing: add the problem or the next line."
    return f"Every line follows{_answer_words(answer)}."


def _wrong_sentence(lines: tuple[CheckedLine, ...], first_wrong: int) -> str:
    wrong = lines[first_wrong]
    reason = wrong.verdict.reason or "it does not follow from the line before"
    guess = f" {wrong.slip}" if wrong.slip else ""
    unread = [line.number for line in lines[:first_wrong] if line.verdict.is_open]
    if unread:
        # a slip may hide in what could not be read, so this line is not called the first
        return (
            f"Line {wrong.number} does not follow: {reason.rstrip('.')}.{guess} "
            f"Before it, I could not check {_named(unread)}."
        )
    return f"Line {wrong.number} is the first that does not follow: {reason.rstrip('.')}.{guess}"


def _answer_words(answer: Verdict | None) -> str:
    if answer is None:
        return ""
    if answer.is_complete:
        return "; the final answer solves the problem"
    match answer.status:
        case Status.VERIFIED if answer.form_status is Status.REFUTED:
            return "; the final value is right, but not in the form asked for"
        case Status.VERIFIED:
            return "; the final value is right, but I could not check its form"
        case Status.REFUTED:
            return ", but the last line is not the answer to the problem yet"
        case Status.UNKNOWN:
            return "; I could not check the final answer against the problem"


def _answer_after_unknown(answer: Verdict | None) -> str:
    if answer is None or answer.status is Status.UNKNOWN:
        return ""
    if answer.is_complete:
        return " The final answer solves the problem."
    if answer.status is Status.REFUTED:
        return " The last line is not the answer to the problem yet."
    return ""


def _named(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    if len(numbers) > _NAMED_LINES:
        return f"{len(numbers)} lines, the first of them line {numbers[0]}"
    return f"lines {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
