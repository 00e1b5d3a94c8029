import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM

from model_tools import model_mapping
from model_tools.architecture import MobileLLM, ModelShape
from model_tools.checkpoint import load_model
from model_tools.conversion import Card, convert_checkpoint, weights_from_gguf
from model_tools.errors import ConversionError
from model_tools.llama import LlamaModel
from model_tools.model_mapping import halves_from_pairs, pairs_from_halves
from model_tools.parity import logit_parity, sample_strings, token_disagreements
from tutor_app.core.assets import built_in_model

CARD = Card(name="tiny", licence="MIT", description="random weights", normalises_problems=True)
IDS = [(37 * i + 11) % 500 for i in range(120)]


@pytest.fixture(scope="module")
def tiny_gguf(tiny_checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gguf") / "tiny.gguf"
    convert_checkpoint(tiny_checkpoint, path, output_type="f32", card=CARD)
    return path


def test_the_logits_of_checkpoint_and_gguf_agree(tiny_checkpoint: Path, tiny_gguf: Path) -> None:
    parity = logit_parity(tiny_checkpoint, tiny_gguf, IDS, exact_cache=True)
    assert parity.spread > 0.5, "flat logits would prove nothing"
    assert parity.largest_difference < 1e-4
    assert parity.same_argmax == 1.0


@pytest.mark.parametrize(("kind", "largest"), [("f16", 5e-2), ("bf16", 0.3), ("q8_0", 0.5)])
def test_a_rounded_gguf_stays_close_to_its_checkpoint(
    tiny_checkpoint: Path, tmp_path: Path, kind: str, largest: float
) -> None:
    path = tmp_path / "rounded.gguf"
    convert_checkpoint(tiny_checkpoint, path, output_type=kind, card=CARD)
    parity = logit_parity(tiny_checkpoint, path, IDS, exact_cache=True)
    assert parity.largest_difference < largest
    assert parity.divergence < 0.02


def test_rows_left_in_pairs_are_noticed(
    tiny_checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_mapping, "halves_from_pairs", lambda weight, _heads: weight)
    path = tmp_path / "wrong.gguf"
    convert_checkpoint(tiny_checkpoint, path, output_type="f32", card=CARD)
    assert logit_parity(tiny_checkpoint, path, IDS, exact_cache=True).largest_difference > 0.1


def test_pairs_and_halves_are_inverse() -> None:
    weight = np.arange(128 * 3, dtype=np.float32).reshape(128, 3)
    moved = halves_from_pairs(weight, 2)
    assert not np.array_equal(moved, weight)
    assert np.array_equal(pairs_from_halves(moved, 2), weight)


def test_a_checkpoint_is_a_llama_4_of_transformers(tiny_checkpoint: Path) -> None:
    theirs = AutoModelForCausalLM.from_pretrained(tiny_checkpoint, dtype=torch.float32).eval()
    ids = torch.tensor([IDS])
    with torch.no_grad():
        ours = load_model(tiny_checkpoint)(ids)
        their_logits = theirs(ids).logits
    torch.testing.assert_close(ours, their_logits, atol=1e-4, rtol=0)


def test_tokenizers_and_llama_cpp_cut_ten_thousand_strings_alike(
    tiny_checkpoint: Path, tiny_gguf: Path
) -> None:
    assert token_disagreements(tiny_checkpoint, tiny_gguf, sample_strings(10_000, seed=3)) == []


def test_printed_tokens_survive_and_control_tokens_do_not(tiny_gguf: Path) -> None:
    loaded = LlamaModel(tiny_gguf)
    text = r"<w>1</w> \(x=\frac{1}{2}\) \boxed{3}"
    tokens = loaded.tokenise(f"<|user|>{text}<|eot_id|>")
    printed = loaded.text(tokens)
    loaded.close()
    assert printed == text


def test_llama_cpp_computes_the_starter_as_our_architecture_does() -> None:
    weights = weights_from_gguf(built_in_model())
    shape = ModelShape(
        layers=8,
        width=256,
        heads=4,
        kv_heads=2,
        ffn_width=640,
        vocab_size=2048,
        context_tokens=1024,
    )
    model = MobileLLM(shape).eval()
    model.load_state_dict({name: torch.from_numpy(weight) for name, weight in weights.items()})
    loaded = LlamaModel(built_in_model(), exact_cache=True)
    ids = loaded.tokenise("<|begin_of_text|><|user|>Solve 3x+5=20<|eot_id|><|assistant|>\\(3x+5")
    with torch.no_grad():
        expected = model(torch.tensor([ids]))[0].numpy()
    found = loaded.logits(ids)
    loaded.close()
    # f16 weights: llama.cpp also rounds the activations that meet them.
    assert np.abs(expected - found).max() < 5e-2
    assert (expected.argmax(1) == found.argmax(1)).mean() > 0.95


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("no_rope_layers", [1, 0, 1], "no rotary positions"),
        ("use_qk_norm", False, "not normalised"),
        ("attn_temperature_tuning", True, "temperature"),
        ("num_local_experts", 4, "experts"),
        ("rope_scaling", {"factor": 8}, "scaled"),
        ("attention_bias", True, "biases"),
        ("tie_word_embeddings", False, "lm_head"),
        ("quantization_config", {"bits": 4}, "quantised"),
        ("no_rope_layers", None, "no rotary positions"),
        ("model_type", "gpt2", "model_type"),
    ],
)
def test_what_qwen3_cannot_be_is_refused_with_its_reason(
    tiny_checkpoint: Path, tmp_path: Path, key: str, value: object, reason: str
) -> None:
    folder = tmp_path / "odd"
    shutil.copytree(tiny_checkpoint, folder)
    config = json.loads((folder / "config.json").read_text())
    config[key] = value
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ConversionError, match=reason):
        convert_checkpoint(folder, tmp_path / "no.gguf", output_type="f32", card=CARD)
    assert not list(tmp_path.glob("*.gguf*")), "a refusal leaves nothing behind"


def test_a_missing_tensor_is_refused_and_leaves_nothing(
    tiny_checkpoint: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "odd"
    shutil.copytree(tiny_checkpoint, folder)
    config = json.loads((folder / "config.json").read_text())
    config["num_hidden_layers"] = 4
    config["no_rope_layers"] = [1, 1, 1, 1]
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ConversionError, match="missing or unknown"):
        convert_checkpoint(folder, tmp_path / "no.gguf", output_type="f32", card=CARD)
    assert not list(tmp_path.glob("*.gguf*"))
