"""Code mode, with a model that says what the test wants and the sandbox of this machine."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.sandbox.conftest import reason_to_skip
from tests.tutor_fakes import FakeModel
from tutor_app.core.code_block import last_code_block
from tutor_app.core.program import Language
from tutor_app.sandbox.client import Sandbox
from tutor_app.sandbox.levels import Mechanism
from tutor_app.tutor.code import CodeAnswer, Coder, CodeStatus, system_prompt
from tutor_app.tutor.examples import (
    CallExample,
    Example,
    PrintingExample,
    call_example,
    check_examples,
    examples_in,
)

_ADDS = (CallExample("add", "(2, 3,)", "5"), CallExample("add", "(-7, 7,)", "0"))


@pytest.fixture(scope="module")
def runner() -> Iterator[Sandbox]:
    """The best sandbox this machine has."""
    if all(reason_to_skip(one) for one in (Mechanism.BUBBLEWRAP, Mechanism.LANDLOCK)):
        pytest.skip("nothing isolates programs here")
    with closing(Sandbox()) as made:
        yield made


def _fenced(source: str, language: str = "python") -> str:
    return f"First I think.\n\n```{language}\n{source}\n```\n"


def _answer(
    runner: Sandbox,
    *texts: str,
    problem: str = "Write it.",
    language: Language = Language.PYTHON,
    examples: tuple[Example, ...] = (),
) -> tuple[CodeAnswer, FakeModel]:
    model = FakeModel(texts)
    asking = Coder(model, runner, max_tokens=200, seed=1).answer(problem, language, examples)
    while True:
        try:
            next(asking)
        except StopIteration as stopped:
            answer: CodeAnswer = stopped.value
            return answer, model


@pytest.mark.parametrize(
    ("text", "language", "source"),
    [
        ("```python\na = 1\n```", "python", "a = 1\n"),
        ("```\none\n```\nand\n```cpp\ntwo\n```", "cpp", "two\n"),
        ("~~~~py\n```\nx\n```\n~~~~", "py", "```\nx\n```\n"),
        ("```python title=x\na\n\nb\n```\n```python\nnot finished", "python", "a\n\nb\n"),
    ],
)
def test_the_last_complete_block_is_the_program(text: str, language: str, source: str) -> None:
    block = last_code_block(text)
    assert block is not None
    assert (block.language, block.source) == (language, source)


@pytest.mark.parametrize("text", ["", "no code", "```python\nnever closed", "`inline`"])
def test_text_without_a_complete_block_holds_no_program(text: str) -> None:
    assert last_code_block(text) is None


def test_the_prompts_name_the_language_and_its_fence() -> None:
    assert "python programming language only" in system_prompt(Language.PYTHON)
    assert "```cpp\n" in system_prompt(Language.CPP)
    assert "c++ programming language only" in system_prompt(Language.CPP)


def test_examples_are_read_from_calls_and_doctests() -> None:
    problem = (
        "Write add.\n>>> add(2, 3)\n5\nadd(1, [2]) == (3, 'x')\nassert add() == None\nadd it up"
    )
    assert examples_in(problem) == (
        CallExample("add", "(1, [2],)", "(3, 'x')"),
        CallExample("add", "()", "None"),
        CallExample("add", "(2, 3,)", "5"),
    )


@pytest.mark.parametrize(
    "line", ["add(x) == 3", "add(2) == y", "add(2)", "2 == add", "f(open('x')) == 1"]
)
def test_a_line_with_more_than_literals_is_no_example(line: str) -> None:
    assert call_example(line) is None


def test_a_right_program_passes_all_examples(runner: Sandbox) -> None:
    answer, model = _answer(runner, _fenced("def add(a, b):\n    return a + b"), examples=_ADDS)
    assert (answer.status, answer.badge) == (CodeStatus.PASSED, "passed 2 of 2")
    assert len(model.requests) == 1


def test_one_repair_is_asked_for_with_the_first_error(runner: Sandbox) -> None:
    wrong, right = _fenced("def add(a, b): return a - b"), _fenced("def add(a, b): return a + b")
    answer, model = _answer(runner, wrong, right, examples=_ADDS)
    assert answer.is_repaired
    assert answer.badge == "passed 2 of 2"
    assert "add(2, 3) should be 5, but: -1" in model.requests[1].messages[-1].text


def test_a_second_failure_is_the_end_and_the_better_try_stays(runner: Sandbox) -> None:
    half, none = _fenced("def add(a, b): return 5"), _fenced("def add(a, b): return None")
    answer, model = _answer(runner, half, none, examples=_ADDS)
    assert len(model.requests) == 2
    assert not answer.is_repaired
    assert (answer.status, answer.badge) == (CodeStatus.FAILED, "passed 1 of 2")


def test_without_examples_a_program_only_ran(runner: Sandbox) -> None:
    answer, _ = _answer(runner, _fenced("print(40 + 2)"))
    assert (answer.status, answer.badge) == (CodeStatus.RAN, "ran")
    assert answer.outcome is not None
    assert answer.outcome.stdout == b"42\n"


def test_an_answer_without_a_program_was_not_run(runner: Sandbox) -> None:
    answer, model = _answer(runner, "I would rather not.")
    assert answer.badge == "not run"
    assert len(model.requests) == 1


def test_where_programs_are_refused_nothing_was_run() -> None:
    with closing(Sandbox(Mechanism.NONE)) as refusing:
        answer, _ = _answer(refusing, _fenced("print(1)"))
    assert answer.status is CodeStatus.NOT_RUN
    assert "not run" in answer.reason


def test_a_cpp_program_is_compared_by_what_it_prints(runner: Sandbox) -> None:
    source = (
        "#include <iostream>\nint main() { int a; std::cin >> a; std::cout << a * a << '\\n'; }"
    )
    examples = (PrintingExample("7", "49"), PrintingExample("-3\n", "9\n\n"))
    answer, _ = _answer(runner, _fenced(source, "cpp"), language=Language.CPP, examples=examples)
    assert answer.badge == "passed 2 of 2"


_CHEATS = {
    "leaves": "import os\ndef add(a, b): os._exit(0)",
    "leaves early": "import sys\nsys.exit(0)",
    "raises": "def add(a, b): raise ValueError('no')",
    "prints": "def add(a, b): print(5)",
    "patches": "import json, builtins\njson.dumps = lambda *a: '5'\nbuiltins.repr = lambda x: '5'\n"
    "def add(a, b): return None",
    "equals everything": "class All(int):\n    def __eq__(self, other): return True\n"
    "    def __hash__(self): return 0\ndef add(a, b): return All(1)",
    "says another type": "def add(a, b): return '5' if a == 2 else '0'",
    "says true": "def add(a, b): return a == 99",
    "searches": "import gc, os, sys\ndef add(a, b):\n    for o in gc.get_objects():\n"
    "        if isinstance(o, dict) and 'expected' in o: return o['expected']\n"
    "    return [open(f).read() for f in os.listdir('.')]",
    "writes results": "import os\ndef add(a, b):\n    for fd in range(3, 20):\n"
    "        try: os.write(fd, b'5\\n')\n"
    "        except OSError: pass\n    os._exit(0)",
    "spins": "def add(a, b):\n    raise RecursionError",
}


@pytest.mark.parametrize("source", _CHEATS.values(), ids=_CHEATS.keys())
def test_cheating_passes_no_example(runner: Sandbox, source: str) -> None:
    results = check_examples(runner, Language.PYTHON, source, _ADDS)
    assert [result.has_passed for result in results] == [False, False]


@pytest.mark.parametrize(
    ("returned", "expected", "is_same"),
    [
        ("True", "1", False), ("1", "True", False), ("(1, 2)", "[1, 2]", False),
        ("0.1 + 0.2", "0.3", True), ("3", "3.0", True), ("3.5", "3", False),
        ("{'a': [1]}", "{'a': [1]}", True), ("{1, 2}", "{2, 1}", True), ("None", "None", True),
        ("[1, True]", "[1, 1]", False), ("float('nan')", "0.0", False), ("'5'", "5", False),
    ],
)  # fmt: skip
def test_values_are_compared_by_type_and_value(
    runner: Sandbox, returned: str, expected: str, is_same: bool
) -> None:
    example = CallExample("give", "()", expected)
    source = f"def give():\n    return {returned}"
    (result,) = check_examples(runner, Language.PYTHON, source, (example,))
    assert result.has_passed is is_same
