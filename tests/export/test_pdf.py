import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from tutor_app.core.errors import ExportError
from tutor_app.core.solution import Solution
from tutor_app.export import pdf
from tutor_app.export.formats import ExportFormat, export_solution
from tutor_app.export.pdf import render_pdf

MakeSolution = Callable[..., Solution]


def _pages(document: bytes) -> int:
    """Pages of a PDF, counted in its objects, which may lie in compressed streams."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", document, re.S)
    plain = [document]
    for stream in streams:
        try:
            plain.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", b"".join(plain)))


def test_solution_becomes_a_one_page_pdf(make_solution: MakeSolution) -> None:
    document = render_pdf(make_solution())
    assert (document[:5], _pages(document)) == (b"%PDF-", 1)


def test_same_solution_gives_the_same_file(make_solution: MakeSolution) -> None:
    assert render_pdf(make_solution()) == render_pdf(make_solution())


def test_long_solution_runs_over_several_pages(make_solution: MakeSolution) -> None:
    text = "\n".join(f"Line {number}: $x^{{{number}}} = {number}$" for number in range(120))
    assert _pages(render_pdf(make_solution(text=text, steps=()))) > 2


def test_empty_solution_is_still_a_document(make_solution: MakeSolution) -> None:
    assert render_pdf(make_solution(text="", steps=(), answer="")).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "hostile", ['#read("/etc/passwd")', '" + read("main.typ") + "', "]#panic()[", "\\", "\x00", "$"]
)
@pytest.mark.parametrize("field", ["problem", "text", "answer"])
def test_hostile_text_in_any_field_gives_a_pdf(
    make_solution: MakeSolution, field: str, hostile: str
) -> None:
    solution = make_solution(**{"steps": (), field: hostile})
    assert render_pdf(solution).startswith(b"%PDF-")


def test_formula_that_cannot_be_typeset_does_not_cost_the_document(
    make_solution: MakeSolution,
) -> None:
    solution = make_solution(text=r"A bad $\badmacro{x}$ one.", steps=())
    assert render_pdf(solution).startswith(b"%PDF-")


def test_what_could_not_be_typeset_is_said(make_solution: MakeSolution) -> None:
    warnings = pdf._warnings(make_solution(), ["\\bad"], 2, ["Libertinus Serif"])
    assert warnings == (
        "Formulas that could not be typeset and are shown as TeX: 1.",
        "Steps that could not be typeset and are shown as source: 2.",
    )


@pytest.mark.parametrize(
    ("families", "count"), [(["Libertinus Serif"], 1), (["Noto Serif CJK SC"], 0)]
)
def test_missing_east_asian_font_is_said(
    make_solution: MakeSolution, families: list[str], count: int
) -> None:
    solution = make_solution(problem="解方程 $x = 1$")
    assert len(pdf._warnings(solution, [], 0, families)) == count


def test_piece_that_does_not_compile_is_written_as_its_source(tmp_path: Path) -> None:
    replaced = pdf._write_fragments(tmp_path, ["good", "bad"], ["good", "#unknown-function()"])
    assert replaced == 1
    assert (tmp_path / "1.typ").read_text(encoding="utf-8") == '#raw("bad", block: true)'


def test_compiler_that_fails_is_a_clear_error(
    make_solution: MakeSolution, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise typst.TypstError("no", "no")

    monkeypatch.setattr(typst, "compile", fail)
    with pytest.raises(ExportError, match="could not be made"):
        render_pdf(make_solution())


def test_export_in_pdf_is_the_rendered_file(make_solution: MakeSolution) -> None:
    solution = make_solution()
    assert export_solution(solution, ExportFormat.PDF) == render_pdf(solution)
