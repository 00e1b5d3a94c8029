"""Code mode, with a model that says what the test wants and the sandbox of this machine."""

from collections.abc import Generator, Iterator
from contextlib import closing

import pytest

from tests.program_fakes import FULL, FakeRunner, outcome
from tests.sandbox.conftest import reason_to_skip
from tests.tutor_fakes import FakeModel
from tutor_app.core.code_answer import CodeAnswer, CodeStatus
from tutor_app.core.code_block import last_code_block
from tutor_app.core.errors import GenerationFailed, SandboxRefused
from tutor_app.core.events import (
    AttemptStarted,
    Coded,
    CodeEvent,
    ProgramStarted,
    ProgramTried,
    TextWritten,
)
from tutor_app.core.ports import (
    FinishReason,
    GenerationDelta,
    GenerationEnd,
    GenerationEvent,
    GenerationRequest,
)
from tutor_app.core.program import CodeRunner, Language, RunRequest
from tutor_app.sandbox.client import Sandbox
from tutor_app.sandbox.levels import Mechanism
from tutor_app.tutor.cancellation import Cancellation
from tutor_app.tutor.code import CodeQuestion, Coder, system_prompt
from tutor_app.tutor.examples import (
    CallExample,
    Example,
    PrintingExample,
    call_example,
    check_examples,
    examples_for,
    examples_in,
    printing_example,
    split_examples,
    with_examples,
)
from tutor_app.tutor.run_ledger import RunLedger
from tutor_app.tutor.solve import SolveOptions

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
    runner: CodeRunner,
    *texts: str,
    problem: str = "Write it.",
    language: Language = Language.PYTHON,
    examples: tuple[Example, ...] = (),
) -> tuple[CodeAnswer, FakeModel]:
    model = FakeModel(texts)
    coder = Coder(model, runner, SolveOptions(max_tokens=200, seed=1))
    *_, last = coder.solve(CodeQuestion(problem, language, examples), Cancellation(model))
    assert isinstance(last, Coded)
    return last.answer, model


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
    assert answer.output == "42\n"
    assert answer.isolation is not None
    assert answer.run_seconds > 0


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


@pytest.mark.parametrize(
    ("line", "example"),
    [
        ("2 3 => 5", PrintingExample("2 3", "5")),
        ("1\\n2 → 3", PrintingExample("1\n2", "3")),
        ("=> 42", PrintingExample("", "42")),
        ("add(2, 3) => 5", None),
        ("no example", None),
    ],
)
def test_a_printing_example_is_an_arrow_between_input_and_output(
    line: str, example: PrintingExample | None
) -> None:
    assert printing_example(line) == example


def test_only_lines_under_the_heading_are_printing_examples() -> None:
    problem = "If n > 0 => print n.\nShow that f(1) = 2.\ndouble(2) == 4"
    assert examples_for(problem, Language.PYTHON) == (CallExample("double", "(2,)", "4"),)
    problem = with_examples("Double it", "2 => 4\ndouble(3) == 6\n\nnonsense\n")
    assert examples_for(problem, Language.PYTHON) == (
        PrintingExample("2", "4"), CallExample("double", "(3,)", "6"),
    )  # fmt: skip
    assert examples_for(problem, Language.CPP) == (PrintingExample("2", "4"),)
    assert split_examples(problem) == ("Double it", "2 => 4\ndouble(3) == 6\n\nnonsense")
    assert split_examples("Double it") == ("Double it", "")


def _fake(*texts: str, runner: FakeRunner, stop_at: type | None = None) -> CodeAnswer:
    model = FakeModel(texts)
    cancellation = Cancellation(model)
    question = CodeQuestion("Double it", Language.PYTHON, (PrintingExample("2", "4"),))
    coder = Coder(model, runner, SolveOptions(max_tokens=200, seed=1))
    last: CodeEvent | None = None
    for last in coder.solve(question, cancellation):
        if stop_at is not None and isinstance(last, stop_at):
            cancellation.request()
    assert isinstance(last, Coded)
    return last.answer


def test_what_the_examples_used_is_added_up() -> None:
    answer = _fake(_fenced("print(4)"), runner=FakeRunner(outcome(stdout=b"4\n")))
    assert answer.badge == "passed 1 of 1"
    assert (answer.run_seconds, answer.memory_bytes) == (0.31, 12 << 20)
    assert answer.isolation == FULL


@pytest.mark.parametrize("stop_at", [AttemptStarted, TextWritten, ProgramStarted])
def test_a_stop_at_any_stage_says_nothing_about_the_program(stop_at: type) -> None:
    answer = _fake(_fenced("print(5)"), runner=FakeRunner(), stop_at=stop_at)
    assert (answer.status, answer.finish_reason) == (CodeStatus.NOT_RUN, FinishReason.STOPPED)
    assert answer.examples == ()
    assert answer.tries == 1


def test_a_stop_before_the_repair_keeps_the_first_try() -> None:
    answer = _fake(_fenced("print(5)"), runner=FakeRunner(), stop_at=ProgramTried)
    assert (answer.status, answer.finish_reason) == (CodeStatus.FAILED, FinishReason.STOPPED)
    assert answer.badge == "passed 0 of 1"


def test_a_stop_ends_a_program_that_is_asked_for_afterwards() -> None:
    model, runner = FakeModel(("",)), FakeRunner()
    runner.holds = True
    cancellation = Cancellation(model)
    cancellation.request()
    run = RunLedger(runner, cancellation).start(RunRequest(Language.PYTHON, "x"))
    assert run.result().is_stopped


def test_a_program_that_is_stopped_in_the_queue_was_not_run() -> None:
    refused = SandboxRefused("The program was stopped before its turn came.")
    answer = _fake(_fenced("print(4)"), runner=FakeRunner(refused))
    assert answer.status is CodeStatus.NOT_RUN
    assert "before its turn came" in answer.reason


def test_an_answer_that_is_cut_by_the_budget_says_so() -> None:
    class Short(FakeModel):
        def stream(self, request: GenerationRequest) -> Generator[GenerationEvent, None, None]:
            yield GenerationDelta("```python\nprint(", 5)
            yield GenerationEnd(FinishReason.LENGTH, 5, 5, 0.0, 1.0)

    model = Short(("",))
    coder = Coder(model, FakeRunner(), SolveOptions(seed=1))
    *_, last = coder.solve(CodeQuestion("p", Language.PYTHON), Cancellation(model))
    assert isinstance(last, Coded)
    assert "budget of tokens" in last.answer.reason


def test_a_repair_that_the_model_refuses_leaves_the_first_try() -> None:
    class Forgetful(FakeModel):
        def stream(self, request: GenerationRequest) -> Generator[GenerationEvent, None, None]:
            if len(request.messages) > 2:
                raise GenerationFailed("The conversation is too long for this model.")
            yield from super().stream(request)

    question = CodeQuestion("Double it", Language.PYTHON, (PrintingExample("2", "4"),))
    model = Forgetful((_fenced("print(5)"),))
    coder = Coder(model, FakeRunner(), SolveOptions(seed=1))
    *_, last = coder.solve(question, Cancellation(model))
    assert isinstance(last, Coded)
    assert (last.answer.badge, last.answer.tries) == ("passed 0 of 1", 1)
