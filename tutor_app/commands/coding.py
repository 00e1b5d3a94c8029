"""`stem-tutor solve --mode code`: a program by the model, run before it is shown."""

import argparse

import msgspec

from tutor_app.commands.input_text import read_text
from tutor_app.core.errors import InputError
from tutor_app.core.plain_text import plain_text
from tutor_app.core.program import IsolationLevel, Language
from tutor_app.report import print_json, print_text, warn
from tutor_app.tutor.code import CodeAnswer, Coder, CodeStatus
from tutor_app.tutor.examples import (
    CallExample,
    Example,
    ExampleResult,
    PrintingExample,
    call_example,
)


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


def run(arguments: argparse.Namespace, coder: Coder) -> None:
    """Ask, try and print.

    Raises:
        InputError: the examples cannot be read.
        ModelError: the model cannot answer.
        SandboxDied: a run ended without a result.
    """
    examples = () if arguments.examples is None else _read_examples(arguments.examples)
    answer = _follow(arguments, coder, examples)
    if arguments.json:
        print_json(code_record(arguments.problem, answer))
    else:
        print_text(_report(answer))


def _follow(
    arguments: argparse.Namespace, coder: Coder, examples: tuple[Example, ...]
) -> CodeAnswer:
    asking = coder.answer(arguments.problem, Language(arguments.language), examples)
    while True:
        try:
            next(asking)
        except StopIteration as stopped:
            answer: CodeAnswer = stopped.value
            return answer


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


def _example_record(result: ExampleResult) -> ExampleRecord:
    example = result.example
    if isinstance(example, CallExample):
        arguments = example.arguments.removeprefix("(").removesuffix(")").removesuffix(",")
        asked = f"{example.function}({arguments})"
    else:
        asked = example.stdin
    return ExampleRecord(
        asked=asked, expected=example.expected, found=result.found, passed=result.has_passed
    )


def code_record(problem: str, answer: CodeAnswer) -> CodeRecord:
    """A tried program in the contract's form."""
    outcome = answer.outcome
    return CodeRecord(
        problem=problem,
        language=answer.language,
        source=answer.source,
        status=answer.status,
        badge=answer.badge,
        reason=answer.reason,
        repaired=answer.is_repaired,
        examples=tuple(_example_record(result) for result in answer.results),
        stdout="" if outcome is None else plain_text(outcome.stdout.decode(errors="replace")),
        isolation=None if outcome is None else outcome.isolation.level,
        text=answer.text,
    )


def _report(answer: CodeAnswer) -> str:
    lines = [plain_text(answer.source).rstrip(), ""]
    for result in answer.results:
        row = _example_record(result)
        sign = "✓" if row.passed else "✗"
        lines.append(f"{sign} {row.asked!r}: expected {row.expected!r}, found {row.found!r}")
    if answer.outcome is not None:
        lines.append(plain_text(answer.outcome.stdout.decode(errors="replace")).rstrip())
    if answer.is_repaired:
        warn("The first try failed; this is the second.")
    if answer.reason:
        warn(answer.reason)
    return "\n".join((*lines, f"Badge: {answer.badge}."))
