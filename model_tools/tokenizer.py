"""The starter model's tokenizer: byte-level BPE with single digits.

The pre-tokeniser is Qwen2's, which llama.cpp knows by the name `qwen2` and which isolates every
digit. Merges are learnt from words only, so that operators and letters in formulas never merge.
"""

import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from model_tools.pre_tokenizer import QWEN2_PATTERN
from tutor_app.core.normalisation import normalise_problem
from tutor_app.curriculum.skill import Skill

BEGIN, END_OF_TEXT, END_OF_TURN = "<|begin_of_text|>", "<|end_of_text|>", "<|eot_id|>"
USER, ASSISTANT = "<|user|>", "<|assistant|>"
CONTROL_TOKENS = (BEGIN, END_OF_TEXT, END_OF_TURN, USER, ASSISTANT)
"""Never printed; ids 0.. in this order."""
PRINTED_TOKENS = (
    "\\(", "\\)", "\\boxed{", "\\frac{", "}{", "\\cdot", "\\div", "\\sqrt{", "\\text{", "\\%",
    "<w>", "</w>", "<<", ">>",
)  # fmt: skip
"""Single tokens that are part of the text; they follow the control tokens."""
CHAT_TEMPLATE = (
    "{{ '" + BEGIN + "' }}{% for message in messages %}"
    "{% if message['role'] == 'user' %}{{ '" + USER + "' + message['content'] | trim + '"
    + END_OF_TURN + "' }}"
    "{% elif message['role'] == 'assistant' %}{{ '" + ASSISTANT
    + "' + message['content'] | trim + '" + END_OF_TURN + "' }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}{{ '" + ASSISTANT + "' }}{% endif %}"
)  # fmt: skip
"""Jinja; a system message is left out, because the model never saw one."""

_MATHS = re.compile(r"<w>.*?</w>|\\\(.*?\\\)|\\boxed\{.*", re.DOTALL)
_WORD = re.compile(r" ?[A-Za-z][a-z]+[,.?!:]?")


def words_of(skills: Iterable[Skill], *, seed: int, problems: int) -> Iterator[str]:
    """The words, without the maths, of problems drawn from every skill."""
    rng = random.Random(seed)
    for skill in skills:
        for level in range(len(skill.levels)):
            for _ in range(problems):
                problem = skill.draw(rng, level)
                for text in (normalise_problem(problem.statement), problem.solution_text()):
                    yield from _WORD.findall(_MATHS.sub("", text))


def train_tokenizer(texts: Iterable[str], *, vocab_size: int) -> Tokenizer:
    """Learn merges from `texts`; unused room is filled with named spare tokens."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(QWEN2_PATTERN), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    named = [AddedToken(token, special=True) for token in CONTROL_TOKENS]
    named += [AddedToken(token, special=False, normalized=False) for token in PRINTED_TOKENS]
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size,
        min_frequency=2,
        special_tokens=named,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    spare = vocab_size - tokenizer.get_vocab_size()
    tokenizer.add_special_tokens([AddedToken(f"<|spare_{i}|>", special=True) for i in range(spare)])
    return _with_printed_tokens(tokenizer)


def _with_printed_tokens(tokenizer: Tokenizer) -> Tokenizer:
    """Undo the trainer's habit of marking every token it is given as a control token."""
    described = json.loads(tokenizer.to_str())
    for entry in described["added_tokens"]:
        if entry["content"] in PRINTED_TOKENS:
            entry["special"] = False
    return Tokenizer.from_str(json.dumps(described))


def load_tokenizer(path: Path) -> Tokenizer:
    """Read a `tokenizer.json`."""
    return Tokenizer.from_file(str(path))


def token_id(tokenizer: Tokenizer, token: str) -> int:
    """The id of a token that must exist.

    Raises:
        ValueError: the vocabulary has no such token.
    """
    index = tokenizer.token_to_id(token)
    if index is None:
        raise ValueError(f"the vocabulary has no {token}")
    return index


def prompt_text(problem: str) -> str:
    """A problem as the chat template renders it, up to where the answer begins."""
    return f"{BEGIN}{USER}{normalise_problem(problem)}{END_OF_TURN}{ASSISTANT}"
