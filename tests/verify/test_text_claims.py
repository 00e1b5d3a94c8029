"""Every claim of a text is judged by itself, and never refuted against its words."""

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.client import CheckHost
from tutor_app.verify.inprocess import check_claims, check_line, check_steps

V, R, U = Status.VERIFIED, Status.REFUTED, Status.UNKNOWN


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("It holds 6 * 15 = 90 litres.\nThen 90 - 13 = 76.", [V, R]),
        ("8 + 9 = <<8+9=17>>17 apples", [V]),
        ("Now <<8+9=18>>18 apples", [R]),
        (r"We get \(3 \cdot 7 = 21\).", [V]),
        ("\\[\n9^2 = 81\n\\]", [V]),
        (r"So \(x = 5\).", [U]),
        ("It is not true that 3 + 3 = 7.", [U]),
        ("```\n3 + 3 = 7\n```", []),
        ("Nothing is claimed here.", []),
        ("", []),
    ],
)
def test_the_claims_of_a_text(text: str, claims: list[Status]) -> None:
    assert [claim.status for claim in check_claims(text)] == claims


def test_the_host_answers_for_claims_and_for_readings() -> None:
    host = CheckHost(limit_s=60)
    try:
        (claim,) = host.check_claims("That makes 11 * 11 = 121.").result(timeout=90)
        assert (claim.text, claim.status) == ("11 * 11 = 121", V)
        chain = host.check_steps("", ("5x + 1 = 11", "5x = 10")).result(timeout=90)
        assert [step.reading for step in chain.steps] == ["5*x + 1 = 11", "5*x = 10"]
    finally:
        host.close()


def test_a_text_that_overruns_is_undecided_claim_by_claim() -> None:
    host = CheckHost(limit_s=0.000001)
    try:
        claims = host.check_claims("So 4 + 4 = 8 and more. Thus 5 + 5 = 11.").result(timeout=90)
        assert [claim.status for claim in claims] == [U, U]
    finally:
        host.close()


def test_a_line_that_is_no_statement_has_no_reading() -> None:
    assert check_steps("", ("3x = 9", "divide it now")).steps[1].reading == ""


def test_a_cancelled_factor_is_an_assumption_of_the_line() -> None:
    block = r"\(\frac{x^2-16}{x-4} = x + 4\)"
    step = check_line(r"Simplify \frac{x^2-16}{x-4}", (), block, 3)
    assert step is not None
    assert (step.index, step.status, step.assumptions) == (3, V, ("x ≠ 4",))
    assert step.reading == "(x^2 - 16)/(x - 4) = x + 4"
    chain = check_steps("", ("(x^2 - 16)/(x - 4)", "= x + 4"))
    assert [one.assumptions for one in chain.steps] == [(), ("x ≠ 4",)]
