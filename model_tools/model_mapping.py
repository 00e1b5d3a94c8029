"""Which tensor of a checkpoint becomes which tensor of a GGUF file, and how its rows move.

- A dense Llama-4 whose layers all rotate and normalise queries and keys is a Qwen3 with unit q/k
  norms, once the rows of q and k are re-ordered from interleaved pairs to halves. llama.cpp cannot
  load a dense `llama4` file, and it loads this one unchanged.
- Qwen3 and Qwen2 are copied as they are.
- Llama goes the other way: transformers stores q and k in halves, llama.cpp wants pairs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import numpy as np

from model_tools.configuration import Config, Family, Sizes, family_of, sizes_of
from model_tools.errors import ConversionError
from model_tools.weights import Weights


class RowOrder(Enum):
    """How the rows of each head move."""

    SAME = "same"
    HALVES_FROM_PAIRS = "halves from pairs"
    PAIRS_FROM_HALVES = "pairs from halves"


def halves_from_pairs(weight: np.ndarray, heads: int) -> np.ndarray:
    """Re-order the rows of a q or k matrix from interleaved pairs to two halves per head."""
    width = weight.shape[0] // heads
    moved = weight.reshape(heads, width // 2, 2, -1).swapaxes(1, 2)
    return moved.reshape(weight.shape)


def pairs_from_halves(weight: np.ndarray, heads: int) -> np.ndarray:
    """The inverse of `halves_from_pairs`."""
    width = weight.shape[0] // heads
    moved = weight.reshape(heads, 2, width // 2, -1).swapaxes(1, 2)
    return moved.reshape(weight.shape)


def reordered(weight: np.ndarray, order: RowOrder, heads: int) -> np.ndarray:
    """The rows of `heads` heads in another order."""
    if order is RowOrder.HALVES_FROM_PAIRS:
        return halves_from_pairs(weight, heads)
    if order is RowOrder.PAIRS_FROM_HALVES:
        return pairs_from_halves(weight, heads)
    return weight


@dataclass(frozen=True, slots=True)
class PlannedTensor:
    """One tensor of the GGUF file to be.

    Attributes:
        name: in the GGUF file.
        shape: rows first.
        source: its name in the checkpoint; None if it is made up.
        values: what it is made of if it has no source.
        order: how rows move.
        head_width: rows of one head, if rows move.
    """

    name: str
    shape: tuple[int, ...]
    source: str | None = None
    values: tuple[float, ...] = ()
    order: RowOrder = RowOrder.SAME
    head_width: int = 1

    def rows(self, weights: Weights, start: int, stop: int) -> np.ndarray:
        """Rows `start` to `stop`, float32; where rows move, both are multiples of a head."""
        if self.source is None:
            return np.array(self.values[start:stop], dtype=np.float32)
        found = weights.rows(self.source, start, stop)
        return reordered(found, self.order, (stop - start) // self.head_width)


@dataclass(frozen=True, slots=True)
class ModelMapping:
    """Everything of a checkpoint but its tokenizer and its description.

    Attributes:
        family: what the checkpoint is.
        architecture: the GGUF graph that computes it.
        sizes: its shape.
        tensors: in the order they are written.
    """

    family: Family
    architecture: str
    sizes: Sizes
    tensors: tuple[PlannedTensor, ...]


_ARCHITECTURES = {
    Family.LLAMA4: "qwen3",
    Family.QWEN3: "qwen3",
    Family.QWEN2: "qwen2",
    Family.LLAMA: "llama",
}
_QK_ORDERS = {Family.LLAMA4: RowOrder.HALVES_FROM_PAIRS, Family.LLAMA: RowOrder.PAIRS_FROM_HALVES}
_IGNORED = ("rotary_emb.inv_freq",)  # old checkpoints carry the table that config.json implies


def map_model(config: Config, weights: Weights) -> ModelMapping:
    """Plan the GGUF file of a checkpoint.

    Raises:
        ConversionError: the checkpoint is of no known kind, cannot be represented exactly, or its
            weights are not those its config.json describes.
    """
    family = family_of(config)
    sizes = sizes_of(config, family)
    if family is Family.QWEN2 and sizes.heads * sizes.head_width != sizes.width:
        raise ConversionError("This model cannot be converted: its heads do not fill its width.")
    planned = tuple(_tensors(config, family, sizes, frozenset(weights.shapes)))
    _compare(planned, weights, tied=bool(config.get("tie_word_embeddings")))
    return ModelMapping(family, _ARCHITECTURES[family], sizes, planned)


def _tensors(
    config: Config, family: Family, sizes: Sizes, names: frozenset[str]
) -> Iterator[PlannedTensor]:
    embedding = (sizes.vocab_size, sizes.width)
    yield PlannedTensor("token_embd.weight", embedding, "model.embed_tokens.weight")
    yield PlannedTensor("output_norm.weight", (sizes.width,), "model.norm.weight")
    is_untied = config.get("tie_word_embeddings") is False or (
        config.get("tie_word_embeddings") is None and "lm_head.weight" in names
    )
    if is_untied:
        yield PlannedTensor("output.weight", embedding, "lm_head.weight")
    if sizes.rope.llama3 is not None:
        divisors = sizes.rope.llama3.divisors(sizes.rope.theta, sizes.head_width)
        yield PlannedTensor("rope_freqs.weight", (len(divisors),), values=tuple(divisors))
    for layer in range(sizes.layers):
        yield from _block(family, sizes, layer)
        yield from _biases(config, family, sizes, layer)


def _block(family: Family, sizes: Sizes, layer: int) -> Iterator[PlannedTensor]:
    here, there = f"blk.{layer}", f"model.layers.{layer}"
    width, ffn_width, head = sizes.width, sizes.ffn_width, sizes.head_width
    q_width, kv_width = sizes.heads * head, sizes.kv_heads * head
    order = _QK_ORDERS.get(family, RowOrder.SAME)
    attention, ffn = f"{there}.self_attn", f"{there}.mlp"
    if family is Family.LLAMA4:
        ffn = f"{there}.feed_forward"

    def plain(name: str, shape: tuple[int, ...], source: str) -> PlannedTensor:
        return PlannedTensor(f"{here}.{name}.weight", shape, f"{source}.weight")

    def rotated(name: str, rows: int, source: str) -> PlannedTensor:
        return PlannedTensor(
            f"{here}.{name}.weight", (rows, width), f"{attention}.{source}.weight",
            order=order, head_width=head,
        )  # fmt: skip

    yield plain("attn_norm", (width,), f"{there}.input_layernorm")
    yield rotated("attn_q", q_width, "q_proj")
    yield rotated("attn_k", kv_width, "k_proj")
    yield plain("attn_v", (kv_width, width), f"{attention}.v_proj")
    yield plain("attn_output", (width, q_width), f"{attention}.o_proj")
    for name, source in (("attn_q_norm", "q_norm"), ("attn_k_norm", "k_norm")):
        if family is Family.QWEN3:
            yield plain(name, (head,), f"{attention}.{source}")
        elif family is Family.LLAMA4:
            yield PlannedTensor(f"{here}.{name}.weight", (head,), values=(1.0,) * head)
    yield plain("ffn_norm", (width,), f"{there}.post_attention_layernorm")
    yield plain("ffn_gate", (ffn_width, width), f"{ffn}.gate_proj")
    yield plain("ffn_up", (ffn_width, width), f"{ffn}.up_proj")
    yield plain("ffn_down", (width, ffn_width), f"{ffn}.down_proj")


def _biases(config: Config, family: Family, sizes: Sizes, layer: int) -> Iterator[PlannedTensor]:
    here, there = f"blk.{layer}", f"model.layers.{layer}"
    head = sizes.head_width
    order = _QK_ORDERS.get(family, RowOrder.SAME)
    attention_has = family is Family.QWEN2 or (
        family is Family.LLAMA and bool(config.get("attention_bias"))
    )
    if attention_has:
        for name, rows, moved in (
            ("q", sizes.heads * head, order),
            ("k", sizes.kv_heads * head, order),
            ("v", sizes.kv_heads * head, RowOrder.SAME),
        ):
            yield PlannedTensor(
                f"{here}.attn_{name}.bias", (rows,), f"{there}.self_attn.{name}_proj.bias",
                order=moved, head_width=head,
            )  # fmt: skip
    if family is not Family.LLAMA:
        return
    if attention_has:
        source = f"{there}.self_attn.o_proj.bias"
        yield PlannedTensor(f"{here}.attn_output.bias", (sizes.width,), source)
    if config.get("mlp_bias"):
        for part, rows in (
            ("gate", sizes.ffn_width), ("up", sizes.ffn_width), ("down", sizes.width),
        ):  # fmt: skip
            yield PlannedTensor(f"{here}.ffn_{part}.bias", (rows,), f"{there}.mlp.{part}_proj.bias")


def _compare(planned: tuple[PlannedTensor, ...], weights: Weights, *, tied: bool) -> None:
    """Refuse weights that are not those the config describes."""
    shapes = weights.shapes
    expected = {tensor.source: tensor.shape for tensor in planned if tensor.source is not None}
    found = {name for name in shapes if not name.endswith(_IGNORED)}
    if tied:
        found.discard("lm_head.weight")  # transformers ties it whatever the file holds
    missing, unknown = sorted(set(expected) - found), sorted(found - set(expected))
    if missing or unknown:
        odd = [f"{name} is missing" for name in missing] + [
            f"{name} is unknown" for name in unknown
        ]
        more = f" (and {len(odd) - 1} more missing or unknown)" if len(odd) > 1 else ""
        raise ConversionError(
            f"The weights are not those that config.json describes: {odd[0]}{more}.",
            hint="Check that config.json and the weights belong to the same model.",
        )
    for name, shape in expected.items():
        if shapes[name] != shape:
            raise ConversionError(
                f"{name} has the shape {shapes[name]}, but config.json describes {shape}.",
                hint="Check that config.json and the weights belong to the same model.",
            )
