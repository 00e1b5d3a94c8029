"""A worked solution as PDF: A4, like a teacher's handout. No TeX, no network."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from tutor_app import __version__
from tutor_app.core.blocks import BlockKind
from tutor_app.core.errors import ExportError
from tutor_app.core.solution import Solution
from tutor_app.export.fragment import typst_fragments
from tutor_app.export.handout import WORKING_LABEL, Handout, Line, Sign, handout_of

_COLOURS = {Sign.CHECKED: "1a7f37", Sign.WRONG: "b42318", Sign.NOT_DECIDED: "5f5f5f"}
_EAST_ASIAN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_EAST_ASIAN_FONT = re.compile(
    r"CJK|Han (?:Sans|Serif)|SimSun|SimHei|YaHei|PingFang|Hiragino|WenQuanYi|Songti|Heiti|Kai"
    r"|Mincho|Gothic|Malgun|Batang|Nanum|Droid Sans Fallback|Ming",
    re.I,
)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_TEMPLATE = Path(__file__).with_name("handout.typ")


def render_pdf(
    solution: Solution,
    *,
    include_working: bool = True,
    include_thinking: bool = False,
    font_folders: Sequence[Path] = (),
) -> bytes:
    """The solution as a PDF file.

    Args:
        solution: what to write.
        include_working: whether the scratch work is shown.
        include_thinking: whether the thinking is shown.
        font_folders: fonts to use beside the system's and the built-in ones.

    Raises:
        ExportError: the converters do not work here.
    """
    handout = handout_of(
        solution, include_working=include_working, include_thinking=include_thinking
    )
    fonts = typst.Fonts(font_paths=[str(folder) for folder in font_folders])
    texts = _texts(handout)
    fragments = typst_fragments(texts)
    with TemporaryDirectory(prefix="stem-tutor-export-") as name:
        # the compiler may read this folder only, and nothing but our own pieces is in it
        root = Path(name)
        replaced = _write_fragments(root, texts, fragments.codes)
        warnings = _warnings(solution, fragments.untypeset, replaced, fonts.families())
        (root / _TEMPLATE.name).write_bytes(_TEMPLATE.read_bytes())
        main = root / "main.typ"
        main.write_text("\n".join(_document(handout, warnings)), encoding="utf-8")
        return _compile(main, root, fonts)


def _texts(handout: Handout) -> list[str]:
    """The Markdown in the order of the pieces' file names: problem, prose, answer."""
    texts = [handout.problem]
    texts += [line.text for line in handout.lines if line.kind is BlockKind.PROSE]
    if handout.answer_latex:
        texts.append(f"\\[{handout.answer_latex}\\]")
    return texts


def _write_fragments(root: Path, texts: Sequence[str], codes: Sequence[str]) -> int:
    """Write the pieces; one that does not compile by itself is written as its source.

    Returns:
        How many were replaced.
    """
    compiler = typst.Compiler(root=root, ignore_system_fonts=True)
    replaced = 0
    for number, (text, code) in enumerate(zip(texts, codes, strict=True)):
        try:
            compiler.compile(input=code.encode(), format="svg")
        except typst.TypstError:
            code = f"#raw({_literal(text)}, block: true)"
            replaced += 1
        (root / f"{number}.typ").write_text(code, encoding="utf-8")
    return replaced


def _warnings(
    solution: Solution, untypeset: Sequence[str], replaced: int, families: Sequence[str]
) -> tuple[str, ...]:
    warnings = []
    if untypeset:
        warnings.append(
            f"Formulas that could not be typeset and are shown as TeX: {len(untypeset)}."
        )
    if replaced:
        warnings.append(f"Steps that could not be typeset and are shown as source: {replaced}.")
    if _EAST_ASIAN.search(solution.problem + solution.text) and not any(
        _EAST_ASIAN_FONT.search(family) for family in families
    ):
        warnings.append(
            "Some characters may be missing: no Chinese, Japanese or Korean font is installed here."
        )
    return tuple(warnings)


def _document(handout: Handout, warnings: Sequence[str]) -> Iterator[str]:
    yield f'#import "{_TEMPLATE.name}": *'
    title, version = _literal(handout.title), _literal(__version__)
    yield f"#show: sheet.with(title: {title}, version: {version})"
    yield '#problem(include "0.typ")'
    if handout.lines:
        yield "#heading(level: 2)[Steps]"
    number = 1
    for line in handout.lines:
        if line.kind is BlockKind.PROSE:
            yield _step(line, f'include "{number}.typ"')
            number += 1
        else:
            yield _step(line, _verbatim(line))
    yield "#heading(level: 2)[Answer]"
    body = f'include "{number}.typ"' if handout.answer_latex else "none"
    yield (
        f"#answer({body}, symbol: {_literal(handout.sign.symbol)},"
        f" verdict: {_literal(handout.verdict)}, colour: {_colour(handout.sign)})"
    )
    yield f"#notes({_array((*handout.notes, *warnings))})"
    yield f"#provenance({_literal(handout.provenance)})"


def _verbatim(line: Line) -> str:
    lang = f", lang: {_literal(line.lang)}" if line.lang else ""
    label = f"label-of({_literal(WORKING_LABEL)}) + " if line.kind is BlockKind.WORKING else ""
    return f"{label}raw({_literal(line.text)}, block: true{lang})"


def _step(line: Line, body: str) -> str:
    if line.sign is None:
        return f"#step({body})"
    return (
        f"#step(number: {line.number}, symbol: {_literal(line.sign.symbol)},"
        f" word: {_literal(line.sign.word)}, colour: {_colour(line.sign)},"
        f" reasons: {_array(line.reasons)}, {body})"
    )


def _colour(sign: Sign) -> str:
    return f'rgb("#{_COLOURS[sign]}")'


def _array(texts: Sequence[str]) -> str:
    return "(" + "".join(f"{_literal(text)}, " for text in texts) + ")"


def _literal(text: str) -> str:
    """A Typst string; in one, only the backslash and the quote mean something."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_CONTROL.sub("", escaped)}"'


def _compile(main: Path, root: Path, fonts: typst.Fonts) -> bytes:
    try:
        pdf = typst.compile(main, root=root, font_paths=fonts, format="pdf")
    except typst.TypstError as error:
        raise ExportError(
            "The PDF could not be made.", hint="Export as Markdown instead; nothing is lost there."
        ) from error
    assert isinstance(pdf, bytes)
    return pdf
