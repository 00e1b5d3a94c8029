"""Dense `llama4` GGUF files as llama.cpp's own converter writes them, to be repaired."""

import json
from collections.abc import Mapping
from pathlib import Path

import gguf
import llama_cpp
import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

_NAMES = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "feed_forward.gate_proj": "ffn_gate",
    "feed_forward.up_proj": "ffn_up",
    "feed_forward.down_proj": "ffn_down",
}
MOE_KEYS: Mapping[str, int] = {
    "expert_count": 0,
    "expert_used_count": 0,
    "expert_feed_forward_length": 8192,
    "interleave_moe_layer_step": 0,
    "attention.sliding_window": 0,
}
"""What the converter writes although there are no experts and no windows."""


def target_name(name: str) -> str:
    """The GGUF name of a tensor of a checkpoint."""
    if name == "model.embed_tokens.weight":
        return "token_embd.weight"
    if name == "model.norm.weight":
        return "output_norm.weight"
    _, _, layer, part = name.removesuffix(".weight").split(".", 3)
    return f"blk.{layer}.{_NAMES[part]}.weight"


def write_llama4(
    folder: Path,
    path: Path,
    kind: str,
    *,
    changes: Mapping[str, int | bool | str | list[int] | None] | None = None,
) -> None:
    """Write the checkpoint in `folder` as `llama4`, weights of `kind`, rows as they are.

    `changes` sets properties without the prefix `llama4.`; None leaves one out.
    """
    config = json.loads((folder / "config.json").read_text())
    writer = gguf.GGUFWriter(path, "llama4")
    writer.add_name("a community model")
    writer.add_license("other")
    writer.add_string("general.license.name", "fair-noncommercial-research")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    properties: dict[str, int | float | bool | str | list[int] | None] = {
        "block_count": config["num_hidden_layers"],
        "context_length": config["max_position_embeddings"],
        "embedding_length": config["hidden_size"],
        "feed_forward_length": config["intermediate_size_mlp"],
        "attention.head_count": config["num_attention_heads"],
        "attention.head_count_kv": config["num_key_value_heads"],
        "attention.key_length": config["head_dim"],
        "attention.value_length": config["head_dim"],
        "rope.dimension_count": config["head_dim"],
        "rope.freq_base": float(config["rope_theta"]),
        "attention.layer_norm_rms_epsilon": config["rms_norm_eps"],
        "vocab_size": config["vocab_size"],
        **MOE_KEYS,
        **(changes or {}),
    }
    for name, value in properties.items():
        _add(writer, "llama4." + name, value)
    _add_vocabulary(writer, folder)
    stored = gguf.GGMLQuantizationType[kind.upper()]
    for name, weight in load_file(folder / "model.safetensors").items():
        own = stored if weight.ndim == 2 else gguf.GGMLQuantizationType.F32
        writer.add_tensor(target_name(name), gguf.quantize(weight, own), raw_dtype=own)
    _finish(writer)


def _add(
    writer: gguf.GGUFWriter, key: str, value: int | float | bool | str | list[int] | None
) -> None:
    match value:
        case None:
            return
        case bool():
            writer.add_bool(key, value)
        case int():
            writer.add_uint32(key, value)
        case float():
            writer.add_float32(key, value)
        case str():
            writer.add_string(key, value)
        case list():
            writer.add_array(key, value)


def _add_vocabulary(writer: gguf.GGUFWriter, folder: Path) -> None:
    described = json.loads((folder / "tokenizer.json").read_text())
    by_id = {
        i: t for t, i in Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab().items()
    }
    added = {entry["id"]: entry["special"] for entry in described["added_tokens"]}
    kinds = {None: gguf.TokenType.NORMAL, True: gguf.TokenType.CONTROL}
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list([by_id[i] for i in range(len(by_id))])
    writer.add_token_types(
        [kinds.get(added.get(i), gguf.TokenType.USER_DEFINED) for i in range(len(by_id))]
    )
    writer.add_token_merges([" ".join(merge) for merge in described["model"]["merges"]])
    writer.add_chat_template("{{ bos_token }}{{ messages[0]['content'] }}")


def quantise(source: Path, target: Path, file_type: int) -> None:
    """llama.cpp's quantiser."""
    parameters = llama_cpp.llama_model_quantize_default_params()
    parameters.ftype = file_type
    parameters.nthread = 2
    assert (
        llama_cpp.llama_model_quantize(str(source).encode(), str(target).encode(), parameters) == 0
    )


def as_llama4(source: Path, path: Path) -> None:
    """Undo a conversion: a `qwen3` file of unit norms as the `llama4` it came from.

    For K-quants, which only llama.cpp writes and which it does not write for this `llama4`.
    """
    reader = gguf.GGUFReader(source)
    writer = gguf.GGUFWriter(path, "llama4")
    for key, field in reader.fields.items():
        if key.startswith("GGUF.") or key == "general.architecture":
            continue
        inner = field.types[-1] if len(field.types) > 1 else None
        writer.add_key_value(
            key.replace("qwen3.", "llama4."), field.contents(), field.types[0], sub_type=inner
        )
    for name, value in MOE_KEYS.items():
        writer.add_uint32("llama4." + name, value)
    for tensor in reader.tensors:
        if tensor.name.endswith(("attn_q_norm.weight", "attn_k_norm.weight")):
            continue
        data = tensor.data
        if tensor.name.endswith((".attn_q.weight", ".attn_k.weight")):
            rows = data.reshape(data.shape[0] // 64, 2, 32, -1)
            data = np.ascontiguousarray(rows.swapaxes(1, 2)).reshape(data.shape)
        writer.add_tensor(tensor.name, data, raw_dtype=tensor.tensor_type)
    _finish(writer)


def _finish(writer: gguf.GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
