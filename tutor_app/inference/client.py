"""The parent's side of the model's process: implements `core.ports.Model`."""

import itertools
import os
import threading
from collections.abc import Generator
from pathlib import Path

from tutor_app.core.errors import (
    GenerationFailed,
    ModelError,
    ModelHostDied,
    ModelNotFound,
    ModelUnreadable,
)
from tutor_app.core.hostprocess import HostEnded, HostProcess, HostSilent
from tutor_app.core.ports import (
    FinishReason,
    GenerationDelta,
    GenerationEnd,
    GenerationEvent,
    GenerationRequest,
    ModelInfo,
)
from tutor_app.inference.protocol import (
    Delta,
    End,
    Failed,
    FailureKind,
    FromHost,
    Generate,
    Load,
    Loaded,
    Stop,
    decode_from_host,
    encode,
)

_HOST_MODULE = "tutor_app.inference.host"
_LOAD_TIMEOUT_S = 300.0
_SILENCE_TIMEOUT_S = 600.0  # reading a long prompt on a slow machine says nothing meanwhile
_STOP_GRACE_S = 3.0


def _error_of(failure: Failed) -> ModelError:
    kinds = {
        FailureKind.NOT_FOUND: ModelNotFound,
        FailureKind.UNREADABLE: ModelUnreadable,
        FailureKind.GENERATION: GenerationFailed,
    }
    return kinds[failure.kind](failure.message, hint=failure.hint)


def usable_threads() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


class ModelHost:
    """One model file in one child process, started at the first need and again after a death."""

    def __init__(self, path: Path, *, threads: int | None = None) -> None:
        self._path = path
        self._threads = threads or usable_threads()
        self._process: HostProcess | None = None
        self._info: ModelInfo | None = None
        self._request_ids = itertools.count(1)
        self._running_id: int | None = None
        self._is_stop_asked = False
        # Weights repacked for AMX crashed llama_decode on one small Q8_0 model, so a death in an
        # answer costs the next process its faster weights.
        self._repacks_weights = True
        self._lock = threading.Lock()  # one load or generation at a time

    @property
    def pid(self) -> int | None:
        """Process id of the child, or None before it is needed."""
        process = self._process
        return process.pid if process is not None and process.is_running else None

    @property
    def repacks_weights(self) -> bool:
        """Whether the next load may reorder the weights: until a process has died."""
        return self._repacks_weights

    def load(self) -> ModelInfo:
        """See `core.ports.Model.load`."""
        with self._lock:
            return self._loaded()

    def _loaded(self) -> ModelInfo:
        if self._info is not None and self._process is not None and self._process.is_running:
            return self._info
        self._discard()
        if not self._path.is_file():
            raise ModelNotFound(
                f"There is no model file at {self._path}.",
                hint="Choose another model file, or go back to the built-in model.",
            )
        self._process = process = HostProcess(_HOST_MODULE)
        try:
            process.send(encode(Load(str(self._path), self._threads, self._repacks_weights)))
            reply = decode_from_host(process.receive(timeout_s=_LOAD_TIMEOUT_S))
        except (HostEnded, HostSilent) as error:
            self._discard()
            raise ModelUnreadable(
                f"{self._path.name} is damaged: loading it ended the model's process.",
                hint="Choose another model file, or go back to the built-in model.",
            ) from error
        if isinstance(reply, Failed):
            self._discard()
            raise _error_of(reply)
        assert isinstance(reply, Loaded), f"a load was answered by {reply}"
        self._info = ModelInfo(
            name=reply.name,
            path=self._path,
            sha256=reply.sha256,
            parameters=reply.parameters,
            context_tokens=reply.context_tokens,
            normalises_problems=reply.normalises_problems,
            licence=reply.licence,
        )
        return self._info

    def stream(self, request: GenerationRequest) -> Generator[GenerationEvent, None, None]:
        """See `core.ports.Model.stream`."""
        with self._lock:
            self._is_stop_asked = False
            self._loaded()
            process = self._process
            assert process is not None
            request_id = next(self._request_ids)
            is_over = False
            try:
                process.send(
                    encode(
                        Generate(request_id, request.messages, request.sampling, request.max_tokens)
                    )
                )
                self._running_id = request_id
                if self._is_stop_asked:  # asked while the model was still loading
                    process.send(encode(Stop(request_id)))
                while not is_over:
                    event = self._event(process, request_id)
                    is_over = isinstance(event, GenerationEnd)
                    yield event
            except HostEnded as error:
                is_over = True
                self._discard()
                self._repacks_weights = False
                raise ModelHostDied(
                    f"The model's process {error.reason} in the middle of the answer.",
                    hint="Ask again: it is started anew with the next question.",
                ) from error
            except ModelError:
                is_over = True
                raise
            finally:
                self._running_id = None
                if not is_over:  # the iterator was closed early
                    self._abandon(process, request_id)

    def _event(self, process: HostProcess, request_id: int) -> GenerationEvent:
        try:
            reply: FromHost = decode_from_host(process.receive(timeout_s=_SILENCE_TIMEOUT_S))
        except HostSilent as error:
            self._discard()
            raise GenerationFailed(
                f"The model said nothing for {_SILENCE_TIMEOUT_S:g} s.", hint="Ask again."
            ) from error
        match reply:
            case Delta():
                return GenerationDelta(reply.text, reply.tokens)
            case End():
                return GenerationEnd(
                    finish_reason=FinishReason(reply.finish_reason),
                    tokens=reply.tokens,
                    prompt_tokens=reply.prompt_tokens,
                    prompt_seconds=reply.prompt_seconds,
                    seconds=reply.seconds,
                )
            case Failed():
                raise _error_of(reply)
            case Loaded():
                raise AssertionError(f"request {request_id} was answered by {reply}")

    def _abandon(self, process: HostProcess, request_id: int) -> None:
        """End a generation nobody reads any more, so that the next one starts clean."""
        try:
            process.send(encode(Stop(request_id)))
            while not isinstance(
                decode_from_host(process.receive(timeout_s=_STOP_GRACE_S)), End | Failed
            ):
                continue
        except (HostEnded, HostSilent):
            self._discard()

    def stop(self) -> None:
        """See `core.ports.Model.stop`."""
        self._is_stop_asked = True
        process, request_id = self._process, self._running_id
        if process is None or request_id is None:
            return
        try:
            process.send(encode(Stop(request_id)))
        except HostEnded:
            return  # whoever reads the stream learns it

    def _discard(self) -> None:
        self._info = None
        if self._process is not None:
            self._process.kill()
            self._process = None

    def close(self) -> None:
        """See `core.ports.Model.close`."""
        self.stop()
        if self._process is not None:
            self._process.kill()  # whoever is reading the stream lets go of the lock
        if self._lock.acquire(timeout=_STOP_GRACE_S):
            try:
                self._discard()
            finally:
                self._lock.release()
