"""A typed line is typeset as it was meant, and what has two readings stays as typed."""

import pytest

from tutor_app.core.typesetting import with_formulas


@pytest.mark.parametrize(
    ("typed", "source"),
    [
        ("x^2 - 7x + 10 = 0", r"\(x^{2} - 7x + 10 = 0\)"),
        ("2^12 = 4096", r"\(2^{12} = 4096\)"),
        ("2**3 = 8", r"\(2^{3} = 8\)"),
        ("a^(n+1) = b", r"\(a^{n+1} = b\)"),
        ("x = 25/3", r"\(x = \frac{25}{3}\)"),
        ("1/2x = 3", r"\(1/2x = 3\)"),
        ("1/(2x) = 3", r"\(1/(2x) = 3\)"),
        ("sqrt(x+2) = x", r"\(\sqrt{x+2} = x\)"),
        ("√5 < 3", r"\(\sqrt{5} < 3\)"),
        ("x <= 4", r"\(x \le  4\)"),
        ("x = ±6", r"\(x = \pm 6\)"),
        ("1,200 + 50 = 1,250", r"\(1{,}200 + 50 = 1{,}250\)"),
        ("x_1 = 4", r"\(x_{1} = 4\)"),
        ("sin(x) = 0", r"\(\sin (x) = 0\)"),
        ("so x = 2 or x = 3", r"so \(x = 2\) or \(x = 3\)"),
        ("Add 5 to both sides: 3x = 15.", r"Add 5 to both sides: \(3x = 15\)."),
        (r"\frac{1}{2} + x = 3", r"\(\frac{1}{2} + x = 3\)"),
        (r"so \frac{x}{2} = 3", r"\(\text{ so } \frac{x}{2} = 3\)"),
        (r"\(x = 2\) fits", r"\(x = 2\) fits"),
        ("$x = 2$ fits", "$x = 2$ fits"),
        ("no solution", "no solution"),
        ("I have 3 apples", "I have 3 apples"),
        ("What is 15% of 240?", "What is 15% of 240?"),
        ("", ""),
    ],
)
def test_formulas_are_found_in_plain_text_and_in_latex(typed: str, source: str) -> None:
    assert with_formulas(typed) == source


@pytest.mark.parametrize("typed", ["^", "x_", "((", "^(((", "sqrt(", "√", "=", "{", "\\", "$"])
def test_a_half_typed_line_is_no_trouble(typed: str) -> None:
    assert isinstance(with_formulas(typed), str)


@pytest.mark.parametrize("part", ["^(", "sqrt(", "((", "1/2 "])
def test_a_huge_line_is_no_trouble(part: str) -> None:
    assert isinstance(with_formulas(part * 400), str)
    assert with_formulas(part * 4_000) == (part * 4_000).strip()
