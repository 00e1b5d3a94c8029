"""Time and peak memory of converting a checkpoint of MobileLLM-R1's size, beside two passes.

    python -m benchmarks.checkpoint_conversion [140m|360m|950m] [--type q4_k_m] [--folder DIR]

The weights are random (theta 8e6, norms away from 1, fewer key than query heads, a decoy
`intermediate_size`), the shapes are the published ones. The second route is what one does without
this converter: the whole model in memory, a full-precision GGUF file, then llama.cpp's quantiser.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from model_tools.conversion import Card, convert_checkpoint, write_sizes
from model_tools.llama_process import ask_llama
from model_tools.pre_tokenizer import KNOWN, described
from model_tools.quantisation import FILE_TYPES

_VOCAB = 128_256
_BEGIN, _END_OF_TEXT, _END_OF_TURN = 128_000, 128_001, 128_009


@dataclass(frozen=True, slots=True)
class Shape:
    layers: int
    width: int
    heads: int
    kv_heads: int
    ffn_width: int


SHAPES = {
    "140m": Shape(15, 576, 9, 3, 2048),
    "360m": Shape(15, 1024, 16, 4, 4096),
    "950m": Shape(22, 1536, 24, 6, 6144),
}


def config_of(shape: Shape) -> dict[str, object]:
    return {
        "architectures": ["Llama4ForCausalLM"],
        "model_type": "llama4_text",
        "attention_bias": False,
        "attention_chunk_size": 32768,
        "attn_temperature_tuning": False,
        "bos_token_id": _BEGIN,
        "eos_token_id": [_END_OF_TEXT, _END_OF_TURN - 1, _END_OF_TURN],
        "head_dim": 64,
        "hidden_act": "silu",
        "hidden_size": shape.width,
        "interleave_moe_layer_step": 0,
        "intermediate_size": 8192,
        "intermediate_size_mlp": shape.ffn_width,
        "layer_types": ["full_attention"] * shape.layers,
        "max_position_embeddings": 32768,
        "moe_layers": [],
        "no_rope_layers": [1] * shape.layers,
        "num_attention_heads": shape.heads,
        "num_experts_per_tok": 0,
        "num_hidden_layers": shape.layers,
        "num_key_value_heads": shape.kv_heads,
        "num_local_experts": 0,
        "rms_norm_eps": 1e-5,
        "rope_scaling": None,
        "rope_theta": 8e6,
        "tie_word_embeddings": True,
        "torch_dtype": "float32",
        "use_qk_norm": True,
        "vocab_size": _VOCAB,
    }


def tensor_shapes(shape: Shape) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {
        "model.embed_tokens.weight": (_VOCAB, shape.width),
        "model.norm.weight": (shape.width,),
    }
    q, kv = shape.heads * 64, shape.kv_heads * 64
    for layer in range(shape.layers):
        at = f"model.layers.{layer}"
        found |= {
            f"{at}.input_layernorm.weight": (shape.width,),
            f"{at}.post_attention_layernorm.weight": (shape.width,),
            f"{at}.self_attn.q_proj.weight": (q, shape.width),
            f"{at}.self_attn.k_proj.weight": (kv, shape.width),
            f"{at}.self_attn.v_proj.weight": (kv, shape.width),
            f"{at}.self_attn.o_proj.weight": (shape.width, q),
            f"{at}.feed_forward.gate_proj.weight": (shape.ffn_width, shape.width),
            f"{at}.feed_forward.up_proj.weight": (shape.ffn_width, shape.width),
            f"{at}.feed_forward.down_proj.weight": (shape.width, shape.ffn_width),
        }
    return found


def write_checkpoint(folder: Path, shape: Shape, *, seed: int = 5) -> int:
    """A random float32 checkpoint; returns its number of weights."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config_of(shape)))
    write_tokenizer(folder)
    header, offset = {}, 0
    shapes = tensor_shapes(shape)
    for name, dims in shapes.items():
        size = 4 * int(np.prod(dims))
        header[name] = {"dtype": "F32", "shape": dims, "data_offsets": [offset, offset + size]}
        offset += size
    rng = np.random.default_rng(seed)
    raw = json.dumps(header).encode()
    with (folder / "model.safetensors").open("wb") as file:
        file.write(len(raw).to_bytes(8, "little") + raw)
        for dims in shapes.values():
            if len(dims) == 1:
                rng.standard_normal(dims, dtype=np.float32).__imul__(0.2).__iadd__(1).tofile(file)
                continue
            for start in range(0, dims[0], 4096):
                rows = (min(4096, dims[0] - start), dims[1])
                rng.standard_normal(rows, dtype=np.float32).__imul__(0.05).tofile(file)
    return offset // 4


def write_tokenizer(folder: Path) -> None:
    """A byte-level tokenizer as large as Llama 3's: the 256 bytes and made-up merges."""
    alphabet = [chr(c) for c in (*range(33, 127), *range(161, 173), *range(174, 512))][:256]
    vocab = {token: index for index, token in enumerate(alphabet)}
    merges = []
    letters = [chr(c) for c in range(97, 123)]
    known = list(letters)
    while len(vocab) < _BEGIN:
        left = known[len(merges) // 26 % len(known)]
        right = letters[len(merges) % 26]
        merges.append([left, right])
        if left + right not in vocab:
            vocab[left + right] = len(vocab)
            known.append(left + right)
    names = {_BEGIN: "<|begin_of_text|>", _END_OF_TEXT: "<|end_of_text|>",
             _END_OF_TURN - 1: "<|eom_id|>", _END_OF_TURN: "<|eot_id|>"}  # fmt: skip
    added = [
        {"id": i, "content": names.get(i, f"<|reserved_{i}|>"), "special": True}
        for i in range(_BEGIN, _VOCAB)
    ]
    (folder / "tokenizer.json").write_text(
        json.dumps(
            {
                "added_tokens": added,
                "normalizer": None,
                "pre_tokenizer": described(KNOWN[0]),
                "model": {
                    "type": "BPE",
                    "ignore_merges": True,
                    "vocab": vocab,
                    "merges": merges,
                },
            }
        )
    )
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"bos_token": names[_BEGIN], "eos_token": names[_END_OF_TURN]})
    )


def measured(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds, and peak resident megabytes of a fresh process and of its children."""
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()

    def run() -> None:
        started = time.perf_counter()
        work()
        seconds = time.perf_counter() - started
        peak = max(
            resource.getrusage(who).ru_maxrss
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        queue.put((seconds, peak / (1024 if sys.platform != "darwin" else 1 << 20)))

    process = context.Process(target=run)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit("the conversion failed")
    seconds, megabytes = queue.get()
    return seconds, megabytes


def in_two_passes(checkpoint: Path, output: Path, output_type: str) -> None:
    import gguf
    from safetensors.numpy import load_file

    from model_tools.configuration import read_config
    from model_tools.model_mapping import map_model, reordered
    from model_tools.vocabulary import read_vocabulary
    from model_tools.weights import open_weights

    config = read_config(checkpoint)
    mapping = map_model(config, open_weights(checkpoint))
    loaded = load_file(checkpoint / "model.safetensors")
    between = output.with_suffix(".f32.gguf")
    writer = gguf.GGUFWriter(between, mapping.architecture)
    write_sizes(writer, mapping.sizes)
    read_vocabulary(checkpoint, config, pre_tokenizer=None).write(writer)
    for tensor in mapping.tensors:
        if tensor.source is None:
            weight = np.array(tensor.values, dtype=np.float32)
        else:
            weight = loaded[tensor.source]
            weight = reordered(weight, tensor.order, weight.shape[0] // tensor.head_width)
        writer.add_tensor(tensor.name, np.ascontiguousarray(weight))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    ask_llama(
        {
            "task": "quantise",
            "source": str(between.resolve()),
            "target": str(output.resolve()),
            "file_type": int(FILE_TYPES[output_type]),
        }
    )
    between.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shape", choices=tuple(SHAPES), nargs="?", default="140m")
    parser.add_argument("--type", choices=tuple(FILE_TYPES), default="q4_k_m")
    parser.add_argument("--folder", type=Path, help="keep the files there")
    parser.add_argument("--once", action="store_true", help="leave the second route out")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        checkpoint = folder / arguments.shape
        if not (checkpoint / "model.safetensors").exists():
            weights = write_checkpoint(checkpoint, SHAPES[arguments.shape])
            print(f"{arguments.shape}: {weights:,} random weights")
        output = folder / f"{arguments.shape}-{arguments.type}.gguf"
        card = Card(name=f"random {arguments.shape}", licence="CC0-1.0")
        seconds, megabytes = measured(
            lambda: convert_checkpoint(checkpoint, output, output_type=arguments.type, card=card)
        )
        size = output.stat().st_size / 1e6
        print(f"one pass:   {seconds:6.1f} s, peak {megabytes:6.0f} MB, file {size:.0f} MB")
        if not arguments.once:
            other = folder / f"{arguments.shape}-two-passes.gguf"
            seconds, megabytes = measured(lambda: in_two_passes(checkpoint, other, arguments.type))
            print(f"two passes: {seconds:6.1f} s, peak {megabytes:6.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
