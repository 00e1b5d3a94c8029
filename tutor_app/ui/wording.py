"""Verdicts in words: signs, the verdict card, the line of numbers. No Qt."""

import re

from tutor_app.core.code_answer import CodeAnswer
from tutor_app.core.ports import FinishReason
from tutor_app.core.solution import Attempt, Solution, Source
from tutor_app.core.verdict import (
    WHOLE_ANSWER,
    Evidence,
    Method,
    Relation,
    Status,
    StepVerdict,
    Verdict,
)
from tutor_app.ui.operations import AttemptLine, Card, Fact, NoticeKind, Sign, SignState

PENDING_SIGN = Sign(SignState.PENDING, "Being checked")


def state_of(status: Status) -> SignState:
    """The sign of a status."""
    match status:
        case Status.VERIFIED:
            return SignState.VERIFIED
        case Status.REFUTED:
            return SignState.REFUTED
        case Status.UNKNOWN:
            return SignState.UNKNOWN


def status_words(status: Status) -> str:
    """A status in lower-case words."""
    match status:
        case Status.VERIFIED:
            return "verified"
        case Status.REFUTED:
            return "refuted"
        case Status.UNKNOWN:
            return "not decided"


def method_words(method: Method) -> str:  # noqa: C901 - a table that mypy checks to be complete
    """How something was checked, to follow "by"; or why not, for the methods of unknown."""
    match method:
        case Method.EXACT_ARITHMETIC:
            return "exact arithmetic"
        case Method.POLYNOMIAL_IDENTITY:
            return "comparing both sides as polynomials"
        case Method.SUBSTITUTION:
            return "putting the answer back into the problem"
        case Method.DIFFERENTIATE_BACK:
            return "differentiating the answer back"
        case Method.ENUMERATION:
            return "trying every case"
        case Method.SOLUTION_SET:
            return "comparing all solutions"
        case Method.GROEBNER:
            return "a Gröbner basis"
        case Method.SYMBOLIC_SIMPLIFY:
            return "symbolic simplification"
        case Method.CERTIFIED_INTERVAL:
            return "certified interval arithmetic"
        case Method.COUNTEREXAMPLE:
            return "a counterexample"
        case Method.DIMENSION:
            return "comparing the units"
        case Method.FORM:
            return "looking at the form asked for"
        case Method.SAMPLING:
            return "numeric samples only, which prove nothing"
        case Method.TIMEOUT:
            return "the check ran out of time"
        case Method.UNPARSED:
            return "a part could not be read"
        case Method.AMBIGUOUS:
            return "it can be read in more than one way"
        case Method.UNSUPPORTED:
            return "there is no checker for this kind of problem"


def relation_words(relation: Relation) -> str:
    """How a line stands to the one it follows."""
    match relation:
        case Relation.EQUAL:
            return "equal to the line before"
        case Relation.EQUIVALENT:
            return "same solutions as the line before"
        case Relation.IMPLIES:
            return "follows from the line before"
        case Relation.LOSES:
            return "loses solutions"
        case Relation.ADDS:
            return "adds solutions"
        case Relation.UNRELATED:
            return "does not follow from the line before"
        case Relation.CLAIM:
            return "a statement by itself"
        case Relation.GIVEN:
            return "where the working starts"


def _sentences(evidence: tuple[Evidence, ...], shown: str) -> tuple[str, ...]:
    return tuple(one.text for one in evidence if one.text and one.text != shown)


def sign_of(verdict: StepVerdict) -> Sign:
    """The sign of a checked line."""
    is_decided = verdict.status is not Status.UNKNOWN
    words = method_words(verdict.method)
    why = verdict.reason or (relation_words(verdict.relation) if is_decided else words)
    title = f"{status_words(verdict.status).capitalize()}: {why}"
    if is_decided:
        how = f"Checked by {words}."
    else:
        how = f"Not decided because {words}." if verdict.reason else ""
    if verdict.assumptions:
        how += f" Assuming {'; '.join(verdict.assumptions)}."
    return Sign(
        state=state_of(verdict.status),
        label=f"{title} – show why",
        title=title,
        evidence=_sentences(verdict.evidence, verdict.reason),
        how=how.strip(),
        reading=verdict.reading,
    )


def _title(solution: Solution) -> tuple[SignState, str]:
    verdict = solution.verdict
    state = state_of(verdict.status)
    if not solution.answer and verdict.status is Status.UNKNOWN:
        return state, "No answer to check"
    match verdict.status:
        case Status.VERIFIED if verdict.form_status is Status.REFUTED:
            return SignState.UNKNOWN, "Right value, but not in the form asked for"
        case Status.VERIFIED if not verdict.is_complete:
            return SignState.UNKNOWN, "Right value; whether the form is right is not decided"
        case Status.VERIFIED:
            return state, "Verified: the answer is right"
        case Status.REFUTED:
            return state, "Refuted: the answer is wrong"
        case Status.UNKNOWN:
            return state, "Not decided: this answer is unverified"


def _facts(verdict: Verdict) -> tuple[Fact, ...]:
    how = "Checked by" if verdict.status is not Status.UNKNOWN else "Because"
    facts = [Fact(how, method_words(verdict.method))]
    if verdict.reading:
        facts.append(Fact("Read as", verdict.reading))
    if verdict.assumptions:
        facts.append(Fact("Assuming", "; ".join(verdict.assumptions)))
    if verdict.likely is not None:
        words = "agree" if verdict.likely else "disagree"
        facts.append(Fact("Samples", f"numeric samples {words}, which is a hint and no proof"))
    if verdict.form_status is not None:
        words = {
            Status.VERIFIED: "the form asked for",
            Status.REFUTED: "not the form asked for",
            Status.UNKNOWN: "not decided",
        }[verdict.form_status]
        facts.append(Fact("Form", words))
    scope = "the whole answer" if verdict.scope == WHOLE_ANSWER else verdict.scope
    facts.append(Fact("Covers", scope))
    return tuple(facts)


def _attempt_line(number: int, attempt: Attempt) -> AttemptLine:
    words = f"attempt {number}, {status_words(attempt.status)}, {attempt.tokens} tokens"
    return AttemptLine(
        state_of(attempt.status), attempt.answer, words if attempt.answer else f"no answer: {words}"
    )


def card_of(solution: Solution) -> Card:
    """The verdict card of a finished answer."""
    verdict = solution.verdict
    state, title = _title(solution)
    sentence = verdict.evidence[0].text if verdict.evidence else ""
    is_undecided = verdict.status is Status.UNKNOWN
    computed = "Computed exactly by this program, not by the model"
    return Card(
        state=state,
        title=title,
        sentence=sentence,
        answer=solution.answer,
        source=computed if solution.source is Source.COMPUTED else "",
        more="Why it is not decided" if is_undecided else "How this was checked",
        facts=_facts(verdict),
        evidence=_sentences(verdict.evidence[1:], sentence),
        attempts=tuple(
            _attempt_line(number, attempt)
            for number, attempt in enumerate(solution.attempts, start=1)
        ),
    )


_TITLE_WORDS = (
    (re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}"), r"\1/\2"),
    (re.compile(r"\\sqrt\{([^{}]*)\}"), r"√(\1)"),
    (re.compile(r"\\cdot\s*"), "·"),
    (re.compile(r"\\times\s*"), "×"),
    (re.compile(r"\\div\s*"), "÷"),
    (re.compile(r"\\le(?:q)?\b\s*"), "≤"),
    (re.compile(r"\\ge(?:q)?\b\s*"), "≥"),
    (re.compile(r"\\(?:left|right|[(){}\[\],;! ])"), ""),
    (re.compile(r"(?<!\\)\$(?!\d+(?:[.,]\d+)?(?:\s|[.,;?!]|\Z))"), ""),
)


def plain_title(title: str) -> str:
    """A thread's title for the list, where formulas are not typeset."""
    for pattern, words in _TITLE_WORDS:
        title = pattern.sub(words, title)
    return " ".join(title.split())


def speed_words(tokens_per_s: float, tokens: int) -> str:
    """Such as "23.4 tok/s · 812 tokens"."""
    return f"{tokens_per_s:.1f} tok/s · {tokens} tokens"


def footer_words(answer: Solution | CodeAnswer) -> str:
    """Such as "23.4 tok/s · 812 tokens · 35 s · seed 7 · starter"."""
    digits = 1 if answer.seconds < 10 else 0
    return " · ".join(
        (
            speed_words(answer.tokens_per_s, answer.tokens),
            f"{answer.seconds:.{digits}f} s",
            f"seed {answer.seed}",
            answer.model.name,
        )
    )


def ending_words(reason: FinishReason) -> tuple[NoticeKind, str] | None:
    """What to say of an answer that did not end by itself."""
    match reason:
        case FinishReason.DONE:
            return None
        case FinishReason.STOPPED:
            return NoticeKind.STOPPED, "Stopped by you. What was written so far is kept."
        case FinishReason.LENGTH:
            return NoticeKind.LENGTH, "The answer reached its length limit and is incomplete."
        case FinishReason.ERROR:
            return NoticeKind.FAILED, "The model failed before its answer was complete."
