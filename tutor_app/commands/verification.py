"""`stem-tutor verify`: JSON lines in, one JSON verdict a line out, in order."""

import argparse
from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec

from tutor_app.commands.input_text import read_records
from tutor_app.commands.progress import with_progress
from tutor_app.core.ports import Checker
from tutor_app.report import chain_record, claims_record, print_json, verdict_record


class AnswerLine(msgspec.Struct, frozen=True):
    """Are these two answers the same?"""

    gold: str
    answer: str
    problem: str = ""


class ProblemLine(msgspec.Struct, frozen=True):
    """Is this the answer to the problem?"""

    problem: str
    answer: str


class StepsLine(msgspec.Struct, frozen=True):
    """Which line of this working is wrong first?"""

    lines: tuple[str, ...]
    problem: str = ""


class ClaimsLine(msgspec.Struct, frozen=True):
    """Which claims of this text hold?"""

    text: str


_KINDS: Mapping[str, type[msgspec.Struct]] = MappingProxyType(
    {"answers": AnswerLine, "problems": ProblemLine, "steps": StepsLine, "claims": ClaimsLine}
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `verify` takes."""
    parser.add_argument("kind", choices=tuple(_KINDS))
    parser.add_argument("file", metavar="FILE|-", help="JSON lines; - reads standard input")
    parser.add_argument("--json", action="store_true", help="the output is JSON lines anyway")


def run(arguments: argparse.Namespace, checker: Checker) -> None:
    """Check every line of the input; nothing is printed where one of them is damaged.

    Raises:
        InputError: the input cannot be read.
        CheckerError: no checking process can be used.
    """
    lines = list(read_records(arguments.file, _KINDS[arguments.kind]))
    started = [_submit(checker, line) for line in lines]
    for record in with_progress(started, "checking"):
        print_json(record())


def _submit(checker: Checker, line: msgspec.Struct) -> Callable[[], msgspec.Struct]:
    """Start the check of one input line; the result waits for the record to print."""
    match line:
        case AnswerLine():
            compared = checker.compare_answers(line.gold, line.answer, line.problem)
            return lambda: verdict_record(compared.result())
        case ProblemLine():
            checked = checker.check_answer(line.problem, line.answer)
            return lambda: verdict_record(checked.result())
        case StepsLine():
            chain, texts = checker.check_steps(line.problem, line.lines), line.lines
            return lambda: chain_record(chain.result(), texts)
        case ClaimsLine():
            claims = checker.check_claims(line.text)
            return lambda: claims_record(claims.result())
        case _:
            raise AssertionError(f"no check for {line}")
