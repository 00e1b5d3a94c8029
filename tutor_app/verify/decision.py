"""What is known of one claim or one line, before it becomes a verdict."""

from dataclasses import dataclass

from tutor_app.core.verdict import Evidence, Method, Relation, SlipGuess, Status
from tutor_app.verify.verdicts import status_of
from tutor_app.verify.zero import Finding


@dataclass(frozen=True, slots=True)
class Decision:
    """What is known of one claim.

    Attributes:
        status: right, wrong or not decided.
        method: how it was decided.
        relation: how it stands to the problem.
        reason: one sentence.
        evidence: reasons to replay.
        is_partial: it states some solutions of several, which words around it may make false.
        slip: what may have gone wrong; only where refuted.
        is_independent: it says nothing about the line before, as arithmetic does.
        source: index of the line it was compared with, -1 for the problem; None for the line above.
    """

    status: Status
    method: Method
    relation: Relation
    reason: str
    evidence: tuple[Evidence, ...] = ()
    is_partial: bool = False
    slip: SlipGuess | None = None
    is_independent: bool = False
    source: int | None = None


def undecided(reason: str, method: Method = Method.UNSUPPORTED) -> Decision:
    """Not decided, with the reason."""
    return Decision(Status.UNKNOWN, method, Relation.CLAIM, reason)


def decision_of(finding: Finding, relation: Relation, reason: str = "") -> Decision:
    """The decision that an equality test carries."""
    evidence = (Evidence(finding.method, finding.text, finding.data),)
    return Decision(status_of(finding), finding.method, relation, reason or finding.text, evidence)
