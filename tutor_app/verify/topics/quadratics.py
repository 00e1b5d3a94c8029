"""Quadratics: completed squares, vertices, discriminants; and division of polynomials."""

import re
from dataclasses import dataclass
from typing import Final

import sympy

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import expr_text
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.reading import as_equation, expression_of, function_of
from tutor_app.verify.rendering import render
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import Bin, Chain, Comparison, Expr, Neg, Num, Operator, Sym, symbols
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.results import (
    judge_expression,
    judge_number,
    last_value,
    without_noun,
)
from tutor_app.verify.topics.sentence import FIND, formula, plain, readings
from tutor_app.verify.topics.straight_lines import FindPoint
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict
from tutor_app.verify.zero import Answer, equality

_SQUARES: Final = (
    "complete the square (for|of|on|in) [the] [quadratic] [expression] <f>",
    "(write|express|rewrite|put) [the quadratic] <f> in (vertex form|completed square form"
    "|the completed square form|complete square form)",
    "(write|express|rewrite|put) <f> in the form <form>",
    "complete the square , <f>",
)
_FORM: Final = re.compile(r"a?\(\s*x\s*(?:[+-]|\\pm)\s*[a-z]\s*\)\s*\^\s*\{?2\}?\s*[+-]\s*[a-z]")
_VERTICES: Final = (
    f"{FIND} [the coordinates of] the vertex of [the] [parabola|graph|graph of|quadratic"
    "|quadratic function|function] <f>",
)
_DISCRIMINANTS: Final = (
    f"{FIND} the discriminant of [the] [quadratic] [equation|expression|polynomial] <f>",
)
_AXES: Final = (
    f"{FIND} [the equation of] the axis of symmetry of [the] [parabola|graph|graph of] <f>",
)
_DIVISIONS: Final = (
    f"{FIND} the quotient and [the] remainder when <f> is divided by <g>",
    "divide <f> by <g> (and|, and|,) (state|give|find) the quotient and [the] remainder",
)
_REMAINDERS: Final = (
    f"{FIND} the remainder when [the] [polynomial] <f> is divided by <g>",
    "what is the remainder when [the] [polynomial] <f> is divided by <g>",
)
_LONG_DIVISIONS: Final = ("divide <f> by <g> [using long division]",)
_QUOTIENTS: Final = (f"{FIND} the quotient when [the] [polynomial] <f> is divided by <g>",)
_NAMED: Final = re.compile(
    r"(?i)^\s*(?:the\s+)?(?:quotient|q(?:\(x\))?)\s*(?:is|=|:)?\s*(?P<q>.+?)\s*(?:,|;|\band\b|\.)\s*"
    r"(?:and\s+)?(?:with\s+)?(?:the\s+)?(?:remainder|r(?:\(x\))?)\s*(?:is|=|:)?\s*(?P<r>.+?)\s*$"
)
_BARE: Final = re.compile(
    r"(?i)^\s*(?P<q>.+?)\s*(?:,|;|\band\b)?\s*(?:with\s+)?(?:a\s+)?remainder\s*(?:is|=|:|of)?\s*(?P<r>.+?)\s*$"
)


@dataclass(frozen=True, slots=True)
class CompleteSquare(TopicTask):
    """A quadratic as a·(x + p)^2 + q."""

    body: Expr
    variable: str
    kind = "complete-square"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"complete the square of {render(self.body)}"

    def check(self, answer: str) -> Verdict:
        """Check the value, and that the letter occurs in one square only."""
        heads = (Sym("y"), parse_expression(f"f({self.variable})"), self.body)
        node = last_value(read_answer(answer), heads)
        verdict = judge_expression(
            build(self.body), node, "multiplied out, it is the quadratic again",
            Method.POLYNOMIAL_IDENTITY,
        )  # fmt: skip
        if verdict.status is not Status.VERIFIED:
            return verdict
        return Verdict(
            verdict.status, verdict.method, verdict.evidence, reading=verdict.reading,
            form_status=_square_form(node, self.variable),
        )  # fmt: skip


def _square_form(node: Expr, variable: str) -> Status:
    """Whether a letter occurs in exactly one square of x + p, with numbers around it."""
    lettered = [part for part in _summands(node) if variable in symbols(part)]
    factors = [part for part in _factors(lettered[0]) if variable in symbols(part)]
    if len(lettered) != 1 or len(factors) != 1:
        return Status.REFUTED
    match factors[0]:
        case Bin(Operator.POW, inner, Num(power)) if power == 2:
            slope = sympy.diff(build(inner).expr, symbol(variable))
        case _:
            return Status.REFUTED
    if slope.free_symbols:
        return Status.REFUTED
    # (2x + 3)^2 is a square, but not one of x + p.
    return Status.VERIFIED if slope == 1 else Status.UNKNOWN


def _summands(node: Expr) -> list[Expr]:
    match node:
        case Neg(arg):
            return _summands(arg)
        case Bin(Operator.ADD | Operator.SUB, left, right):
            return _summands(left) + _summands(right)
        case _:
            return [node]


def _factors(node: Expr) -> list[Expr]:
    match node:
        case Neg(arg):
            return _factors(arg)
        case Bin(Operator.MUL, left, right):
            return _factors(left) + _factors(right)
        case Bin(Operator.DIV, left, right) if not symbols(right):
            return _factors(left)
        case _:
            return [node]


@dataclass(frozen=True, slots=True)
class FindDiscriminant(TopicTask):
    """b^2 - 4ac of a quadratic."""

    coefficients: tuple[sympy.Rational, sympy.Rational, sympy.Rational]
    kind = "discriminant"

    @property
    def read_as(self) -> str:
        """The task in words."""
        a, b, c = self.coefficients
        return f"find the discriminant with a = {a}, b = {b}, c = {c}"

    def check(self, answer: str) -> Verdict:
        """Check a number."""
        a, b, c = self.coefficients
        node = last_value(
            read_answer(without_noun(answer, ("discriminant",))), (Sym("D"), Sym("Delta"))
        )
        value = b**2 - 4 * a * c
        return judge_number(
            value, node, f"({b})^2 - 4·({a})·({c}) = {value}", Method.EXACT_ARITHMETIC
        )


@dataclass(frozen=True, slots=True)
class FindAxis(TopicTask):
    """The axis of symmetry of a parabola."""

    place: sympy.Rational
    variable: str
    kind = "axis-of-symmetry"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return "find the axis of symmetry"

    def check(self, answer: str) -> Verdict:
        """Check `x = 2`."""
        match read_answer(answer):
            case Chain((Sym(name), value), (Comparison.EQ,)) if (
                name == self.variable and value is not None
            ):
                reason = f"the two zeros lie evenly around {self.variable} = {self.place}"
                return judge_number(self.place, value, reason, Method.EXACT_ARITHMETIC)
        raise Unreadable("I expected an equation such as x = 2")


@dataclass(frozen=True, slots=True)
class DividePolynomials(TopicTask):
    """Quotient and remainder of two polynomials, or one of them.

    Attributes:
        dividend: what is divided.
        divisor: by what.
        variable: the letter of both.
        wanted: `both`, `quotient` or `remainder`.
    """

    dividend: Expr
    divisor: Expr
    variable: str
    wanted: str
    kind = "polynomial-division"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"divide {render(self.dividend)} by {render(self.divisor)}, {self.wanted}"

    def check(self, answer: str) -> Verdict:
        """Check the wanted parts by multiplying back."""
        quotient, remainder = self._truth()
        shown = f"({self._text(self.divisor)})·({expr_text(quotient)}) + ({expr_text(remainder)})"
        if self.wanted != "both":
            node = last_value(
                read_answer(without_noun(answer, (self.wanted,))), (Sym(self.wanted[0]),)
            )
            truth = quotient if self.wanted == "quotient" else remainder
            return judge_expression(
                Built(truth, (), is_complex=False), node, f"the dividend is {shown}",
                Method.POLYNOMIAL_IDENTITY,
            )  # fmt: skip
        found = _NAMED.match(answer) or _BARE.match(answer)
        if not found:
            raise Unreadable("I expected a quotient and a remainder")
        parts = [expression_of(found[name]) for name in "qr"]
        reading = f"quotient {render(parts[0])}, remainder {render(parts[1])}"
        for truth, part in zip((quotient, remainder), parts, strict=True):
            finding = equality(Built(truth, (), is_complex=False), build(part))
            if finding.answer is Answer.NO:
                return refuted_verdict(Method.POLYNOMIAL_IDENTITY, f"it is {shown}", reading)
            if finding.answer is Answer.OPEN:
                return unknown_verdict(Method.UNSUPPORTED, "not decided", reading)
        evidence = (Evidence(Method.POLYNOMIAL_IDENTITY, f"the dividend is {shown}"),)
        return Verdict(Status.VERIFIED, Method.POLYNOMIAL_IDENTITY, evidence, reading=reading)

    @property
    def is_exact(self) -> bool:
        """Whether no remainder is left."""
        return bool(self._truth()[1] == 0)

    def _text(self, node: Expr) -> str:
        return expr_text(build(node).expr)

    def _truth(self) -> tuple[sympy.Expr, sympy.Expr]:
        letter = symbol(self.variable)
        top, bottom = (
            _rational_polynomial(build(node).expr, letter) for node in (self.dividend, self.divisor)
        )
        if bottom.degree() < 1:
            raise Unreadable("the divisor is no polynomial")
        quotient, remainder = sympy.div(top, bottom)
        if not (quotient * bottom + remainder - top).is_zero:
            raise Unreadable("the division could not be confirmed")
        return quotient.as_expr(), remainder.as_expr()


def _rational_polynomial(expr: sympy.Expr, letter: sympy.Symbol) -> sympy.Poly:
    try:
        return sympy.Poly(expr, letter, domain="QQ")
    except (sympy.CoercionFailed, sympy.PolynomialError) as error:
        raise Unreadable("this is not a polynomial with rational coefficients") from error


# -- reading ------------------------------------------------------------------------------


def read_quadratic(text: str) -> TopicTask | None:
    """A question on a quadratic or a division of polynomials, or None.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    sentence = plain(text)
    for found in readings(_SQUARES, sentence):
        form = formula(found, "form")
        if form and not _FORM.fullmatch(form.strip()):
            continue
        _, variable, body = function_of(formula(found, "f"))
        _coefficients(body, variable)
        return CompleteSquare(body, variable)
    for found in readings(_VERTICES, sentence):
        name, variable, body = function_of(formula(found, "f"))
        a, b, c = _coefficients(body, variable)
        place = -b / (2 * a)
        height = c - b**2 / (4 * a)
        reason = f"-b/(2a) = {place}, and the value there is {height}"
        return FindPoint((place, height), reason, "vertex") if name else None
    for found in readings(_AXES, sentence):
        _, variable, body = function_of(formula(found, "f"))
        a, b, _ = _coefficients(body, variable)
        return FindAxis(-b / (2 * a), variable)
    for found in readings(_DISCRIMINANTS, sentence):
        return FindDiscriminant(_discriminant_of(formula(found, "f")))
    return _division(sentence)


def _division(sentence: str) -> TopicTask | None:
    for templates, wanted in (
        (_DIVISIONS, "both"),
        (_REMAINDERS, "remainder"),
        (_QUOTIENTS, "quotient"),
        (_LONG_DIVISIONS, "quotient"),
    ):
        for found in readings(templates, sentence):
            _, variable, dividend = function_of(formula(found, "f"))
            divisor = expression_of(formula(found, "g"))
            if symbols(divisor) != {variable} or symbols(dividend) != {variable}:
                return None
            task = DividePolynomials(dividend, divisor, variable, wanted)
            # "Divide" alone leaves open how a remainder is to be written.
            is_open = templates is _LONG_DIVISIONS and not task.is_exact
            return None if is_open else task
    return None


def _discriminant_of(text: str) -> tuple[sympy.Rational, sympy.Rational, sympy.Rational]:
    statement = parse_statement(text)
    equation = as_equation(statement)
    if equation is None:
        _, variable, body = function_of(text)
        return _coefficients(body, variable)
    node = Bin(Operator.SUB, equation.left, equation.right)
    if build(equation.right).expr != 0:
        raise Unreadable("the equation is not in standard form")
    return _coefficients(node, equation.unknown)


def _coefficients(
    body: Expr, variable: str
) -> tuple[sympy.Rational, sympy.Rational, sympy.Rational]:
    built = build(body)
    if built.conditions or built.is_complex:
        raise Unreadable("this is not a quadratic")
    polynomial = _rational_polynomial(built.expr, symbol(variable))
    if polynomial.degree() != 2:
        raise Unreadable("this is not a quadratic")
    a, b, c = polynomial.all_coeffs()
    return a, b, c
