"""Findings to verdicts: the only place where a status is chosen from an equality."""

from typing import Final

from tutor_app.core.verdict import METHODS_ALLOWED, Evidence, Method, Status, Verdict
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.zero import Answer, Finding

_STATUS: Final = {
    Answer.YES: Status.VERIFIED,
    Answer.NO: Status.REFUTED,
    Answer.OPEN: Status.UNKNOWN,
}


def status_of(finding: Finding) -> Status:
    """Verified, refuted or unknown."""
    return _STATUS[finding.answer]


def evidence_of(finding: Finding) -> Evidence:
    """A finding as one line for the reader."""
    return Evidence(finding.method, finding.text, finding.data)


def verdict_of(
    finding: Finding,
    *,
    reading: str = "",
    assumptions: tuple[str, ...] = (),
    form_status: Status | None = None,
) -> Verdict:
    """The verdict that a finding carries."""
    status = status_of(finding)
    assert finding.method in METHODS_ALLOWED[status], finding
    return Verdict(
        status,
        finding.method,
        (evidence_of(finding),),
        assumptions=assumptions,
        reading=reading,
        likely=finding.likely if status is Status.UNKNOWN else None,
        form_status=form_status if status is Status.VERIFIED else None,
    )


def unknown_verdict(method: Method, text: str, reading: str = "") -> Verdict:
    """Not decided, with the reason."""
    return Verdict(Status.UNKNOWN, method, (Evidence(method, text),), reading=reading)


def refuted_verdict(method: Method, text: str, reading: str = "") -> Verdict:
    """Wrong, with the reason."""
    return Verdict(Status.REFUTED, method, (Evidence(method, text),), reading=reading)


def unreadable_verdict(error: Unreadable) -> Verdict:
    """Not decided because the text could not be read in one way."""
    method = Method.AMBIGUOUS if error.is_ambiguous else Method.UNPARSED
    return unknown_verdict(method, f"I could not read this: {error}.")
