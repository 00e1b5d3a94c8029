"""The built-in model's card: what it is and how well it does, from a measured evaluation."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from model_tools.evaluation import CellScore

_HEAD = """\
# The built-in starter model

A small language model trained by this project's own pipeline (`python -m model_tools train`), in
the block of MobileLLM-R1: {layers} layers of width {width}, {parameters:.1f}M weights, vocabulary
{vocab}. It knows the skills below and nothing else; outside them it is useless and usually says
so. Its answers are checked by the app like any other model's.

- Licence: MIT. Trained only on problems drawn by `tutor_app/curriculum`; no other text.
- Training: {tokens:.1f}M tokens in {minutes:.0f} minutes on two CPU cores, {steps} steps.
- File: GGUF, architecture `qwen3` (a graph selector, not a claim of origin), {file_type},
  {size:.1f} MB, sha256 `{sha256}`.

## Accuracy

Measured on this file through llama.cpp, greedy, one attempt, {per_cell} problems a level that
training never saw (fewer where a level has fewer). *Right* is equality in value with the exact
answer; *verified* is what the app's verifier confirmed knowing only the problem.

| Skill | Level | Problems | Right | Verified |
|---|---|---|---|---|
"""


def render_card(
    model: Path,
    scores: Sequence[CellScore],
    *,
    layers: int,
    width: int,
    vocab: int,
    parameters: int,
    tokens: int,
    seconds: float,
    steps: int,
    file_type: str,
) -> str:
    """The card as Markdown."""
    raw = model.read_bytes()
    head = _HEAD.format(
        layers=layers,
        width=width,
        vocab=vocab,
        parameters=parameters / 1e6,
        tokens=tokens / 1e6,
        minutes=seconds / 60,
        steps=steps,
        file_type=file_type,
        size=len(raw) / 1e6,
        sha256=hashlib.sha256(raw).hexdigest(),
        per_cell=max(score.problems for score in scores),
    )
    rows = [
        f"| {score.skill} | {score.level} | {score.problems} "
        f"| {score.right / score.problems:.1%} | {score.verified / score.problems:.1%} |"
        for score in scores
    ]
    asked = sum(score.problems for score in scores)
    right = sum(score.right for score in scores)
    verified = sum(score.verified for score in scores)
    rows.append(f"| **all** | | {asked} | {right / asked:.1%} | {verified / asked:.1%} |")
    wrong = sum(score.falsely_verified for score in scores)
    rows.append(f"\nWrong answers that the verifier called verified: {wrong}.\n")
    return head + "\n".join(rows)
