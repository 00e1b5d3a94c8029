import json
from collections.abc import Mapping
from pathlib import Path

import gguf
import llama_cpp
import numpy as np
import pytest

from model_tools.__main__ import main
from model_tools.conversion import Card, convert_checkpoint
from model_tools.errors import RepairError
from model_tools.llama import LlamaModel
from model_tools.parity import logit_parity
from model_tools.progress import Silence
from model_tools.repair import repair
from tests.model_tools.llama4_gguf import as_llama4, quantise, write_llama4
from tutor_app.core.gguf_header import read_header
from tutor_app.core.model_file import Fitness, describe

CARD = Card(name="tiny", licence="MIT", description="random weights", normalises_problems=True)
IDS = [(37 * i + 11) % 500 for i in range(120)]
K_QUANTS = {
    "q4_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_0,
    "q4_k_m": llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_K_M,
    "q5_k_m": llama_cpp.LLAMA_FTYPE_MOSTLY_Q5_K_M,
    "iq4_xs": llama_cpp.LLAMA_FTYPE_MOSTLY_IQ4_XS,
}


def weights_of(path: Path) -> dict[str, tuple[int, bytes]]:
    return {t.name: (int(t.tensor_type), t.data.tobytes()) for t in gguf.GGUFReader(path).tensors}


def logits_of(path: Path) -> np.ndarray:
    loaded = LlamaModel(path, exact_cache=True)
    try:
        return loaded.logits(IDS)
    finally:
        loaded.close()


@pytest.fixture
def community(tiny_checkpoint: Path, tmp_path: Path) -> Path:
    path = tmp_path / "community.gguf"
    write_llama4(tiny_checkpoint, path, "q8_0")
    return path


@pytest.mark.parametrize("kind", ["f32", "f16", "q8_0"])
def test_a_repaired_file_is_the_direct_conversion(
    tiny_checkpoint: Path, tmp_path: Path, kind: str
) -> None:
    broken, repaired, direct = (tmp_path / f"{name}.gguf" for name in ("a", "b", "c"))
    write_llama4(tiny_checkpoint, broken, kind)
    repair(broken, repaired, Silence())
    convert_checkpoint(tiny_checkpoint, direct, output_type=kind, card=CARD)
    assert weights_of(repaired) == weights_of(direct)
    assert np.array_equal(logits_of(repaired), logits_of(direct))


@pytest.mark.parametrize("kind", K_QUANTS)
def test_blocks_that_only_llama_cpp_writes_are_moved_whole(
    tiny_checkpoint: Path, tmp_path: Path, kind: str
) -> None:
    exact, direct, broken, repaired = (tmp_path / f"{name}.gguf" for name in "abcd")
    convert_checkpoint(tiny_checkpoint, exact, output_type="f32", card=CARD)
    quantise(exact, direct, K_QUANTS[kind])
    as_llama4(direct, broken)
    assert weights_of(broken)["blk.0.attn_q.weight"] != weights_of(direct)["blk.0.attn_q.weight"]
    repair(broken, repaired, Silence())
    assert weights_of(repaired) == weights_of(direct)
    assert np.array_equal(logits_of(repaired), logits_of(direct))


def test_a_repaired_file_computes_what_its_checkpoint_does(
    tiny_checkpoint: Path, tmp_path: Path
) -> None:
    broken, repaired = tmp_path / "a.gguf", tmp_path / "b.gguf"
    write_llama4(tiny_checkpoint, broken, "f32")
    repair(broken, repaired, Silence())
    parity = logit_parity(tiny_checkpoint, repaired, IDS, exact_cache=True)
    assert parity.largest_difference < 1e-4
    assert parity.same_argmax == 1.0


def test_what_is_repaired_does_not_load_before(community: Path) -> None:
    assert describe(community).fitness is Fitness.REPAIRABLE
    with pytest.raises(ValueError, match="does not load"):
        LlamaModel(community)


def test_vocabulary_template_and_licence_stay_byte_for_byte(
    community: Path, tmp_path: Path
) -> None:
    repaired = tmp_path / "out.gguf"
    repair(community, repaired, Silence())
    before, after = read_header(community), read_header(repaired)

    def raw(path: Path, key: str) -> bytes:
        found = read_header(path).metadata[key]
        return path.read_bytes()[found.offset : found.offset + found.size_bytes]

    kept = [key for key in before.metadata if not key.startswith("llama4.")]
    kept.remove("general.architecture")
    assert {"tokenizer.ggml.tokens", "tokenizer.chat_template", "general.license.name"} < set(kept)
    assert all(raw(community, key) == raw(repaired, key) for key in kept)
    assert after.architecture == "qwen3"
    assert after.text("tutor.repaired_from") == "llama4"
    assert describe(repaired).licence == "fair-noncommercial-research"


def test_no_property_of_llama4_is_left(community: Path, tmp_path: Path) -> None:
    repaired = tmp_path / "out.gguf"
    repair(community, repaired, Silence())
    keys = set(read_header(repaired).metadata)
    assert not {key for key in keys if "llama4." in key or "expert" in key or "moe" in key}
    assert not {key for key in keys if "sliding" in key}


def test_widths_the_file_leaves_out_are_written(tiny_checkpoint: Path, tmp_path: Path) -> None:
    broken, repaired = tmp_path / "a.gguf", tmp_path / "b.gguf"
    names = ("attention.key_length", "attention.value_length", "rope.dimension_count")
    write_llama4(tiny_checkpoint, broken, "f16", changes=dict.fromkeys(names))
    repair(broken, repaired, Silence())
    header = read_header(repaired)
    assert [header.integer("qwen3." + name) for name in names] == [64, 64, 64]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"no_rope_layers": [1, 0, 1]}, "no rotary positions"),
        ({"no_rope_layer_interval": 4}, "no rotary positions"),
        ({"attention.sliding_window": None}, "no rotary positions"),
        ({"attention.sliding_window": 8192}, "no rotary positions"),
        ({"attention.chunk_size": 128}, "only a part"),
        ({"expert_count": 16}, "experts"),
        ({"expert_shared_count": 1}, "experts"),
        ({"attention.temperature_scale": 1}, "temperature"),
        ({"attn_temperature_tuning": True}, "temperature"),
        ({"use_qk_norm": False}, "not normalised"),
        ({"attention.kq_norm": 0}, "not normalised"),
        ({"rope.scaling.type": "yarn"}, "scaled"),
        ({"rope.scaling.factor": 8}, "scaled"),
        ({"rope.dimension_count": 32}, "as a whole"),
        ({"feed_forward_length": 640}, "shape"),
        ({"attention.head_count_kv": 4}, "shape"),
        ({"attention.head_count": [4, 4, 4]}, "head_count"),
        ({"block_count": 4}, "missing"),
        ({"block_count": 2}, "no meaning"),
        ({"logit_scale": 3}, "logit_scale"),
    ],
)
def test_what_cannot_be_repaired_is_refused_with_its_reason(
    tiny_checkpoint: Path,
    tmp_path: Path,
    changes: Mapping[str, int | bool | str | list[int] | None],
    reason: str,
) -> None:
    broken = tmp_path / "odd.gguf"
    write_llama4(tiny_checkpoint, broken, "f16", changes=changes)
    assert describe(broken).fitness is Fitness.UNUSABLE
    with pytest.raises(RepairError, match=reason) as caught:
        repair(broken, tmp_path / "out.gguf", Silence())
    assert caught.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["odd.gguf"]


@pytest.mark.parametrize(
    "changes",
    [
        {"no_rope_layers": [1, 1, 1], "attention.sliding_window": None},
        {"attention.chunk_size": 32768},
        {"attn_temperature_tuning": False, "use_qk_norm": True},
        dict.fromkeys(("expert_count", "expert_used_count", "interleave_moe_layer_step")),
    ],
)
def test_harmless_properties_are_dropped(
    tiny_checkpoint: Path,
    tmp_path: Path,
    changes: Mapping[str, int | bool | str | list[int] | None],
) -> None:
    broken = tmp_path / "odd.gguf"
    write_llama4(tiny_checkpoint, broken, "f16", changes=changes)
    assert repair(broken, tmp_path / "out.gguf", Silence()).fitness is Fitness.LOADABLE


def test_a_file_that_loads_already_is_left_alone(tiny_checkpoint: Path, tmp_path: Path) -> None:
    path = tmp_path / "fine.gguf"
    convert_checkpoint(tiny_checkpoint, path, output_type="f16", card=CARD)
    with pytest.raises(RepairError, match="needs no repair"):
        repair(path, tmp_path / "out.gguf", Silence())


def test_a_file_is_not_repaired_into_itself(community: Path) -> None:
    before = community.read_bytes()
    with pytest.raises(RepairError, match="itself"):
        repair(community, community, Silence())
    assert community.read_bytes() == before


def test_a_cut_file_is_a_sentence(community: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(community.read_bytes()[:-100])
    with pytest.raises(RepairError, match="cut short"):
        repair(cut, tmp_path / "out.gguf", Silence())


def test_a_repair_that_is_interrupted_leaves_nothing(community: Path, tmp_path: Path) -> None:
    class Impatient(Silence):
        def step(self, stage: str, done: int, total: int) -> None:
            if done > total // 2:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        repair(community, tmp_path / "out.gguf", Impatient())
    assert [path.name for path in tmp_path.iterdir()] == [community.name]


def test_the_command_tells_its_progress_as_json_lines(
    community: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out.gguf"
    assert main(["repair", str(community), str(output), "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {event["event"] for event in events[:-1]} == {"progress"}
    assert events[-2]["done"] == events[-2]["total"]
    assert events[-1]["event"] == "done"
    assert events[-1]["path"] == str(output)
    assert events[-1]["licence"] == "fair-noncommercial-research"


def test_the_command_says_why_not(
    tiny_checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "moe.gguf"
    write_llama4(tiny_checkpoint, broken, "f16", changes={"expert_count": 16})
    assert main(["repair", str(broken), str(tmp_path / "out.gguf"), "--json"]) == 1
    (event,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert event["event"] == "error"
    assert "mixture of experts" in event["message"]
