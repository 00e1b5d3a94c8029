"""Hostile texts: code, sizes, nesting, control signs, garbage in the parser's own vocabulary."""

from pathlib import Path

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tutor_app.verify import vocabulary

_BIDI = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u200b\u200d\ufeff"
_CONTROL = "".join(map(chr, (*range(32), 127, 0x85, 0x2028, 0x2029, 0xFFFE, 0xFFFF)))
_SURROGATES = "\ud800\udbff\udc00\udfff"
_GLUE = (
    "+", "-", "*", "/", "^", "_", "=", "<", ">", "!", "%", "'", ",", ";", "(", ")", "[", "]", "{",
    "}", "|", "$", "\\(", "\\)", "\\[", "\\]", "&", "\\\\", ".", " ", "\n", "1", "0", "2.5", "x",
    "y", "f(x)", "\\left", "\\right", "\\begin{pmatrix}", "\\end{pmatrix}", "\\begin{cases}",
    "\\end{cases}", "\\text{", "\\boxed{", "\\frac{", "\\sqrt{", "\\overline{", "\\int", "\\sum",
    "\\prod", "\\lim_{x\\to", "dx", "1,000", "3 1/2", "5 km", "9.8 m/s^2", "10^{", "e^{", "\\pmod",
    "Solve ", "Find ", "for x", "no solution", "R", "\\mathbb{R}", "or", "and", "except", "%",
)  # fmt: skip


def known_texts(canary: Path) -> tuple[str, ...]:
    """Texts that broke other programs; those that are code would create `canary`."""
    touch = f"__import__('os').system('touch {canary}')"
    write = f"open('{canary}','w').write('x')"
    return (
        touch, write, f"exec(\"{touch}\")", f"eval(\"{touch}\")", f"x={touch}", f"[{touch}]",
        f"(lambda: {touch})()", f"{{{touch}}}", f"f'{{{touch}}}'", f"{touch}+1", f"2*({write})",
        f"$({touch})$", f"\\boxed{{{touch}}}", f"\\text{{{touch}}}", f"sin({touch})",
        f"; touch {canary} #", f"`touch {canary}`", f"$(touch {canary})", f"| touch {canary}",
        f"\\write18{{touch {canary}}}", "\\input{/etc/passwd}", f"\\immediate\\write18{{{canary}}}",
        "().__class__.__base__.__subclasses__()", "x.__class__", "x.subs(x, 1)", "Symbol('x')",
        "Integer(1).__init__.__globals__", "9**9**9", "9**9**9**9", "9^{9^{9^{9}}}", "10000000!",
        "((((10!)!)!)!)", "2000!!", r"\binom{10^7}{5\cdot10^6}", r"\gcd(10^{10^8},3)",
        r"\sum_{k=1}^{10^9} k", r"\prod_{k=1}^{10^9} k", r"\sum_{k=1}^{10^{12}} 0\cdot k",
        "(x+y+z+1)^{200}", "(a+b+c+d+x+y+z)^{300}", "x^{x^{x^{x^x}}}", "x^400-1", "1/(x^{399}+1)",
        "(" * 500 + "1" + ")" * 500, "{" * 3000, r"\frac{1}{" * 300 + "1" + "}" * 300, "-" * 3000,
        r"\sqrt{" * 55 + "2" + "}" * 55, "|" * 3999, "'" * 3000, "!" * 500, "1" + "^1" * 1000,
        "1e1000000000", "1e-999999999", "1E400", "0." + "0" * 398 + "1", "9" * 1_000_000,
        "9" * 400, "1/" + "9" * 399, "$a" * 3000, r"\boxed{" * 3000, "1," * 20000, "x=1 or " * 600,
        r"\begin{pmatrix}" * 200, "&" * 3000,
        r"\begin{pmatrix}" + "1&" * 900 + "1" + r"\end{pmatrix}",
        r"2^{0.333333333333333333333333}", "1/0", "0/0", "0^0", "0^{-1}", r"\ln 0", r"\log_1 5",
        r"\sqrt{-1}", r"\infty-\infty", "nan", "inf", "NaN", "None", "True", "zoo", "\x00\ud7ff",
        r"\int \sqrt{\tan x} e^{-x^2}/(1+x^7) dx", r"\lim_{x\to 0} \sin(1/x)", r"\frac",
        r"\frac{1}",
        r"\sin", "f(f(f(f(f(x)))))", "\u202e5=x", "x\u200b=5", "ⅹ=5", "𝟓", "５", "x＝5", "½½", "²³",
        "5\ufe0f\u20e3", "\ufeff5", "a" * 4000, "é" * 4000, "\n" * 4000, " " * 4001, "", " ", "\\",
        "\\\\", "$", "$$", "{}", "()", "[]", "||", "=", "==", "≠", "x≠", "<>", "±", "%", "'", '"',
    )  # fmt: skip


def _vocabulary() -> tuple[str, ...]:
    commands = {
        *vocabulary.FUNCTIONS, *vocabulary.GREEK, *vocabulary.CONSTANTS,
        *vocabulary.OPERATOR_COMMANDS, *vocabulary.SKIPPED_COMMANDS,
        *vocabulary.LETTERED_COMMANDS, *vocabulary.TEXT_COMMANDS, "frac", "binom", "int", "sum",
    }  # fmt: skip
    words = (*vocabulary.FUNCTIONS, *vocabulary.ENGLISH)
    return (
        *sorted(f"\\{name}" for name in commands), *sorted(words), *vocabulary.SIGNS,
        *vocabulary.SUPERSCRIPTS, *_GLUE,
    )  # fmt: skip


def _nested(inner: SearchStrategy[str]) -> SearchStrategy[str]:
    pairs = st.sampled_from(
        [("(", ")"), ("{", "}"), (r"\frac{", "}{2}"), (r"\sqrt{", "}"), ("|", "|"), ("-", ""),
         ("[", ","), (r"\left(", r"\right)"), (r"\sin(", ")"), ("2^{", "}"), (r"\boxed{", "}"),
         (r"\begin{pmatrix}", r"\end{pmatrix}"), (r"\text{", "}"), ("f(", ")")]
    )  # fmt: skip
    depth = st.integers(min_value=2, max_value=80)
    return st.builds(
        lambda text, pair, times: (pair[0] * times + text + pair[1] * times)[:8000],
        inner, pairs, depth,
    )  # fmt: skip


def hostile_texts(canary: Path) -> SearchStrategy[str]:
    """All kinds, in equal parts."""
    known = st.sampled_from(known_texts(canary))
    words = st.sampled_from(_vocabulary())
    garbage = st.lists(words, min_size=1, max_size=30).map("".join)
    spaced = st.lists(words, min_size=1, max_size=30).map(" ".join)
    signs = st.text(alphabet=_BIDI + _CONTROL + _SURROGATES + "x=5+-()\\{}$", max_size=60)
    numbers = st.builds(
        lambda base, sign, exponent: f"{base}{sign}{exponent}",
        st.integers(-(10**30), 10**60),
        st.sampled_from(["^", "**", "!", "e", "E", "/", "//", "%", ".", ",", "\\cdot", "^{-", "_"]),
        st.integers(0, 10**40),
    )
    spliced = st.tuples(known, garbage).map("".join)
    return st.one_of(
        known, garbage, spaced, signs, numbers, spliced, st.text(max_size=200),
        _nested(garbage), st.text(alphabet="0123456789+-*/^().,=x ", max_size=300),
    )  # fmt: skip
