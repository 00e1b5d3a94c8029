"""Solutions taken up case by case on several lines: right together, never a single one alone."""

import pytest

from tests.verify.test_follow_through import signs
from tutor_app.core.verdict import Relation, Status
from tutor_app.verify.case_splits import CaseLine, Cases, Place
from tutor_app.verify.inprocess import check_steps

SETS: Cases[frozenset[int]] = Cases(frozenset.issuperset, frozenset.union)


def lines_of(
    *sets: set[int], listed: frozenset[int] = frozenset()
) -> dict[int, CaseLine[frozenset[int]]]:
    return dict(SETS.lines([frozenset(one) for one in sets], listed))


def test_cases_that_leave_nothing_out_are_whole() -> None:
    found = lines_of({1, 2}, {1}, {2})
    assert {k: (line.place, line.source, line.is_whole) for k, line in found.items()} == {
        1: (Place.OPENS, 0, True), 2: (Place.OPENS, 0, True),
    }  # fmt: skip


def test_the_last_of_incomplete_cases_ends_them() -> None:
    found = lines_of({1, 2, 3}, {1}, {2})
    assert [line.place for line in found.values()] == [Place.OPENS, Place.ENDS]
    assert found[2].stated == {1, 2}


def test_a_case_may_be_taken_up_again_and_split_itself() -> None:
    found = lines_of({1, 2, 3}, {1, 2}, {1}, {2}, {3}, {1, 2})
    assert [line.place for line in found.values()] == [*[Place.OPENS] * 4, Place.RETURNS]
    assert [line.source for line in found.values()] == [0, 1, 1, 0, 1]


def test_a_part_of_what_was_said_is_no_new_case() -> None:
    assert 4 not in lines_of({1, 2, 3}, {1}, {2}, {3}, {1, 2})


def test_a_listed_value_that_is_none_of_the_solutions_strays() -> None:
    found = lines_of({1, 2}, {1}, {4}, listed=frozenset({1, 2}))
    assert [line.place for line in found.values()] == [Place.OPENS, Place.STRAYS]


def test_only_a_list_of_all_values_makes_cases_whole() -> None:
    assert lines_of({1, 2}, {1}, {1, 2}, listed=frozenset({1, 2}))[1].is_whole
    assert not lines_of({1, 2}, {1}, {1, 2})[1].is_whole


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("x^2 = 81", "x = 9", "x = -9"), "gvv"),
        (("x^2 = 81", "x = 9"), "gx"),
        (("x^2 = 81", "x = 9", "x = -8"), "g?x"),
        (("x^2 = 81", "x = 9", "x^2 = 81"), "gxv"),
        (("x^2 = 81", "x = 9", "x = 9 or x = -9"), "gvv"),
        (("x^3 = 16x", "x = 4", "x = -4"), "g?x"),
        (("x^3 = 16x", "x = 4", "x = -4", "x = 0"), "gvvv"),
        (("(x - 1)(x - 4) = 0", "x - 1 = 0", "x = 1", "x - 4 = 0", "x = 4"), "gvvvv"),
        (("(x - 1)(x - 4) = 0", "x - 1 = 0", "x - 4 = 0", "x = 1", "x = 4"), "gvvvv"),
        (("(x - 1)(x - 4) = 0", "x - 1 = 0", "x - 4 = 0", "x = 1", "x = -4"), "gvvvx"),
        (("(x - 1)(x - 4)(x - 6) = 0", "x = 1", "x = 4", "x = 6", "x = 1 or x = 4"), "gvvvx"),
        (("x^2 + x - 6 = 0", "x_1 = 2", "x_2 = -3"), "gvv"),
        (("x^2 + x - 6 = 0", "x_1 = 2", "x_2 = 3"), "g?x"),
        (("x^2 = 5", "x = 2.24", "x = -2.24"), "g??"),
        (("x^2 = 5", "x = 2.24"), "gx"),
        (("|x - 6| = 2", "x - 6 = 2", "x = 8", "x - 6 = -2", "x = 4"), "gvvvv"),
        (("sqrt(x + 6) = x", "x + 6 = x^2", "(x - 3)(x + 2) = 0", "x = 3", "x = -2"), "gvvvx"),
        (("2cos(x)sin(x) = cos(x)", "cos(x) = 0", "sin(x) = 1/2"), "gvv"),
        (("2cos(x)sin(x) = cos(x)", "sin(x) = 1/2"), "gx"),
        (("2cos(x)sin(x) = cos(x)", "cos(x) = 3", "cos(x) = 0", "sin(x) = 1/2"), "gxvv"),
        (("x^2 > 25", "x > 5", "x < -5"), "gvv"),
        (("x^2 > 25", "x > 5", "x < 5"), "gxx"),
        (("x^2 > 25", "x > 5"), "gx"),
        (("|x - 1| < 4", "x - 1 < 4", "x - 1 > -4", "x < 5", "x > -3", "-3 < x < 5"), "gvvvvv"),
        (("|x - 1| < 4", "x - 1 < 4", "x < 5", "x - 1 > -4", "x > -5", "-5 < x < 5"), "gvvvxx"),
        (("|x - 1| < 4", "x - 1 < 4", "x < 5"), "gxf"),
    ],
)  # fmt: skip
def test_cases_are_right_together_and_wrong_where_one_is_missing(
    lines: tuple[str, ...], expected: str
) -> None:
    assert signs(check_steps("", lines)) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [(("x = 3", "x = -3"), "vv"), (("x = 3",), "x"), (("x = 3.0", "x = -3.0"), "vv")],
)
def test_a_list_may_follow_the_problem_at_once(lines: tuple[str, ...], expected: str) -> None:
    assert signs(check_steps("Solve x^2 = 9", lines)) == expected


def test_rounded_cases_get_no_tick_beside_the_problem() -> None:
    chain = check_steps("Solve x^2 = 5", ("x = 2.24", "x = -2.24"))
    assert [step.status for step in chain.steps] == [Status.UNKNOWN] * 2


def test_a_solution_in_none_of_the_cases_is_named() -> None:
    chain = check_steps("", ("x^3 = 16x", "x = 4", "x = -4"))
    assert chain.steps[2].relation is Relation.LOSES
    assert chain.steps[2].reason.startswith("x = 0 is in none of the cases")


def test_a_value_that_strays_is_put_into_the_line_that_was_split() -> None:
    chain = check_steps("", ("x^2 - 5x + 6 = 0", "x = 2", "x = 4"))
    assert chain.steps[2].reason == "x = 4: left 2, right 0"
