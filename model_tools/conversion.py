"""From a training checkpoint to GGUF architecture `qwen3`.

A dense Llama-4 whose layers all use rotary positions and weight-less QK norm is a Qwen3 with unit
q/k norms, once the rows of q and k are re-ordered from interleaved pairs to halves. llama.cpp
cannot load a dense `llama4` file, and it loads this one unchanged.
"""

import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from safetensors import safe_open
from tokenizers import Tokenizer

from model_tools.errors import ConversionError
from model_tools.tokenizer import PRE_TOKENIZER, load_tokenizer, token_id

_ARCHITECTURE = "qwen3"
_NORMALISES_KEY = "tutor.normalises_problems"
_SAFETENSORS = "model.safetensors"

OUTPUT_TYPES = {
    "f32": gguf.GGMLQuantizationType.F32,
    "f16": gguf.GGMLQuantizationType.F16,
    "bf16": gguf.GGMLQuantizationType.BF16,
    "q8_0": gguf.GGMLQuantizationType.Q8_0,
}
"""What weights may be written as; norms always stay f32."""
_FILE_TYPES = {
    "f32": gguf.LlamaFileType.ALL_F32,
    "f16": gguf.LlamaFileType.MOSTLY_F16,
    "bf16": gguf.LlamaFileType.MOSTLY_BF16,
    "q8_0": gguf.LlamaFileType.MOSTLY_Q8_0,
}
_BLOCK_TENSORS = {
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
_OTHER_TENSORS = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.norm.weight": "output_norm.weight",
}


@dataclass(frozen=True, slots=True)
class Card:
    """What a model file says about itself.

    Attributes:
        name: of the model.
        licence: SPDX identifier.
        description: one sentence.
        normalises_problems: whether prompts go through `core.normalisation`.
    """

    name: str
    licence: str
    description: str
    normalises_problems: bool


def halves_from_pairs(weight: np.ndarray, heads: int) -> np.ndarray:
    """Re-order the rows of a q or k matrix from interleaved pairs to two halves per head."""
    rows, columns = weight.shape
    width = rows // heads
    return weight.reshape(heads, width // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)


def pairs_from_halves(weight: np.ndarray, heads: int) -> np.ndarray:
    """The inverse of `halves_from_pairs`."""
    rows, columns = weight.shape
    width = rows // heads
    return weight.reshape(heads, 2, width // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def read_config(folder: Path) -> dict[str, Any]:
    """The checkpoint's config.json.

    Raises:
        ConversionError: it is missing, unreadable, or describes what `qwen3` cannot be.
    """
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConversionError(f"{folder}: config.json cannot be read ({error}).") from error
    for reason in _reasons_to_refuse(config):
        raise ConversionError(f"{folder}: {reason}; the GGUF architecture qwen3 has no such thing.")
    return config


def _reasons_to_refuse(config: dict[str, Any]) -> Iterator[str]:
    if config.get("model_type") != "llama4_text":
        yield f"model_type is {config.get('model_type')!r}, not 'llama4_text'"
        return
    layers = config["num_hidden_layers"]
    if not config.get("use_qk_norm"):
        yield "queries and keys are not normalised"
    if any(flag == 0 for flag in config.get("no_rope_layers", [])[:layers]):
        yield "some layers have no rotary positions"
    if config.get("attn_temperature_tuning"):
        yield "attention temperature is tuned"
    if config.get("moe_layers") or config.get("num_local_experts", 0) > 0:
        yield "it has experts"
    if config.get("rope_scaling") is not None:
        yield "rotary positions are scaled"
    if config.get("attention_bias"):
        yield "attention has biases"
    if not config.get("tie_word_embeddings"):
        yield "the output embedding is not tied"


def _rope_theta(config: dict[str, Any]) -> float:
    """Both spellings: `rope_theta`, and transformers 5's `rope_parameters`."""
    if "rope_theta" in config:
        return float(config["rope_theta"])
    parameters = config.get("rope_parameters") or {}
    if parameters.get("rope_type", "default") != "default" or "rope_theta" not in parameters:
        raise ConversionError("config.json names no plain rope_theta.")
    return float(parameters["rope_theta"])


def _write_shape(writer: gguf.GGUFWriter, config: dict[str, Any], output_type: str) -> None:
    writer.add_file_type(_FILE_TYPES[output_type])
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size_mlp"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_key_length(config["head_dim"])
    writer.add_value_length(config["head_dim"])
    writer.add_rope_dimension_count(config["head_dim"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_rope_freq_base(_rope_theta(config))
    writer.add_vocab_size(config["vocab_size"])


def _write_tokenizer(writer: gguf.GGUFWriter, folder: Path) -> None:
    tokenizer: Tokenizer = load_tokenizer(folder / "tokenizer.json")
    described = json.loads(tokenizer.to_str())
    added = {entry["id"]: entry for entry in described["added_tokens"]}
    by_id = {index: token for token, index in tokenizer.get_vocab().items()}
    tokens, types = [], []
    for index in range(len(by_id)):
        tokens.append(by_id[index])
        if index not in added:
            types.append(gguf.TokenType.NORMAL)
        elif added[index]["special"]:
            types.append(gguf.TokenType.CONTROL)
        else:
            types.append(gguf.TokenType.USER_DEFINED)  # control tokens would not be printed
    merges = [
        merge if isinstance(merge, str) else " ".join(merge)
        for merge in described["model"]["merges"]
    ]
    settings = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(PRE_TOKENIZER)
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges(merges)
    writer.add_bos_token_id(token_id(tokenizer, settings["bos_token"]))
    writer.add_eos_token_id(token_id(tokenizer, settings["eos_token"]))
    writer.add_add_bos_token(True)
    writer.add_chat_template(settings["chat_template"])


def _tensors(folder: Path, config: dict[str, Any]) -> Iterator[tuple[str, np.ndarray]]:
    """(GGUF name, float32 array), one tensor in memory at a time."""
    heads = {
        "self_attn.q_proj": config["num_attention_heads"],
        "self_attn.k_proj": config["num_key_value_heads"],
    }
    layers, width = config["num_hidden_layers"], config["head_dim"]
    with safe_open(folder / _SAFETENSORS, framework="numpy") as file:
        names = set(file.keys())
        expected = set(_OTHER_TENSORS) | {
            f"model.layers.{layer}.{part}.weight"
            for layer in range(layers)
            for part in _BLOCK_TENSORS
        }
        if names != expected:
            odd = sorted(names ^ expected)
            raise ConversionError(f"{len(odd)} tensors are missing or unknown, first {odd[0]}.")
        for name, target in _OTHER_TENSORS.items():
            yield target, file.get_tensor(name).astype(np.float32)
        for layer in range(layers):
            for part, target in _BLOCK_TENSORS.items():
                weight = file.get_tensor(f"model.layers.{layer}.{part}.weight").astype(np.float32)
                if part in heads:
                    weight = halves_from_pairs(weight, heads[part])
                yield f"blk.{layer}.{target}.weight", weight
            for target in ("attn_q_norm", "attn_k_norm"):
                yield f"blk.{layer}.{target}.weight", np.ones(width, dtype=np.float32)


def convert_checkpoint(
    folder: Path,
    output: Path,
    *,
    output_type: str,
    card: Card,
    report: Callable[[str], None] = lambda _: None,
) -> None:
    """Write the checkpoint in `folder` as the GGUF file `output`.

    Written under a temporary name and renamed, so that nothing half-written is left behind.

    Raises:
        ConversionError: the checkpoint is not what the mapping can represent.
    """
    config = read_config(folder)
    partial = output.with_name(output.name + ".partial")
    writer = gguf.GGUFWriter(partial, _ARCHITECTURE)
    writer.add_name(card.name)
    writer.add_license(card.licence)
    writer.add_description(card.description)
    writer.add_bool(_NORMALISES_KEY, card.normalises_problems)
    try:
        _write_shape(writer, config, output_type)
        _write_tokenizer(writer, folder)
        kind = OUTPUT_TYPES[output_type]
        for name, weight in _tensors(folder, config):
            own = kind if weight.ndim == 2 else gguf.GGMLQuantizationType.F32
            writer.add_tensor(name, gguf.quantize(weight, own), raw_dtype=own)
            report(name)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        partial.replace(output)
    except (OSError, KeyError, struct.error) as error:
        raise ConversionError(f"{folder} cannot be converted: {error!r}.") from error
    finally:
        writer.close()
        partial.unlink(missing_ok=True)


def weights_from_gguf(path: Path) -> dict[str, np.ndarray]:
    """The weights of a GGUF file that `convert_checkpoint` wrote, under checkpoint names, float32.

    Raises:
        ConversionError: the file is of another architecture or lacks a tensor.
    """
    reader = gguf.GGUFReader(path)
    architecture = reader.get_field("general.architecture")
    if architecture is None or architecture.contents() != _ARCHITECTURE:
        raise ConversionError(f"{path.name} is not of the architecture {_ARCHITECTURE}.")
    tensors = {
        tensor.name: gguf.dequantize(tensor.data, tensor.tensor_type) for tensor in reader.tensors
    }
    heads = {
        "self_attn.q_proj": _number(reader, "attention.head_count"),
        "self_attn.k_proj": _number(reader, "attention.head_count_kv"),
    }
    found = {name: tensors[target] for name, target in _OTHER_TENSORS.items()}
    for layer in range(_number(reader, "block_count")):
        for part, target in _BLOCK_TENSORS.items():
            weight = tensors[f"blk.{layer}.{target}.weight"]
            if part in heads:
                weight = pairs_from_halves(weight, heads[part])
            found[f"model.layers.{layer}.{part}.weight"] = weight
    return {name: np.array(weight, np.float32, order="C") for name, weight in found.items()}


def _number(reader: gguf.GGUFReader, key: str) -> int:
    field = reader.get_field(f"{_ARCHITECTURE}.{key}")
    if field is None:
        raise ConversionError(f"the GGUF file has no {key}")
    return int(field.contents())
