"""A checkpoint's config.json: the sizes in it, and why a model may have to be refused.

Keys and defaults are those of `transformers` (4.55 and 5); nothing is assumed about a published
model, because fine-tunes change any of it.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from model_tools.errors import ConversionError

Config = Mapping[str, Any]


class Family(Enum):
    """The kinds of checkpoint that can be converted, by config.json's `model_type`."""

    LLAMA4 = "llama4_text"
    QWEN3 = "qwen3"
    QWEN2 = "qwen2"
    LLAMA = "llama"


@dataclass(frozen=True, slots=True)
class Rope:
    """Rotary positions.

    Attributes:
        theta: base of the frequencies.
        linear_factor: positions are divided by it.
        llama3: Llama 3.1's scaling, or None.
    """

    theta: float
    linear_factor: float = 1.0
    llama3: "Llama3Scaling | None" = None


@dataclass(frozen=True, slots=True)
class Llama3Scaling:
    """Slows low frequencies down, leaves high ones alone, and blends in between.

    Attributes:
        factor: how much the lowest frequencies are slowed.
        low_factor: waves longer than original_tokens / low_factor are slowed fully.
        high_factor: waves shorter than original_tokens / high_factor are left alone.
        original_tokens: context the model was first trained with.
    """

    factor: float
    low_factor: float
    high_factor: float
    original_tokens: int

    def divisors(self, theta: float, head_width: int) -> list[float]:
        """What each of the head_width / 2 frequencies is divided by."""
        found = []
        for i in range(0, head_width, 2):
            wave = 2 * math.pi * theta ** (i / head_width)
            share = (self.original_tokens / wave - self.low_factor) / (
                self.high_factor - self.low_factor
            )
            share = min(1.0, max(0.0, share))
            found.append(1.0 / ((1.0 - share) / self.factor + share))
        return found


@dataclass(frozen=True, slots=True)
class Sizes:
    """What a model's shape is, read from its config.json.

    Attributes:
        layers: number of blocks.
        width: of the residual stream.
        ffn_width: hidden width of the feed-forward part.
        heads: query heads.
        kv_heads: key and value heads.
        head_width: of one head.
        vocab_size: rows of the embedding.
        context_tokens: longest sequence it is meant for.
        norm_eps: epsilon of the norms.
        rope: rotary positions.
    """

    layers: int
    width: int
    ffn_width: int
    heads: int
    kv_heads: int
    head_width: int
    vocab_size: int
    context_tokens: int
    norm_eps: float
    rope: Rope


def read_config(folder: Path) -> Config:
    """The config.json of a checkpoint folder.

    Raises:
        ConversionError: it is missing or not JSON.
    """
    path = folder / "config.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConversionError(
            f"{folder} has no config.json.",
            hint="Name a model folder as Hugging Face lays it out, or a weights file inside one.",
        ) from error
    except (OSError, ValueError) as error:
        raise ConversionError(f"{path} cannot be read ({error}).") from error
    if not isinstance(config, dict):
        raise ConversionError(f"{path} does not describe a model.")
    return config


def family_of(config: Config) -> Family:
    """Which kind of checkpoint this is.

    Raises:
        ConversionError: none that can be converted, or one with parts GGUF's graph lacks.
    """
    kind = config.get("model_type")
    known = ", ".join(f"'{family.value}'" for family in Family)
    try:
        family = Family(kind)
    except ValueError as error:
        raise ConversionError(
            f"Its model_type is {kind!r}; only {known} can be converted.",
            hint="Use llama.cpp's own converter for other kinds of model.",
        ) from error
    try:
        reasons = [*_common_reasons(config), *_REASONS[family](config)]
    except (TypeError, ValueError, AttributeError) as error:
        raise ConversionError(f"config.json makes no sense ({error}).") from error
    if reasons:
        raise ConversionError(
            f"This model cannot be converted: {'; '.join(reasons)}.",
            hint="llama.cpp has no graph that computes it exactly, so nothing was written.",
        )
    return family


def _common_reasons(config: Config) -> Iterator[str]:
    if config.get("quantization_config"):
        yield "its weights are already quantised; convert the original ones"
    if config.get("hidden_act", "silu") != "silu":
        yield f"its activation is {config['hidden_act']!r}, not 'silu'"
    if config.get("partial_rotary_factor", 1.0) != 1.0:
        yield "only a part of each head is rotated"


def _llama4_reasons(config: Config) -> Iterator[str]:
    layers = _number(config, "num_hidden_layers", int)
    if not config.get("use_qk_norm", True):
        yield "queries and keys are not normalised (use_qk_norm is false)"
    flags = config.get("no_rope_layers")
    if not flags:
        # transformers then leaves every fourth layer without, by no_rope_layer_interval.
        yield "it does not list no_rope_layers, and by default some layers have no rotary positions"
    elif len(flags) < layers or any(not flag for flag in flags[:layers]):
        yield "some layers have no rotary positions (no_rope_layers)"
    if config.get("attn_temperature_tuning"):
        yield "attention temperature is tuned (attn_temperature_tuning)"
    dense = config.get("moe_layers") == [] or config.get("interleave_moe_layer_step") == 0
    if config.get("moe_layers") or config.get("num_local_experts", 0) > 0 or not dense:
        yield "it has experts (moe_layers)"
    if _rope_kind(config) != "default":
        yield "rotary positions are scaled (rope_scaling)"
    if config.get("attention_bias"):
        yield "attention has biases (attention_bias)"
    chunk = config.get("attention_chunk_size") or math.inf
    kinds = config.get("layer_types") or ["chunked_attention"]
    if any(kind != "full_attention" for kind in kinds[:layers]) and (
        chunk < _number(config, "max_position_embeddings", int)
    ):
        yield "attention is cut into chunks shorter than the context (layer_types)"


def _qwen_reasons(config: Config) -> Iterator[str]:
    if config.get("use_sliding_window") or _is_sliding(config):
        yield "attention sees only a sliding window"
    if config.get("attention_bias"):
        yield "attention has biases (attention_bias)"
    if _rope_kind(config) not in ("default", "linear"):
        yield f"rotary positions are scaled in the way {_rope_kind(config)!r}"


def _llama_reasons(config: Config) -> Iterator[str]:
    if config.get("sliding_window") or _is_sliding(config):
        yield "attention sees only a sliding window"
    if _rope_kind(config) not in ("default", "linear", "llama3"):
        yield f"rotary positions are scaled in the way {_rope_kind(config)!r}"


_REASONS: Mapping[Family, Callable[[Config], Iterator[str]]] = {
    Family.LLAMA4: _llama4_reasons,
    Family.QWEN3: _qwen_reasons,
    Family.QWEN2: _qwen_reasons,
    Family.LLAMA: _llama_reasons,
}


def _is_sliding(config: Config) -> bool:
    return any(kind != "full_attention" for kind in config.get("layer_types") or [])


def _rope_settings(config: Config) -> Config:
    """Both spellings: `rope_scaling` beside `rope_theta`, and transformers 5's one table."""
    found = dict(config.get("rope_parameters") or config.get("rope_scaling") or {})
    found.setdefault("rope_theta", config.get("rope_theta"))
    return found


def _rope_kind(config: Config) -> str:
    settings = _rope_settings(config)
    named = settings.get("rope_type") or settings.get("type")
    if named is None and set(settings) - {"rope_theta"}:
        return "unnamed"
    return str(named or "default")


def _rope(config: Config) -> Rope:
    settings, kind = _rope_settings(config), _rope_kind(config)
    theta = _number(settings, "rope_theta", float)
    if kind == "linear":
        return Rope(theta, linear_factor=_number(settings, "factor", float))
    if kind == "llama3":
        scaling = Llama3Scaling(
            factor=_number(settings, "factor", float),
            low_factor=_number(settings, "low_freq_factor", float),
            high_factor=_number(settings, "high_freq_factor", float),
            original_tokens=_number(settings, "original_max_position_embeddings", int),
        )
        if scaling.high_factor <= scaling.low_factor:
            raise ConversionError("config.json scales rotary positions in an impossible way.")
        return Rope(theta, llama3=scaling)
    return Rope(theta)


def sizes_of(config: Config, family: Family) -> Sizes:
    """The sizes that a config.json states.

    Raises:
        ConversionError: one is missing or impossible.
    """
    width = _number(config, "hidden_size", int)
    heads = _number(config, "num_attention_heads", int)
    kv_heads = _number(config, "num_key_value_heads", int) if _has(config, "num_key_value_heads") \
        else heads  # fmt: skip
    head_width = _number(config, "head_dim", int) if _has(config, "head_dim") else width // heads
    if heads % kv_heads or head_width % 2:
        raise ConversionError(
            f"config.json states an impossible shape ({heads} heads of {head_width}, "
            f"{kv_heads} for keys)."
        )
    # In Llama-4's configs `intermediate_size` is the width of experts, also where there are none.
    ffn_key = "intermediate_size_mlp" if family is Family.LLAMA4 else "intermediate_size"
    return Sizes(
        layers=_number(config, "num_hidden_layers", int),
        width=width,
        ffn_width=_number(config, ffn_key, int),
        heads=heads,
        kv_heads=kv_heads,
        head_width=head_width,
        vocab_size=_number(config, "vocab_size", int),
        context_tokens=_number(config, "max_position_embeddings", int),
        norm_eps=_number(config, "rms_norm_eps", float),
        rope=_rope(config),
    )


def _has(config: Config, key: str) -> bool:
    return config.get(key) is not None


def _number(config: Config, key: str, kind: type) -> Any:  # noqa: ANN401 - of the type asked for
    value = config.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
        raise ConversionError(f"config.json states no usable {key}.")
    if kind is int and value != int(value):
        raise ConversionError(f"config.json states no usable {key}.")
    return kind(value)
