"""The words, commands and signs the lexer knows; everything else is refused."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FUNCTIONS: Final = frozenset(
    {
        "sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "asin", "acos",
        "atan", "sinh", "cosh", "tanh", "ln", "log", "exp", "sqrt", "cbrt", "abs", "gcd", "lcm",
        "det", "lim", "mod",
    }
)  # fmt: skip

FUNCTION_ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {"asin": "arcsin", "acos": "arccos", "atan": "arctan", "hcf": "gcd", "gcf": "gcd"}
)

MATRIX_FUNCTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tr": "tr", "trace": "tr", "rank": "rank", "dot": "dot", "cross": "cross", "norm": "norm",
        "transpose": "transpose", "inverse": "inverse",
    }
)  # fmt: skip
"""Known only before a bracket or as a command: `tr` alone is a product of letters."""

VECTOR_PRODUCTS: Final[Mapping[str, str]] = MappingProxyType({"cdot": "dot", "times": "cross"})

GREEK: Final = frozenset(
    {
        "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta",
        "vartheta", "iota", "kappa", "lambda", "mu", "nu", "xi", "rho", "sigma", "tau",
        "phi", "varphi", "chi", "psi", "omega", "Delta", "Gamma", "Omega", "Sigma", "Phi", "Psi",
    }
)  # fmt: skip

CONSTANTS: Final[Mapping[str, str]] = MappingProxyType(
    {"pi": "pi", "infty": "oo", "infinity": "oo", "inf": "oo", "oo": "oo"}
)

APPLIED_LETTERS: Final = frozenset({"f", "g", "h", "F", "G", "H"})
"""Letters that name a function when a bracket follows: `f(x)` is a value, `x(x+1)` a product."""

# A run of two or three letters is a product of letters unless it is one of these.
ENGLISH: Final = frozenset(
    {
        "is", "as", "at", "an", "to", "in", "on", "by", "so", "we", "if", "no", "it", "be", "do",
        "us", "my", "me", "go", "up", "he", "am", "ok", "vs", "the", "for", "are", "not", "all",
        "any", "has", "had", "was", "get", "let", "set", "sum", "div", "max", "min", "one",
        "LHS", "RHS", "lhs", "rhs", "QED", "Ans",
        "two", "six", "ten", "out", "but", "can", "its", "yes", "now", "per", "via", "nor", "new",
        "add", "few", "how", "our", "own", "put", "see", "try", "use", "way", "who", "why", "you",
        "end", "ans", "rem", "deg", "rad", "pct", "sgn", "arg", "mol", "sec", "hrs", "lbs", "mph",
        "km", "cm", "mm", "nm", "kg", "mg", "ml", "mL", "kW", "kJ", "MJ", "Hz", "Pa", "ft", "lb",
        "oz", "hr", "kWh", "cal", "eV", "re", "im", "Re", "Im", "Ln", "lg", "Log", "tg",
        "ctg", "sh", "ch", "th", "st", "nd", "rd", "dx", "dy", "dt", "du", "dv", "dz", "of", "or",
    }
)  # fmt: skip

LETTER_PAIRS: Final = frozenset({"at", "as"})
"""English words that are products in `v = u + at` and `v^2 = u^2 + 2as`: only between signs."""

SIGNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "×": "\\times ", "·": "\\cdot ", "⋅": "\\cdot ", "∙": "*", "∗": "*", "•": "*",
        "∕": "/", "⁄": "/",
        "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "≤": "<=", "⩽": "<=", "≥": ">=",
        "⩾": ">=", "≠": "\\ne ", "π": "\\pi ", "√": "\\sqrt ", "∞": "\\infty ", "°": "\\degree ",
        "∪": "\\cup ", "∩": "\\cap ", "∅": "\\emptyset ", "ℝ": "\\mathbb{R}", "∈": "\\in ",
        "≈": "\\approx ", "∫": "\\int ", "′": "'", "’": "'", "\u00a0": " ", "\u2009": " ",
        "\u202f": " ", "Δ": "\\Delta ", "θ": "\\theta ", "∖": "\\setminus ",
        "→": "\\to ", "±": "\\pm ", "∓": "\\mp ", "∑": "\\sum ", "∏": "\\prod ",
        "≦": "<=", "≧": ">=", "⟨": "\\langle ", "⟩": "\\rangle ", "‖": "\\Vert ",
        "½": "(1/2)", "⅓": "(1/3)", "⅔": "(2/3)", "¼": "(1/4)", "¾": "(3/4)", "⅕": "(1/5)",
        "⅛": "(1/8)", "⅜": "(3/8)", "⅝": "(5/8)", "⅞": "(7/8)", "∛": "\\cbrt ",
    }
)  # fmt: skip

SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ⁺"
SUPERSCRIPT_VALUES: Final = "0123456789-n+"
SUBSCRIPTS: Final = "₀₁₂₃₄₅₆₇₈₉ₙ"
SUBSCRIPT_VALUES: Final = "0123456789n"

SKIPPED_COMMANDS: Final = frozenset(
    {
        "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "quad", "qquad", "limits",
        "displaystyle", "textstyle", ",", ";", "!", ":", " ", "nolimits",
    }
)  # fmt: skip

OPERATOR_COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cdot": "*", "times": "*", "ast": "*", "div": "÷", "pm": "±", "mp": "∓", "le": "<=",
        "leq": "<=", "leqslant": "<=", "ge": ">=", "geq": ">=", "geqslant": ">=", "ne": "!=",
        "neq": "!=", "lt": "<", "gt": ">", "approx": "≈", "%": "%", "{": "{{", "}": "}}",
        "lbrace": "{{", "rbrace": "}}", "cup": "∪", "setminus": "∖", "in": "∈", "to": "→",
        "rightarrow": "→", "lvert": "|", "rvert": "|", "mid": "|", "vert": "|", "prime": "'",
        "degree": "°", "circ": "∘", "langle": "⟨", "rangle": "⟩", "top": "⊤", "intercal": "⊤",
        "Vert": "‖", "lVert": "‖", "rVert": "‖", "|": "‖",
    }
)  # fmt: skip

LETTERED_COMMANDS: Final = frozenset({"mathrm", "operatorname", "mathit", "mathsf", "mathbf"})
TEXT_COMMANDS: Final = frozenset({"text", "textrm", "textbf", "mbox", "textit"})
