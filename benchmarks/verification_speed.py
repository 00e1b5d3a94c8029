"""How long a verdict takes, from the question to the reply of the check host, by kind of check.

    python -m benchmarks.verification_speed [--per-kind 60] [--seed 1] [--math-verify PYTHON]

Pairs of a reference and an answer are also given to Math-Verify, in the same run, if it can be
imported here or by the interpreter named with --math-verify.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

from tests.verification.algebra_problems import ALGEBRA
from tests.verification.calculus_problems import CALCULUS
from tests.verification.mutation import mutants
from tests.verification.right_answers import RightAnswer, Source, drawn_answers
from tests.verification.values import text_of
from tests.verification.word_problems import WORDS
from tutor_app.curriculum.catalogue import skills
from tutor_app.verify.client import CheckHost

Ask = Callable[[], "Future[object]"]

# Reads JSON lines [reference, answer] and writes the seconds of each; runs without this project.
_OTHER = """
import json, sys, time
from math_verify import parse, verify
for line in sys.stdin:
    gold, answer = json.loads(line)
    start = time.perf_counter()
    same = verify(parse(f"${gold}$"), parse(f"${answer}$"))
    print(json.dumps([time.perf_counter() - start, bool(same)]))
"""


def figures(name: str, seconds: Sequence[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    shown = "  ".join(f"{1000 * cuts[place - 1]:8.1f}" for place in (50, 95, 99))
    return f"{name:34} {len(seconds):5}  {shown}  {1000 * max(seconds):8.1f}"


def measure(questions: Sequence[Ask]) -> list[float]:
    seconds = []
    for ask in questions:
        start = time.perf_counter()
        ask().result(timeout=60)
        seconds.append(time.perf_counter() - start)
    return seconds


def spellings(right: RightAnswer, rng: random.Random) -> tuple[str, str]:
    """A right answer and a wrong one, as text."""
    wrong = [mutant for _, mutant in mutants(right.value)]
    texts = (text_of(value, right.letter, rng) for value in (right.value, rng.choice(wrong)))
    right_text, wrong_text = texts
    return right_text, wrong_text


def answers_by_topic(host: CheckHost, count: int, rng: random.Random) -> dict[str, list[Ask]]:
    kinds: dict[str, list[Ask]] = {}
    groups: tuple[tuple[str, tuple[Source, ...]], ...] = (
        ("answers: algebra", ALGEBRA), ("answers: calculus", CALCULUS), ("answers: words", WORDS),
    )  # fmt: skip
    for name, sources in groups:
        drawn = drawn_answers(rng, sources)
        kinds[name] = [
            lambda problem=right.problem, text=text: host.check_answer(problem, text)
            for right in (next(drawn) for _ in range(count))
            for text in spellings(right, rng)
        ]
    return kinds


def working(host: CheckHost, count: int, rng: random.Random) -> dict[str, list[Ask]]:
    lines: list[Ask] = []
    chains: list[Ask] = []
    for number in range(count):
        skill = skills()[number % len(skills())]
        drawn = skill.draw(rng, number % len(skill.levels))
        text = [line.text() for line in drawn.lines]
        maths = tuple(line.maths for line in drawn.lines if line.maths)
        lines.append(
            lambda problem=drawn.statement, earlier=tuple(text[:-1]), line=text[-1]: (
                host.check_line(problem, earlier, line, 0)
            )
        )
        chains.append(lambda problem=drawn.statement, rows=maths: host.check_steps(problem, rows))
    return {"lines of a solution": lines, "whole solutions": chains}


def pairs_of_answers(count: int, rng: random.Random) -> list[tuple[str, str]]:
    drawn = drawn_answers(rng, (*ALGEBRA, *CALCULUS, *WORDS))
    pairs = []
    for _ in range(count):
        right = next(drawn)
        gold = text_of(right.value, right.letter, rng)
        pairs += [(gold, text) for text in spellings(right, rng)]
    return pairs


def math_verify(pairs: Sequence[tuple[str, str]], python: str) -> list[float] | None:
    text = "".join(json.dumps(pair) + "\n" for pair in pairs)
    done = subprocess.run(
        [python, "-c", _OTHER], input=text, capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode:
        return None
    return [json.loads(line)[0] for line in done.stdout.splitlines()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-kind", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--math-verify", default=sys.executable, help="an interpreter that has it")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)  # noqa: S311 - a reproducible sample, not a secret
    pairs = pairs_of_answers(2 * arguments.per_kind, rng)
    print(f"{'milliseconds':34} {'count':>5}  {'p50':>8}  {'p95':>8}  {'p99':>8}  {'most':>8}")
    with closing(CheckHost(limit_s=10.0)) as host:
        host.read_problem("2+2").result(timeout=60)
        trips = [lambda k=k: host.read_problem(f"{k}+1") for k in range(5 * arguments.per_kind)]
        print(figures("round trip, a sum is read", measure(trips)))
        kinds = {
            **answers_by_topic(host, arguments.per_kind, rng),
            **working(host, 2 * arguments.per_kind, rng),
            "pairs of answers": [
                lambda gold=gold, text=text: host.compare_answers(gold, text, "")
                for gold, text in pairs
            ],
        }
        for name, questions in kinds.items():
            print(figures(name, measure(questions)))
    others = math_verify(pairs, arguments.math_verify)
    if others is None:
        name = Path(arguments.math_verify).name
        print(f"Math-Verify cannot be imported by {name}; name another with --math-verify.")
    else:
        print(figures("the same pairs, Math-Verify", others))
    return 0


if __name__ == "__main__":
    sys.exit(main())
