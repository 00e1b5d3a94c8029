"""Which type each tensor is stored as, and the conversion of rows to it.

Both are llama.cpp's own. Which type a tensor gets under, say, Q4_K_M is decided by llama.cpp from
the model's description; it is asked by letting it quantise a miniature of the model that has every
tensor's name and row width but two rows. The rows themselves go through its `ggml_quantize_chunk`,
so a checkpoint is quantised in one pass, without a full-precision GGUF file in between.
"""

import ctypes
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import gguf
import llama_cpp
import numpy as np
from gguf import GGMLQuantizationType, LlamaFileType
from llama_cpp._ctypes_extensions import load_shared_library

from model_tools.errors import ConversionError
from model_tools.llama_process import LlamaProcessDied, ask_llama

FILE_TYPES = {
    "f32": LlamaFileType.ALL_F32,
    "f16": LlamaFileType.MOSTLY_F16,
    "bf16": LlamaFileType.MOSTLY_BF16,
    "q8_0": LlamaFileType.MOSTLY_Q8_0,
    "q6_k": LlamaFileType.MOSTLY_Q6_K,
    "q5_k_m": LlamaFileType.MOSTLY_Q5_K_M,
    "q5_k_s": LlamaFileType.MOSTLY_Q5_K_S,
    "q5_0": LlamaFileType.MOSTLY_Q5_0,
    "q5_1": LlamaFileType.MOSTLY_Q5_1,
    "q4_k_m": LlamaFileType.MOSTLY_Q4_K_M,
    "q4_k_s": LlamaFileType.MOSTLY_Q4_K_S,
    "q4_0": LlamaFileType.MOSTLY_Q4_0,
    "q4_1": LlamaFileType.MOSTLY_Q4_1,
    "iq4_nl": LlamaFileType.MOSTLY_IQ4_NL,
    "iq4_xs": LlamaFileType.MOSTLY_IQ4_XS,
    "q3_k_l": LlamaFileType.MOSTLY_Q3_K_L,
    "q3_k_m": LlamaFileType.MOSTLY_Q3_K_M,
    "q3_k_s": LlamaFileType.MOSTLY_Q3_K_S,
    "q2_k": LlamaFileType.MOSTLY_Q2_K,
}
"""What weights may be written as; those that need an importance matrix are left out."""

_PLAIN = {
    "f32": GGMLQuantizationType.F32,
    "f16": GGMLQuantizationType.F16,
    "bf16": GGMLQuantizationType.BF16,
}
_MINIATURE_ROWS = 2  # with one row it would be a vector, which is never quantised
_SLICE_ROWS = 1024
_SMALL_BLOCK = 32  # of every type that is not a K-quant


@dataclass(frozen=True, slots=True)
class Described:
    """A tensor as far as its type depends on it: name and shape, rows first."""

    name: str
    shape: tuple[int, ...]


def tensor_types(
    tensors: Sequence[Described],
    output_type: str,
    describe: Callable[[gguf.GGUFWriter], None],
    architecture: str,
) -> Mapping[str, GGMLQuantizationType]:
    """The type of each tensor.

    Args:
        tensors: of the model.
        output_type: a key of FILE_TYPES.
        describe: adds the model's hyper-parameters to a writer.
        architecture: of the model.

    Raises:
        ConversionError: llama.cpp does not quantise such a model.
    """
    if output_type in _PLAIN:
        kind = _PLAIN[output_type]
        return {t.name: kind if _is_matrix(t) else GGMLQuantizationType.F32 for t in tensors}
    with tempfile.TemporaryDirectory(prefix="miniature") as folder:
        source, target = Path(folder) / "source.gguf", Path(folder) / "target.gguf"
        _write_miniature(source, tensors, describe, architecture)
        request = {
            "task": "quantise",
            "source": str(source),
            "target": str(target),
            "file_type": int(FILE_TYPES[output_type]),
            "threads": 1,
        }
        try:
            ask_llama(request)
        except LlamaProcessDied as error:
            raise ConversionError(f"llama.cpp cannot quantise this model: {error}") from error
        return {tensor.name: tensor.tensor_type for tensor in gguf.GGUFReader(target).tensors}


def _is_matrix(tensor: Described) -> bool:
    return len(tensor.shape) == 2


def _write_miniature(
    path: Path,
    tensors: Sequence[Described],
    describe: Callable[[gguf.GGUFWriter], None],
    architecture: str,
) -> None:
    writer = gguf.GGUFWriter(path, architecture)
    describe(writer)
    for tensor in tensors:
        shape = (_MINIATURE_ROWS, tensor.shape[1]) if _is_matrix(tensor) else tensor.shape
        writer.add_tensor(tensor.name, np.zeros(shape, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def fallback_sentence(
    tensors: Sequence[Described], types: Mapping[str, GGMLQuantizationType], output_type: str
) -> str | None:
    """Says which matrices could not have the type asked for because of their width, or None."""
    if output_type in _PLAIN:
        return None
    block = gguf.QK_K if "_k" in output_type or output_type == "iq4_xs" else _SMALL_BLOCK
    matrices = [t for t in tensors if _is_matrix(t)]
    usual = {types[t.name] for t in matrices if t.shape[1] % block == 0}
    odd = [t for t in matrices if t.shape[1] % block and types[t.name] not in usual]
    if not odd:
        return None
    widths = ", ".join(str(width) for width in sorted({t.shape[1] for t in odd}))
    stored = " and ".join(sorted({types[t.name].name for t in odd}))
    return (
        f"{len(odd)} of {len(matrices)} matrices have rows of {widths} numbers, not a multiple of "
        f"{block}, and are stored as {stored} instead."
    )


class Quantiser:
    """Converts float32 rows to the types of ggml, on several threads."""

    def __init__(self, threads: int = 0) -> None:
        """Use `threads` threads; 0 means one per core."""
        self._library = _ggml()
        self._pool = ThreadPoolExecutor(threads or os.cpu_count() or 1)

    def close(self) -> None:
        """Stop the threads."""
        self._pool.shutdown(cancel_futures=True)

    def convert(self, rows: np.ndarray, kind: GGMLQuantizationType) -> np.ndarray:
        """Rows (R, C) or a vector (C,), float32, as the bytes of `kind`, flat.

        Raises:
            ConversionError: a number does not fit into the type, or is not finite.
        """
        if not np.isfinite(rows).all():
            raise ConversionError("A weight is not a finite number; the checkpoint is damaged.")
        if kind is GGMLQuantizationType.F32:
            return np.ascontiguousarray(rows).reshape(-1).view(np.uint8)
        if kind is GGMLQuantizationType.F16:
            with np.errstate(over="ignore"):
                halves = rows.astype(np.float16)
            if not np.isfinite(halves).all():
                raise ConversionError(
                    "A weight is too large for half precision.", hint="Use --type bf16 or q8_0."
                )
            return halves.reshape(-1).view(np.uint8)
        if kind is GGMLQuantizationType.BF16:
            return gguf.quantize(rows, kind).reshape(-1).view(np.uint8)
        return self._quantise(np.ascontiguousarray(rows), kind)

    def _quantise(self, rows: np.ndarray, kind: GGMLQuantizationType) -> np.ndarray:
        count, width = rows.shape
        block, block_bytes = gguf.GGML_QUANT_SIZES[kind]
        found = np.empty((count, width // block * block_bytes), dtype=np.uint8)

        def one(start: int) -> None:
            stop = min(count, start + _SLICE_ROWS)
            self._library.ggml_quantize_chunk(
                int(kind), rows.ctypes.data, found.ctypes.data, start * width, stop - start, width,
                None,
            )  # fmt: skip

        list(self._pool.map(one, range(0, count, _SLICE_ROWS)))
        return found.reshape(-1)


def _ggml() -> ctypes.CDLL:
    """llama.cpp's tensor library, from where llama_cpp has loaded it."""
    library = load_shared_library("ggml-base", Path(llama_cpp.__file__).parent / "lib")
    library.ggml_quantize_chunk.restype = ctypes.c_size_t
    library.ggml_quantize_chunk.argtypes = [
        ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64,
        ctypes.c_int64, ctypes.c_void_p,
    ]  # fmt: skip
    return library
