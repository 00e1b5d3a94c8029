"""llama.cpp for the workshop: logits at every position, and greedy answers in one batch."""

import ctypes
import functools
from collections.abc import Sequence
from pathlib import Path

import llama_cpp
import numpy as np


@functools.cache
def _silence() -> object:
    """Turn llama.cpp's log off. Cached, because llama.cpp keeps a bare pointer to the callback."""
    quiet = llama_cpp.llama_log_callback(lambda *_: None)
    llama_cpp.llama_log_set(quiet, ctypes.c_void_p(0))
    return quiet


class LlamaModel:
    """A GGUF file, loaded with a cache that holds `sequences` sequences of `tokens` tokens."""

    def __init__(
        self, path: Path, *, tokens: int = 512, sequences: int = 1, exact_cache: bool = False
    ) -> None:
        """Load `path`; `exact_cache` keeps keys and values in float32.

        Raises:
            ValueError: llama.cpp does not load the file.
        """
        _silence()
        llama_cpp.llama_backend_init()
        model_parameters = llama_cpp.llama_model_default_params()
        # Repacked weights (AMX) crashed llama_decode on a tiny Q8_0 model; a reference needs none.
        model_parameters.use_extra_bufts = False
        model = llama_cpp.llama_model_load_from_file(str(path).encode(), model_parameters)
        if not model:
            raise ValueError(f"{path} does not load")
        self._model = model
        self._vocab = llama_cpp.llama_model_get_vocab(model)
        self.vocab_size = llama_cpp.llama_vocab_n_tokens(self._vocab)
        self.sequences = sequences
        parameters = llama_cpp.llama_context_default_params()
        parameters.n_ctx = tokens * sequences
        parameters.n_batch = parameters.n_ubatch = max(512, sequences)
        parameters.n_seq_max = sequences
        if exact_cache:
            parameters.type_k = parameters.type_v = llama_cpp.GGML_TYPE_F32
            parameters.flash_attn_type = 0  # the fused kernel rounds to half precision
        context = llama_cpp.llama_init_from_model(model, parameters)
        if not context:
            raise ValueError(f"{path} does not fit into memory")
        self._context = context
        self._memory = llama_cpp.llama_get_memory(context)
        self._tokens = tokens

    def close(self) -> None:
        """Free the model."""
        llama_cpp.llama_free(self._context)
        llama_cpp.llama_model_free(self._model)

    def tokenise(self, text: str) -> list[int]:
        """Token ids of a text in which control tokens are recognised; no token is added."""
        raw = text.encode()
        room = len(raw) + 8
        tokens = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self._vocab, raw, len(raw), tokens, room, False, True)
        return list(tokens[:count])

    def text(self, tokens: Sequence[int]) -> str:
        """The text of token ids, without control tokens."""
        raw = b""
        buffer = (ctypes.c_char * 256)()
        for token in tokens:
            size = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, 256, 0, False)
            raw += buffer.raw[: max(size, 0)]
        return raw.decode("utf-8", "replace")

    def logits(self, ids: Sequence[int]) -> np.ndarray:
        """Logits (T, V) at every position of one sequence."""
        llama_cpp.llama_memory_clear(self._memory, True)
        rows = [(token, position, 0, True) for position, token in enumerate(ids)]
        self._decode(rows)
        return np.stack([self._row(i) for i in range(len(ids))])

    def _decode(self, rows: Sequence[tuple[int, int, int, bool]]) -> None:
        """Feed rows of (token, position, sequence, wants logits)."""
        batch = llama_cpp.llama_batch_init(len(rows), 0, 1)
        try:
            batch.n_tokens = len(rows)
            for i, (token, position, sequence, wants_logits) in enumerate(rows):
                batch.token[i] = token
                batch.pos[i] = position
                batch.n_seq_id[i] = 1
                batch.seq_id[i][0] = sequence
                batch.logits[i] = wants_logits
            status = llama_cpp.llama_decode(self._context, batch)
        finally:
            llama_cpp.llama_batch_free(batch)
        if status:
            raise ValueError(f"llama_decode gave status {status}")

    def _row(self, index: int) -> np.ndarray:
        pointer = llama_cpp.llama_get_logits_ith(self._context, index)
        return np.ctypeslib.as_array(pointer, shape=(self.vocab_size,)).copy()

    def greedy(self, prompts: Sequence[Sequence[int]], *, max_tokens: int) -> list[list[int]]:
        """The likeliest answer to each prompt (at most `sequences` of them), all in one batch."""
        llama_cpp.llama_memory_clear(self._memory, True)
        answers: list[list[int]] = [[] for _ in prompts]
        following: dict[int, int] = {}
        for sequence, prompt in enumerate(prompts):
            last = len(prompt) - 1
            self._decode([(t, i, sequence, i == last) for i, t in enumerate(prompt)])
            following[sequence] = int(self._row(last).argmax())
        while following:
            rows = []
            for sequence, token in list(following.items()):
                length = len(prompts[sequence]) + len(answers[sequence])
                is_over = llama_cpp.llama_vocab_is_eog(self._vocab, token)
                if is_over or len(answers[sequence]) >= max_tokens or length >= self._tokens - 1:
                    del following[sequence]
                    continue
                answers[sequence].append(token)
                rows.append((token, length, sequence, True))
            if not rows:
                break
            self._decode(rows)
            following = {row[2]: int(self._row(i).argmax()) for i, row in enumerate(rows)}
        return answers
