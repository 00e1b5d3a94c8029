"""Right answers are verified in any form, wrong ones never."""

import random

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.inprocess import check_answer

_TWO_ROOTS = "Solve x^2-5x+6=0"
_NO_ROOTS = "Find all real solutions of x^2+4x+5=0."


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("Solve 3x+5=20", r"\boxed{5}"),
        ("Calculate 3/4 + 1/6", "= 11/12"),
        ("Solve 3x+5=20", "The answer is $x=5$."),
        (_TWO_ROOTS, r"\boxed{2, 3}"),
        (_TWO_ROOTS, "x = 2 or x = 3"),
        (_TWO_ROOTS, r"\{3,2\}"),
        (_TWO_ROOTS, r"x=\frac{5\pm1}{2}"),
        (_TWO_ROOTS, "x_1=2, x_2=3"),
        ("Solve x^2-6x+9=0", "3"),
        ("Solve x^2-5x+5=0", r"\frac{5-\sqrt{5}}{2}, \frac{5+\sqrt{5}}{2}"),
        (_NO_ROOTS, r"\boxed{\text{no real solutions}}"),
        (_NO_ROOTS, "There are no real solutions."),
        ("Solve 2(x-1)=2x-2", "all real numbers"),
        ("Solve sqrt(x+6)=x", "3"),
        ("Solve |2x-1|=5", "x=3 or x=-2"),
        ("1234/7", r"176\text{ remainder }2"),
        ("Divide 1234 by 7 with remainder.", "176 R 2"),
        ("What is 15% of 240?", "36"),
        ("Write 36 as a percentage of 240.", r"15\%"),
        ("Calculate 3/4+1/6", r"\frac{22}{24}"),
        ("Calculate 3/4+1/6", "11/12"),
        ("Calculate 386*47", "18,142"),
        ("Calculate 1/8+1/8", "0.25"),
        ("Differentiate 3x^4-2x^2+5x", "12x^3-4x+5"),
        ("Differentiate 3x^4-2x^2+5x", "f'(x)=12x^3-4x+5"),
        ("Differentiate y=x^3", "dy/dx = 3x^2"),
        ("Factor x^2+7x+12", "(x+3)(x+4)"),
        ("Solve x^2-4x-5<0", "(-1,5)"),
        ("Solve x^2-4x-5<0", "-1<x<5"),
        ("Find ∫ x cos(x) dx", r"x\sin x+\cos x+C"),
    ],
)
def test_a_right_answer_is_verified(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is Status.VERIFIED


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("Solve 3x+5=20", "x=4"),
        (_TWO_ROOTS, "x=2"),
        (_TWO_ROOTS, "2, 3, 4"),
        (_TWO_ROOTS, "no solution"),
        (_NO_ROOTS, "x=-2"),
        ("Solve 2(x-1)=2x-2", "x=1"),
        ("Solve x/(x-2)=2/(x-2)+1", "x=2"),
        ("Divide 1234 by 7 with remainder.", "175 R 9"),
        ("What is 15% of 240?", "36%"),
        ("Calculate 2/3 ÷ 4/5", "8/15"),
        ("7+3*(8-2)", "60"),
        ("Differentiate 3x^4-2x^2+5x", "12x^3-4x"),
        ("Solve x^2-4x-5<0", "[-1,5]"),
    ],
)
def test_a_wrong_answer_is_refuted(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is Status.REFUTED


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("Solve 3x+5=20", "the answer is not 5"),
        ("Calculate 2+3", "5 or 6"),
        ("Calculate 2+3", r"\boxed{5} or \boxed{6}"),
        ("Calculate 2+3", r"\boxed{}"),
        ("Calculate 2+3", r"\boxed{5"),
        ("Calculate 2+3", "2+3"),
        ("Calculate 10/3", "3.33"),
        ("Solve x^2-5x+5=0", "3.618, 1.382"),
        ("Write 36 as a percentage of 240.", "15"),
        ("Solve 3x+5=20", "3x=15"),
        ("Differentiate x^2", r"\frac{d}{dx}(x^2)"),
        ("Find the larger root of x^2-5x+6=0", "3"),
        ("Solve x^2-5x+6=0", "x=2 and maybe x=3"),
        ("Find ∫ x cos(x) dx", r"x\sin x+\cos x"),
    ],
)
def test_what_cannot_be_decided_honestly_is_unknown(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("problem", "answer", "form"),
    [
        ("Calculate 3/4+1/6 in simplest form.", "22/24", Status.REFUTED),
        ("Calculate 3/4+1/6 in simplest form.", "11/12", Status.VERIFIED),
        ("Factor 2x^2+14x+24", "(2x+6)(x+4)", Status.REFUTED),
        ("Factor 2x^2+14x+24", "2(x+3)(x+4)", Status.VERIFIED),
        ("Expand (x+1)(x+2)", "x^2+3x+2", Status.VERIFIED),
        ("Expand (x+1)(x+2)", "x(x+2)+x+2", Status.REFUTED),
        ("Simplify (x^2-9)/(x-3)", "x+3", Status.VERIFIED),
    ],
)
def test_value_and_form_are_two_verdicts(problem: str, answer: str, form: Status) -> None:
    verdict = check_answer(problem, answer)
    assert verdict.status is Status.VERIFIED
    assert verdict.form_status is form


def test_a_cancelled_factor_is_stated_as_an_assumption() -> None:
    assert check_answer("Simplify (x^2-9)/(x-3)", "x+3").assumptions == ("x ≠ 3",)


def test_a_substitution_shows_both_sides() -> None:
    verdict = check_answer("Solve 3x+5=20", "x=4")
    assert verdict.evidence[0].text == "x = 4: left 17, right 20"


# -- mutation: a perturbed right answer is never verified ---------------------------------


def _linear(rng: random.Random) -> tuple[str, str, list[str]]:
    a, root, b = rng.choice([-7, -3, 2, 3, 5, 9]), rng.randint(-12, 12), rng.randint(-20, 20)
    c = rng.choice([value for value in range(-6, 7) if value != a])
    right = a * root + b - c * root
    problem = f"Solve {a}x + ({b}) = {c}x + ({right})"
    wrong = [str(-root) if root else "1", str(root + 1), f"{root}, {root + 1}", f"{root}1"]
    return problem, str(root), [*wrong, "no solution", "all real numbers"]


def _quadratic(rng: random.Random) -> tuple[str, str, list[str]]:
    p, q = rng.sample(range(-9, 10), 2)
    lead = rng.choice([1, 1, 2, -3])
    problem = f"Solve {lead}x^2 + ({-lead * (p + q)})x + ({lead * p * q}) = 0"
    wrong = [
        f"{p}", f"{q}", f"{p}, {q + 1}", f"{p}, {q}, {max(p, q) + 1}", "no real solutions",
        f"{p + 1}, {q}",
    ]  # fmt: skip
    if p != -q:
        wrong.append(f"{-p}, {-q}")
    return problem, f"{p}, {q}", wrong


def _fraction(rng: random.Random) -> tuple[str, str, list[str]]:
    a, c = rng.randint(1, 9), rng.randint(1, 9)
    b, d = rng.randint(2, 12), rng.randint(2, 12)
    top, bottom = a * d + c * b, b * d
    problem = rf"Calculate \(\frac{{{a}}}{{{b}}}+\frac{{{c}}}{{{d}}}\)."
    wrong = [
        rf"\frac{{{a + c}}}{{{b + d}}}", rf"\frac{{{top + 1}}}{{{bottom}}}",
        rf"-\frac{{{top}}}{{{bottom}}}", rf"\frac{{{top}}}{{{bottom + 1}}}",
    ]  # fmt: skip
    return problem, rf"\frac{{{top}}}{{{bottom}}}", wrong


def _derivative(rng: random.Random) -> tuple[str, str, list[str]]:
    a, b, c = (rng.choice([-5, -2, 2, 3, 7]) for _ in range(3))
    n = rng.randint(3, 6)
    problem = f"Differentiate {a}x^{n} + ({b})x^2 + ({c})x"
    wrong = [
        f"{a}x^{n - 1} + ({2 * b})x + ({c})", f"{a * n}x^{n} + ({2 * b})x + ({c})",
        f"{a * n}x^{n - 1} + ({2 * b})x", f"{a * n}x^{n - 1} - ({2 * b})x + ({c})",
        f"{a * n}x^{n - 1} + ({2 * b})x + ({c}) + 1",
    ]  # fmt: skip
    return problem, f"{a * n}x^{n - 1} + ({2 * b})x + ({c})", wrong


@pytest.mark.parametrize("make", [_linear, _quadratic, _fraction, _derivative])
def test_a_perturbed_answer_is_never_verified(make: object) -> None:
    rng = random.Random(20)
    assert callable(make)
    for _ in range(40):
        problem, answer, wrong = make(rng)
        assert check_answer(problem, answer).status is Status.VERIFIED, problem
        for other in wrong:
            assert check_answer(problem, other).status is not Status.VERIFIED, (problem, other)


@pytest.mark.parametrize(
    ("problem", "answer", "assumption"),
    [("Solve ax = b for x", "b/a", ("a ≠ 0",)), ("Solve x + a = b for x", "b - a", ())],
)
def test_what_a_formula_was_divided_by_is_stated_as_an_assumption(
    problem: str, answer: str, assumption: tuple[str, ...]
) -> None:
    verdict = check_answer(problem, answer)
    assert (verdict.status, verdict.assumptions) == (Status.VERIFIED, assumption)
