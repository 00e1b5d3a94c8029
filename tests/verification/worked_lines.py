"""The gate: no line of a worked solution that the curriculum writes gets a cross."""

import random
import time

from tests.verification.gate import Gate
from tutor_app.core.verdict import Status
from tutor_app.curriculum.catalogue import skills
from tutor_app.verify import inprocess


def worked_lines_gate(wanted: int, seed: int = 3) -> Gate:
    """Every line is right by construction: a refuted one is a false cross."""
    gate = Gate("lines of worked solutions", needed=0)
    rng = random.Random(seed)
    cells = [(skill, level) for skill in skills() for level in range(len(skill.levels))]
    number = 0
    while gate.total < wanted:
        skill, level = cells[number % len(cells)]
        number += 1
        drawn = skill.draw(rng, level)
        earlier: list[str] = []
        for index, line in enumerate(drawn.solution_text().split("\n")):
            start = time.perf_counter()
            verdict = inprocess.check_line(drawn.statement, tuple(earlier), line, index)
            gate.seconds.append(time.perf_counter() - start)
            earlier.append(line)
            gate.total += 1
            gate.passed += verdict is not None and verdict.status is Status.VERIFIED
            if verdict is not None and verdict.status is Status.REFUTED:
                gate.fatal.append(f"{drawn.statement}  |  {line}  ->  {verdict.reason}")
    return gate
