"""A calculation said in words: what it comes to, and how an answer compares with it.

The words were translated, so every verdict covers the calculation only.
"""

from abc import abstractmethod
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

import sympy

from tutor_app.core.verdict import CALCULATION_ONLY, Evidence, Method, Status, Verdict
from tutor_app.verify.build import build
from tutor_app.verify.checkers.number import is_rounded
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.form import is_worked_out, lowest_terms
from tutor_app.verify.numerals import number_text
from tutor_app.verify.rendering import render
from tutor_app.verify.syntax import (
    Bin,
    Call,
    Const,
    Degrees,
    Expr,
    Mixed,
    Neg,
    Num,
    Operator,
    Percent,
    adds_percent,
    contains,
    walk,
)
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.reply import Reply, Wanted, read_reply
from tutor_app.verify.topics.request import Request, Rounding, Style
from tutor_app.verify.verdicts import unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer, Finding

_PI_SLACK: Final = sympy.Rational(1, 200)


def exact(value: Fraction | int) -> Expr:
    """A rational number as an expression."""
    value = Fraction(value)
    if value < 0:
        return Neg(exact(-value))
    if value.denominator == 1:
        return Num(value)
    return Bin(Operator.DIV, Num(Fraction(value.numerator)), Num(Fraction(value.denominator)))


@dataclass(frozen=True, slots=True)
class Result:
    """What a calculation comes to.

    Attributes:
        value: the exact number.
        working: sentences to replay it by, such as "10·9·8 / (3·2·1) = 120".
        method: how it was found.
        assumptions: what the words left open.
        other_readings: values under other readings of the words; they are not refuted.
    """

    value: Expr
    working: tuple[str, ...]
    method: Method = Method.EXACT_ARITHMETIC
    assumptions: tuple[str, ...] = ()
    other_readings: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordProblem(TopicTask):
    """One number asked for in words.

    Attributes:
        said: the calculation in plain words.
        wanted: the kind of answer.
        request: the form asked for.
    """

    said: str
    wanted: Wanted
    request: Request

    @property
    def read_as(self) -> str:
        """The task in words."""
        rounding = self.request.rounding
        return self.said if rounding is None else f"{self.said}, to {rounding.text}"

    @abstractmethod
    def result(self) -> Result | None:
        """The exact result; None where two ways to find it disagree or it is too large."""

    def check(self, answer: str) -> Verdict:
        """Check one number against the calculation; the words are not checked.

        Raises:
            Unreadable: the answer is not one number with at most the implied unit.
        """
        result = self.result()
        if result is None:
            return unknown_verdict(Method.UNSUPPORTED, "the calculation is too large to check")
        reply = read_reply(answer, self.wanted)
        return _Check(self, result, reply).verdict()


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation(WordProblem):
    """A word problem whose result is known once it has been read."""

    outcome: Result

    def result(self) -> Result | None:
        """The exact result."""
        return self.outcome


@dataclass(frozen=True, slots=True)
class _Check:
    """One answer beside its problem."""

    problem: WordProblem
    truth: Result
    reply: Reply

    def verdict(self) -> Verdict:
        """Verified or refuted only where the number and its unit leave one reading."""
        refusal = self._refusal()
        if refusal is not None:
            return self._unknown(refusal)
        finding = self._finding()
        if finding.answer is Answer.YES:
            return self._accepted(finding)
        if finding.answer is Answer.NO:
            return self._rejected(finding)
        return self._verdict(finding)

    # -- the comparison -------------------------------------------------------------------

    def _refusal(self) -> str | None:
        value = self.reply.value
        if adds_percent(value):
            return "a percentage added to a number can mean two things"
        if contains(value, Degrees):
            return "a degree sign was not expected"
        wanted = self.problem.wanted
        if contains(value, Percent) and not (wanted.is_probability or wanted.is_percentage):
            return "a percent sign was not expected"
        earlier = self.reply.earlier
        if earlier is not None and (
            adds_percent(earlier) or compare_expressions(earlier, value).answer is not Answer.YES
        ):
            return "the two sides of the answer are not the same number"
        return None

    def _finding(self) -> Finding:
        rounding = self.problem.request.rounding
        if rounding is None:
            return compare_expressions(self.truth.value, self.reply.value)
        rounded = rounded_value(self.truth.value, rounding, self._scale())
        if rounded is None:
            return Finding(Answer.OPEN, Method.UNSUPPORTED, "I could not round the exact value")
        finding = compare_expressions(exact(rounded), self.reply.value)
        if finding.answer is Answer.NO:
            exactly = compare_expressions(self.truth.value, self.reply.value)
            if exactly.answer is not Answer.NO:
                text = f"the value before rounding to {rounding.text}"
                return Finding(Answer.OPEN, Method.AMBIGUOUS, text)
        return finding

    def _scale(self) -> int:
        return 100 if isinstance(_plain(self.reply.value), Percent) else 1

    # -- what follows from it -------------------------------------------------------------

    def _accepted(self, finding: Finding) -> Verdict:
        wanted = self.problem.wanted
        is_percent = contains(self.reply.value, Percent)
        if wanted.is_percentage and not is_percent:
            return self._unknown("a percentage was asked for: the percent sign is missing")
        if not (wanted.unit.is_optional or self.reply.has_unit):
            return self._unknown(f"the number is right; its unit ({wanted.unit.shown}) is missing")
        if not self._is_result(self.reply.value):
            return self._unknown("the result is not worked out yet")
        return self._verdict(finding, self._form_status())

    def _is_result(self, value: Expr) -> bool:
        wanted = self.problem.wanted
        if (wanted.is_count or wanted.is_probability) and any(
            isinstance(part, Call) and part.name in {"factorial", "binomial"}
            for part in walk(value)
        ):
            return True
        return is_worked_out(value)

    def _form_status(self) -> Status | None:
        value = _plain(self.reply.value)
        match self.problem.request.style:
            case None:
                return None
            case Style.LOWEST_TERMS:
                return lowest_terms(self.reply.value)
            case Style.FRACTION:
                is_right = isinstance(value, Bin | Mixed)
            case Style.DECIMAL:
                is_right = isinstance(value, Num)
            case Style.PERCENT:
                is_right = isinstance(value, Percent)
        return Status.VERIFIED if is_right else Status.REFUTED

    def _rejected(self, finding: Finding) -> Verdict:
        value, truth = self.reply.value, self.truth.value
        if is_rounded(value, truth) or self._is_nearest_whole():
            return self._unknown("this is a rounded value; the exact one was not given")
        if contains(truth, Const) and not contains(value, Const) and self._is_near():
            return self._unknown("this may come from a rounded value of pi")
        if self._is_rounding_apart():
            return self._unknown("this may come from rounding on the way")
        if any(self._is(other) for other in self.truth.other_readings):
            return self._unknown("the words can be read so that this is right")
        if not self._has_fitting_unit() and self._is_scaled():
            return self._unknown("this may be right in another unit or with a percent sign")
        return self._verdict(finding)

    def _is(self, other: Expr) -> bool:
        value = self.reply.value
        is_equal = compare_expressions(other, value).answer is not Answer.NO
        return is_equal or is_rounded(value, other)

    def _is_near(self) -> bool:
        truth, value = build(self.truth.value).expr, build(self.reply.value).expr
        return bool(abs(truth - value).evalf(30) <= abs(truth * _PI_SLACK).evalf(30))

    def _is_nearest_whole(self) -> bool:
        """Whether the answer is the exact value rounded to a whole number or percentage."""
        rounded = rounded_value(self.truth.value, Rounding(0), self._scale())
        if rounded is None or rounded == 0:
            return False
        return bool(compare_expressions(exact(rounded), self.reply.value).answer is Answer.YES)

    def _is_rounding_apart(self) -> bool:
        """Whether at most two units of the last place asked for are between the numbers."""
        rounding = self.problem.request.rounding
        if rounding is None:
            return False
        truth, value = build(self.truth.value).expr, build(self.reply.value).expr
        places = _places(sympy.Abs(truth * self._scale()), rounding)
        if places is None:
            return False
        unit = sympy.Rational(5, 2) / sympy.Integer(10) ** places / self._scale()
        return bool(abs(truth - value).evalf(30) <= unit.evalf(30))

    def _has_fitting_unit(self) -> bool:
        wanted = self.problem.wanted
        if wanted.is_percentage or wanted.is_probability:
            return isinstance(_plain(self.reply.value), Percent)
        return wanted.unit.is_optional or self.reply.has_unit

    def _is_scaled(self) -> bool:
        """Whether the number is the right one times a factor that units differ by."""
        truth, value = build(self.truth.value).expr, build(self.reply.value).expr
        if truth == 0 or value == 0:
            return False
        scales = {sympy.Integer(10) ** k for k in (*range(-9, 0), *range(1, 10))}
        scales |= {sympy.Integer(60) ** k for k in (-2, -1, 1, 2)} | {sympy.Integer(-1)}
        if self.problem.wanted.is_probability:
            scales = {sympy.Integer(100)}
            percent = Percent(self.reply.value)
            return value / truth in scales or is_rounded(percent, self.truth.value)
        if self.problem.wanted.unit.shown == "°":
            scales.add(sympy.pi / 180)
        return value / truth in scales

    # -- verdicts -------------------------------------------------------------------------

    def _reading(self) -> str:
        unit = self.problem.wanted.unit.shown if self.reply.has_unit else ""
        return f"{render(self.reply.value)} {unit}".strip()

    def _unknown(self, text: str) -> Verdict:
        verdict = unknown_verdict(Method.AMBIGUOUS, text, self._reading())
        return replace(verdict, scope=CALCULATION_ONLY)

    def _verdict(self, finding: Finding, form_status: Status | None = None) -> Verdict:
        verdict = verdict_of(
            finding,
            reading=self._reading(),
            assumptions=self.truth.assumptions,
            form_status=form_status,
        )
        working = tuple(Evidence(self.truth.method, text) for text in self.truth.working)
        return replace(verdict, evidence=(*working, *verdict.evidence), scope=CALCULATION_ONLY)


def _plain(node: Expr) -> Expr:
    return node.arg if isinstance(node, Neg) else node


def rounded_value(value: Expr, rounding: Rounding, scale: int = 1) -> Fraction | None:
    """A number rounded half up in size; `scale` is 100 where the places are those of a percentage.

    None where the digits cannot be found for certain.
    """
    expr = build(value).expr * scale
    sign = -1 if expr.is_negative else 1
    size = sympy.Abs(expr)
    places = _places(size, rounding)
    if places is None:
        return None
    shifted = size * sympy.Integer(10) ** places + sympy.Rational(1, 2)
    if shifted.is_Rational:
        digits = int(shifted.p) // int(shifted.q)
    else:
        interval = Enclosure().interval(shifted)
        if interval is None or int(interval.a) != int(interval.b):
            return None
        digits = int(interval.a)
    return sign * Fraction(digits) / Fraction(10) ** places / scale


def _places(size: sympy.Expr, rounding: Rounding) -> int | None:
    """Decimal places that `rounding` keeps of a positive number."""
    if not -9 <= rounding.places <= 30:
        return None
    if not rounding.is_significant:
        return rounding.places
    if size == 0 or rounding.places < 1:
        return None
    exponent = 0
    while Enclosure().sign(size - sympy.Integer(10) ** (exponent + 1)) != -1 and exponent < 40:
        exponent += 1
        if size == sympy.Integer(10) ** exponent:
            break
    while Enclosure().sign(size - sympy.Integer(10) ** exponent) == -1 and exponent > -40:
        exponent -= 1
    return rounding.places - 1 - exponent


def shown(value: Expr) -> str:
    """A result in plain text."""
    return number_text(build(value).expr) if contains(value, Const) else render(value)
