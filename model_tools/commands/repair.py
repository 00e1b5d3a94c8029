"""Rewrite a dense llama4 GGUF file, which llama.cpp does not load, as the qwen3 it equals.

No weight is changed: rows of quantised blocks are re-ordered. Vocabulary, chat template and licence
stay. What cannot be repaired exactly is refused with the reason.
"""

import argparse
from pathlib import Path

from model_tools.progress import report_for
from model_tools.repair import repair


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("source", type=Path, metavar="LLAMA4.gguf")
    parser.add_argument("output", type=Path, metavar="OUT.gguf")
    parser.add_argument("--json", action="store_true", help="progress as JSON lines")


def run(arguments: argparse.Namespace) -> int:
    """Repair; returns the exit status."""
    report = report_for(json_lines=arguments.json)
    made = repair(arguments.source, arguments.output, report)
    licence = made.licence or "not stated"
    report.done(
        f"Wrote {made.path}: {made.name}, {made.quantisation}; its licence is {licence}.",
        path=str(made.path),
        name=made.name,
        licence=made.licence,
        quantisation=made.quantisation,
        size_bytes=made.size_bytes,
    )
    return 0
