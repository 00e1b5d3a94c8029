"""From a checkpoint to a GGUF file that an unmodified llama.cpp loads, tensor by tensor."""

import math
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
import yaml
from gguf import GGMLQuantizationType

from model_tools.configuration import Config, Sizes, read_config
from model_tools.errors import ConversionError
from model_tools.llama_process import LlamaProcessDied, ask_llama
from model_tools.model_mapping import ModelMapping, PlannedTensor, map_model, pairs_from_halves
from model_tools.progress import Progress, Silence
from model_tools.quantisation import (
    FILE_TYPES,
    Described,
    Quantiser,
    fallback_sentence,
    tensor_types,
)
from model_tools.vocabulary import Vocabulary, read_vocabulary
from model_tools.weights import Weights, open_weights
from model_tools.whole_file import appearing_whole

OUTPUT_TYPES = FILE_TYPES
NORMALISES_KEY = "tutor.normalises_problems"
_CONFIG_NORMALISES_KEY = "tutor_normalises_problems"
_CHUNK_BYTES = 32 << 20
_HEADROOM_BYTES = 32 << 20  # for what the file holds beside the weights
_FAIR_LICENCE = re.compile(r"FAIR\s+Noncommercial\s+Research\s+License", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Card:
    """What a model file says about itself; None takes it from the checkpoint's own model card.

    Attributes:
        name: of the model.
        licence: SPDX identifier, or `other`.
        licence_name: of a licence without identifier.
        licence_link: where its text is.
        description: one sentence.
        base_model: `owner/name` on the Hugging Face hub of the model it was made from.
        normalises_problems: whether prompts go through `core.normalisation`.
    """

    name: str | None = None
    licence: str | None = None
    licence_name: str | None = None
    licence_link: str | None = None
    description: str | None = None
    base_model: str | None = None
    normalises_problems: bool | None = None


@dataclass(frozen=True, slots=True)
class Converted:
    """What was written.

    Attributes:
        path: of the GGUF file.
        architecture: the graph llama.cpp computes it with.
        parameters: number of weights.
        size_bytes: of the file.
        types: how many tensors have which type.
        licence: as written, or None.
    """

    path: Path
    architecture: str
    parameters: int
    size_bytes: int
    types: dict[str, int]
    licence: str | None


def convert_checkpoint(
    checkpoint: Path,
    output: Path,
    *,
    output_type: str,
    card: Card | None = None,
    pre_tokenizer: str | None = None,
    progress: Progress | None = None,
) -> Converted:
    """Write a checkpoint as the GGUF file `output`.

    A few rows of one tensor are in memory at a time. The file is written under a temporary name,
    loaded once by llama.cpp, and renamed, so that nothing half-written is left behind.

    Args:
        checkpoint: a folder as `transformers` saves it, or a weights file inside one.
        output: where the file is to appear.
        output_type: a key of OUTPUT_TYPES.
        card: what overrules the checkpoint's own model card.
        pre_tokenizer: llama.cpp's name of it, if it is not recognised.
        progress: hears how far it is, and notes.

    Raises:
        ConversionError: the checkpoint is not what the mapping can represent, or is damaged.
        ModelToolsError: there is no room for the file.
    """
    progress = progress or Silence()
    folder = checkpoint.parent if checkpoint.is_file() else checkpoint
    config = read_config(folder)
    weights = open_weights(checkpoint)
    try:
        mapping = map_model(config, weights)
        vocabulary = read_vocabulary(folder, config, pre_tokenizer=pre_tokenizer)
        described = tuple(Described(t.name, t.shape) for t in mapping.tensors)
        types = tensor_types(
            described,
            output_type,
            lambda writer: write_sizes(writer, mapping.sizes),
            mapping.architecture,
        )
        note = fallback_sentence(described, types, output_type)
        if note is not None:
            progress.warn(note)
        metadata = _metadata(folder, config, card or Card(), mapping, progress)
        size = _HEADROOM_BYTES + sum(_bytes(t.shape, types[t.name]) for t in mapping.tensors)
        with appearing_whole(output, expected_bytes=size) as partial:
            writer = gguf.GGUFWriter(partial, mapping.architecture)
            metadata.set_gguf_meta_model(writer)
            writer.add_file_type(FILE_TYPES[output_type])
            writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
            writer.add_bool(NORMALISES_KEY, _normalises(config, card))
            write_sizes(writer, mapping.sizes)
            _write(writer, vocabulary, mapping, types, weights, progress)
            _check(partial, vocabulary, progress)
            written = partial.stat().st_size
    except (struct.error, MemoryError) as error:
        raise ConversionError(f"{folder} cannot be converted ({error!r}).") from error
    finally:
        weights.close()
    return Converted(
        path=output,
        architecture=mapping.architecture,
        parameters=sum(math.prod(t.shape) for t in mapping.tensors),
        size_bytes=written,
        types=_counted(types),
        licence=metadata.license_name or metadata.license,
    )


def _counted(types: Mapping[str, GGMLQuantizationType]) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind in types.values():
        found[kind.name] = found.get(kind.name, 0) + 1
    return found


def write_sizes(writer: gguf.GGUFWriter, sizes: Sizes) -> None:
    """Add the hyper-parameters."""
    writer.add_block_count(sizes.layers)
    writer.add_context_length(sizes.context_tokens)
    writer.add_embedding_length(sizes.width)
    writer.add_feed_forward_length(sizes.ffn_width)
    writer.add_head_count(sizes.heads)
    writer.add_head_count_kv(sizes.kv_heads)
    writer.add_key_length(sizes.head_width)
    writer.add_value_length(sizes.head_width)
    writer.add_rope_dimension_count(sizes.head_width)
    writer.add_layer_norm_rms_eps(sizes.norm_eps)
    writer.add_rope_freq_base(sizes.rope.theta)
    if sizes.rope.linear_factor != 1.0:
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(sizes.rope.linear_factor)
    writer.add_vocab_size(sizes.vocab_size)


def _normalises(config: Config, card: Card | None) -> bool:
    stated = card.normalises_problems if card is not None else None
    return bool(config.get(_CONFIG_NORMALISES_KEY)) if stated is None else stated


def _metadata(
    folder: Path, config: Config, card: Card, mapping: ModelMapping, progress: Progress
) -> gguf.Metadata:
    """The checkpoint's model card, overruled by `card`."""
    parameters = sum(math.prod(t.shape) for t in mapping.tensors)
    try:
        found = gguf.Metadata.load(model_path=folder, total_params=parameters)
    except (yaml.YAMLError, ValueError, TypeError, KeyError, AttributeError) as error:
        progress.warn(f"The model card README.md cannot be read ({type(error).__name__}).")
        found = gguf.Metadata(name=folder.resolve().name)
    found.name = card.name or found.name or folder.resolve().name
    found.description = card.description or found.description
    if card.licence is not None:
        found.license, found.license_name, found.license_link = card.licence, None, None
    found.license_name = card.licence_name or found.license_name
    found.license_link = card.licence_link or found.license_link
    if found.license is None and _FAIR_LICENCE.search(_licence_text(folder)):
        found.license, found.license_name = "other", "fair-noncommercial-research"
    if found.license is None:
        progress.warn("No licence is named in the folder; say which one with --licence.")
    if card.base_model is not None:
        owner, _, name = card.base_model.rpartition("/")
        url = f"https://huggingface.co/{card.base_model}"
        found.base_models = [{"name": name, "organization": owner, "repo_url": url}]
    return found


def _licence_text(folder: Path) -> str:
    for name in ("LICENSE", "LICENSE.txt", "LICENSE.md"):
        path = folder / name
        if path.is_file():
            return path.read_text(encoding="utf-8", errors="replace")[:2000]
    return ""


def _bytes(shape: tuple[int, ...], kind: GGMLQuantizationType) -> int:
    block, block_bytes = gguf.GGML_QUANT_SIZES[kind]
    return math.prod(shape) // block * block_bytes


def _write(
    writer: gguf.GGUFWriter,
    vocabulary: Vocabulary,
    mapping: ModelMapping,
    types: Mapping[str, GGMLQuantizationType],
    weights: Weights,
    progress: Progress,
) -> None:
    """Write the header, then one tensor after the other."""
    vocabulary.write(writer)
    for tensor in mapping.tensors:
        kind = types[tensor.name]
        size = _bytes(tensor.shape, kind)
        writer.add_tensor_info(tensor.name, tensor.shape, np.dtype(np.float32), size, kind)
    quantiser = Quantiser()
    try:
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        assert writer.fout is not None
        file = writer.fout[0]
        writer.write_padding(file, file.tell())
        for done, tensor in enumerate(mapping.tensors, start=1):
            size = 0
            for chunk in _chunks(tensor, weights):
                # Not tofile, which hides why a write failed.
                size += file.write(quantiser.convert(chunk, types[tensor.name]).data)
            writer.write_padding(file, size)
            progress.step("write", done, len(mapping.tensors))
        file.flush()
    finally:
        quantiser.close()
        writer.close()


def _chunks(tensor: PlannedTensor, weights: Weights) -> Iterator[np.ndarray]:
    """The tensor's rows, a few megabytes and whole heads at a time."""
    count = tensor.shape[0]
    row_bytes = 4 * math.prod(tensor.shape[1:])
    step = max(1, _CHUNK_BYTES // (row_bytes * tensor.head_width)) * tensor.head_width
    for start in range(0, count, step):
        yield tensor.rows(weights, start, min(count, start + step))


def _check(path: Path, vocabulary: Vocabulary, progress: Progress) -> None:
    """Have llama.cpp load the file, and see that every end token ends an answer there."""
    progress.step("check", 0, 1)
    try:
        loaded = ask_llama({"task": "load", "source": str(path.resolve())})
    except LlamaProcessDied as error:
        raise ConversionError(f"llama.cpp does not load the result: {error}") from error
    deaf = [end for end in vocabulary.end_ids if end not in loaded["end_ids"]]
    if deaf:
        names = ", ".join(vocabulary.tokens[end] for end in deaf)
        progress.warn(f"GGUF has no key left for the end tokens {names}; answers may run on.")
    progress.step("check", 1, 1)


def weights_from_gguf(path: Path) -> dict[str, np.ndarray]:
    """The weights of a qwen3 file, under the names of a Llama-4 checkpoint, float32.

    Raises:
        ConversionError: the file is of another architecture or lacks a tensor.
    """
    reader = gguf.GGUFReader(path)
    architecture = reader.get_field("general.architecture")
    queries = reader.get_field("qwen3.attention.head_count")
    keys = reader.get_field("qwen3.attention.head_count_kv")
    if architecture is None or architecture.contents() != "qwen3" or not queries or not keys:
        raise ConversionError(f"{path.name} is not of the architecture qwen3.")
    heads = {"attn_q": int(queries.contents()), "attn_k": int(keys.contents())}
    found = {}
    for tensor in reader.tensors:
        name = llama4_name(tensor.name)
        if name is None:
            continue
        weight = gguf.dequantize(tensor.data, tensor.tensor_type)
        part = tensor.name.split(".")[-2]
        if part in heads:
            weight = pairs_from_halves(weight, heads[part])
        found[name] = np.array(weight, np.float32, order="C")
    return found


_BLOCK_NAMES = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "feed_forward.gate_proj",
    "ffn_up": "feed_forward.up_proj",
    "ffn_down": "feed_forward.down_proj",
}
_OTHER_NAMES = {
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "output": "lm_head",
}


def llama4_name(name: str) -> str | None:
    """The Llama-4 checkpoint's name of a qwen3 tensor; None for q/k norms, which it lacks."""
    parts = name.split(".")
    if parts[0] == "blk":
        inner = _BLOCK_NAMES.get(parts[2])
        return None if inner is None else f"model.layers.{parts[1]}.{inner}.weight"
    outer = _OTHER_NAMES.get(parts[0])
    return None if outer is None else f"{outer}.weight"
