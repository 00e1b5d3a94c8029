"""A checkpoint on disk: a folder that `transformers` can read as `llama4_text`.

The manifest (`config.json`) is written last, so its existence means that the rest is whole.
"""

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from model_tools.architecture import HEAD_WIDTH, MobileLLM, ModelShape
from model_tools.tokenizer import BEGIN, CHAT_TEMPLATE, END_OF_TURN, token_id

_CONFIG, _WEIGHTS, _TOKENIZER = "config.json", "model.safetensors", "tokenizer.json"
_STATE = "training_state.pt"


def llama4_config(shape: ModelShape, *, begin_id: int, end_id: int) -> dict[str, Any]:
    """The keys of the published MobileLLM-R1 config.json, for this shape."""
    return {
        "architectures": ["Llama4ForCausalLM"],
        "model_type": "llama4_text",
        "attention_bias": False,
        "attention_chunk_size": 32768,
        "attn_temperature_tuning": False,
        "bos_token_id": begin_id,
        "eos_token_id": end_id,
        "head_dim": HEAD_WIDTH,
        "hidden_act": "silu",
        "hidden_size": shape.width,
        "interleave_moe_layer_step": 0,
        "intermediate_size": shape.ffn_width,
        "intermediate_size_mlp": shape.ffn_width,
        "layer_types": ["full_attention"] * shape.layers,
        "max_position_embeddings": shape.context_tokens,
        "moe_layers": [],
        "no_rope_layers": [1] * shape.layers,
        "num_attention_heads": shape.heads,
        "num_experts_per_tok": 0,
        "num_hidden_layers": shape.layers,
        "num_key_value_heads": shape.kv_heads,
        "num_local_experts": 0,
        "rms_norm_eps": 1e-5,
        "rope_scaling": None,
        "rope_theta": shape.rope_theta,
        "tie_word_embeddings": True,
        "torch_dtype": "float32",
        "tutor_normalises_problems": True,  # read by our converter; transformers keeps it
        "use_qk_norm": True,
        "vocab_size": shape.vocab_size,
    }


def shape_of(config: dict[str, Any]) -> ModelShape:
    """The sizes a config.json describes."""
    return ModelShape(
        layers=config["num_hidden_layers"],
        width=config["hidden_size"],
        heads=config["num_attention_heads"],
        kv_heads=config["num_key_value_heads"],
        ffn_width=config["intermediate_size_mlp"],
        vocab_size=config["vocab_size"],
        context_tokens=config["max_position_embeddings"],
        rope_theta=config["rope_theta"],
    )


def save_checkpoint(
    folder: Path, model: MobileLLM, tokenizer: Tokenizer, state: dict[str, Any] | None = None
) -> None:
    """Write weights, tokenizer and configuration; `state` lets a run resume."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: weight.detach().contiguous() for name, weight in model.named_parameters()}
    partial = folder / (_WEIGHTS + ".partial")
    save_file(weights, partial, metadata={"format": "pt"})
    partial.replace(folder / _WEIGHTS)
    tokenizer.save(str(folder / _TOKENIZER))
    written = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": BEGIN,
        "eos_token": END_OF_TURN,
        "add_bos_token": True,
        "chat_template": CHAT_TEMPLATE,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(written, indent=1), encoding="utf-8")
    if state is not None:
        partial = folder / (_STATE + ".partial")
        torch.save(state, partial)
        partial.replace(folder / _STATE)
    config = llama4_config(
        model.shape,
        begin_id=token_id(tokenizer, BEGIN),
        end_id=token_id(tokenizer, END_OF_TURN),
    )
    (folder / _CONFIG).write_text(json.dumps(config, indent=1), encoding="utf-8")


def load_model(folder: Path) -> MobileLLM:
    """The model of a checkpoint, in evaluation mode, float32."""
    config = json.loads((folder / _CONFIG).read_text(encoding="utf-8"))
    model = MobileLLM(shape_of(config))
    model.load_state_dict(load_file(folder / _WEIGHTS))
    return model.eval()


def load_state(folder: Path) -> dict[str, Any]:
    """What `save_checkpoint` was given to resume from."""
    state: dict[str, Any] = torch.load(folder / _STATE, weights_only=True)
    return state
