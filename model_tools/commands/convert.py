"""Write a checkpoint as a GGUF file that llama.cpp loads."""

import argparse
from pathlib import Path

from model_tools.conversion import OUTPUT_TYPES, Card, convert_checkpoint
from model_tools.progress import report_for


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--type", choices=tuple(OUTPUT_TYPES), default="f16")
    parser.add_argument("--name", default="STEM Tutor starter")
    parser.add_argument("--json", action="store_true", help="progress as JSON lines")


def run(arguments: argparse.Namespace) -> int:
    """Convert; returns the exit status."""
    report = report_for(json_lines=arguments.json)
    card = Card(
        name=arguments.name,
        licence="MIT",
        description="Small model of STEM Tutor, trained on its curriculum.",
        normalises_problems=True,
    )
    convert_checkpoint(
        arguments.checkpoint, arguments.output, output_type=arguments.type, card=card
    )
    report.done(f"Wrote {arguments.output}.", path=str(arguments.output))
    return 0
