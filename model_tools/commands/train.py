"""Train a model on the curriculum."""

import argparse
from pathlib import Path

from model_tools.recipe import load_recipe
from model_tools.training import Trainer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("stage", choices=("pretrain",))
    parser.add_argument("--config", type=Path, required=True, metavar="FILE.toml")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: runs/NAME")
    parser.add_argument("--resume", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Train until the recipe's time is over; returns the exit status."""
    recipe = load_recipe(arguments.config)
    folder = arguments.out or Path("runs") / recipe.name
    result = Trainer(recipe, folder, resume=arguments.resume).run()
    print(f"{folder}: {result.steps} steps, {result.input_tokens / 1e6:.1f}M tokens")
    return 0
