"""Runs Pandoc, shut in: it may read only the files it is given."""

import subprocess
from collections.abc import Sequence

import pypandoc

from tutor_app.core.errors import ExportError

_TIMEOUT_S = 60.0
_API_VERSION = (1, 23, 1)


def run_pandoc(arguments: Sequence[str], *, stdin: str = "") -> str:
    """What Pandoc writes to standard output.

    Raises:
        ExportError: it is missing, fails, or does not end in time.
    """
    try:
        command = [pypandoc.get_pandoc_path(), "--sandbox", "--wrap=none", "--quiet", *arguments]
        result = subprocess.run(  # noqa: S603 - the program that pypandoc-binary brings
            command,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_TIMEOUT_S,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise ExportError(
            "The document takes too long to convert.", hint="Export fewer problems at once."
        ) from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise ExportError(
            "The converter for documents (Pandoc) does not work here.",
            hint="Set the app up again, or export as Markdown.",
        ) from error
    return result.stdout


def ast_document(blocks: Sequence[object]) -> dict[str, object]:
    """A whole document in Pandoc's JSON form."""
    return {"pandoc-api-version": _API_VERSION, "meta": {}, "blocks": list(blocks)}
