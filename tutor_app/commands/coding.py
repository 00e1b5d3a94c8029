"""`stem-tutor solve --mode code`: a program by the model, run before it is shown."""

import argparse

import msgspec

from tutor_app.commands.input_text import read_text
from tutor_app.core.code_answer import CodeAnswer, CodeStatus
from tutor_app.core.errors import InputError
from tutor_app.core.events import Coded
from tutor_app.core.plain_text import plain_text
from tutor_app.core.program import IsolationLevel, Language
from tutor_app.report import print_json, print_text, warn
from tutor_app.tutor.conversation import Run
from tutor_app.tutor.examples import Example, PrintingExample, call_example


class ExampleRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table as the contract prints it."""

    asked: str
    expected: str
    found: str
    passed: bool


class CodeRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A tried program as the contract prints it."""

    problem: str
    language: Language
    source: str
    status: CodeStatus
    badge: str
    reason: str
    repaired: bool
    examples: tuple[ExampleRecord, ...]
    stdout: str
    isolation: IsolationLevel | None
    text: str


class _Line(msgspec.Struct):
    """One example of a file: `input` and `output`, or `call` and `output`."""

    output: str
    input: str = ""
    call: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `solve` takes besides, in code mode."""
    parser.add_argument(
        "--language", choices=[str(one) for one in Language], default=str(Language.PYTHON)
    )
    parser.add_argument(
        "--examples",
        metavar="FILE",
        help='JSON lines such as {"input": "2 3", "output": "5"} or '
        '{"call": "add(2, 3)", "output": "5"}',
    )


def follow(run: Run, *, as_json: bool) -> None:
    """Let the model write and its program be tried, and print what came of it.

    Raises:
        ModelError: the model cannot answer.
        SandboxDied: a run ended without a result.
    """
    (answer,) = (event.answer for event in run.events() if isinstance(event, Coded))
    if as_json:
        print_json(code_record(answer))
    else:
        print_text(_report(answer))


def examples_of(arguments: argparse.Namespace) -> tuple[Example, ...]:
    """The examples of the file that was named, if one was.

    Raises:
        InputError: they cannot be read.
    """
    return () if arguments.examples is None else _read_examples(arguments.examples)


def _read_examples(name: str) -> tuple[Example, ...]:
    found: list[Example] = []
    for number, line in enumerate(read_text(name).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            read = msgspec.json.decode(line, type=_Line)
        except msgspec.DecodeError as error:
            raise _unreadable(name, number) from error
        if not read.call:
            found.append(PrintingExample(read.input, read.output))
        elif (example := call_example(f"{read.call} == {read.output}")) is not None:
            found.append(example)
        else:
            raise _unreadable(name, number)
    return tuple(found)


def _unreadable(name: str, number: int) -> InputError:
    return InputError(
        f"Line {number} of {name} is no example.",
        hint='Write {"input": "2 3", "output": "5"} or {"call": "add(2, 3)", "output": "5"}.',
    )


def code_record(answer: CodeAnswer) -> CodeRecord:
    """A tried program in the contract's form."""
    return CodeRecord(
        problem=answer.problem,
        language=answer.language,
        source=answer.source,
        status=answer.status,
        badge=answer.badge,
        reason=answer.reason,
        repaired=answer.is_repaired,
        examples=tuple(
            ExampleRecord(
                asked=one.asked, expected=one.expected, found=one.found, passed=one.has_passed
            )
            for one in answer.examples
        ),
        stdout=answer.output,
        isolation=None if answer.isolation is None else answer.isolation.level,
        text=answer.text,
    )


def _report(answer: CodeAnswer) -> str:
    lines = [plain_text(answer.source).rstrip(), ""]
    for row in answer.examples:
        sign = "✓" if row.has_passed else "✗"
        lines.append(f"{sign} {row.asked!r}: expected {row.expected!r}, found {row.found!r}")
    if answer.output:
        lines.append(answer.output.rstrip())
    if answer.is_repaired:
        warn(f"This is the second try, because the first failed: {answer.first_failure}")
    elif answer.tries > 1:
        warn("A second try was no better; this is the first.")
    if answer.reason:
        warn(answer.reason)
    return "\n".join((*lines, f"Badge: {answer.badge}."))
