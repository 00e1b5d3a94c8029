"""General solutions such as `x = pi/4 + k*pi`, k any whole number: read, compared and checked."""

import math
import re
from dataclasses import dataclass
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_phrase
from tutor_app.verify.build import build, symbol
from tutor_app.verify.checkers.equation import expand_signs
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.limits import TEXT_CHARS, Unreadable
from tutor_app.verify.numerals import expr_text
from tutor_app.verify.solutions import Equation, same_number, substitute
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Const,
    Degrees,
    Expr,
    Listing,
    Phrase,
    Statement,
    Sym,
    Words,
    symbols,
    walk,
)
from tutor_app.verify.trigonometry import TrigonometricRoots, trigonometric_roots
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict
from tutor_app.verify.zero import Answer

_PARAMETERS: Final = frozenset("klmnpqrt")
_TEXT: Final = re.compile(r"\\(?:text|textrm|mbox|mathrm)\s*\{([^{}]*)\}")
_INTEGERS: Final = (
    r"(?:(?:\\in|∈|in)\s*(?:\\mathbb\s*\{?\s*Z\s*\}?|\\Z|ℤ|Z)|(?:is|are|being|=)?\s*(?:an?|any|all|some)"
    r"?\s*(?:integers?|whole\s+numbers?))"
)
_DECLARATION: Final = re.compile(
    r"(?<![\s,;.])[\s,;.]*+\(?\s*+(?:where|with|for|and)?\s*+(?:any|all|every|each|some)?\s*+"
    r"(?:integers?)?\s*+"
    rf"(?<![A-Za-z\\])(?P<name>[a-z])\s*{_INTEGERS}\s*\)?[\s.]*$"
)
_ANY_INTEGER: Final = re.compile(
    r"(?<![\s,;.])[\s,;.]*+\(?\s*+(?:where|with|for)\s+(?:any|all|every|each|some)\s+(?:integers?|integer\s+values?"
    r"\s+of)\s+(?P<name>[a-z])\s*\)?[\s.]*$"
)
_MOST_MEMBERS: Final = 200


@dataclass(frozen=True, slots=True)
class Family:
    """The numbers `start + k·step` for all whole k; the step is positive."""

    start: SymExpr
    step: SymExpr


@dataclass(frozen=True, slots=True)
class PeriodicSet:
    """A union of families.

    Attributes:
        families: at least one.
        parameter: the letter that stands for any whole number.
        unknown: the letter on the left, empty where none was written.
        is_declared: it was said what the parameter is.
    """

    families: tuple[Family, ...]
    parameter: str
    unknown: str
    is_declared: bool

    @property
    def period(self) -> SymExpr:
        """After which the whole set repeats."""
        shares = [family.step / sympy.pi for family in self.families]
        top = math.lcm(*(int(share.p) for share in shares))
        return sympy.Rational(top, math.gcd(*(int(share.q) for share in shares))) * sympy.pi

    def members(self, period: SymExpr) -> list[SymExpr]:
        """One number for each class that repeats with a multiple of the set's period.

        Raises:
            Unreadable: too many.
        """
        found: list[SymExpr] = []
        for family in self.families:
            count = int(period / family.step)
            if len(found) + count > _MOST_MEMBERS:
                raise Unreadable("a general solution has too many members in one period")
            found.extend(family.start + k * family.step for k in range(count))
        return found


def read_periodic(text: str, unknown: str = "") -> PeriodicSet | None:
    """A general solution; None if the text is none.

    Raises:
        Unreadable: it is one, but can be read in several ways.
    """
    if len(text) > TEXT_CHARS:
        return None
    plain = _TEXT.sub(r" \1 ", text).replace("\\ ", " ").strip()
    plain = re.sub(r"\\q?quad(?![A-Za-z])|\\[,;:]", " ", plain)
    declared = ""
    for pattern in (_DECLARATION, _ANY_INTEGER):
        found = pattern.search(plain)
        if found:
            declared = found["name"]
            plain = plain[: found.start()]
            break
    try:
        statement = parse_statement(plain)
    except Unreadable:
        return None
    items = statement.items if isinstance(statement, Listing) else (statement,)
    return _set_of(items, declared, unknown)


def _set_of(items: tuple[Statement, ...], declared: str, unknown: str) -> PeriodicSet | None:
    values: list[Expr] = []
    heads: set[str] = set()
    for item in items:
        match item:
            case Chain((Sym(name), value), (Comparison.EQ,)) if value is not None:
                heads.add(name)
                values.append(value)
            case _ if isinstance(item, Expr):
                values.append(item)
            case _:
                return None
    letters = frozenset().union(*(symbols(value) for value in values))
    if len(heads) > 1 or len(letters) != 1 or (unknown and heads - {unknown}):
        return None
    parameter = next(iter(letters))
    is_fit = parameter == declared or (not declared and parameter in _PARAMETERS)
    if not is_fit or parameter in heads or parameter == unknown:
        return None
    has_angle = any(
        isinstance(part, Degrees) or part == Const("pi") for value in values for part in walk(value)
    )
    if not declared and not has_angle:
        return None  # a formula in n, not a family of angles
    if any(not symbols(value) for value in values):
        raise Unreadable("a single value stands beside a general solution", is_ambiguous=True)
    families: list[Family] = []
    for value in values:
        for signed in expand_signs(value):
            families.extend(_families(signed, symbol(parameter)))
    return PeriodicSet(tuple(families), parameter, next(iter(heads), ""), bool(declared))


def _families(node: Expr, parameter: sympy.Symbol) -> list[Family]:
    """One family, or two where `(-1)^k` occurs."""
    built = build(node)
    if built.is_complex:
        raise Unreadable("complex numbers in a general solution")
    sign = sympy.Dummy("s")
    alternating = (-1) ** parameter
    expr = built.expr.xreplace({alternating: sign})
    try:
        polynomial = sympy.Poly(expr, parameter, sign)
    except sympy.PolynomialError as error:
        raise Unreadable("a general solution must be a number plus k times a period") from error
    if polynomial.degree(parameter) != 1 or any(
        part.has(parameter) or part.has(sign) for part in polynomial.coeffs()
    ):
        raise Unreadable("a general solution must be a number plus k times a period")
    found: list[Family] = []
    stride = 2 if expr.has(sign) else 1
    for first in range(stride):
        ends = [
            expr.xreplace({parameter: sympy.Integer(k), sign: sympy.Integer((-1) ** k)})
            for k in (first, first + stride)
        ]
        step = sympy.expand(ends[1] - ends[0])
        if not (step / sympy.pi).is_Rational or step == 0:
            raise Unreadable("the period is no rational multiple of pi")
        found.append(Family(ends[0], abs(step)))
    return found


# -- comparing ----------------------------------------------------------------------------


def compare_general_solutions(gold: str, answer: str) -> Verdict | None:
    """Whether two texts are the same general solution; None if the reference is none.

    Raises:
        Unreadable: one of them can be read in several ways.
    """
    first = read_periodic(gold)
    if first is None or not first.is_declared:
        return None
    second = read_periodic(answer, first.unknown)
    if second is None:
        return None
    return compare_periodic(first, second, answer)


def compare_periodic(gold: PeriodicSet, answer: PeriodicSet, reading: str) -> Verdict:
    """Whether two general solutions are the same set: all members of one common period.

    Raises:
        Unreadable: too many members.
    """
    both = PeriodicSet((*gold.families, *answer.families), "", "", is_declared=True)
    period = both.period
    first, second = gold.members(period), answer.members(period)
    for inner, outer, where in (
        (first, second, "missing"),
        (second, first, "not in the reference"),
    ):
        for value in inner:
            known = [_is_same_class(value, other, period) for other in outer]
            if any(known):
                continue
            if None in known:
                return unknown_verdict(
                    Method.UNSUPPORTED, "two angles could not be compared", reading
                )
            text = f"{expr_text(value)} is {where}"
            return refuted_verdict(Method.SOLUTION_SET, text, reading)
    text = f"the same numbers in one period of {expr_text(period)}"
    evidence = (Evidence(Method.SOLUTION_SET, text),)
    return Verdict(
        Status.VERIFIED, Method.SOLUTION_SET, evidence, _assumptions(answer), reading=reading
    )


def _assumptions(answer: PeriodicSet) -> tuple[str, ...]:
    return () if answer.is_declared else (f"{answer.parameter} is any whole number",)


def _is_same_class(left: SymExpr, right: SymExpr, period: SymExpr) -> bool | None:
    """Whether two numbers differ by a whole multiple of the period; None if not decided."""
    turns = int(sympy.N((left - right) / period, 30).round())
    gap = sympy.expand(left - right - turns * period)
    if Enclosure().excludes_zero(gap):
        return False
    return True if same_number(gap, sympy.Integer(0)) else None


def check_periodic(equation: Equation, text: str) -> Verdict | None:
    """Check an answer to a trigonometric equation without a range; None if it is another kind.

    Raises:
        Unreadable: the answer can be read in several ways.
    """
    phrase = read_phrase(text)
    if phrase not in {None, Words(Phrase.NO_SOLUTION)}:
        return None
    claimed = None if phrase is not None else read_periodic(text, equation.unknown)
    if claimed is None and phrase is None:
        return None
    roots = trigonometric_roots(equation)
    if roots is None:
        return None
    if claimed is not None:
        return _check_families(equation, roots, claimed)
    if roots.count == 0:
        text = "no real angle solves the equation"
        evidence = (Evidence(Method.SOLUTION_SET, text),)
        return Verdict(Status.VERIFIED, Method.SOLUTION_SET, evidence, reading="no solution")
    text = f"there are {roots.count} solutions in each period of {expr_text(roots.period)}"
    return refuted_verdict(Method.SOLUTION_SET, text, "no solution")


def _check_families(equation: Equation, roots: TrigonometricRoots, claimed: PeriodicSet) -> Verdict:
    reading = f"{equation.unknown} = " + " or ".join(
        f"{expr_text(family.start)} + k*{expr_text(family.step)}" for family in claimed.families
    )
    whole = PeriodicSet(
        (*claimed.families, Family(sympy.Integer(0), roots.period)), "", "", is_declared=True
    )
    period = whole.period
    distinct: list[SymExpr] = []
    for value in claimed.members(period):
        finding = substitute(equation, value)
        if finding.answer is Answer.NO:
            text = f"{equation.unknown} = {expr_text(value)} does not solve the equation"
            return refuted_verdict(Method.SUBSTITUTION, text, reading)
        known = [_is_same_class(value, other, period) for other in distinct]
        if finding.answer is Answer.OPEN or (None in known and True not in known):
            return unknown_verdict(Method.UNSUPPORTED, "a value was not decided", reading)
        if True not in known:
            distinct.append(value)
    count = roots.count * int(period / roots.period)
    said = f"there are {count} solutions in each period of {expr_text(period)}"
    if len(distinct) < count:
        text = f"{said}; the answer has {len(distinct)} of them"
        return refuted_verdict(Method.SOLUTION_SET, text, reading)
    if len(distinct) > count:
        return unknown_verdict(Method.UNSUPPORTED, "two counts disagree", reading)
    evidence = (
        Evidence(Method.SUBSTITUTION, "each family solves the equation"),
        Evidence(Method.SOLUTION_SET, said + ", and all are here"),
    )
    return Verdict(Status.VERIFIED, Method.SUBSTITUTION, evidence, _assumptions(claimed), reading)
