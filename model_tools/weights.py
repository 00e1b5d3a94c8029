"""The weights of a checkpoint, read a few rows at a time as float32.

safetensors is read by hand: the library maps the whole file, which counts as memory of this
process, and its NumPy side does not know bfloat16. The format is a length, a JSON header and raw
little-endian data (https://huggingface.co/docs/safetensors).
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from model_tools.errors import ConversionError

_HEADER_LIMIT_BYTES = 100_000_000
_ITEM_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2"}
_GIT_LFS = b"version https://git-lfs"
_WRAPPERS = ("_orig_mod.", "module.")  # torch.compile and DistributedDataParallel add these


class Weights(Protocol):
    """Named arrays that are too large to be read at once."""

    @property
    def shapes(self) -> Mapping[str, tuple[int, ...]]:
        """Every name with its shape."""

    def rows(self, name: str, start: int, stop: int) -> np.ndarray:
        """Rows `start` to `stop` of an array along its first axis, float32."""

    def close(self) -> None:
        """Close the files."""


@dataclass(frozen=True, slots=True)
class StoredArray:
    """Where an array lies.

    Attributes:
        path: of the file.
        offset_bytes: from the beginning of the file.
        item_type: one of the format's names.
        shape: of the array.
    """

    path: Path
    offset_bytes: int
    item_type: str
    shape: tuple[int, ...]


def float32_from_bfloat16(raw: np.ndarray) -> np.ndarray:
    """The upper halves (uint16) of float32 numbers, widened."""
    return (raw.astype(np.uint32) << np.uint32(16)).view(np.float32)


def without_wrapper(name: str) -> str:
    """A tensor's name without the prefixes that wrapping modules add."""
    while any(name.startswith(prefix) for prefix in _WRAPPERS):
        name = name.partition(".")[2]
    return name


class Safetensors:
    """One or several safetensors files as `Weights`."""

    def __init__(self, paths: list[Path]) -> None:
        """Read the headers of `paths`.

        Raises:
            ConversionError: a file is missing, damaged, or holds numbers of an unknown type.
        """
        self._arrays: dict[str, StoredArray] = {}
        for path in paths:
            self._arrays.update(read_header(path))
        self._files = {path: path.open("rb") for path in paths}

    @property
    def shapes(self) -> Mapping[str, tuple[int, ...]]:
        """Every name with its shape."""
        return {name: array.shape for name, array in self._arrays.items()}

    def rows(self, name: str, start: int, stop: int) -> np.ndarray:
        """Rows `start` to `stop` of an array along its first axis, float32."""
        array = self._arrays[name]
        kind = np.dtype(_ITEM_TYPES[array.item_type])
        shape = (stop - start, *array.shape[1:])
        raw = np.empty(shape, kind)
        row_bytes = math.prod(array.shape[1:]) * kind.itemsize
        file = self._files[array.path]
        file.seek(array.offset_bytes + start * row_bytes)
        if file.readinto(raw.reshape(-1).view(np.uint8).data) != raw.nbytes:
            raise ConversionError(f"{array.path.name} ends in the middle of {name}.")
        if array.item_type == "BF16":
            return float32_from_bfloat16(raw)
        return raw.astype(np.float32, copy=False)

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()


def read_header(path: Path) -> dict[str, StoredArray]:
    """What a safetensors file holds.

    Raises:
        ConversionError: it is missing or damaged, with the reason.
    """
    try:
        size_bytes = path.stat().st_size
        with path.open("rb") as file:
            first = file.read(8)
            if first + file.read(len(_GIT_LFS) - 8) == _GIT_LFS:
                raise ConversionError(
                    f"{path.name} is only a pointer to the real file.",
                    hint="Download the weights themselves (git lfs pull).",
                )
            length = int.from_bytes(first, "little")
            if len(first) < 8 or length > min(_HEADER_LIMIT_BYTES, size_bytes - 8):
                raise ConversionError(f"{path.name} is not a whole safetensors file.")
            file.seek(8)
            header = json.loads(file.read(length))
        header.pop("__metadata__", None)
        found = {name: _stored(path, 8 + length, entry) for name, entry in header.items()}
    except FileNotFoundError as error:
        raise ConversionError(f"The weights file {path.name} is missing.") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ConversionError(f"{path.name} is not a readable safetensors file.") from error
    for name, array in found.items():
        item_bytes = np.dtype(_ITEM_TYPES[array.item_type]).itemsize
        if array.offset_bytes + math.prod(array.shape) * item_bytes > size_bytes:
            raise ConversionError(
                f"{path.name} is cut off: it ends before {name}.", hint="Download it again."
            )
    return {without_wrapper(name): array for name, array in found.items()}


def _stored(path: Path, data_start: int, entry: dict) -> StoredArray:
    kind, shape = entry["dtype"], tuple(int(size) for size in entry["shape"])
    begin, end = (int(offset) for offset in entry["data_offsets"])
    if kind not in _ITEM_TYPES:
        raise ConversionError(
            f"{path.name} holds numbers of the type {kind}.",
            hint=f"Convert a checkpoint whose weights are {', '.join(_ITEM_TYPES)}.",
        )
    item_bytes = np.dtype(_ITEM_TYPES[kind]).itemsize
    if min((begin, *shape), default=0) < 0 or end - begin != math.prod(shape) * item_bytes:
        raise ValueError("offsets and shape contradict each other")
    return StoredArray(path, data_start + begin, kind, shape)


def open_weights(checkpoint: Path) -> Weights:
    """The weights of a checkpoint: a folder, or one weights file.

    safetensors (single or sharded) is preferred; `.bin` and `.pt` files need torch.

    Raises:
        ConversionError: there are none, several candidates, or they cannot be read.
    """
    paths = [checkpoint] if checkpoint.is_file() else _weight_files(checkpoint)
    if paths[0].suffix == ".safetensors":
        return Safetensors(paths)
    try:
        from model_tools.torch_weights import TorchWeights  # torch is optional and heavy
    except ModuleNotFoundError as error:
        raise ConversionError(
            f"Reading {paths[0].name} needs torch, which is not installed.",
            hint="Install the workshop's extra: pip install 'stem-tutor[train]', or convert a "
            "safetensors checkpoint.",
        ) from error
    return TorchWeights(paths)


def _weight_files(folder: Path) -> list[Path]:
    for index, single, pattern in (
        ("model.safetensors.index.json", "model.safetensors", "*.safetensors"),
        ("pytorch_model.bin.index.json", "pytorch_model.bin", "*.bin"),
        ("", "model.pt", "*.pt"),
    ):
        if index and (folder / index).is_file():
            return _shards(folder / index)
        if (folder / single).is_file():
            return [folder / single]
        found = [p for p in sorted(folder.glob(pattern)) if p.name != "training_state.pt"]
        if len(found) == 1:
            return found
        if found:
            raise ConversionError(
                f"{folder.name} holds several weights files and no index that joins them.",
                hint="Name one of them, or add the index file that came with them.",
            )
    raise ConversionError(
        f"{folder.name} holds no weights (model.safetensors, its index, .bin or .pt)."
    )


def _shards(index: Path) -> list[Path]:
    try:
        named = set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values())
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ConversionError(f"{index.name} cannot be read.") from error
    if not named or any(not isinstance(name, str) or Path(name).name != name for name in named):
        raise ConversionError(f"{index.name} does not name files of its own folder.")
    paths = [index.parent / name for name in sorted(named)]
    for path in paths:
        if not path.is_file():
            raise ConversionError(
                f"The weights file {path.name} is missing.", hint="Download it into the folder."
            )
    return paths
