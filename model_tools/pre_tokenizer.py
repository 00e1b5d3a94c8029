"""How a tokenizer cuts text before merging, and the name llama.cpp knows it by.

Recognised by what tokenizer.json says (the regular expressions and their order), not by a hash of
sample output: a retrained vocabulary keeps its pre-tokenizer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from model_tools.errors import ConversionError

_ENDINGS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
_REST = r"\s*[\r\n]+|\s+(?!\S)|\s+"
LLAMA3_PATTERN = (
    _ENDINGS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|" + _REST
)
QWEN2_PATTERN = _ENDINGS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|" + _REST
QWEN35_PATTERN = (
    _ENDINGS + r"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|" + _REST
)
_GPT2 = "GPT-2's own"  # what ByteLevel does when it cuts itself
_DIGITS = "single digits"


@dataclass(frozen=True, slots=True)
class PreTokenizer:
    """One that llama.cpp implements.

    Attributes:
        name: of llama.cpp, for `tokenizer.ggml.pre`.
        cuts: what is done to the text, in order.
        ignores_merges: whether a word of the vocabulary is taken whole before merging.
    """

    name: str
    cuts: tuple[str, ...]
    ignores_merges: bool = False


KNOWN = (
    PreTokenizer("llama-bpe", (LLAMA3_PATTERN,), ignores_merges=True),
    PreTokenizer("dbrx", (LLAMA3_PATTERN,)),
    PreTokenizer("qwen2", (QWEN2_PATTERN,)),
    PreTokenizer("qwen35", (QWEN35_PATTERN,)),
    PreTokenizer("gpt-2", (_GPT2,)),
    PreTokenizer("smollm", (_DIGITS, _GPT2)),
)


def recognise(tokenizer: Mapping[str, Any]) -> PreTokenizer:
    """The pre-tokenizer of a parsed tokenizer.json.

    Raises:
        ConversionError: it is none of `KNOWN`.
    """
    stages = _stages(tokenizer.get("pre_tokenizer"))
    cuts = tuple(cut for stage in stages for cut in _cut(stage))
    merges_ignored = bool(tokenizer["model"].get("ignore_merges"))
    for known in KNOWN:
        if known.cuts == cuts and known.ignores_merges == merges_ignored:
            return known
    names = ", ".join(known.name for known in KNOWN)
    raise ConversionError(
        "This tokenizer cuts text in a way that is not known here, so its GGUF file would read "
        "problems wrongly.",
        hint=f"If llama.cpp knows it, name it with --pre-tokenizer (known here: {names}).",
    )


def _stages(described: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    if described is None:
        return []
    if described["type"] == "Sequence":
        return [stage for part in described["pretokenizers"] for stage in _stages(part)]
    return [described]


def _cut(stage: Mapping[str, Any]) -> list[str]:
    kind = stage["type"]
    if kind == "ByteLevel":
        cut = [_GPT2] if stage.get("use_regex", True) else []
        return ["a space put in front", *cut] if stage.get("add_prefix_space") else cut
    if kind == "Digits" and stage.get("individual_digits"):
        return [_DIGITS]
    if kind == "Split" and stage["behavior"] == "Isolated" and not stage.get("invert"):
        pattern = stage["pattern"].get("Regex")
        return [pattern if pattern is not None else "a fixed text"]
    return [f"an unknown {kind}"]


def described(known: PreTokenizer) -> dict[str, Any]:
    """The `pre_tokenizer` of a tokenizer.json that cuts as `known` does."""
    stages: list[dict[str, Any]] = []
    for cut in known.cuts:
        if cut == _DIGITS:
            stages.append({"type": "Digits", "individual_digits": True})
        elif cut != _GPT2:
            stages.append(
                {
                    "type": "Split",
                    "pattern": {"Regex": cut},
                    "behavior": "Isolated",
                    "invert": False,
                }
            )
    byte_level = {
        "type": "ByteLevel",
        "add_prefix_space": False,
        "trim_offsets": False,
        "use_regex": _GPT2 in known.cuts,
    }
    return {"type": "Sequence", "pretokenizers": [*stages, byte_level]}
