"""HumanEval: 164 Python functions to complete, each tried in the app's sandbox.

The file is for evaluation only and no part of this project: its path is given on the command line.
Completions are cut where a line leaves the function, which is the rule for base models; a chat
model's answer counts by its last complete fenced block. A task is passed only if its own checks
ran to their end, so a program that leaves early has failed.
"""

import ast
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from model_tools.errors import EvaluationError
from model_tools.llama import LlamaModel
from tutor_app.core.code_block import last_code_block
from tutor_app.core.program import CodeRunner, Language, ProgramRun, RunLimits, RunRequest

_LIMITS = RunLimits(wall_s=20.0, cpu_s=15)
_AT_MOST_WAITING = 16
_SEQUENCE_TOKENS, _PARALLEL = 1536, 4
_LEAVES_FUNCTION = re.compile(r"^(?:def |class |if |print|@|```|#|from |import |assert )", re.M)
_END = """

check({function})
import sys
sys.stdout.write("\\n" + sys.stdin.read())
"""


class Task(msgspec.Struct, frozen=True):
    """One line of the file."""

    task_id: str
    prompt: str
    entry_point: str
    canonical_solution: str
    test: str


@dataclass(frozen=True, slots=True)
class TaskScore:
    """What came of one completion.

    Attributes:
        task_id: as the file names it.
        has_passed: whether all checks held.
        reason: how the run ended.
    """

    task_id: str
    has_passed: bool
    reason: str


def read_tasks(path: Path) -> tuple[Task, ...]:
    """All tasks of the file.

    Raises:
        EvaluationError: the file is missing or is something else.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(msgspec.json.decode(line, type=Task) for line in lines if line.strip())
    except OSError as error:
        raise EvaluationError(
            f"HumanEval is not at {path}; give the place of humaneval.jsonl with --data."
        ) from error
    except msgspec.DecodeError as error:
        raise EvaluationError(f"{path} is not HumanEval: {error}.") from error


def completion_of(text: str) -> str:
    """The part of a model's text that belongs to the function."""
    leaving = _LEAVES_FUNCTION.search(text)
    return text[: leaving.start()] if leaving else text


def program_of(task: Task, text: str) -> str:
    """The whole function: a fenced block by itself, anything else after the prompt."""
    block = last_code_block(text)
    if block is not None and f"def {task.entry_point}" in block.source:
        return f"{task.prompt}\n    pass\n\n{block.source}"  # keeps the prompt's imports
    return task.prompt + completion_of(text)


def score(runner: CodeRunner, programs: Iterable[tuple[Task, str]]) -> Iterator[TaskScore]:
    """Try programs, in their order.

    Raises:
        SandboxError: programs cannot be run here.
    """
    waiting: list[tuple[Task, str, ProgramRun]] = []
    for task, program in programs:
        mark = secrets.token_hex(16)
        source = program + "\n" + task.test + _END.format(function=task.entry_point)
        request = RunRequest(Language.PYTHON, source, stdin=mark.encode(), limits=_LIMITS)
        waiting.append((task, mark, runner.start(request)))
        if len(waiting) >= _AT_MOST_WAITING:
            yield _score_of(*waiting.pop(0))
    for one in waiting:
        yield _score_of(*one)


def _score_of(task: Task, mark: str, run: ProgramRun) -> TaskScore:
    outcome = run.result()
    has_ended = outcome.stdout.decode(errors="replace").splitlines()[-1:] == [mark]
    return TaskScore(task.task_id, outcome.is_success and has_ended, outcome.reason)


def completions(path: Path, tasks: Sequence[Task]) -> Iterator[str]:
    """The likeliest continuation of each prompt; empty where the prompt is too long."""
    model = LlamaModel(path, tokens=_SEQUENCE_TOKENS, sequences=_PARALLEL)
    try:
        for start in range(0, len(tasks), _PARALLEL):
            chunk = tasks[start : start + _PARALLEL]
            prompts = [model.tokenise(task.prompt) for task in chunk]
            fitting = [prompt for prompt in prompts if len(prompt) < _SEQUENCE_TOKENS // 2]
            written = iter(model.greedy(fitting, max_tokens=_SEQUENCE_TOKENS // 2))
            for prompt in prompts:
                yield model.text(next(written)) if len(prompt) < _SEQUENCE_TOKENS // 2 else ""
    finally:
        model.close()


def evaluate_humaneval(
    path: Path, tasks: Sequence[Task], runner: CodeRunner
) -> tuple[TaskScore, ...]:
    """Scores of a GGUF file, one completion a task, greedily."""
    texts = zip(tasks, completions(path, tasks), strict=True)
    return tuple(score(runner, ((task, program_of(task, text)) for task, text in texts)))


def canonical_program(task: Task) -> str:
    """The reference solution."""
    return task.prompt + task.canonical_solution


class _WrapReturns(ast.NodeTransformer):
    """Every returned value becomes a list in a list, which no task asks for."""

    def visit_Return(self, node: ast.Return) -> ast.Return:
        value = node.value or ast.Constant(None)
        return ast.Return(ast.List([ast.List([value], ast.Load())], ast.Load()))


def mutated_program(task: Task) -> str:
    """The reference solution made wrong."""
    tree = ast.parse(canonical_program(task))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == task.entry_point:
            _WrapReturns().visit(node)
    return ast.unparse(ast.fix_missing_locations(tree))


def self_test(runner: CodeRunner, tasks: tuple[Task, ...]) -> tuple[list[str], list[str]]:
    """Whether the harness can be trusted.

    Returns:
        Canonical solutions that failed, and mutated ones that passed; both must be empty.
    """

    def names(make: Callable[[Task], str], *, has_passed: bool) -> list[str]:
        scores = score(runner, ((task, make(task)) for task in tasks))
        return [one.task_id for one in scores if one.has_passed is has_passed]

    failed = names(canonical_program, has_passed=False)
    return failed, names(mutated_program, has_passed=True)
