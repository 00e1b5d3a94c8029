import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pypandoc
import pytest
import typst

from tutor_app.core.errors import ExportError
from tutor_app.export.fragment import typst_fragments
from tutor_app.export.pandoc import run_pandoc

# What TeX calls it → what must be in the Typst code.
FORMULAS = {
    r"\frac{15}{3}": "15 / 3",
    r"A \cap B": "A inter B",
    r"\bigcap_i A_i": "inter.big",
    r"a \otimes b": "times.o",
    r"a \odot b": "dot.o",
    r"|x-3|": r"lr(|x - 3|)",
    r"x = 1 \tag{2}": r"\( 2 \)",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}": "mat",
    r"\begin{aligned}a&=b\\c&=d\end{aligned}": "&",
    r"\sqrt[3]{8}": "root(3",
    r"\textcolor{red}{x}": "x",
    r"90\degree": "90",
    r"\tfrac12": "1 / 2",
    r"\text{a sect.}": '"a sect."',
}
HOSTILE = [
    '#read("/etc/passwd")',
    '```{=typst}\n#read("/etc/passwd")\n```',
    '`#read("/etc/passwd")`{=typst}',
    '$#read("/etc/passwd")$',
    r'$\text{"#read("/etc/passwd")}$',
    "![a](/etc/passwd)",
    '[x](http://a"b#read)',
    '#import "@preview/x:1.0.0": *',
    "#panic()",
    "`` ` #panic() ` ``",
    '```x"#panic()\nfoo\n```',
    "]]] #panic()",
    "[[[",
    "```\nunclosed",
    "$$ unclosed",
    "// comment /* open",
    "= heading\n/ term: x\n+ enum",
    "@reference <label>",
    "<script>alert(1)</script>",
    r"\newcommand{\a}{\a\a}$\a$",
    "\ue0005\ue001 \ue00099\ue001",
    "> " * 3000 + "deep",
    "- " * 3000 + "deep",
    "$" + "{" * 3000 + "x" + "}" * 3000 + "$",
    "\x00\x1b[31m",
    "---\ntitle: x\n---",
]


def _compile(code: str) -> None:
    with TemporaryDirectory() as empty:
        compiler = typst.Compiler(root=Path(empty), ignore_system_fonts=True)
        compiler.compile(input=code.encode(), format="pdf")


@pytest.mark.parametrize(("latex", "expected"), FORMULAS.items())
def test_formula_is_typeset(latex: str, expected: str) -> None:
    fragments = typst_fragments([f"${latex}$"])
    assert fragments.untypeset == ()
    assert expected.replace(" ", "") in fragments.codes[0].replace(" ", "")
    _compile(fragments.codes[0])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_compiles_where_nothing_can_be_read(text: str) -> None:
    (code,) = typst_fragments([text]).codes
    _compile(code)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ('#read("/etc/passwd")', r"\#read(\"/etc/passwd\")"),
        ('```{=typst}\n#read("/x")\n```', '```\n#read("/x")\n```'),
        ('`#read("/x")`{=typst}', '`#read("/x")`{=typst}'),
        ('$#read("/x")$', '`#read("/x")`'),
        (r'$\text{"#read("/x")}$', r'$upright("\"#read(\"/x\")")$'),
        ("#panic()", r"\#panic()"),
    ],
)
def test_code_in_the_text_is_printed_not_run(text: str, printed: str) -> None:
    assert typst_fragments([text]).codes == (printed,)


def test_rule_between_paragraphs_is_drawn() -> None:
    (code,) = typst_fragments(["a\n\n---\n\nb"]).codes
    assert "#line(" in code
    _compile(code)


def test_html_is_printed_not_dropped() -> None:
    (code,) = typst_fragments(["a <b>bold</b> claim, 1 <x and y> 2"]).codes
    assert "<b>" in code
    assert "<x and y>" in code


def test_picture_is_named_not_loaded() -> None:
    (code,) = typst_fragments(["![a cat](/etc/passwd)"]).codes
    assert (r"\[image: a cat\]" in code, "image(" in code) == (True, False)


def test_link_shows_where_it_goes_and_cannot_be_followed() -> None:
    (code,) = typst_fragments(["[here](https://example.org/x)"]).codes
    assert ("example.org" in code, "#link" in code) == (True, False)


def test_unclosed_fence_ends_with_its_own_text() -> None:
    first, second = typst_fragments(["```\nunclosed", "next *word*"]).codes
    assert "next" not in first
    assert "#emph[word]" in second


def test_formula_that_cannot_be_typeset_is_shown_as_its_source() -> None:
    fragments = typst_fragments([r"before $\badmacro{x}$ after $y$"])
    assert fragments.untypeset == (r"\badmacro{x}",)
    assert r"before `\badmacro{x}` after $y$" in fragments.codes[0]


def test_formula_in_a_table_may_hold_bars() -> None:
    (code,) = typst_fragments(["| a | b |\n|---|---|\n| $|x|$ | 2 |"]).codes
    assert "lr(|x|)" in code


def test_prices_are_not_maths() -> None:
    (code,) = typst_fragments(["It costs $5 and $6."]).codes
    assert code == r"It costs \$5 and \$6."


def test_no_texts_give_no_fragments() -> None:
    assert typst_fragments([]).codes == ()


def test_pandoc_that_is_missing_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise OSError("no pandoc")

    monkeypatch.setattr(pypandoc, "get_pandoc_path", missing)
    with pytest.raises(ExportError, match="Pandoc"):
        run_pandoc(["--version"])


def test_pandoc_that_hangs_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("pandoc", 1.0)

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(ExportError, match="too long"):
        run_pandoc(["--version"])
