"""Model files that lie, are cut or are damaged, drawn from a seed."""

import copy
import functools
import random
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.gguf_drafts import (
    ARRAY,
    FLOAT32,
    STRING,
    UINT32,
    Draft,
    Entry,
    draft,
    number,
    text,
    texts,
)

ARCHITECTURES = ("qwen3", "llama", "llama4")
_LIES_64 = (0, 1, 2, 1 << 31, (1 << 32) - 1, 1 << 32, (1 << 63) - 1, 1 << 63, (1 << 64) - 1)
_LIES_32 = (0, 1, 3, 7, 255, 1 << 16, (1 << 31) - 1, 1 << 31, (1 << 32) - 1)
_FLOATS = (0.0, -1.0, 1e-38, 3e38, float("inf"), float("-inf"), float("nan"))
_TEMPLATES = (
    "", "{% for %}", "{{ 1/0 }}", "{{ messages[9].content }}", "{{ raise_exception('no') }}",
    "{{ ''.__class__.__mro__ }}", "{{ x.y.z }}", "{% include 'a' %}", "{{ 'a' * 100000 }}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "{{ [1]|sum('a') }}", "\x00\x1b[2J",
    "{{ " + "(" * 500 + ")" * 500 + " }}", "{{ messages }}", "{{ cycler() }}", "{{ 'é'|tojson }}",
)  # fmt: skip
_NAMES = ("", "\n\n", "a\nb", "<b>bold</b>", "../../etc/passwd", "x" * 5000, "\u202eabc", "%s%n")
_KINDS = (
    "", "clip", "bert", "mamba", "gemma", "gpt2", "llama4", "t5", "rwkv7", "QWEN3", "qwen3 ",
    "phi3", "deepseek2", "../qwen3", "a" * 1000,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One file.

    Attributes:
        kind: what was done to it.
        raw: its bytes.
    """

    kind: str
    raw: bytes


@functools.cache
def _original(architecture: str) -> Draft:
    return draft(architecture)


def _lie_about_counts(made: Draft, rng: random.Random) -> None:
    if rng.random() < 0.5:
        made.entry_count = rng.choice((*_LIES_64, len(made.entries) - 1, len(made.entries) + 1))
    else:
        made.weights_count = rng.choice((*_LIES_64, len(made.weights) - 1, len(made.weights) + 1))


def _lie_about_lengths(made: Draft, rng: random.Random) -> None:
    lie = struct.pack("<Q", rng.choice(_LIES_64))
    where = rng.randrange(4)
    entry = rng.choice(made.entries)
    if where == 0:
        entry.key = lie + entry.key[8:]
    elif where == 1:
        tensor = rng.choice(made.weights)
        tensor.name = lie + tensor.name[8:]
    else:
        listed = [entry for entry in made.entries if entry.type in (STRING, ARRAY)]
        entry = rng.choice(listed)
        start = 4 if entry.type == ARRAY else 0  # behind the type of the items
        entry.payload = entry.payload[:start] + lie + entry.payload[start + 8 :]


def _lie_about_a_token(made: Draft, rng: random.Random) -> None:
    entry = made.entry(rng.choice(("tokenizer.ggml.tokens", "tokenizer.ggml.merges")))
    place = rng.randrange(12, len(entry.payload) - 8)
    lie = struct.pack("<Q", rng.choice(_LIES_64))
    entry.payload = entry.payload[:place] + lie + entry.payload[place + 8 :]


def _change_types(made: Draft, rng: random.Random) -> None:
    entry = rng.choice(made.entries)
    if entry.type == ARRAY and rng.random() < 0.5:
        entry.payload = number(rng.choice((*range(14), 99))) + entry.payload[4:]
    else:
        entry.type = rng.choice((*range(14), 99, (1 << 32) - 1))


def _lie_about_shapes(made: Draft, rng: random.Random) -> None:
    tensor = rng.choice(made.weights)
    match rng.randrange(4):
        case 0:
            tensor.axes = rng.choice((0, 1, 3, 4, 5, 255, (1 << 32) - 1))
        case 1:
            tensor.shape = [1 << 32, 1 << 32]
        case 2:
            tensor.shape[rng.randrange(len(tensor.shape))] = rng.choice((*_LIES_64, 63, 65, 128))
        case _:
            tensor.shape = [*tensor.shape, *[rng.choice((1, 2, 1 << 40))] * (4 - len(tensor.shape))]


def _change_storage(made: Draft, rng: random.Random) -> None:
    rng.choice(made.weights).type = rng.choice((*range(45), 255, (1 << 32) - 1))


def _lie_about_places(made: Draft, rng: random.Random) -> None:
    rng.choice(made.weights).offset = rng.choice((*_LIES_64, 7, 32, 4096, 1 << 20))


def _change_alignment(made: Draft, rng: random.Random) -> None:
    entry = made.entry("general.alignment")
    entry.payload = number(rng.choice((0, 1, 3, 8, 31, 64, 4096, 1 << 21, 1 << 31)))
    if rng.random() < 0.2:
        entry.type = rng.choice((FLOAT32, 5))
    if rng.random() < 0.3:
        made.alignment = 64
        entry.payload = number(64)


def _repeat_names(made: Draft, rng: random.Random) -> None:
    if rng.random() < 0.5:
        made.entries.insert(rng.randrange(len(made.entries)), rng.choice(made.entries))
    else:
        rng.choice(made.weights).name = rng.choice(made.weights).name


def _change_beginning(made: Draft, rng: random.Random) -> None:
    if rng.random() < 0.5:
        made.magic = rng.choice(
            (b"GGML", b"FUGG", b"\x00" * 4, b"GGU\x00", b"\x7fELF", b"PK\x03\x04")
        )
    else:
        made.version = rng.choice((0, 1, 2, 4, 255, 3 << 24, 1 << 31, (1 << 32) - 1))


def _change_sizes(made: Draft, rng: random.Random) -> None:
    """Hyper-parameters: counts of layers and heads, widths, the context, epsilon, theta."""
    sizes = [entry for entry in made.entries if entry.type in (UINT32, FLOAT32)]
    for entry in rng.sample(sizes, rng.choice((1, 1, 2, 5))):
        if entry.type == FLOAT32:
            entry.payload = struct.pack("<f", rng.choice(_FLOATS))
        else:
            entry.payload = number(rng.choice(_LIES_32))


def _leave_out(made: Draft, rng: random.Random) -> None:
    if rng.random() < 0.6:
        made.entries.remove(rng.choice(made.entries))
    else:
        made.weights.remove(rng.choice(made.weights))


def _change_vocabulary(made: Draft, rng: random.Random) -> None:
    match rng.randrange(5):
        case 0:
            made.entry("tokenizer.ggml.tokens").payload = texts(rng.choice(([], ["a"], [""] * 261)))
        case 1:
            kinds = [
                rng.choice((0, 1, 2, 3, 6, 99, -1)) for _ in range(rng.choice((0, 1, 261, 999)))
            ]
            made.entry("tokenizer.ggml.token_type").payload = struct.pack(
                f"<IQ{len(kinds)}i", 5, len(kinds), *kinds
            )
        case 2:
            merges = rng.choice((["a"], [""], ["a b c"], ["ÿ ÿ"] * 500, [" "], ["zz qq"]))
            made.entry("tokenizer.ggml.merges").payload = texts(merges)
        case 3:
            model = rng.choice(("", "llama", "bert", "t5", "rwkv", "none", "no_vocab", "x"))
            made.entry("tokenizer.ggml.model").payload = text(model)
        case _:
            made.entry("tokenizer.ggml.pre").payload = text(
                rng.choice(("", "default", "x", "gpt2"))
            )


def _change_words(made: Draft, rng: random.Random) -> None:
    key, choices = rng.choice(
        (
            ("general.architecture", _KINDS),
            ("general.name", _NAMES),
            ("general.license", _NAMES),
            ("tokenizer.chat_template", _TEMPLATES),
        )
    )
    made.entry(key).payload = text(rng.choice(choices))
    if rng.random() < 0.2:
        made.entry(key).payload = text(rng.randbytes(rng.randrange(1, 60)))


def _add_entries(made: Draft, rng: random.Random) -> None:
    extra = (
        Entry(text("split.count"), UINT32, number(rng.choice(_LIES_32))),
        Entry(text("qwen3.expert_count"), UINT32, number(rng.choice(_LIES_32))),
        Entry(text("llama.expert_count"), UINT32, number(rng.choice(_LIES_32))),
        Entry(text("qwen3.rope.scaling.type"), STRING, text("yarn")),
        Entry(text("qwen3.rope.scaling.factor"), FLOAT32, struct.pack("<f", rng.choice(_FLOATS))),
        Entry(text("general.type"), STRING, text(rng.choice(("adapter", "mmproj", "model", "x")))),
        Entry(text("adapter.type"), STRING, text("lora")),
        Entry(text("x" * rng.choice((64, 1024, 70_000))), UINT32, number(1)),
        Entry(text("tokenizer.ggml.scores"), ARRAY, struct.pack("<IQ2f", FLOAT32, 2, 0.5, 0.5)),
        Entry(text("tokenizer.ggml.unknown_token_id"), UINT32, number(rng.choice(_LIES_32))),
        Entry(text("qwen3.rope.dimension_sections"), ARRAY, struct.pack("<IQ", 5, 1 << 40)),
    )
    made.entries += rng.sample(extra, rng.choice((1, 1, 3)))


_LIES: tuple[Callable[[Draft, random.Random], None], ...] = (
    _lie_about_counts, _lie_about_lengths, _lie_about_a_token, _change_types, _lie_about_shapes,
    _change_storage, _lie_about_places, _change_alignment, _repeat_names, _change_beginning,
    _change_sizes, _leave_out, _change_vocabulary, _change_words, _add_entries,
)  # fmt: skip


def _cut(raw: bytearray, rng: random.Random, header_bytes: int) -> None:
    del raw[rng.randrange(header_bytes if rng.random() < 0.6 else len(raw)) :]


def _flip_bits(raw: bytearray, rng: random.Random, header_bytes: int) -> None:
    for _ in range(rng.choice((1, 1, 2, 8))):
        raw[rng.randrange(header_bytes)] ^= 1 << rng.randrange(8)


def _flip_weights(raw: bytearray, rng: random.Random, header_bytes: int) -> None:
    for _ in range(rng.choice((1, 20, 2000))):
        raw[rng.randrange(header_bytes, len(raw))] = rng.choice((0, 255, rng.randrange(256)))


def _overwrite(raw: bytearray, rng: random.Random, header_bytes: int) -> None:
    start, count = rng.randrange(header_bytes), rng.randint(1, 64)
    filling = rng.choice((b"\x00" * count, b"\xff" * count, rng.randbytes(count)))
    raw[start : start + count] = filling


def _shift(raw: bytearray, rng: random.Random, header_bytes: int) -> None:
    start = rng.randrange(header_bytes)
    if rng.random() < 0.5:
        del raw[start : start + rng.randint(1, 40)]
    else:
        raw[start:start] = rng.randbytes(rng.randint(1, 40))


def _noise_behind_the_magic(raw: bytearray, rng: random.Random, _header_bytes: int) -> None:
    raw[:] = b"GGUF" + struct.pack("<I", 3) + rng.randbytes(rng.randrange(1, 4000))


_DAMAGES: tuple[Callable[[bytearray, random.Random, int], None], ...] = (
    _cut, _flip_bits, _flip_weights, _overwrite, _shift, _noise_behind_the_magic,
)  # fmt: skip


def mutant(seed: int) -> Mutant:
    """The file of this number; the same for the same number."""
    rng = random.Random(seed)
    made = copy.deepcopy(_original(rng.choice(ARCHITECTURES)))
    if rng.random() < 0.65:
        lies = [rng.choice(_LIES) for _ in range(rng.choice((1, 1, 1, 2)))]
        try:
            for lie in lies:
                lie(made, rng)
            return Mutant("+".join(lie.__name__.strip("_") for lie in lies), made.encode())
        except StopIteration:
            pass  # the second lie was about what the first had taken away
    damage = rng.choice(_DAMAGES)
    raw = bytearray(made.encode())
    damage(raw, rng, len(made.header()))
    return Mutant(damage.__name__.strip("_"), bytes(raw))


def mutants(count: int, *, seed: int = 0) -> Iterator[tuple[int, Mutant]]:
    """`count` files with their numbers."""
    for own in range(seed, seed + count):
        yield own, mutant(own)
