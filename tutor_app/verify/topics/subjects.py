"""Formulas made over to another letter: `Make r the subject of` a formula."""

from dataclasses import dataclass
from typing import Final

import sympy

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import build, symbol
from tutor_app.verify.checkers.equation import check_literal, expand_signs
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.rendering import render, render_statement
from tutor_app.verify.solutions import Equation
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import Chain, Comparison, Expr, Statement, Sym, symbols
from tutor_app.verify.task import SolveLiteral, TopicTask
from tutor_app.verify.topics.sentence import formula, letters, plain, readings
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict
from tutor_app.verify.zero import Answer, equality

_FORMULA: Final = "[the] [(formula|equation)] <e>"
_SUBJECTS: Final = (
    f"make <x> the subject of {_FORMULA}",
    f"(rearrange|transform) {_FORMULA} to make <x> the subject",
    f"(rearrange|transpose) {_FORMULA} for <x>",
    f"(solve|rearrange) {_FORMULA} for <x> in terms of [the] other [(letters|variables)]",
    "express <x> in terms of the other (letters|variables) , <e>",
    "if <e> (find|express|write) <x> in terms of <others>",
    "given [that] <e> (find|express|write) <x> in terms of <others>",
)


@dataclass(frozen=True, slots=True)
class MakeSubject(TopicTask):
    """One letter of a formula as an expression in the others."""

    equation: Equation
    kind = "solve-literal"

    @property
    def read_as(self) -> str:
        """The task in words."""
        left, right = render(self.equation.left), render(self.equation.right)
        return f"make {self.equation.unknown} the subject of {left} = {right}"

    def check(self, answer: str) -> Verdict:
        """Check `r = …` by putting it in."""
        statement = read_answer(answer)
        power = self._pure_power()
        if power is None:
            return check_literal(SolveLiteral(self.equation), statement)
        return self._root(_stated(statement, self.equation.unknown), power, statement)

    def _pure_power(self) -> tuple[int, sympy.Expr] | None:
        """N and q where the formula says that the letter to the n-th is q, for n > 1."""
        letter = symbol(self.equation.unknown)
        left, right = build(self.equation.left), build(self.equation.right)
        numerator = sympy.fraction(sympy.together(left.expr - right.expr))[0]
        try:
            polynomial = sympy.Poly(numerator, letter)
        except sympy.PolynomialError:
            return None
        exponents = [monomial[0] for monomial in polynomial.monoms()]
        if len(exponents) != 2 or exponents[1] != 0 or exponents[0] < 2:
            return None
        top, rest = polynomial.coeffs()
        return exponents[0], -rest / top

    def _root(self, node: Expr, power: tuple[int, sympy.Expr], statement: Statement) -> Verdict:
        reading = render_statement(statement)
        degree, value = power
        signed = expand_signs(node)
        for one in signed:
            built = build(one)
            raised = type(built)(built.expr**degree, built.conditions, built.is_complex)
            finding = equality(raised, type(built)(value, built.conditions, built.is_complex))
            if finding.answer is Answer.NO:
                return refuted_verdict(finding.method, finding.text, reading)
            if finding.answer is Answer.OPEN:
                return unknown_verdict(finding.method, finding.text, reading)
        name = self.equation.unknown
        needs_both = degree % 2 == 0 and len(signed) == 1
        assumptions = (f"{name} is not negative",) if needs_both else ()
        if needs_both and build(signed[0]).expr.could_extract_minus_sign() is not False:
            return unknown_verdict(Method.UNSUPPORTED, "the other sign is missing", reading)
        text = f"to the power {degree}, it is {value}"
        evidence = (Evidence(Method.SUBSTITUTION, text),)
        return Verdict(Status.VERIFIED, Method.SUBSTITUTION, evidence, assumptions, reading)


def _stated(statement: Statement, unknown: str) -> Expr:
    match statement:
        case Chain((Sym(name), value), (Comparison.EQ,)) if name == unknown and value is not None:
            node = value
        case _ if isinstance(statement, Expr):
            node = statement
        case _:
            raise Unreadable("I expected the letter, an equals sign and an expression")
    if unknown in symbols(node):
        raise Unreadable("the letter is on both sides")
    return node


def read_subject(text: str) -> TopicTask | None:
    """A formula to make over, or None.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    for found in readings(_SUBJECTS, plain(text)):
        try:
            statement = parse_statement(formula(found, "e"))
        except Unreadable:
            continue
        match statement:
            case Chain((left, right), (Comparison.EQ,)) if left is not None and right is not None:
                known = symbols(left) | symbols(right)
            case _:
                continue
        wanted = letters(found, "x")
        if len(wanted) != 1 or not wanted < known:
            continue
        others = formula(found, "others")
        named = frozenset(
            others.replace(" and ", ",").replace(" ", "").replace("\\", "").split(",")
        )
        if others and named != known - wanted:
            continue
        return MakeSubject(Equation(left, right, next(iter(wanted))))
    return None
