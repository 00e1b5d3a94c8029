"""Pieces of a model's Markdown as Typst code that can only print, never run.

Three walls: every piece is parsed by itself, so an unclosed fence ends with it; Pandoc's tree is
cleaned of raw code, links, images and names; and `pdf` compiles with a root folder that holds
nothing but these pieces.
"""

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import Any

from tutor_app.export.formula import typst_formulas
from tutor_app.export.maths import Piece, PieceKind, pieces
from tutor_app.export.pandoc import ast_document, run_pandoc

# Raw HTML is read so that it can be printed as text; without the extension Pandoc drops it.
_MARKDOWN = "commonmark+pipe_tables+strikeout+raw_html"
_OPEN, _CLOSE = "\ue000", "\ue001"  # around a formula's number; private use, taken out of texts
_PLACEHOLDER = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_LANGUAGE = re.compile(r"[\w+#.-]{1,20}")
_TOO_DEEP = re.compile(r"^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])){30,}", re.M)
_UNBROKEN = re.compile(r"\S{100}")
_RULE = "#line(length: 100%, stroke: 0.5pt)"
_NO_ATTRIBUTES: tuple[object, ...] = ("", (), ())

Node = object
"""A value in Pandoc's JSON tree."""


@dataclass(frozen=True, slots=True)
class Fragments:
    """Typst code, one entry per text.

    Attributes:
        codes: in the order of the texts.
        untypeset: formulas that are shown as their source.
    """

    codes: tuple[str, ...]
    untypeset: tuple[str, ...]


def typst_fragments(texts: Sequence[str]) -> Fragments:
    """Convert texts of Markdown with TeX, in any of the usual marks, to Typst.

    Raises:
        ExportError: Pandoc cannot be used.
    """
    formulas: list[Piece] = []
    marked = [_mark_formulas(text, formulas) for text in texts]
    codes = typst_formulas(formulas)
    separator = f"fragment{secrets.token_hex(8)}"
    tree = json.loads(_parse(marked, separator))
    cleaner = _Cleaner(formulas, codes)
    blocks = cleaner.clean(tree["blocks"])
    assert isinstance(blocks, list)
    output = run_pandoc(("-f", "json", "-t", "typst"), stdin=json.dumps(ast_document(blocks)))
    untypeset = tuple(dict.fromkeys(piece.source for piece in formulas if piece not in codes))
    return Fragments(tuple(code.strip() for code in output.split(separator)[1:]), untypeset)


def _mark_formulas(text: str, formulas: list[Piece]) -> str:
    text = text.replace(_OPEN, "").replace(_CLOSE, "")
    if _TOO_DEEP.search(text):
        return "~~~~~~\n" + text.replace("~~~~~~", "") + "\n~~~~~~"
    out = []
    for piece in pieces(text):
        if piece.kind in {PieceKind.TEXT, PieceKind.CODE}:
            out.append(piece.source)
        else:
            out.append(f"{_OPEN}{len(formulas)}{_CLOSE}")
            formulas.append(piece)
    return dedent("".join(out))


def _parse(texts: Sequence[str], separator: str) -> str:
    with TemporaryDirectory(prefix="stem-tutor-export-") as name:
        folder = Path(name)
        between = folder / "separator.md"
        between.write_text(f"{separator}\n", encoding="utf-8")
        files = []
        for number, text in enumerate(texts):
            file = folder / f"{number}.md"
            file.write_text(text + "\n", encoding="utf-8")
            files += [str(between), str(file)]
        return run_pandoc(("--file-scope", "-f", _MARKDOWN, "-t", "json", *files))


class _Cleaner:
    """Rebuilds Pandoc's tree from what may be printed."""

    def __init__(self, formulas: Sequence[Piece], codes: Mapping[Piece, str]) -> None:
        self._formulas = formulas
        self._codes = codes

    def clean(self, node: Node) -> Node:
        if isinstance(node, list):
            return [self.clean(child) for child in node]
        if not isinstance(node, dict):
            return node
        if "t" in node and "c" in node:
            return self._clean_element(node["t"], node["c"])
        if node.get("t") == "HorizontalRule":  # Pandoc's Typst for it needs its own template
            return {"t": "RawBlock", "c": ["typst", _RULE]}
        return {key: self.clean(value) for key, value in node.items()}

    def _clean_element(self, kind: str, content: Any) -> Node:  # noqa: ANN401 - parsed JSON
        match kind:
            case "Str":
                return _span(self._text(content))
            case "Code" | "RawInline":
                return _code(self._restored(content[1]))
            case "CodeBlock":
                return _code_block(self._restored(content[1]), content[0][1])
            case "RawBlock":
                return {"t": "Para", "c": [_code(self._restored(content[1]))]}
            case "Link":
                target = self._restored(content[2][0])
                return _span([*self._cleaned_list(content[1]), _string(f" ({target})")])
            case "Image":
                return _span([_string("[image: "), *self._cleaned_list(content[1]), _string("]")])
            case "Header":
                strong = {"t": "Strong", "c": self._cleaned_list(content[2])}
                return {"t": "Para", "c": [strong]}
            case _:
                return {"t": kind, "c": self.clean(content)}

    def _cleaned_list(self, nodes: Node) -> list[Node]:
        cleaned = self.clean(nodes)
        assert isinstance(cleaned, list)
        return cleaned

    def _text(self, text: str) -> list[Node]:
        nodes: list[Node] = []
        for position, part in enumerate(_PLACEHOLDER.split(text)):
            if position % 2:
                nodes.append(self._formula(self._formulas[int(part)]))
            elif part:
                nodes.append(_string(part))
        return nodes

    def _formula(self, piece: Piece) -> Node:
        code = self._codes.get(piece)
        return _code(piece.source) if code is None else {"t": "RawInline", "c": ["typst", code]}

    def _restored(self, text: str) -> str:
        return _PLACEHOLDER.sub(lambda mark: self._formulas[int(mark.group(1))].source, text)


def _string(text: str) -> Node:
    return {"t": "Str", "c": text}


def _span(nodes: list[Node]) -> Node:
    return {"t": "Span", "c": [_NO_ATTRIBUTES, nodes]}


def _code(text: str) -> Node:
    # Typst's time grows with the square of a line that cannot be broken
    text = _UNBROKEN.sub("\\g<0>\u200b", text)
    return {"t": "Code", "c": [_NO_ATTRIBUTES, text]}


def _code_block(text: str, classes: Sequence[str]) -> Node:
    known = [name for name in classes if _LANGUAGE.fullmatch(name)][:1]
    return {"t": "CodeBlock", "c": [["", known, []], text]}
