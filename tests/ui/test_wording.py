import dataclasses
from collections.abc import Callable

import pytest

from tests.ui.fakes import answer_verdict, step_verdict
from tutor_app.core.solution import Solution
from tutor_app.core.verdict import METHODS_ALLOWED, Method, Relation, Status, Verdict
from tutor_app.ui import wording
from tutor_app.ui.operations import SignState


@pytest.mark.parametrize("method", Method)
def test_every_method_has_words(method: Method) -> None:
    assert len(wording.method_words(method)) > 4


@pytest.mark.parametrize("relation", Relation)
def test_every_relation_has_words(relation: Relation) -> None:
    assert len(wording.relation_words(relation)) > 4


def test_every_allowed_verdict_makes_a_sign_and_a_card(
    make_solution: Callable[..., Solution],
) -> None:
    for status, methods in METHODS_ALLOWED.items():
        for method in methods:
            verdict = dataclasses.replace(
                step_verdict(0, Status.UNKNOWN), status=status, method=method
            )
            assert wording.sign_of(verdict).label
            card = wording.card_of(make_solution(verdict=Verdict(status, method)))
            assert card.state == wording.state_of(status)


def test_sampling_is_never_worded_as_proof(make_solution: Callable[..., Solution]) -> None:
    verdict = Verdict(Status.UNKNOWN, Method.SAMPLING, likely=True)
    card = wording.card_of(make_solution(verdict=verdict))
    assert card.state is SignState.UNKNOWN
    assert any("no proof" in fact.text for fact in card.facts)


def test_the_right_value_in_the_wrong_form_gets_no_green_tick(
    make_solution: Callable[..., Solution],
) -> None:
    verdict = dataclasses.replace(answer_verdict(Status.VERIFIED), form_status=Status.REFUTED)
    card = wording.card_of(make_solution(verdict=verdict))
    assert card.state is SignState.UNKNOWN
    assert "form" in card.title


def test_a_missing_answer_is_said(make_solution: Callable[..., Solution]) -> None:
    verdict = answer_verdict(Status.UNKNOWN)
    assert wording.card_of(make_solution(answer="", verdict=verdict)).title == "No answer to check"


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Solve $x^2+14x+45=0$", "Solve x^2+14x+45=0"),
        (r"Calculate \(6\cdot 7\).", "Calculate 6·7."),
        (r"What is $\frac{3}{4} \times 2$?", "What is 3/4 ×2?"),
        ("It costs $5 and $1.50.", "It costs $5 and $1.50."),
        (r"\left(x\right) \le 3", "(x) ≤3"),
    ],
)
def test_a_title_in_the_list_is_readable(title: str, plain: str) -> None:
    assert wording.plain_title(title) == plain


def test_a_line_names_its_assumption_and_its_reading() -> None:
    verdict = dataclasses.replace(
        step_verdict(0, Status.VERIFIED), assumptions=("x ≠ 1",), reading="x + 1"
    )
    sign = wording.sign_of(verdict)
    assert sign.how.endswith("Assuming x ≠ 1.")
    assert sign.reading == "x + 1"
