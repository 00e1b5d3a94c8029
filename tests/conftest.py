"""The environment every test runs in, and sample values several rooms need."""

import dataclasses
import os
from collections.abc import Callable
from pathlib import Path

import pytest

# Qt and the hub client read these once, when first imported: before any test module is.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"  # CI is root, where Chromium refuses its sandbox
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu")
os.environ["HF_HUB_OFFLINE"] = "1"

from tutor_app.core.ports import FinishReason, ModelInfo
from tutor_app.core.solution import Attempt, Solution, Source, Step
from tutor_app.core.verdict import Evidence, Method, Relation, Status, StepVerdict, Verdict

SolutionFactory = Callable[..., Solution]


def _step_verdict(index: int, status: Status, method: Method, reason: str) -> StepVerdict:
    relation = Relation.EQUIVALENT if status is Status.VERIFIED else Relation.UNRELATED
    evidence = (Evidence(method, "x = 2: left 25, right 13", {"x": "2", "left": "25"}),)
    return StepVerdict(index, status, method, relation, reason, evidence)


def _sample_solution() -> Solution:
    steps = (
        Step(0, "Subtract 5 from both sides: $3x = 15$.", _step_verdict(
            0, Status.VERIFIED, Method.SOLUTION_SET, "same solutions as the line before")),
        Step(1, "So \\(3x + 5 = 26\\).", _step_verdict(
            1, Status.REFUTED, Method.COUNTEREXAMPLE, "not true at x = 2")),
        Step(2, "This is how a balance works.", None),
        Step(3, "Divide by 3:\n\n$$x = \\frac{15}{3} = 5$$", _step_verdict(
            3, Status.UNKNOWN, Method.TIMEOUT, "not decided within 2 s")),
        Step(4, "The answer is $\\boxed{5}$.", None),
    )  # fmt: skip
    return Solution(
        problem="Solve $3x + 5 = 20$ for $x$.",
        text="\n\n".join(step.text for step in steps),
        answer="5",
        verdict=Verdict(
            Status.VERIFIED,
            Method.SUBSTITUTION,
            (Evidence(Method.SUBSTITUTION, "x = 5: left 20, right 20", {"x": "5"}),),
            assumptions=("x is a real number",),
            reading="solve 3*x + 5 = 20 for x",
        ),
        source=Source.MODEL,
        steps=steps,
        attempts=(Attempt("4", Status.REFUTED, 90), Attempt("5", Status.VERIFIED, 110)),
        finish_reason=FinishReason.DONE,
        tokens=200,
        prompt_tokens=40,
        seconds=4.5,
        tokens_per_s=44.4,
        model=ModelInfo(
            name="starter",
            path=Path("models") / "starter.gguf",
            sha256="0123456789abcdef" * 4,
            parameters=14_000_000,
            context_tokens=2048,
            normalises_problems=True,
            licence="MIT",
        ),
        seed=7,
    )


@pytest.fixture
def make_solution() -> SolutionFactory:
    """Builds a sample solution; keyword arguments replace its fields."""

    def make(**changes: object) -> Solution:
        return dataclasses.replace(_sample_solution(), **changes)  # type: ignore[arg-type]

    return make
