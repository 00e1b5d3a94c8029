"""Calculations with matrices and vectors, and the numbers that belong to a matrix."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from re import Match
from typing import Final

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import Builder
from tutor_app.verify.checkers.number import check_number
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.form import is_worked_out
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.matrix_algebra import NoMatrix, identity, matrix_rows, multiply, shape
from tutor_app.verify.matrix_comparison import is_rounded_matrix
from tutor_app.verify.rendering import render
from tutor_app.verify.syntax import (
    Bin,
    Call,
    Expr,
    Matrix,
    Operator,
    contains,
    symbols,
    whole,
    yields_matrix,
)
from tutor_app.verify.task import Evaluate, TopicTask
from tutor_app.verify.topics.matrix_reply import read_matrix, says_none, single_number
from tutor_app.verify.topics.matrix_text import (
    Sentence,
    cut_matrices,
    definitions,
    is_vector,
    matrix_expression,
    plain_vectors,
)
from tutor_app.verify.topics.series_sums import with_value
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict, verdict_of
from tutor_app.verify.zero import Answer

ASK: Final = (
    r"(?i:(?:please |can you |could you )?(?:find|calculate|compute|evaluate|determine|work out"
    r"|give|what is|what are|what's|write down|state))"
)
NOUN: Final = r"(?i:(?:the )?(?:following )?(?:(?:square )?(?:matrix|matrices|vectors?) ?:? ?)?)"
_GIVEN: Final = re.compile(
    r"(?i:(?:let|given(?: that)?|if|suppose(?: that)?|consider|for|with|you are given|we have)?)"
    r" ?(?i:(?:the )?(?:following )?(?:(?:matrix|matrices|vectors?|two (?:matrices|vectors)):? )?)"
    r"(?:⟨\w⟩(?: ?(?:,|and|, and|be the matrix) ?)?)+(?i:be matrices|be vectors)?"
    r" ?[.,;:]? ?(?i:then )?(?P<request>.+)"
)
_BEHIND: Final = re.compile(
    r"(?P<request>.+?) ?,? (?i:if|where|when|given(?: that)?|for|with)"
    r" (?i:(?:the )?(?:matrix|matrices|vectors?|two (?:matrices|vectors)) )?"
    r"(?P<given>(?:⟨\w⟩(?: ?(?:,|and|, and) ?)?)+)"
)
_END: Final = r" ?[.?:]*"
_IF_ANY: Final = r"(?i:,? ?\(?(?:if it exists|if possible|or state that it does not exist)\)?)?"
_P: Final = r"(?P<first>.+?)"
_Q: Final = r"(?P<second>.+?)"
_CALLS: Final = (
    (rf"{ASK} (?i:the determinant of) {NOUN}{_P}", "det"),
    (rf"{ASK} (?i:the trace of) {NOUN}{_P}", "tr"),
    (rf"{ASK} (?i:the rank of) {NOUN}{_P}", "rank"),
    (rf"{ASK} (?i:the transpose of) {NOUN}{_P}", "transpose"),
    (rf"{ASK} (?i:the (?:multiplicative )?inverse (?:matrix )?of) {NOUN}{_P}{_IF_ANY}", "inverse"),
    (rf"(?i:invert|transpose) {NOUN}{_P}", ""),
    (
        rf"{ASK} (?i:the (?:magnitude|length|norm|modulus|euclidean norm|size) of) {NOUN}{_P}",
        "norm",
    ),
    (
        rf"{ASK} (?i:the (?:dot|scalar|inner) product of) {NOUN}{_P} (?:and|with) {_Q}",
        "dot",
    ),
    (rf"{ASK} (?i:the (?:cross|vector) product of) {NOUN}{_P} (?:and|with) {_Q}", "cross"),
    (rf"{ASK} (?i:the (?:cross|vector) product) {NOUN}{_P}", "×"),
    (rf"{ASK} (?i:the (?:dot|scalar|inner) product) {NOUN}{_P}", "·"),
)
_OPERATIONS: Final = (
    (rf"(?i:multiply) {NOUN}{_P} (?i:by|and|with|times) {_Q}", Operator.MUL),
    (rf"(?i:add) {NOUN}{_P} (?i:and|to) {_Q}", Operator.ADD),
    (rf"{ASK} (?i:the (?:matrix )?product of) {NOUN}{_P} (?i:and) {_Q}", Operator.MUL),
    (rf"{ASK} (?i:the (?:matrix )?sum of) {NOUN}{_P} (?i:and) {_Q}", Operator.ADD),
)
_SUBTRACT: Final = rf"(?i:subtract) {NOUN}{_P} (?i:from) {_Q}"
_UNIT_VECTOR: Final = (
    rf"{ASK} (?i:(?:a|the) unit vector (?:in the (?:same )?direction of|in the direction of"
    rf"|parallel to|along|for|of)) {NOUN}{_P}"
)
_PLAIN: Final = (
    rf"{ASK}(?i: the (?:value|result) of)? {_P}{_IF_ANY}",
    rf"{ASK}(?i: the (?:(?:matrix )?product|sum|difference|matrix|vector|expression)) {_P}",
)
_SPEAKS_OF_VECTORS: Final = re.compile(
    r"(?i)\bvectors?\b|\b(?:dot|scalar|cross|inner) product\b|\bmagnitude\b|\\vec|\\langle"
)


@dataclass(frozen=True, slots=True)
class MatrixTask(TopicTask):
    """Compute a matrix or a vector, or find that there is none.

    Attributes:
        node: the calculation.
        names: matrices that the problem names.
    """

    node: Expr
    names: Mapping[str, Expr] = field(default_factory=dict)
    kind = "matrix"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"compute {render(self.node)}"

    def check(self, answer: str) -> Verdict:
        """Compare entry by entry, an inverse by multiplying back."""
        missing = self._missing()
        if says_none(answer):
            if missing is not None:
                evidence = (Evidence(Method.EXACT_ARITHMETIC, missing),)
                return Verdict(Status.VERIFIED, Method.EXACT_ARITHMETIC, evidence)
            return refuted_verdict(Method.EXACT_ARITHMETIC, "it does exist")
        shown = self._read(answer, is_missing=missing is not None)
        reading = render(shown)
        if missing is not None:
            return refuted_verdict(Method.EXACT_ARITHMETIC, missing, reading)
        finding = compare_expressions(self.node, shown)
        if finding.answer is Answer.NO and is_rounded_matrix(shown, self.node):
            text = "these are rounded values; the exact ones were not given"
            return unknown_verdict(Method.AMBIGUOUS, text, reading)
        verdict = verdict_of(finding, reading=reading)
        back = self._multiplied_back(shown) if finding.answer is Answer.YES else None
        if back is None:
            return verdict
        return Verdict(verdict.status, verdict.method, (back, *verdict.evidence), reading=reading)

    def _read(self, answer: str, *, is_missing: bool) -> Expr:
        if not is_missing and shape(matrix_rows(self.node, Builder().build)) == (1, 1):
            number = read_answer(single_number(answer, self.names, self.node))
            if isinstance(number, Expr) and not yields_matrix(number) and is_worked_out(number):
                return number  # a matrix with one entry is that number
        return read_matrix(answer, self.names, self.node)

    def _missing(self) -> str | None:
        """Why there is no such matrix; None if there is one."""
        try:
            matrix_rows(self.node, Builder().build)
        except NoMatrix as error:
            return str(error)
        return None

    def _multiplied_back(self, shown: Expr) -> Evidence | None:
        base = _inverted(self.node)
        if base is None:
            return None
        rows = [matrix_rows(node, Builder().build) for node in (base, shown)]
        if multiply(rows[0], rows[1]) != identity(len(rows[0])):
            return None
        text = "the matrix times the answer is the identity matrix"
        return Evidence(Method.EXACT_ARITHMETIC, text)


def _inverted(node: Expr) -> Expr | None:
    match node:
        case Bin(Operator.POW, base, exponent) if exponent == whole(-1):
            return base
        case _:
            return None


@dataclass(frozen=True, slots=True)
class MatrixNumberTask(TopicTask):
    """Compute a number that belongs to matrices: a determinant, a rank, a dot product.

    Attributes:
        node: the calculation.
        names: matrices that the problem names.
    """

    node: Expr
    names: Mapping[str, Expr] = field(default_factory=dict)
    kind = "matrix-number"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"compute {render(self.node)}"

    def check(self, answer: str) -> Verdict:
        """Compare with the exact number, or the formula where the entries hold letters."""
        statement = read_answer(single_number(answer, self.names, self.node))
        if not symbols(self.node):
            return with_value(check_number(Evaluate(self.node), statement), self.node)
        if not isinstance(statement, Expr) or contains(statement, Call):
            raise Unreadable("I expected a formula in the letters of the matrix")
        finding = compare_expressions(self.node, statement)
        return verdict_of(finding, reading=render(statement))


def read_matrices(text: str) -> TopicTask | None:
    """A calculation with matrices, or None."""
    has_coordinates = bool(_SPEAKS_OF_VECTORS.search(text))
    if has_coordinates:
        text = plain_vectors(text)
    sentence = cut_matrices(text, has_coordinates=has_coordinates)
    if not sentence.matrices:
        return None
    names, text = definitions(sentence)
    for request in requests(text, names):
        for node in _asked(request, sentence, names):
            task = _task(node, names)
            if task is not None:
                return task
    return None


def requests(text: str, names: Mapping[str, Expr]) -> Iterator[str]:
    """What is asked once the definitions are taken off."""
    if not names:
        yield text
        return
    for pattern in (_GIVEN, _BEHIND):
        found = pattern.fullmatch(text.rstrip(".? "))
        if found and "⟨" not in found["request"]:
            yield found["request"]
    inline = re.sub(r"⟨(\w)⟩", r"\1", text)
    if text.count("⟨") == 1:
        yield inline  # "Find the determinant of A = ⟦0⟧."


def _asked(request: str, sentence: Sentence, names: Mapping[str, Expr]) -> Iterator[Expr]:
    """The calculations that a request may ask for."""

    def read(part: str) -> Expr:
        return matrix_expression(part.strip(), sentence, names)

    for pattern, name in _CALLS:
        found = re.fullmatch(pattern + _END, request)
        if found:
            node = _call(name, found, request, read)
            if node is not None:
                yield node
    for pattern, operator in _OPERATIONS:
        found = re.fullmatch(pattern + _END, request)
        if found:
            pair = read(found["first"]), read(found["second"])
            if not all(is_vector(side) for side in pair) or operator is Operator.ADD:
                yield Bin(operator, pair[0], pair[1])
    yield from _rarely_asked(request, read)


def _rarely_asked(request: str, read: Callable[[str], Expr]) -> Iterator[Expr]:
    found = re.fullmatch(_SUBTRACT + _END, request)
    if found:
        yield Bin(Operator.SUB, read(found["second"]), read(found["first"]))
    found = re.fullmatch(_UNIT_VECTOR + _END, request)
    if found and is_vector(read(found["first"])):
        vector = read(found["first"])
        yield Bin(Operator.DIV, vector, Call("norm", (vector,)))
    for pattern in _PLAIN:
        found = re.fullmatch(pattern + _END, request)
        if found:
            yield read(found["first"])


def _call(name: str, found: Match[str], request: str, read: Callable[[str], Expr]) -> Expr | None:
    first = read(found["first"])
    if name == "":
        name = "inverse" if request.lower().startswith("inv") else "transpose"
    if name in {"×", "·"}:
        is_kind = isinstance(first, Call) and first.name == {"×": "cross", "·": "dot"}[name]
        return first if is_kind else None
    if name in {"dot", "cross"}:
        second = read(found["second"])
        return Call(name, (first, second)) if is_vector(first) and is_vector(second) else None
    if name == "norm" and not is_vector(first):
        return None
    if name == "inverse" and yields_matrix(first):
        return Bin(Operator.POW, first, whole(-1))
    return Call(name, (first,)) if yields_matrix(first) else None


def _task(node: Expr, names: Mapping[str, Expr]) -> TopicTask | None:
    if isinstance(node, Matrix):
        return None
    if yields_matrix(node):
        return None if symbols(node) else MatrixTask(node, names)
    match node:
        case Call("tr" | "rank" | "norm" | "dot") if not symbols(node):
            return MatrixNumberTask(node, names)
        case Call("det"):
            return MatrixNumberTask(node, names)
        case _:
            return None
