"""The first wrong line of a working is found, and a right line is never called wrong."""

import pytest

from tutor_app.core.verdict import Relation, Status
from tutor_app.verify.inprocess import check_steps


@pytest.mark.parametrize(
    ("lines", "first_wrong"),
    [
        (("3(x+2) - 5", "= 3x + 2 - 5", "= 3x - 3"), 1),
        (("(x-5)(x+5)", "= x^2 + 5x - 5x - 25", "= x^2 - 25"), None),
        ((r"\frac{1}{3} + \frac{1}{4}", r"= \frac{4}{12} + \frac{3}{12}", r"= \frac{7}{12}"), None),
        (("7x - 4 = 10", "7x = 14", "x = 2"), None),
        (("7x - 4 = 10", "7x = 6", "x = 6/7"), 1),
        (("x^2 - 7x + 12 = 0", "(x-3)(x-4) = 0", "x = 3 or x = 4"), None),
        (("x^2 = 5x", "x = 5"), 1),
        (("x^2 = 25", "x = 5"), 1),
        (("x^2 = 25", "x = ±5"), None),
        (("sqrt(x+2) = x", "x + 2 = x^2", "x^2 - x - 2 = 0", "x = 2 or x = -1"), 3),
        (("sqrt(x+2) = x", "x + 2 = x^2", "x^2 - x - 2 = 0", "x = 2"), None),
        (("3(x-1) = 3x + 4", "3x - 3 = 3x + 4", "-3 = 4", "false"), None),
        (("x + y = 9 and x - y = 1", "2x = 10 and x - y = 1", "x = 5 and y = 4"), None),
        (("x + y = 9 and x - y = 1", "2x = 8 and x - y = 1", "x = 4 and y = 3"), 1),
        (("x^2 < 16", "x > -4 and x < 4"), None),
        (("-2x < 6", "x < -3"), 1),
        ((r"\frac{d}{dx}(x^3)", "= 3x^2"), None),
        ((r"\frac{d}{dx}(x^3)", "= 3x^3"), 1),
        (("4 boxes of 15 hold 4 * 15 = 60.", "Adding 7 gives 60 + 7 = 66."), 1),
        (("v = d/t", "= 100 km / 2 h"), None),
    ],
)
def test_the_first_wrong_line_is_found(lines: tuple[str, ...], first_wrong: int | None) -> None:
    assert check_steps("", lines).first_wrong == first_wrong


def test_a_miscopied_problem_is_the_first_wrong_line() -> None:
    assert check_steps("Solve 3x+5=20", ("3x+5=26", "3x=21", "x=7")).first_wrong == 0


def test_lines_after_a_slip_are_credited_against_their_predecessor() -> None:
    chain = check_steps("", ("7x - 4 = 10", "7x = 6", "x = 6/7"))
    assert [step.status for step in chain.steps[1:]] == [Status.REFUTED, Status.VERIFIED]


def test_a_line_that_cannot_be_read_is_unknown_and_leaves_the_chain_incomplete() -> None:
    chain = check_steps("", ("3x = 15", "now divide by three", "x = 5"))
    assert chain.first_wrong is None
    assert chain.steps[1].status is Status.UNKNOWN
    assert not chain.complete


def test_two_lines_without_real_solutions_are_not_called_the_same() -> None:
    chain = check_steps("", ("x^2 + 4x + 5 = 0", "x^2 = -7"))
    assert chain.steps[1].status is Status.UNKNOWN


def test_no_lines_are_a_complete_chain() -> None:
    assert check_steps("Solve 3x=6", ()).steps == ()


@pytest.mark.parametrize(
    "lines",
    [
        ("5x - 2 = 18", "⇒ 5x = 20", "∴ x = 4"),
        ("5x - 2 = 18", "Hence 5x = 20", "Therefore x = 4."),
        ("5x - 2 = 18", "Add 2 to both sides: 5x = 20"),
        ("x + y = 13, x - y = 5", "2x = 18", "x = 9", "y = 4"),
        ("3x + y = 11 and y = x + 3", "3x + x + 3 = 11", "4x = 8", "x = 2", "y = 5"),
        ("x + y = 7 and xy = 12", "x = 3 or x = 4", "x = 3, y = 4", "x = 4, y = 3"),
        ("x + y + z = 9 and x - y = 0", "x = y", "2x + z = 9"),
        ("7x = 10", "x = 1.43"),
        ("x^2 = 7", "x = 2.65 or x = -2.65"),
    ],
)
def test_right_working_in_words_or_single_equations_is_never_called_wrong(
    lines: tuple[str, ...],
) -> None:
    assert check_steps("", lines).first_wrong is None


@pytest.mark.parametrize(
    ("lines", "first_wrong"),
    [
        (("x + y = 13, x - y = 5", "2x = 18", "x = 9", "y = 5"), 3),
        (("x + y = 13, x - y = 5", "2x = 8", "x = 4"), 1),
        (("x + y = 13 and x - y = 5", "2x = 18", "x = 6"), 2),
        (("7x = 10", "x = 1.7"), 1),
        (("x^2 = 7", "x = 2.65"), 1),
    ],
)
def test_a_wrong_single_equation_or_decimal_is_found(
    lines: tuple[str, ...], first_wrong: int
) -> None:
    assert check_steps("", lines).first_wrong == first_wrong


@pytest.mark.parametrize(
    ("lines", "statuses"),
    [
        ((r"\int 2x dx", "= x^2"), "??"),
        ((r"\int 2x dx", "= x^2 + C"), "?v"),
        ((r"\int 2x dx", "= x^2 + C", "= x^2"), "?v?"),
        ((r"\int 2x dx", "= x^3 + C"), "?r"),
        ((r"\int (3x^2+1) dx", r"= \int 3x^2 dx + \int 1 dx", "= x^3 + x + C"), "?vv"),
        ((r"\int (3x^2+1) dx", r"= \int 3x^2 dx + \int 1 dx", "= x^3 + x"), "?v?"),
    ],
)
def test_an_antiderivative_in_a_chain_needs_its_constant(
    lines: tuple[str, ...], statuses: str
) -> None:
    signs = {Status.VERIFIED: "v", Status.REFUTED: "r", Status.UNKNOWN: "?"}
    found = check_steps("", lines)
    assert "".join(signs[step.status] for step in found.steps) == statuses


@pytest.mark.parametrize(
    "line", ["x^2 = 2x + 99", "2x + 3 > 7", "x + y = 3 and x - y = 1", "(x+1)^2", "m = 4 kg"]
)
def test_a_line_with_nothing_to_check_it_against_is_given_not_ticked(line: str) -> None:
    found = check_steps("", (line,))
    (step,) = found.steps
    assert (step.status, step.relation) == (Status.UNKNOWN, Relation.GIVEN)
    assert found.complete
