"""The parser reads what it knows in one way and refuses everything else."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor_app.verify.limits import Unreadable
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.rendering import render, render_statement
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import (
    Apply,
    Bin,
    Call,
    Const,
    Degrees,
    Derivative,
    Expr,
    Matrix,
    Mixed,
    Neg,
    Num,
    Operator,
    Percent,
    Product,
    Sum,
    Sym,
    walk,
    yields_matrix,
)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("3x+5", "3*x + 5"),
        (r"2(x+3)-4", "2*(x + 3) - 4"),
        (r"\frac12", "1/2"),
        (r"\dfrac{x+1}{2}", "(x + 1)/2"),
        ("-3^2", "-3^2"),
        ("2^3^2", "2^(3^2)"),
        (r"\sin^2 3x", "(sin(3*x))^2"),
        (r"\sin^{-1} x", "arcsin(x)"),
        (r"\sin x^2", "sin(x^2)"),
        ("f(x)^2", "(f(x))^2"),
        ("2|x|+|y|", "2*abs(x) + abs(y)"),
        ("7 x 12", "7*12"),
        (r"12\,345", "12345"),
        ("1{,}000", "1000"),
        ("x²+3x−4", "x^2 + 3*x - 4"),
        ("6 ÷ 2", "6/2"),
        ("2/3 ÷ 4/5", "2/3/(4/5)"),
        (r"\operatorname{lcm}(4,6)", "lcm(4, 6)"),
        (r"15\%\text{ of }240", "15%*240"),
        (r"b^2-4ac", "b^2 - 4*a*c"),
        (r"\frac{d}{dx}(x^2)", "d/dx(x^2)"),
        (r"\sqrt[3]{8}", "sqrt[3](8)"),
    ],
)
def test_what_is_understood_is_read_back(text: str, read_as: str) -> None:
    assert render(parse_expression(text)) == read_as


@pytest.mark.parametrize(
    "text",
    [
        "1/2x", "3 4", "x2", "x 2", "a_1 2", "2^{3}^{2}", "re(3-5i)", "lnx", "sinx", "foo(x)",
        r"\foo", r"2\frac{1}{2}", "6/2(3)", "6÷2(1+2)", "6÷1/2", "2e-3", "(x", "x)", "", "+",
        "3+", r"\text{m}", "5 km", "__import__('os')", "x.y", "a;b", r"\sin x/2", "|x", "P(10,3)",
        r"\frac{d}{dx} x^2 + 3", "1..2", "3=4", "not 5", r"\sin",
    ],
)  # fmt: skip
def test_what_is_unknown_or_ambiguous_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_expression(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100 + "1" + ")" * 100, "x" * 5000, "9" * 500, "1e500",
        "+".join(["a", "b", "c", "d", "g", "h", "k", "l", "m", "n", "p", "q", "r", "s", "t"]),
    ],
)  # fmt: skip
def test_texts_beyond_the_limits_are_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_expression(text)


_NUMBERS = st.one_of(
    st.integers(0, 10_000).map(lambda value: Num(Fraction(value))),
    st.integers(0, 9999).map(lambda value: Num(Fraction(value, 100), is_decimal=True)),
)
_LEAVES = st.one_of(
    _NUMBERS,
    st.sampled_from(["x", "y", "a", "D", "x_1", "theta", "x_12"]).map(Sym),
    st.sampled_from(["pi", "e", "i"]).map(Const),
    st.builds(Mixed, st.integers(1, 9), st.integers(1, 4), st.integers(5, 9)),
)


def _grow(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    operators = st.sampled_from(list(Operator))
    names = st.sampled_from(["sin", "cos", "ln", "log", "sqrt", "abs", "exp", "arctan"])
    pairs = st.tuples(inner, inner)
    return st.one_of(
        st.builds(Neg, inner),
        st.builds(Bin, operators, inner, inner),
        st.builds(lambda name, arg: Call(name, (arg,)), names, inner),
        st.builds(lambda args: Call("root", args), pairs),
        st.builds(lambda args: Call("gcd", args), pairs),
        st.builds(lambda args: Call("binomial", args), pairs),
        st.builds(lambda arg: Call("factorial", (arg,)), inner),
        st.builds(Percent, inner),
        st.builds(Degrees, inner),
        st.builds(lambda arg: Apply("f", (arg,), 1), inner),
        st.builds(lambda arg: Derivative(arg, "x"), inner),
        st.builds(lambda args: Call("permutations", args), pairs),
        st.builds(lambda arg: Call("norm", (arg,)), inner),
        st.builds(lambda args: Matrix((args, args)), pairs),
        st.builds(lambda arg: Matrix(((arg,), (arg,), (arg,))), inner),
        st.builds(lambda arg, end: Sum(arg, "k", Num(Fraction(1)), end), inner, inner),
        st.builds(lambda arg, end: Product(arg, "k", Num(Fraction(1)), end), inner, inner),
    )


def _holds_no_nested_matrix(node: Expr) -> bool:
    return not any(
        yields_matrix(entry)
        for part in walk(node) if isinstance(part, Matrix)
        for row in part.rows for entry in row
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.recursive(_LEAVES, _grow, max_leaves=12).filter(_holds_no_nested_matrix))
def test_reading_the_read_back_gives_the_same_tree(node: Expr) -> None:
    assert parse_expression(render(node)) == node


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789xyab+-*/^()[]=.,; \\{}|!%_'&frcsqtinumpd⟨⟩½（，", max_size=30))
def test_any_text_is_read_or_refused_and_never_anything_else(text: str) -> None:
    try:
        statement = parse_statement(text)
    except Unreadable:
        return
    render_statement(statement)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("x=2 or x=3", "x = 2 or x = 3"),
        ("2, 3", "2, 3"),
        (r"\{2,3\}", "{2, 3}"),
        ("{2,3}", "{2, 3}"),
        (r"(-\infty,-2)\cup[1,\infty)", "(-oo, -2) ∪ [1, oo)"),
        (r"-1<x\le 3", "-1 < x <= 3"),
        ("=7+18", "= 7 + 18"),
        ("a=1,b=-5,c=6", "a = 1, b = -5, c = 6"),
        (r"\mathbb{R}\setminus\{0\}", "ℝ ∖ {0}"),
    ],
)
def test_statements_are_read_back(text: str, read_as: str) -> None:
    assert render_statement(parse_statement(text)) == read_as


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "[[1, 2], [3, 4]]"),
        (r"\left[\begin{array}{cc}1&2\\[2pt]3&4\\\end{array}\right]", "[[1, 2], [3, 4]]"),
        ("[[1,200],[3,400]]", "[[1, 200], [3, 400]]"),
        ("[1 -2; 3/5 4]", "[[1, -2], [3/5, 4]]"),
        ("[1, 2; 3, 4]", "[[1, 2], [3, 4]]"),
        ("[[x+1](x-2)]", "(x + 1)*(x - 2)"),
        (r"\begin{vmatrix}a&b\\c&d\end{vmatrix}", "det([[a, b], [c, d]])"),
        (r"\left|\begin{matrix}1&2\\3&4\end{matrix}\right|", "det([[1, 2], [3, 4]])"),
        (r"\begin{pmatrix}1\\2\end{pmatrix}^T", "transpose([[1], [2]])"),
        (r"\langle 3,4\rangle", "[[3], [4]]"),
        (r"\|\langle 3,4\rangle\|", "norm([[3], [4]])"),
        (r"\langle 1,2\rangle\cdot\langle 3,4\rangle", "dot([[1], [2]], [[3], [4]])"),
        (r"\sum_{k=1}^{n} (2k-1) + 3", "∑_{k=1}^{n} (2*k - 1) + 3"),
        (r"\sum_{i=1}^5 i^2", "∑_{i=1}^{5} (i^2)"),
        (r"2\prod_{k=1}^{4} k", "2*(∏_{k=1}^{4} (k))"),
        (r"{}^{10}C_3", r"\binom{10}{3}"),
        (r"{}_{10}P_3", "{}^{10}P_{3}"),
        (r"0.1\dot{4}2\dot{5}", r"0.1\overline{425}"),
        ("0.(3)", r"0.\overline{3}"),
        ("0.3̅", r"0.\overline{3}"),
        ("2½", "2 1/2"),
        ("½x", "1/2*x"),
        ("x₁+x₂", "x_1 + x_2"),
        ("log₂ 8", "log(8, 2)"),
        ("2ⁿ⁺¹", "2^(n + 1)"),
        ("（ｘ＋１）÷２", "(x + 1)/2"),
        ("25_{16}", "25_16"),
    ],
)
def test_less_common_spellings_are_read(text: str, read_as: str) -> None:
    assert render(parse_expression(text)) == read_as


@pytest.mark.parametrize(
    "text",
    [
        "5!!", "0.1(6)", r"\sum_{k=1}^{n} k + 3", r"\sum_{k=1}^10 k", r"\prod_{k=1}^{3} k \cdot 2",
        r"\det A B", "[[1,2],3]", r"\begin{pmatrix}1&2\\3\end{pmatrix}",
        r"\begin{pmatrix}1&2\end{bmatrix}", r"\begin{array}{c|c}1&2\end{array}", "a & b",
        r"\begin{vmatrix}1&2&3\\4&5&6\end{vmatrix}", r"\begin{cases}x&x>0\end{cases}",
        r"\begin{pmatrix}\begin{pmatrix}1\\2\end{pmatrix}&1\end{pmatrix}",
    ],
)  # fmt: skip
def test_what_can_be_read_two_ways_or_not_at_all_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_expression(text)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        (r"\begin{cases}x+y=3\\x-y=1\end{cases}", "x + y = 3, x - y = 1"),
        (r"\left\{\begin{array}{l}x+y=3,\\x-y=1\end{array}\right.", "x + y = 3, x - y = 1"),
        (r"\begin{aligned}2(3+4)&=2\cdot7\\&=14\end{aligned}", "2*(3 + 4) = 2*7 = 14"),
        ("x＝１，２", "x = 1, 2"),
        ("（１，２００）", "(1, 200)"),
        ("x≦３。", "x <= 3"),
    ],
)
def test_rows_and_full_width_signs_are_read_as_statements(text: str, read_as: str) -> None:
    assert render_statement(parse_statement(text)) == read_as
