r"""A typed line as text with its formulas between `\(` and `\)`, for KaTeX and Pandoc to typeset.

Only the look changes: nothing is calculated, and what could be read in two ways (`1/2x`) stays
as typed.
"""

import re
from functools import lru_cache
from typing import Final

_DELIMITED: Final = re.compile(r"\\\(|\\\[|\$\S[^$]*\$|\\begin\b|\\text\b|\\mathrm\b")
_LATEX: Final = re.compile(r"\\[A-Za-z]+|[\^_]\{")
_COMMAND: Final = re.compile(
    r"(?:arc)?(?:sin|cos|tan)|(?:sin|cos|tan)h|cot|sec|csc|log|ln|exp|lim|gcd|det|max|min"
    r"|alpha|beta|gamma|delta|epsilon|theta|lambda|mu|pi|rho|sigma|tau|phi|chi|psi|omega"
)
_SHORT_WORD: Final = re.compile(
    r"(?i)so|is|we|by|to|of|or|an|at|in|it|be|as|no|if|on|do|my|us|up|go|he|me|am"
)
_TOKEN: Final = re.compile(
    r"(?P<word>[A-Za-z]+)|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)"
    r"|(?P<sign><=>|==>|=>|->|<=|>=|!=|\+-|\*\*|\S)|(?P<space>\s+)"
)
_SIGNS: Final = {
    "<=>": r"\Leftrightarrow ", "==>": r"\Rightarrow ", "=>": r"\Rightarrow ", "->": r"\to ",
    "<=": r"\le ", ">=": r"\ge ", "!=": r"\ne ", "+-": r"\pm ", "*": r"\cdot ", "·": r"\cdot ",
    "×": r"\times ", "÷": r"\div ", "±": r"\pm ", "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ",
    "≈": r"\approx ", "−": "-", "%": r"\%", "#": r"\#", "&": r"\&", "{": r"\{", "}": r"\}",
    "~": r"\sim ", "∞": r"\infty ", "π": r"\pi ", "∴": r"\therefore ", "⇒": r"\Rightarrow ",
    "⇔": r"\Leftrightarrow ", "→": r"\to ", "²": "^{2}", "³": "^{3}", "\\": r"\backslash ",
}  # fmt: skip
_OPERATIONS: Final = re.compile(r"[=<>≤≥≠≈^*·×÷+−/√²³]|(?<=[\w)\s])-|\bsqrt\b")
_OPERAND: Final = re.compile(r"[\w)(]")
_NUMBER_FRACTION: Final = re.compile(
    r"(?<![\w).^/}])(?P<top>\d+)\s?/\s?(?P<bottom>\d+)(?![\w.^/!]|,\d|\s*[\w(\\])"
)
_WORD_IN_LATEX: Final = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{2,}(?![A-Za-z{}])")
_EXPONENT: Final = re.compile(r"\s*(?P<body>[-−+]?(?:\d+(?:\.\d+)?|[A-Za-z]))")
_LINE_CHARACTERS: Final = 2_000
_NESTING: Final = 20  # deeper brackets stay as typed
_SQRT: Final = re.compile(r"(?:sqrt|√)\s*")


@lru_cache(maxsize=2_048)  # a page of lines is typeset again at every pause in typing
def with_formulas(line: str) -> str:
    r"""The line with each formula between `\(` and `\)`; a line that has delimiters stays."""
    text = line.strip()
    if len(text) > _LINE_CHARACTERS:
        return text
    if _DELIMITED.search(text):
        whole = re.search(r"\\\(|\\\[|\$", text)
        return text if whole else f"\\({text}\\)"
    if _LATEX.search(text):
        return f"\\({_WORD_IN_LATEX.sub(_latex_word, text)}\\)"
    return "".join(
        f"\\({_tex(part)}\\)" if is_formula else part for part, is_formula in _parts(text)
    )


def _latex_word(found: re.Match[str]) -> str:
    word = found.group()
    return f"\\text{{ {word} }}" if _is_prose(word) else word


def _is_prose(word: str) -> bool:
    if _COMMAND.fullmatch(word) or word == "sqrt":
        return False
    return len(word) > 2 or _SHORT_WORD.fullmatch(word) is not None


def _parts(text: str) -> list[tuple[str, bool]]:
    """The text cut into prose and formulas."""
    parts: list[tuple[str, bool]] = []
    run = ""
    for token in _TOKEN.finditer(text):
        if token["word"] and _is_prose(token["word"]):
            parts += _run_parts(run)
            parts.append((token.group(), False))
            run = ""
        else:
            run += token.group()
    return parts + _run_parts(run)


def _run_parts(run: str) -> list[tuple[str, bool]]:
    """A run without words: a formula between its outer spaces and punctuation, or plain text."""
    body = run.strip()
    head = re.match(r"[,;:.!?]+\s+", body)
    start = len(run) - len(run.lstrip()) + (head.end() if head else 0)
    core = re.sub(r"[\s,;:.?]+$", "", run[start:])
    if not core or not (_OPERATIONS.search(core) and _OPERAND.search(core)):
        # a letter or number alone may be a word: "a", "I", "2 apples"
        is_formula = bool(re.fullmatch(r"[(\[]?-?(?:\d*[b-zB-HJ-Z]|\([^()]*\))+[)\]]?", core))
        if not is_formula:
            return [(run, False)]
    return [(run[:start], False), (core, True), (run[start + len(core) :], False)]


def _tex(formula: str) -> str:
    formula = _NUMBER_FRACTION.sub(r"\\frac{\g<top>}{\g<bottom>}", formula)
    return _converted(formula, 0).strip()


def _converted(formula: str, depth: int) -> str:
    if depth > _NESTING:
        return formula
    made: list[str] = []
    at = 0
    while at < len(formula):
        if formula.startswith("\\frac{", at):  # made by `_tex`
            end = formula.index("}", formula.index("}", at) + 1) + 1
            made.append(formula[at:end])
            at = end
            continue
        root = _SQRT.match(formula, at)
        if root:
            body, at = _operand(formula, root.end(), depth)
            made.append(f"\\sqrt{{{body}}}")
            continue
        token = _TOKEN.match(formula, at)
        assert token is not None, "every character is a token"
        at = token.end()
        if token.group() in {"^", "**", "_"}:
            body, at = _operand(formula, at, depth)
            made.append(f"{'_' if token.group() == '_' else '^'}{{{body}}}")
        else:
            made.append(_token_tex(token))
    return "".join(made)


def _token_tex(token: re.Match[str]) -> str:
    text = token.group()
    if token["word"]:
        return f"\\{text} " if _COMMAND.fullmatch(text) else text
    if token["number"]:
        return text.replace(",", "{,}")
    return _SIGNS.get(text, text)


def _operand(formula: str, at: int, depth: int) -> tuple[str, int]:
    """What a root or an exponent covers, converted, and where it ends."""
    opened = re.compile(r"\s*\(").match(formula, at)
    if opened:
        depth, end = 1, opened.end()
        while end < len(formula) and depth:
            depth += {"(": 1, ")": -1}.get(formula[end], 0)
            end += 1
        inside = formula[opened.end() : end - 1 if not depth else end]
        return _converted(inside, depth + 1), end
    short = _EXPONENT.match(formula, at)
    if short:
        return short["body"].replace("−", "-"), short.end()
    return "", at
