"""What the command line prints: the JSON records of the stable contract, signs and messages."""

import sys

import msgspec

from tutor_app.core.ports import FinishReason
from tutor_app.core.solution import Solution, Source, Step
from tutor_app.core.verdict import (
    ChainVerdict,
    ClaimVerdict,
    Evidence,
    Method,
    Relation,
    Status,
    StepVerdict,
    Verdict,
)
from tutor_app.core.working import CheckedLine, CheckedWorking

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
    reading: str = ""
    assumptions: tuple[str, ...] = ()
    slip: str = ""
    follows_through: bool = False


class ChainRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A checked piece of working as the contract prints it."""

    first_wrong: int | None
    complete: bool
    steps: tuple[StepRecord, ...]


class ClaimRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of a text as the contract prints it."""

    text: str
    status: Status
    method: Method
    reason: str
    evidence: tuple[Evidence, ...]


class ClaimsRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The claims of one text as the contract prints them."""

    claims: tuple[ClaimRecord, ...]


class LineRecord(StepRecord, frozen=True, kw_only=True):
    """A step of a learner's own working, with its place in the text as typed."""

    number: int
    is_carried: bool


class WorkingRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A checked working of a learner: a `ChainRecord` and what concerns the whole."""

    first_wrong: int | None
    complete: bool
    steps: tuple[LineRecord, ...]
    summary: str
    problem: str
    reading: str
    answer: VerdictRecord | None


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
        reading=verdict.reading,
        assumptions=verdict.assumptions,
        slip=verdict.slip.sentence if verdict.slip is not None else "",
        follows_through=verdict.follows_through,
    )


def chain_record(chain: ChainVerdict, lines: tuple[str, ...]) -> ChainRecord:
    """A checked piece of working in the contract's form."""
    return ChainRecord(
        first_wrong=chain.first_wrong,
        complete=chain.complete,
        steps=tuple(_step_record(step.index, lines[step.index], step) for step in chain.steps),
    )


def claims_record(claims: tuple[ClaimVerdict, ...]) -> ClaimsRecord:
    """The claims of one text in the contract's form."""
    return ClaimsRecord(
        claims=tuple(
            ClaimRecord(
                text=claim.text,
                status=claim.status,
                method=claim.method,
                reason=claim.reason,
                evidence=claim.evidence,
            )
            for claim in claims
        )
    )


def working_record(working: CheckedWorking) -> WorkingRecord:
    """A checked working of a learner in the contract's form."""
    return WorkingRecord(
        first_wrong=working.first_wrong,
        complete=working.is_complete,
        steps=tuple(_line_record(index, line) for index, line in enumerate(working.lines)),
        summary=working.summary,
        problem=working.problem,
        reading=working.reading,
        answer=verdict_record(working.answer) if working.answer is not None else None,
    )


def _line_record(index: int, line: CheckedLine) -> LineRecord:
    verdict = line.verdict
    return LineRecord(
        index=index,
        text=line.text,
        status=verdict.status,
        relation=verdict.relation,
        reason=verdict.reason,
        evidence=verdict.evidence,
        reading=verdict.reading,
        assumptions=verdict.assumptions,
        follows_through=verdict.follows_through,
        number=line.number,
        is_carried=line.is_carried,
        slip=line.slip,
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


def print_text(text: str) -> None:
    """Lines for a person, on standard output."""
    print(text, flush=True)


def sign(status: Status) -> str:
    """The mark in front of a line."""
    match status:
        case Status.VERIFIED:
            return "✓"
        case Status.REFUTED:
            return "✗"
        case Status.UNKNOWN:
            return "?"


def warn(text: str) -> None:
    """A message for the person, never on standard output."""
    print(text, file=sys.stderr)
