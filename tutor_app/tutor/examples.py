"""Examples of what a program must do, and whether it does: compared out here, not by the program.

Two kinds: what is printed for an input, and what a Python function returns for arguments. A user
writes them as lines: `2 3 => 5`, or `add(2, 3) == 5`.
"""

import ast
import json
import math
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import msgspec

from tutor_app.core.plain_text import plain_text
from tutor_app.core.program import CodeRunner, Language, ProgramFile, RunOutcome, RunRequest

_CLOSE_ENOUGH = 1e-9
_LONGEST_VALUE = 20_000
_CALL = re.compile(
    r"\s*(?:>>>\s*)?(?:assert\s+)?([A-Za-z_]\w*)\((.*)\)\s*(?:==|->|=>|→)\s*(.+?)\s*"
)
_PRINTING = re.compile(r"\s*(.*?)\s*(?:=>|→)\s*(.*?)\s*")
_HEADING = "Examples:"
_ESCAPES = (("\\n", "\n"), ("\\t", "\t"))


@dataclass(frozen=True, slots=True)
class PrintingExample:
    """What a program must print for an input; space at the ends of lines does not count."""

    stdin: str
    expected: str


@dataclass(frozen=True, slots=True)
class CallExample:
    """What a Python function must return.

    Attributes:
        function: its name.
        arguments: the text of the tuple of arguments, literals only.
        expected: the text of the value, a literal.
    """

    function: str
    arguments: str
    expected: str


Example = PrintingExample | CallExample


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One row of the table.

    Attributes:
        example: what was asked.
        has_passed: whether the program did it.
        found: what it did instead; the first line of the error where it failed.
    """

    example: Example
    has_passed: bool
    found: str


class _Said(msgspec.Struct):
    """A line of the harness."""

    index: int
    value: str | None = None
    error: str | None = None


def call_example(line: str) -> CallExample | None:
    """Read `name(arguments) == value`; None where the line is nothing of the kind."""
    matched = _CALL.fullmatch(line)
    if matched is None:
        return None
    arguments = f"({matched[2]},)" if matched[2].strip() else "()"
    if _literal(arguments) is None or _literal(matched[3]) is None:
        return None
    return CallExample(matched[1], arguments, matched[3])


def printing_example(line: str) -> PrintingExample | None:
    r"""Read `input => output`, where `\n` stands for a new line; None where it is no such thing.

    A line that looks like a call of a function is none: no program prints for a call.
    """
    matched = _PRINTING.fullmatch(line)
    if matched is None or _CALL.fullmatch(line) is not None:
        return None
    stdin, expected = (_with_newlines(matched[part]) for part in (1, 2))
    return PrintingExample(stdin, expected)


def _with_newlines(text: str) -> str:
    for escape, character in _ESCAPES:
        text = text.replace(escape, character)
    return text


def read_examples(lines: str, language: Language) -> tuple[tuple[Example, ...], tuple[int, ...]]:
    """The examples that a user wrote one a line, and the numbers of lines that are none."""
    found: list[Example] = []
    unreadable: list[int] = []
    for number, line in enumerate(lines.splitlines(), start=1):
        if not line.strip():
            continue
        call = call_example(line) if language is Language.PYTHON else None
        example = call or printing_example(line)
        if example is None:
            unreadable.append(number)
        else:
            found.append(example)
    return tuple(dict.fromkeys(found)), tuple(unreadable)


def with_examples(problem: str, lines: str) -> str:
    """A problem with its examples under a heading, as the model and the history see it."""
    return f"{problem.rstrip()}\n\n{_HEADING}\n{lines.strip()}" if lines.strip() else problem


def split_examples(text: str) -> tuple[str, str]:
    """Take apart what `with_examples` put together."""
    problem, heading, lines = text.rpartition(f"\n{_HEADING}\n")
    return (problem.rstrip("\n"), lines) if heading else (text, "")


def examples_for(problem: str, language: Language) -> tuple[Example, ...]:
    """Every example that a problem shows: lines under the heading, and calls anywhere."""
    listed, _ = read_examples(split_examples(problem)[1], language)
    calls = examples_in(problem) if language is Language.PYTHON else ()
    return tuple(dict.fromkeys((*listed, *calls)))


def examples_in(problem: str) -> tuple[CallExample, ...]:
    """The calls that a problem's own lines show, doctests included."""
    lines = problem.splitlines()
    found = [call_example(line) for line in lines]
    for line, following in pairwise(lines):
        if line.strip().startswith(">>>"):
            found.append(call_example(f"{line.strip()} == {following.strip()}"))
    return tuple(dict.fromkeys(example for example in found if example is not None))


def _literal(text: str) -> tuple[object] | None:
    """The value of a literal, boxed so that None is a value; None where it is none."""
    if len(text) > _LONGEST_VALUE:
        return None
    try:
        return (ast.literal_eval(text),)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def check_examples(
    runner: CodeRunner, language: Language, source: str, examples: tuple[Example, ...]
) -> tuple[ExampleResult, ...]:
    """Run a program against examples, in their order.

    Raises:
        SandboxError: programs cannot be run here.
    """
    calls = [one for one in examples if isinstance(one, CallExample)]
    answers = dict(_check_calls(runner, source, calls)) if calls else {}
    runs = {
        one: runner.start(RunRequest(language, source, stdin=one.stdin.encode()))
        for one in examples
        if isinstance(one, PrintingExample)
    }
    answers |= {one: _printed(one, run.result()) for one, run in runs.items()}
    return tuple(answers[one] for one in examples)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def first_error(outcome: RunOutcome) -> str:
    """Why a run failed, in one line."""
    said = plain_text(outcome.stderr.decode(errors="replace")).strip().splitlines()
    if not said or outcome.limit is not None:
        return outcome.reason
    if outcome.phase.value == "compile":
        return next((line for line in said if "error" in line), said[0])
    return said[-1] if outcome.exit_code else outcome.reason


def _printed(example: PrintingExample, outcome: RunOutcome) -> ExampleResult:
    if not outcome.is_success:
        return ExampleResult(example, has_passed=False, found=first_error(outcome))
    found = outcome.stdout.decode(errors="replace")
    return ExampleResult(example, _lines(found) == _lines(example.expected), plain_text(found))


def _check_calls(
    runner: CodeRunner, source: str, calls: list[CallExample]
) -> Iterator[tuple[Example, ExampleResult]]:
    for function in dict.fromkeys(call.function for call in calls):
        own = [call for call in calls if call.function == function]
        said, outcome = _call(runner, source, function, own)
        for index, call in enumerate(own):
            yield call, _returned(call, said.get(index), outcome)


def _call(
    runner: CodeRunner, source: str, function: str, calls: list[CallExample]
) -> tuple[dict[int, _Said], RunOutcome]:
    mark = secrets.token_hex(16)
    order = {"mark": mark, "function": function, "calls": [call.arguments for call in calls]}
    harness = Path(__file__).with_name("call_harness.py").read_text(encoding="utf-8")
    request = RunRequest(
        Language.PYTHON,
        harness,
        stdin=json.dumps(order).encode(),
        files=(ProgramFile("answer.py", source.encode(errors="replace")),),
    )
    outcome = runner.start(request).result()
    said: dict[int, _Said] = {}
    for line in outcome.stdout.decode(errors="replace").splitlines():
        if line.startswith(mark):
            try:
                one = msgspec.json.decode(line.removeprefix(mark), type=_Said)
            except msgspec.DecodeError:
                continue
            said.setdefault(one.index, one)
    return said, outcome


def _returned(call: CallExample, said: _Said | None, outcome: RunOutcome) -> ExampleResult:
    if said is None or said.value is None:
        found = said.error if said is not None and said.error else first_error(outcome)
        return ExampleResult(call, has_passed=False, found=plain_text(found))
    expected, found_value = _literal(call.expected), _literal(said.value)
    is_same = (
        expected is not None and found_value is not None and _is_same(expected[0], found_value[0])
    )
    return ExampleResult(call, is_same, plain_text(said.value))


def _is_same(expected: object, found: object) -> bool:
    """Equality in which True is not 1 and a list is not a tuple; floats within rounding."""
    if isinstance(expected, float) and type(found) in {int, float}:
        assert isinstance(found, int | float)
        return math.isclose(expected, found, rel_tol=_CLOSE_ENOUGH, abs_tol=_CLOSE_ENOUGH)
    if type(expected) is not type(found):
        return False
    if isinstance(expected, list | tuple) and isinstance(found, list | tuple):
        return len(expected) == len(found) and all(map(_is_same, expected, found))
    if isinstance(expected, dict) and isinstance(found, dict):
        return expected.keys() == found.keys() and all(
            _is_same(value, found[key]) for key, value in expected.items()
        )
    return expected == found
