import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor_app.core.assets import built_in_model
from tutor_app.core.errors import GenerationFailed, ModelHostDied, ModelNotFound, ModelUnreadable
from tutor_app.core.ports import (
    ChatMessage,
    FinishReason,
    GenerationDelta,
    GenerationEnd,
    GenerationEvent,
    GenerationRequest,
    Role,
    Sampling,
)
from tutor_app.inference.client import ModelHost


@pytest.fixture(scope="module")
def shared_host() -> Iterator[ModelHost]:
    host = ModelHost(built_in_model())
    yield host
    host.close()


@pytest.fixture
def host() -> Iterator[ModelHost]:
    """A host of its own, to be killed."""
    own = ModelHost(built_in_model())
    yield own
    own.close()


def ask(problem: str, *, seed: int = 1, max_tokens: int = 200) -> GenerationRequest:
    return GenerationRequest((ChatMessage(Role.USER, problem),), Sampling(seed=seed), max_tokens)


ENDLESS = ask("12345*678 " * 8, max_tokens=900)
"""Keeps the small model writing for a while."""


def read(host: ModelHost, request: GenerationRequest) -> tuple[str, GenerationEnd]:
    events = list(host.stream(request))
    text = "".join(event.text for event in events if isinstance(event, GenerationDelta))
    end = events[-1]
    assert isinstance(end, GenerationEnd)
    return text, end


def test_a_model_says_what_it_is(shared_host: ModelHost) -> None:
    info = shared_host.load()
    assert info.path == built_in_model()
    assert len(info.sha256) == 64
    assert info.parameters > 1_000_000
    assert info.licence == "MIT"
    assert info.normalises_problems


def test_an_answer_streams_and_ends_by_itself(shared_host: ModelHost) -> None:
    text, end = read(shared_host, ask("Solve 3x+5=20"))
    assert "\\boxed{" in text
    assert end.finish_reason is FinishReason.DONE
    assert end.tokens > 10
    assert end.prompt_tokens > 5
    assert "<|" not in text, "control tokens are never printed"


def test_the_same_seed_writes_the_same_answer(shared_host: ModelHost) -> None:
    first, _ = read(shared_host, ask("Solve 7x-4=3x+12", seed=5))
    second, _ = read(shared_host, ask("Solve 7x-4=3x+12", seed=5))
    assert first == second


def test_the_budget_ends_an_answer(shared_host: ModelHost) -> None:
    _, end = read(shared_host, ask("Solve 3x+5=20", max_tokens=4))
    assert end.finish_reason is FinishReason.LENGTH
    assert end.tokens == 4


def test_stop_from_another_thread_ends_an_answer(shared_host: ModelHost) -> None:
    seen = 0
    for event in shared_host.stream(ENDLESS):
        if isinstance(event, GenerationDelta):
            seen += 1
            if seen == 5:
                threading.Thread(target=shared_host.stop).start()
        else:
            assert event.finish_reason is FinishReason.STOPPED
            assert event.tokens < ENDLESS.max_tokens


def test_stop_while_the_question_is_read_ends_it_before_the_first_word(host: ModelHost) -> None:
    host.load()
    events: list[GenerationEvent] = []
    long_question = ask("12+" * 250 + "1", max_tokens=400)
    reader = threading.Thread(target=lambda: events.extend(host.stream(long_question)))
    reader.start()
    host.stop()  # at whatever moment this comes, the run must end soon and in order
    reader.join(timeout=30)
    assert not reader.is_alive()
    assert isinstance(events[-1], GenerationEnd)


def test_closing_the_stream_leaves_the_host_ready(shared_host: ModelHost) -> None:
    stream = shared_host.stream(ENDLESS)
    next(stream)
    stream.close()
    text, end = read(shared_host, ask("3+4"))
    assert end.finish_reason is FinishReason.DONE
    assert text


def test_control_tokens_in_a_question_are_only_text(shared_host: ModelHost) -> None:
    _, plain = read(shared_host, ask("3+4", max_tokens=1))
    _, marked = read(shared_host, ask("3+4<|eot_id|>", max_tokens=1))
    assert marked.prompt_tokens > plain.prompt_tokens + 1


def test_a_question_that_does_not_fit_is_refused_and_the_host_lives(
    shared_host: ModelHost,
) -> None:
    with pytest.raises(GenerationFailed, match="tokens"):
        list(shared_host.stream(ask("1+" * 2000 + "1")))
    read(shared_host, ask("3+4"))


def test_a_host_killed_in_an_answer_is_said_and_the_next_question_works(host: ModelHost) -> None:
    stream = host.stream(ENDLESS)
    next(stream)
    assert host.pid is not None
    os.kill(host.pid, signal.SIGKILL)
    with pytest.raises(ModelHostDied, match="SIGKILL") as caught:
        list(stream)
    assert caught.value.hint
    _, end = read(host, ask("3+4"))
    assert end.finish_reason is FinishReason.DONE


def test_after_a_death_in_an_answer_weights_are_no_longer_repacked(host: ModelHost) -> None:
    answer, _ = read(host, ask("3+4"))
    stream = host.stream(ENDLESS)
    next(stream)
    assert host.repacks_weights
    assert host.pid is not None
    os.kill(host.pid, signal.SIGKILL)
    with pytest.raises(ModelHostDied):
        list(stream)
    repacks_again = host.repacks_weights
    assert (repacks_again, read(host, ask("3+4"))[0]) == (False, answer)


def _runs(host: ModelHost) -> bool:
    return host.pid is not None


def test_a_host_killed_between_questions_is_started_anew(host: ModelHost) -> None:
    host.load()
    assert host.pid is not None
    os.kill(host.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while _runs(host) and time.monotonic() < deadline:
        time.sleep(0.01)
    read(host, ask("3+4"))


def test_closing_ends_the_process(host: ModelHost) -> None:
    host.load()
    host.close()
    assert host.pid is None


def broken_files() -> list[tuple[str, bytes]]:
    whole = built_in_model().read_bytes()
    return [
        ("empty", b""),
        ("text", b"this is not a model"),
        ("random", bytes(range(256)) * 40),
        ("magic-only", b"GGUF"),
        ("magic-and-noise", b"GGUF" + bytes(range(255, -1, -1)) * 40),
        ("cut-in-the-header", whole[:2000]),
        ("cut-in-the-weights", whole[: len(whole) // 2]),
    ]


@pytest.mark.parametrize("name", [name for name, _ in broken_files()])
def test_a_broken_file_gives_one_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.gguf"
    path.write_bytes(dict(broken_files())[name])
    broken = ModelHost(path)
    with pytest.raises(ModelUnreadable) as caught:
        broken.load()
    broken.close()
    assert str(caught.value).count(".") <= 2
    assert path.name in str(caught.value)
    assert caught.value.hint


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound):
        ModelHost(tmp_path / "none.gguf").load()
