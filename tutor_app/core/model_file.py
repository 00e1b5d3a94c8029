"""What a GGUF file is, for whoever is asked whether to import it, without loading it.

`describe(path)` reads the header only, so it is quick, and safe on any file. It answers "can this
be run?" as far as a header can: LOADABLE means that nothing speaks against it; llama.cpp, in the
model's own process, has the last word.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tutor_app.core.dense_llama4 import is_dense, obstacle_to_repair
from tutor_app.core.gguf_header import GgufHeader, printable, read_header
from tutor_app.core.gguf_types import FILE_TYPES, ValueType

_LONGEST_SHOWN = 200
_LONGEST_CONTEXT = (1 << 31) - 1
_FETCH_AGAIN = "Fetch the file again, or choose another one."
_WRITES_NO_TEXT = frozenset(
    {
        "bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2",
        "jina-bert-v3", "eurobert", "gemma-embedding", "llama-embed", "t5encoder", "clip",
        "wavtokenizer-dec", "dream", "llada", "llada-moe", "rnd1",
    }
)  # fmt: skip
_OTHER_CONTENTS = {
    "adapter": "an adapter for another model",
    "mmproj": "the part of a model that sees pictures",
    "imatrix": "statistics about a model",
    "vocab": "a vocabulary without a model",
}


class Fitness(StrEnum):
    """Whether this program can run a file."""

    LOADABLE = "loadable"
    REPAIRABLE = "repairable"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """What a model file says about itself; texts are one line each and may be empty.

    Attributes:
        path: where it lies.
        name: of the model, or else the file's.
        architecture: which of llama.cpp's graphs runs it. Not the maker's name: a repaired
            MobileLLM-R1 is a `qwen3`.
        base_model: what it was made from.
        licence: as the file names it, such as "MIT" or "fair-noncommercial-research".
        licence_link: where its text is.
        context_tokens: longest text it was made for; 0 if the file does not say.
        parameters: number of weights.
        quantisation: how most weights are stored, such as "Q4_K_M".
        size_bytes: of the file.
        has_chat_template: whether it says how a conversation is written.
        fitness: whether this program can run it.
        reason: one sentence: why it is REPAIRABLE or UNUSABLE; empty for LOADABLE.
        hint: what to do then.
    """

    path: Path
    name: str
    architecture: str
    base_model: str
    licence: str
    licence_link: str
    context_tokens: int
    parameters: int
    quantisation: str
    size_bytes: int
    has_chat_template: bool
    fitness: Fitness
    reason: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Judgement:
    fitness: Fitness
    reason: str = ""
    hint: str = ""


def describe(path: Path) -> ModelFile:
    """Read what a model file says about itself, and judge whether it can be run or repaired.

    Raises:
        ModelNotFound: there is no such file.
        ModelUnreadable: it is empty, cut, damaged, no GGUF file, or cannot be opened.
    """
    return describe_header(path, read_header(path))


def describe_header(path: Path, header: GgufHeader) -> ModelFile:
    """The same, of a header that has been read."""
    judgement = _judge(path.name, header)
    return ModelFile(
        path=path,
        name=_line(header, "general.name") or path.stem,
        architecture=_line(header, "general.architecture"),
        base_model=_line(header, "general.base_model.0.name"),
        licence=_licence(header),
        licence_link=_line(header, "general.license.link"),
        context_tokens=max(0, header.integer(f"{header.architecture}.context_length") or 0),
        parameters=sum(tensor.weights for tensor in header.tensors),
        quantisation=_quantisation(header),
        size_bytes=header.file_bytes,
        has_chat_template=bool(header.text("tokenizer.chat_template")),
        fitness=judgement.fitness,
        reason=judgement.reason,
        hint=judgement.hint,
    )


def _line(header: GgufHeader, key: str) -> str:
    return printable(header.text(key).strip(), longest=_LONGEST_SHOWN)


def _licence(header: GgufHeader) -> str:
    licence = _line(header, "general.license")
    if licence.lower() in ("", "other", "unknown"):
        return _line(header, "general.license.name") or licence
    return licence


def _quantisation(header: GgufHeader) -> str:
    named = FILE_TYPES.get(header.integer("general.file_type") or 0)
    if "general.file_type" in header.metadata and named is not None:
        return named
    weights: Counter[str] = Counter()
    for tensor in header.tensors:
        weights[tensor.type.name] += tensor.weights
    return weights.most_common(1)[0][0] if weights else ""


def _judge(file_name: str, header: GgufHeader) -> _Judgement:
    found = (*_other_contents(header), *_impossible_context(header), *_vocabulary_damage(header))
    for sentence, hint in found:
        return _Judgement(Fitness.UNUSABLE, f"{file_name} {sentence}.", hint)
    if not is_dense(header):
        return _Judgement(Fitness.LOADABLE)
    obstacle = obstacle_to_repair(header)
    if obstacle:
        return _Judgement(
            Fitness.UNUSABLE,
            f"{file_name} is a dense llama4 model that cannot be repaired: {obstacle}.",
            "Look for a file of this model made for the architecture qwen3.",
        )
    return _Judgement(
        Fitness.REPAIRABLE,
        f"{file_name} is a dense llama4 model, which llama.cpp does not load; it can be repaired.",
        "Repairing writes a second file of the same size; not one weight is changed.",
    )


def _other_contents(header: GgufHeader) -> list[tuple[str, str]]:
    """What the file is instead of a model that writes text."""
    another = "Choose another model file."
    kind = header.text("general.type")
    parts = header.integer("split.count") or 0
    if kind in _OTHER_CONTENTS:
        return [(f"is {_OTHER_CONTENTS[kind]}", another)]
    if parts > 1:
        return [(f"is one of {parts} parts of a model", "Merge the parts into one file first.")]
    if not header.architecture:
        return [("does not say what kind of model it is", another)]
    if not header.tensors:
        return [("holds no weights", another)]
    if header.architecture in _WRITES_NO_TEXT:
        kind = printable(header.architecture)
        return [(f"is a model of the kind '{kind}', which this program cannot talk to", another)]
    return []


def _impossible_context(header: GgufHeader) -> list[tuple[str, str]]:
    """llama.cpp takes it for a signed number and reserves memory by it."""
    context = header.integer(f"{header.architecture}.context_length")
    if context is None or 0 < context <= _LONGEST_CONTEXT:
        return []
    return [("is damaged: it claims to read texts of an impossible length", _FETCH_AGAIN)]


def _vocabulary_damage(header: GgufHeader) -> list[tuple[str, str]]:
    """llama.cpp reads the types and scores of as many tokens as there are, without a look."""
    tokens = header.array("tokenizer.ggml.tokens")
    if tokens is None or tokens.item_type is not ValueType.STRING or not tokens.length:
        return [("has no vocabulary", _FETCH_AGAIN)]
    for key, item_type in (
        ("tokenizer.ggml.token_type", ValueType.INT32),
        ("tokenizer.ggml.scores", ValueType.FLOAT32),
    ):
        if key not in header.metadata:
            continue
        found = header.array(key)
        if found is None or (found.item_type, found.length) != (item_type, tokens.length):
            return [("is damaged: parts of its vocabulary do not belong together", _FETCH_AGAIN)]
    return []
