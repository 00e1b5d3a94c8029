"""Measure the accuracy of a GGUF file on problems that training never saw."""

import argparse
import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from model_tools.evaluation import evaluate
from model_tools.humaneval import evaluate_humaneval, read_tasks
from tutor_app.sandbox.client import Sandbox


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("model", type=Path)
    parser.add_argument("--task", choices=("curriculum", "humaneval"), default="curriculum")
    parser.add_argument("--data", type=Path, metavar="FILE", help="humaneval.jsonl")
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="problems (a level)")
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Evaluate and print one line a level; returns the exit status."""
    if arguments.task == "humaneval":
        return _humaneval(arguments)
    scores = evaluate(arguments.model, per_cell=arguments.limit)
    if arguments.json:
        for score in scores:
            print(json.dumps(asdict(score)))
        return 0
    for score in scores:
        print(
            f"{score.skill:22} {score.level:32} right {score.right}/{score.problems}  "
            f"verified {score.verified}/{score.problems}"
        )
    total = sum(score.problems for score in scores)
    print(f"right {sum(score.right for score in scores)}/{total}")
    print(f"falsely verified {sum(score.falsely_verified for score in scores)}")
    print(f"falsely refuted {sum(score.falsely_refuted for score in scores)}")
    return 0


def _humaneval(arguments: argparse.Namespace) -> int:
    tasks = read_tasks(arguments.data or Path("humaneval.jsonl"))[: arguments.limit]
    with closing(Sandbox()) as runner:
        scores = evaluate_humaneval(arguments.model, tasks, runner)
    if arguments.json:
        for score in scores:
            print(json.dumps(asdict(score)))
        return 0
    passed = sum(score.has_passed for score in scores)
    print(f"humaneval: passed {passed} of {len(scores)}, one greedy completion each")
    return 0
