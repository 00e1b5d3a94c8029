"""The pre-training loop on the curriculum: fresh problems, loss on the answer only.

Every few minutes held-out problems are scored by teacher forcing. A problem counts as right when
the likeliest token is right at every position, which is the same as greedy decoding writing the
canonical solution. Cells with more errors are then drawn more often.
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own convention
from tqdm import tqdm

from model_tools.architecture import MobileLLM
from model_tools.checkpoint import load_model, load_state, save_checkpoint
from model_tools.examples import (
    IGNORED,
    Batch,
    BatchStream,
    Cell,
    cells_of,
    collate,
    draw_held_out,
    encode,
    padded_length,
)
from model_tools.optimisation import build_optimizers, clip_gradients, rate_factor, set_rates
from model_tools.recipe import Recipe
from model_tools.tokenizer import load_tokenizer, train_tokenizer, words_of
from tutor_app.curriculum.catalogue import replies, skills

_EVALUATED_PER_CELL = 48
_LEAST_WEIGHT, _MOST_WEIGHT = 0.08, 0.7
_WORDS_PER_LEVEL = 2000


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """How a run ended: steps, target and input tokens, seconds, exact matches per cell."""

    steps: int
    input_tokens: int
    seconds: float
    exact_match: dict[str, float]


@dataclass(slots=True)
class Progress:
    """What a resumed run must know."""

    step: int = 0
    input_tokens: int = 0
    seconds: float = 0.0


def answer_loss(
    hidden_states: Callable[[Tensor], Tensor], model: MobileLLM, batch: Batch
) -> Tensor:
    """Summed cross-entropy over the answer's tokens; the head runs on those positions only."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden_BTD = hidden_states(batch.inputs)
        chosen = batch.targets != IGNORED
        logits_NV = F.linear(hidden_BTD[chosen], model.model.embed_tokens.weight)
    return F.cross_entropy(logits_NV.float(), batch.targets[chosen], reduction="sum")


@torch.no_grad()
def exact_match(model: MobileLLM, examples: Sequence[tuple[list[int], int]]) -> float:
    """The share of examples whose every answer token is the likeliest one."""
    right = 0
    for start in range(0, len(examples), 16):
        chunk = examples[start : start + 16]
        batch = collate(chunk, max(len(ids) for ids, _ in chunk) - 1)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            predicted = model(batch.inputs).argmax(-1)
        agrees = (predicted == batch.targets) | (batch.targets == IGNORED)
        right += int(agrees.all(dim=1).sum())
    return right / len(examples)


def cell_weight(error: float) -> float:
    """How often a cell is drawn, from its share of wrong solutions."""
    return min(_MOST_WEIGHT, max(_LEAST_WEIGHT, error))


class Trainer:
    """One run: owns the model, the data and the optimisers."""

    def __init__(self, recipe: Recipe, folder: Path, *, resume: bool) -> None:
        self.recipe, self.folder = recipe, folder
        torch.manual_seed(recipe.seed)
        self.cells: tuple[Cell, ...] = cells_of((*skills(), *replies()))
        self.progress = Progress()
        if resume:
            self.tokenizer = load_tokenizer(folder / "tokenizer.json")
            self.model = load_model(folder).train()
        else:
            words = words_of((*skills(), *replies()), seed=recipe.seed, problems=_WORDS_PER_LEVEL)
            self.tokenizer = train_tokenizer(words, vocab_size=recipe.shape.vocab_size)
            self.model = MobileLLM(recipe.shape)
        self.optimizers = build_optimizers(self.model, recipe)
        if resume:
            self._restore(load_state(folder))
        self.stream = BatchStream(
            self.cells,
            self.tokenizer,
            batch_tokens=recipe.micro_batch_tokens,
            seed=recipe.seed + self.progress.step,
        )
        self.held_out = self._held_out(self.tokenizer)
        self.matches: dict[str, float] = {}
        self._hidden_states: Callable[[Tensor], Tensor] = self.model.hidden_states
        if recipe.compile:
            torch._dynamo.config.recompile_limit = 32
            self._hidden_states = torch.compile(self.model.hidden_states, dynamic=False)

    def _held_out(self, tokenizer: Tokenizer) -> dict[str, list[tuple[list[int], int]]]:
        rng = random.Random(self.recipe.seed + 1)
        held: dict[str, list[tuple[list[int], int]]] = {}
        for cell in self.cells:
            problems = draw_held_out(rng, cell, _EVALUATED_PER_CELL)
            encoded = [encode(tokenizer, problem) for problem in problems]
            held[cell.name] = [e for e in encoded if padded_length(len(e[0]) - 1) is not None]
        return held

    def _restore(self, state: dict[str, Any]) -> None:
        for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self.progress = Progress(**state["progress"])

    def save(self) -> None:
        """Write a checkpoint that can be resumed."""
        state = {
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "progress": asdict(self.progress),
        }
        save_checkpoint(self.folder, self.model, self.tokenizer, state)

    def evaluate(self) -> None:
        """Score held-out problems and draw weak cells more often from now on."""
        self.model.eval()
        self.matches = {
            name: exact_match(self.model, examples)
            for name, examples in self.held_out.items()
            if examples
        }
        self.model.train()
        self.stream.reweigh(
            [cell_weight(1.0 - self.matches.get(cell.name, 0.0)) for cell in self.cells]
        )

    def step(self, batches: Sequence[Batch], share: float) -> float:
        """One optimiser step; returns the loss per answer token."""
        set_rates(
            self.optimizers,
            self.recipe,
            rate_factor(self.recipe, step=self.progress.step, progress=share),
        )
        targets = sum(int((batch.targets != IGNORED).sum()) for batch in batches)
        total = 0.0
        for batch in batches:
            loss = answer_loss(self._hidden_states, self.model, batch) / targets
            loss.backward()
            total += float(loss.detach())
        clip_gradients(self.model)
        for optimizer in self.optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        self.progress.step += 1
        self.progress.input_tokens += sum(batch.inputs.numel() for batch in batches)
        return total

    def run(self, report: Callable[[str], None] = tqdm.write) -> TrainingResult:
        """Train until the clock says so; Ctrl-C saves and stops."""
        limit_s = self.recipe.minutes * 60
        batches = iter(self.stream)
        bar = tqdm(total=round(limit_s), unit="s", smoothing=0, dynamic_ncols=True)
        last = time.monotonic()
        next_evaluation = self.progress.seconds + self.recipe.evaluate_every_minutes * 60
        try:
            while self.progress.seconds < limit_s:
                chosen = [next(batches) for _ in range(self.recipe.micro_batches)]
                loss = self.step(chosen, self.progress.seconds / limit_s)
                now = time.monotonic()
                self.progress.seconds += now - last
                last = now
                bar.n = min(round(self.progress.seconds), bar.total)
                bar.set_postfix_str(f"step {self.progress.step} loss {loss:.4f}")
                if self.progress.seconds >= next_evaluation:
                    next_evaluation += self.recipe.evaluate_every_minutes * 60
                    self.evaluate()
                    self.save()
                    report(self._summary(loss))
        except KeyboardInterrupt:
            report("Stopped; the checkpoint is saved and --resume goes on from it.")
        finally:
            bar.close()
            self.evaluate()
            self.save()
        report(self._summary(float("nan")))
        progress = self.progress
        return TrainingResult(progress.step, progress.input_tokens, progress.seconds, self.matches)

    def _summary(self, loss: float) -> str:
        progress = self.progress
        scores = " ".join(f"{name}={score:.2f}" for name, score in self.matches.items())
        speed = progress.input_tokens / max(progress.seconds, 1e-9)
        return (
            f"{progress.seconds / 60:.1f} min, step {progress.step}, "
            f"{progress.input_tokens / 1e6:.2f}M tokens ({speed:.0f}/s), loss {loss:.4f}\n"
            f"  {scores}"
        )
