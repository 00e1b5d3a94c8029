"""Complex numbers: modulus, conjugate, real and imaginary part, standard and polar form."""

import re
from dataclasses import dataclass
from typing import Final

import sympy

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import Built, build
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.reading import is_plain
from tutor_app.verify.rendering import render
from tutor_app.verify.syntax import (
    Bin,
    Call,
    Const,
    Expr,
    Neg,
    Operator,
    Sym,
    contains,
    symbols,
    walk,
)
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.results import judge_number, last_value
from tutor_app.verify.topics.sentence import FIND, formula, plain, readings
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict
from tutor_app.verify.zero import Answer, equality

_NUMBER: Final = "[the] [complex number] <z>"
_OF: Final = (
    ("modulus", (f"{FIND} the (modulus|absolute value|magnitude) of {_NUMBER}",)),
    ("conjugate", (f"{FIND} the [complex] conjugate of {_NUMBER}",)),
    ("real", (f"{FIND} the real part of {_NUMBER}",)),
    ("imaginary", (f"{FIND} the imaginary part of {_NUMBER}",)),
    ("argument", (f"{FIND} the [principal] argument of {_NUMBER} [in radians]",)),
    (
        "standard",
        (
            "(write|express|simplify|give|convert|put|evaluate) <z> in [the] [standard]"
            " [rectangular|cartesian] form <form>",
            "(write|express|simplify|give|convert|put) <z> (in|to) (standard|rectangular|cartesian)"
            " form",
            "(convert|write|express|simplify) <z> (to|as|into) [the form] <form>",
            f"{FIND} <z> in the form <form>",
        ),
    ),
)
_CONJUGATE: Final = re.compile(r"^\s*\\(?:bar|overline)\s*\{?\s*z\s*\}?\s*=")
_FORM: Final = re.compile(r"[a-z]\s*\+\s*(?:[a-z]\s*i|i\s*[a-z])")
_CIS: Final = re.compile(
    r"(?:\\operatorname\{cis\}|\\mathrm\{cis\}|\\text\{cis\}|\bcis)\s*\(?(?P<a>[^()]+)\)?"
)


@dataclass(frozen=True, slots=True)
class ComplexPart(TopicTask):
    """A number made from a complex number.

    Attributes:
        wanted: `modulus`, `conjugate`, `real`, `imaginary`, `argument` or `standard`.
        node: the complex number.
    """

    wanted: str
    node: Expr
    kind = "complex-number"

    @property
    def read_as(self) -> str:
        """The task in words."""
        names = {
            "standard": "standard form", "real": "real part", "imaginary": "imaginary part",
        }  # fmt: skip
        return f"find the {names.get(self.wanted, self.wanted)} of {render(self.node)}"

    def check(self, answer: str) -> Verdict:
        """Check a real or complex number."""
        heads = (Sym("z"), Sym("w"), self.node, Call("abs", (Sym("z"),)), Call("abs", (self.node,)))
        node = last_value(read_answer(_CONJUGATE.sub("z=", answer)), heads)
        if symbols(node):
            return unknown_verdict(Method.UNSUPPORTED, "it holds a letter", render(node))
        value = sympy.expand_complex(build(self.node).expr)
        real, imaginary = value.as_real_imag()
        shown = f"the number is {real} + {imaginary}·i"
        match self.wanted:
            case "modulus":
                square = sympy.expand(real**2 + imaginary**2)
                return _real(sympy.sqrt(square), node, f"{shown}; the square of it is {square}")
            case "real":
                return _real(real, node, shown)
            case "imaginary":
                return _real(imaginary, node, shown)
            case "argument":
                return _angle(_argument(real, imaginary), node, shown)
            case "conjugate":
                return self._complex(real - sympy.I * imaginary, node, shown)
            case _:
                return self._complex(real + sympy.I * imaginary, node, shown)

    def _complex(self, truth: sympy.Expr, node: Expr, shown: str) -> Verdict:
        reading = render(node)
        finding = equality(Built(truth, (), is_complex=True), build(node))
        if finding.answer is Answer.NO:
            return refuted_verdict(finding.method, shown, reading)
        if finding.answer is Answer.OPEN:
            return unknown_verdict(finding.method, finding.text, reading)
        if not _is_standard(node):
            return unknown_verdict(Method.UNSUPPORTED, "it is not in the form a + bi yet", reading)
        evidence = (Evidence(finding.method, shown),)
        return Verdict(Status.VERIFIED, finding.method, evidence, reading=reading)


def _real(truth: sympy.Expr, node: Expr, shown: str) -> Verdict:
    if any(part == Const("i") for part in walk(node)):
        return unknown_verdict(Method.UNSUPPORTED, "a real number is wanted", render(node))
    return judge_number(sympy.radsimp(truth), node, shown, Method.EXACT_ARITHMETIC)


def _angle(truth: sympy.Expr, node: Expr, shown: str) -> Verdict:
    """An argument; another one that differs by whole turns is not wrong."""
    verdict = _real(truth, node, shown)
    if verdict.status is Status.REFUTED:
        turns = sympy.expand((build(node).expr - truth) / (2 * sympy.pi))
        if turns.is_Integer:
            text = "it differs from the principal argument by whole turns"
            return unknown_verdict(Method.AMBIGUOUS, text, render(node))
    return verdict


def _argument(real: sympy.Expr, imaginary: sympy.Expr) -> sympy.Expr:
    value = sympy.atan2(imaginary, real)
    if value.has(sympy.atan2) or not value.is_finite:
        raise Unreadable("the argument was not found")
    return value


def _is_standard(node: Expr) -> bool:
    """Whether i occurs at most once, not in a denominator, power or function."""
    count = sum(part == Const("i") for part in walk(node))
    if count > 1:
        return False

    def hides(part: Expr) -> bool:
        match part:
            case Bin(Operator.DIV, _, right):
                return any(inner == Const("i") for inner in walk(right))
            case Bin(Operator.POW) | Call():
                return any(inner == Const("i") for inner in walk(part))
            case _:
                return False

    if any(hides(part) for part in walk(node)):
        return False
    return not (contains(node, Call) and any(_is_trigonometric(part) for part in walk(node))) and (
        not _is_bracketed(node)
    )


def _is_trigonometric(part: Expr) -> bool:
    return isinstance(part, Call) and part.name in {"sin", "cos", "tan", "exp"}


def _is_bracketed(node: Expr) -> bool:
    """Whether i stands in a sum inside a product, as in 2(1 + 3i)."""
    match node:
        case Neg(arg):
            return _is_bracketed(arg)
        case Bin(Operator.ADD | Operator.SUB, left, right):
            return _is_bracketed(left) or _is_bracketed(right)
        case _:
            has_sum = any(
                isinstance(part, Bin)
                and part.op in {Operator.ADD, Operator.SUB}
                and any(inner == Const("i") for inner in walk(part))
                for part in walk(node)
            )
            is_quotient = isinstance(node, Bin) and node.op is Operator.DIV
            return has_sum and not is_quotient


def read_complex(text: str) -> TopicTask | None:
    """A question on one complex number, or None.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    sentence = plain(text)
    for wanted, templates in _OF:
        for found in readings(templates, sentence):
            form = formula(found, "form")
            if form and not _FORM.fullmatch(form.strip()):
                continue
            node = _number(formula(found, "z"))
            if node is None or (wanted == "modulus" and not _has_i(node)):
                continue
            return ComplexPart(wanted, node)
    return None


def _has_i(node: Expr) -> bool:
    return any(part == Const("i") for part in walk(node))


def _number(text: str) -> Expr | None:
    text = re.sub(r"^\s*[zw]\s*=\s*", "", text)
    text = _CIS.sub(lambda found: rf"(\cos({found['a']}) + i \sin({found['a']}))", text)
    node = parse_expression(text)
    return node if not symbols(node) and is_plain(node) and _has_i(node) else None
