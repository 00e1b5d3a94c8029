"""A random tiny checkpoint that can catch conversion mistakes."""

import json
from pathlib import Path

import pytest
import torch

from model_tools.architecture import MobileLLM, ModelShape
from model_tools.checkpoint import save_checkpoint
from model_tools.tokenizer import train_tokenizer, words_of
from tutor_app.curriculum.catalogue import skills

TINY = ModelShape(
    layers=3,
    width=256,
    heads=4,
    kv_heads=2,
    ffn_width=160,
    vocab_size=512,
    context_tokens=256,
    rope_theta=8e6,
)


@pytest.fixture(scope="session")
def tiny_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three layers, fewer KV heads than heads, rough weights, non-unit norms, a decoy width."""
    torch.manual_seed(7)
    model = MobileLLM(TINY)
    with torch.no_grad():
        for weight in model.parameters():
            if weight.ndim == 1:
                weight.copy_(1 + 0.2 * torch.randn_like(weight))
            else:
                weight.copy_(0.08 * torch.randn_like(weight))
    tokenizer = train_tokenizer(words_of(skills(), seed=1, problems=50), vocab_size=TINY.vocab_size)
    folder = tmp_path_factory.mktemp("tiny")
    save_checkpoint(folder, model, tokenizer)
    config = json.loads((folder / "config.json").read_text())
    config["intermediate_size"] = 4 * TINY.ffn_width  # the published configs carry this decoy
    (folder / "config.json").write_text(json.dumps(config))
    return folder
