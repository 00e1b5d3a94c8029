"""Rules of the room that a machine can check: nothing evaluates text, methods fit statuses."""

import re
from pathlib import Path

import pytest

from tutor_app.core.verdict import METHODS_ALLOWED, Method, Relation, Status, StepVerdict, Verdict

_ROOM = Path(__file__).resolve().parents[2] / "tutor_app" / "verify"
_BANNED = re.compile(
    r"\bparse_expr\b|\bsympify\b|(?<![\w.])S\(|\bsympy\.S\(|\.subs\(|\blambdify\b|(?<![\w.])eval\("
    r"|(?<![\w.])exec\(|\bpickle\b|signal\.alarm|\bnsimplify\b|\bgmpy2\b"
)


def test_no_module_calls_what_executes_text() -> None:
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in sorted(_ROOM.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if _BANNED.search(line)
    ]
    assert found == []


def test_the_room_is_there_to_be_searched() -> None:
    assert len(list(_ROOM.rglob("*.py"))) > 20
    assert _BANNED.search("sympy.sympify(text)")


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("status", list(Status))
def test_a_verdict_takes_only_a_method_that_may_carry_its_status(
    status: Status, method: Method
) -> None:
    if method in METHODS_ALLOWED[status]:
        Verdict(status, method)
        StepVerdict(0, status, method, Relation.CLAIM, "")
        return
    with pytest.raises(ValueError, match="may not carry"):
        Verdict(status, method)
    with pytest.raises(ValueError, match="may not carry"):
        StepVerdict(0, status, method, Relation.CLAIM, "")


@pytest.mark.parametrize(
    "method", [Method.SAMPLING, Method.TIMEOUT, Method.UNPARSED, Method.AMBIGUOUS]
)
def test_sampling_and_failures_are_never_more_than_unknown(method: Method) -> None:
    assert method not in METHODS_ALLOWED[Status.VERIFIED]
    assert method not in METHODS_ALLOWED[Status.REFUTED]
