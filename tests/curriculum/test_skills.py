import random
from collections.abc import Iterator
from fractions import Fraction

import pytest

from tutor_app.core.normalisation import normalise_problem
from tutor_app.core.verdict import Relation, Status
from tutor_app.curriculum.arithmetic import addition_columns, subtraction_columns
from tutor_app.curriculum.catalogue import replies, skills
from tutor_app.curriculum.skill import Skill, WorkedProblem
from tutor_app.verify.inprocess import check_answer, check_line

CELLS = [(skill, level) for skill in skills() for level in range(len(skill.levels))]
IDS = [f"{skill.name}-{level}" for skill, level in CELLS]


def drawn(skill: Skill, level: int, count: int) -> Iterator[WorkedProblem]:
    rng = random.Random(f"{skill.name}/{level}")
    for _ in range(count):
        yield skill.draw(rng, level)


def blocks(problem: WorkedProblem) -> list[str]:
    """The lines as the transcript cuts them: scratch work is no step."""
    text = problem.solution_text()
    while "<w>" in text:
        start, end = text.index("<w>"), text.index("</w>") + len("</w>")
        text = text[:start] + text[end:]
    return [line for line in text.splitlines() if line]


@pytest.mark.parametrize(("skill", "level"), CELLS, ids=IDS)
def test_every_answer_is_verified_from_the_problem_alone(skill: Skill, level: int) -> None:
    for problem in drawn(skill, level, 12):
        verdict = check_answer(problem.statement, problem.solution_text())
        assert verdict.status is Status.VERIFIED, (problem.statement, problem.answer, verdict)


@pytest.mark.parametrize(("skill", "level"), CELLS, ids=IDS)
def test_no_worked_line_is_refuted_and_nearly_all_are_verified(skill: Skill, level: int) -> None:
    # the first root of a list is open until the others are there
    verdicts = []
    for problem in drawn(skill, level, 4):
        lines = blocks(problem)
        for index, line in enumerate(lines):
            verdict = check_line(problem.statement, tuple(lines[:index]), line, index)
            if verdict is not None:
                assert verdict.status is not Status.REFUTED, (problem.statement, line, verdict)
                verdicts.append(verdict)
    right = [
        one for one in verdicts if one.status is Status.VERIFIED or one.relation is Relation.LOSES
    ]
    assert len(right) >= 0.9 * len(verdicts)


@pytest.mark.parametrize(("skill", "level"), CELLS, ids=IDS)
def test_the_same_seed_draws_the_same_problem(skill: Skill, level: int) -> None:
    assert list(drawn(skill, level, 3)) == list(drawn(skill, level, 3))


@pytest.mark.parametrize("skill", skills(), ids=lambda skill: skill.name)
def test_a_skill_has_six_wordings_or_more(skill: Skill) -> None:
    for level in range(len(skill.levels)):
        shapes = set()
        for problem in drawn(skill, level, 400):
            plain = normalise_problem(problem.statement)
            shapes.add("".join(c for c in plain if c.isalpha() or c == " ")[:24].strip())
        assert len(shapes) >= 6, shapes


def test_about_a_twentieth_of_all_problems_is_held_out() -> None:
    problems = [problem for skill, level in CELLS for problem in drawn(skill, level, 200)]
    share = sum(problem.is_held_out for problem in problems) / len(problems)
    assert 0.03 < share < 0.08


def test_a_problem_is_held_out_in_every_wording() -> None:
    verdicts: dict[tuple[str, str], set[bool]] = {}
    for skill, level in CELLS:
        for problem in drawn(skill, level, 200):
            verdicts.setdefault((problem.skill, problem.key), set()).add(problem.is_held_out)
    assert all(len(found) == 1 for found in verdicts.values())


def test_addition_columns_carry() -> None:
    assert addition_columns(58, 7) == ("85;70", "8+7+0=15;5,1", "5+0+1=6;6,0", "56")


def test_subtraction_columns_borrow() -> None:
    assert subtraction_columns(52, 7) == ("25;70", "2-7-0=-5;5,1", "5-0-1=4;4,0", "54")


def test_a_linear_answer_solves_its_equation() -> None:
    skill = next(skill for skill in skills() if skill.name == "linear-equations")
    for problem in drawn(skill, 1, 300):
        left, right = problem.key.split("=")
        variable = next(c for c in problem.key if c.isalpha())
        solution = _value(problem.answer)
        assert _side(left, variable, solution) == _side(right, variable, solution)


def _value(tex: str) -> Fraction:
    plain = normalise_problem(tex)
    return Fraction(plain)


def _side(tex: str, variable: str, value: Fraction) -> Fraction:
    """Evaluate a sum of terms such as -3x+7."""
    total = Fraction(0)
    for term in tex.replace("-", "+-").split("+"):
        if not term:
            continue
        if term.endswith(variable):
            front = term.removesuffix(variable)
            total += Fraction(front + "1" if front in {"", "-"} else front) * value
        else:
            total += Fraction(term)
    return total


def test_replies_have_no_answer_to_box() -> None:
    for skill in replies():
        for problem in drawn(skill, 0, 20):
            assert "\\boxed" not in problem.solution_text()
