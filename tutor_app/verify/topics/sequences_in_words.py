"""Arithmetic and geometric sequences in words: a term, a sum of terms, a sum to infinity."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

from tutor_app.core.verdict import (
    CALCULATION_ONLY,
    WHOLE_ANSWER,
    Evidence,
    Method,
    Status,
    Verdict,
)
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import build
from tutor_app.verify.checkers.number import check_number
from tutor_app.verify.limits import EXPONENT, Unreadable
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.syntax import (
    Bin,
    Chain,
    Comparison,
    Expr,
    Neg,
    Num,
    Operator,
    Phrase,
    Statement,
    Sym,
    Words,
    symbols,
)
from tutor_app.verify.task import Evaluate, TopicTask
from tutor_app.verify.verdicts import refuted_verdict

_ASK: Final = (
    r"(?i:(?:please )?(?:find|calculate|compute|evaluate|determine|work out|give|what is))"
)
_ENUMERATED: Final = 1000
_LARGEST_COUNT: Final = 10**12
_ORDINAL: Final = {
    "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12,
    "fifteenth": 15, "twentieth": 20, "thirtieth": 30, "fiftieth": 50, "hundredth": 100,
}  # fmt: skip
_COUNTS: Final = {
    "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100,
}  # fmt: skip
_COUNT: Final = rf"(?P<count>\d{{1,13}}|{'|'.join(_COUNTS)})"
_INDEX: Final = (
    rf"(?:(?P<index>\d{{1,13}}) ?(?:st|nd|rd|th|\^\{{?th\}}?)|(?P<ordinal>{'|'.join(_ORDINAL)}))"
)
_KIND: Final = r"(?:(?:infinite )?(?P<kind>arithmetic|geometric) )?(?:infinite )?"
_NOUN: Final = r"(?:sequence|series|progression)"
_ETC: Final = r"(?:\\l?dots|\\cdots|\\ldots|\.{3}|…)"
_NUMBER: Final = r"-?(?:\d+(?:\.\d+)?(?: ?/ ?\d+)?|\\[dt]?frac\{\d+\}\{\d+\})"
_TERMS: Final = (
    rf"(?P<terms>{_NUMBER}(?: ?[,+-] ?-?{_NUMBER}){{2,}}) ?[,+-]? ?{_ETC}"
    rf"(?: ?[,+]? ?(?P<last>{_NUMBER}))?"
)
_LISTED: Final = rf"(?:the )?{_KIND}(?:{_NOUN} ?:? ?)?(?:that begins |which begins )?{_TERMS}"
_DESCRIBED: Final = (
    rf"(?:an?|the) {_KIND}{_NOUN},? (?:with|whose|where the|that has|which has|having)"
    rf" (?:an? |the )?(?:first|initial) term(?: is| of)? ?(?:=|a ?=|a_1 ?=)? ?(?P<first>{_NUMBER})"
    rf",? and (?:an? |the |whose )?(?:common )?(?P<step>difference|ratio)(?: is| of)?"
    rf" ?(?:=|d ?=|r ?=)? ?(?P<size>{_NUMBER})"
)
_END: Final = r" ?[.?:]*"
_SUM: Final = rf"{_ASK} (?i:the sum of the first {_COUNT} terms (?:of|in) %s){_END}"
_TERM: Final = rf"{_ASK} (?i:the {_INDEX} term (?:of|in) %s){_END}"
_TO_INFINITY: Final = rf"{_ASK} (?i:the (?:sum to infinity|infinite sum|sum) of %s){_END}"
_PATTERNS: Final = tuple(
    re.compile(wording % source)
    for wording in (_SUM, _TERM, _TO_INFINITY)
    for source in (_LISTED, _DESCRIBED)
)
_NUMBERS: Final = re.compile(
    rf"{_ASK} (?i:the sum of (?:all )?(?:the )?(?:"
    rf"first {_COUNT} (?P<first_kind>(?:positive )?(?:odd|even) (?:numbers|integers)"
    r"|odd positive integers|even positive integers|positive integers|natural numbers"
    r"|counting numbers)"
    r"|(?:whole numbers|integers|natural numbers|numbers) from (?P<low>\d{1,12}) to"
    rf" (?P<high>\d{{1,12}})(?:,? inclusive)?)){_END}"
)


@dataclass(frozen=True, slots=True)
class Sequence:
    """An arithmetic or geometric sequence.

    Attributes:
        first: its first term.
        step: the difference, or the ratio.
        is_geometric: which of them.
        is_named: the problem says which.
    """

    first: Fraction
    step: Fraction
    is_geometric: bool
    is_named: bool = True

    def term(self, index: int) -> Fraction:
        """The term with a number from 1.

        Raises:
            Unreadable: its power is too large.
        """
        if not self.is_geometric:
            return self.first + (index - 1) * self.step
        if index - 1 > EXPONENT:
            raise Unreadable(f"an exponent is larger than {EXPONENT}")
        return self.first * self.step ** (index - 1)

    def total(self, count: int) -> Fraction:
        """The sum of the first terms, by a formula that is checked by adding where short.

        Raises:
            Unreadable: too many terms.
        """
        if self.is_geometric and self.step != 1:
            value = (self.term(count) * self.step - self.first) / (self.step - 1)
        else:
            value = count * (self.first + self.term(count)) / 2
        if count <= _ENUMERATED:
            assert value == sum(self.term(k) for k in range(1, count + 1))
        return value


@dataclass(frozen=True, slots=True)
class SequenceTask(TopicTask):
    """A number that belongs to a sequence.

    Attributes:
        sequence: the sequence.
        value: the number asked for; None: there is none, the sum diverges.
        asked: what is asked for, in words.
    """

    sequence: Sequence
    value: Fraction | None
    asked: str
    kind = "sequence"

    @property
    def read_as(self) -> str:
        """The task in words."""
        kind = "geometric" if self.sequence.is_geometric else "arithmetic"
        step = "ratio" if self.sequence.is_geometric else "difference"
        begins = f"first term {self.sequence.first}, {step} {self.sequence.step}"
        return f"find {self.asked} of the {kind} sequence with {begins}"

    def check(self, answer: str) -> Verdict:
        """Compare with the exact number."""
        statement = _plain(read_answer(answer))
        if self.value is None:
            return self._no_sum(statement)
        verdict = check_number(Evaluate(_literal(self.value)), statement)
        evidence = (Evidence(Method.EXACT_ARITHMETIC, f"{self.asked}: {self.value}"),)
        if verdict.status is not Status.VERIFIED:
            return verdict
        scope = WHOLE_ANSWER if self.sequence.is_named else CALCULATION_ONLY
        kind = "geometric" if self.sequence.is_geometric else "arithmetic"
        assumed = () if self.sequence.is_named else (f"the sequence is {kind}",)
        return replace(
            verdict, evidence=(*evidence, *verdict.evidence), scope=scope, assumptions=assumed
        )

    def _no_sum(self, statement: Statement) -> Verdict:
        text = f"the ratio {self.sequence.step} is not between -1 and 1, so there is no sum"
        if statement in {Words(Phrase.DIVERGES), Words(Phrase.DOES_NOT_EXIST)}:
            evidence = (Evidence(Method.EXACT_ARITHMETIC, text),)
            return Verdict(Status.VERIFIED, Method.EXACT_ARITHMETIC, evidence)
        if isinstance(statement, Expr) and build(statement).expr.is_finite:
            return refuted_verdict(Method.EXACT_ARITHMETIC, text)
        raise Unreadable("I expected that there is no sum")


def _plain(statement: Statement) -> Statement:
    """The number of `S_{20} = 820` or `a_5 = 19`."""
    match statement:
        case Chain((Sym(name), value), (Comparison.EQ,)) if value is not None:
            is_usual = name.partition("_")[0] in {"S", "a", "u", "t", "T"}
            return value if is_usual and not symbols(value) else statement
        case _:
            return statement


def _literal(value: Fraction) -> Expr:
    """A number as a calculation, so that giving it does not count as repeating the problem."""
    size: Expr = Num(Fraction(abs(value.numerator)))
    if value.denominator != 1:
        size = Bin(Operator.DIV, size, Num(Fraction(value.denominator)))
    signed = Neg(size) if value < 0 else size
    return Bin(Operator.ADD, Num(Fraction(0)), signed)


def _number(text: str) -> Fraction:
    value = build(parse_expression(text)).expr
    if not value.is_Rational:
        raise Unreadable("a term must be a rational number")
    return Fraction(int(value.p), int(value.q))


def _listed(terms: str, kind: str | None) -> Sequence | None:
    """The sequence that some terms show; None where they show neither kind, or both."""
    separator = r" ?, ?" if "," in terms else r" ?\+ ?| ?(?=-)"
    values = [_number(part) for part in re.split(separator, terms) if part.strip()]
    if len(values) < 3:
        return None
    differences = {b - a for a, b in pairwise(values)}
    is_arithmetic = len(differences) == 1
    ratios = {b / a for a, b in pairwise(values)} if 0 not in values else set()
    is_geometric = len(ratios) == 1
    if kind == "arithmetic" or (kind is None and is_arithmetic and not is_geometric):
        step = differences.pop()
        return Sequence(values[0], step, False, kind is not None) if is_arithmetic else None
    if kind == "geometric" or (kind is None and is_geometric and not is_arithmetic):
        step = ratios.pop()
        return Sequence(values[0], step, True, kind is not None) if is_geometric else None
    return None


def _described(groups: dict[str, str | None]) -> Sequence | None:
    first, size = groups["first"], groups["size"]
    assert first is not None
    assert size is not None
    is_geometric = groups["step"] == "ratio"
    if groups["kind"] not in {None, "geometric" if is_geometric else "arithmetic"}:
        return None
    return Sequence(_number(first), _number(size), is_geometric)


def read_sequence(text: str) -> TopicTask | None:
    """A question about an arithmetic or geometric sequence, or None."""
    found = _NUMBERS.fullmatch(text)
    if found:
        return _whole_numbers(found.groupdict())
    for pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if not found:
            continue
        groups = found.groupdict()
        groups |= {key: value.lower() for key, value in groups.items() if value and key == "kind"}
        terms = groups.get("terms")
        sequence = _listed(terms, groups["kind"]) if terms else _described(groups)
        return None if sequence is None else _task(sequence, groups)
    return None


def _task(sequence: Sequence, groups: dict[str, str | None]) -> TopicTask | None:
    last = groups.get("last")
    if groups.get("count"):
        count = _count(groups["count"] or "")
        if last:
            return None
        asked = f"the sum of the first {count} terms"
        return SequenceTask(sequence, sequence.total(count), asked)
    if groups.get("index") or groups.get("ordinal"):
        index = int(groups.get("index") or 0) or _ORDINAL[(groups.get("ordinal") or "").lower()]
        if last or index < 1:
            return None
        return SequenceTask(sequence, sequence.term(index), f"term number {index}")
    if last:
        return _up_to(sequence, _number(last))
    if not sequence.is_geometric:
        return None
    if abs(sequence.step) >= 1:
        return SequenceTask(sequence, None, "the sum to infinity") if sequence.is_named else None
    value = sequence.first / (1 - sequence.step)
    return SequenceTask(sequence, value, "the sum to infinity")


def _count(text: str) -> int:
    count = _COUNTS.get(text.lower()) or int(text)
    if not 1 <= count <= _LARGEST_COUNT:
        raise Unreadable("a number of terms that I cannot use")
    return count


def _up_to(sequence: Sequence, last: Fraction) -> TopicTask | None:
    """The sum up to a last term, which must be one of the terms."""
    if sequence.is_geometric:
        count = next((k for k in range(1, 200) if sequence.term(k) == last), 0)
    elif sequence.step == 0:
        return None
    else:
        steps = (last - sequence.first) / sequence.step
        count = int(steps) + 1 if steps.denominator == 1 and steps >= 0 else 0
    if not 3 <= count <= _LARGEST_COUNT:
        return None
    return SequenceTask(sequence, sequence.total(count), f"the sum of its {count} terms")


def _whole_numbers(groups: dict[str, str | None]) -> TopicTask | None:
    if groups["low"] and groups["high"]:
        low, high = int(groups["low"]), int(groups["high"])
        sequence, count = Sequence(Fraction(low), Fraction(1), False), high - low + 1
    else:
        kind = (groups["first_kind"] or "").lower()
        first = 2 if "even" in kind else 1
        step = 2 if "even" in kind or "odd" in kind else 1
        if "even" in kind and "positive" not in kind:
            return None  # 0 is an even number too
        sequence, count = (
            Sequence(Fraction(first), Fraction(step), False),
            _count(groups["count"] or ""),
        )
    if count < 1:
        return None
    return SequenceTask(sequence, sequence.total(count), f"the sum of the first {count} terms")
