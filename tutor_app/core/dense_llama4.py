"""Whether a dense `llama4` GGUF can be repaired, that is rewritten as the `qwen3` it equals.

llama.cpp refuses a `llama4` file without experts. If every layer uses rotary positions and
normalises queries and keys without weights, nothing is scaled and there are no experts, then the
model is a Qwen3 with unit norms whose q and k rows are re-ordered from pairs to halves. Everything
else is refused: a guess would load and answer wrongly.

The file does not say which layers use rotary positions. llama.cpp's converter writes
`attention.sliding_window = 0` for the models whose layers are all alike, and its loader takes
every other file for one with a layer without positions in every four.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tutor_app.core.gguf_header import GgufHeader, printable
from tutor_app.core.gguf_types import MetadataValue

ARCHITECTURE = "llama4"
TARGET_ARCHITECTURE = "qwen3"
RENAMED_KEYS = frozenset(
    {
        "block_count", "context_length", "embedding_length", "feed_forward_length",
        "attention.head_count", "attention.head_count_kv", "attention.key_length",
        "attention.value_length", "attention.layer_norm_rms_epsilon", "rope.freq_base",
        "rope.dimension_count", "vocab_size",
    }
)  # fmt: skip
"""Properties that mean the same under `qwen3.`; all others of `llama4.` are dropped."""
BLOCK_TENSORS = (
    "attn_norm", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_norm", "ffn_gate", "ffn_up",
    "ffn_down",
)  # fmt: skip
"""Each is `blk.LAYER.NAME.weight`."""

_NO_POSITIONS = "some of its layers have no rotary positions"
_EXPERTS = "it is a mixture of experts"
_TEMPERATURE = "the temperature of its attention is tuned"
_NO_NORM = "its queries and keys are not normalised"
_SCALED = "its rotary positions are scaled"


@dataclass(frozen=True, slots=True)
class Llama4Shape:
    """The sizes of a dense llama4.

    Attributes:
        layers: number of blocks.
        width: of the residual.
        heads: query heads.
        kv_heads: key and value heads.
        head_width: of one head.
        ffn_width: hidden width of the feed-forward.
    """

    layers: int
    width: int
    heads: int
    kv_heads: int
    head_width: int
    ffn_width: int


class _Obstacle(Exception):
    """Why not, as a clause about the model."""


def is_dense(header: GgufHeader) -> bool:
    """Whether this is a `llama4` without experts, which llama.cpp does not load."""
    has_experts = any(".ffn_gate_inp" in t.name or "_exps" in t.name for t in header.tensors)
    return header.architecture == ARCHITECTURE and not has_experts


def obstacle_to_repair(header: GgufHeader) -> str:
    """Why a `llama4` file cannot be repaired, as a clause about it; empty if it can."""
    try:
        _require_plain_properties(header)
        _require_tensors(header, _read_shape(header))
    except _Obstacle as obstacle:
        return str(obstacle)
    return ""


def shape_of(header: GgufHeader) -> Llama4Shape:
    """The sizes of a file without an obstacle."""
    return _read_shape(header)


def _is_zero(found: MetadataValue) -> bool:
    return not isinstance(found.value, str) and found.value == 0


def _is_all_ones(found: MetadataValue) -> bool:
    items = getattr(found.value, "items", None)
    return items is not None and all(item == 1 for item in items)


def _is_true(found: MetadataValue) -> bool:
    return found.value is True or found.value == 1


def _is_none(found: MetadataValue) -> bool:
    return found.value == "none"


def _always(_found: MetadataValue) -> bool:
    return True


# The property without its prefix, when it is harmless, and what it means otherwise.
_DROPPED_KEYS: dict[str, tuple[Callable[[MetadataValue], bool], str]] = {
    "expert_count": (_is_zero, _EXPERTS),
    "expert_used_count": (_is_zero, _EXPERTS),
    "expert_shared_count": (_is_zero, _EXPERTS),
    "expert_feed_forward_length": (_always, _EXPERTS),
    "interleave_moe_layer_step": (_always, _EXPERTS),
    "attention.sliding_window": (_is_zero, _NO_POSITIONS),
    "no_rope_layers": (_is_all_ones, _NO_POSITIONS),
    "attention.temperature_scale": (_is_zero, _TEMPERATURE),
    "attention.temperature_length": (_is_zero, _TEMPERATURE),
    "attn_temperature_tuning": (_is_zero, _TEMPERATURE),
    "use_qk_norm": (_is_true, _NO_NORM),
    "attention.use_qk_norm": (_is_true, _NO_NORM),
    "rope.scaling.type": (_is_none, _SCALED),
}
# Words in a property nobody here has heard of, and what they suggest.
_SUSPICIONS = (
    ("rope.scaling", _SCALED),
    ("rope", _NO_POSITIONS),
    ("expert", _EXPERTS),
    ("moe", _EXPERTS),
    ("temperature", _TEMPERATURE),
    ("norm", _NO_NORM),
)


def _require_plain_properties(header: GgufHeader) -> None:
    prefix = ARCHITECTURE + "."
    for key, found in header.metadata.items():
        if key.startswith(TARGET_ARCHITECTURE + "."):
            raise _Obstacle(f"it also has the property '{printable(key)}' of another architecture")
        name = key.removeprefix(prefix)
        if not key.startswith(prefix) or name in RENAMED_KEYS:
            continue
        if name == "attention.chunk_size":
            _require_unchunked(header, found)
            continue
        if name in _DROPPED_KEYS:
            is_harmless, reason = _DROPPED_KEYS[name]
            if not is_harmless(found):
                raise _Obstacle(reason)
            continue
        for word, reason in _SUSPICIONS:
            if word in name:
                raise _Obstacle(f"it has the property '{printable(key)}', so perhaps {reason}")
        raise _Obstacle(f"it has the property '{printable(key)}', which has no meaning for qwen3")
    if not {"attention.sliding_window", "no_rope_layers"} & {
        key.removeprefix(prefix) for key in header.metadata
    }:
        raise _Obstacle(f"it does not say that all layers are alike, so {_NO_POSITIONS}")


def _require_unchunked(header: GgufHeader, found: MetadataValue) -> None:
    context = header.integer(f"{ARCHITECTURE}.context_length") or 0
    if not isinstance(found.value, int) or 0 < found.value < context:
        raise _Obstacle("its attention sees only a part of a long text")


def _read_shape(header: GgufHeader) -> Llama4Shape:
    def size(name: str, default: int | None = None) -> int:
        value = header.integer(f"{ARCHITECTURE}.{name}")
        if value is None:
            value = default if f"{ARCHITECTURE}.{name}" not in header.metadata else None
        if value is None or not 0 < value < 1 << 24:
            raise _Obstacle(f"it has no usable property '{name}'")
        return value

    heads, width = size("attention.head_count"), size("embedding_length")
    head_width = size("attention.key_length", width // heads)
    for name in ("attention.value_length", "rope.dimension_count"):
        if size(name, head_width) != head_width:
            raise _Obstacle("its heads are not rotated as a whole")
    if head_width % 2:
        raise _Obstacle("its heads have an odd width")
    epsilon = header.metadata.get(f"{ARCHITECTURE}.attention.layer_norm_rms_epsilon")
    if epsilon is None or not isinstance(epsilon.value, float) or not math.isfinite(epsilon.value):
        raise _Obstacle("it does not say how its layers are normalised")
    return Llama4Shape(
        layers=size("block_count"),
        width=width,
        heads=heads,
        kv_heads=size("attention.head_count_kv", heads),
        head_width=head_width,
        ffn_width=size("feed_forward_length"),
    )


def _expected_tensors(shape: Llama4Shape) -> Iterator[tuple[str, tuple[int, ...]]]:
    queries, keys = shape.heads * shape.head_width, shape.kv_heads * shape.head_width
    sizes: dict[str, tuple[int, ...]] = {
        "attn_norm": (shape.width,),
        "attn_q": (shape.width, queries),
        "attn_k": (shape.width, keys),
        "attn_v": (shape.width, keys),
        "attn_output": (queries, shape.width),
        "ffn_norm": (shape.width,),
        "ffn_gate": (shape.width, shape.ffn_width),
        "ffn_up": (shape.width, shape.ffn_width),
        "ffn_down": (shape.ffn_width, shape.width),
    }
    yield "output_norm.weight", (shape.width,)
    for layer in range(shape.layers):
        for name in BLOCK_TENSORS:
            yield f"blk.{layer}.{name}.weight", sizes[name]


def _require_tensors(header: GgufHeader, shape: Llama4Shape) -> None:
    found = {tensor.name: tensor.shape for tensor in header.tensors}
    for name, size in _expected_tensors(shape):
        if name not in found:
            raise _Obstacle(f"the tensor '{name}' is missing")
        if found.pop(name) != size:
            raise _Obstacle(f"the tensor '{name}' has not the shape its properties promise")
    embedding = found.pop("token_embd.weight", None)
    if embedding is None or embedding[0] != shape.width:
        raise _Obstacle("its embedding is missing or of another width")
    if found.pop("output.weight", embedding) != embedding:
        raise _Obstacle("its output and its embedding are not of the same shape")
    for name in found:
        raise _Obstacle(_meaning_of_extra_tensor(name))


def _meaning_of_extra_tensor(name: str) -> str:
    if "exp" in name or "gate_inp" in name:
        return _EXPERTS
    if name.startswith("rope_"):
        return _SCALED
    if name.endswith(".bias"):
        return "its attention has biases"
    return f"it has the tensor '{printable(name)}', which has no meaning for qwen3"
