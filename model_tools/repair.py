"""From a dense `llama4` GGUF, which llama.cpp does not load, to the `qwen3` it equals.

Nothing is dequantised: a row of a tensor is a run of whole blocks, so that re-ordering the rows of
q and k moves bytes and changes none. Every other tensor, the vocabulary, the chat template and the
licence are copied byte for byte. Needs neither torch nor the `gguf` package, so that it runs where
the app runs; and the `gguf` writer would encode every text of the vocabulary anew.
"""

import os
import shutil
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from model_tools.errors import RepairError
from model_tools.progress import Progress
from tutor_app.core.dense_llama4 import (
    ARCHITECTURE,
    RENAMED_KEYS,
    TARGET_ARCHITECTURE,
    Llama4Shape,
    shape_of,
)
from tutor_app.core.errors import ModelError
from tutor_app.core.gguf_header import (
    MAGIC,
    GgufHeader,
    padded,
    read_header,
)
from tutor_app.core.gguf_types import MetadataValue, TensorInfo, ValueType
from tutor_app.core.model_file import Fitness, ModelFile, describe, describe_header

_VERSION = 3
_PIECE_BYTES = 4 << 20
_STAGE = "repair"
_ORIGIN_KEY = "tutor.repaired_from"
_F32 = 0


@dataclass(frozen=True, slots=True)
class _Property:
    """One entry of the new metadata, its value encoded."""

    key: str
    type: ValueType
    encoded: bytes


@dataclass(frozen=True, slots=True)
class _Weights:
    """One tensor of the new file.

    Attributes:
        name, shape, type_id, size_bytes: as in `TensorInfo`.
        source: where its bytes come from; None for a norm of ones.
        head_rows: rows of a head to re-order, or 0.
    """

    name: str
    shape: tuple[int, ...]
    type_id: int
    size_bytes: int
    source: TensorInfo | None
    head_rows: int = 0


def repair(source: Path, output: Path, progress: Progress) -> ModelFile:
    """Write `source` as the loadable `output`; returns what the new file says about itself.

    Written under a temporary name and renamed, so that nothing half-written is left behind.

    Raises:
        RepairError: the file is damaged, needs no repair or cannot be repaired, or the disk
            refuses.
    """
    try:
        header = read_header(source)
        _require_repairable(describe_header(source, header))
        _require_room(source, output, header.file_bytes)
        return _write(source, output, header, progress)
    except ModelError as error:
        raise RepairError(str(error), hint=error.hint) from error
    except OSError as error:
        raise RepairError(
            f"{source.name} cannot be repaired into {output}.",
            hint=f"The system says: {error.strerror or error}.",
        ) from error


def _require_repairable(file: ModelFile) -> None:
    if file.fitness is Fitness.LOADABLE:
        raise RepairError(
            f"{file.path.name} needs no repair: it is not a dense llama4 model.",
            hint="Import it as it is.",
        )
    if file.fitness is Fitness.UNUSABLE:
        raise RepairError(file.reason, hint=file.hint)


def _require_room(source: Path, output: Path, needed_bytes: int) -> None:
    if output.exists() and output.samefile(source):
        raise RepairError(
            "A file cannot be repaired into itself.", hint="Name another file for the result."
        )
    if shutil.disk_usage(output.absolute().parent).free < needed_bytes:
        raise RepairError(
            f"There is no room for {needed_bytes / 1e6:.0f} MB beside {output.name}.",
            hint="Free some space, or choose another folder.",
        )


def _write(source: Path, output: Path, header: GgufHeader, progress: Progress) -> ModelFile:
    partial = output.with_name(output.name + ".partial")
    try:
        with source.open("rb") as old, partial.open("wb") as new:
            weights = list(_weights(header, shape_of(header)))
            _write_header(new, list(_properties(old, header)), weights, header.alignment)
            _write_weights(old, new, weights, header.alignment, progress)
            new.flush()
            os.fsync(new.fileno())
        describe(partial)  # our own strict reader must accept what we wrote
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)
    return describe(output)


def _text(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<Q", len(raw)) + raw


def _properties(old: BinaryIO, header: GgufHeader) -> Iterator[_Property]:
    """The metadata of the new file: only llama4's own entries are renamed or left out."""
    prefix = ARCHITECTURE + "."
    for key, found in header.metadata.items():
        if key == "general.architecture":
            yield _Property(key, ValueType.STRING, _text(TARGET_ARCHITECTURE))
        elif not key.startswith(prefix) and key != _ORIGIN_KEY:
            yield _Property(key, found.type, _encoded(old, found))
        elif key.removeprefix(prefix) in RENAMED_KEYS:
            new_key = f"{TARGET_ARCHITECTURE}.{key.removeprefix(prefix)}"
            yield _Property(new_key, found.type, _encoded(old, found))
    # The graph of qwen3 needs the three to be there and equal.
    for name in ("attention.key_length", "attention.value_length", "rope.dimension_count"):
        if prefix + name not in header.metadata:
            width = struct.pack("<I", shape_of(header).head_width)
            yield _Property(f"{TARGET_ARCHITECTURE}.{name}", ValueType.UINT32, width)
    yield _Property(_ORIGIN_KEY, ValueType.STRING, _text(ARCHITECTURE))


def _encoded(old: BinaryIO, found: MetadataValue) -> bytes:
    old.seek(found.offset)
    return _read(old, found.size_bytes)


def _weights(header: GgufHeader, shape: Llama4Shape) -> Iterator[_Weights]:
    for info in header.tensors:
        is_rotated = info.name.endswith((".attn_q.weight", ".attn_k.weight"))
        yield _Weights(
            info.name,
            info.shape,
            info.type_id,
            info.size_bytes,
            info,
            head_rows=shape.head_width if is_rotated else 0,
        )
        if is_rotated:
            name = info.name.replace(".weight", "_norm.weight")
            yield _Weights(name, (shape.head_width,), _F32, 4 * shape.head_width, None)


def _write_header(
    new: BinaryIO, properties: Sequence[_Property], weights: Sequence[_Weights], alignment: int
) -> None:
    new.write(MAGIC + struct.pack("<IQQ", _VERSION, len(weights), len(properties)))
    for entry in properties:
        new.write(_text(entry.key) + struct.pack("<I", entry.type) + entry.encoded)
    offset = 0
    for tensor in weights:
        axes = len(tensor.shape)
        new.write(_text(tensor.name))
        new.write(struct.pack(f"<I{axes}QIQ", axes, *tensor.shape, tensor.type_id, offset))
        offset = padded(offset + tensor.size_bytes, alignment)
    _pad(new, alignment)


def _write_weights(
    old: BinaryIO,
    new: BinaryIO,
    weights: Sequence[_Weights],
    alignment: int,
    progress: Progress,
) -> None:
    total = sum(tensor.size_bytes for tensor in weights)
    done = 0
    progress.step(_STAGE, done, total)
    for tensor in weights:
        for piece in _pieces(old, tensor):
            new.write(piece)
            done += len(piece)
            progress.step(_STAGE, done, total)
        _pad(new, alignment)


def _pad(new: BinaryIO, alignment: int) -> None:
    new.write(bytes(padded(new.tell(), alignment) - new.tell()))


def _pieces(old: BinaryIO, tensor: _Weights) -> Iterator[bytes]:
    """The bytes of one tensor of the new file, a few at a time."""
    if tensor.source is None:
        yield struct.pack("<f", 1.0) * tensor.shape[0]
        return
    old.seek(tensor.source.offset)
    piece_bytes = tensor.head_rows * tensor.source.row_bytes or _PIECE_BYTES
    for start in range(0, tensor.size_bytes, piece_bytes):
        piece = _read(old, min(piece_bytes, tensor.size_bytes - start))
        if tensor.head_rows:
            piece = halves_from_pairs(piece, tensor.source.row_bytes)
        yield piece


def _read(old: BinaryIO, count: int) -> bytes:
    found = old.read(count)
    if len(found) != count:
        raise RepairError("The file became shorter while it was read.", hint="Try again.")
    return found


def halves_from_pairs(rows: bytes, row_bytes: int) -> bytes:
    """The rows of one head, every second one first.

    Rotary pairs lie side by side in `llama4`, and half a head apart in `qwen3`.
    """
    view = memoryview(rows)
    pair = 2 * row_bytes
    evens = [view[start : start + row_bytes] for start in range(0, len(rows), pair)]
    odds = [view[start : start + row_bytes] for start in range(row_bytes, len(rows), pair)]
    return b"".join(evens + odds)
