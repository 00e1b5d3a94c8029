"""The HumanEval harness, on tasks of the same shape that are made up here."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from model_tools.errors import EvaluationError
from model_tools.humaneval import (
    Task,
    canonical_program,
    completion_of,
    program_of,
    read_tasks,
    score,
    self_test,
)
from tests.sandbox.conftest import reason_to_skip
from tutor_app.sandbox.client import Sandbox
from tutor_app.sandbox.levels import Mechanism

_TASKS = (
    Task(
        "Own/0",
        "from typing import List\n\n\ndef largest(values: List[int]) -> int:\n"
        '    """The largest."""\n',
        "largest",
        "    best = values[0]\n    for value in values:\n        if value > best:\n"
        "            best = value\n    return best\n",
        "\n\ndef check(candidate):\n    assert candidate([3, 9, 2]) == 9\n"
        "    assert candidate([-4]) == -4\n",
    ),
    Task(
        "Own/1",
        'def initials(name: str) -> str:\n    """Initials."""\n',
        "initials",
        "    return ''.join(word[0] for word in name.split())\n",
        "\n\ndef check(candidate):\n    assert candidate('Ada King') == 'AK'\n",
    ),
)


@pytest.fixture(scope="module")
def runner() -> Iterator[Sandbox]:
    """The best sandbox this machine has."""
    if all(reason_to_skip(one) for one in (Mechanism.BUBBLEWRAP, Mechanism.LANDLOCK)):
        pytest.skip("nothing isolates programs here")
    with closing(Sandbox()) as made:
        yield made


def _passes(runner: Sandbox, text: str) -> bool:
    (found,) = score(runner, [(_TASKS[0], program_of(_TASKS[0], text))])
    return found.has_passed


def test_reference_solutions_pass_and_broken_ones_fail(runner: Sandbox) -> None:
    assert self_test(runner, _TASKS) == ([], [])


def test_scores_come_in_order(runner: Sandbox) -> None:
    programs = [(task, canonical_program(task)) for task in _TASKS * 12]
    assert [one.task_id for one in score(runner, programs)] == ["Own/0", "Own/1"] * 12


@pytest.mark.parametrize(
    "text",
    [
        "    return max(values)\n",
        "    return max(values)\n\nprint('more')\ndef other(): pass\n",
        "    return max(values)\n```\nThis works because",
        "Here it is:\n```python\ndef largest(values):\n    return max(values)\n```",
        "```python\ndef helper(v: List[int]):\n    return max(v)\n\ndef largest(values):\n"
        "    return helper(values)\n```",
    ],
)
def test_a_right_completion_passes(runner: Sandbox, text: str) -> None:
    assert _passes(runner, text)


@pytest.mark.parametrize(
    "text",
    [
        "", "    return min(values)\n", "    import os; os._exit(0)\n", "    raise SystemExit(0)\n",
        "    return (\n", "no code at all", "    return None\n",
    ],
)  # fmt: skip
def test_a_wrong_completion_fails(runner: Sandbox, text: str) -> None:
    assert not _passes(runner, text)


def test_a_completion_ends_where_it_leaves_the_function() -> None:
    assert completion_of("    return 1\n\n\ndef next():\n    pass\n") == "    return 1\n\n\n"


def test_an_absent_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="--data"):
        read_tasks(tmp_path / "none.jsonl")


def test_a_file_of_another_kind_is_said(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(json.dumps({"question": "?"}))
    with pytest.raises(EvaluationError, match="is not HumanEval"):
        read_tasks(path)
