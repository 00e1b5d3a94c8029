"""How many unseen in-range problems end `verified`, end to end: model host, check host, attempts.

    python -m benchmarks.solve_rate [--problems 200] [--attempts 4] [--model FILE]

Prints the share per skill and every wrong answer that was called verified (there must be none).
"""

import argparse
import random
import sys
import time
from collections import Counter
from contextlib import closing
from fractions import Fraction
from pathlib import Path

from tutor_app.core.assets import built_in_model
from tutor_app.core.events import Solved
from tutor_app.core.solution import Solution
from tutor_app.core.verdict import Status
from tutor_app.curriculum.catalogue import skills
from tutor_app.curriculum.skill import Skill, WorkedProblem
from tutor_app.inference.client import ModelHost
from tutor_app.tutor.cancellation import Cancellation
from tutor_app.tutor.solve import SolveOptions, Solver
from tutor_app.verify.client import CheckHost
from tutor_app.verify.inprocess import compare_answers


def held_out(rng: random.Random, skill: Skill, level: int) -> WorkedProblem:
    while True:
        problem = skill.draw(rng, level)
        if problem.is_held_out:
            return problem


def is_right(solution: Solution, problem: WorkedProblem) -> bool:
    """Equal in value, not in spelling: 22/1 is 22."""
    if solution.answer.replace(" ", "") == problem.answer.replace(" ", ""):
        return True
    same = compare_answers(problem.answer, solution.answer, problem.statement)
    return same.status is Status.VERIFIED


def solve(solver: Solver, problem: WorkedProblem) -> Solution:
    *_, last = solver.solve(problem.statement, Cancellation(solver.model))
    assert isinstance(last, Solved)
    return last.solution


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=200)
    parser.add_argument("--attempts", type=int, default=4)
    parser.add_argument("--seed", type=int, default=123)
    parser.add_argument("--model", type=Path, default=built_in_model())
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)  # noqa: S311 - a reproducible sample, not a secret
    cells = [(skill, level) for skill in skills() for level in range(len(skill.levels))]
    asked: Counter[str] = Counter()
    verified: Counter[str] = Counter()
    first_try = false_ticks = false_crosses = 0
    started = time.monotonic()
    with closing(ModelHost(arguments.model)) as model, closing(CheckHost()) as checker:
        options = SolveOptions(attempts=arguments.attempts, seed=arguments.seed)
        solver = Solver(model, checker, options)
        for number in range(arguments.problems):
            skill, level = cells[number % len(cells)]
            problem = held_out(rng, skill, level)
            solution = solve(solver, problem)
            status = solution.verdict.status
            asked[skill.name] += 1
            verified[skill.name] += status is Status.VERIFIED
            first_try += status is Status.VERIFIED and len(solution.attempts) == 1
            if status is Status.VERIFIED and not is_right(solution, problem):
                false_ticks += 1
                print(f"FALSE TICK {problem.statement!r}: {solution.answer!r}")
            if status is Status.REFUTED and is_right(solution, problem):
                false_crosses += 1
                print(f"FALSE CROSS {problem.statement!r}: {solution.answer!r}")
    for name in asked:
        share = Fraction(verified[name], asked[name])
        print(f"{name:22} {verified[name]:4}/{asked[name]:<4} {float(share):.0%}")
    total = sum(asked.values())
    seconds = time.monotonic() - started
    print(f"verified {sum(verified.values())}/{total}, {first_try} of them at the first attempt")
    print(f"false ticks {false_ticks}, false crosses {false_crosses}")
    print(f"{seconds / total:.2f} s a problem")
    return 1 if false_ticks else 0


if __name__ == "__main__":
    sys.exit(main())
