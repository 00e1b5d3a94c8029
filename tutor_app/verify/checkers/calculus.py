"""Checks derivatives, antiderivatives, definite integrals and limits."""

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.build import Built, Condition, Need, build
from tutor_app.verify.comparison import domain_gap
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import expr_text
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.syntax import (
    Apply,
    Bin,
    Chain,
    Comparison,
    Derivative,
    Expr,
    Integral,
    Limit,
    Operator,
    Statement,
    Sym,
    contains,
    contains_plus_minus,
    symbols,
)
from tutor_app.verify.task import Differentiate, Integrate
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer, equality


def check_derivative(task: Differentiate, answer: Statement) -> Verdict:
    """Check a derivative against the one SymPy's differentiation rules give.

    Raises:
        Unreadable: the answer is not one expression.
    """
    reading = render_statement(answer)
    node = _stated(answer, task)
    if contains(node, (Derivative, Apply, Integral, Limit)):
        return unknown_verdict(Method.UNSUPPORTED, "the derivative is not worked out", reading)
    truth = build(Derivative(task.node, task.variable, task.order))
    built = build(node)
    finding = equality(truth, built)
    if finding.answer is not Answer.YES:
        return verdict_of(finding, reading=reading)
    # The derivative inherits the domain of the function: (ln x)' = 1/x holds for x > 0 only.
    wider = Built(built.expr, _merged(truth.conditions, built.conditions), built.is_complex)
    gap = domain_gap(truth, wider)
    if gap is None:
        text = "equal where both are defined, but they are defined for different numbers"
        return unknown_verdict(Method.UNSUPPORTED, text, reading)
    return verdict_of(finding, reading=reading, assumptions=gap)


def _merged(first: tuple[Condition, ...], second: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return (*first, *(condition for condition in second if condition not in first))


def _stated(answer: Statement, task: Differentiate) -> Expr:
    if isinstance(answer, Chain) and answer.comparisons == (Comparison.EQ,):
        head, value = answer.operands
        if value is not None and head is not None and names_derivative(head, task):
            return value
    elif isinstance(answer, Expr) and not contains_plus_minus(answer):
        return answer
    raise Unreadable("I expected one expression")


def names_derivative(head: Expr, task: Differentiate) -> bool:
    """Whether `f'(x)`, `y'`, `dy/dx` or `d/dx(…)` stands for what the problem asks for."""
    variable = Sym(task.variable)
    match head:
        case Apply(name, () | (Sym(_),), primes):
            args_fit = head.args in {(), (variable,)}
            name_fits = name == task.name if task.name else name in {"f", "y"}
            return args_fit and name_fits and primes == task.order
        case Derivative(Sym(name), variable_name, order) if name == (task.name or "y"):
            return variable_name == task.variable and order == task.order
        case Derivative(arg, variable_name, order):
            return arg == task.node and variable_name in {"", task.variable} and order == task.order
        case _:
            return False


def check_integral(task: Integrate, answer: Statement) -> Verdict:
    """Check an antiderivative by differentiating it back.

    Raises:
        Unreadable: the answer is not one expression.
    """
    reading = render_statement(answer)
    if isinstance(answer, Chain) and answer.comparisons == (Comparison.EQ,):
        answer = answer.operands[1] or answer
    if not isinstance(answer, Expr) or contains_plus_minus(answer):
        raise Unreadable("I expected one expression")
    if contains(answer, (Derivative, Apply, Integral, Limit)):
        return unknown_verdict(Method.UNSUPPORTED, "the integral is not worked out", reading)
    body, constant = split_constant(answer, symbols(task.node) | {task.variable})
    integrand = build(task.node)
    back = build(Derivative(body, task.variable))
    finding = equality(integrand, back)
    if finding.answer is Answer.NO:
        text = f"its derivative is {expr_text(back.expr)}"
        return refuted_verdict(finding.method, text, reading)
    if finding.answer is Answer.OPEN:
        return verdict_of(finding, reading=reading)
    needs = [condition for condition in back.conditions if condition.need is not Need.NONZERO]
    if any(condition not in integrand.conditions for condition in needs):
        text = "the antiderivative is not defined everywhere; ln needs |…|"
        return unknown_verdict(Method.UNSUPPORTED, text, reading)
    if not constant:
        return unknown_verdict(
            Method.UNSUPPORTED, "correct up to the constant: + C is missing", reading
        )
    evidence = Evidence(Method.DIFFERENTIATE_BACK, "differentiated, it gives the integrand")
    return Verdict(Status.VERIFIED, Method.DIFFERENTIATE_BACK, (evidence,), reading=reading)


def split_constant(node: Expr, taken: frozenset[str]) -> tuple[Expr, str]:
    """The expression without its constant of integration, and the constant's name."""
    if isinstance(node, Bin) and node.op in {Operator.ADD, Operator.SUB}:
        right = node.right
        if isinstance(right, Sym) and right.name not in taken and right.name[0] in "CcKkA":
            return node.left, right.name
    return node, ""
