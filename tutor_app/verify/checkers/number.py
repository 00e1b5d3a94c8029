"""Checks answers that are one number: arithmetic, percentages, division with remainder."""

from dataclasses import replace
from fractions import Fraction
from typing import assert_never

from tutor_app.core.verdict import Method, Status, Verdict
from tutor_app.verify.build import build
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.form import is_worked_out, lowest_terms, prime_factors
from tutor_app.verify.number_bases import common_base, read_in_base
from tutor_app.verify.numerals import number_text
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.syntax import (
    Bin,
    Chain,
    Comparison,
    Degrees,
    Expr,
    Mixed,
    Neg,
    Num,
    Operator,
    Percent,
    Remainder,
    Statement,
    contains,
    contains_plus_minus,
    symbols,
)
from tutor_app.verify.task import DivideWithRemainder, Evaluate, FindPercentage, Form
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer, Finding


def check_number(
    task: Evaluate | DivideWithRemainder | FindPercentage, answer: Statement
) -> Verdict:
    """Check one number, or quotient and remainder."""
    match task:
        case Evaluate():
            return _check_value(task, answer)
        case DivideWithRemainder():
            return _check_division(task.dividend, task.divisor, answer)
        case FindPercentage():
            return _check_percentage(task, answer)
        case _:
            assert_never(task)


def _single_value(answer: Statement) -> Expr | None:
    """The number an answer states; the last member of `7 * 8 = 56`."""
    if isinstance(answer, Chain):
        last = answer.operands[-1]
        is_equation = set(answer.comparisons) == {Comparison.EQ}
        if (
            not is_equation
            or last is None
            or any(operand is not None and symbols(operand) for operand in answer.operands)
        ):
            return None
        return last if len(answer.operands) == 2 else None
    return answer if isinstance(answer, Expr) else None


def _check_value(task: Evaluate, answer: Statement) -> Verdict:
    reading = render_statement(answer)
    if isinstance(answer, Remainder):
        if task.accepts_remainder and isinstance(task.node, Bin):
            dividend, divisor = build(task.node.left).expr, build(task.node.right).expr
            return _check_division(int(dividend), int(divisor), answer)
        return unknown_verdict(Method.UNSUPPORTED, "no remainder was asked for", reading)
    value = _single_value(answer)
    if value is None or contains_plus_minus(value):
        return unknown_verdict(Method.AMBIGUOUS, "this is not one number", reading)
    if isinstance(answer, Chain):
        assert answer.operands[0] is not None
        first = compare_expressions(answer.operands[0], task.node)
        if first.answer is not Answer.YES:
            return unknown_verdict(Method.UNSUPPORTED, "the left side is not the problem", reading)
    if symbols(value):
        return unknown_verdict(Method.UNSUPPORTED, "the answer holds a letter or a unit", reading)
    if contains(value, Degrees) and not contains(task.node, Degrees):
        return unknown_verdict(Method.UNSUPPORTED, "a degree sign was not asked for", reading)
    return _compared_value(task, value, reading)


def _compared_value(task: Evaluate, value: Expr, reading: str) -> Verdict:
    base = common_base(task.node)
    in_base = None if base is None else read_in_base(value, base)
    if in_base is not None:
        return _value_in_base(task, value, in_base, reading)
    finding = compare_expressions(task.node, value)
    if finding.answer is Answer.YES and not is_worked_out(value):
        return unknown_verdict(Method.UNSUPPORTED, "the result is not worked out yet", reading)
    if finding.answer is Answer.NO and is_rounded(value, task.node):
        text = "this is a rounded value; the exact one was not given"
        return unknown_verdict(Method.AMBIGUOUS, text, reading)
    form = lowest_terms(value) if task.form is Form.LOWEST_TERMS else None
    is_repeat = value == task.node and not isinstance(value, Num)
    if is_repeat and form is not Status.VERIFIED:
        return unknown_verdict(Method.UNSUPPORTED, "this repeats the problem", reading)
    return verdict_of(finding, reading=reading, form_status=form)


def _value_in_base(task: Evaluate, value: Expr, in_base: Expr, reading: str) -> Verdict:
    """Plain digits as the answer to a calculation with numerals of one base."""
    finding = compare_expressions(task.node, in_base)
    if finding.answer is Answer.YES:
        assumptions = (f"{reading} is written in the base of the problem",)
        return replace(verdict_of(finding, reading=reading), assumptions=assumptions)
    if compare_expressions(task.node, value).answer is Answer.NO:
        return verdict_of(finding, reading=reading)
    text = "it is not said in which base this is written"
    return unknown_verdict(Method.AMBIGUOUS, text, reading)


def check_primes(number: int, answer: Statement) -> Verdict:
    """Check a prime factorisation: the value, and that every factor is prime.

    Raises:
        Unreadable: the answer is not one number.
    """
    reading = render_statement(answer)
    value = _single_value(answer)
    if value is None or symbols(value) or contains_plus_minus(value):
        return unknown_verdict(Method.AMBIGUOUS, "this is not one product", reading)
    finding = compare_expressions(Num(Fraction(number)), value)
    form_status = prime_factors(value)
    return verdict_of(finding, reading=reading, form_status=form_status)


def is_rounded(shown: Expr, exact: Expr) -> bool:
    """Whether a decimal is the exact value rounded to the places shown."""
    plain = shown.arg if isinstance(shown, Neg) else shown
    scale = 1
    if isinstance(plain, Percent):
        plain, scale = plain.arg, 100
    # A percentage may be rounded to a whole one; a whole number is not taken for a rounded one.
    if not (isinstance(plain, Num) and (plain.is_decimal or scale == 100)):
        return False
    denominator = plain.value.denominator
    places = next((k for k in range(int(plain.is_decimal), 400) if 10**k % denominator == 0), None)
    if places is None:
        return False
    gap = abs(build(shown).expr - build(exact).expr) * scale
    return bool((gap * 2 * 10**places - 1).evalf(30) <= 0)


def _check_division(dividend: int, divisor: int, answer: Statement) -> Verdict:
    reading = render_statement(answer)
    quotient, remainder = divmod(dividend, divisor)
    if isinstance(answer, Remainder):
        given = (build(answer.quotient).expr, build(answer.remainder).expr)
        identity = f"{divisor}·{given[0]} + {given[1]}"
        is_right = given == (quotient, remainder)
        value = divisor * given[0] + given[1]
        if is_right:
            text = f"{dividend} = {identity}, and {remainder} is less than {divisor}"
        elif value == dividend:
            text = f"the remainder must lie between 0 and {abs(divisor) - 1}"
        else:
            text = f"{identity} = {value}, not {dividend}"
        answered = Answer.YES if is_right else Answer.NO
        return verdict_of(Finding(answered, Method.EXACT_ARITHMETIC, text), reading=reading)
    value_node = _single_value(answer)
    if isinstance(value_node, Num | Mixed) and remainder == 0:
        is_right = build(value_node).expr == quotient
        text = f"{divisor}·{quotient} = {dividend}"
        answered = Answer.YES if is_right else Answer.NO
        return verdict_of(Finding(answered, Method.EXACT_ARITHMETIC, text), reading=reading)
    return unknown_verdict(Method.UNSUPPORTED, "I expected a quotient and a remainder", reading)


def _check_percentage(task: FindPercentage, answer: Statement) -> Verdict:
    reading = render_statement(answer)
    value = _single_value(answer) if not isinstance(answer, Chain) else None
    if value is None or symbols(value) or contains_plus_minus(value):
        return unknown_verdict(Method.AMBIGUOUS, "this is not one percentage", reading)
    whole = build(task.whole).expr
    if whole == 0:
        return unknown_verdict(Method.UNSUPPORTED, "a percentage of zero has no meaning", reading)
    share = build(task.part).expr / whole
    given = build(value).expr
    plain = value.arg if isinstance(value, Neg) else value
    if not isinstance(plain, Percent):
        if given == 100 * share:
            return unknown_verdict(Method.AMBIGUOUS, "the percent sign is missing", reading)
        if given != share:
            text = f"{number_text(100 * share)}% is right"
            return refuted_verdict(Method.EXACT_ARITHMETIC, text, reading)
        return unknown_verdict(Method.AMBIGUOUS, "a percentage was asked for", reading)
    is_right = given == share
    text = f"{number_text(share)} = {number_text(100 * share)}%"
    if not is_right and is_rounded(plain, Bin(Operator.DIV, task.part, task.whole)):
        return unknown_verdict(Method.AMBIGUOUS, "this is a rounded percentage", reading)
    answered = Answer.YES if is_right else Answer.NO
    return verdict_of(
        Finding(answered, Method.EXACT_ARITHMETIC, text),
        reading=reading,
    )
