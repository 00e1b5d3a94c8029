"""A checkpoint's tokenizer as a GGUF file holds it: tokens, merges, special tokens, chat template.

tokenizer.json is read as JSON, so that conversion needs neither `tokenizers` nor `transformers`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf

from model_tools.configuration import Config
from model_tools.errors import ConversionError
from model_tools.pre_tokenizer import recognise

_SPACE_IN_MERGE = chr(ord(" ") + 256)  # a GGUF merge is two tokens with a space between them
_NFC_OR_NONE = (None, "NFC")  # llama.cpp does not normalise; composed text is the usual case
# Ends that llama.cpp recognises by their text; the others need one of GGUF's three keys.
_ENDS_KNOWN_BY_TEXT = frozenset(
    {
        "<|eot_id|>", "<|im_end|>", "<|end|>", "<|return|>", "<end_of_turn>", "<|endoftext|>",
        "</s>", "<|eom_id|>", "<EOT>", "[EOT]", "[EOS]", "<|end_of_text|>", "<eos>",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What goes into a GGUF file.

    Attributes:
        pre_tokenizer: llama.cpp's name for how text is cut.
        tokens: text of every id, in the byte alphabet of GPT-2.
        types: kind of every id.
        merges: two tokens with a space between them, best first.
        special: ids by the names of GGUF's keys (bos, eos, eot, eom, unk, pad).
        end_ids: every id that ends an answer.
        adds_bos: whether a text is given a first token.
        adds_eos: whether a text is given a last token.
        chat_template: Jinja, or None.
    """

    pre_tokenizer: str
    tokens: tuple[str, ...]
    types: tuple[int, ...]
    merges: tuple[str, ...]
    special: Mapping[str, int]
    end_ids: tuple[int, ...]
    adds_bos: bool
    adds_eos: bool
    chat_template: str | Sequence[Mapping[str, str]] | None

    def write(self, writer: gguf.GGUFWriter) -> None:
        """Add the keys `tokenizer.*`."""
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre(self.pre_tokenizer)
        writer.add_token_list(self.tokens)
        writer.add_token_types(self.types)
        writer.add_token_merges(self.merges)
        for name, index in self.special.items():
            getattr(writer, f"add_{name}_token_id")(index)
        writer.add_add_bos_token(self.adds_bos)
        writer.add_add_eos_token(self.adds_eos)
        if self.chat_template is not None:
            writer.add_chat_template(self.chat_template)


def read_vocabulary(folder: Path, config: Config, *, pre_tokenizer: str | None) -> Vocabulary:
    """The tokenizer of a checkpoint.

    Args:
        folder: with tokenizer.json and usually tokenizer_config.json.
        config: for the size of the embedding and the ends it names.
        pre_tokenizer: llama.cpp's name, to overrule what is recognised.

    Raises:
        ConversionError: it is missing, damaged, or not a byte-level BPE that llama.cpp knows.
    """
    described = _json(folder / "tokenizer.json")
    if described is None:
        raise ConversionError(
            f"{folder} has no tokenizer.json.",
            hint="Save it with transformers' fast tokenizer (save_pretrained) and try again.",
        )
    try:
        _check_kind(described)
        name = pre_tokenizer or recognise(described).name
        tokens, types = _tokens(described, int(config["vocab_size"]))
        special, end_ids = _special(folder, described, config)
        loaded = gguf.SpecialVocab(folder, n_vocab=len(tokens))
        return Vocabulary(
            pre_tokenizer=name,
            tokens=tokens,
            types=types,
            merges=tuple(_merge(merge) for merge in described["model"]["merges"]),
            special=special,
            end_ids=end_ids,
            adds_bos=bool(loaded.add_special_token.get("bos")),
            adds_eos=bool(loaded.add_special_token.get("eos")),
            chat_template=loaded.chat_template,
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise ConversionError(f"The tokenizer of {folder} is damaged ({error!r}).") from error


def _json(path: Path) -> dict | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ConversionError(f"{path} cannot be read ({error}).") from error
    return found if isinstance(found, dict) else None


def _check_kind(described: Mapping[str, Any]) -> None:
    model = described["model"]
    if model["type"] != "BPE" or model.get("byte_fallback"):
        raise ConversionError(
            "Its tokenizer is not a byte-level BPE, the only kind that can be converted here.",
            hint="Use llama.cpp's own converter for SentencePiece and other tokenizers.",
        )
    normalizer = described.get("normalizer")
    if (normalizer or {}).get("type") not in _NFC_OR_NONE:
        raise ConversionError("Its tokenizer rewrites the text first, which llama.cpp cannot do.")


def _tokens(described: Mapping[str, Any], rows: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    by_id = {index: token for token, index in described["model"]["vocab"].items()}
    added = {entry["id"]: entry for entry in described["added_tokens"]}
    by_id.update({index: entry["content"] for index, entry in added.items()})
    if max(by_id) >= rows:
        raise ConversionError(
            f"The tokenizer has an id {max(by_id)}, but the model has only {rows} embeddings."
        )
    tokens, types = [], []
    for index in range(rows):
        tokens.append(by_id.get(index, f"[PAD{index}]"))
        if index not in by_id:
            types.append(gguf.TokenType.UNUSED)
        elif index not in added:
            types.append(gguf.TokenType.NORMAL)
        elif added[index]["special"]:
            types.append(gguf.TokenType.CONTROL)
        else:
            types.append(gguf.TokenType.USER_DEFINED)  # control tokens would not be printed
    return tuple(tokens), tuple(int(kind) for kind in types)


def _merge(merge: str | list[str]) -> str:
    if isinstance(merge, str):
        return merge
    left, right = (part.replace(" ", _SPACE_IN_MERGE) for part in merge)
    return f"{left} {right}"


def _special(
    folder: Path, described: Mapping[str, Any], config: Config
) -> tuple[dict[str, int], tuple[int, ...]]:
    """Ids for GGUF's keys, and every id that ends an answer."""
    settings = _json(folder / "tokenizer_config.json") or {}
    generation = _json(folder / "generation_config.json") or {}
    ids = {**described["model"]["vocab"]}
    ids.update({entry["content"]: entry["id"] for entry in described["added_tokens"]})
    texts = {index: text for text, index in ids.items()}
    special: dict[str, int] = {}
    for name in ("bos", "eos", "unk", "pad"):
        token = settings.get(f"{name}_token")
        text = token.get("content") if isinstance(token, dict) else token
        index = ids.get(text) if text is not None else _one(config.get(f"{name}_token_id"))
        if index is not None:
            special[name] = int(index)
    ends = [special["eos"]] if "eos" in special else []
    for source in (generation, config):
        ends += [end for end in _several(source.get("eos_token_id")) if end not in ends]
    if not ends:
        raise ConversionError("The tokenizer names no token that ends an answer (eos_token).")
    special.setdefault("eos", ends[0])
    unnamed = [e for e in ends if texts.get(e) not in _ENDS_KNOWN_BY_TEXT and e != special["eos"]]
    special.update(dict(zip(("eot", "eom"), unnamed, strict=False)))
    return special, tuple(ends)


def _several(value: object) -> list[int]:
    found = value if isinstance(value, list) else [value]
    return [index for index in found if isinstance(index, int) and not isinstance(index, bool)]


def _one(value: object) -> int | None:
    found = _several(value)
    return found[0] if found else None
