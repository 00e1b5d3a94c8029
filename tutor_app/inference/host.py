"""The model's process: `python -m tutor_app.inference.host`. Ends when its standard input does."""

from collections import deque
from pathlib import Path

from tutor_app.core.errors import ModelError, ModelNotFound, ModelUnreadable
from tutor_app.core.hostprocess import HostChannel
from tutor_app.core.ports import GenerationDelta, GenerationRequest
from tutor_app.inference.engine import Engine
from tutor_app.inference.protocol import (
    Delta,
    End,
    Failed,
    FailureKind,
    Generate,
    Load,
    Loaded,
    Stop,
    ToHost,
    decode_to_host,
    encode,
)


def _failure(error: ModelError) -> Failed:
    if isinstance(error, ModelNotFound):
        kind = FailureKind.NOT_FOUND
    elif isinstance(error, ModelUnreadable):
        kind = FailureKind.UNREADABLE
    else:
        kind = FailureKind.GENERATION
    return Failed(kind=kind, message=str(error), hint=error.hint)


class Host:
    """Answers one request after the other."""

    def __init__(self, channel: HostChannel) -> None:
        self._channel = channel
        self._engine: Engine | None = None
        self._waiting: deque[ToHost] = deque()

    def serve(self) -> None:
        """Answer until the parent is gone (the channel then ends this process)."""
        while True:
            if self._waiting:
                message = self._waiting.popleft()
            else:
                message = decode_to_host(self._channel.receive())
            try:
                match message:
                    case Load():
                        self._load(message)
                    case Generate():
                        self._generate(message)
                    case Stop():
                        continue  # what it meant has already ended
            except ModelError as error:
                self._channel.send(encode(_failure(error)))

    def _load(self, message: Load) -> None:
        engine = Engine(
            Path(message.path),
            threads=message.threads,
            repacks_weights=message.repacks_weights,
        )
        self._engine = engine
        info = engine.info
        self._channel.send(
            encode(
                Loaded(
                    name=info.name,
                    sha256=info.sha256,
                    parameters=info.parameters,
                    context_tokens=info.context_tokens,
                    normalises_problems=info.normalises_problems,
                    licence=info.licence,
                )
            )
        )

    def _generate(self, message: Generate) -> None:
        if self._engine is None:
            raise ModelUnreadable("No model is loaded.")
        request = GenerationRequest(message.messages, message.sampling, message.max_tokens)
        is_stopped = False

        def is_stopping() -> bool:
            nonlocal is_stopped
            while not is_stopped and (line := self._channel.receive_now()) is not None:
                other = decode_to_host(line)
                if isinstance(other, Stop):
                    is_stopped = other.request_id == message.request_id
                else:
                    self._waiting.append(other)
            return is_stopped

        for event in self._engine.generate(request, is_stopping):
            if isinstance(event, GenerationDelta):
                reply: Delta | End = Delta(message.request_id, event.text, event.tokens)
            else:
                reply = End(
                    request_id=message.request_id,
                    finish_reason=event.finish_reason,
                    tokens=event.tokens,
                    prompt_tokens=event.prompt_tokens,
                    prompt_seconds=event.prompt_seconds,
                    seconds=event.seconds,
                )
            self._channel.send(encode(reply))


if __name__ == "__main__":
    Host(HostChannel()).serve()
