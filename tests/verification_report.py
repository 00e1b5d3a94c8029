"""Prints the verifier's gates over the supplied cases, with every miss.

Run from the repository root: `python -m tests.verification_report [--data DIR] [--all]`. The
folder holds `verify/*.jsonl` and, if it is there, `word_problems/gsm8k_test.jsonl`.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tutor_app.core.verdict import Status
from tutor_app.verify import inprocess
from tutor_app.verify.prose import annotations

_DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass(slots=True)
class Gate:
    """One gate: how many of how many passed, and what stands in the way.

    `fatal` are false verdicts, `misses` are honest unknowns.
    """

    name: str
    needed: int
    passed: int = 0
    total: int = 0
    fatal: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the gate lets the release through."""
        return not self.fatal and self.passed >= self.needed

    def text(self) -> str:
        """The gate as lines for the terminal."""
        slow = max(self.seconds, default=0.0)
        sign = "pass" if self.is_open else "FAIL"
        head = (
            f"[{sign}] {self.name}: {self.passed} of {self.total} (needed {self.needed}), "
            f"{len(self.fatal)} false; slowest {slow:.2f} s"
        )
        lines = [f"    FALSE  {case}" for case in self.fatal]
        lines += [f"    miss   {case}" for case in self.misses]
        return "\n".join([head, *lines])


def _records(path: Path) -> Iterator[dict[str, object]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def answer_pairs(path: Path) -> Gate:
    """0 false; at least 82 % of the equal pairs verified."""
    gate = Gate("answer pairs", needed=0)
    for record in _records(path):
        gold, answer = str(record["gold"]), str(record["answer"])
        start = time.perf_counter()
        status = inprocess.compare_answers(gold, answer, "").status
        gate.seconds.append(time.perf_counter() - start)
        case = f"{gold}  |  {answer}  ->  {status}"
        if record["expected"]:
            gate.total += 1
            gate.passed += status is Status.VERIFIED
        false = Status.REFUTED if record["expected"] else Status.VERIFIED
        wanted = Status.VERIFIED if record["expected"] else Status.REFUTED
        if status is false:
            gate.fatal.append(case)
        elif status is not wanted:
            gate.misses.append(case)
    gate.needed = -(-82 * gate.total // 100)
    return gate


def problems(path: Path) -> Gate:
    """No wrong answer verified, no right one refuted; at least 66 % verified."""
    gate = Gate("problems", needed=0)
    for record in _records(path):
        problem = str(record["problem"])
        gate.total += 1
        for key in ("answer", "wrong"):
            start = time.perf_counter()
            verdict = inprocess.check_answer(problem, str(record[key]))
            gate.seconds.append(time.perf_counter() - start)
            case = f"{problem}  |  {key}: {record[key]}  ->  {verdict.status}"
            if key == "answer":
                gate.passed += verdict.status is Status.VERIFIED
                if verdict.status is Status.REFUTED:
                    gate.fatal.append(case)
                elif verdict.status is Status.UNKNOWN:
                    gate.misses.append(case)
            elif verdict.status is Status.VERIFIED and verdict.form_status is not Status.REFUTED:
                gate.fatal.append(case)
    gate.needed = -(-66 * gate.total // 100)
    return gate


def step_chains(path: Path) -> Gate:
    """No wrong pointer; at least 86 % exact."""
    gate = Gate("step chains", needed=0)
    for record in _records(path):
        lines = record["lines"]
        assert isinstance(lines, list)
        start = time.perf_counter()
        chain = inprocess.check_steps("", tuple(map(str, lines)))
        gate.seconds.append(time.perf_counter() - start)
        gate.total += 1
        expected = record["first_wrong"]
        case = f"{lines}: wanted {expected}, got {chain.first_wrong}"
        if chain.first_wrong == expected:
            gate.passed += 1
        elif chain.first_wrong is not None:
            gate.fatal.append(case)
        else:
            gate.misses.append(case)
    gate.needed = -(-86 * gate.total // 100)
    return gate


def calculator_annotations(path: Path) -> Gate:
    """Every `<<a=b>>` of GSM8K is arithmetically right and must be verified."""
    gate = Gate("GSM8K annotations", needed=0)
    for record in _records(path):
        for annotation in annotations(str(record["answer"])):
            gate.total += 1
            start = time.perf_counter()
            verdict = inprocess.check_line("", (), f"<<{annotation}>>", 0)
            gate.seconds.append(time.perf_counter() - start)
            if verdict is not None and verdict.status is Status.VERIFIED:
                gate.passed += 1
            elif verdict is not None and verdict.status is Status.REFUTED:
                gate.fatal.append(annotation)
            else:
                gate.misses.append(annotation)
    gate.needed = gate.total
    return gate


def gates(data: Path) -> list[Gate]:
    """All gates whose data are there."""
    sources = (
        (answer_pairs, data / "verify" / "answer_pairs.jsonl"),
        (problems, data / "verify" / "problems.jsonl"),
        (step_chains, data / "verify" / "step_chains.jsonl"),
        (calculator_annotations, data / "word_problems" / "gsm8k_test.jsonl"),
    )
    return [measure(path) for measure, path in sources if path.is_file()]


def main() -> int:
    """Print the report; 0 if every gate is open."""
    parser = argparse.ArgumentParser(description="The verifier's gates over the supplied cases.")
    parser.add_argument("--data", type=Path, default=_DEFAULT)
    found = gates(parser.parse_args().data)
    if not found:
        sys.stdout.write("No cases found; give their folder with --data.\n")
        return 1
    for gate in found:
        sys.stdout.write(gate.text() + "\n")
    return 0 if all(gate.is_open for gate in found) else 1


if __name__ == "__main__":
    sys.exit(main())
