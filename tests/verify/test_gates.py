"""Small versions of the release gates that `python -m tests.verification_report` runs in full."""

import random
from fractions import Fraction

import pytest

from tests.verification.algebra_problems import ALGEBRA
from tests.verification.calculus_problems import CALCULUS
from tests.verification.hostile_gate import children, hostile_gate, soak_gate
from tests.verification.mutation import mutants
from tests.verification.mutation_gate import mutation_gate, reference_gate
from tests.verification.right_answers import drawn_answers
from tests.verification.values import (
    Family,
    Percentage,
    Quantity,
    Roots,
    combination,
    is_same,
    number,
    text_of,
)
from tests.verification.word_problems import WORDS
from tests.verification.worked_lines import worked_lines_gate

_GENEROUS_LIMIT_S = 20.0


def test_no_mutant_of_a_right_answer_is_verified() -> None:
    gate = mutation_gate(300)
    assert gate.fatal == []
    assert gate.passed >= 300


def test_no_mutant_equals_its_reference() -> None:
    gate = reference_gate(300)
    assert gate.fatal == []
    assert gate.passed >= 300


def test_no_line_of_a_worked_solution_is_refuted() -> None:
    assert worked_lines_gate(300).fatal == []


def test_hostile_texts_leave_no_tick_no_file_and_no_process() -> None:
    gate = hostile_gate(200, limit_s=_GENEROUS_LIMIT_S)
    assert gate.fatal == []
    assert gate.total >= 200


def test_the_soak_counts_its_checks_and_ends_its_workers() -> None:
    before = children()
    gate = soak_gate(60, print_line=lambda line: line)
    assert gate.fatal == []
    assert gate.passed == gate.total >= 60
    assert children() <= before


# -- the mutator itself -------------------------------------------------------------------


def test_a_mutant_is_always_another_value() -> None:
    rng = random.Random(1)
    answers = drawn_answers(rng, (*ALGEBRA, *CALCULUS, *WORDS))
    for _ in range(150):
        right = next(answers)
        found = [mutant for _, mutant in mutants(right.value)]
        assert found
        assert not any(is_same(mutant, right.value) for mutant in found)


@pytest.mark.parametrize(
    "value",
    [
        number(0),
        Percentage(number(0)),
        Roots(frozenset({number(2), number(-2)})),
        Quantity(number(0), "cm"),
        Family(combination({"x": 2})),
    ],
)
def test_what_only_looks_changed_is_not_a_mutant(value: object) -> None:
    assert isinstance(value, type(number(0)) | Percentage | Roots | Quantity | Family)
    texts = {text_of(mutant, "x", random.Random(k)) for k in range(9) for _, mutant in
             mutants(value)}  # fmt: skip
    assert not texts & {"-0", "0%", r"0\%", "-2, 2", "0 m", "0 mm", "2x+C"}


def test_a_percentage_is_the_number_of_hundredths() -> None:
    assert is_same(Percentage(number(15)), number(Fraction(3, 20)))
    assert not is_same(Percentage(number(15)), number(15))
