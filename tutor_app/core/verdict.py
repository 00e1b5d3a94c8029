"""What the verifier may say, and by which method it may say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Status(StrEnum):
    """Three values, never two: not decided is not wrong."""

    VERIFIED = "verified"
    REFUTED = "refuted"
    UNKNOWN = "unknown"


class Method(StrEnum):
    """How a status was reached."""

    EXACT_ARITHMETIC = "exact-arithmetic"
    POLYNOMIAL_IDENTITY = "polynomial-identity"
    SUBSTITUTION = "substitution"
    DIFFERENTIATE_BACK = "differentiate-back"
    ENUMERATION = "enumeration"
    SOLUTION_SET = "solution-set"
    GROEBNER = "groebner"
    SYMBOLIC_SIMPLIFY = "symbolic-simplify"
    CERTIFIED_INTERVAL = "certified-interval"
    COUNTEREXAMPLE = "counterexample"
    DIMENSION = "dimension"
    FORM = "form"
    SAMPLING = "sampling"
    TIMEOUT = "timeout"
    UNPARSED = "unparsed"
    AMBIGUOUS = "ambiguous"
    UNSUPPORTED = "unsupported"


_EXACT = frozenset(
    {
        Method.EXACT_ARITHMETIC,
        Method.POLYNOMIAL_IDENTITY,
        Method.SUBSTITUTION,
        Method.DIFFERENTIATE_BACK,
        Method.ENUMERATION,
        Method.SOLUTION_SET,
        Method.GROEBNER,
    }
)

METHODS_ALLOWED: Mapping[Status, frozenset[Method]] = MappingProxyType(
    {
        Status.VERIFIED: _EXACT | {Method.SYMBOLIC_SIMPLIFY},
        Status.REFUTED: _EXACT
        | {Method.CERTIFIED_INTERVAL, Method.COUNTEREXAMPLE, Method.DIMENSION, Method.FORM},
        Status.UNKNOWN: frozenset(
            {
                Method.SAMPLING,
                Method.TIMEOUT,
                Method.UNPARSED,
                Method.AMBIGUOUS,
                Method.UNSUPPORTED,
            }
        ),
    }
)
"""Which method may carry which status; `Verdict` refuses any other pair."""


class Relation(StrEnum):
    """How a line stands to the one it follows."""

    EQUAL = "equal"
    EQUIVALENT = "equivalent"
    IMPLIES = "implies"
    LOSES = "loses"
    ADDS = "adds"
    UNRELATED = "unrelated"
    CLAIM = "claim"
    GIVEN = "given"
    """What the others start from: nothing is there to check it against, so it gets no tick."""


WHOLE_ANSWER = "whole answer"
CALCULATION_ONLY = "calculation only; the translation of the words was made by the model"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a status that a reader can replay.

    Attributes:
        method: how it was found.
        text: one sentence for the screen, such as "x = 2: left 25, right 13".
        data: the numbers behind the sentence, as text, such as {"x": "2", "left": "25"}.
    """

    method: Method
    text: str
    data: Mapping[str, str] = field(default_factory=dict)


def _require_allowed(status: Status, method: Method) -> None:
    if method not in METHODS_ALLOWED[status]:
        raise ValueError(f"{method} may not carry {status}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known about one answer.

    Attributes:
        status: whether the value is right.
        method: the method that decided; must be allowed for the status.
        evidence: reasons, the deciding one first.
        assumptions: such as "x > 0" or "log is base 10".
        reading: how the text was understood, for the reader to confirm.
        scope: what the status covers.
        likely: only with unknown: sampling agreed (True) or disagreed (False).
        form_status: whether the answer has the form asked for (lowest terms, factored),
            or None where no form was asked.
    """

    status: Status
    method: Method
    evidence: tuple[Evidence, ...] = ()
    assumptions: tuple[str, ...] = ()
    reading: str = ""
    scope: str = WHOLE_ANSWER
    likely: bool | None = None
    form_status: Status | None = None

    def __post_init__(self) -> None:
        _require_allowed(self.status, self.method)

    @property
    def is_complete(self) -> bool:
        """Whether value and form are both right: only then may a plain tick be shown."""
        return self.status is Status.VERIFIED and self.form_status in {None, Status.VERIFIED}


@dataclass(frozen=True, slots=True)
class SlipGuess:
    """What may have gone wrong in a line that is refuted; never a reason for the verdict.

    Attributes:
        name: a fixed name of the slip, such as "power-of-sum".
        sentence: the guess for the screen, such as "perhaps the negative root was forgotten".
    """

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class StepVerdict:
    """What is known about one line of working.

    Attributes:
        index: the line's index, as given by whoever asked.
        status: whether the line is right.
        method: the method that decided.
        relation: how the line stands to the problem or the line before.
        reason: one sentence for the screen.
        evidence: reasons, the deciding one first.
        reading: how the line was understood.
        assumptions: such as "x ≠ 1".
        slip: what may have gone wrong; only where refuted.
        follows_through: right when seen from the line above, which is wrong itself or
            follows from a wrong one; such a line gets no plain tick.
    """

    index: int
    status: Status
    method: Method
    relation: Relation
    reason: str
    evidence: tuple[Evidence, ...] = ()
    reading: str = ""
    assumptions: tuple[str, ...] = ()
    slip: SlipGuess | None = None
    follows_through: bool = False

    def __post_init__(self) -> None:
        _require_allowed(self.status, self.method)
        if self.slip is not None and self.status is not Status.REFUTED:
            raise ValueError("only a refuted line has a slip")

    @property
    def is_open(self) -> bool:
        """Whether the line should have been decided and was not."""
        return self.status is Status.UNKNOWN and self.relation is not Relation.GIVEN


@dataclass(frozen=True, slots=True)
class ChainVerdict:
    """What is known about a whole piece of working.

    Attributes:
        steps: one verdict a line, in order.
        first_wrong: index of the first wrong line, or None.
        complete: False if any line is unknown.
    """

    steps: tuple[StepVerdict, ...]
    first_wrong: int | None
    complete: bool


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """What is known about one claim of a text, taken by itself.

    Attributes:
        text: the claim.
        status: whether it holds.
        method: the method that decided; must be allowed for the status.
        reason: one sentence for the screen.
        evidence: reasons, the deciding one first.
    """

    text: str
    status: Status
    method: Method
    reason: str
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        _require_allowed(self.status, self.method)


def unknown(method: Method, text: str) -> Verdict:
    """An honest question mark with its one-sentence reason."""
    return Verdict(Status.UNKNOWN, method, (Evidence(method, text),))
