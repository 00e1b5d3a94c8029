"""The parts of a GGUF file, and how it numbers the types of values, weights and whole files."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum


class ValueType(IntEnum):
    """The type of a metadata value, as numbered in the file."""

    UINT8 = 0
    INT8 = 1
    UINT16 = 2
    INT16 = 3
    UINT32 = 4
    INT32 = 5
    FLOAT32 = 6
    BOOL = 7
    STRING = 8
    ARRAY = 9
    UINT64 = 10
    INT64 = 11
    FLOAT64 = 12


SCALAR_CODES = {
    ValueType.UINT8: "B",
    ValueType.INT8: "b",
    ValueType.UINT16: "H",
    ValueType.INT16: "h",
    ValueType.UINT32: "I",
    ValueType.INT32: "i",
    ValueType.FLOAT32: "f",
    ValueType.BOOL: "?",
    ValueType.UINT64: "Q",
    ValueType.INT64: "q",
    ValueType.FLOAT64: "d",
}
"""How `struct` spells them; little-endian in the file."""


@dataclass(frozen=True, slots=True)
class TensorType:
    """How weights are stored: blocks of so many weights in so many bytes.

    Attributes:
        name: as llama.cpp calls it, such as "Q4_K".
        block_weights: weights in a block; a row is a whole number of blocks.
        block_bytes: bytes of a block.
    """

    name: str
    block_weights: int
    block_bytes: int


TENSOR_TYPES: Mapping[int, TensorType] = {
    0: TensorType("F32", 1, 4),
    1: TensorType("F16", 1, 2),
    2: TensorType("Q4_0", 32, 18),
    3: TensorType("Q4_1", 32, 20),
    6: TensorType("Q5_0", 32, 22),
    7: TensorType("Q5_1", 32, 24),
    8: TensorType("Q8_0", 32, 34),
    10: TensorType("Q2_K", 256, 84),
    11: TensorType("Q3_K", 256, 110),
    12: TensorType("Q4_K", 256, 144),
    13: TensorType("Q5_K", 256, 176),
    14: TensorType("Q6_K", 256, 210),
    16: TensorType("IQ2_XXS", 256, 66),
    17: TensorType("IQ2_XS", 256, 74),
    18: TensorType("IQ3_XXS", 256, 98),
    19: TensorType("IQ1_S", 256, 50),
    20: TensorType("IQ4_NL", 32, 18),
    21: TensorType("IQ3_S", 256, 110),
    22: TensorType("IQ2_S", 256, 82),
    23: TensorType("IQ4_XS", 256, 136),
    24: TensorType("I8", 1, 1),
    25: TensorType("I16", 1, 2),
    26: TensorType("I32", 1, 4),
    27: TensorType("I64", 1, 8),
    28: TensorType("F64", 1, 8),
    29: TensorType("IQ1_M", 256, 56),
    30: TensorType("BF16", 1, 2),
    34: TensorType("TQ1_0", 256, 54),
    35: TensorType("TQ2_0", 256, 66),
    39: TensorType("MXFP4", 32, 17),
    40: TensorType("NVFP4", 64, 36),
    41: TensorType("Q1_0", 128, 18),
    42: TensorType("Q2_0", 64, 18),
}
"""By their number in the file. Left out: types llama.cpp has removed, and Q8_1 and Q8_K, which it
uses for intermediate results only."""

FILE_TYPES: Mapping[int, str] = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K",
    11: "Q3_K_S", 12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S",
    17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS",
    23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S",
    29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0",
    38: "MXFP4_MOE", 39: "NVFP4", 40: "Q1_0",
}  # fmt: skip
"""What `general.file_type` says: the recipe most weights were stored by."""


@dataclass(frozen=True, slots=True)
class ArrayValue:
    """An array in the metadata.

    Attributes:
        item_type: of its items.
        length: number of items.
        items: the numbers, if there are few; None for strings and long arrays.
    """

    item_type: ValueType
    length: int
    items: tuple[int | float | bool, ...] | None


@dataclass(frozen=True, slots=True)
class MetadataValue:
    """One value of the metadata, and where its bytes lie.

    Attributes:
        type: of the value.
        value: the value itself; text is decoded with replacement characters.
        offset: of its first byte in the file.
        size_bytes: of its encoding, without key and type.
    """

    type: ValueType
    value: int | float | bool | str | ArrayValue
    offset: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """One tensor.

    Attributes:
        name: unique in the file.
        shape: number of weights along each axis, the row length first, as llama.cpp counts.
        type: how its weights are stored.
        type_id: the number of that type in the file.
        offset: of its first byte in the file.
        size_bytes: of its weights.
    """

    name: str
    shape: tuple[int, ...]
    type: TensorType
    type_id: int
    offset: int
    size_bytes: int

    @property
    def weights(self) -> int:
        """How many there are."""
        return math.prod(self.shape)

    @property
    def row_bytes(self) -> int:
        """Bytes of one row; rows are whole blocks."""
        return self.shape[0] // self.type.block_weights * self.type.block_bytes
