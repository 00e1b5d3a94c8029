"""TeX formulas as Typst, each one tried on its own so that a bad one cannot cost a document."""

import json
import re
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import typst

from tutor_app.export.maths import LIMIT_CHARS, Piece, PieceKind
from tutor_app.export.pandoc import ast_document, run_pandoc

# What TeX has and Pandoc's reader lacks, in the plainest form that says the same.
_TEX_REPLACEMENTS = (
    (re.compile(r"\\(?:tag)\*?\{([^{}]*)\}"), r"\\qquad (\1)"),
    (re.compile(r"\\(?:textcolor|colorbox)\{[^{}]*\}"), ""),
    (re.compile(r"\\(?:color|require|label)\{[^{}]*\}"), ""),
    (re.compile(r"\\[hv]space\*?\{[^{}]*\}"), r"\\;"),
    (re.compile(r"\\(?:nonumber|notag|hline|hfill|hdashline)(?![a-zA-Z])"), ""),
    (re.compile(r"\\degree(?![a-zA-Z])"), r"{}^{\\circ}"),
    (re.compile(r"\\(?:fbox|framebox)(?=\{)"), r"\\boxed"),
    (re.compile(r"\\mbox(?=\{)"), r"\\text"),
    (re.compile(r"\\(?:tfrac|cfrac)(?![a-zA-Z])"), r"\\frac"),
    (re.compile(r"\\lt(?![a-zA-Z])"), "<"),
    (re.compile(r"\\gt(?![a-zA-Z])"), ">"),
)

_CASES = re.compile(r"\\begin\{cases\}.*?\\end\{cases\}", re.S)
_BARE_BAR = re.compile(r"(?<!\\)(?<!\\left)(?<!\\right)\|")
_BAR_PAIR = re.compile(rf"{_BARE_BAR.pattern}([^|&]+){_BARE_BAR.pattern}")

# Names that Typst 0.15 has changed since Pandoc's writer was written. A quoted text is no name.
_QUOTED = r'"(?:\\.|[^"\\])*"'
_RENAMED = re.compile(rf"{_QUOTED}|\bsect\b|\.circle\b|\b(brace|bracket)\.([lr])\.double\b")


def _renamed(match: re.Match[str]) -> str:
    found = match.group()
    if found.startswith('"'):
        return found
    if match.group(1):
        return f"{match.group(1)}.{match.group(2)}.stroked"
    return {"sect": "inter", ".circle": ".o"}[found]


def typst_formulas(formulas: Iterable[Piece]) -> Mapping[Piece, str]:
    """Typst code of each formula, dollars included; those that cannot be typeset are missing.

    Raises:
        ExportError: Pandoc cannot be used at all.
    """
    wanted = [piece for piece in dict.fromkeys(formulas) if len(piece.source) <= LIMIT_CHARS]
    if not wanted:
        return MappingProxyType({})
    separator = f"formula{secrets.token_hex(8)}"  # the model cannot guess it
    blocks: list[object] = []
    for piece in wanted:
        kind = "DisplayMath" if piece.kind is PieceKind.DISPLAY else "InlineMath"
        blocks.append(
            {"t": "Para", "c": [{"t": "Math", "c": [{"t": kind}, _simplified(piece.source)]}]}
        )
        blocks.append({"t": "Para", "c": [{"t": "Str", "c": separator}]})
    output = run_pandoc(("-f", "json", "-t", "typst"), stdin=json.dumps(ast_document(blocks)))
    codes = (code.strip() for code in output.split(separator))
    with TemporaryDirectory(prefix="stem-tutor-export-") as root:
        compiler = typst.Compiler(root=Path(root), ignore_system_fonts=True)
        return MappingProxyType(
            {
                piece: fixed
                for piece, code in zip(wanted, codes, strict=False)
                if (fixed := _RENAMED.sub(_renamed, code)) and _is_sound(fixed, compiler)
            }
        )


def _simplified(source: str) -> str:
    for pattern, replacement in _TEX_REPLACEMENTS:
        source = pattern.sub(replacement, source)
    # Typst puts no space between the columns of cases
    source = _CASES.sub(lambda cases: re.sub(r"(?<!\\)&", r"&\\quad ", cases.group()), source)
    if len(_BARE_BAR.findall(source)) % 2 == 0 and "\\begin{array}" not in source:
        # absolute values: a bar by itself is spaced like a relation
        source = _BAR_PAIR.sub(_fenced_by_bars, source)
    return source


def _fenced_by_bars(pair: re.Match[str]) -> str:
    inside = pair.group(1)
    if inside.count("{") != inside.count("}") or "\\\\" in inside:
        return pair.group()
    return rf"\left|{inside}\right|"


def _is_sound(code: str, compiler: typst.Compiler) -> bool:
    if not code.startswith("$"):  # Pandoc writes what it cannot convert as escaped text
        return False
    try:
        compiler.compile(input=code.encode(), format="svg")
    except typst.TypstError:
        return False
    return True
