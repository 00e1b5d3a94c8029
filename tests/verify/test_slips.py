"""The likely slip behind a wrong line: named where it fits, and only as a guess."""

import pytest

from tests.verify.slip_cases import CASES, SlipCase
from tutor_app.core.verdict import Status
from tutor_app.verify.inprocess import check_steps
from tutor_app.verify.slips.catalogue import ALL_SLIPS
from tutor_app.verify.slips.slip import Slip, SlipName


@pytest.mark.parametrize("slip", ALL_SLIPS, ids=lambda slip: slip.name)
def test_every_slip_is_named_on_its_example(slip: Slip) -> None:
    _, wrong = check_steps("", slip.example).steps
    assert wrong.status is Status.REFUTED
    assert wrong.slip is not None
    assert (wrong.slip.name, wrong.slip.sentence) == (slip.name, slip.sentence)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name} {case.before}")
def test_every_slip_is_named_in_other_numbers(case: SlipCase) -> None:
    _, wrong = check_steps("", (case.before, case.wrong)).steps
    assert wrong.status is Status.REFUTED, wrong
    assert wrong.slip is not None, wrong
    assert wrong.slip.name == case.name


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name} {case.before}")
def test_no_slip_is_named_on_a_right_line(case: SlipCase) -> None:
    _, right = check_steps("", (case.before, case.right)).steps
    assert right.status is not Status.REFUTED, right
    assert right.slip is None


def test_there_is_a_case_for_every_slip_and_a_slip_for_every_name() -> None:
    assert {case.name for case in CASES} == {slip.name for slip in ALL_SLIPS} == set(SlipName)


@pytest.mark.parametrize("slip", ALL_SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_worded_as_a_guess(slip: Slip) -> None:
    assert slip.sentence.startswith("perhaps ")
    assert not slip.sentence.endswith(".")
