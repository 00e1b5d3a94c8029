"""Ordinary differential equations of first and second order: answers are put in.

That nothing is missing is known for linear equations, whose general solution has as many free
constants as the order, and for initial values at which the solution is unique.
"""

import re
from dataclasses import dataclass
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.checkers.equation import expand_signs
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.numerals import expr_text
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.reading import is_plain
from tutor_app.verify.rendering import render, render_statement
from tutor_app.verify.solutions import same_number
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import Chain, Comparison, Expr, Statement, Sym, symbols
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.sentence import FIND, formula, formulas, plain, readings
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict
from tutor_app.verify.zero import Answer, Finding, equality

_EQUATION: Final = (
    "[the] [(linear|separable|first order|second order|following)] [differential] [equation]"
)
_GIVEN: Final = "(with|given|given that|where|if|subject to|, where|satisfying|for which|and)"
_CONDITION: Final = "[the] [initial] [(condition|conditions|value)] <c>"
_VALUES: Final = (
    f"solve {_EQUATION} <e> {_GIVEN} {_CONDITION} and <c>",
    f"solve {_EQUATION} <e> {_GIVEN} {_CONDITION} , <c>",
    f"solve {_EQUATION} <e> , <c> , <c>",
    f"solve {_EQUATION} <e> {_GIVEN} {_CONDITION}",
    f"solve {_EQUATION} <e> , <c>",
    "solve the initial value problem <e> , <c>",
    f"{FIND} the [particular] solution (of|to) {_EQUATION} <e> {_GIVEN} {_CONDITION}",
    f"{FIND} the [particular] solution (of|to) {_EQUATION} <e>"
    " [that satisfies|which satisfies] <c>",
    f"{FIND} the [particular] solution (of|to) {_EQUATION} <e> , <c>",
)
_WHEN: Final = (
    f"solve {_EQUATION} <e> {_GIVEN} [that] [the] [condition] <b> when <a>",
    f"solve {_EQUATION} <e> , <b> when <a>",
    f"{FIND} the [particular] solution (of|to) {_EQUATION} <e> {_GIVEN} [that] <b> when <a>",
)
_GENERAL: Final = (
    f"solve {_EQUATION} <e>",
    f"{FIND} the general solution (of|to) {_EQUATION} <e>",
)
_QUOTIENT: Final = re.compile(
    r"\\[dt]?frac\s*\{\s*d\s*(?:\^\s*\{?(?P<n>2)\}?)?\s*(?P<y>[a-z])\s*\}"
    r"\s*\{\s*d\s*(?P<x>[a-z])\s*(?:\^\s*\{?2\}?)?\s*\}"
    r"|(?<![A-Za-z])d(?:\^\{?(?P<n2>2)\}?)?(?P<y2>[a-z])\s*/\s*d(?P<x2>[a-z])"
    r"(?:\^\{?2\}?)?(?![A-Za-z])"
)
_PRIMES: Final = re.compile(
    r"(?<![A-Za-z\\])(?P<y>[yuf])\s*(?P<primes>'{1,2})(?:\s*\(\s*[a-z]\s*\))?"
)
_INITIAL: Final = re.compile(
    r"^\s*(?P<y>[a-z])(?P<primes>'?)\s*\((?P<a>[^()=]+)\)\s*=\s*(?P<b>.+?)\s*$"
)
_CONSTANT: Final = re.compile(r"[CcKkAB](?:_[012])?")


@dataclass(frozen=True, slots=True)
class SolveDifferential(TopicTask):
    """A differential equation, perhaps with initial values.

    Attributes:
        left: with `D_1` and `D_2` for the derivatives.
        right: the other side.
        function: the letter of the unknown function.
        variable: of which letter it is a function.
        order: of the highest derivative.
        initial: order of derivative, place and value of each initial value.
        said: the equation as typed.
    """

    left: Expr
    right: Expr
    function: str
    variable: str
    order: int
    initial: tuple[tuple[int, Expr, Expr], ...]
    said: str
    kind = "differential-equation"

    @property
    def read_as(self) -> str:
        """The task in words."""
        values = "".join(
            f", {self.function}{chr(39) * n}({render(a)}) = {render(b)}" for n, a, b in self.initial
        )
        left = (
            render(self.left)
            .replace("D_1", f"{self.function}'")
            .replace("D_2", f"{self.function}''")
        )
        right = render(self.right).replace("D_1", f"{self.function}'")
        return f"solve {left} = {right}{values}"

    def check(self, answer: str) -> Verdict:
        """Check a function of the variable by putting it in."""
        statement = read_answer(re.sub(rf"^\s*{self.function}\s*\(\s*{self.variable}\s*\)\s*=",
                                       f"{self.function} =", answer))  # fmt: skip
        reading = render_statement(statement)
        candidates = expand_signs(self._stated(statement))
        for node in candidates:
            verdict = self._put_in(node, reading)
            if verdict is not None:
                return verdict
        if self.initial:
            if len(candidates) > 1:
                return unknown_verdict(Method.AMBIGUOUS, "two functions are given", reading)
            return self._with_values(candidates[0], reading)
        return self._generally(candidates[0], reading)

    def _stated(self, statement: Statement) -> Expr:
        match statement:
            case Chain((Sym(name), value), (Comparison.EQ,)) if (
                name == self.function and value is not None
            ):
                node = value
            case _ if isinstance(statement, Expr):
                node = statement
            case _:
                raise Unreadable("I expected the function, as in y = …")
        if self.function in symbols(node):
            raise Unreadable("the function stands on both sides")
        names = symbols(node) - {self.variable}
        if any(not _CONSTANT.fullmatch(name) for name in names):
            raise Unreadable("the answer has other letters")
        return node

    def _sides(self, node: Expr) -> tuple[Built, Built]:
        """Both sides of the equation with a function put in."""
        built, x = build(node), symbol(self.variable)
        values = {symbol(self.function): built.expr}
        for k in range(1, self.order + 1):
            values[symbol(f"D_{k}")] = sympy.diff(built.expr, x, k)
        sides = []
        for side in (self.left, self.right):
            made = build(side)
            conditions = tuple(
                type(need)(need.need, need.expr.xreplace(values)) for need in made.conditions
            )
            sides.append(
                Built(
                    made.expr.xreplace(values), (*built.conditions, *conditions), built.is_complex
                )
            )
        return sides[0], sides[1]

    def _put_in(self, node: Expr, reading: str) -> Verdict | None:
        """The verdict where a function does not certainly solve the equation."""
        left, right = self._sides(node)
        if left.is_complex:
            return unknown_verdict(Method.UNSUPPORTED, "complex numbers", reading)
        finding = equality(left, right)
        if finding.answer is Answer.YES:
            return None
        if finding.answer is Answer.NO:
            text = f"put in, the sides differ: {finding.text}"
            return refuted_verdict(finding.method, text, reading)
        return unknown_verdict(finding.method, finding.text, reading)

    def _with_values(self, node: Expr, reading: str) -> Verdict:
        if symbols(node) - {self.variable}:
            return unknown_verdict(Method.UNSUPPORTED, "a constant is not worked out", reading)
        x, expr = symbol(self.variable), build(node).expr
        for order, place, value in self.initial:
            point = {x: build(place).expr}
            found = sympy.diff(expr, x, order).xreplace(point) if order else expr.xreplace(point)
            same = same_number(found, build(value).expr) if found.is_finite else None
            if same is None:
                return unknown_verdict(
                    Method.UNSUPPORTED, "an initial value was not decided", reading
                )
            if not same:
                text = f"at {self.variable} = {render(place)} it is {expr_text(found)}"
                return refuted_verdict(Method.SUBSTITUTION, text, reading)
        if len(self.initial) != self.order or not self._is_unique():
            text = "it solves the equation; I could not show that no other function does"
            return unknown_verdict(Method.UNSUPPORTED, text, reading)
        text = "put in, both sides agree, and so do the initial values"
        return _verified(text, reading)

    def _is_unique(self) -> bool:
        """Whether only one function has the initial values."""
        _, place, value = self.initial[0]
        point = {symbol(self.variable): build(place).expr}
        lead = self._lead()
        if lead is None or {order for order, _, _ in self.initial} != set(range(self.order)):
            return False
        if len({build(where).expr for _, where, _ in self.initial}) != 1:
            return False
        if not self._is_linear():
            if self.order != 1:
                return False
            point[symbol(self.function)] = build(value).expr
        slope = -self._residue().xreplace({symbol(f"D_{self.order}"): sympy.Integer(0)}) / lead
        enclosure = Enclosure()
        parts = [lead, slope, sympy.diff(slope, symbol(self.function))]
        if self.order == 2:
            parts.append(sympy.diff(slope, symbol("D_1")))
            slots = {symbol(self.function): sympy.Integer(0), symbol("D_1"): sympy.Integer(0)}
        else:
            slots = {}
            if self._is_linear():
                slots = {symbol(self.function): sympy.Integer(0)}
        values = [part.xreplace(point).xreplace(slots) for part in parts]
        if not enclosure.excludes_zero(values[0]):
            return False
        return all(enclosure.interval(value) is not None for value in values)

    def _generally(self, node: Expr, reading: str) -> Verdict:
        constants = sorted(symbols(node) - {self.variable})
        if len(constants) < self.order:
            text = "it solves the equation, but a free constant is missing"
            return unknown_verdict(Method.UNSUPPORTED, text, reading)
        expr = build(node).expr
        letters = [symbol(name) for name in constants]
        parts = [sympy.diff(expr, letter) for letter in letters]
        is_affine = not any(part.free_symbols & set(letters) for part in parts)
        if len(constants) > self.order or not is_affine or not self._is_linear():
            text = "it solves the equation; I could not show that no solution is missing"
            return unknown_verdict(Method.UNSUPPORTED, text, reading)
        finding = self._independence(parts)
        if finding.answer is not Answer.NO:
            text = "the constants may not be independent"
            return unknown_verdict(Method.UNSUPPORTED, text, reading)
        text = f"put in, both sides agree; it has {self.order} free constant" + (
            "s, as the order asks" if self.order > 1 else ", as the order asks"
        )
        return _verified(text, reading)

    def _independence(self, parts: list[SymExpr]) -> Finding:
        x = symbol(self.variable)
        rows = [
            [sympy.diff(part, x, k) if k else part for part in parts] for k in range(len(parts))
        ]
        wronskian = sympy.Matrix(rows).det()
        return equality(Built(wronskian, (), False), Built(sympy.Integer(0), (), False))

    def _residue(self) -> SymExpr:
        return build(self.left).expr - build(self.right).expr

    def _lead(self) -> SymExpr | None:
        """The coefficient of the highest derivative; None where it is not linear in that."""
        top = symbol(f"D_{self.order}")
        lead = sympy.diff(self._residue(), top)
        return None if lead.has(top) or lead == 0 else lead

    def _is_linear(self) -> bool:
        """Whether the equation is linear in the function and its derivatives."""
        slots = [symbol(self.function), *(symbol(f"D_{k}") for k in range(1, self.order + 1))]
        residue = sympy.expand(self._residue())
        if not residue.is_polynomial(*slots):
            return False
        return bool(sympy.Poly(residue, *slots).total_degree() == 1)


def _verified(text: str, reading: str) -> Verdict:
    evidence = (Evidence(Method.SUBSTITUTION, text),)
    return Verdict(Status.VERIFIED, Method.SUBSTITUTION, evidence, reading=reading)


# -- reading ------------------------------------------------------------------------------


def read_differential(text: str) -> TopicTask | None:
    """A differential equation, or None.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    if not (_QUOTIENT.search(text) or _PRIMES.search(text)):
        return None
    sentence = plain(text)
    for found in readings(_VALUES, sentence):
        try:
            return _task(formula(found, "e"), formulas(found, "c"))
        except Unreadable:
            continue
    for found in readings(_WHEN, sentence):
        try:
            return _task(
                formula(found, "e"), (_at_place(formula(found, "b"), formula(found, "a")),)
            )
        except Unreadable:
            continue
    for found in readings(_GENERAL, sentence):
        return _task(formula(found, "e"), ())
    return None


def _at_place(value: str, place: str) -> str:
    """`y = 3` and `x = 1` as `y(1) = 3`."""
    name, sign, number = value.partition("=")
    _, other, where = place.partition("=")
    if not (sign and other and re.fullmatch(r"\s*[a-z]\s*", name)):
        raise Unreadable("this is not an initial value")
    return f"{name.strip()}({where.strip()}) = {number.strip()}"


def _task(text: str, conditions: tuple[str, ...]) -> SolveDifferential:
    functions: set[str] = set()
    variables: set[str] = set()
    orders: set[int] = set()

    def quotient(found: "re.Match[str]") -> str:
        functions.add(found["y"] or found["y2"])
        variables.add(found["x"] or found["x2"])
        order = 2 if found["n"] or found["n2"] else 1
        orders.add(order)
        return f" (D_{order}) "

    def prime(found: "re.Match[str]") -> str:
        functions.add(found["y"])
        orders.add(len(found["primes"]))
        return f" (D_{len(found['primes'])}) "

    plain_text = _PRIMES.sub(prime, _QUOTIENT.sub(quotient, text))
    if len(functions) != 1 or len(variables) > 1:
        raise Unreadable("this is not a differential equation in one function")
    function, order = next(iter(functions)), max(orders)
    variable = next(iter(variables), "x")
    plain_text = re.sub(rf"(?<![A-Za-z]){function}\s*\(\s*{variable}\s*\)", function, plain_text)
    statement = parse_statement(plain_text)
    match statement:
        case Chain((left, right), (Comparison.EQ,)) if left is not None and right is not None:
            pass
        case _:
            raise Unreadable("this is not an equation")
    letters = symbols(left) | symbols(right)
    known = {variable, function, *(f"D_{k}" for k in range(1, order + 1))}
    if not letters <= known or function == variable or not (is_plain(left) and is_plain(right)):
        raise Unreadable("the equation has other letters")
    initial = tuple(_initial(condition, function, order) for condition in conditions)
    return SolveDifferential(left, right, function, variable, order, initial, text)


def _initial(text: str, function: str, order: int) -> tuple[int, Expr, Expr]:
    found = _INITIAL.match(text)
    if not found or found["y"] != function or len(found["primes"]) >= order:
        raise Unreadable("this is not an initial value")
    place, value = parse_expression(found["a"]), parse_expression(found["b"])
    if symbols(place) or symbols(value):
        raise Unreadable("this is not an initial value")
    return len(found["primes"]), place, value
