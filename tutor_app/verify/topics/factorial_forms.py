"""Simplifying quotients of factorials with a letter: `n!/(n-2)!`."""

import re
from dataclasses import dataclass
from typing import Final

from tutor_app.core.verdict import Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.factorials import has_lettered_factorial
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.rendering import render
from tutor_app.verify.syntax import (
    Apply,
    Derivative,
    Expr,
    Integral,
    Limit,
    Product,
    Sum,
    contains,
    contains_plus_minus,
)
from tutor_app.verify.task import TopicTask
from tutor_app.verify.verdicts import verdict_of
from tutor_app.verify.zero import Answer

_SIMPLIFY: Final = re.compile(
    r"(?i:(?:please )?simplify|reduce)(?i: the (?:expression|fraction|quotient))?(?: completely)?"
    r" ?:? (?P<math>.+?)(?i:,? (?:without|removing|with no) factorials?)? ?[.?:]*"
)


@dataclass(frozen=True, slots=True)
class FactorialTask(TopicTask):
    """Write a quotient of factorials without factorials of the letter."""

    node: Expr
    kind = "factorials"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"simplify {render(self.node)}"

    def check(self, answer: str) -> Verdict:
        """Compare with every factorial written out."""
        statement = read_answer(answer)
        if not isinstance(statement, Expr) or contains_plus_minus(statement):
            raise Unreadable("I expected one expression")
        if has_lettered_factorial(statement):
            raise Unreadable("a factorial is left")
        finding = compare_expressions(self.node, statement)
        assumed = ("for whole numbers for which the factorials exist",)
        return verdict_of(
            finding,
            reading=render(statement),
            assumptions=assumed if finding.answer is Answer.YES else (),
        )


def read_factorials(text: str) -> TopicTask | None:
    """A quotient of factorials to simplify, or None."""
    found = _SIMPLIFY.fullmatch(text)
    if not found:
        return None
    node = parse_expression(found["math"])
    if not has_lettered_factorial(node):
        return None
    if contains(node, (Apply, Derivative, Integral, Limit, Sum, Product)):
        return None
    return None if contains_plus_minus(node) else FactorialTask(node)
