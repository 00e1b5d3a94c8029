"""The supplied acceptance cases, where they are present: no false verdict in any of them."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_CASES = _ROOT.parent / "shared" / "data" / "verify"


def _report() -> ModuleType:
    """The report module, which is not a package member when pytest imports by path."""
    name = "verification_report_under_test"
    spec = importlib.util.spec_from_file_location(name, _ROOT / "tests" / "verification_report.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["answer_pairs", "problems", "step_chains"])
def test_no_supplied_case_gets_a_false_verdict(name: str) -> None:
    path = _CASES / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip(f"the supplied cases are not here: {path.name} is missing")
    gate = getattr(_report(), name)(path)
    assert gate.total > 0
    assert gate.fatal == []
