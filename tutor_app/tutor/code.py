"""Code mode: the model writes a program, the program is run, one error may be repaired."""

import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass

from tutor_app.core.code_answer import CodeAnswer, CodeStatus, TriedExample
from tutor_app.core.code_block import last_code_block
from tutor_app.core.errors import GenerationFailed, SandboxRefused, ToolNotFound
from tutor_app.core.events import (
    AttemptStarted,
    Coded,
    CodeEvent,
    ProgramStarted,
    ProgramTried,
    TextWritten,
)
from tutor_app.core.plain_text import plain_text
from tutor_app.core.ports import (
    ChatMessage,
    FinishReason,
    GenerationDelta,
    GenerationEnd,
    GenerationRequest,
    Model,
    ModelInfo,
    Role,
    Sampling,
)
from tutor_app.core.program import CodeRunner, Language, RunRequest
from tutor_app.tutor.cancellation import Cancellation
from tutor_app.tutor.examples import (
    CallExample,
    Example,
    ExampleResult,
    check_examples,
    examples_for,
    first_error,
)
from tutor_app.tutor.run_ledger import RunLedger
from tutor_app.tutor.solve import SolveOptions, drawn_seed

_NAMES = {Language.PYTHON: ("python", "python"), Language.CPP: ("c++", "cpp")}
_KEPT_OUTPUT = 20_000  # characters
_STOPPED = "It was stopped before the program was tried."
_NO_PROGRAM = {
    FinishReason.DONE: "The answer holds no program.",
    FinishReason.LENGTH: "The budget of tokens ran out before a program came.",
    FinishReason.STOPPED: _STOPPED,
    FinishReason.ERROR: "The model failed before a program came.",
}


def system_prompt(language: Language) -> str:
    """What MobileLLM-R1's authors ask their model with; the template trims the ends."""
    name, fence = _NAMES[language]
    comment = "#" if language is Language.PYTHON else "//"
    return (
        "You are a helpful and harmless assistant. You should think step-by-step before "
        "responding to the instruction below.\n\n"
        f"Please use {name} programming language only.\n\n"
        f"You must use ```{fence} for just the final solution code block with the following "
        f"format:\n\n```{fence}\n{comment} Your code here\n```"
    )


@dataclass(frozen=True, slots=True)
class CodeQuestion:
    """What is asked for.

    Attributes:
        problem: as typed; examples that it shows count.
        language: of the program.
        examples: further ones.
    """

    problem: str
    language: Language
    examples: tuple[Example, ...] = ()

    def all_examples(self) -> tuple[Example, ...]:
        """Each once; a call cannot be tried in C++."""
        examples = (*self.examples, *examples_for(self.problem, self.language))
        if self.language is not Language.PYTHON:
            examples = tuple(one for one in examples if not isinstance(one, CallExample))
        return tuple(dict.fromkeys(examples))


@dataclass(frozen=True, slots=True)
class _Tried:
    """One program and what came of running it."""

    text: str
    end: GenerationEnd
    source: str
    status: CodeStatus
    reason: str
    results: tuple[ExampleResult, ...] = ()
    output: str = ""


class Coder:
    """Asks for a program and tries it."""

    def __init__(self, model: Model, runner: CodeRunner, options: SolveOptions) -> None:
        """Hold what is needed; nothing is started yet.

        Args:
            model: writes.
            runner: runs.
            options: seed, budget and sampling; the number of attempts is always two at most.
        """
        self.model = model
        self._runner = runner
        self._options = options

    def solve(self, question: CodeQuestion, cancellation: Cancellation) -> Iterator[CodeEvent]:
        """Yield what happens; the last event is `Coded`.

        Raises:
            ModelError: the model cannot answer.
            SandboxDied: a run ended without a result.
        """
        began = time.monotonic()
        info = self.model.load()
        seed = drawn_seed(self._options)
        examples = question.all_examples()
        messages: tuple[ChatMessage, ...] = (
            ChatMessage(Role.SYSTEM, system_prompt(question.language)),
            ChatMessage(Role.USER, question.problem),
        )
        tries: list[tuple[_Tried, RunLedger]] = []
        for attempt in range(2):
            yield AttemptStarted(attempt, seed + attempt, info)
            try:
                text, end = yield from self._write(messages, attempt, seed + attempt, cancellation)
            except GenerationFailed:
                if not tries:
                    raise
                break  # with the first try in it the conversation may be too long; that try stays
            ledger = RunLedger(self._runner, cancellation)
            tried = yield from _try(text, end, question.language, examples, attempt, ledger)
            tries.append((tried, ledger))
            if tried.status is not CodeStatus.FAILED or cancellation.is_requested:
                break
            messages = (*messages, ChatMessage(Role.ASSISTANT, text), _repair(tried.reason))
        is_stopped = cancellation.is_requested
        seconds = time.monotonic() - began
        yield Coded(_answer(question, tries, info, seed, seconds, is_stopped=is_stopped))

    def _write(
        self,
        messages: tuple[ChatMessage, ...],
        attempt: int,
        seed: int,
        cancellation: Cancellation,
    ) -> Generator[CodeEvent, None, tuple[str, GenerationEnd]]:
        written: list[str] = []
        end: GenerationEnd | None = None
        options = self._options
        sampling = Sampling(options.temperature, options.top_p, seed)
        began = time.monotonic()
        request = GenerationRequest(messages, sampling, options.max_tokens)
        with closing(self.model.stream(request)) as stream:
            if cancellation.is_requested:
                self.model.stop()  # asked between two tries
            for event in stream:
                if isinstance(event, GenerationDelta):
                    written.append(event.text)
                    speed = event.tokens / max(time.monotonic() - began, 1e-9)
                    yield TextWritten(attempt, event.text, event.tokens, speed)
                else:
                    end = event
        assert end is not None, "a stream ends with GenerationEnd or raises"
        return "".join(written), end


def _repair(reason: str) -> ChatMessage:
    return ChatMessage(Role.USER, f"Running this program failed: {reason}\nCorrect it.")


def _try(
    text: str,
    end: GenerationEnd,
    language: Language,
    examples: tuple[Example, ...],
    attempt: int,
    ledger: RunLedger,
) -> Generator[CodeEvent, None, _Tried]:
    block = last_code_block(text)
    if block is None or ledger.is_stopped:
        reason = _STOPPED if ledger.is_stopped else _NO_PROGRAM[end.finish_reason]
        source = "" if block is None else block.source
        tried = _Tried(text, end, source, CodeStatus.NOT_RUN, reason)
    else:
        yield ProgramStarted(attempt, len(examples))
        tried = _run_if_allowed(text, end, block.source, language, examples, ledger)
    yield ProgramTried(attempt, tried.status, tried.reason)
    return tried


def _run_if_allowed(
    text: str,
    end: GenerationEnd,
    source: str,
    language: Language,
    examples: tuple[Example, ...],
    ledger: RunLedger,
) -> _Tried:
    try:
        tried = _run(text, end, source, language, examples, ledger)
    except (SandboxRefused, ToolNotFound) as error:
        tried = _Tried(text, end, source, CodeStatus.NOT_RUN, f"{error} {error.hint}".rstrip())
    if ledger.is_stopped:  # what a program did that was cut short says nothing about it
        return _Tried(text, end, source, CodeStatus.NOT_RUN, _STOPPED)
    return tried


def _run(
    text: str,
    end: GenerationEnd,
    source: str,
    language: Language,
    examples: tuple[Example, ...],
    ledger: RunLedger,
) -> _Tried:
    if not examples:
        outcome = ledger.start(RunRequest(language, source)).result()
        status = CodeStatus.RAN if outcome.is_success else CodeStatus.FAILED
        reason = "" if outcome.is_success else first_error(outcome)
        output = plain_text(outcome.stdout[: 4 * _KEPT_OUTPUT].decode(errors="replace"))
        return _Tried(text, end, source, status, reason, (), output[:_KEPT_OUTPUT])
    results = check_examples(ledger, language, source, examples)
    missed = next((result for result in results if not result.has_passed), None)
    if missed is None:
        return _Tried(text, end, source, CodeStatus.PASSED, "", results)
    return _Tried(text, end, source, CodeStatus.FAILED, _complaint(missed), results)


def _asked(example: Example) -> str:
    if not isinstance(example, CallExample):
        return example.stdin
    return f"{example.function}{example.arguments.removesuffix(',)').removesuffix(')')})"


def _complaint(result: ExampleResult) -> str:
    example = result.example
    if isinstance(example, CallExample):
        return f"{_asked(example)} should be {example.expected}, but: {result.found}"
    asked = f"for the input {example.stdin!r} it should print {example.expected!r}"
    return f"{asked}, but: {result.found!r}"


def _row(result: ExampleResult) -> TriedExample:
    example = result.example
    return TriedExample(
        asked=plain_text(_asked(example)),
        is_call=isinstance(example, CallExample),
        expected=plain_text(example.expected),
        found=result.found[:_KEPT_OUTPUT],
        has_passed=result.has_passed,
    )


def _rank(tried: _Tried) -> tuple[bool, int]:
    passed = sum(result.has_passed for result in tried.results)
    return tried.status in {CodeStatus.PASSED, CodeStatus.RAN}, passed


def _answer(
    question: CodeQuestion,
    tries: list[tuple[_Tried, RunLedger]],
    info: ModelInfo,
    seed: int,
    seconds: float,
    *,
    is_stopped: bool,
) -> CodeAnswer:
    """The better try; the first where both are as good."""
    first = tries[0][0]
    chosen, ledger = max(tries, key=lambda one: _rank(one[0]))
    return CodeAnswer(
        problem=question.problem,
        text=chosen.text,
        source=chosen.source,
        language=question.language,
        status=chosen.status,
        examples=tuple(_row(result) for result in chosen.results),
        output=chosen.output,
        reason=chosen.reason,
        tries=len(tries),
        is_repaired=chosen is not first,
        first_failure=first.reason if len(tries) > 1 else "",
        isolation=ledger.protection,
        run_seconds=ledger.seconds,
        memory_bytes=ledger.memory_bytes,
        finish_reason=FinishReason.STOPPED if is_stopped else chosen.end.finish_reason,
        tokens=sum(tried.end.tokens for tried, _ in tries),
        prompt_tokens=first.end.prompt_tokens,
        seconds=seconds,
        tokens_per_s=chosen.end.tokens_per_s,
        model=info,
        seed=seed,
    )
