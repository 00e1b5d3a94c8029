"""The gates over the supplied cases, which lie outside the repository."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

from tests.verification.gate import Gate
from tutor_app.core.verdict import Status
from tutor_app.verify import inprocess
from tutor_app.verify.prose import annotations


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
    """No wrong pointer; at least 86 % exact, a right chain with every line decided."""
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
        if chain.first_wrong == expected and (expected is not None or chain.complete):
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


def supplied_gates(data: Path, *, is_quick: bool) -> Iterator[Gate]:
    """Every gate whose data are there; the quick version leaves the annotations out."""
    sources = [
        (answer_pairs, data / "verify" / "answer_pairs.jsonl"),
        (problems, data / "verify" / "problems.jsonl"),
        (step_chains, data / "verify" / "step_chains.jsonl"),
    ]
    if not is_quick:
        annotated = data / "word_problems" / "gsm8k_test.jsonl"
        sources.append((calculator_annotations, annotated))
    for measure, path in sources:
        if path.is_file():
            yield measure(path)
