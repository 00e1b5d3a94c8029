"""Write the model card from an evaluation."""

import argparse
import json
from pathlib import Path

from model_tools.checkpoint import load_model, load_state
from model_tools.evaluation import CellScore
from model_tools.model_card import render_card


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("scores", type=Path, help="what 'evaluate --json' printed")
    parser.add_argument("output", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Write the card; returns the exit status."""
    model = load_model(arguments.checkpoint)
    progress = load_state(arguments.checkpoint)["progress"]
    lines = arguments.scores.read_text(encoding="utf-8").splitlines()
    text = render_card(
        arguments.model,
        [CellScore(**json.loads(line)) for line in lines],
        layers=model.shape.layers,
        width=model.shape.width,
        vocab=model.shape.vocab_size,
        parameters=model.parameter_count(),
        tokens=progress["input_tokens"],
        seconds=progress["seconds"],
        steps=progress["step"],
        file_type="F16 weights",
    )
    arguments.output.write_text(text, encoding="utf-8")
    return 0
