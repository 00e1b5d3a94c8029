"""llama.cpp through its low-level calls: one loaded model, one sequence. Runs in the child only.

The high-level `Llama` class is not used: it cannot share a prompt between attempts, and its
sampling and stopping are not ours to time.
"""

import codecs
import ctypes
import hashlib
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import llama_cpp

from tutor_app.core.errors import GenerationFailed, ModelUnreadable
from tutor_app.core.model_file import Fitness, ModelFile, describe
from tutor_app.core.ports import (
    ChatMessage,
    FinishReason,
    GenerationDelta,
    GenerationEnd,
    GenerationEvent,
    GenerationRequest,
    ModelInfo,
    Sampling,
)
from tutor_app.inference.template import render_chat

_LARGEST_CONTEXT = 8192  # tokens; 32k would cost a gigabyte of cache on the 950M model
_PROMPT_BATCH = 512
_NORMALISES_KEY = "tutor.normalises_problems"
_ASK_OR_IMPORT_ANOTHER = "Ask again in other words, or choose another model file."
_IMPORT_ANOTHER = "Choose another model file, or go back to the built-in model."


def require_loadable(path: Path) -> ModelFile:
    """Refuse what llama.cpp would abort on or explain badly; returns what the file says it is.

    Raises:
        ModelNotFound: there is no such file.
        ModelUnreadable: it is damaged, no GGUF file, or of a kind this program cannot run.
    """
    found = describe(path)
    if found.fitness is not Fitness.LOADABLE:
        raise ModelUnreadable(found.reason, hint=found.hint)
    return found


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Engine:
    """A loaded model."""

    def __init__(self, path: Path, *, threads: int, repacks_weights: bool = True) -> None:
        """Load `path`; `repacks_weights` lets llama.cpp reorder them for this processor.

        Raises:
            ModelError: the file cannot be loaded.
        """
        file = require_loadable(path)
        digest: list[str] = []
        hashing = threading.Thread(target=lambda: digest.append(_sha256(path)))
        hashing.start()
        try:
            self._load(path, threads, repacks_weights=repacks_weights)
        finally:
            hashing.join()
        self.info = self._describe(file, digest[0])
        self._is_stopping: Callable[[], bool] = lambda: False
        # Kept on self: llama.cpp holds only a pointer to it.
        self._abort = llama_cpp.ggml_abort_callback(lambda _: self._is_stopping())
        self._no_abort = llama_cpp.ggml_abort_callback(0)

    def _load(self, path: Path, threads: int, *, repacks_weights: bool) -> None:
        llama_cpp.llama_backend_init()
        model_parameters = llama_cpp.llama_model_default_params()
        model_parameters.use_extra_bufts = repacks_weights
        model = llama_cpp.llama_model_load_from_file(str(path).encode(), model_parameters)
        if not model:
            raise ModelUnreadable(
                f"{path.name} is damaged, incomplete, or of a kind this program cannot run.",
                hint=_IMPORT_ANOTHER,
            )
        self._model = model
        self._vocab = llama_cpp.llama_model_get_vocab(model)
        parameters = llama_cpp.llama_context_default_params()
        self.context_tokens = min(llama_cpp.llama_model_n_ctx_train(model), _LARGEST_CONTEXT)
        parameters.n_ctx = self.context_tokens
        parameters.n_batch = _PROMPT_BATCH
        parameters.n_threads = parameters.n_threads_batch = threads
        context = llama_cpp.llama_init_from_model(model, parameters)
        if not context:
            raise ModelUnreadable(
                f"There is not enough memory to run {path.name}.",
                hint="Close other programs, or choose a smaller model.",
            )
        self._context = context

    def _describe(self, file: ModelFile, sha256: str) -> ModelInfo:
        return ModelInfo(
            name=file.name,
            path=file.path,
            sha256=sha256,
            parameters=llama_cpp.llama_model_n_params(self._model),
            context_tokens=self.context_tokens,
            normalises_problems=self._metadata(_NORMALISES_KEY) == "true",
            licence=file.licence,
        )

    def _metadata(self, key: str) -> str:
        buffer = bytes(4096)
        size = llama_cpp.llama_model_meta_val_str(self._model, key.encode(), buffer, len(buffer))
        return buffer[:size].decode("utf-8", "replace") if size > 0 else ""

    def _token_text(self, token: int) -> str:
        return str(llama_cpp.llama_vocab_get_text(self._vocab, token).decode("utf-8", "replace"))

    def prompt_tokens(self, messages: tuple[ChatMessage, ...]) -> list[int]:
        """The conversation through the model's own chat template, as token ids.

        Raises:
            GenerationFailed: the template does not accept the conversation.
        """
        template = llama_cpp.llama_model_chat_template(self._model, None)
        if template is None:
            text = "\n\n".join(message.text for message in messages) + "\n\n"
            return self._tokenise(text, add_special=True)
        text = render_chat(
            template.decode("utf-8", "replace"),
            messages,
            begin=self._token_text(llama_cpp.llama_vocab_bos(self._vocab)),
            end=self._token_text(llama_cpp.llama_vocab_eos(self._vocab)),
        )
        # The template writes the first token itself: adding it here would double it.
        return self._tokenise(text, add_special=False)

    def _tokenise(self, text: str, *, add_special: bool) -> list[int]:
        raw = text.encode()
        room = len(raw) + 8
        tokens = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(
            self._vocab, raw, len(raw), tokens, room, add_special, True
        )
        if count < 0:
            raise GenerationFailed(
                "The model's vocabulary cannot write this text.", hint=_ASK_OR_IMPORT_ANOTHER
            )
        return list(tokens[:count])

    def _piece(self, token: int) -> bytes:
        buffer = (ctypes.c_char * 256)()
        size = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, False)
        return buffer.raw[: max(size, 0)]

    def generate(
        self, request: GenerationRequest, is_stopping: Callable[[], bool]
    ) -> Generator[GenerationEvent, None, None]:
        """Yield text as it is written, then how it ended. `is_stopping` is asked between tokens.

        Raises:
            GenerationFailed: the question does not fit, or llama.cpp refuses.
        """
        prompt = self.prompt_tokens(request.messages)
        if len(prompt) >= self.context_tokens:
            raise GenerationFailed(
                f"The question has {len(prompt)} tokens; this model reads "
                f"{self.context_tokens - 1} at most.",
                hint="Shorten it, or start a new thread.",
            )
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(self._context), True)
        self._is_stopping = is_stopping
        started = time.monotonic()
        is_read = self._read_prompt(prompt)
        read_at = time.monotonic()
        reason, tokens = FinishReason.STOPPED, 0
        if is_read:
            budget = min(request.max_tokens, self.context_tokens - len(prompt))
            reason, tokens = yield from self._write(request.sampling, budget, is_stopping)
        yield GenerationEnd(
            finish_reason=reason,
            tokens=tokens,
            prompt_tokens=len(prompt),
            prompt_seconds=read_at - started,
            seconds=time.monotonic() - read_at,
        )

    def _read_prompt(self, prompt: list[int]) -> bool:
        """Feed the prompt; False if stopped in the middle, which a long prompt must allow."""
        llama_cpp.llama_set_abort_callback(self._context, self._abort, None)
        try:
            for start in range(0, len(prompt), _PROMPT_BATCH):
                if not self._decode(prompt[start : start + _PROMPT_BATCH]):
                    return False
        finally:
            llama_cpp.llama_set_abort_callback(self._context, self._no_abort, None)
        return True

    def _decode(self, tokens: list[int]) -> bool:
        array = (llama_cpp.llama_token * len(tokens))(*tokens)
        status = llama_cpp.llama_decode(
            self._context, llama_cpp.llama_batch_get_one(array, len(tokens))
        )
        if status not in (0, 2):  # 2: our abort callback said stop
            raise GenerationFailed(
                f"llama.cpp refused to go on (status {status}).", hint=_ASK_OR_IMPORT_ANOTHER
            )
        return bool(status == 0)

    def _write(
        self, sampling: Sampling, budget: int, is_stopping: Callable[[], bool]
    ) -> Generator[GenerationDelta, None, tuple[FinishReason, int]]:
        """Yield text as it comes; returns why it ended and how many tokens were written."""
        sampler = self._sampler(sampling)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        reason, count = FinishReason.LENGTH, 0
        try:
            while count < budget:
                token = llama_cpp.llama_sampler_sample(sampler, self._context, -1)
                count += 1
                if llama_cpp.llama_vocab_is_eog(self._vocab, token):
                    reason = FinishReason.DONE
                    break
                if text := decoder.decode(self._piece(token)):
                    yield GenerationDelta(text, count)
                if is_stopping():
                    reason = FinishReason.STOPPED
                    break
                if count < budget:
                    self._decode([token])
        finally:
            llama_cpp.llama_sampler_free(sampler)
        if text := decoder.decode(b"", final=True):
            yield GenerationDelta(text, count)
        return reason, count

    def _sampler(self, sampling: Sampling) -> object:
        chain = llama_cpp.llama_sampler_chain_init(llama_cpp.llama_sampler_chain_default_params())
        if sampling.temperature <= 0:
            llama_cpp.llama_sampler_chain_add(chain, llama_cpp.llama_sampler_init_greedy())
            return chain
        for part in (
            llama_cpp.llama_sampler_init_top_p(sampling.top_p, 1),
            llama_cpp.llama_sampler_init_temp(sampling.temperature),
            llama_cpp.llama_sampler_init_dist(sampling.seed & 0xFFFFFFFF),
        ):
            llama_cpp.llama_sampler_chain_add(chain, part)
        return chain
