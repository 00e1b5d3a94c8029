"""From curriculum to batches of token ids.

Examples are padded to one of a few lengths, so that a compiled model sees few shapes, and are
never packed: every problem starts at position 0, as it does when the model is used.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from model_tools.tokenizer import END_OF_TURN, prompt_text
from tutor_app.curriculum.skill import Skill, WorkedProblem

IGNORED = -100
LENGTHS = (48, 80, 112, 144, 176, 224, 320)
"""Padded lengths, in tokens; longer examples are not used."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One level of one skill, the unit of sampling."""

    skill: Skill
    level: int

    @property
    def name(self) -> str:
        """Such as "fractions/0"."""
        return f"{self.skill.name}/{self.level}"


@dataclass(frozen=True, slots=True)
class Batch:
    """Inputs and targets, both (B, T) int64; targets are IGNORED in prompt and padding."""

    inputs: Tensor
    targets: Tensor


def cells_of(skills: Sequence[Skill]) -> tuple[Cell, ...]:
    """Every level of every skill."""
    return tuple(Cell(skill, level) for skill in skills for level in range(len(skill.levels)))


def draw_training(rng: random.Random, cell: Cell) -> WorkedProblem:
    """A problem that is not held out for evaluation."""
    while True:
        problem = cell.skill.draw(rng, cell.level)
        if not problem.is_held_out:
            return problem


def draw_held_out(rng: random.Random, cell: Cell, count: int) -> tuple[WorkedProblem, ...]:
    """Up to `count` distinct problems that training never sees."""
    found: dict[str, WorkedProblem] = {}
    for _ in range(200 * count):
        problem = cell.skill.draw(rng, cell.level)
        if problem.is_held_out:
            found.setdefault(problem.key, problem)
            if len(found) == count:
                break
    return tuple(found.values())


def encode(tokenizer: Tokenizer, problem: WorkedProblem) -> tuple[list[int], int]:
    """Token ids of prompt and answer, and how many of them are prompt."""
    prompt = tokenizer.encode(prompt_text(problem.statement)).ids
    answer = tokenizer.encode(problem.solution_text() + END_OF_TURN).ids
    return prompt + answer, len(prompt)


def padded_length(tokens: int) -> int | None:
    """The shortest padded length that holds `tokens`, or None."""
    return next((length for length in LENGTHS if length >= tokens), None)


def collate(examples: Sequence[tuple[list[int], int]], length: int) -> Batch:
    """Stack examples of at most `length` + 1 tokens."""
    inputs = torch.zeros(len(examples), length, dtype=torch.int64)
    targets = torch.full((len(examples), length), IGNORED, dtype=torch.int64)
    for row, (ids, prompt_tokens) in enumerate(examples):
        sequence = torch.tensor(ids, dtype=torch.int64)
        inputs[row, : len(ids) - 1] = sequence[:-1]
        targets[row, prompt_tokens - 1 : len(ids) - 1] = sequence[prompt_tokens:]
    return Batch(inputs, targets)


class BatchStream:
    """Endless batches of about `batch_tokens` tokens, cells drawn by weight."""

    def __init__(
        self, cells: Sequence[Cell], tokenizer: Tokenizer, *, batch_tokens: int, seed: int
    ) -> None:
        self._cells = list(cells)
        self._weights = [1.0] * len(self._cells)
        self._tokenizer = tokenizer
        self._batch_tokens = batch_tokens
        self._rng = random.Random(seed)
        self._waiting: dict[int, list[tuple[list[int], int]]] = {n: [] for n in LENGTHS}

    def reweigh(self, weights: Sequence[float]) -> None:
        """From now on draw cells in proportion to `weights`."""
        self._weights = list(weights)

    def __iter__(self) -> Iterator[Batch]:
        """Yield a batch whenever one padded length has enough examples."""
        while True:
            cell = self._rng.choices(self._cells, self._weights)[0]
            ids, prompt_tokens = encode(self._tokenizer, draw_training(self._rng, cell))
            length = padded_length(len(ids) - 1)
            if length is None:
                continue
            waiting = self._waiting[length]
            waiting.append((ids, prompt_tokens))
            if len(waiting) == self._batch_tokens // length:
                self._waiting[length] = []
                yield collate(waiting, length)
