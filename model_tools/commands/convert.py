"""Write a checkpoint as a GGUF file that llama.cpp loads.

The checkpoint is a folder as Hugging Face lays it out (safetensors or torch files, config.json,
tokenizer.json), or one of our own training runs. Llama-4 text models of the MobileLLM-R1 kind
become the architecture qwen3; Qwen3, Qwen2 and Llama models become their own.
"""

import argparse
from pathlib import Path

from model_tools.conversion import OUTPUT_TYPES, Card, convert_checkpoint
from model_tools.progress import report_for


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("checkpoint", type=Path, help="a model folder, or a weights file in one")
    parser.add_argument("output", type=Path, metavar="OUT.gguf")
    parser.add_argument("--type", type=str.lower, choices=tuple(OUTPUT_TYPES), default="f16")
    parser.add_argument("--name", help="of the model; default: from its model card or folder")
    parser.add_argument("--licence", metavar="SPDX", help="default: from the model card")
    parser.add_argument("--licence-name", help="of a licence that is 'other'")
    parser.add_argument("--licence-link", metavar="URL")
    parser.add_argument("--description", help="one sentence")
    parser.add_argument("--base-model", metavar="OWNER/NAME", help="what it was made from")
    parser.add_argument("--pre-tokenizer", metavar="NAME", help="llama.cpp's name, if unknown here")
    parser.add_argument(
        "--normalises-problems",
        action="store_true",
        default=None,
        help="the model was trained on problems in the starter's normal form",
    )
    parser.add_argument("--json", action="store_true", help="progress as JSON lines")


def run(arguments: argparse.Namespace) -> int:
    """Convert; returns the exit status."""
    report = report_for(json_lines=arguments.json)
    written = convert_checkpoint(
        arguments.checkpoint,
        arguments.output,
        output_type=arguments.type,
        card=Card(
            name=arguments.name,
            licence=arguments.licence,
            licence_name=arguments.licence_name,
            licence_link=arguments.licence_link,
            description=arguments.description,
            base_model=arguments.base_model,
            normalises_problems=arguments.normalises_problems,
        ),
        pre_tokenizer=arguments.pre_tokenizer,
        progress=report,
    )
    types = ", ".join(f"{count} {kind}" for kind, count in written.types.items())
    report.done(
        f"Wrote {written.path}: {written.parameters / 1e6:.1f}M weights, "
        f"{written.size_bytes / 1e6:.1f} MB, {written.architecture} ({types} tensors).",
        path=str(written.path),
        architecture=written.architecture,
        parameters=written.parameters,
        bytes=written.size_bytes,
        types=written.types,
        licence=written.licence,
    )
    return 0
