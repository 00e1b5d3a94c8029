"""Slips with logarithms and other functions."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from tutor_app.verify.slips.shape import (
    Term,
    added,
    divided,
    factors_of,
    is_sum,
    multiplied,
    power,
    product_of,
    subtracted,
    sum_of,
    terms_of,
)
from tutor_app.verify.slips.slip import ExpressionSlip, Slip, SlipName, Weight
from tutor_app.verify.syntax import Bin, Call, Expr, Num, Operator

_LOGS: Final = frozenset({"ln", "log"})
_LINEAR_LOOKALIKES: Final = frozenset(
    {"sin", "cos", "tan", "sec", "csc", "cot", "exp", "abs", "arcsin", "arccos", "arctan"}
)


def _log(node: Expr) -> Call | None:
    return node if isinstance(node, Call) and node.name in _LOGS else None


def _of(call: Call, arg: Expr) -> Call:
    return Call(call.name, (arg, *call.args[1:]))


def _log_of_sum(node: Expr) -> Iterator[Expr]:
    call = _log(node)
    if call is not None and is_sum(call.args[0]):
        yield sum_of(Term(t.is_negative, _of(call, t.node)) for t in terms_of(call.args[0]))
        parts = [_of(call, term.node) for term in terms_of(call.args[0])]
        yield product_of(parts)


def _log_of_product(node: Expr) -> Iterator[Expr]:
    call = _log(node)
    if call is None:
        return
    match call.args[0]:
        case Bin(Operator.MUL, _, _) as inner:
            yield product_of(_of(call, factor) for factor in factors_of(inner))
        case Bin(Operator.DIV, top, bottom):
            yield divided(_of(call, top), _of(call, bottom))


def _log_quotient(node: Expr) -> Iterator[Expr]:
    match node:
        case Bin(Operator.DIV, Call() as top, Call() as bottom) if _log(top) and _log(bottom):
            yield subtracted(top, bottom)
            yield _of(top, divided(top.args[0], bottom.args[0]))
            yield _of(top, subtracted(top.args[0], bottom.args[0]))
        case Bin(Operator.MUL, Call() as left, Call() as right) if _log(left) and _log(right):
            yield added(left, right)
            yield _of(left, multiplied(left.args[0], right.args[0]))


def _log_power(node: Expr) -> Iterator[Expr]:
    match node:
        case Call(name, (Bin(Operator.POW, base, exponent), *_)) if name in _LOGS:
            yield power(_of(node, base), exponent)
        case Bin(Operator.POW, Call(name, (arg, *_)) as call, exponent) if name in _LOGS:
            yield multiplied(exponent, _of(call, arg))


def _logs_merged(node: Expr) -> Iterator[Expr]:
    """`log a + log b` as `log(a + b)`."""
    if not is_sum(node):
        return
    terms = terms_of(node)
    for i, j in combinations(range(len(terms)), 2):
        first, second = _log(terms[i].node), _log(terms[j].node)
        if first is None or second is None or first.args[1:] != second.args[1:]:
            continue
        inner = sum_of(
            [Term(terms[k].is_negative, call.args[0]) for k, call in ((i, first), (j, second))]
        )
        rest = [term for k, term in enumerate(terms) if k not in {i, j}]
        yield sum_of([Term(is_negative=False, node=_of(first, inner)), *rest])


def _function_of_sum(node: Expr) -> Iterator[Expr]:
    match node:
        case Call(name, (arg,)) if name in _LINEAR_LOOKALIKES and is_sum(arg):
            yield sum_of(Term(t.is_negative, Call(name, (t.node,))) for t in terms_of(arg))
        case Bin(Operator.POW, base, exponent) if is_sum(exponent):
            yield sum_of(Term(t.is_negative, power(base, t.node)) for t in terms_of(exponent))


def _factor_out_of_function(node: Expr) -> Iterator[Expr]:
    match node:
        case Call(name, (Bin(Operator.MUL, Num() as factor, rest), *more)) if (
            name in _LINEAR_LOOKALIKES | _LOGS | {"sqrt"}
        ):
            yield multiplied(factor, Call(name, (rest, *more)))
        case Bin(Operator.DIV, Call(name, (top,)), Call(other, (bottom,))) if (
            name == other and name in _LINEAR_LOOKALIKES | _LOGS
        ):
            yield divided(top, bottom)


FUNCTION_SLIPS: Final = (
    ExpressionSlip(
        Slip(
            SlipName.LOG_OF_SUM,
            "perhaps the logarithm was taken of each term; the logarithm of a sum does not split",
            ("ln(x + 5)", "= ln(x) + ln(5)"),
            Weight.SPECIFIC,
        ),
        _log_of_sum,
    ),
    ExpressionSlip(
        Slip(
            SlipName.LOG_OF_PRODUCT,
            "perhaps the logarithm of a product was taken as a product of logarithms",
            ("ln(3x)", "= ln(3) * ln(x)"),
            Weight.SPECIFIC,
        ),
        _log_of_product,
    ),
    ExpressionSlip(
        Slip(
            SlipName.LOG_QUOTIENT,
            "perhaps a quotient or product of logarithms was taken as the logarithm of one",
            ("ln(12)/ln(4)", "= ln(3)"),
            Weight.SPECIFIC,
        ),
        _log_quotient,
    ),
    ExpressionSlip(
        Slip(
            SlipName.LOG_POWER,
            "perhaps it was mixed up whether the power is inside the logarithm",
            ("ln(x^3)", "= (ln(x))^3"),
            Weight.SPECIFIC,
        ),
        _log_power,
    ),
    ExpressionSlip(
        Slip(
            SlipName.LOGS_MERGED,
            "perhaps the insides of the logarithms were added; a sum of logarithms multiplies them",
            ("ln(x) + ln(5)", "= ln(x + 5)"),
            Weight.SPECIFIC,
        ),
        _logs_merged,
    ),
    ExpressionSlip(
        Slip(
            SlipName.FUNCTION_OF_SUM,
            "perhaps the function was applied to each term by itself",
            ("sin(x + y)", "= sin(x) + sin(y)"),
            Weight.SPECIFIC,
        ),
        _function_of_sum,
    ),
    ExpressionSlip(
        Slip(
            SlipName.FACTOR_OUT_OF_FUNCTION,
            "perhaps a factor was pulled out of the function",
            ("sin(3x)", "= 3 sin(x)"),
            Weight.SPECIFIC,
        ),
        _factor_out_of_function,
    ),
)
"""All slips with logarithms and other functions."""
