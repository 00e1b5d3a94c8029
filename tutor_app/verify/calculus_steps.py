"""Steps with definite integrals and limits: both sides are worked out and compared."""

from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Method
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.checkers.integral import Diverges, integral_value, is_continuous_between
from tutor_app.verify.checkers.limit import limit_value
from tutor_app.verify.rounding import is_rounding
from tutor_app.verify.syntax import (
    Apply,
    Derivative,
    Evaluated,
    Expr,
    Integral,
    Limit,
    Sym,
    contains,
    contains_plus_minus,
    map_children,
    symbols,
    walk,
)
from tutor_app.verify.task import Integrate
from tutor_app.verify.zero import Answer, Finding, equality

_OPERATORS: Final = (Integral, Limit, Evaluated)


def compare_calculus(left: Expr, right: Expr) -> Finding | None:
    """Whether two expressions with limits or definite integrals have one value; None for others.

    Raises:
        Unreadable: a part cannot be built.
    """
    sides = (left, right)
    if not any(contains(side, _OPERATORS) for side in sides) or any(
        _is_indefinite(side) for side in sides
    ):
        return None
    if any(contains(side, (Apply, Derivative)) or contains_plus_minus(side) for side in sides):
        return Finding(Answer.OPEN, Method.UNSUPPORTED, "I cannot check this kind of step yet")
    direct = _antiderivative_step(left, right) or _same_limit(left, right)
    if direct is not None:
        return direct
    return _compare_values(left, right)


def is_settled(left: Expr, right: Expr) -> bool:
    """Whether no letter and no integral is left, so that two numbers stand there."""
    return not (symbols(left) | symbols(right)) and not (
        contains(left, _OPERATORS) or contains(right, _OPERATORS)
    )


def _is_indefinite(side: Expr) -> bool:
    return any(isinstance(part, Integral) and part.lower is None for part in walk(side))


# -- integrals ----------------------------------------------------------------------------


def _antiderivative_step(left: Expr, right: Expr) -> Finding | None:
    """An integral followed by `[F]_a^b` with the same bounds: F is differentiated back."""
    if not (isinstance(left, Integral) and isinstance(right, Evaluated)):
        return None
    if left.lower is None or left.upper is None:
        return None
    if (left.lower, left.upper, left.variable) != (right.lower, right.upper, right.variable):
        return None
    integrand = build(left.arg)
    back = build(Derivative(right.arg, right.variable))
    finding = equality(integrand, back)
    if finding.answer is Answer.NO:
        # Another expression may happen to change by the same amount; it is no antiderivative.
        value = _compare_values(left, right)
        if value.answer is Answer.NO:
            return Finding(Answer.NO, value.method, f"the derivative differs: {finding.text}")
        return Finding(Answer.OPEN, Method.UNSUPPORTED, "this is not an antiderivative")
    if finding.answer is Answer.OPEN:
        return None
    is_smooth = all(
        is_continuous_between(part, left.variable, left.lower, left.upper)
        for part in (left.arg, right.arg)
    )
    if not is_smooth:
        return None
    text = "differentiated, it gives the integrand, and neither has a gap between the bounds"
    return Finding(Answer.YES, Method.DIFFERENTIATE_BACK, text)


def _compare_values(left: Expr, right: Expr) -> Finding:
    try:
        first, second = _value(left), _value(right)
    except Diverges as error:
        text = f"the integral has no value: {error}"
        if is_settled(right, right) or contains(right, Evaluated):
            return Finding(Answer.NO, Method.SOLUTION_SET, text)
        return Finding(Answer.OPEN, Method.UNSUPPORTED, text)
    if first is None or second is None:
        return Finding(Answer.OPEN, Method.UNSUPPORTED, "I could not work out both sides")
    finding = equality(first[0], second[0])
    if finding.answer is Answer.NO and (
        is_rounding(right, first[0].expr) or is_rounding(left, second[0].expr)
    ):
        return Finding(Answer.OPEN, Method.AMBIGUOUS, "this is rounded, not exactly equal")
    if finding.answer is Answer.NO and not (first[1] and second[1]):
        text = "the limit seems to be another number; not proved"
        return Finding(Answer.OPEN, Method.SAMPLING, text, likely=False)
    return finding


def _value(side: Expr) -> tuple[Built, bool] | None:
    """The side with every operator worked out, and whether that is proved; None if it failed."""
    values: dict[sympy.Symbol, SymExpr] = {}
    is_proved = True

    def work_out(node: Expr) -> Expr:
        nonlocal is_proved
        value: SymExpr | None
        match node:
            case Integral(arg, letter, lower, upper):
                value = integral_value(Integrate(arg, letter, lower, upper))
            case Limit():
                known = limit_value(node)
                value = None if known is None else known[0]
                is_proved &= known is not None and known[1]
            case _:
                return map_children(node, work_out)
        name = f"V_{len(values)}"
        values[symbol(name)] = sympy.nan if value is None else value
        return Sym(name)

    built = build(work_out(side))
    if any(value is sympy.nan for value in values.values()):
        return None
    if set(built.expr.free_symbols) - set(values):
        return None
    expr = built.expr.xreplace(values)
    return (Built(expr, (), built.is_complex), is_proved) if expr.is_finite else None


# -- limits -------------------------------------------------------------------------------


def _same_limit(left: Expr, right: Expr) -> Finding | None:
    """Two limits at one place of expressions that are equal around it."""
    match left, right:
        case Limit(first, letter, point, side), Limit(second, other, place, way):
            if (letter, point, side) != (other, place, way):
                return None
        case _:
            return None
    finding = equality(build(first), build(second))
    if finding.answer is not Answer.YES:
        return None  # two expressions may differ and have one limit
    return Finding(finding.answer, finding.method, "the limit of the same expression")
