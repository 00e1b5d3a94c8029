"""Claims of the form `47 : 6 = 7 remainder 5`."""

from tutor_app.core.verdict import Evidence, Method, Relation, Status
from tutor_app.verify.answer import read_answer
from tutor_app.verify.decision import Decision
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.syntax import Bin, Num, Operator, Remainder


def decide_remainder(left: str, right: str) -> Decision | None:
    """Whether a division with remainder is right; None if the texts are not one."""
    try:
        division, result = parse_expression(left), read_answer(right)
    except Unreadable:
        return None
    if not (isinstance(result, Remainder) and isinstance(division, Bin)):
        return None
    sides = (division.left, division.right)
    if division.op is not Operator.DIV or not all(isinstance(side, Num) for side in sides):
        return None
    if not (isinstance(result.quotient, Num) and isinstance(result.remainder, Num)):
        return None
    dividend, divisor = (side.value for side in sides if isinstance(side, Num))
    quotient, remainder = result.quotient.value, result.remainder.value
    is_right = dividend == divisor * quotient + remainder and 0 <= remainder < divisor
    value = divisor * quotient + remainder
    text = f"{divisor}·{quotient} + {remainder} = {value}"
    status = Status.VERIFIED if is_right else Status.REFUTED
    evidence = (Evidence(Method.EXACT_ARITHMETIC, text),)
    return Decision(status, Method.EXACT_ARITHMETIC, Relation.EQUAL, text, evidence)
