"""Reads what a GGUF file says about itself, strictly: the file is a stranger's.

`read_header(path)` trusts no number in it. Every count, length, shape, type and offset is held
against the size of the file and against fixed limits before anything is allocated, so a damaged or
hostile file costs one `ModelUnreadable` and bounded time and memory. What is checked is what
llama.cpp requires too (it ends its process on some of it): names that appear once, tensors that
lie one after the other, whole blocks in a row, all weights inside the file.

The `gguf` package reads the same format, but maps the file (a file cut while it is mapped ends the
program) and believes the sizes it finds; and the app does not carry it.
Source of the format: the GGUF specification, versions 2 and 3.
"""

import math
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tutor_app.core.errors import ModelNotFound, ModelUnreadable
from tutor_app.core.gguf_types import (
    SCALAR_CODES,
    TENSOR_TYPES,
    ArrayValue,
    MetadataValue,
    TensorInfo,
    ValueType,
)

MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_FETCH_AGAIN = "Fetch the file again, or choose another one."
_CHOOSE_ANOTHER = "Choose another model file."

# Limits. The largest vocabularies in use take some 30 MB of header and 800,000 strings.
_MOST_KEYS = 10_000
_MOST_TENSORS = 50_000
_MOST_STRINGS = 2_000_000
_LONGEST_HEADER_BYTES = 128 << 20
_LONGEST_KEY_BYTES = 1024
_LONGEST_STRING_BYTES = 16 << 20
_LONGEST_NAME_BYTES = 63  # llama.cpp keeps tensor names in 64 bytes
_MOST_DIMENSIONS = 4
_MOST_WEIGHTS = 1 << 48
_SMALL_ARRAY = 4096
_ALIGNMENTS = frozenset(1 << power for power in range(3, 21))
_DEFAULT_ALIGNMENT = 32
_SHOWN_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """All of a GGUF file but its weights.

    Attributes:
        version: of the format.
        metadata: by key, in the file's order.
        tensors: in the file's order.
        alignment: every tensor begins at a multiple of it, in bytes, counted from `data_offset`.
        data_offset: where the first tensor begins.
        file_bytes: size of the file.
    """

    version: int
    metadata: Mapping[str, MetadataValue]
    tensors: tuple[TensorInfo, ...]
    alignment: int
    data_offset: int
    file_bytes: int

    def text(self, key: str) -> str:
        """A string of the metadata; empty if there is none of that key."""
        found = self.metadata.get(key)
        return found.value if found is not None and isinstance(found.value, str) else ""

    def integer(self, key: str) -> int | None:
        """A whole number of the metadata; None if there is none of that key."""
        found = self.metadata.get(key)
        if found is None or isinstance(found.value, bool) or not isinstance(found.value, int):
            return None
        return found.value

    def array(self, key: str) -> ArrayValue | None:
        """An array of the metadata; None if there is none of that key."""
        found = self.metadata.get(key)
        return found.value if found is not None and isinstance(found.value, ArrayValue) else None

    @property
    def architecture(self) -> str:
        """Which of llama.cpp's graphs runs it; empty if the file does not say."""
        return self.text("general.architecture")


class _Damage(Exception):
    """What is wrong, as the end of a sentence that begins with the file's name."""


def printable(text: str, *, longest: int = _SHOWN_CHARACTERS) -> str:
    """A stranger's text in one short line."""
    line = "".join(character if character.isprintable() else "?" for character in text)
    return line if len(line) <= longest else line[: longest - 1] + "…"


def padded(size_bytes: int, alignment: int) -> int:
    """The next multiple of `alignment`."""
    return -(-size_bytes // alignment) * alignment


class _HeaderReader:
    """Reads forward through one file, never past its end or the longest header."""

    def __init__(self, file: BinaryIO, file_bytes: int) -> None:
        self._file = file
        self._file_bytes = file_bytes
        self._end = min(file_bytes, _LONGEST_HEADER_BYTES)
        self._strings = 0
        self._position = 0

    def _bytes(self, count: int) -> bytes:
        if count > self._end - self._position:
            if self._end < self._file_bytes:
                raise _Damage("has a header far longer than any model needs")
            raise _Damage("is cut short: it ends inside its header")
        found = self._file.read(count)
        if len(found) != count:
            raise _Damage("became shorter while it was read")
        self._position += count
        return found

    def _number(self, code: str) -> int:
        (value,) = struct.unpack("<" + code, self._bytes(struct.calcsize("<" + code)))
        return int(value)

    def _string(self, longest: int, what: str) -> str:
        length = self._number("Q")
        if length > longest:
            raise _Damage(f"is damaged: {what} claims to be {length} bytes long")
        return self._bytes(length).decode("utf-8", "replace")

    def read(self) -> GgufHeader:
        version, tensor_count, key_count = self._start()
        metadata: dict[str, MetadataValue] = {}
        for _ in range(key_count):
            key = self._string(_LONGEST_KEY_BYTES, "the name of a property")
            if not key or key in metadata:
                raise _Damage("is damaged: one of its properties appears twice or has no name")
            metadata[key] = self._metadata_value()
        alignment = _alignment(metadata.get("general.alignment"))
        infos = [self._tensor() for _ in range(tensor_count)]
        data_offset = padded(self._position, alignment)
        return GgufHeader(
            version=version,
            metadata=metadata,
            tensors=_placed(infos, alignment, data_offset, self._file_bytes),
            alignment=alignment,
            data_offset=data_offset,
            file_bytes=self._file_bytes,
        )

    def _start(self) -> tuple[int, int, int]:
        if not self._file_bytes:
            raise _Damage("is empty")
        if self._file_bytes < len(MAGIC) or self._bytes(len(MAGIC)) != MAGIC:
            raise _Damage("is not a GGUF model file")
        version = self._number("I")
        if version == 1:
            raise _Damage("is of the first GGUF version, which nothing runs any more")
        if int.from_bytes(version.to_bytes(4, "big"), "little") in _VERSIONS:
            raise _Damage("is a GGUF file for big-endian processors")
        if version not in _VERSIONS:
            raise _Damage(f"is of the unknown GGUF version {version}")
        tensor_count, key_count = self._number("Q"), self._number("Q")
        if tensor_count > _MOST_TENSORS:
            raise _Damage(f"is damaged: it claims to have {tensor_count} tensors")
        if key_count > _MOST_KEYS:
            raise _Damage(f"is damaged: it claims to have {key_count} properties")
        return version, tensor_count, key_count

    def _metadata_value(self) -> MetadataValue:
        value_type = self._value_type()
        offset = self._position
        value: int | float | bool | str | ArrayValue
        if value_type is ValueType.STRING:
            value = self._string(_LONGEST_STRING_BYTES, "a text")
        elif value_type is ValueType.ARRAY:
            value = self._array()
        else:
            code = "<" + SCALAR_CODES[value_type]
            (value,) = struct.unpack(code, self._bytes(struct.calcsize(code)))
        return MetadataValue(value_type, value, offset, self._position - offset)

    def _value_type(self) -> ValueType:
        number = self._number("I")
        try:
            return ValueType(number)
        except ValueError:
            raise _Damage(f"is damaged: a property is of the unknown type {number}") from None

    def _array(self) -> ArrayValue:
        item_type = self._value_type()
        length = self._number("Q")
        if item_type is ValueType.ARRAY:
            raise _Damage("is damaged: a property is a list of lists")
        if item_type is ValueType.STRING:
            self._skip_strings(length)
            return ArrayValue(item_type, length, None)
        code = SCALAR_CODES[item_type]
        size_bytes = length * struct.calcsize("<" + code)
        if length > _SMALL_ARRAY:
            self._bytes(size_bytes)
            return ArrayValue(item_type, length, None)
        items = struct.unpack(f"<{length}{code}", self._bytes(size_bytes))
        return ArrayValue(item_type, length, items)

    def _skip_strings(self, length: int) -> None:
        self._strings += length
        if self._strings > _MOST_STRINGS or length * 8 > self._end - self._position:
            raise _Damage(f"is damaged: a property claims to list {length} texts")
        for _ in range(length):
            size_bytes = self._number("Q")
            if size_bytes > _LONGEST_STRING_BYTES:
                raise _Damage(f"is damaged: a text claims to be {size_bytes} bytes long")
            self._bytes(size_bytes)

    def _tensor(self) -> TensorInfo:
        """One tensor; its offset still counts from where the weights begin."""
        name = self._string(_LONGEST_NAME_BYTES, "the name of a tensor")
        count = self._number("I")
        if not 1 <= count <= _MOST_DIMENSIONS:
            raise _Damage(f"is damaged: a tensor claims to have {count} dimensions")
        shape = struct.unpack(f"<{count}Q", self._bytes(8 * count))
        type_id = self._number("I")
        stored = TENSOR_TYPES.get(type_id)
        if stored is None:
            raise _Damage(f"stores weights in a way this program does not know (type {type_id})")
        if 0 in shape or math.prod(shape) > _MOST_WEIGHTS or shape[0] % stored.block_weights:
            raise _Damage(f"is damaged: a tensor has the impossible shape {shape}")
        size_bytes = math.prod(shape) // stored.block_weights * stored.block_bytes
        return TensorInfo(name, shape, stored, type_id, self._number("Q"), size_bytes)


def _alignment(found: MetadataValue | None) -> int:
    if found is None:
        return _DEFAULT_ALIGNMENT
    if found.type is not ValueType.UINT32 or found.value not in _ALIGNMENTS:
        raise _Damage("is damaged: its tensors are aligned to an impossible number of bytes")
    assert isinstance(found.value, int)
    return found.value


def _placed(
    infos: list[TensorInfo], alignment: int, data_offset: int, file_bytes: int
) -> tuple[TensorInfo, ...]:
    """The tensors with offsets in the file, each proven to lie in its own part of it."""
    names: set[str] = set()
    placed = []
    expected = 0
    for info in infos:
        if info.name in names:
            raise _Damage("is damaged: two of its tensors have one name")
        if info.offset != expected:
            raise _Damage("is damaged: a tensor is not where it should be")
        if data_offset + info.offset + info.size_bytes > file_bytes:
            raise _Damage("is cut short: some of its weights are missing")
        names.add(info.name)
        expected = padded(info.offset + info.size_bytes, alignment)
        placed.append(
            TensorInfo(
                info.name,
                info.shape,
                info.type,
                info.type_id,
                data_offset + info.offset,
                info.size_bytes,
            )
        )
    return tuple(placed)


def read_header(path: Path) -> GgufHeader:
    """Read and check everything in a GGUF file but the weights themselves.

    Takes at most a second and the memory of a few strings, whatever the file holds.

    Raises:
        ModelNotFound: there is no such file.
        ModelUnreadable: it is empty, cut, damaged, no GGUF file, or cannot be opened.
    """
    if not path.is_file():
        raise ModelNotFound(f"There is no model file at {path}.", hint=_CHOOSE_ANOTHER)
    try:
        with path.open("rb") as file:
            return _HeaderReader(file, os.fstat(file.fileno()).st_size).read()
    except OSError as error:
        raise ModelUnreadable(
            f"{path.name} cannot be read.", hint=f"The system says: {error.strerror or error}."
        ) from error
    except _Damage as damage:
        raise ModelUnreadable(f"{path.name} {damage}.", hint=_FETCH_AGAIN) from damage
