"""Problems are recognised in many wordings, and never half read."""

import pytest

from tutor_app.verify.inprocess import read_problem

_LINEAR = "solve 3*x + 5 = 20 for x"
_QUADRATIC = "solve x^2 - 5*x + 6 = 0 for x"
_DERIVATIVE = "differentiate 3*x^4 - 2*x^2 by x"


@pytest.mark.parametrize(
    "problem",
    [
        "Solve 3x + 5 = 20", "Solve $3x+5=20$ for $x$.", r"Solve for \(x\): \(3x+5=20\)",
        "Find x if 3x+5=20", "What is the value of x if 3x + 5 = 20?", "3x+5=20",
        "If 3x+5=20, what is x?", "3x + 5 = 20. Find x.", "Solve the equation 3x+5=20.",
        "Solve the linear equation $3x+5=20$ for x. Show your work.",
        "Please solve 3x+5=20 step by step.", "Find the solution of 3x+5=20.",
        "Solve: 3x+5=20", "Solve for x in the equation 3x+5=20", "Find the value of x: 3x+5=20",
        "Which value of x satisfies 3x+5=20?", "3·x + 5 = 20", "Given 3x+5=20, find x.",
    ],
)  # fmt: skip
def test_a_linear_equation_is_recognised(problem: str) -> None:
    assert read_problem(problem).kind == "solve-equation"
    assert read_problem(problem).read_as == _LINEAR


@pytest.mark.parametrize(
    "problem",
    [
        "Solve x^2-5x+6=0",
        "Find all real solutions of $x^2-5x+6=0$.",
        "Find the roots of x² − 5x + 6 = 0",
        r"Find the roots of \(x^2-5x+6\).",
        "Find all real numbers x such that x^2-5x+6=0",
        "Solve the quadratic equation x^2-5x+6=0 over the real numbers.",
        "What are the solutions of x^2-5x+6=0?",
    ],
)
def test_a_quadratic_equation_is_recognised(problem: str) -> None:
    assert read_problem(problem).read_as == _QUADRATIC


@pytest.mark.parametrize(
    "problem",
    [
        "Differentiate 3x^4-2x^2", "Differentiate $3x^4-2x^2$ with respect to $x$.",
        "Find dy/dx if y = 3x^4-2x^2", "f(x) = 3x^4-2x^2, find f'(x).",
        "Let $f(x)=3x^4-2x^2$. Find $f'(x)$.", "d/dx(3x^4-2x^2)",
        r"Find \(\frac{d}{dx}(3x^4-2x^2)\).", "Find the derivative of f(x)=3x^4-2x^2.",
        "What is the derivative of 3x^4-2x^2?", r"Given y = 3x^4-2x^2, find \frac{dy}{dx}.",
        "Find f'(x) if f(x) = 3x^4-2x^2.", "Compute the derivative of 3x⁴ − 2x²",
    ],
)  # fmt: skip
def test_a_derivative_is_recognised(problem: str) -> None:
    assert read_problem(problem).read_as == _DERIVATIVE


@pytest.mark.parametrize(
    ("problem", "read_as"),
    [
        ("Calculate 386 × 47.", "compute 386*47"),
        ("What is 386 times 47?", "compute 386*47"),
        ("7+3*(8-2) = ?", "compute 7 + 3*(8 - 2)"),
        (r"Evaluate \(7+3\cdot(8-2)\).", "compute 7 + 3*(8 - 2)"),
        ("Subtract 5 from 12.", "compute 12 - 5"),
        ("Find the sum of 12 and 30.", "compute 12 + 30"),
        ("What is 15% of 240?", "compute 15%*240"),
        ("Find 15 percent of 240.", "compute 15%*240"),
        ("Increase 80 by 25%.", "increase 80 by 25%"),
        ("Decrease $80$ by $25\\%$.", "decrease 80 by 25%"),
        ("Take 25% off 80.", "decrease 80 by 25%"),
        ("Add 25% to 80.", "increase 80 by 25%"),
        ("Find 80 minus 25% of it.", "decrease 80 by 25%"),
        ("Work out 80 increased by 25%.", "increase 80 by 25%"),
        ("How much is 15% of 240?", "compute 15%*240"),
        ("Cancel 6/30 down.", "compute 6/30, a fraction in lowest terms"),
        ("Write 36 as a percentage of 240.", "write 36 as a percentage of 240"),
        ("36 is what percent of 240?", "write 36 as a percentage of 240"),
        ("Divide 1234 by 7 with remainder.", "divide 1234 by 7 with remainder"),
        (
            "Find the quotient and remainder when 1234 is divided by 7.",
            "divide 1234 by 7 with remainder",
        ),
        (
            "What is 3/4 + 1/6 in simplest form?",
            "compute 3/4 + 1/6, a fraction in lowest terms",
        ),
        (
            r"Calculate \(\frac{3}{4}+\frac{1}{6}\). Give your answer in lowest terms.",
            "compute 3/4 + 1/6, a fraction in lowest terms",
        ),
        ("Expand (x-2)^3.", "expand (x - 2)^3"),
        ("Factorise x^2+7x+12 completely.", "factor x^2 + 7*x + 12"),
        ("Solve x^2-4x-5<0.", "solve x^2 - 4*x - 5 < 0 for x"),
        ("Find the greatest common divisor of 252 and 198.", "compute gcd(252, 198)"),
    ],
)
def test_other_skills_are_recognised(problem: str, read_as: str) -> None:
    assert read_problem(problem).read_as == read_as


@pytest.mark.parametrize(
    "problem",
    [
        "Find the larger root of x^2-5x+6=0", "Find the sum of the roots of x^2-5x+6=0",
        "Solve 3x+5=20. Then find 2x.",
        "Is 7*8=56?",
        "Estimate 386*47", "Round 2.567 to one decimal place", "Solve 3x+5=20 and 2x=10",
        "Calculate 2+3 in base 7", "Differentiate x^2 twice", "Tom has 3 apples.", "",
        "Find the product of the solutions of x^2=4", "Solve 3x+5=20 for y",
        "Find y if 3x+5=20", "Calculate 10/4 to the nearest integer",
        "Solve x^2-5x+6=0 for the smaller value of x",
        "Calculate 80 + 25%", "What is 80 plus 25%?",
        "Find g'(x) if f(x) = x^2",
    ],
)  # fmt: skip
def test_words_that_change_the_meaning_leave_a_problem_unrecognised(problem: str) -> None:
    assert read_problem(problem).kind == ""
