"""Other spellings brought to the one the lexer knows: full-width signs, repeating decimals."""

import re
from typing import Final

from tutor_app.verify.limits import Unreadable

_FULL_WIDTH_FIRST: Final = 0xFF01
_FULL_WIDTH_LAST: Final = 0xFF5E
_ASCII_FIRST: Final = 0x21
_CHINESE: Final = {
    "、": ", ", "，": ", ", "；": "; ", "【": "[", "】": "]", "〈": "⟨", "〉": "⟩",
    "\u3000": " ",
}  # fmt: skip
_CHINESE_END: Final = re.compile(r"[。．｡]\s*$")
_HALVES: Final = re.compile(r"(?<![\d.])(\d+)\s*([½⅓⅔¼¾⅕⅛⅜⅝⅞])")
_HALF_TEXT: Final = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅛": "1/8",
    "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
}  # fmt: skip
_BAR: Final = re.compile(r"(?<=[\d.])\\bar\s*\{(\d+)\}|(?<=[\d.])\\bar\s*(\d)(?!\d)")
_COMBINING_BAR: Final = re.compile("((?:\\d\u0305)+)")
_DOT: Final = re.compile(
    r"(?P<head>\d*\.\d*)\\dot\s*\{?(?P<first>\d)\}?(?:(?P<middle>\d*)\\dot\s*\{?(?P<last>\d)\}?)?"
)
_BRACKET_CYCLE: Final = re.compile(r"(?<![\w.,)])(\d+\.)\((\d+)\)(?![\d^!(])")
_BRACED_ROWS: Final = re.compile(
    r"\\left\s*\\(?:\{|lbrace)\s*\\begin\s*\{(array|aligned|matrix)\}(?:\s*\{[lcr\s]*\})?"
    r"(?P<rows>(?:(?!\\begin).)*?)\\end\s*\{\1\}\s*\\right\s*(?:\.|$)",
    re.DOTALL,
)
_FIXED_BRACKET_CYCLE: Final = re.compile(r"(?<![\w.,)])0?\.\d+\(\d+\)")


def full_width(text: str) -> str:
    """A text with full-width and Chinese signs as plain ones, `2½` as `2 1/2`."""
    text = _CHINESE_END.sub("", text)
    signs: list[str] = []
    for char in text:
        if char in _CHINESE:
            signs.append(_CHINESE[char])
        elif _FULL_WIDTH_FIRST <= ord(char) <= _FULL_WIDTH_LAST:
            signs.append(chr(ord(char) - _FULL_WIDTH_FIRST + _ASCII_FIRST))
        else:
            signs.append(char)
    return _HALVES.sub(lambda found: f"{found[1]} {_HALF_TEXT[found[2]]}", "".join(signs))


def braced_rows(text: str) -> str:
    r"""A text whose rows behind one brace are written with `\begin{cases}`."""
    return _BRACED_ROWS.sub(lambda found: f"\\begin{{cases}}{found['rows']}\\end{{cases}}", text)


def repeating_decimals(text: str) -> str:
    r"""A text whose repeating decimals are all written with `\overline`.

    Raises:
        Unreadable: `0.1(6)`, which may be a repeating decimal or a product.
    """
    if _FIXED_BRACKET_CYCLE.search(text):
        raise Unreadable(
            "digits in brackets after a decimal can repeat or be a factor", is_ambiguous=True
        )
    text = _BRACKET_CYCLE.sub(r"\1\\overline{\2}", text)
    text = _BAR.sub(lambda found: f"\\overline{{{found[1] or found[2]}}}", text)
    text = _COMBINING_BAR.sub(
        lambda run: "\\overline{" + run.group().replace("\u0305", "") + "}", text
    )
    return _DOT.sub(_overlined, text)


def _overlined(found: "re.Match[str]") -> str:
    cycle = found["first"]
    if found["last"] is not None:
        cycle += found["middle"] + found["last"]
    return f"{found['head']}\\overline{{{cycle}}}"
