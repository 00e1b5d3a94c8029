"""Equations modulo a number: solved by trying every remainder."""

import re
from dataclasses import dataclass
from math import gcd, lcm
from typing import Final

import sympy

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import build
from tutor_app.verify.checkers.equation import read_claimed
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.rendering import render
from tutor_app.verify.syntax import Bin, Expr, Neg, Num, Operator, Phrase, Sym, Words, symbols
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.results import judge_number, last_value, without_noun
from tutor_app.verify.topics.sentence import FIND, formula, formulas, plain, readings
from tutor_app.verify.topics.whole_numbers import FindWhole, remainder_of, whole_number
from tutor_app.verify.verdicts import refuted_verdict

_LARGEST_MODULUS: Final = 20_000
_SIGN: Final = r"(?:\\equiv|≡|=(?=.*\bmod))"
_MOD: Final = re.compile(
    r"\s*(?:\(\s*(?:mod|\\bmod|\\mod|\\text\{\s*mod\s*\})\s*(?P<a>\d+)\s*\)"
    r"|\\pmod\s*\{?\s*(?P<b>\d+)\s*\}?"
    r"|(?:\\bmod|\\mod|mod(?:ulo)?)\s*\{?\s*(?P<c>\d+)\s*\}?)\s*$"
)
_MODULUS_FIRST: Final = re.compile(r"\s*(?:,)?\s*(?:modulo|mod)\s+(?P<m>\d+)\s*$")
_SMALLEST: Final = (
    f"{FIND} the (smallest|least) positive (integer|whole number|number|solution|value of|integer"
    " value of|integer solution) [<x>] [(with|such that|for which|satisfying|that satisfies|to|of"
    "|so that|where|which satisfies)] [the congruence] <c>",
    f"{FIND} the (smallest|least) (non-negative|nonnegative) (integer|number|solution|residue)"
    " [<x>] [(with|such that|for which|satisfying|that satisfies|to|of|so that)] <c>",
    f"{FIND} the (smallest|least) positive (integer|number) [<x>] (with|such that|satisfying"
    "|that satisfies|for which) <c> (and|,) <c>",
    f"{FIND} the (smallest|least) positive (integer|number) [<x>] (with|such that|satisfying"
    "|that satisfies|for which) <c> , <c> (and|, and|,) <c>",
)
_SOLVE: Final = (
    "solve [the] [linear] [congruence] [for <x>] <c>",
    f"{FIND} all [the] (solutions|integers|integer solutions) [<x>]"
    " (of|to|with|such that|for|satisfying) [the congruence] <c>",
    f"{FIND} [the value of] <x> (if|when|such that|where|with|given that|for which) <c>",
    "solve [the] [congruence] <c> for <x>",
    "solve the system [of congruences] <c> (and|,) <c>",
    "solve [the system] <c> (and|,) <c>",
    "solve the system [of congruences] <c> , <c> (and|, and|,) <c>",
)
_INVERSES: Final = (
    f"{FIND} the [multiplicative|modular] inverse of <n> (modulo|mod|in mod) <m>",
    f"{FIND} the [multiplicative|modular] inverse of <nm>",
)
_REDUCE: Final = (
    f"{FIND} [the value of] <p>",
    f"{FIND} [the value of] <n> (modulo|mod) <m>",
    "reduce <n> (modulo|mod) <m>",
)


@dataclass(frozen=True, slots=True)
class Congruence:
    """`left ≡ right` modulo a number."""

    left: Expr
    right: Expr
    modulus: int

    @property
    def text(self) -> str:
        """The congruence in plain text."""
        return f"{render(self.left)} = {render(self.right)} (mod {self.modulus})"

    def holds(self, letter: str, value: int) -> bool:
        """Whether a whole number solves it."""
        sides = [_at(side, letter, value, self.modulus) for side in (self.left, self.right)]
        return sides[0] == sides[1]


@dataclass(frozen=True, slots=True)
class SolveCongruences(TopicTask):
    """All whole numbers that solve some congruences, or the smallest positive one.

    Attributes:
        congruences: with one letter in all.
        letter: the unknown.
        residues: the solutions modulo `modulus`.
        modulus: the least common multiple of all moduli.
        smallest: None for all solutions, else 1 or 0: the smallest one from there on.
    """

    congruences: tuple[Congruence, ...]
    letter: str
    residues: tuple[int, ...]
    modulus: int
    smallest: int | None
    kind = "congruence"

    @property
    def read_as(self) -> str:
        """The task in words."""
        which = {None: "all", 1: "the smallest positive", 0: "the smallest non-negative"}
        texts = " and ".join(congruence.text for congruence in self.congruences)
        return f"find {which[self.smallest]} {self.letter} with {texts}"

    def check(self, answer: str) -> Verdict:
        """Check a number, or residues such as `x ≡ 3, 5 (mod 8)`."""
        text = without_noun(answer, ("solution", "solutions", "smallest positive integer"))
        stated = _MOD.search(text)
        said = f"of the remainders by {self.modulus}, {len(self.residues)} solve it"
        if self.residues and len(self.residues) <= 8:
            said = f"the solutions are {', '.join(map(str, self.residues))} (mod {self.modulus})"
        if self.smallest is not None:
            if stated:
                raise Unreadable("one number was asked for")
            node = last_value(read_answer(text), (Sym(self.letter),))
            value = self._first()
            if value is None:
                raise Unreadable("there is no solution")
            return judge_number(sympy.Integer(value), node, said, Method.ENUMERATION)
        return self._all(text, stated, said)

    def _first(self) -> int | None:
        values = [
            residue + (self.modulus if residue < (self.smallest or 0) else 0)
            for residue in self.residues
        ]
        return min(values) if values else None

    def _all(self, text: str, stated: "re.Match[str] | None", said: str) -> Verdict:
        if read_answer_phrase(text):
            if self.residues:
                return refuted_verdict(Method.ENUMERATION, said, "no solution")
            evidence = (Evidence(Method.ENUMERATION, f"no remainder by {self.modulus} solves it"),)
            return Verdict(Status.VERIFIED, Method.ENUMERATION, evidence, reading="no solution")
        if not stated:
            raise Unreadable("the modulus is missing")
        modulus = int(stated["a"] or stated["b"] or stated["c"])
        if not 1 <= modulus <= _LARGEST_MODULUS:
            raise Unreadable("the modulus is out of range")
        body = re.sub(r"\\equiv|≡", "=", text[: stated.start()])
        body = re.sub(r"\\pm", "±", body)
        claimed = read_claimed(read_answer(body), self.letter)
        values = [build(node).expr for node in claimed.values]
        if claimed.is_everything or any(not value.is_Integer for value in values):
            raise Unreadable("I expected whole numbers")
        whole = lcm(modulus, self.modulus)
        if whole > _LARGEST_MODULUS**2 or whole // modulus * max(len(values), 1) > 10**5:
            raise Unreadable("the moduli are too large")
        theirs = {(int(v) + k * modulus) % whole for v in values for k in range(whole // modulus)}
        ours = {r + k * self.modulus for r in self.residues for k in range(whole // self.modulus)}
        reading = f"{self.letter} = {', '.join(map(str, values))} (mod {modulus})"
        if theirs != ours:
            return refuted_verdict(Method.ENUMERATION, said, reading)
        evidence = (Evidence(Method.ENUMERATION, said),)
        return Verdict(Status.VERIFIED, Method.ENUMERATION, evidence, reading=reading)


def read_answer_phrase(text: str) -> bool:
    """Whether an answer says that there is no solution."""
    try:
        return read_answer(text) == Words(Phrase.NO_SOLUTION)
    except Unreadable:
        return False


# -- reading ------------------------------------------------------------------------------


def read_congruence(text: str) -> TopicTask | None:
    """Congruences to solve, or a number to reduce; None for anything else.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    if "mod" not in text and "≡" not in text and "equiv" not in text:
        return None
    sentence = plain(text)
    for templates, kind in ((_SMALLEST, True), (_SOLVE, False)):
        for k, template in enumerate(templates):
            for found in readings((template,), sentence):
                try:
                    parsed = tuple(_congruence(part) for part in formulas(found, "c"))
                except Unreadable:
                    continue
                smallest = int(k != 1) if kind else None
                task = _task(parsed, formula(found, "x"), smallest)
                if task is not None:
                    return task
    return _inverse(sentence) or _reduced(sentence)


def _inverse(sentence: str) -> TopicTask | None:
    for found in readings(_INVERSES, sentence):
        if formula(found, "nm"):
            body = _MOD.search(formula(found, "nm"))
            if not body:
                continue
            number = whole_number(formula(found, "nm")[: body.start()])
            modulus = int(body["a"] or body["b"] or body["c"])
        else:
            number, modulus = (whole_number(formula(found, name)) for name in "nm")
        if gcd(number, modulus) != 1 or modulus < 2:
            return None
        value = pow(number, -1, modulus)
        return FindWhole(
            value, f"the inverse of {number} modulo {modulus}",
            f"{number}·{value} = 1 (mod {modulus})",
        )  # fmt: skip
    return None


def _reduced(sentence: str) -> TopicTask | None:
    for found in readings(_REDUCE, sentence):
        if formula(found, "p"):
            body = _MOD.search(formula(found, "p"))
            if not body:
                continue
            text, modulus = (
                formula(found, "p")[: body.start()],
                int(body["a"] or body["b"] or body["c"]),
            )
        else:
            text, modulus = formula(found, "n"), whole_number(formula(found, "m"))
        if modulus < 1:
            return None
        try:
            node = parse_expression(text)
            value = remainder_of(node, modulus)
        except Unreadable:
            continue
        reason = f"{render(node)} = {value} (mod {modulus})"
        return FindWhole(value, f"{render(node)} modulo {modulus}", reason)
    return None


def _congruence(text: str) -> Congruence:
    found = _MOD.search(text)
    if not found:
        raise Unreadable("a congruence needs its modulus")
    modulus = int(found["a"] or found["b"] or found["c"])
    if not 2 <= modulus <= _LARGEST_MODULUS:
        raise Unreadable("the modulus is out of range")
    sides = re.split(r"\\equiv|≡|=", text[: found.start()])
    if len(sides) != 2:
        raise Unreadable("a congruence has two sides")
    left, right = (parse_expression(side) for side in sides)
    return Congruence(left, right, modulus)


def _task(
    congruences: tuple[Congruence, ...], letter: str, smallest: int | None
) -> SolveCongruences | None:
    letters = frozenset().union(*(symbols(c.left) | symbols(c.right) for c in congruences))
    if len(letters) != 1 or (letter and {letter} != letters):
        return None
    name = next(iter(letters))
    # One congruence at a time, so that the work is the sum of the moduli and not their product.
    modulus, residues = 1, [0]
    for congruence in congruences:
        own = [r for r in range(congruence.modulus) if congruence.holds(name, r)]
        whole = lcm(modulus, congruence.modulus)
        allowed = set(own)
        if whole > _LARGEST_MODULUS**2 or len(residues) * (whole // modulus) > 10**5:
            raise Unreadable("the moduli are too large")
        residues = [
            value for residue in residues for value in range(residue, whole, modulus)
            if value % congruence.modulus in allowed
        ]  # fmt: skip
        modulus = whole
    return SolveCongruences(congruences, name, tuple(sorted(residues)), modulus, smallest)


def _at(node: Expr, letter: str, value: int, modulus: int) -> int:
    """A polynomial with whole coefficients at a whole number, modulo a number."""
    match node:
        case Sym(name) if name == letter:
            return value % modulus
        case Num():
            return remainder_of(node, modulus)
        case Neg(arg):
            return -_at(arg, letter, value, modulus) % modulus
        case Bin(Operator.ADD | Operator.SUB | Operator.MUL, left, right):
            first, second = (_at(side, letter, value, modulus) for side in (left, right))
            match node.op:
                case Operator.ADD:
                    return (first + second) % modulus
                case Operator.SUB:
                    return (first - second) % modulus
                case _:
                    return first * second % modulus
        case Bin(Operator.POW, left, Num(power)) if power.denominator == 1 and power <= 10**6:
            return pow(_at(left, letter, value, modulus), int(power), modulus)
        case _:
            raise Unreadable("a congruence must be made of whole-number polynomials")
