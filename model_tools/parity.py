"""The proof that a GGUF file is its checkpoint: logits and tokens agree."""

import random
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from model_tools.checkpoint import load_model
from model_tools.llama import LlamaModel
from model_tools.tokenizer import CONTROL_TOKENS, PRINTED_TOKENS, load_tokenizer
from tutor_app.curriculum.catalogue import skills

_ALPHABET = (
    string.ascii_letters
    + string.digits
    + string.punctuation
    + " \t\n"
    + "äßéñ×÷−²³√π≤解方程。，é́🙂"
)


@dataclass(frozen=True, slots=True)
class LogitParity:
    """How two models agree on one sequence.

    Attributes:
        largest_difference: of any logit at any position.
        spread: standard deviation of the reference logits, to compare with.
        same_argmax: share of positions with the same likeliest token.
        divergence: mean KL(reference || GGUF) in nats.
    """

    largest_difference: float
    spread: float
    same_argmax: float
    divergence: float


def logit_parity(
    checkpoint: Path, model: Path, ids: list[int], *, exact_cache: bool
) -> LogitParity:
    """Run both on `ids` and compare the logits at every position."""
    with torch.no_grad():
        reference = load_model(checkpoint)(torch.tensor([ids]))[0].numpy().astype(np.float64)
    loaded = LlamaModel(model, exact_cache=exact_cache)
    try:
        found = loaded.logits(ids).astype(np.float64)
    finally:
        loaded.close()
    log_p, log_q = _log_softmax(reference), _log_softmax(found)
    return LogitParity(
        largest_difference=float(np.abs(reference - found).max()),
        spread=float(reference.std()),
        same_argmax=float((reference.argmax(1) == found.argmax(1)).mean()),
        divergence=float((np.exp(log_p) * (log_p - log_q)).sum(1).mean()),
    )


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def sample_strings(count: int, *, seed: int) -> Iterator[str]:
    """Texts that catch a tokenizer: problems, solutions, random characters, special tokens."""
    rng = random.Random(seed)
    every = skills()
    for _ in range(count):
        kind = rng.random()
        if kind < 0.4:
            skill = rng.choice(every)
            problem = skill.draw(rng, rng.randrange(len(skill.levels)))
            yield rng.choice((problem.statement, problem.solution_text()))
        elif kind < 0.9:
            yield "".join(rng.choices(_ALPHABET, k=rng.randint(1, 60)))
        else:
            parts = (*CONTROL_TOKENS, *PRINTED_TOKENS, " ", "\n", "a1", "12")
            yield "".join(rng.choices(parts, k=rng.randint(1, 12)))


def token_disagreements(checkpoint: Path, model: Path, texts: Iterator[str]) -> list[str]:
    """The texts that `tokenizers` and llama.cpp cut differently."""
    tokenizer = load_tokenizer(checkpoint / "tokenizer.json")
    loaded = LlamaModel(model)
    try:
        return [text for text in texts if tokenizer.encode(text).ids != loaded.tokenise(text)]
    finally:
        loaded.close()
