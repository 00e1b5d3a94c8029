"""Whether the reference solutions of HumanEval pass in the sandbox, and broken ones fail."""

import argparse
from contextlib import closing
from pathlib import Path

from model_tools.humaneval import read_tasks, self_test
from tutor_app.sandbox.client import Sandbox


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("data", type=Path, help="humaneval.jsonl")


def run(arguments: argparse.Namespace) -> int:
    """Run every solution and a broken copy of it; returns the exit status."""
    tasks = read_tasks(arguments.data)
    with closing(Sandbox()) as runner:
        failed, passed = self_test(runner, tasks)
    print(f"reference solutions: {len(tasks) - len(failed)} of {len(tasks)} pass {failed or ''}")
    print(f"broken solutions: {len(tasks) - len(passed)} of {len(tasks)} fail {passed or ''}")
    return 1 if failed or passed else 0
