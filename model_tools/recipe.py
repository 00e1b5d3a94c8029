"""A training run as a file: shape, data, budget, optimiser."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from model_tools.architecture import ModelShape


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides a run.

    Attributes:
        name: of the run and of the model.
        shape: sizes of the model.
        minutes: wall time from the first step to the last; the schedule follows the clock, so a
            slower machine sees fewer tokens but still ends at learning rate 0.
        micro_batch_tokens: tokens of one forward pass.
        micro_batches: forward passes of one optimiser step.
        muon_lr: peak learning rate of hidden matrices.
        adam_lr: peak learning rate of embedding and norms.
        weight_decay: of hidden matrices.
        warmup_steps: steps of linear warm-up.
        decay_from: share of the run after which the rate falls linearly to 0.
        evaluate_every_minutes: how often held-out problems are scored and cells re-weighed.
        seed: of weights and data.
        compile: whether to use torch.compile.
    """

    name: str
    shape: ModelShape
    minutes: float
    micro_batch_tokens: int = 4096
    micro_batches: int = 2
    muon_lr: float = 0.02
    adam_lr: float = 2e-3
    weight_decay: float = 0.01
    warmup_steps: int = 100
    decay_from: float = 0.6
    evaluate_every_minutes: float = 5.0
    seed: int = 1
    compile: bool = True


def load_recipe(path: Path) -> Recipe:
    """Read a recipe from TOML.

    Raises:
        ValueError: a key is missing, unknown or impossible.
    """
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = set(table) - {field.name for field in fields(Recipe)}
    if unknown:
        raise ValueError(f"{path.name}: unknown keys {', '.join(sorted(unknown))}")
    try:
        shape = ModelShape(**table.pop("shape"))
        return Recipe(shape=shape, **table)
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: {error}") from error
