"""Ratios to be simplified: `Write the ratio 12:18 in its simplest form`."""

import math
import re
from dataclasses import dataclass, replace
from typing import Final

from tutor_app.core.verdict import Method, Status, Verdict
from tutor_app.verify.build import build
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.ratio import proportion, terms_of
from tutor_app.verify.syntax import Expr
from tutor_app.verify.task import TopicTask
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer

_REQUEST: Final = re.compile(
    r"(?i)(?:please\s+)?(?:simplify|reduce|write|express|give)\s+(?:the\s+)?(?:following\s+)?"
    r"(?:ratio\s*:?\s+)?(?P<ratio>[^A-Za-z]*\d[^A-Za-z]*?"
    r"(?:(?:mm|cm|m|km|g|kg|ml|mL|l|L|min|s|h)\b[^A-Za-z]*)*)"
    r"(?P<form>\s*(?:as\s+a\s+ratio\s+)?(?:in|to)\s+(?:its\s+)?(?:the\s+)?(?:simplest|lowest)"
    r"\s+(?:form|terms?)(?:\s+possible)?)?\s*[.]?"
)


@dataclass(frozen=True, slots=True)
class SimplifyRatio(TopicTask):
    """A ratio in its simplest whole numbers.

    Attributes:
        source: the ratio as written.
        terms: its terms.
    """

    source: str
    terms: tuple[Expr, ...]
    kind = "ratio"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"simplify the ratio {self.source}"

    def check(self, answer: str) -> Verdict:
        """Check a ratio: the proportion, and whether it is in its simplest form.

        Raises:
            Unreadable: the answer is not one ratio.
        """
        theirs = terms_of(answer)
        if theirs is None:
            return unknown_verdict(Method.UNSUPPORTED, "I expected a ratio", answer)
        if len(theirs) != len(self.terms):
            return refuted_verdict(Method.ENUMERATION, "another number of terms", answer)
        finding = proportion(self.terms, theirs)
        verdict = verdict_of(finding, reading=answer)
        if finding.answer is not Answer.YES:
            return verdict
        status = Status.VERIFIED if _is_simplest(theirs) else Status.REFUTED
        return replace(verdict, form_status=status)


def _is_simplest(terms: tuple[Expr, ...]) -> bool:
    values = [build(term).expr for term in terms]
    return all(value.is_Integer for value in values) and math.gcd(*map(int, values)) == 1


def read_ratio(text: str) -> TopicTask | None:
    """A ratio to simplify, or None.

    Raises:
        Unreadable: the ratio cannot be read.
    """
    found = _REQUEST.fullmatch(text.strip())
    if found is None or ("ratio" not in text.lower()):
        return None
    is_simplified = re.match(r"(?i)(?:please\s+)?(?:simplify|reduce)", text.strip()) is not None
    source = found["ratio"].strip(" .")
    if not (found["form"] or is_simplified):
        return None
    terms = terms_of(source)
    if terms is None:
        raise Unreadable("this is not a ratio")
    return SimplifyRatio(source, terms)
