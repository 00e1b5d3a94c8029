"""Accuracy of a GGUF file on problems it has never seen, measured through llama.cpp.

Every answer is graded twice: against the exact answer the curriculum knows, and by the verifier
the learner sees, which knows only the problem. A wrong answer that the verifier calls verified
would break the product's promise, so those are counted apart.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from model_tools.examples import Cell, cells_of, draw_held_out
from model_tools.llama import LlamaModel
from model_tools.tokenizer import prompt_text
from tutor_app.core.boxed import last_boxed_answer
from tutor_app.core.verdict import Status
from tutor_app.curriculum.catalogue import skills
from tutor_app.curriculum.skill import WorkedProblem
from tutor_app.verify.inprocess import check_answer, compare_answers

_PARALLEL = 8
_SEQUENCE_TOKENS = 512
_EVALUATION_SEED = 20_000


@dataclass(frozen=True, slots=True)
class CellScore:
    """How a model did on one level of one skill.

    Attributes:
        skill: the skill's name.
        level: what the level contains.
        problems: how many were asked.
        right: answers equal in value to the exact one.
        verified: answers the verifier confirmed knowing only the problem.
        falsely_verified: answers it confirmed although they are wrong; must be 0.
        falsely_refuted: right answers it refuted; must be 0.
    """

    skill: str
    level: str
    problems: int
    right: int
    verified: int
    falsely_verified: int
    falsely_refuted: int


def grade(problem: WorkedProblem, text: str) -> tuple[bool, Status]:
    """Whether the boxed answer has the exact value, and what the verifier says of it.

    The value counts, not the spelling: 18/3 is 6. Where the problem asks for lowest terms the
    verdict carries the form apart from the value.
    """
    answer = last_boxed_answer(text)
    is_right = answer.replace(" ", "") == problem.answer.replace(" ", "") or (
        bool(answer)
        and compare_answers(problem.answer, answer, problem.statement).status is Status.VERIFIED
    )
    return is_right, check_answer(problem.statement, text).status


def score_cell(model: LlamaModel, cell: Cell, count: int) -> CellScore:
    """Ask `count` held-out problems, greedily."""
    problems = draw_held_out(random.Random(_EVALUATION_SEED), cell, count)
    right = verified = falsely_verified = falsely_refuted = 0
    for problem, text in zip(problems, answers(model, problems), strict=True):
        is_right, status = grade(problem, text)
        right += is_right
        verified += status is Status.VERIFIED
        falsely_verified += status is Status.VERIFIED and not is_right
        falsely_refuted += status is Status.REFUTED and is_right
    return CellScore(
        skill=cell.skill.name,
        level=cell.skill.levels[cell.level],
        problems=len(problems),
        right=right,
        verified=verified,
        falsely_verified=falsely_verified,
        falsely_refuted=falsely_refuted,
    )


def answers(model: LlamaModel, problems: Sequence[WorkedProblem]) -> Iterator[str]:
    """The likeliest answer to each problem, in order."""
    for start in range(0, len(problems), model.sequences):
        chunk = problems[start : start + model.sequences]
        prompts = [model.tokenise(prompt_text(problem.statement)) for problem in chunk]
        for tokens in model.greedy(prompts, max_tokens=_SEQUENCE_TOKENS):
            yield model.text(tokens)


def evaluate(path: Path, *, per_cell: int) -> tuple[CellScore, ...]:
    """Scores for every level of every skill."""
    model = LlamaModel(path, tokens=_SEQUENCE_TOKENS, sequences=_PARALLEL)
    try:
        cells = cells_of(skills())
        return tuple(score_cell(model, cell, per_cell) for cell in tqdm(cells, unit="level"))
    finally:
        model.close()
