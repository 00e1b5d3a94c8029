r"""One spelling for the maths in a problem, shared by training and inference.

A small model that has seen only this spelling need not learn that `×`, `\times` and `*` are one
sign. Models that name another convention in their file never see it. What the user typed is
kept as it was; only the model's prompt is normalised.
"""

import re

_CHARACTERS = str.maketrans(
    {
        "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": ":", "−": "-", "–": "-", "—": "-",
        "＋": "+", "－": "-", "＝": "=", "（": "(", "）": ")", "，": ",", "：": ":", "？": "?",
        "′": "'", "’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u2009": " ",
        "⁰": "^0", "¹": "^1", "²": "^2", "³": "^3", "⁴": "^4", "⁵": "^5", "⁶": "^6",
        "⁷": "^7", "⁸": "^8", "⁹": "^9", "½": "1/2", "¼": "1/4", "¾": "3/4", "％": "%",
    }
)  # fmt: skip

_COMMANDS = (
    (re.compile(r"\\(?:left|right|displaystyle|,|;|!|quad|qquad)(?![a-zA-Z])"), ""),
    (re.compile(r"\\(?:cdot|times)(?![a-zA-Z])"), "*"),
    (re.compile(r"\\div(?![a-zA-Z])"), ":"),
    (re.compile(r"\\%"), "%"),
    (re.compile(r"\\text\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\[()\[\]]|\$"), ""),
    (re.compile(r"\*\*"), "^"),
)
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_BRACED_POWER = re.compile(r"\^\{([^{}]*)\}")
_PLAIN_PART = re.compile(r"[0-9a-zA-Z.]+")
_THOUSANDS = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+)(?![\d,])")
_TIGHT = re.compile(r"(?<=[\w)%'])\s*([+*:/=^-])\s*(?=[\w(.-])")
_LEADING_SIGN = re.compile(r"([=(+*:/^-])\s+(?=[\w(.-])")
_TIMES_WORD = re.compile(r"(?<=\d)\s*[x]\s*(?=\d)")


def _braces_off(part: str) -> str:
    return part if _PLAIN_PART.fullmatch(part) else f"({part})"


def normalise_problem(text: str) -> str:
    """A problem in the one spelling: ASCII operators, tight maths, no delimiters.

    `:` stands for the division sign, so that dividing two fractions stays readable.
    """
    text = text.translate(_CHARACTERS)
    for pattern, replacement in _COMMANDS:
        text = pattern.sub(replacement, text)
    while _FRACTION.search(text):
        text = _FRACTION.sub(
            lambda match: f"{_braces_off(match[1].strip())}/{_braces_off(match[2].strip())}", text
        )
    text = _BRACED_POWER.sub(lambda match: "^" + _braces_off(match[1]), text)
    text = _THOUSANDS.sub(lambda match: match[1].replace(",", ""), text)
    text = _TIMES_WORD.sub("*", text)
    text = _TIGHT.sub(r"\1", text)
    text = _LEADING_SIGN.sub(r"\1", text)
    return " ".join(text.split())
