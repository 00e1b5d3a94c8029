import itertools

import pytest

from tutor_app.core.verdict import METHODS_ALLOWED, Method, Relation, Status, StepVerdict, Verdict

PAIRS = list(itertools.product(Status, Method))


@pytest.mark.parametrize(("status", "method"), PAIRS)
def test_a_method_carries_only_the_statuses_it_may(status: Status, method: Method) -> None:
    if method in METHODS_ALLOWED[status]:
        assert Verdict(status, method).status is status
    else:
        with pytest.raises(ValueError, match="may not carry"):
            Verdict(status, method)
        with pytest.raises(ValueError, match="may not carry"):
            StepVerdict(0, status, method, Relation.CLAIM, "")


@pytest.mark.parametrize(
    "method", [Method.SAMPLING, Method.TIMEOUT, Method.UNPARSED, Method.AMBIGUOUS]
)
def test_what_is_not_decided_is_never_verified_or_refuted(method: Method) -> None:
    assert method not in METHODS_ALLOWED[Status.VERIFIED]
    assert method not in METHODS_ALLOWED[Status.REFUTED]


def test_every_method_serves_some_status() -> None:
    assert set().union(*METHODS_ALLOWED.values()) == set(Method)
