"""Sums and products with a sign: their value, or that an infinite one has none."""

import re
from dataclasses import dataclass, replace
from typing import Final

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import Builder, build
from tutor_app.verify.checkers.number import check_number
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import number_text
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.rendering import render
from tutor_app.verify.series import Divergent, converges, open_letters
from tutor_app.verify.syntax import (
    Apply,
    Const,
    Derivative,
    Expr,
    Integral,
    Limit,
    Neg,
    Phrase,
    Product,
    Sum,
    Words,
    contains,
    contains_plus_minus,
    symbols,
)
from tutor_app.verify.task import Evaluate, TopicTask
from tutor_app.verify.text import tidy, without_delimiters
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer

_ASK: Final = (
    r"(?i:(?:please |can you |could you )?(?:find|calculate|compute|evaluate|determine|work out"
    r"|give|what is|simplify))"
)
_OR: Final = r"(?i:,? or (?:state|say|show) that (?:it|the (?:series|sum)) diverges)?"
_EVALUATE: Final = re.compile(
    rf"{_ASK}(?i: the)?(?i: (?:exact )?(?:value of|sum of))?(?i: the)?(?i: following)?"
    r"(?i: (?:infinite )?(?:geometric |arithmetic |telescoping )?(?:series|sum|product))?"
    r"(?i: of)? ?:? "
    rf"(?P<math>.+?){_OR} ?[.?:]*"
)
_CLOSED_FORM: Final = re.compile(
    rf"{_ASK}(?i: an?| the)?(?i: (?:closed[ -]form|formula|closed formula)"
    r"(?: expression)?(?: for| of)(?: the (?:sum|series))?) ?:? (?P<math>.+?) ?[.?:]*"
)
_CONVERGES: Final = re.compile(
    r"(?:(?i:determine|decide|state|test|find out)(?i: whether| if)?(?i: the)?(?i: (?:infinite )?"
    r"(?:series|sum))? (?P<first>.+?) (?i:converges or diverges|is convergent or divergent"
    r"|converges|for convergence)"
    r"|(?i:does)(?i: the)?(?i: (?:infinite )?(?:series|sum))? (?P<second>.+?)"
    r" (?i:converge(?: or diverge)?|diverge)) ?[.?:]*"
)
_CONVERGENT: Final = re.compile(
    r"(?:yes,? ?)?(?:(?:it|the series|the sum|this series) )?(?:converges|is convergent|convergent"
    r"|convergence)"
)
_DIVERGENT: Final = re.compile(
    r"(?:no,? ?)?(?:(?:it|the series|the sum|this series) )?(?:diverges|is divergent|divergent"
    r"|does not converge|divergence)"
)
_NO_VALUE: Final = frozenset({Words(Phrase.DIVERGES), Words(Phrase.DOES_NOT_EXIST)})


@dataclass(frozen=True, slots=True)
class SeriesTask(TopicTask):
    """Compute an expression with sums or products; its ends may be letters."""

    node: Expr
    kind = "series"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"compute {render(self.node)}"

    def check(self, answer: str) -> Verdict:
        """Compare with the exact value, or with its absence."""
        statement = read_answer(_spelled_out(answer))
        missing = self._missing()
        if statement in _NO_VALUE:
            if missing is None:
                build(self.node)  # refused where the value is not known
                return refuted_verdict(Method.EXACT_ARITHMETIC, "the sum has a value")
            evidence = (Evidence(Method.EXACT_ARITHMETIC, missing),)
            return Verdict(Status.VERIFIED, Method.EXACT_ARITHMETIC, evidence)
        if missing is not None:
            infinite = isinstance(statement, Expr) and contains(statement, Const)
            if infinite and _is_infinity(statement):
                return unknown_verdict(Method.AMBIGUOUS, missing)
            return refuted_verdict(Method.EXACT_ARITHMETIC, missing)
        if not symbols(self.node):
            return with_value(check_number(Evaluate(self.node), statement), self.node)
        if not isinstance(statement, Expr) or contains(statement, (Sum, Product)):
            raise Unreadable("I expected a formula without sums")
        finding = compare_expressions(self.node, statement)
        assumed = ("the end of the sum is a whole number",)
        return verdict_of(
            finding,
            reading=render(statement),
            assumptions=assumed if finding.answer is Answer.YES else (),
        )

    def _missing(self) -> str | None:
        """Why the sum has no value; None where it has one or none is known."""
        if not isinstance(self.node, Sum):
            return None
        try:
            build(self.node)
        except Divergent as error:
            return str(error)
        return None


def with_value(verdict: Verdict, node: Expr) -> Verdict:
    """A verdict on a number, with the calculation and its value said first."""
    if verdict.status is Status.UNKNOWN:
        return verdict
    text = f"{render(node)} = {number_text(build(node).expr)}"
    said = Evidence(verdict.method, text)
    return replace(verdict, evidence=(said, *verdict.evidence))


def _is_infinity(statement: object) -> bool:
    return statement in {Const("oo"), Neg(Const("oo"))}


def _spelled_out(answer: str) -> str:
    words = " ".join(without_delimiters(answer).lower().split()).rstrip(".")
    return "diverges" if _DIVERGENT.fullmatch(words) else answer


@dataclass(frozen=True, slots=True)
class ConvergenceTask(TopicTask):
    """Decide whether an infinite sum has a value.

    Attributes:
        node: the sum.
        has_value: the truth.
        reason: one sentence.
    """

    node: Sum
    has_value: bool
    reason: str
    kind = "convergence"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"does {render(self.node)} converge?"

    def check(self, answer: str) -> Verdict:
        """Compare one word."""
        words = " ".join(tidy(without_delimiters(answer)).lower().split())
        said = bool(_CONVERGENT.fullmatch(words))
        if not said and not _DIVERGENT.fullmatch(words):
            raise Unreadable("I expected “converges” or “diverges”")
        if said is not self.has_value:
            return refuted_verdict(Method.EXACT_ARITHMETIC, self.reason)
        evidence = (Evidence(Method.EXACT_ARITHMETIC, self.reason),)
        return Verdict(Status.VERIFIED, Method.EXACT_ARITHMETIC, evidence)


def read_series(text: str) -> TopicTask | None:
    """A sum or product with a sign, or None."""
    if not re.search(r"\\sum|\\prod|∑|∏", text):
        return None
    found = _CONVERGES.fullmatch(text)
    if found:
        return _convergence(parse_expression(found["first"] or found["second"]))
    found = _CLOSED_FORM.fullmatch(text) or _EVALUATE.fullmatch(text)
    if not found:
        return None
    node = parse_expression(found["math"])
    if not contains(node, (Sum, Product)) or contains_plus_minus(node):
        return None
    if contains(node, (Apply, Derivative, Integral, Limit)):
        return None
    return SeriesTask(node) if symbols(node) <= open_letters(node) else None


def _convergence(node: Expr) -> TopicTask | None:
    if not isinstance(node, Sum) or node.upper != Const("oo") or symbols(node):
        return None
    truth = converges(node, Builder())
    return None if truth is None else ConvergenceTask(node, *truth)
