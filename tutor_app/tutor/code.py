"""Code mode: the model writes a program, the program is run, one error may be repaired."""

from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum

from tutor_app.core.code_block import last_code_block
from tutor_app.core.errors import SandboxRefused, ToolNotFound
from tutor_app.core.ports import (
    ChatMessage,
    GenerationDelta,
    GenerationRequest,
    Model,
    Role,
    Sampling,
)
from tutor_app.core.program import CodeRunner, Language, RunOutcome, RunRequest
from tutor_app.tutor.examples import (
    CallExample,
    Example,
    ExampleResult,
    check_examples,
    examples_in,
    first_error,
)

_NAMES = {Language.PYTHON: ("python", "python"), Language.CPP: ("c++", "cpp")}


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


class CodeStatus(StrEnum):
    """What the badge says; never more than was seen."""

    PASSED = "passed"
    RAN = "ran"
    FAILED = "failed"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """A program and what is known about it.

    Attributes:
        text: the model's whole answer.
        source: the program; empty where the answer holds none.
        language: it is written in.
        status: PASSED only where every example passed, RAN where there was none to pass.
        results: the table of examples.
        outcome: of the run without examples, or None.
        reason: one sentence about a failure, or why it was not run.
        is_repaired: whether this is the second try.
    """

    text: str
    source: str
    language: Language
    status: CodeStatus
    results: tuple[ExampleResult, ...] = ()
    outcome: RunOutcome | None = None
    reason: str = ""
    is_repaired: bool = False

    @property
    def badge(self) -> str:
        """A few words for the screen."""
        if self.results:
            passed = sum(result.has_passed for result in self.results)
            return f"passed {passed} of {len(self.results)}"
        return self.status


class Coder:
    """Asks for a program and tries it."""

    def __init__(self, model: Model, runner: CodeRunner, *, max_tokens: int, seed: int) -> None:
        """Hold what is needed; nothing is started yet."""
        self._model = model
        self._runner = runner
        self._max_tokens = max_tokens
        self._seed = seed

    def answer(
        self, problem: str, language: Language, examples: tuple[Example, ...] = ()
    ) -> Generator[str, None, CodeAnswer]:
        """Yield the model's text as it is written; return the program that was tried.

        Examples that the problem itself shows count too.

        Raises:
            ModelError: the model cannot answer.
            SandboxDied: a run ended without a result.
        """
        if language is Language.PYTHON:
            examples = tuple(dict.fromkeys((*examples, *examples_in(problem))))
        else:
            examples = tuple(one for one in examples if not isinstance(one, CallExample))
        messages = (
            ChatMessage(Role.SYSTEM, system_prompt(language)),
            ChatMessage(Role.USER, problem),
        )
        text = yield from self._write(messages, self._seed)
        first = self._try(text, language, examples, is_repaired=False)
        if first.status is not CodeStatus.FAILED:
            return first
        repair = (
            *messages,
            ChatMessage(Role.ASSISTANT, text),
            ChatMessage(Role.USER, f"Running this program failed: {first.reason}\nCorrect it."),
        )
        text = yield from self._write(repair, self._seed + 1)
        second = self._try(text, language, examples, is_repaired=True)
        return second if _rank(second) > _rank(first) else first

    def _write(self, messages: tuple[ChatMessage, ...], seed: int) -> Generator[str, None, str]:
        written = []
        request = GenerationRequest(messages, Sampling(seed=seed), self._max_tokens)
        for event in self._model.stream(request):
            if isinstance(event, GenerationDelta):
                written.append(event.text)
                yield event.text
        return "".join(written)

    def _try(
        self, text: str, language: Language, examples: tuple[Example, ...], *, is_repaired: bool
    ) -> CodeAnswer:
        block = last_code_block(text)
        if block is None:
            return CodeAnswer(
                text, "", language, CodeStatus.NOT_RUN, reason="The answer holds no program.",
                is_repaired=is_repaired,
            )  # fmt: skip
        try:
            return self._run(text, block.source, language, examples, is_repaired=is_repaired)
        except (SandboxRefused, ToolNotFound) as error:
            reason = f"{error} {error.hint}".rstrip()
            return CodeAnswer(
                text, block.source, language, CodeStatus.NOT_RUN, reason=reason,
                is_repaired=is_repaired,
            )  # fmt: skip

    def _run(
        self, text: str, source: str, language: Language, examples: tuple[Example, ...], *,
        is_repaired: bool,
    ) -> CodeAnswer:  # fmt: skip
        if not examples:
            outcome = self._runner.start(RunRequest(language, source)).result()
            status = CodeStatus.RAN if outcome.is_success else CodeStatus.FAILED
            reason = "" if outcome.is_success else first_error(outcome)
            return CodeAnswer(text, source, language, status, (), outcome, reason, is_repaired)
        results = check_examples(self._runner, language, source, examples)
        missed = next((result for result in results if not result.has_passed), None)
        status = CodeStatus.PASSED if missed is None else CodeStatus.FAILED
        reason = "" if missed is None else _complaint(missed)
        return CodeAnswer(text, source, language, status, results, None, reason, is_repaired)


def _complaint(result: ExampleResult) -> str:
    example = result.example
    if isinstance(example, CallExample):
        arguments = example.arguments.removesuffix(",)").removesuffix(")") + ")"
        return f"{example.function}{arguments} should be {example.expected}, but: {result.found}"
    asked = f"for the input {example.stdin!r} it should print {example.expected!r}"
    return f"{asked}, but: {result.found!r}"


def _rank(answer: CodeAnswer) -> tuple[bool, int]:
    passed = sum(result.has_passed for result in answer.results)
    return answer.status in {CodeStatus.PASSED, CodeStatus.RAN}, passed
