"""Values, compositions and inverses of functions that a problem names."""

import re
from dataclasses import dataclass
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import number_text
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.reading import function_of, is_plain, number_of
from tutor_app.verify.rendering import render
from tutor_app.verify.solutions import Equation, is_defined_at, solve
from tutor_app.verify.syntax import (
    Apply,
    Bin,
    Chain,
    Comparison,
    Derivative,
    Expr,
    Operator,
    Sym,
    contains,
    map_children,
    replace_letters,
    symbols,
)
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.results import judge_expression, judge_number, last_value
from tutor_app.verify.topics.sentence import FIND, formula, formulas, plain, readings
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict
from tutor_app.verify.zero import Answer, equality

_GIVEN: Final = "(let|if|given|given that|suppose|suppose that|for|consider|when)"
_ONE: Final = (
    f"[{_GIVEN}] [the] [function|functions] <f> . [then] {FIND} [the value of] <wanted>",
    f"{FIND} [the value of] <wanted> (if|when|for|given|given that|where|, if) <f>",
    f"[{_GIVEN}] [the] [functions] <f> (and|,) <f> . [then] {FIND} [the value of] <wanted>",
    f"{FIND} [the value of] <wanted> (if|when|for|given|given that|where|, if) <f> (and|,) <f>",
)
_AT: Final = (
    f"{FIND} [the value of] <wanted> (at|when) <place>"
    " (if|when|for|given|given that|where|, if) <f>",
    f"[{_GIVEN}] [the] [function|curve] <f> . [then] {FIND} [the value of] <wanted> (at|when)"
    " <place>",
)
_INVERSE: Final = (
    f"{FIND} the inverse [function] of [the function] <f>",
    f"{FIND} [the] inverse function <wanted> (of|for|if|when) <f>",
)
_SECOND: Final = (f"{FIND} the second derivative of [the function] <f> [with respect to <letter>]",)
_INVERSE_SIGN: Final = re.compile(
    r"^\s*(?P<name>[a-zA-Z])\s*\^\s*(?:\{\s*-\s*1\s*\}|\(-1\)|-1)\s*\((?P<arg>.+)\)\s*$"
)
_SECOND_QUOTIENT: Final = re.compile(
    r"\\[dt]?frac\s*\{\s*d\^\{?2\}?\s*(?P<y>[a-z])\s*\}\s*\{\s*d\s*(?P<x>[a-z])\s*\^\s*\{?2\}?\s*\}"
)
_CIRCLE: Final = re.compile(
    r"^\s*\(?\s*(?P<outer>[a-zA-Z])\s*(?:\\circ|∘)\s*(?P<inner>[a-zA-Z])\s*\)?\s*\((?P<arg>.+)\)\s*$"
)


@dataclass(frozen=True, slots=True)
class EvaluateFunction(TopicTask):
    """A value or formula made of named functions.

    Attributes:
        said: what is asked for, as typed.
        head: what may stand on the left of an answer.
        node: the same with every name replaced by its meaning.
    """

    said: str
    head: Expr
    node: Expr
    kind = "function-value"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find {self.said} = {render(self.node)}"

    def check(self, answer: str) -> Verdict:
        """Check a number or an expression."""
        node = last_value(read_answer(answer), (self.head, Sym("y")))
        truth = build(self.node)
        if symbols(self.node) or contains(self.node, Derivative):
            reason = f"{self.said} = {render(self.node)}"
            is_derivative = contains(self.node, Derivative)
            return judge_expression(
                truth, node, reason, Method.SYMBOLIC_SIMPLIFY, inherits=is_derivative
            )
        if truth.is_complex or is_defined_at(truth, {}) is not True:
            text = "the function may have no value there"
            return unknown_verdict(Method.UNSUPPORTED, text)
        reason = f"{self.said} = {render(self.node)} = {number_text(truth.expr)}"
        return judge_number(truth.expr, node, reason)


@dataclass(frozen=True, slots=True)
class DerivativeAt(TopicTask):
    """The value of a derivative at a number."""

    node: Expr
    variable: str
    order: int
    place: Expr
    heads: tuple[Expr, ...]
    said: str
    kind = "derivative-value"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find {self.said} for {render(self.node)} at {self.variable} = {render(self.place)}"

    def check(self, answer: str) -> Verdict:
        """Check a number."""
        node = last_value(read_answer(answer), self.heads)
        value, slope = self.value()
        reason = f"the derivative is {slope}, which is {number_text(value)} there"
        return judge_number(value, node, reason)

    def value(self) -> tuple[SymExpr, SymExpr]:
        """The value, and the derivative as an expression.

        Raises:
            Unreadable: the function has no derivative there.
        """
        built = build(Derivative(self.node, self.variable, self.order))
        point = {symbol(self.variable): build(self.place).expr}
        if is_defined_at(built, point) is not True:
            raise Unreadable("the function may have no derivative there")
        value = built.expr.xreplace(point)
        if not (value.is_finite and value.is_real):
            raise Unreadable("the function has no derivative there")
        return value, built.expr


@dataclass(frozen=True, slots=True)
class FindInverse(TopicTask):
    """The inverse of a function of one letter."""

    name: str
    variable: str
    body: Expr
    kind = "inverse-function"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find the inverse of {render(self.body)}"

    def check(self, answer: str) -> Verdict:
        """Check an expression by putting each function into the other."""
        node = self._stated(answer)
        reading = render(node)
        letters = symbols(node)
        if len(letters) != 1:
            raise Unreadable("the inverse must have one letter")
        letter = next(iter(letters))
        # An inverse leads back from every value that f takes; elsewhere it may be anything.
        back = build(replace_letters(node, {letter: self.body}))
        returned = equality(back, Built(symbol(self.variable), back.conditions, is_complex=False))
        there = build(replace_letters(self.body, {self.variable: node}))
        forward = equality(there, Built(symbol(letter), there.conditions, is_complex=False))
        if returned.answer is Answer.YES:
            return self._verified(returned.method, letter, reading, forward.answer)
        if forward.answer is Answer.YES:
            if self._is_monotone():
                return self._verified(forward.method, letter, reading, forward.answer)
            text = "the function may take a value twice; only one of the ways back was given"
            return unknown_verdict(Method.UNSUPPORTED, text, reading)
        if Answer.OPEN in {returned.answer, forward.answer}:
            return unknown_verdict(Method.UNSUPPORTED, "not decided", reading)
        text = f"put into each other, they do not give the letter again: {returned.text}"
        return refuted_verdict(returned.method, text, reading)

    def _verified(self, method: Method, letter: str, reading: str, forward: Answer) -> Verdict:
        text = f"it leads back from every value of the function to its {self.variable}"
        only = f"{letter} is a value that the function takes"
        assumptions = () if forward is Answer.YES else (only,)
        evidence = (Evidence(method, text),)
        return Verdict(Status.VERIFIED, method, evidence, assumptions, reading)

    def _is_monotone(self) -> bool:
        """Whether it is a polynomial whose derivative never changes its sign."""
        letter = symbol(self.variable)
        slope = sympy.diff(build(self.body).expr, letter)
        try:
            polynomial = sympy.Poly(slope, letter, domain="QQ")
        except (sympy.CoercionFailed, sympy.PolynomialError):
            return False
        factors = polynomial.factor_list()[1]
        return not polynomial.is_zero and all(
            power % 2 == 0 or factor.count_roots() == 0 for factor, power in factors
        )

    def _stated(self, answer: str) -> Expr:
        head, sign, tail = answer.partition("=")
        found = _INVERSE_SIGN.match(head) if sign else None
        if found:
            if found["name"] != (self.name or "f"):
                raise Unreadable("another function stands on the left")
            answer = tail
        statement = read_answer(answer)
        match statement:
            case Chain((Sym(), right), (Comparison.EQ,)) if right is not None:
                statement = right
        if not isinstance(statement, Expr) or not is_plain(statement):
            raise Unreadable("I expected one expression")
        return statement


@dataclass(frozen=True, slots=True)
class FindPreimage(TopicTask):
    """The value of an inverse function.

    Attributes:
        value: the true one.
        said: what is asked for, as typed.
        equation: what it solves, in words.
    """

    value: SymExpr
    said: str
    equation: str
    kind = "inverse-value"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find {self.said}, which solves {self.equation}"

    def check(self, answer: str) -> Verdict:
        """Check a number."""
        head, sign, tail = answer.partition("=")
        text = answer
        if sign and _INVERSE_SIGN.match(head):
            if "".join(head.split()) != "".join(self.said.split()):
                raise Unreadable("another value stands on the left")
            text = tail
        reason = f"the only solution of {self.equation} is {number_text(self.value)}"
        return judge_number(self.value, last_value(read_answer(text)), reason)


# -- reading ------------------------------------------------------------------------------


def read_function(text: str) -> TopicTask | None:
    """A question about named functions, or None.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    sentence = plain(text)
    for found in readings(_SECOND, sentence):
        name, variable, body = function_of(formula(found, "f"), formula(found, "letter"))
        head = Apply(name or "y", (Sym(variable),) if name and name != "y" else (), 2)
        node = Derivative(body, variable, 2)
        return EvaluateFunction("the second derivative", head, node)
    for found in readings(_INVERSE, sentence):
        name, variable, body = function_of(formula(found, "f"))
        return FindInverse(name, variable, body)
    for found in readings(_AT, sentence):
        try:
            return _slope_at(formula(found, "wanted"), formula(found, "f"), formula(found, "place"))
        except Unreadable:
            continue
    for found in readings(_ONE, sentence):
        try:
            definitions = [function_of(part) for part in formulas(found, "f")]
            task = _wanted(formula(found, "wanted"), definitions)
        except Unreadable:
            continue
        if task is not None:
            return task
    return None


def _slope_at(wanted: str, definition: str, place: str) -> TopicTask:
    """`dy/dx at x = 2`, or `f'(x) at x = 2`.

    Raises:
        Unreadable: something else is asked for.
    """
    name, variable, body = function_of(definition)
    second = _SECOND_QUOTIENT.fullmatch(wanted.strip())
    if second:
        order, fits = 2, (second["y"], second["x"]) == (name or "y", variable)
        heads: tuple[Expr, ...] = ()
    else:
        head = parse_expression(wanted)
        heads = (head,)
        match head:
            case Derivative(Sym(letter), by, _) if letter == name and by == variable:
                order, fits = 1, True
            case Apply(letter, () | (Sym(_),), order) if order and letter == name:
                fits = head.args in {(), (Sym(variable),)}
            case _:
                raise Unreadable("this is not a derivative")
    if not fits:
        raise Unreadable("this is not a derivative of the function")
    return DerivativeAt(body, variable, order, number_of(place, variable), heads, wanted)


_Definition = tuple[str, str, Expr]


def _wanted(wanted: str, definitions: list[_Definition]) -> TopicTask | None:
    bodies = {name: (variable, body) for name, variable, body in definitions if name}
    if len(bodies) != len(definitions):
        return None
    if _INVERSE_SIGN.match(wanted):
        return _inverse_task(wanted, bodies)
    circle = _CIRCLE.match(wanted)
    if circle:
        wanted = f"{circle['outer']}({circle['inner']}({circle['arg']}))"
    second = _SECOND_QUOTIENT.fullmatch(wanted.strip())
    if second:
        name, variable, body = definitions[0]
        if len(definitions) > 1 or (second["y"], second["x"]) != (name, variable):
            return None
        return EvaluateFunction(wanted, Apply(name, (), 2), Derivative(body, variable, 2))
    head = parse_expression(wanted)
    match head:
        case Apply(name, (arg,), primes) if primes and name in bodies and not symbols(arg):
            variable, body = bodies[name]
            return DerivativeAt(body, variable, primes, arg, (head,), wanted)
        case Apply(name, (Sym(letter),), 2) if name in bodies and letter == bodies[name][0]:
            variable, body = bodies[name]
            return EvaluateFunction(wanted, head, Derivative(body, variable, 2))
    if not contains(head, Apply):
        return None
    node = _resolved(head, bodies)
    variables = {variable for variable, _ in bodies.values()}
    if not symbols(node) <= variables | {"h", "a", "t"} or not _is_combination(head):
        return None
    return EvaluateFunction(wanted, head, node)


def _inverse_task(wanted: str, bodies: dict[str, tuple[str, Expr]]) -> TopicTask | None:
    inverse = _INVERSE_SIGN.match(wanted)
    if inverse is None or inverse["name"] not in bodies or len(bodies) > 1:
        return None
    variable, body = bodies[inverse["name"]]
    if inverse["arg"].strip() == variable:
        return FindInverse(inverse["name"], variable, body)
    return _preimage(body, variable, parse_expression(inverse["arg"]), wanted)


def _preimage(body: Expr, variable: str, value: Expr, wanted: str) -> TopicTask | None:
    """The value of an inverse function at a number, where only one number is sent there."""
    if symbols(value):
        return None
    truth = solve(Equation(body, value, variable))
    if truth is None or len(truth.roots) != 1:
        return None
    return FindPreimage(truth.roots[0], wanted, f"{render(body)} = {render(value)}")


def _is_combination(head: Expr) -> bool:
    """Whether it is a function value, or a sum, product and the like of function values."""
    if isinstance(head, Apply):
        return True
    return isinstance(head, Bin) and head.op in {
        Operator.ADD, Operator.SUB, Operator.MUL, Operator.DIV,
    }  # fmt: skip


def _resolved(node: Expr, bodies: dict[str, tuple[str, Expr]]) -> Expr:
    if isinstance(node, Apply):
        if node.primes or len(node.args) != 1 or node.name not in bodies:
            raise Unreadable(f"{node.name} is not defined in the problem")
        variable, body = bodies[node.name]
        return replace_letters(body, {variable: _resolved(node.args[0], bodies)})
    return map_children(node, lambda child: _resolved(child, bodies))
