"""`stem-tutor check`: a student's own working, one line a step."""

import argparse
from collections.abc import Iterator

from tutor_app.commands.input_text import read_text
from tutor_app.core.errors import InputError
from tutor_app.core.ports import Checker
from tutor_app.core.verdict import Status
from tutor_app.core.working import CheckedLine, CheckedWorking
from tutor_app.report import print_json, print_text, sign, working_record
from tutor_app.tutor.learner_lines import learner_lines, stated_problem
from tutor_app.tutor.working import WorkingCheck


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `check` takes."""
    parser.add_argument(
        "file", metavar="FILE|-", help="the working, one line a step; - reads standard input"
    )
    parser.add_argument(
        "--problem", default="", help="what was to be solved; or begin the file with 'Problem: …'"
    )
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace, checker: Checker) -> None:
    """Check a working and print what was found.

    Raises:
        InputError: the input cannot be read, or holds no line.
        CheckerError: no checking process can be used.
    """
    stated, text = stated_problem(read_text(arguments.file))
    if not learner_lines(text):
        raise InputError(f"{arguments.file} holds no working.", hint="Write one step a line.")
    working = WorkingCheck(checker, arguments.problem or stated, text).result()
    assert working is not None, "nobody cancels this check"
    if arguments.json:
        print_json(working_record(working))
    else:
        print_text("\n".join(_report(working)))


def _report(working: CheckedWorking) -> Iterator[str]:
    if working.problem:
        yield f"Problem: {working.problem}"
        yield f"  Read as: {working.reading or 'not recognised, so the answer is not checked'}"
    yield working.summary
    yield ""
    width = len(str(working.lines[-1].number))
    for index, line in enumerate(working.lines):
        yield f"{_mark(line)} {line.number:>{width}}  {line.text}"
        for remark in _remarks(line, is_first_wrong=index == working.first_wrong):
            yield f"{' ' * (width + 4)}{remark}"
    if working.answer is not None and working.answer.evidence:
        yield ""
        answer = working.answer
        yield f"{sign(answer.status)} Final answer: {answer.evidence[0].text}"
        yield from (f"  Assumed: {assumption}" for assumption in answer.assumptions)


def _mark(line: CheckedLine) -> str:
    if line.is_given:
        return "–"
    return "↳" if line.is_carried else sign(line.verdict.status)


def _remarks(line: CheckedLine, *, is_first_wrong: bool) -> Iterator[str]:
    verdict = line.verdict
    if line.is_carried:
        yield verdict.reason or "follows from the line above, which came of a wrong line"
    yield from (f"assuming {assumption}" for assumption in verdict.assumptions)
    if verdict.status is Status.VERIFIED or line.is_given:
        return
    if is_first_wrong:
        yield "the first wrong line"
    if verdict.reason:
        yield verdict.reason
    yield from (one.text for one in verdict.evidence if one.text != verdict.reason)
    if line.slip:
        yield line.slip
    if verdict.reading and verdict.reading != line.text:
        yield f"Read as: {verdict.reading}"
