"""Grades one answer against its problem, by the checker for its kind of task."""

import re
from typing import Final, assert_never

from tutor_app.core.verdict import Method, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.checkers.calculus import check_derivative, check_integral
from tutor_app.verify.checkers.domain import check_domain
from tutor_app.verify.checkers.equation import check_equation, check_literal
from tutor_app.verify.checkers.inequality import check_inequality
from tutor_app.verify.checkers.integral import check_definite
from tutor_app.verify.checkers.limit import check_limit
from tutor_app.verify.checkers.number import check_number, check_primes
from tutor_app.verify.checkers.rewriting import check_rewriting
from tutor_app.verify.checkers.system import check_system
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.periodic import check_periodic
from tutor_app.verify.reader import read_task
from tutor_app.verify.syntax import Statement
from tutor_app.verify.task import (
    Differentiate,
    DivideWithRemainder,
    Evaluate,
    FactorInteger,
    FindDomain,
    FindLimit,
    FindPercentage,
    Integrate,
    PlainTask,
    Rewrite,
    SolveEquation,
    SolveInequality,
    SolveLiteral,
    SolveSystem,
    TopicTask,
)
from tutor_app.verify.text import final_answer, spans
from tutor_app.verify.verdicts import unknown_verdict, unreadable_verdict

_LEADING_EQUALS: Final = re.compile(r"\s*=(?![=<>])\s*")
_STORY_WORDS: Final = 8
"""From so many words on, a problem that is not recognised is called a problem in words."""


def _without_leading_equals(content: str) -> str:
    """`= 11/12`, which goes on from the problem, is `11/12`."""
    found = _LEADING_EQUALS.match(content)
    return content[found.end() :] if found else content


def check_answer(problem: str, answer: str) -> Verdict:
    r"""Check an answer knowing only the problem; `answer` may hold a `\boxed{}`."""
    task = read_task(problem)
    if task is None:
        return unknown_verdict(Method.UNSUPPORTED, _why_unread(problem))
    try:
        content = _without_leading_equals(final_answer(answer))
        if isinstance(task, TopicTask):
            return task.check(content)
        if isinstance(task, SolveEquation):
            verdict = check_periodic(task.equation, content)
            if verdict is not None:
                return verdict
        return check_statement(task, read_answer(content))
    except Unreadable as error:
        return unreadable_verdict(error)
    except RecursionError:
        return unknown_verdict(Method.UNSUPPORTED, "the expression is nested too deeply")


def _prose_of(problem: str) -> str:
    return " ".join(span.text for span in spans(problem) if not span.is_math)


def _why_unread(problem: str) -> str:
    """Says of a story that its words are what is not checked."""
    if len(re.findall(r"[A-Za-z]{2,}", _prose_of(problem))) < _STORY_WORDS:
        return "I do not know how to check this problem."
    return (
        "I have not turned the words of this problem into a calculation, so whether the answer"
        " fits them is not checked; equalities in the working are checked one by one."
    )


def check_statement(task: PlainTask, answer: Statement) -> Verdict:
    """Check an answer that has been read against its task.

    Raises:
        Unreadable: the answer does not have the shape the task asks for.
    """
    match task:
        case Evaluate() | DivideWithRemainder() | FindPercentage():
            return check_number(task, answer)
        case FactorInteger(number):
            return check_primes(number, answer)
        case Rewrite():
            return check_rewriting(task, answer)
        case Differentiate() | Integrate() | FindLimit():
            return _check_calculus(task, answer)
        case _:
            return _check_solutions(task, answer)


def _check_calculus(task: Differentiate | Integrate | FindLimit, answer: Statement) -> Verdict:
    match task:
        case Differentiate():
            return check_derivative(task, answer)
        case Integrate(lower=None, upper=None):
            return check_integral(task, answer)
        case Integrate():
            return check_definite(task, answer)
        case FindLimit(limit):
            return check_limit(limit, answer)
        case _:
            assert_never(task)


def _check_solutions(
    task: SolveEquation | SolveLiteral | SolveInequality | SolveSystem | FindDomain,
    answer: Statement,
) -> Verdict:
    match task:
        case SolveEquation():
            return check_equation(task, answer)
        case SolveLiteral():
            return check_literal(task, answer)
        case SolveInequality():
            return check_inequality(task, answer)
        case SolveSystem():
            return check_system(task, answer)
        case FindDomain():
            return check_domain(task, answer)
        case _:
            assert_never(task)
