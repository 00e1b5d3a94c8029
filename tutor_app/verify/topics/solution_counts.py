"""How many solutions an equation or a system has, and solutions of a wanted kind."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import sympy
from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.build import build, symbol
from tutor_app.verify.enclosure import Enclosure
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.linear import linear_system
from tutor_app.verify.numerals import root_text
from tutor_app.verify.reading import equation_of
from tutor_app.verify.rendering import render
from tutor_app.verify.solutions import Equation, same_number, solve
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import Chain, Comparison, Sym, symbols
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.angle_equations import ranged_equation
from tutor_app.verify.topics.phrasing import NUMBER_WORDS
from tutor_app.verify.topics.results import judge_list
from tutor_app.verify.topics.sentence import FIND, formula, letters, plain, readings
from tutor_app.verify.verdicts import refuted_verdict

_NOUN: Final = (
    "(solutions|roots|real solutions|real roots|real zeros|zeros|solution|distinct real solutions"
    "|distinct real roots|distinct solutions)"
)
_COUNTS: Final = (
    f"how many {_NOUN} (does|do) [the] [equation|quadratic|polynomial] <e> have",
    f"how many {_NOUN} (are there to|are there for|are there of) [the] [equation|quadratic] <e>",
    f"{FIND} the number of {_NOUN} (of|to|for) [the] [equation|quadratic] <e>",
)
_RANGED: Final = (
    f"how many {_NOUN} (does|do) [the] [equation] <e> have (in|on|for|with|where) [the] [interval]"
    " <range>",
    f"{FIND} the number of {_NOUN} (of|to) [the] [equation] <e> (in|on|for|with|where) [the]"
    " [interval] <range>",
    f"how many {_NOUN} (does|do) [the] [equation] <e> have , <range>",
)
_SYSTEMS: Final = (
    "how many solutions (does|do) the [linear] system [of equations] <s> have",
    "how many solutions (does|do) the [simultaneous] equations <s> have",
    f"{FIND} the number of solutions (of|to) the [linear] system [of equations] <s>",
)
_KINDS: Final = (
    "(positive|negative|integer|nonnegative|non-negative|nonzero|non-zero|natural|rational)"
)
_OF_KIND: Final = (
    f"{FIND} [all] [the] <kind> (solutions|solution|roots|root|values|value) [<x>]"
    " (of|to|for) [the] [equation] <e>",
    f"{FIND} [all] [the] <kind> (integers|integer|numbers|number|values of|value of) <x> (such that"
    "|with|for which|satisfying|that satisfies|that satisfy|if|when|where) <e>",
    "solve [the] [equation] <e> (where|for|given|given that|if|when|with) <x> is [a|an] <kind>"
    " [number]",
    "solve [the] [equation] <e> for <kind> <x>",
    f"{FIND} [the value of] <x> (if|given that|given|such that|when) <e> and <x> is [a|an] <kind>"
    " [number]",
    f"{FIND} [all] [the] <kind> <x> (such that|with|for which|satisfying|that satisfy) <e>",
)
_BOUNDED: Final = (
    "solve [the] [equation] <e> (for|where|given|given that|with|if|when) <c>",
    "solve [the] [equation] <e> , <c>",
    f"(if|given|given that) <e> and <c> [then] {FIND} [the value of] <x>",
    f"{FIND} [the value of] <x> (if|when|given that|given|such that) <e> and <c>",
)


@dataclass(frozen=True, slots=True)
class CountSolutions(TopicTask):
    """How many solutions there are; None for infinitely many."""

    count: int | None
    said: str
    reason: str
    kind = "number-of-solutions"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"count the solutions of {self.said}"

    def check(self, answer: str) -> Verdict:
        """Check a count in digits or words."""
        stated = _stated_count(answer)
        reading = "infinitely many" if stated is None else str(stated)
        if stated != self.count:
            return refuted_verdict(Method.SOLUTION_SET, self.reason, reading)
        evidence = (Evidence(Method.SOLUTION_SET, self.reason),)
        return Verdict(Status.VERIFIED, Method.SOLUTION_SET, evidence, reading=reading)


def _stated_count(answer: str) -> int | None:
    words = re.sub(r"\\text\s*\{([^{}]*)\}", r" \1 ", answer.replace("$", " ")).lower()
    words = " ".join(words.split()).rstrip(".")
    words = re.sub(
        r"^(?:there (?:is|are)|it has|the (?:equation|system) has|exactly)\s+", "", words
    )
    words = re.sub(
        r"\s*(?:distinct |different )?(?:real )?(?:solutions?|roots?|zeros?)$", "", words
    ).strip()
    words = re.sub(r"\s+(?:distinct|different|unique)$|^(?:exactly|a)\s+", "", words)
    if words in {"infinitely many", "infinite", "infinity", r"\infty", "an infinite number of"}:
        return None
    if words in {"no", "none", "unique"}:
        return {"unique": 1}.get(words, 0)
    if words in NUMBER_WORDS:
        return NUMBER_WORDS[words]
    if not re.fullmatch(r"\d{1,4}", words):
        raise Unreadable("I expected a number of solutions")
    return int(words)


@dataclass(frozen=True, slots=True)
class SolveOfKind(TopicTask):
    """The solutions of an equation that are positive, whole and so on.

    Attributes:
        equation: in one unknown.
        roots: those of the wanted kind.
        said: the kind in words.
    """

    equation: Equation
    roots: tuple[SymExpr, ...]
    said: str
    kind = "solve-with-condition"

    @property
    def read_as(self) -> str:
        """The task in words."""
        left, right = render(self.equation.left), render(self.equation.right)
        return f"solve {left} = {right} with {self.equation.unknown} {self.said}"

    def check(self, answer: str) -> Verdict:
        """Check a list of values."""
        shown = ", ".join(root_text(root) for root in self.roots) or "none"
        reason = f"the solutions with {self.equation.unknown} {self.said}: {shown}"
        return judge_list(self.roots, answer, self.equation.unknown, reason)


# -- reading ------------------------------------------------------------------------------


def read_solution_count(text: str) -> TopicTask | None:
    """A count of solutions, or an equation with a condition on the unknown; else None.

    Raises:
        Unreadable: a formula in it is unreadable.
    """
    sentence = plain(text)
    for found in readings(_SYSTEMS, sentence):
        task = _system(formula(found, "s"))
        if task is not None:
            return task
    for found in readings(_RANGED, sentence):
        try:
            return _count_in_range(formula(found, "e"), formula(found, "range"))
        except Unreadable:
            continue
    for found in readings(_COUNTS, sentence):
        is_real, is_distinct = (
            bool(re.search(rf"(?i)\b{word}\b", sentence)) for word in ("real", "distinct")
        )
        return _count(formula(found, "e"), is_real=is_real, is_distinct=is_distinct)
    return _with_kind(sentence) or _with_bound(sentence)


def _system(text: str) -> TopicTask | None:
    statement = parse_statement(text)
    items = getattr(statement, "items", ())
    chains = tuple(item for item in items if isinstance(item, Chain))
    if len(chains) != len(items) or len(chains) < 2:
        return None
    if any(chain.comparisons != (Comparison.EQ,) or None in chain.operands for chain in chains):
        return None
    letters: frozenset[str] = frozenset().union(
        *(symbols(side) for chain in chains for side in chain.operands if side is not None)
    )
    system = linear_system(chains, tuple(sorted(letters)))
    if system.is_contradictory:
        return CountSolutions(0, text, "the equations contradict each other")
    if system.point is None:
        return CountSolutions(None, text, "the equations leave a letter free")
    place = ", ".join(f"{name} = {value}" for name, value in system.point.items())
    return CountSolutions(1, text, f"only {place} solves every equation")


def _count(text: str, *, is_real: bool, is_distinct: bool) -> TopicTask | None:
    equation = equation_of(text)
    if equation is None:
        return None
    truth = solve(equation)
    if truth is None:
        return None
    if truth.is_everything:
        return CountSolutions(None, text, "both sides always agree")
    count = len(truth.roots)
    if truth.has_double and not is_distinct:
        return None  # a double root may be counted twice
    if not is_real and not _is_free_of_doubt(equation, count):
        return None  # complex or repeated roots may be counted too
    shown = ", ".join(root_text(root) for root in truth.roots) or "none"
    return CountSolutions(count, text, f"the real solutions: {shown}")


def _count_in_range(text: str, limits: str) -> TopicTask | None:
    task = ranged_equation(text, limits)
    places = None if task is None else task.places()
    if places is None:
        return None
    shown = ", ".join(f"about {place.low.evalf(6)}" for place in places) or "none"
    return CountSolutions(len(places), f"{text} with {limits}", f"those in the range: {shown}")


def _is_free_of_doubt(equation: Equation, count: int) -> bool:
    """Whether complex and repeated roots would not change the count."""
    letter = symbol(equation.unknown)
    left, right = build(equation.left), build(equation.right)
    difference = sympy.expand(left.expr - right.expr)
    if left.conditions or right.conditions or not difference.is_polynomial(letter):
        return False
    return bool(sympy.Poly(difference, letter).degree() == count) or difference.is_number


_Test = Callable[[SymExpr], bool | None]


def _sign(value: SymExpr) -> int | None:
    if value.is_Rational:
        return int(sympy.sign(value))
    if value.is_real and isinstance(value, sympy.CRootOf):
        return int(sympy.sign(value.evalf(30)))
    return Enclosure().sign(value)


def _sign_is(*wanted: int) -> _Test:
    def test(value: SymExpr) -> bool | None:
        sign = _sign(value)
        return None if sign is None else sign in wanted

    return test


def _is_integer(value: SymExpr) -> bool | None:
    if value.is_Rational:
        return bool(value.is_Integer)
    return same_number(value, sympy.Integer(int(value.evalf(30).round())))


def _is_rational(value: SymExpr) -> bool | None:
    # Anything else may be rational without showing it, as log 8 / log 2 is.
    return True if value.is_Rational else None


def _is_natural(value: SymExpr) -> bool | None:
    if value == 0:
        return None  # some count from zero
    is_positive = _sign_is(1)(value)
    return False if is_positive is False else _is_integer(value)


_TESTS: Final[dict[str, _Test]] = {
    "positive": _sign_is(1),
    "negative": _sign_is(-1),
    "integer": _is_integer,
    "whole": _is_integer,
    "non-negative": _sign_is(0, 1),
    "nonnegative": _sign_is(0, 1),
    "non-zero": _sign_is(1, -1),
    "nonzero": _sign_is(1, -1),
    "natural": _is_natural,
    "rational": _is_rational,
}


def _with_kind(sentence: str) -> TopicTask | None:
    for found in readings(_OF_KIND, sentence):
        words = [word for word in formula(found, "kind").lower().split() if word != "real"]
        if not words or any(word not in _TESTS for word in words):
            continue
        try:
            equation = equation_of(formula(found, "e"))
        except Unreadable:
            continue
        if equation is None or not letters(found, "x") <= {equation.unknown}:
            continue
        if re.search(r"(?i)\bintegers?\s+" + re.escape(equation.unknown), sentence):
            words.append("integer")
        roots = _filtered(equation, [_TESTS[word] for word in words])
        return SolveOfKind(equation, roots, " and ".join(dict.fromkeys(words)))
    return None


def _with_bound(sentence: str) -> TopicTask | None:
    for found in readings(_BOUNDED, sentence):
        try:
            equation = equation_of(formula(found, "e"))
            bound = parse_statement(formula(found, "c"))
        except Unreadable:
            continue
        if equation is None or not letters(found, "x") <= {equation.unknown}:
            continue
        test = _bound_test(bound, equation.unknown)
        if test is None:
            continue
        return SolveOfKind(equation, _filtered(equation, [test]), formula(found, "c"))
    return None


def _bound_test(bound: object, unknown: str) -> _Test | None:
    """`x > 0`, `x < 3` and the like."""
    match bound:
        case Chain((Sym(name), limit), (comparison,)) if name == unknown and limit is not None:
            if symbols(limit) or comparison not in _WANTED:
                return None
            value = build(limit).expr
            test = _sign_is(*_WANTED[comparison])
            return lambda root: test(
                sympy.expand(root - value) if root.is_Rational else root - value
            )
        case _:
            return None


_WANTED: Final = {
    Comparison.GT: (1,),
    Comparison.GE: (0, 1),
    Comparison.LT: (-1,),
    Comparison.LE: (-1, 0),
    Comparison.NE: (-1, 1),
}


def _filtered(equation: Equation, tests: list[_Test]) -> tuple[SymExpr, ...]:
    truth = solve(equation)
    if truth is None or truth.is_everything:
        raise Unreadable("I could not find all solutions")
    kept: list[SymExpr] = []
    for root in truth.roots:
        answers = [test(root) for test in tests]
        if None in answers and False not in answers:
            raise Unreadable("a condition was not decided")
        if False not in answers:
            kept.append(root)
    return tuple(kept)
