import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor_app.export.maths import PieceKind, pieces, plain_with_maths, with_dollars


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$x$ and $y$", ["x", "y"]),
        (r"\(x\) and \[y\]", ["x", "y"]),
        (r"\( \theta_i \)：", [r"\theta_i"]),
        ("$$x$$", ["x"]),
        (r"$12 \times 12 = 144$", [r"12 \times 12 = 144"]),
        ("costs $5 and $6", []),
        ("$740 for $5 million", []),
        (r"\$5 and $x$", ["x"]),
        (r"$\$0.60$", [r"\$0.60"]),
        ("a $ b $ c", []),
        ("$5 now\nwhere $x^2=4$", ["x^2=4"]),
        ("**$1.50**", []),
        (r"`foo = '\(bar\)'` and \(x\)", ["x"]),
        ("``a ` $b$`` $c$", ["c"]),
        (r"so \boxed{\frac{1}{2}}.", [r"\boxed{\frac{1}{2}}"]),
        (r"\begin{aligned}a\\b\end{aligned}", [r"\begin{aligned}a\\b\end{aligned}"]),
        (r"\begin{itemize}a\end{itemize}", []),
        (r"\boxed{unclosed", []),
        ("$open\n\nnext$", []),
        ("中文$n^2$中文", ["n^2"]),
        ("( a + b ) and [ E = mc^2 ]", []),
    ],
)
def test_maths_is_found_and_prices_stay_prices(text: str, formulas: list[str]) -> None:
    maths = {PieceKind.INLINE, PieceKind.DISPLAY}
    assert [piece.source for piece in pieces(text) if piece.kind in maths] == formulas


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r"\(x\) and \[y\]", "$x$ and $$y$$"),
        (r"\(x\)2", "$x$ 2"),
        ("costs $5 and $6", r"costs \$5 and \$6"),
        (r"a \$5", r"a \$5"),
        (r"code `\(bar\)`", r"code `\(bar\)`"),
        ("\\[a\n\n= b\\]", "$$a\n= b$$"),
        ("| $|x|$ |\n|---|", "| $\\vert x\\vert $ |\n|---|"),
    ],
)
def test_maths_is_written_between_dollars(text: str, written: str) -> None:
    assert with_dollars(text) == written


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("2*x*y and x_1", r"2\*x\*y and x\_1"),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("one\ntwo", "one\\\ntwo"),
        ("<b> & ![x](y)", r"\<b\> \& !\[x\](y)"),
        (r"Solve \(x\) and $y$", "Solve $x$ and $y$"),
    ],
)
def test_typed_text_is_shown_as_typed(typed: str, shown: str) -> None:
    assert plain_with_maths(typed) == shown


@given(st.text(alphabet=r"$\()[]{}`x1 |" + "\n", max_size=60))
def test_no_text_is_lost_or_invented(text: str) -> None:
    kept = "".join(piece.source for piece in pieces(text))
    marks = set("$\\()[] \n")
    assert [c for c in kept if c not in marks] == [c for c in text if c not in marks]


@pytest.mark.parametrize("mark", ["$", "\\(", "\\[", "\\boxed{", "\\begin{align}", "` ", "$x "])
def test_unclosed_marks_cost_little_time(mark: str) -> None:
    started = time.process_time()
    with_dollars(mark * (20_000 // len(mark)))
    assert time.process_time() - started < 3.0
