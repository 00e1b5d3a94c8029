"""What comes of a wrong line is right as a step only, and says so."""

import pytest

from tutor_app.core.verdict import ChainVerdict, Relation, Status
from tutor_app.verify.inprocess import check_steps


def signs(chain: ChainVerdict) -> str:
    """✓ as v, ✗ as x, ? as ?, a tick that follows through as f, where it starts as g."""
    return "".join(
        "g" if step.relation is Relation.GIVEN
        else "f" if step.follows_through
        else {Status.VERIFIED: "v", Status.REFUTED: "x", Status.UNKNOWN: "?"}[step.status]
        for step in chain.steps
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("5x - 3 = 17", "5x = 20", "x = 4"), "gvv"),
        (("5x - 3 = 17", "5x = 14", "x = 14/5"), "gxf"),
        (("5x - 3 = 17", "5x = 14", "10x = 28", "x = 14/5"), "gxff"),
        (("5x - 3 = 17", "5x = 14", "x = 14", "2x = 28"), "gxxf"),
        (("5x - 3 = 17", "5x = 14", "some words", "x = 14/5"), "gx?f"),
        (("3(x + 2) - 4", "= 3x + 2 - 4", "= 3x - 2"), "gxf"),
        (("2x < 10", "x < 8", "3x < 24"), "gxf"),
        (("x + y = 9 and x - y = 1", "2x = 8", "x = 4"), "gxf"),
        (("v = u + at", "v + u = at", "t = (v + u)/a"), "gxf"),
        (("f(x) = x^3 + x", "f'(x) = 3x^2", "f'(2) = 12"), "gxf"),
        (("-2x = 6", "x = 3", "-2(-3) = 6"), "gxv"),
    ],
)
def test_a_step_after_a_wrong_line_follows_through(lines: tuple[str, ...], expected: str) -> None:
    assert signs(check_steps("", lines)) == expected


def test_a_line_that_follows_through_says_of_which_line() -> None:
    chain = check_steps("", ("5x - 3 = 17", "5x = 14", "10x = 28", "x = 14/5"))
    reasons = [step.reason for step in chain.steps]
    assert reasons[2].startswith("follows from the line above, which is wrong: ")
    assert reasons[3].startswith("follows from the line above, which came of a wrong one: ")


def test_a_case_that_comes_of_a_right_line_keeps_its_tick_beside_a_wrong_case() -> None:
    lines = ("(2x - 5)(x - 3) = 0", "2x - 5 = 0", "2x = -5", "x = -2.5", "x - 3 = 0", "x = 3")
    assert signs(check_steps("", lines)) == "gvxfvv"


def test_a_list_that_takes_up_the_result_of_a_wrong_line_gets_no_plain_tick() -> None:
    lines = ("(2x - 5)(x - 3) = 0", "2x - 5 = 0", "x = -2.5", "x - 3 = 0", "x = 3",
             "x = 3 or x = -2.5")  # fmt: skip
    assert signs(check_steps("", lines)) == "gvxvvf"


def test_a_chain_with_a_wrong_line_is_complete_if_every_line_was_decided() -> None:
    chain = check_steps("", ("5x - 3 = 17", "5x = 14", "x = 14/5"))
    assert (chain.first_wrong, chain.complete) == (1, True)


@pytest.mark.parametrize(
    ("before", "wrong", "number"),
    [
        ("4x + 1 = 13", "4x = 14", {"x": "3", "left": "12", "right": "14"}),
        ("(x + 5)^2", "= x^2 + 25", {}),
        ("x + y = 7 and x - y = 1", "2x = 10", {"x": "4", "y": "3"}),
    ],
)
def test_a_wrong_line_comes_with_numbers_that_show_it(
    before: str, wrong: str, number: dict[str, str]
) -> None:
    _, step = check_steps("", (before, wrong)).steps
    assert step.status is Status.REFUTED
    assert step.evidence[0].data
    assert number.items() <= step.evidence[0].data.items()


@pytest.mark.parametrize(
    "lines", [("7x = 63", "x = 4"), ("7x = 63", "x = 17"), ("x^2 + 3x", "= 11x^3 - 5")]
)
def test_a_wrong_line_that_no_slip_explains_has_no_guess(lines: tuple[str, ...]) -> None:
    _, step = check_steps("", lines).steps
    assert (step.status, step.slip) == (Status.REFUTED, None)
