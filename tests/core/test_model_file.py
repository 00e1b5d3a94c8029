import struct
from pathlib import Path

import pytest

from tests.gguf_drafts import ARRAY, FLOAT32, STRING, UINT32, Draft, Entry, draft, number, text
from tutor_app.core.assets import built_in_model
from tutor_app.core.model_file import Fitness, ModelFile, describe


def described(folder: Path, made: Draft) -> ModelFile:
    path = folder / "made.gguf"
    path.write_bytes(made.encode())
    return describe(path)


def test_the_built_in_model_describes_itself() -> None:
    found = describe(built_in_model())
    assert (found.name, found.licence) == ("STEM Tutor starter", "MIT")
    assert (found.quantisation, found.context_tokens) == ("F16", 1024)
    assert found.parameters > 6_000_000
    assert found.size_bytes == built_in_model().stat().st_size
    assert found.fitness is Fitness.LOADABLE
    assert not found.reason


@pytest.mark.parametrize("architecture", ["qwen3", "llama"])
def test_an_ordinary_model_is_loadable(tmp_path: Path, architecture: str) -> None:
    assert described(tmp_path, draft(architecture)).fitness is Fitness.LOADABLE


def test_a_dense_llama4_is_repairable(tmp_path: Path) -> None:
    found = described(tmp_path, draft("llama4"))
    assert found.fitness is Fitness.REPAIRABLE
    assert "can be repaired" in found.reason
    assert found.hint


def test_a_dense_llama4_of_unlike_layers_is_unusable(tmp_path: Path) -> None:
    made = draft("llama4")
    made.entries.remove(made.entry("llama4.attention.sliding_window"))
    found = described(tmp_path, made)
    assert found.fitness is Fitness.UNUSABLE
    assert "no rotary positions" in found.reason


def test_a_llama4_with_experts_is_not_ours_to_repair(tmp_path: Path) -> None:
    made = draft("llama4")
    made.weights[3].name = text("blk.0.ffn_gate_inp.weight")
    assert described(tmp_path, made).fitness is Fitness.LOADABLE


def test_the_licence_named_other_is_told_by_its_name(tmp_path: Path) -> None:
    made = draft("qwen3")
    made.entry("general.license").payload = text("other")
    made.entries += [
        Entry(text("general.license.name"), STRING, text("fair-noncommercial-research")),
        Entry(text("general.license.link"), STRING, text("https://example.org/licence")),
    ]
    found = described(tmp_path, made)
    assert found.licence == "fair-noncommercial-research"
    assert found.licence_link == "https://example.org/licence"


def test_without_a_file_type_the_most_common_storage_is_told(tmp_path: Path) -> None:
    made = draft("qwen3")
    made.entries.remove(made.entry("general.file_type"))
    assert described(tmp_path, made).quantisation == "F16"


def test_what_a_stranger_wrote_is_one_short_line(tmp_path: Path) -> None:
    made = draft("qwen3")
    made.entry("general.name").payload = text("Nice\nmodel\x1b[2J" + "x" * 5000)
    name = described(tmp_path, made).name
    assert name.startswith("Nice?model?")
    assert name.isprintable()
    assert len(name) <= 200


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (Entry(text("general.type"), STRING, text("adapter")), "adapter"),
        (Entry(text("general.type"), STRING, text("mmproj")), "pictures"),
        (Entry(text("split.count"), UINT32, number(3)), "one of 3 parts"),
        (
            Entry(text("tokenizer.ggml.scores"), ARRAY, struct.pack("<IQ2f", FLOAT32, 2, 1, 1)),
            "do not belong together",
        ),
    ],
)
def test_what_is_no_whole_model_is_unusable(tmp_path: Path, entry: Entry, reason: str) -> None:
    made = draft("qwen3")
    made.entries.append(entry)
    found = described(tmp_path, made)
    assert found.fitness is Fitness.UNUSABLE
    assert reason in found.reason
    assert found.hint


@pytest.mark.parametrize("architecture", ["bert", "clip", ""])
def test_a_model_that_writes_no_text_is_unusable(tmp_path: Path, architecture: str) -> None:
    made = draft("qwen3")
    made.entry("general.architecture").payload = text(architecture)
    assert described(tmp_path, made).fitness is Fitness.UNUSABLE


def test_an_impossible_context_is_unusable(tmp_path: Path) -> None:
    made = draft("qwen3")
    made.entry("qwen3.context_length").payload = number((1 << 32) - 5)
    assert described(tmp_path, made).fitness is Fitness.UNUSABLE


def test_a_model_without_weights_or_vocabulary_is_unusable(tmp_path: Path) -> None:
    bare, mute = draft("qwen3"), draft("qwen3")
    bare.weights.clear()
    mute.entries.remove(mute.entry("tokenizer.ggml.tokens"))
    assert "no weights" in described(tmp_path, bare).reason
    assert "no vocabulary" in described(tmp_path, mute).reason
