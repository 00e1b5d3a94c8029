from collections.abc import Callable
from dataclasses import replace

import pytest

from tutor_app.core.ports import FinishReason
from tutor_app.core.solution import Solution, Source, Step
from tutor_app.core.verdict import (
    CALCULATION_ONLY,
    Method,
    Relation,
    Status,
    StepVerdict,
    Verdict,
)
from tutor_app.export.handout import Sign, handout_of

MakeSolution = Callable[..., Solution]
TEXT = "<think>secret $t$</think>\nShown $s$.\n<w>\n3*4=12\n</w>\n```python\nprint(1)\n```\n"


def test_only_judged_blocks_are_numbered_and_signed(make_solution: MakeSolution) -> None:
    lines = handout_of(make_solution()).lines
    assert [(line.number, line.sign) for line in lines] == [
        (1, Sign.CHECKED),
        (2, Sign.WRONG),
        (None, None),
        (3, Sign.NOT_DECIDED),
        (None, None),
    ]


def test_refuted_step_says_why_with_its_evidence(make_solution: MakeSolution) -> None:
    assert handout_of(make_solution()).lines[1].reasons == (
        "not true at x = 2",
        "x = 2: left 25, right 13",
    )


def test_checked_step_needs_no_reasons(make_solution: MakeSolution) -> None:
    assert handout_of(make_solution()).lines[0].reasons == ()


def test_a_sign_never_slips_to_a_block_with_another_text(make_solution: MakeSolution) -> None:
    verdict = StepVerdict(0, Status.VERIFIED, Method.SUBSTITUTION, Relation.EQUAL, "ok")
    solution = make_solution(
        text="A wrong line.\nA right line.", steps=(Step(0, "A right line.", verdict),)
    )
    signed = [line.text for line in handout_of(solution).lines if line.sign is Sign.CHECKED]
    assert signed == ["A right line."]


def test_thinking_is_left_out_unless_asked_for(make_solution: MakeSolution) -> None:
    solution = make_solution(text=TEXT, steps=())
    without = [line.text for line in handout_of(solution).lines]
    with_it = [line.text for line in handout_of(solution, include_thinking=True).lines]
    assert "secret $t$" not in without
    assert "secret $t$" in with_it


def test_scratch_work_can_be_left_out(make_solution: MakeSolution) -> None:
    solution = make_solution(text=TEXT, steps=())
    texts = [line.text for line in handout_of(solution, include_working=False).lines]
    assert texts == ["Shown $s$.", "print(1)"]


def test_computed_solution_says_that_no_model_found_it(make_solution: MakeSolution) -> None:
    notes = handout_of(make_solution(source=Source.COMPUTED)).notes
    assert "This solution was computed by the program itself, not by the model." in notes


def test_narrow_scope_and_assumptions_are_told(make_solution: MakeSolution) -> None:
    solution = make_solution()
    verdict = replace(solution.verdict, scope=CALCULATION_ONLY)
    notes = handout_of(replace(solution, verdict=verdict)).notes
    assert f"What was checked: {CALCULATION_ONLY}" in notes
    assert "Assumed: x is a real number" in notes


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (
            Verdict(Status.VERIFIED, Method.SUBSTITUTION),
            "The answer is right: checked by putting it back into the problem.",
        ),
        (
            Verdict(Status.VERIFIED, Method.EXACT_ARITHMETIC, form_status=Status.REFUTED),
            "The answer is right: checked by exact arithmetic."
            " It does not have the form that was asked for.",
        ),
        (
            Verdict(Status.REFUTED, Method.COUNTEREXAMPLE),
            "The answer is wrong: shown by a counterexample.",
        ),
        (
            Verdict(Status.UNKNOWN, Method.TIMEOUT),
            "The answer was not checked to the end: the time ran out.",
        ),
        (
            Verdict(Status.UNKNOWN, Method.SAMPLING, likely=True),
            "The answer was not checked to the end: trying numbers, which proves nothing."
            " The numbers tried agree with it; that is no proof.",
        ),
    ],
)
def test_verdict_is_one_honest_sentence(
    make_solution: MakeSolution, verdict: Verdict, sentence: str
) -> None:
    assert handout_of(make_solution(verdict=verdict)).verdict == sentence


@pytest.mark.parametrize("method", list(Method))
def test_every_method_has_words(make_solution: MakeSolution, method: Method) -> None:
    for status in Status:
        try:
            verdict = Verdict(status, method)
        except ValueError:
            continue
        assert handout_of(make_solution(verdict=verdict)).verdict


def test_missing_answer_is_said(make_solution: MakeSolution) -> None:
    verdict = Verdict(Status.UNKNOWN, Method.UNPARSED)
    handout = handout_of(make_solution(answer="", verdict=verdict))
    assert (handout.answer_latex, handout.verdict) == ("", "No answer was reached.")


def test_text_that_was_cut_off_says_so(make_solution: MakeSolution) -> None:
    notes = handout_of(make_solution(finish_reason=FinishReason.LENGTH)).notes
    assert any("budget" in note for note in notes)


def test_answer_in_words_is_not_set_as_a_product_of_letters(make_solution: MakeSolution) -> None:
    assert handout_of(make_solution(answer="no solution")).answer_latex == r"\text{no solution}"


def test_provenance_names_model_seed_speed_and_checker(make_solution: MakeSolution) -> None:
    assert handout_of(make_solution()).provenance == (
        "Model starter, sha256 0123456789ab · seed 7 · 200 tokens · 44.4 tokens/s"
        " · checked by STEM Tutor 0.1.0"
    )
