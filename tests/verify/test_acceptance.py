"""The supplied acceptance cases, where they are present: no false verdict in any of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.verification.gate import Gate
from tests.verification.supplied_cases import answer_pairs, problems, step_chains

_CASES = Path(__file__).resolve().parents[3] / "shared" / "data" / "verify"


@pytest.mark.parametrize("measure", [answer_pairs, problems, step_chains])
def test_no_supplied_case_gets_a_false_verdict(measure: Callable[[Path], Gate]) -> None:
    path = _CASES / f"{measure.__name__}.jsonl"
    if not path.is_file():
        pytest.skip(f"the supplied cases are not here: {path.name} is missing")
    gate = measure(path)
    assert gate.total > 0
    assert gate.fatal == []
