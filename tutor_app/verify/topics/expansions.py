"""Partial fractions and Taylor polynomials."""

import re
from dataclasses import dataclass
from typing import Final

import sympy

from tutor_app.core.verdict import Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.reading import function_of, number_of
from tutor_app.verify.rendering import render
from tutor_app.verify.solutions import is_defined_at
from tutor_app.verify.syntax import Apply, Bin, Derivative, Expr, Neg, Operator, Sym, symbols
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.results import judge_expression, last_value
from tutor_app.verify.topics.sentence import FIND, formula, plain, readings

_HIGHEST_ORDER: Final = 12
_PARTIAL: Final = (
    "(write|express|decompose|resolve|split|rewrite|expand) <f> (in|into|as|using|as a sum of)"
    " [its] partial fractions",
    f"{FIND} the partial fraction (decomposition|expansion) of <f>",
    f"{FIND} the partial fractions of <f>",
)
_TAYLOR: Final = (
    f"{FIND} the taylor polynomial of (degree|order) <n> (of|for) <f> (at|about|around|centered at"
    "|centred at|near) <a>",
    f"{FIND} the (maclaurin|taylor) polynomial of (degree|order) <n> (of|for) <f>",
    f"{FIND} the (degree|order) <n> (taylor|maclaurin) polynomial (of|for) <f> [(at|about|around"
    "|centered at|centred at) <a>]",
    f"{FIND} the <n> (degree|order) (taylor|maclaurin) polynomial (of|for) <f> [(at|about|around"
    "|centered at|centred at) <a>]",
    f"{FIND} the (first|second|third|fourth|fifth|sixth) (degree|order) (taylor|maclaurin)"
    " polynomial (of|for) <f> [(at|about|around|centered at|centred at|near) <a>]",
)
_ORDINALS: Final = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth")
_ORDINAL: Final = re.compile(
    r"(?i)\b(first|second|third|fourth|fifth|sixth)[\s-]+(?:degree|order)\b"
)


@dataclass(frozen=True, slots=True)
class SplitFraction(TopicTask):
    """A rational function as a sum of simple fractions."""

    body: Expr
    variable: str
    kind = "partial-fractions"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"write {render(self.body)} as partial fractions"

    def check(self, answer: str) -> Verdict:
        """Check the value by a common denominator, and that each part is simple."""
        node = last_value(read_answer(answer), (self.body, Sym("y")))
        verdict = judge_expression(
            build(self.body), node, "over one denominator, it is the fraction again",
            Method.POLYNOMIAL_IDENTITY,
        )  # fmt: skip
        if verdict.status is not Status.VERIFIED:
            return verdict
        return Verdict(
            verdict.status, verdict.method, verdict.evidence, verdict.assumptions, verdict.reading,
            form_status=self._form(node),
        )  # fmt: skip

    def _form(self, node: Expr) -> Status:
        letter = symbol(self.variable)
        seen: set[sympy.Expr] = set()
        for part in _summands(node):
            expr = sympy.cancel(build(part).expr)
            top, bottom = (sympy.Poly(side, letter) for side in sympy.fraction(expr))
            if bottom.degree() == 0:
                continue
            factors = bottom.factor_list()[1]
            monic = bottom.monic().as_expr()
            if len(factors) != 1 or monic in seen:
                return Status.REFUTED
            if top.degree() >= factors[0][0].degree():
                return Status.REFUTED
            seen.add(monic)
        return Status.VERIFIED


def _summands(node: Expr) -> list[Expr]:
    match node:
        case Neg(arg):
            return [Neg(part) for part in _summands(arg)]
        case Bin(Operator.ADD, left, right):
            return _summands(left) + _summands(right)
        case Bin(Operator.SUB, left, right):
            return _summands(left) + [Neg(part) for part in _summands(right)]
        case _:
            return [node]


@dataclass(frozen=True, slots=True)
class FindTaylor(TopicTask):
    """The Taylor polynomial of a function at a number."""

    body: Expr
    variable: str
    order: int
    centre: Expr
    kind = "taylor-polynomial"

    @property
    def read_as(self) -> str:
        """The task in words."""
        where = f"at {self.variable} = {render(self.centre)}"
        return f"find the Taylor polynomial of degree {self.order} of {render(self.body)} {where}"

    def check(self, answer: str) -> Verdict:
        """Check a polynomial by the derivatives at the centre."""
        letter, centre = symbol(self.variable), build(self.centre).expr
        head = re.compile(rf"^\s*[PTp](?:_\{{?{self.order}\}}?)?\s*\(\s*{self.variable}\s*\)\s*=")
        node = last_value(read_answer(head.sub("", answer)), (Sym("y"), Apply("f", (Sym("x"),))))
        truth: sympy.Expr = sympy.Integer(0)
        for k in range(self.order + 1):
            built = build(Derivative(self.body, self.variable, k)) if k else build(self.body)
            point = {letter: centre}
            if is_defined_at(built, point) is not True:
                raise Unreadable("the function may have no derivative there")
            value = built.expr.xreplace(point)
            if not value.is_finite:
                raise Unreadable("the function has no derivative there")
            truth += value / sympy.factorial(k) * (letter - centre) ** k
        reason = f"the derivatives at {render(self.centre)} agree up to order {self.order}"
        if symbols(node) - {self.variable}:
            raise Unreadable("the answer has other letters")
        return judge_expression(Built(truth, (), False), node, reason, Method.SYMBOLIC_SIMPLIFY)


def read_expansion(text: str) -> TopicTask | None:
    """Partial fractions or a Taylor polynomial, or None.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    sentence = plain(text)
    for found in readings(_PARTIAL, sentence):
        _, variable, body = function_of(formula(found, "f"))
        expr = build(body).expr
        letter = symbol(variable)
        if not expr.is_rational_function(letter) or expr.is_polynomial(letter):
            return None
        return SplitFraction(body, variable)
    for found in readings(_TAYLOR, sentence):
        try:
            _, variable, body = function_of(formula(found, "f"))
        except Unreadable:
            continue
        order = _order(formula(found, "n"), sentence)
        centre = formula(found, "a")
        if order is None or (not centre and "maclaurin" not in sentence.lower()):
            return None
        return FindTaylor(body, variable, order, number_of(centre or "0", variable))
    return None


def _order(text: str, sentence: str) -> int | None:
    words = _ORDINAL.search(sentence)
    if not text:
        return _ORDINALS.index(words[1].lower()) if words else None
    digits = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", text.strip())
    if text.strip().lower() in _ORDINALS:
        return _ORDINALS.index(text.strip().lower())
    if not digits or int(digits[1]) > _HIGHEST_ORDER:
        return None
    return int(digits[1])
