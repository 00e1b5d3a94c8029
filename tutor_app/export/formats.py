"""Which formats exist, and what writes each of them."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from tutor_app.core.solution import Solution
from tutor_app.export.markdown import render_markdown
from tutor_app.export.pdf import render_pdf


class ExportFormat(StrEnum):
    """A kind of file; the value is its name on the command line."""

    PDF = "pdf"
    MARKDOWN = "markdown"


SUFFIXES: Mapping[ExportFormat, str] = MappingProxyType(
    {ExportFormat.PDF: ".pdf", ExportFormat.MARKDOWN: ".md"}
)
"""The ending of a file's name in each format."""

Renderer = Callable[[Solution, bool], bytes]


def _pdf(solution: Solution, include_working: bool) -> bytes:
    return render_pdf(solution, include_working=include_working)


def _markdown(solution: Solution, include_working: bool) -> bytes:
    return render_markdown(solution, include_working=include_working).encode()


_RENDERERS: Mapping[ExportFormat, Renderer] = MappingProxyType(
    {ExportFormat.PDF: _pdf, ExportFormat.MARKDOWN: _markdown}
)


def format_of_suffix(suffix: str) -> ExportFormat | None:
    """The format of a file whose name ends so (".pdf"), or None."""
    return next((kind for kind, known in SUFFIXES.items() if known == suffix.lower()), None)


def export_solution(
    solution: Solution, export_format: ExportFormat, *, include_working: bool = True
) -> bytes:
    """A solution as the content of a file.

    Args:
        solution: what to write.
        export_format: which kind of file.
        include_working: whether the scratch work is shown.

    Raises:
        ExportError: it cannot be turned into this format here.
    """
    return _RENDERERS[export_format](solution, include_working)
