"""Eigenvalues, eigenvectors and the characteristic polynomial of a matrix of numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import sympy

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.build import Builder, Built, build
from tutor_app.verify.checkers.equation import expand_signs
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.matrix_algebra import (
    Rows,
    characteristic_coefficients,
    is_rational,
    matrix_rows,
    multiply,
)
from tutor_app.verify.matrix_comparison import rounds_to
from tutor_app.verify.numerals import number_text
from tutor_app.verify.rendering import render, render_statement
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Expr,
    Joiner,
    Listing,
    Matrix,
    Member,
    SetLit,
    Statement,
    Sym,
    contains_plus_minus,
    symbols,
)
from tutor_app.verify.task import TopicTask
from tutor_app.verify.text import tidy, without_delimiters
from tutor_app.verify.topics.matrices import ASK, NOUN, requests
from tutor_app.verify.topics.matrix_reply import read_matrix
from tutor_app.verify.topics.matrix_text import (
    cut_matrices,
    definitions,
    is_square,
    matrix_expression,
)
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer, equality

_END: Final = r" ?[.?:]*"
_P: Final = r"(?P<matrix>.+?)"
_VALUES: Final = re.compile(
    rf"{ASK} (?i:(?:all )?(?:the )?(?P<real>real )?eigenvalues of) {NOUN}{_P}{_END}"
)
_VECTOR: Final = re.compile(
    rf"{ASK} (?i:(?:an?|the|one) eigenvector (?:of) {NOUN}{_P},? ?(?:for|corresponding to"
    rf"|associated with|with|belonging to) (?:the )?(?:eigenvalue )?)"
    rf"(?:\\lambda ?=|λ ?=)? ?(?P<value>[^=]+?){_END}"
)
_POLYNOMIAL: Final = re.compile(rf"{ASK} (?i:the characteristic polynomial of) {NOUN}{_P}{_END}")
_LEAD: Final = re.compile(
    r"(?i)(?:so |thus |hence |therefore )?,? ?(?:the |its )?eigenvalues? (?:are|is|:|=) ?:? ?"
)
_MULTIPLICITY: Final = re.compile(
    r"\s*\(?\s*(?:(?:with )?(?:algebraic )?multiplicity (?P<count>\d+|two|three)"
    r"|(?P<word>twice|double|repeated))\s*\)?"
)
_COUNTS: Final = {"two": 2, "three": 3, "twice": 2, "double": 2, "repeated": 2}
_TEXT_COMMAND: Final = re.compile(r"\\(?:text|textrm|mathrm|mbox)\s*\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class EigenvaluesTask(TopicTask):
    """All eigenvalues of a matrix.

    Attributes:
        matrix: square, of rational numbers.
        is_real: only real ones were asked for.
    """

    matrix: Matrix
    is_real: bool = False
    kind = "eigenvalues"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find the {'real ' if self.is_real else ''}eigenvalues of {render(self.matrix)}"

    def check(self, answer: str) -> Verdict:
        """Put each value into the characteristic polynomial and count the roots."""
        polynomial = _characteristic(self.matrix)
        nodes, claimed, reading = _read_values(answer)
        values = _values(nodes, claimed)
        for value in values:
            if not _is_root(value, polynomial):
                if _are_rounded(nodes, polynomial):
                    text = "these are rounded values; the exact ones were not given"
                    return unknown_verdict(Method.AMBIGUOUS, text, reading)
                text = f"det(A - tI) is not 0 for t = {number_text(value)}"
                return refuted_verdict(Method.SUBSTITUTION, text, reading)
        distinct = _distinct(values)
        wrong = self._miscounted(polynomial, values, distinct, claimed)
        if wrong is not None:
            return unknown_verdict(Method.AMBIGUOUS, wrong, reading)
        square_free = polynomial.sqf_part()
        roots, real_roots = square_free.degree(), square_free.count_roots()
        real_given = sum(1 for value in distinct if value.is_real)
        if len(distinct) == roots or (self.is_real and real_given == len(distinct) == real_roots):
            evidence = (
                Evidence(Method.SUBSTITUTION, "each value makes det(A - tI) zero"),
                Evidence(Method.SOLUTION_SET, f"det(A - tI) has {roots} different zeros"),
            )
            return Verdict(Status.VERIFIED, Method.SUBSTITUTION, evidence, reading=reading)
        if real_given < real_roots:
            text = f"there are {real_roots} different real eigenvalues"
            return refuted_verdict(Method.SOLUTION_SET, text, reading)
        return unknown_verdict(Method.AMBIGUOUS, "complex eigenvalues are missing", reading)

    def _miscounted(
        self,
        polynomial: sympy.Poly,
        values: list[sympy.Expr],
        distinct: list[sympy.Expr],
        claimed: Mapping[int, int],
    ) -> str | None:
        """Why the multiplicities that an answer shows do not fit; None where they do."""
        for value in distinct:
            shown = sum(1 for other in values if other == value)
            said = [count for k, count in claimed.items() if values[k] == value]
            true = _multiplicity(value, polynomial)
            if (said and said != [true]) or (shown > 1 and (shown != true or said)):
                return f"{number_text(value)} is an eigenvalue {true} times"
        return None


def _characteristic(matrix: Matrix) -> sympy.Poly:
    coefficients = characteristic_coefficients(matrix_rows(matrix, Builder().build))
    return sympy.Poly(
        [sympy.Rational(value.numerator, value.denominator) for value in coefficients],
        sympy.Symbol("t"), domain="QQ",
    )  # fmt: skip


def _at(polynomial: sympy.Poly, value: sympy.Expr) -> sympy.Expr:
    total = sympy.Integer(0)
    for coefficient in polynomial.all_coeffs():
        total = sympy.expand(total * value + coefficient)
    return total


def _is_root(value: sympy.Expr, polynomial: sympy.Poly) -> bool:
    """Whether a value is a root.

    Raises:
        Unreadable: that could not be decided.
    """
    is_complex = bool(value.has(sympy.I))
    zero = Built(sympy.Integer(0), (), is_complex)
    finding = equality(Built(_at(polynomial, value), (), is_complex), zero)
    if finding.answer is Answer.OPEN:
        raise Unreadable("I could not put this value in")
    return finding.answer is Answer.YES


def _multiplicity(value: sympy.Expr, polynomial: sympy.Poly) -> int:
    count = 0
    while polynomial.degree() > 0 and _is_root(value, polynomial):
        polynomial = polynomial.diff()
        count += 1
    return count


def _distinct(values: list[sympy.Expr]) -> list[sympy.Expr]:
    found: list[sympy.Expr] = []
    for value in values:
        is_complex = any(bool(side.has(sympy.I)) for side in (value, *found))
        known = [
            equality(Built(value, (), is_complex), Built(other, (), is_complex)).answer
            for other in found
        ]
        if Answer.OPEN in known or (Answer.YES in known and value not in found):
            raise Unreadable("two values may be the same")
        if Answer.YES not in known:
            found.append(value)
    return found


def _are_rounded(nodes: list[Expr], polynomial: sympy.Poly) -> bool:
    """Whether each value shown is an eigenvalue or a decimal that one rounds to."""
    roots = polynomial.nroots(n=30)
    return all(
        (contains_plus_minus(node) is False and _is_root(build(node).expr, polynomial))
        or any(
            rounds_to(node, root)
            for root in roots
            if root.is_real and not contains_plus_minus(node)
        )
        for node in nodes
    )


def _values(nodes: list[Expr], claimed: Mapping[int, int]) -> list[sympy.Expr]:
    values = [build(value).expr for node in nodes for value in expand_signs(node)]
    if len(values) != len(nodes) and claimed:
        raise Unreadable("a multiplicity at two values")
    if not values or any(value.free_symbols or not value.is_finite for value in values):
        raise Unreadable("I expected a list of numbers")
    return values


def _read_values(answer: str) -> tuple[list[Expr], dict[int, int], str]:
    """The values of an answer, the multiplicities it states by position, and its reading."""
    text = tidy(_LEAD.sub("", _TEXT_COMMAND.sub(r" \1 ", without_delimiters(answer)), count=1))
    counts = [
        int(_COUNTS.get(found["count"] or found["word"], 0) or found["count"])
        for found in _MULTIPLICITY.finditer(text)
    ]
    marked = _MULTIPLICITY.sub(" ⟦ ", text)
    pieces = marked.split("⟦")
    statement = parse_statement("".join(pieces))
    nodes = _nodes(statement)
    claimed: dict[int, int] = {}
    for k, count in enumerate(counts):
        before = parse_statement(re.sub(r"(?:,|;|\band\b)\s*$", "", "".join(pieces[: k + 1])))
        claimed[len(_nodes(before)) - 1] = count
    return nodes, claimed, render_statement(statement)


def _nodes(statement: Statement) -> list[Expr]:
    match statement:
        case Listing(items, joiner) if joiner is not Joiner.OR or _all_named(items):
            return [node for item in items for node in _nodes(item)]
        case Chain((Sym(name), value), (Comparison.EQ,)) if value is not None:
            if name.partition("_")[0] not in {"lambda", "t", "x", "k", "r"}:
                raise Unreadable(f"I do not know what {name} stands for")
            return [value]
        case SetLit(items) | Member("lambda", SetLit(items)):
            return list(items)
        case _ if isinstance(statement, Expr) and not symbols(statement):
            return [statement]
        case _:
            raise Unreadable("I expected a list of numbers")


def _all_named(items: tuple[Statement, ...]) -> bool:
    """Whether each value stands behind a name; “4 or -3” without names may be a guess."""
    return all(isinstance(item, Chain) for item in items)


@dataclass(frozen=True, slots=True)
class EigenvectorTask(TopicTask):
    """One eigenvector for a given eigenvalue; any non-zero multiple is right."""

    matrix: Matrix
    value: Expr
    names: Mapping[str, Expr] = field(default_factory=dict)
    kind = "eigenvector"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find an eigenvector of {render(self.matrix)} for {render(self.value)}"

    def check(self, answer: str) -> Verdict:
        """Multiply the matrix by the vector."""
        shown = read_matrix(answer, {}, Sym("v"))
        reading = render(shown)
        vector = matrix_rows(shown, Builder().build)
        rows = matrix_rows(self.matrix, Builder().build)
        if len(vector[0]) != 1 or len(vector) != len(rows) or not is_rational(vector):
            raise Unreadable("I expected one vector of numbers")
        factor = build(self.value).expr
        if all(row[0] == 0 for row in vector):
            return refuted_verdict(Method.SUBSTITUTION, "the zero vector does not count", reading)
        return _judged(multiply(rows, vector), vector, factor, reading)


def _judged(product: Rows, vector: Rows, factor: sympy.Expr, reading: str) -> Verdict:
    for k, (left, right) in enumerate(zip(product, vector, strict=True), start=1):
        if sympy.expand(left[0] - factor * right[0]) != 0:
            text = f"row {k}: A·v gives {left[0]}, {factor}·v gives {factor * right[0]}"
            return refuted_verdict(Method.SUBSTITUTION, text, reading)
    evidence = (Evidence(Method.SUBSTITUTION, f"A·v = {factor}·v, and v is not zero"),)
    return Verdict(Status.VERIFIED, Method.SUBSTITUTION, evidence, reading=reading)


@dataclass(frozen=True, slots=True)
class CharacteristicTask(TopicTask):
    """The characteristic polynomial, with either sign."""

    matrix: Matrix
    kind = "characteristic-polynomial"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find the characteristic polynomial of {render(self.matrix)}"

    def check(self, answer: str) -> Verdict:
        """Compare the coefficients."""
        text = re.sub(r"^\s*[pP]\s*(?:_[A-Za-z])?\s*\(\s*(?:\\lambda|[txλ])\s*\)\s*=", "", answer)
        statement = parse_statement(tidy(without_delimiters(text)))
        if not isinstance(statement, Expr) or len(symbols(statement)) != 1:
            raise Unreadable("I expected one polynomial")
        letter = sympy.Symbol(next(iter(symbols(statement))), real=True)
        wanted = _characteristic(self.matrix).as_expr().xreplace({sympy.Symbol("t"): letter})
        finding = equality(build(statement), Built(wanted, (), is_complex=False))
        other = equality(build(statement), Built(-wanted, (), is_complex=False))
        best = other if other.answer is Answer.YES else finding
        return verdict_of(best, reading=render(statement))


def read_eigenvalues(text: str) -> TopicTask | None:
    """A question for eigenvalues or an eigenvector, or None."""
    sentence = cut_matrices(text)
    if not sentence.matrices:
        return None
    names, text = definitions(sentence)
    for request in requests(text, names):
        for pattern in (_VALUES, _VECTOR, _POLYNOMIAL):
            found = pattern.fullmatch(request)
            if not found:
                continue
            node = matrix_expression(found["matrix"].strip(), sentence, names)
            if not isinstance(node, Matrix) or not is_square(node) or symbols(node):
                return None
            characteristic_coefficients(matrix_rows(node, Builder().build))
            if pattern is _VALUES:
                return EigenvaluesTask(node, is_real=found["real"] is not None)
            if pattern is _POLYNOMIAL:
                return CharacteristicTask(node)
            return _vector_task(node, found["value"])
    return None


def _vector_task(matrix: Matrix, text: str) -> TopicTask | None:
    statement = parse_statement(text)
    if not isinstance(statement, Expr) or symbols(statement):
        return None
    value = build(statement).expr
    if not value.is_Rational or not _is_root(value, _characteristic(matrix)):
        return None
    return EigenvectorTask(matrix, statement)
