"""Checks another form of an expression: an identity, and the form that was asked for."""

from typing import Final

from tutor_app.core.verdict import Method, Status, Verdict
from tutor_app.verify import form
from tutor_app.verify.build import build
from tutor_app.verify.comparison import compare_expressions, domain_gap
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.syntax import Chain, Comparison, Expr, Statement
from tutor_app.verify.task import Form, Rewrite
from tutor_app.verify.verdicts import unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer

_PREDICATES: Final = {
    Form.SIMPLIFIED: form.simplified,
    Form.EXPANDED: form.expanded,
    Form.FACTORED: form.factored,
    Form.LOWEST_TERMS: form.lowest_terms,
}


def check_rewriting(task: Rewrite, answer: Statement) -> Verdict:
    """Check a simplified, expanded or factored expression.

    Raises:
        Unreadable: the answer is not one expression.
    """
    reading = render_statement(answer)
    node = _expression(task, answer)
    finding = compare_expressions(task.node, node)
    if finding.answer is not Answer.YES:
        return verdict_of(finding, reading=reading)
    form_status = _PREDICATES[task.goal](node)
    if node == task.node and form_status is not Status.VERIFIED:
        return unknown_verdict(Method.UNSUPPORTED, "this repeats the problem", reading)
    gap = domain_gap(build(task.node), build(node))
    if gap is None:
        text = "equal where both are defined, but they are defined for different numbers"
        return unknown_verdict(Method.UNSUPPORTED, text, reading)
    return verdict_of(finding, reading=reading, assumptions=gap, form_status=form_status)


def _expression(task: Rewrite, answer: Statement) -> Expr:
    if isinstance(answer, Chain):
        first, last = answer.operands[0], answer.operands[-1]
        is_repeat = first == task.node and answer.comparisons == (Comparison.EQ,)
        if is_repeat and last is not None:
            return last
    elif isinstance(answer, Expr):
        return answer
    raise Unreadable("I expected one expression")
