import pytest

from tutor_app.core.normalisation import normalise_problem


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Solve  3x + 5 = 20", "Solve 3x+5=20"),
        ("Solve $3x+5=20$", "Solve 3x+5=20"),
        (r"Solve \(3x + 5 = 20\).", "Solve 3x+5=20."),
        ("What is 12 × 7?", "What is 12*7?"),
        ("What is 12 x 7?", "What is 12*7?"),
        (r"$\frac{3}{4} \div \frac{2}{5}$", "3/4:2/5"),
        (r"$\dfrac{x+1}{2}=3$", "(x+1)/2=3"),
        ("x² − 5x + 6 = 0", "x^2-5x+6=0"),
        ("x**2 - 5*x + 6 = 0", "x^2-5*x+6=0"),
        ("Add 12,345 and 6,789.", "Add 12345 and 6789."),
        ("f(1,234)", "f(1234)"),
        (r"15\% of 240", "15% of 240"),
        ("15 % of 240", "15 % of 240"),
        (r"$\left(2+3\right)\cdot 4$", "(2+3)*4"),
    ],
)
def test_one_spelling(typed: str, expected: str) -> None:
    assert normalise_problem(typed) == expected


def test_the_spelling_is_a_fixed_point() -> None:
    for text in ("Solve 3x + 5 = 20", r"$\frac{3}{4}-\frac{1}{6}$", "Take 15% off 80."):
        once = normalise_problem(text)
        assert normalise_problem(once) == once
