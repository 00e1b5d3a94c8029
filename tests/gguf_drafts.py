"""GGUF files of some 170 kB, kept in parts so that every part of them can lie."""

import math
import random
import struct
from dataclasses import dataclass, field

UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
_F32, _F16 = 0, 1
_WIDTH, _FFN, _LAYERS = 64, 96, 2
_ALIGNMENT = 32


def text(value: str | bytes) -> bytes:
    """A string as the format encodes it."""
    raw = value.encode() if isinstance(value, str) else value
    return struct.pack("<Q", len(raw)) + raw


def texts(values: list[str]) -> bytes:
    """An array of strings."""
    return struct.pack("<IQ", STRING, len(values)) + b"".join(map(text, values))


def number(value: int) -> bytes:
    """An unsigned number of 32 bits."""
    return struct.pack("<I", value)


@dataclass
class Entry:
    """One property; `key` and `payload` are encoded already."""

    key: bytes
    type: int
    payload: bytes


@dataclass
class Weights:
    """One tensor; what is None is written truthfully."""

    name: bytes
    shape: list[int]
    type: int
    data: bytes
    offset: int | None = None
    axes: int | None = None


@dataclass
class Draft:
    """A file before it is written; what is None is written truthfully."""

    entries: list[Entry]
    weights: list[Weights]
    magic: bytes = b"GGUF"
    version: int = 3
    entry_count: int | None = None
    weights_count: int | None = None
    alignment: int = _ALIGNMENT
    tail: bytes = field(default=b"")

    def entry(self, key: str) -> Entry:
        """The property of that name."""
        return next(entry for entry in self.entries if entry.key == text(key))

    def header(self) -> bytes:
        """Everything before the weights, padded."""
        counts = (
            len(self.weights) if self.weights_count is None else self.weights_count,
            len(self.entries) if self.entry_count is None else self.entry_count,
        )
        out = [self.magic, struct.pack("<IQQ", self.version, *counts)]
        for entry in self.entries:
            out += [entry.key, number(entry.type), entry.payload]
        offset = 0
        for tensor in self.weights:
            axes = len(tensor.shape) if tensor.axes is None else tensor.axes
            placed = offset if tensor.offset is None else tensor.offset
            out += [
                tensor.name,
                number(axes),
                struct.pack(f"<{len(tensor.shape)}Q", *tensor.shape),
                struct.pack("<IQ", tensor.type, placed),
            ]
            offset += self._padded(tensor.data)
        raw = b"".join(out)
        return raw + bytes(-len(raw) % self.alignment)

    def _padded(self, data: bytes) -> int:
        return len(data) + -len(data) % self.alignment

    def encode(self) -> bytes:
        """The file."""
        parts = [self.header()]
        for tensor in self.weights:
            parts += [tensor.data, bytes(-len(tensor.data) % self.alignment)]
        return b"".join(parts) + self.tail


def _vocabulary() -> list[str]:
    """Byte-level: printable bytes stand for themselves, others for letters from 256 on."""
    printed = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printed]
    letters = {byte: chr(byte) for byte in printed}
    letters |= {byte: chr(256 + place) for place, byte in enumerate(others)}
    return ["<|begin|>", "<|end|>", *letters.values(), "ab", "ba", "Ġa"]


def _halves(rng: random.Random, count: int) -> bytes:
    """Random numbers of 16 bits."""
    return struct.pack(f"<{count}e", *(rng.uniform(-0.2, 0.2) for _ in range(count)))


def _entries(architecture: str) -> list[Entry]:
    tokens = _vocabulary()
    kinds = [3, 3, *[1] * (len(tokens) - 2)]
    sizes = {
        "block_count": _LAYERS,
        "context_length": 256,
        "embedding_length": _WIDTH,
        "feed_forward_length": _FFN,
        "attention.head_count": 2,
        "attention.head_count_kv": 1,
        "attention.key_length": 32,
        "attention.value_length": 32,
        "rope.dimension_count": 32,
        "vocab_size": len(tokens),
    }
    if architecture == "llama4":
        sizes |= {"expert_count": 0, "interleave_moe_layer_step": 0, "attention.sliding_window": 0}
    named = [
        ("general.architecture", STRING, text(architecture)),
        ("general.name", STRING, text("Tiny")),
        ("general.license", STRING, text("MIT")),
        ("general.alignment", UINT32, number(_ALIGNMENT)),
        ("general.file_type", UINT32, number(1)),
        *((f"{architecture}.{name}", UINT32, number(size)) for name, size in sizes.items()),
        (
            f"{architecture}.attention.layer_norm_rms_epsilon",
            FLOAT32,
            struct.pack("<f", 1e-5),
        ),
        (f"{architecture}.rope.freq_base", FLOAT32, struct.pack("<f", 1e4)),
        ("tokenizer.ggml.model", STRING, text("gpt2")),
        ("tokenizer.ggml.pre", STRING, text("qwen2")),
        ("tokenizer.ggml.tokens", ARRAY, texts(tokens)),
        (
            "tokenizer.ggml.token_type",
            ARRAY,
            struct.pack(f"<IQ{len(kinds)}i", INT32, len(kinds), *kinds),
        ),
        ("tokenizer.ggml.merges", ARRAY, texts(["a b", "b a", "Ġ a"])),
        ("tokenizer.ggml.bos_token_id", UINT32, number(0)),
        ("tokenizer.ggml.eos_token_id", UINT32, number(1)),
        ("tokenizer.ggml.add_bos_token", BOOL, b"\1"),
        ("tokenizer.chat_template", STRING, text("{{ bos_token }}{{ messages[-1].content }}")),
    ]
    return [Entry(text(key), kind, payload) for key, kind, payload in named]


def draft(architecture: str, *, seed: int = 1) -> Draft:
    """A random model of two layers: `qwen3`, `llama` or a dense `llama4`."""
    rng = random.Random(seed)
    entries = _entries(architecture)
    matrices = {
        "attn_q": [_WIDTH, 64], "attn_k": [_WIDTH, 32], "attn_v": [_WIDTH, 32],
        "attn_output": [64, _WIDTH], "ffn_gate": [_WIDTH, _FFN], "ffn_up": [_WIDTH, _FFN],
        "ffn_down": [_FFN, _WIDTH],
    }  # fmt: skip
    norms = {"attn_norm": _WIDTH, "ffn_norm": _WIDTH}
    if architecture == "qwen3":
        norms |= {"attn_q_norm": 32, "attn_k_norm": 32}
    weights = [("token_embd", [_WIDTH, len(_vocabulary())]), ("output_norm", [_WIDTH])]
    for layer in range(_LAYERS):
        weights += [(f"blk.{layer}.{name}", shape) for name, shape in matrices.items()]
        weights += [(f"blk.{layer}.{name}", [size]) for name, size in norms.items()]
    return Draft(
        entries,
        [
            Weights(text(f"{name}.weight"), shape, _F32, struct.pack("<f", 1.0) * shape[0])
            if len(shape) == 1
            else Weights(text(f"{name}.weight"), shape, _F16, _halves(rng, math.prod(shape)))
            for name, shape in weights
        ],
    )
