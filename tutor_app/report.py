"""What the command line prints: JSON records of the stable contract, and lines for a person."""

import sys

import msgspec

from tutor_app.core.blocks import BlockClosed, BlockKind, BlockOpened, BlockSplitter
from tutor_app.core.ports import FinishReason, TaskReading
from tutor_app.core.solution import Solution, Source, Step
from tutor_app.core.verdict import (
    ChainVerdict,
    Evidence,
    Method,
    Relation,
    Status,
    StepVerdict,
    Verdict,
)

_NOTHING_TO_CHECK = "This line claims nothing that can be checked."


class VerdictRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict as the contract prints it."""

    status: Status
    method: Method
    evidence: tuple[Evidence, ...]
    assumptions: tuple[str, ...]
    reading: str
    scope: str
    form_status: Status | None
    likely: bool | None


class StepRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A step as the contract prints it; `relation` is null where nothing could be checked."""

    index: int
    text: str
    status: Status
    relation: Relation | None
    reason: str
    evidence: tuple[Evidence, ...] = ()


class ChainRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A checked piece of working as the contract prints it."""

    first_wrong: int | None
    complete: bool
    steps: tuple[StepRecord, ...]


class AttemptRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt as the contract prints it."""

    answer: str
    status: Status
    tokens: int


class ModelRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Which model it was."""

    name: str
    sha256: str


class SolutionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A solution as the contract prints it."""

    problem: str
    answer: str
    verdict: VerdictRecord
    source: Source
    steps: tuple[StepRecord, ...]
    attempts: tuple[AttemptRecord, ...]
    finish_reason: FinishReason
    tokens: int
    prompt_tokens: int
    tokens_per_s: float
    seconds: float
    model: ModelRecord
    seed: int


def verdict_record(verdict: Verdict) -> VerdictRecord:
    """A verdict in the contract's form."""
    return VerdictRecord(
        status=verdict.status,
        method=verdict.method,
        evidence=verdict.evidence,
        assumptions=verdict.assumptions,
        reading=verdict.reading,
        scope=verdict.scope,
        form_status=verdict.form_status,
        likely=verdict.likely,
    )


def _step_record(index: int, text: str, verdict: StepVerdict | None) -> StepRecord:
    if verdict is None:
        return StepRecord(
            index=index, text=text, status=Status.UNKNOWN, relation=None, reason=_NOTHING_TO_CHECK
        )
    return StepRecord(
        index=index,
        text=text,
        status=verdict.status,
        relation=verdict.relation,
        reason=verdict.reason,
        evidence=verdict.evidence,
    )


def chain_record(chain: ChainVerdict, lines: tuple[str, ...]) -> ChainRecord:
    """A checked piece of working in the contract's form."""
    return ChainRecord(
        first_wrong=chain.first_wrong,
        complete=chain.complete,
        steps=tuple(_step_record(step.index, lines[step.index], step) for step in chain.steps),
    )


def solution_record(solution: Solution) -> SolutionRecord:
    """A solution in the contract's form."""
    return SolutionRecord(
        problem=solution.problem,
        answer=solution.answer,
        verdict=verdict_record(solution.verdict),
        source=solution.source,
        steps=tuple(_record_of(step) for step in solution.steps),
        attempts=tuple(
            AttemptRecord(answer=tried.answer, status=tried.status, tokens=tried.tokens)
            for tried in solution.attempts
        ),
        finish_reason=solution.finish_reason,
        tokens=solution.tokens,
        prompt_tokens=solution.prompt_tokens,
        tokens_per_s=round(solution.tokens_per_s, 2),
        seconds=round(solution.seconds, 3),
        model=ModelRecord(name=solution.model.name, sha256=solution.model.sha256),
        seed=solution.seed,
    )


def _record_of(step: Step) -> StepRecord:
    return _step_record(step.index, step.text, step.verdict)


def print_json(record: object) -> None:
    """One JSON object on one line of standard output."""
    print(msgspec.json.encode(record).decode(), flush=True)


def sign(status: Status) -> str:
    """The mark in front of a line."""
    match status:
        case Status.VERIFIED:
            return "✓"
        case Status.REFUTED:
            return "✗"
        case Status.UNKNOWN:
            return "?"


def verdict_sentence(solution: Solution) -> str:
    """The last lines of a solution for a person."""
    verdict = solution.verdict
    answer = solution.answer or "none"
    if verdict.status is Status.VERIFIED and not verdict.is_complete:
        head = f"! Answer: {answer}: the value is right, the form asked for is not shown."
    else:
        head = {
            Status.VERIFIED: f"✓ Answer: {answer}: checked ({verdict.method}; {verdict.scope}).",
            Status.REFUTED: f"✗ Answer: {answer}: this is wrong.",
            Status.UNKNOWN: f"? Answer: {answer}: could not be checked.",
        }[verdict.status]
    reasons = [f"  {evidence.text}" for evidence in verdict.evidence]
    if verdict.reading:
        reasons.append(f"  Read as: {verdict.reading}")
    reasons += [f"  Assumed: {assumption}" for assumption in verdict.assumptions]
    speed = (
        f"  {solution.tokens_per_s:.1f} tok/s · {solution.tokens} tokens · "
        f"{solution.seconds:.1f} s · seed {solution.seed} · {solution.model.name}"
    )
    return "\n".join((head, *reasons, speed))


class LinePrinter:
    """Prints an answer's lines, each with its sign, in order and as soon as it is judged."""

    def __init__(self, *, is_silent: bool) -> None:
        self._is_silent = is_silent
        self._reset()

    def _reset(self) -> None:
        self._splitter = BlockSplitter()
        self._kinds: dict[int, BlockKind] = {}
        self._texts: dict[int, str] = {}
        self._verdicts: dict[int, StepVerdict | None] = {}
        self._next = 0

    def _print(self, text: str) -> None:
        if not self._is_silent:
            print(text, flush=True)

    def read(self, reading: TaskReading) -> None:
        """Say how the problem was understood."""
        understood = reading.read_as if reading.kind else "not recognised, so not checkable"
        self._print(f"Problem read as: {understood}")

    def begin(self, attempt: int) -> None:
        """A new attempt begins."""
        if attempt:
            self._flush(is_complete=True)
            self._print(f"\nThat was not verified. Attempt {attempt + 1}:")
        self._reset()

    def write(self, text: str) -> None:
        """More text has arrived."""
        for change in self._splitter.feed(text):
            if isinstance(change, BlockOpened):
                self._kinds[change.index] = change.kind
            elif isinstance(change, BlockClosed):
                self._texts[change.index] = change.text
        self._flush(is_complete=False)

    def judge(self, index: int, verdict: StepVerdict | None) -> None:
        """The verdict on a block has arrived."""
        self._verdicts[index] = verdict
        self._flush(is_complete=False)

    def end(self) -> None:
        """Print what is left."""
        for change in self._splitter.end():
            if isinstance(change, BlockClosed):
                self._texts[change.index] = change.text
        self._flush(is_complete=True)

    def _flush(self, *, is_complete: bool) -> None:
        while self._next in self._texts:
            is_prose = self._kinds.get(self._next, BlockKind.PROSE) is BlockKind.PROSE
            if is_prose and self._next not in self._verdicts and not is_complete:
                return
            verdict = self._verdicts.get(self._next)
            mark = sign(verdict.status) if verdict is not None else " "
            if is_prose:
                self._print(f"{mark} {self._texts[self._next].strip()}")
            if verdict is not None and verdict.status is Status.REFUTED:
                self._print(f"    {verdict.reason}")
            self._next += 1


def warn(text: str) -> None:
    """A message for the person, never on standard output."""
    print(text, file=sys.stderr)
