"""Prove that a GGUF file is its checkpoint: logits and tokens agree."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from model_tools.checkpoint import load_model
from model_tools.parity import logit_parity, sample_strings, token_disagreements

_TOKENIZER_STRINGS = 10_000
_PARITY_TOKENS = 300


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("model", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Compare and print; returns 1 if a string is cut differently."""
    vocab = load_model(arguments.checkpoint).shape.vocab_size
    ids = [(7919 * i + 13) % vocab for i in range(_PARITY_TOKENS)]
    result = logit_parity(arguments.checkpoint, arguments.model, ids, exact_cache=True)
    print(json.dumps(asdict(result)))
    odd = token_disagreements(
        arguments.checkpoint, arguments.model, sample_strings(_TOKENIZER_STRINGS, seed=1)
    )
    print(f"{len(odd)} of {_TOKENIZER_STRINGS} strings are cut differently")
    for text in odd[:10]:
        print(repr(text))
    return 1 if odd else 0
