import struct
import time
from pathlib import Path

import gguf
import pytest

from tests.gguf_drafts import ARRAY, STRING, UINT32, Draft, Entry, draft, number, text
from tutor_app.core.assets import built_in_model
from tutor_app.core.errors import ModelNotFound, ModelUnreadable
from tutor_app.core.gguf_header import GgufHeader, read_header
from tutor_app.core.gguf_types import FILE_TYPES, TENSOR_TYPES, ValueType


def header_of(folder: Path, made: Draft) -> GgufHeader:
    path = folder / "made.gguf"
    path.write_bytes(made.encode())
    return read_header(path)


def refusal(folder: Path, raw: bytes) -> str:
    path = folder / "made.gguf"
    path.write_bytes(raw)
    with pytest.raises(ModelUnreadable) as caught:
        read_header(path)
    assert caught.value.hint
    return str(caught.value)


def test_the_header_is_what_the_gguf_package_reads() -> None:
    ours, theirs = read_header(built_in_model()), gguf.GGUFReader(built_in_model())
    found = {t.name: (t.type_id, t.shape, t.offset, t.size_bytes) for t in ours.tensors}
    assert found == {
        t.name: (int(t.tensor_type), tuple(map(int, t.shape)), int(t.data_offset), int(t.n_bytes))
        for t in theirs.tensors
    }
    keys = [key for key in theirs.fields if not key.startswith("GGUF.")]
    assert list(ours.metadata) == keys
    for key in keys:
        value, expected = ours.metadata[key].value, theirs.fields[key].contents()
        if isinstance(expected, list):
            found_array = ours.array(key)
            assert found_array is not None
            assert found_array.length == len(expected)
        else:
            assert value == expected


def test_block_sizes_are_those_of_the_gguf_package() -> None:
    for number_, (weights, size_bytes) in gguf.GGML_QUANT_SIZES.items():
        if (ours := TENSOR_TYPES.get(int(number_))) is not None:
            assert (ours.name, ours.block_weights, ours.block_bytes) == (
                number_.name,
                weights,
                size_bytes,
            )


def test_file_types_are_those_of_the_gguf_package() -> None:
    for kind in gguf.LlamaFileType:
        if kind is not gguf.LlamaFileType.GUESSED:
            assert FILE_TYPES[int(kind)] == kind.name.removeprefix("MOSTLY_").removeprefix("ALL_")


def test_few_numbers_are_kept_and_many_only_counted(tmp_path: Path) -> None:
    made = draft("qwen3")
    made.entries += [
        Entry(text("few"), ARRAY, struct.pack("<IQ3h", ValueType.INT16, 3, 5, -6, 7)),
        Entry(text("many"), ARRAY, struct.pack("<IQ", ValueType.UINT8, 9000) + bytes(9000)),
    ]
    header = header_of(tmp_path, made)
    few, many = header.array("few"), header.array("many")
    assert few is not None
    assert few.items == (5, -6, 7)
    assert many is not None
    assert (many.length, many.items) == (9000, None)


def test_a_value_of_another_type_reads_as_absent(tmp_path: Path) -> None:
    header = header_of(tmp_path, draft("qwen3"))
    assert header.text("qwen3.block_count") == ""
    assert header.integer("general.name") is None
    assert header.integer("tokenizer.ggml.add_bos_token") is None
    assert header.array("general.name") is None


def test_text_that_is_no_utf_8_is_read_with_replacements(tmp_path: Path) -> None:
    made = draft("qwen3")
    made.entry("general.name").payload = text(b"M\xff")
    assert header_of(tmp_path, made).text("general.name") == "M\ufffd"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is empty"),
        (b"GG", "not a GGUF"),
        (b"PK\x03\x04" * 40, "not a GGUF"),
        (b"GGUF", "cut short"),
        (b"GGUF" + struct.pack("<IQQ", 1, 0, 0), "first GGUF version"),
        (b"GGUF" + struct.pack(">IQQ", 3, 0, 0), "big-endian"),
        (b"GGUF" + struct.pack("<IQQ", 9, 0, 0), "version 9"),
        (b"GGUF" + struct.pack("<IQQ", 3, 1 << 63, 0), "tensors"),
        (b"GGUF" + struct.pack("<IQQ", 3, 0, (1 << 64) - 1), "properties"),
    ],
)
def test_what_is_no_gguf_file_is_said(tmp_path: Path, raw: bytes, reason: str) -> None:
    assert reason in refusal(tmp_path, raw)


def lie_about_a_property(made: Draft, lie: str) -> None:
    match lie:
        case "key":
            made.entries[2].key = struct.pack("<Q", 1 << 62) + b"abc"
        case "text":
            made.entry("general.name").payload = struct.pack("<Q", 1 << 40) + b"abc"
        case "list":
            made.entry("tokenizer.ggml.tokens").payload = struct.pack("<IQ", STRING, 1 << 61)
        case "numbers":
            made.entry("tokenizer.ggml.token_type").payload = struct.pack("<IQ", UINT32, 1 << 62)
        case "nested":
            made.entry("tokenizer.ggml.tokens").payload = struct.pack("<IQ", ARRAY, 3)
        case "type":
            made.entry("general.name").type = 13
        case "repeated property":
            made.entries.append(made.entries[4])
        case "alignment":
            made.entry("general.alignment").payload = number(24)


def lie_about_a_tensor(made: Draft, lie: str) -> None:
    tensor = made.weights[3]
    match lie:
        case "axes":
            tensor.axes = 5
        case "no weights":
            tensor.shape = [64, 0]
        case "overflow":
            tensor.shape = [1 << 32, 1 << 32]
        case "storage":
            tensor.type = 31
        case "half a block":
            tensor.shape, tensor.type = [48, 64], 8
        case "overlap":
            tensor.offset = 0
        case "far away":
            tensor.offset = (1 << 64) - 32
        case "repeated tensor":
            tensor.name = made.weights[4].name


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ("key", "claims to be"),
        ("text", "claims to be"),
        ("list", "claims to list"),
        ("numbers", "cut short"),
        ("nested", "list of lists"),
        ("type", "unknown type 13"),
        ("repeated property", "appears twice"),
        ("axes", "5 dimensions"),
        ("no weights", "impossible shape"),
        ("overflow", "impossible shape"),
        ("storage", "type 31"),
        ("half a block", "impossible shape"),
        ("overlap", "not where it should be"),
        ("far away", "not where it should be"),
        ("repeated tensor", "one name"),
        ("alignment", "aligned"),
    ],
)
def test_a_lie_is_found(tmp_path: Path, lie: str, reason: str) -> None:
    made = draft("qwen3")
    lie_about_a_property(made, lie)
    lie_about_a_tensor(made, lie)
    assert reason in refusal(tmp_path, made.encode())


def test_every_cut_of_a_file_is_found(tmp_path: Path) -> None:
    made = draft("qwen3")
    whole, header_bytes = made.encode(), len(made.header())
    cuts = [*range(0, header_bytes, 97), *range(header_bytes, len(whole) - 32, 9973)]
    for cut in cuts:
        refusal(tmp_path, whole[:cut])


def test_bytes_behind_the_weights_do_no_harm(tmp_path: Path) -> None:
    made = draft("qwen3")
    made.tail = b"x" * 100
    assert header_of(tmp_path, made).tensors


def test_the_most_expensive_header_is_refused_soon(tmp_path: Path) -> None:
    path = tmp_path / "huge.gguf"
    with path.open("wb") as file:  # sparse: lists of empty texts as far as the eye can see
        file.write(b"GGUF" + struct.pack("<IQQ", 3, 0, 9000))
        file.write(text("a") + number(ARRAY) + struct.pack("<IQ", STRING, 10_000_000))
        file.truncate(1 << 32)
    started = time.monotonic()
    with pytest.raises(ModelUnreadable, match="claims to list"):
        read_header(path)
    assert time.monotonic() - started < 30  # it takes no time at all; an endless loop would


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound):
        read_header(tmp_path / "none.gguf")


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound):
        read_header(tmp_path)
