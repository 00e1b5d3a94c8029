"""Workings of formulas, functions, systems and words, line by line."""

import pytest

from tests.verify.test_follow_through import signs
from tutor_app.core.verdict import Relation, Status
from tutor_app.verify.build import symbol
from tutor_app.verify.common_points import points_of, residue
from tutor_app.verify.equation_lines import EquationLines
from tutor_app.verify.inprocess import check_steps
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.opening import read_opening
from tutor_app.verify.recognition import is_recognised, is_sudden_gain
from tutor_app.verify.slips.slip import Sides
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import Chain
from tutor_app.verify.witness import Witness
from tutor_app.verify.working_text import read_line


def sides(text: str) -> Sides:
    statement = parse_statement(text)
    assert isinstance(statement, Chain)
    left, right = statement.operands
    assert left is not None
    assert right is not None
    return Sides(left, right)


# -- formulas -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("v = u + at", "v - u = at", "t = (v - u)/a"), "gvv"),
        (("v = u + at", "v - u = at", "t = v - u/a"), "gvx"),
        (("s = (u + v)t/2", "2s = (u + v)t", "t = 2s/(u + v)"), "gvv"),
        (("s = (u + v)t/2", "2s = u + vt"), "gx"),
        (("1/f = 1/a + 1/b", "f = a + b"), "gx"),
        (("ax = bx + c", "x(a - b) = c", "x = c/(a - b)"), "gvv"),
        (("ax = bx", "a = b"), "g?"),
        (("y = x + 1", "y = 2x - 3"), "g?"),
        (("V = pi r^2 h", "h = V/(pi r^2)"), "gv"),
        (("V = pi r^2 h", "h = V - pi r^2"), "gx"),
    ],
)  # fmt: skip
def test_a_formula_is_made_over(lines: tuple[str, ...], expected: str) -> None:
    assert signs(check_steps("", lines)) == expected


# -- functions ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("f(x) = x^4 - 3x", "f'(x) = 4x^3 - 3", "f''(x) = 12x^2", "f'(1) = 1"), "gvvv"),
        (("f(x) = x^4 - 3x", "f'(x) = 4x^3 - 3x"), "gx"),
        (("f(x) = x^4 - 3x", "f'(x) = 4x^3 - 3", "f'(2) = 32 - 3", "f'(2) = 28"), "gvvx"),
        (("f(x) = x^4 - 3x", "f'(x) = 0"), "g?"),
        (("f(x) = x^2 - 6x", "f'(x) = 2x - 6 = 0"), "g?"),
        (("f(x) = x^2 + 1", "f(3) = 10"), "gv"),
        (("f(x) = x^2 + 1", "f(3) = 7"), "gx"),
        (("y = 7x^3", "dy/dx = 21x^2"), "gv"),
        (("y = 7x^3", "dy/dx = 21x^3"), "gx"),
        (("f(x) = 1/x", "f(0) = 5"), "g?"),
        (("f(x) = x/3", "f(1) = 0.33"), "g?"),
    ],
)  # fmt: skip
def test_what_is_stated_of_a_function(lines: tuple[str, ...], expected: str) -> None:
    assert signs(check_steps("", lines)) == expected


# -- systems ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("x + y = 8 and xy = 15", "y = 8 - x", "x(8 - x) = 15", "x^2 - 8x + 15 = 0"), "gvvv"),
        (("x + y = 8 and xy = 15", "y = 8 - x", "x(8 - x) = 15", "x^2 - 8x - 15 = 0"), "gvvx"),
        (("y = x^2 and y = x + 12", "x^2 = x + 12", "x = 4 or x = -3"), "gvv"),
        (("y = x^2 and y = x + 12", "x^2 = x + 12", "x = -4 or x = 3"), "gvx"),
        (("2x + y = 11 and x - y = 1", "3x = 12", "x = 4", "y = 3"), "gvvv"),
        (("2x + y = 11 and x - y = 1", "3x = 10"), "gx"),
        (("x + y = 2 and x + y = 5", "no solution"), "gv"),
        (("x + y = 2 and x - y = 5", "no solution"), "gx"),
        (("x + y = 0 and x = 0", "y/x = -1"), "g?"),
    ],
)  # fmt: skip
def test_a_system_is_solved(lines: tuple[str, ...], expected: str) -> None:
    assert signs(check_steps("", lines)) == expected


def test_common_points_of_polynomials_are_exact_and_complete() -> None:
    letters = (symbol("x"), symbol("y"))
    found = points_of((sides("x + y = 5"), sides("x y = 6")), letters)
    assert found is not None
    assert found.is_complete
    assert {tuple(map(str, point.values())) for point in found.found} == {("3", "2"), ("2", "3")}


def test_a_point_outside_the_domain_is_no_common_point() -> None:
    found = points_of((sides("x/y = 1"), sides("x + y = 0")), (symbol("x"), symbol("y")))
    assert found is not None
    assert (found.found, found.is_complete) == ((), True)


def test_a_line_of_points_is_sampled_and_said_to_be_incomplete() -> None:
    found = points_of((sides("x + y = 5"),), (symbol("x"), symbol("y")))
    assert found is not None
    assert not found.is_complete
    assert len(found.found) == 3


def test_an_equation_that_is_no_polynomial_has_no_residue() -> None:
    with pytest.raises(Unreadable):
        residue(sides("sin(x) = y"))


# -- one unknown --------------------------------------------------------------------------


def witness_for(first: str) -> Witness:
    return Witness(EquationLines("x", parse_statement(first), None), "x")


def test_a_witness_recognises_one_equation_in_two_forms() -> None:
    found = witness_for("sin(x) = x").same_equation(
        parse_statement("sin(x) = x"), parse_statement("2sin(x) - 2x = 0")
    )
    assert found is not None
    assert (found.status, found.relation) == (Status.VERIFIED, Relation.EQUIVALENT)


@pytest.mark.parametrize(
    ("before", "line", "lost"),
    [("x sin(x) = x", "sin(x) = 1", "0"), ("x sin(x) = x", "x(sin(x) - 1) = 0", "None")],
)
def test_a_witness_finds_a_special_number_that_is_lost(before: str, line: str, lost: str) -> None:
    first = parse_statement(before)
    found = witness_for(before).lost_point(first, first, parse_statement(line))
    assert str(found) == lost


def test_a_lost_number_that_a_later_case_has_is_not_lost() -> None:
    lines = ("x e^x + x sin(x) = 0", "e^x + sin(x) = 0", "x = 0")
    assert "x" not in signs(check_steps("", lines))
    assert signs(check_steps("", lines[:2])) == "gx"


def test_a_value_that_solves_nothing_is_a_false_value() -> None:
    first = parse_statement("sin(x) = x")
    assert str(witness_for("sin(x) = x").false_value(first, parse_statement("x = 3"))) == "3"
    assert witness_for("sin(x) = x").false_value(first, parse_statement("x = 0")) is None


@pytest.mark.parametrize(
    ("before", "line", "is_known"),
    [
        ("x + 3 = 7", "2x + 6 = 14", True),
        ("x = 5", "x^2 = 25", True),
        ("x^2 - 4 = 0", "x^4 - 16 = 0", True),
        ("x^3 - 8 = 0", "x^5 - 32 = 0", False),
    ],
)
def test_an_operation_one_teaches_is_recognised(before: str, line: str, is_known: bool) -> None:
    assert is_recognised((sides(before),), (sides(line),), "x") is is_known


def test_solutions_that_come_from_nowhere_are_a_sudden_gain() -> None:
    assert is_sudden_gain((sides("x^2 + 4 = 0"),), (sides("x^2 = 4"),), "x")
    assert not is_sudden_gain((sides("x^2 + 4 = 0"),), (sides("x^2 = -4"),), "x")


def test_an_unexplained_line_with_the_same_solutions_is_right_and_says_so() -> None:
    _, step = check_steps("", ("x^3 - 8 = 0", "x^5 - 32 = 0")).steps
    assert step.status is Status.VERIFIED
    assert step.reason == "the same solutions, but I do not recognise the step"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("x^4 - 13x^2 + 36 = 0", "let u = x^2", "u^2 - 13u + 36 = 0", "u = 4 or u = 9",
          "x = 2 or x = -2 or x = 3 or x = -3"), "gvvvv"),
        (("x^4 - 13x^2 + 36 = 0", "u = x^2", "u^2 - 13u + 36 = 0", "u = 4 or u = 9",
          "x = 2 or x = 3"), "gvvvx"),
        (("x^2 - x - 6 = 0", "x_1 = 3, x_2 = -2"), "gv"),
        (("x^2 - x - 6 = 0", "x_1 = 3, x_2 = 2"), "gx"),
        (("x^2 - x - 6 = 0", "let x = 3", "9 - 3 - 6 = 0"), "g??"),
    ],
)  # fmt: skip
def test_letters_that_a_line_introduces_are_put_back(lines: tuple[str, ...], expected: str) -> None:
    assert signs(check_steps("", lines)) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("(x^2 - 9)/(x - 3) = 6", "x + 3 = 6", "x = 3"), "gvx"),
        (("(x^2 - 9)/(x - 3) = 6", "x + 3 = 6", "no solution"), "gvv"),
        (("(x^2 - 9)/(x - 3) = 6", "what now", "x = 3"), "g??"),
        (("(x^2 - 9)/(x - 3) = 7", "x + 3 = 7", "x = 4"), "gvv"),
    ],
)
def test_a_value_outside_the_domain_of_the_first_line_gets_no_tick(
    lines: tuple[str, ...], expected: str
) -> None:
    assert signs(check_steps("", lines)) == expected


# -- words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["⇒ 3x = 15", "so 3x = 15", "Hence, 3x = 15.", r"\therefore 3x = 15", "2) 3x = 15",
     "Step 2: 3x = 15", "Add 4 to both sides: 3x = 15", "3x = 15   (add 4 to both sides)",
     "we get 3x = 15 ✓"],
)  # fmt: skip
def test_words_around_a_formula_are_taken_off(line: str) -> None:
    assert read_line(line).statement == parse_statement("3x = 15")


@pytest.mark.parametrize("line", ["perhaps 3x = 15", "not 3x = 15", "if 3x = 15", "let x = 5"])
def test_a_line_with_any_other_word_is_not_read(line: str) -> None:
    assert read_line(line).statement is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("3x - 4 = 11", "Add 4 to both sides: 3x = 15"), "gv"),
        (("3x - 4 = 11", "Subtract 4 from both sides: 3x = 15"), "g?"),
        (("3x - 4 = 11", "Add 4 to both sides: 3x = 7"), "gx"),
        (("3x - 4 = 11   | +4", "3x = 15   | :3", "x = 5"), "gvv"),
        (("3x - 4 = 11   | -4", "3x = 15"), "g?"),
    ],
)  # fmt: skip
def test_a_named_operation_must_be_the_one_that_is_done(
    lines: tuple[str, ...], expected: str
) -> None:
    assert signs(check_steps("", lines)) == expected


@pytest.mark.parametrize(
    ("line", "formula"),
    [
        ("Solve 3x - 4 = 11", "3x - 4 = 11"),
        ("Expand (x - 5)(x - 1)", "(x - 5)(x - 1)"),
        ("Solve 2x + 5 > 1", "2x + 5 > 1"),
    ],
)
def test_a_first_line_in_words_stands_for_its_formula(line: str, formula: str) -> None:
    assert read_opening(line) == parse_statement(formula)


def test_a_first_line_that_is_no_task_opens_nothing() -> None:
    assert read_opening("My homework") is None
