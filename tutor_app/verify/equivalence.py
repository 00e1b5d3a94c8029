"""Whether two answers are the same answer, by the kind of answer they are."""

from typing import Final

import sympy

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.chain_kinds import letters_of
from tutor_app.verify.checkers.calculus import split_constant
from tutor_app.verify.checkers.equation import Claimed, expand_signs, read_claimed
from tutor_app.verify.checkers.number import is_rounded
from tutor_app.verify.comparison import compare_expressions, domain_gap, expression_gap
from tutor_app.verify.curve import compare_curves
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.matrix_comparison import is_rounded_matrix, matrix_pair
from tutor_app.verify.periodic import compare_general_solutions
from tutor_app.verify.quantity_answers import compare_quantities
from tutor_app.verify.reader import read_task
from tutor_app.verify.region import compare, point_text, region_of
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.rounded_bounds import ROUNDED_BOUND, has_rounded_bound
from tutor_app.verify.solutions import SolutionSet, contains_set, position
from tutor_app.verify.syntax import (
    Apply,
    Chain,
    Comparison,
    Const,
    Degrees,
    Derivative,
    Expr,
    Integral,
    Interval,
    Limit,
    Listing,
    Member,
    Num,
    Phrase,
    Reals,
    Remainder,
    SetLit,
    Statement,
    Sym,
    Tuple,
    Union,
    Words,
    contains,
    contains_plus_minus,
    symbols,
    walk,
)
from tutor_app.verify.task import SolveEquation, SolveInequality, Task
from tutor_app.verify.text import final_answer
from tutor_app.verify.topics.selection_numbers import selection
from tutor_app.verify.verbal_answer import compare_alternatives, compare_words
from tutor_app.verify.verdicts import (
    refuted_verdict,
    unknown_verdict,
    unreadable_verdict,
    verdict_of,
)
from tutor_app.verify.zero import Answer, equality

_ORDERS: Final = frozenset({Comparison.LT, Comparison.LE, Comparison.GT, Comparison.GE})
_SET_PHRASES: Final = frozenset({Phrase.NO_SOLUTION, Phrase.ALL_REALS, Phrase.TRUE, Phrase.FALSE})
_UNFIT: Final = (Apply, Derivative, Integral, Limit)


def compare_answers(gold: str, answer: str, problem: str) -> Verdict:
    """Whether an answer is the same as a reference answer; `problem` may be empty."""
    return compare_quantities(gold, answer, _compare_plain(gold, answer, problem))


def _compare_plain(gold: str, answer: str, problem: str) -> Verdict:
    """The comparison of answers without units."""
    try:
        verbal = compare_words(gold, answer)
        if verbal is not None:
            return verbal
        general = compare_general_solutions(final_answer(gold), final_answer(answer))
        if general is not None:
            return general
        task = read_task(problem) if problem else None
        first = read_answer(final_answer(gold))
        return _Comparison(task, first, _read_beside(first, final_answer(answer))).verdict()
    except Unreadable as error:
        return unreadable_verdict(error)
    except RecursionError:
        return unknown_verdict(Method.UNSUPPORTED, "an answer is nested too deeply")


def _read_beside(gold: Statement, text: str) -> Statement:
    """An answer; `P(10,3)` is a number only beside the number that it is."""
    chosen = selection(text)
    if chosen is None or not isinstance(gold, Num):
        return read_answer(text)
    is_same = compare_expressions(chosen, gold).answer is Answer.YES
    return chosen if is_same else read_answer(text)


class _Comparison:
    """One pair of answers, `gold` being the reference."""

    def __init__(self, task: Task | None, gold: Statement, answer: Statement) -> None:
        self._task = task
        self._gold = gold
        self._answer = answer
        self._reading = render_statement(answer)

    def verdict(self) -> Verdict:
        """Chooses the kind of comparison from the reference and the task."""
        gold, answer = self._gold, self._answer
        if isinstance(gold, Remainder) or isinstance(answer, Remainder):
            return self._remainders()
        matrices = matrix_pair(gold, answer)
        if matrices is not None:
            return self._matrices(*matrices)
        if self._is_region():
            return self._regions()
        if isinstance(gold, Words) or isinstance(answer, Words):
            return self._words()
        if isinstance(gold, Tuple) or isinstance(answer, Tuple):
            return self._points()
        alternatives = compare_alternatives(gold, answer, self._reading)
        if alternatives is not None:
            return alternatives
        if self._are_curves():
            return verdict_of(compare_curves(gold, answer), reading=self._reading)
        explicit = _explicit(gold)
        if explicit is not None and isinstance(answer, Expr) and not contains_plus_minus(answer):
            return self._values(explicit, answer)
        if isinstance(gold, Expr) and not contains_plus_minus(gold):
            return self._expression(gold)
        return self._solutions()

    # -- kinds ----------------------------------------------------------------------------

    def _is_region(self) -> bool:
        kinds = (Interval, Union, Reals, Member)
        sides = (self._gold, self._answer)
        if isinstance(self._task, SolveInequality) or any(isinstance(s, kinds) for s in sides):
            return True
        return any(_has_order(side) or _has_infinite_end(side) for side in sides)

    def _are_curves(self) -> bool:
        sides = (self._gold, self._answer)
        return (
            all(isinstance(side, Chain) and side.comparisons == (Comparison.EQ,) for side in sides)
            and len(letters_of(self._gold) | letters_of(self._answer)) > 1
        )

    # -- comparisons ----------------------------------------------------------------------

    def _remainders(self) -> Verdict:
        gold, answer = self._gold, self._answer
        if not (isinstance(gold, Remainder) and isinstance(answer, Remainder)):
            return self._unknown("only one of them names a remainder")
        pairs = ((gold.quotient, answer.quotient), (gold.remainder, answer.remainder))
        for left, right in pairs:
            finding = compare_expressions(left, right)
            if finding.answer is not Answer.YES:
                return verdict_of(finding, reading=self._reading)
        return verdict_of(finding, reading=self._reading)

    def _matrices(self, gold: Expr, answer: Expr) -> Verdict:
        finding = compare_expressions(gold, answer)
        if finding.answer is Answer.NO and is_rounded_matrix(answer, gold):
            text = "approximately equal: these are rounded values"
            return unknown_verdict(Method.AMBIGUOUS, text, self._reading)
        gap = expression_gap(gold, answer) if finding.answer is Answer.YES else ()
        if gap is None:
            return self._unknown("not defined for the same numbers")
        return verdict_of(finding, reading=self._reading, assumptions=gap)

    def _letter(self) -> str:
        if isinstance(self._task, SolveEquation):
            return self._task.equation.unknown
        if isinstance(self._task, SolveInequality):
            return self._task.unknown
        letters = letters_of(self._gold) | letters_of(self._answer)
        members = {side.name for side in (self._gold, self._answer) if isinstance(side, Member)}
        letters |= members
        if len(letters) > 1:
            raise Unreadable("there is more than one letter")
        return next(iter(letters)) if letters else "x"

    def _regions(self) -> Verdict:
        letter = self._letter()
        gold, answer = region_of(self._gold, letter), region_of(self._answer, letter)
        difference = compare(gold, answer)
        if difference.point is None:
            return self._verified(Method.ENUMERATION, "the same set of numbers")
        if has_rounded_bound(self._answer, gold.breaks):
            return unknown_verdict(Method.AMBIGUOUS, ROUNDED_BOUND, self._reading)
        where = "only in the reference" if difference.is_in_first else "only in the answer"
        return refuted_verdict(
            Method.ENUMERATION, f"{point_text(difference, letter)} is {where}", self._reading
        )

    def _words(self) -> Verdict:
        gold, answer = _plain_set(self._gold), _plain_set(self._answer)
        if gold == answer:
            return self._verified(Method.ENUMERATION, "the same in words")
        phrases = [side.phrase for side in (gold, answer) if isinstance(side, Words)]
        if len(phrases) == 2 and set(phrases) <= _SET_PHRASES:
            return refuted_verdict(Method.SOLUTION_SET, "not the same set", self._reading)
        other = answer if isinstance(gold, Words) else gold
        is_number = isinstance(other, Expr | SetLit | Chain | Listing)
        if phrases[0] is Phrase.NO_SOLUTION and is_number:
            claimed = read_claimed(other, self._letter())
            if claimed.values:
                text = "one of them has a solution, the other has none"
                return refuted_verdict(Method.SOLUTION_SET, text, self._reading)
        return self._unknown("words and numbers could not be compared")

    def _points(self) -> Verdict:
        gold, answer = _coordinates(self._gold), _coordinates(self._answer)
        if gold is None or answer is None:
            return self._unknown("a point and something else")
        if len(gold) != len(answer):
            return refuted_verdict(
                Method.ENUMERATION, "another number of coordinates", self._reading
            )
        findings = [compare_expressions(*pair) for pair in zip(gold, answer, strict=True)]
        for wanted in (Answer.NO, Answer.OPEN):
            for finding in findings:
                if finding.answer is wanted:
                    return verdict_of(finding, reading=self._reading)
        return verdict_of(findings[0], reading=self._reading)

    def _expression(self, gold: Expr) -> Verdict:
        answer = _named_value(self._answer, gold)
        if answer is None:
            return self._unknown("an expression and something else")
        if contains_plus_minus(answer):
            return self._signed(gold, answer)
        if contains(gold, _UNFIT) or contains(answer, _UNFIT):
            return self._unknown("a derivative, integral or limit is not worked out")
        body, constant = split_constant(gold, frozenset())
        letters = symbols(body)
        if constant and len(letters) == 1 and constant not in letters:
            return self._antiderivative(body, answer, next(iter(letters)))
        return self._values(gold, answer)

    def _values(self, gold: Expr, answer: Expr) -> Verdict:
        finding = compare_expressions(gold, answer)
        if finding.answer is Answer.NO and not symbols(gold) | symbols(answer):
            if is_rounded(answer, gold):
                text = "approximately equal: this is the rounded value"
                return unknown_verdict(Method.AMBIGUOUS, text, self._reading)
            if contains(gold, Degrees) != contains(answer, Degrees):
                return self._unknown("only one of them has a degree sign")
        if finding.answer is not Answer.YES:
            return verdict_of(finding, reading=self._reading)
        gap = expression_gap(gold, answer)
        if gap is None:
            return self._unknown(
                "equal where both are defined, but not defined for the same numbers"
            )
        return verdict_of(finding, reading=self._reading, assumptions=gap)

    def _signed(self, gold: Expr, answer: Expr) -> Verdict:
        findings = [compare_expressions(gold, value) for value in expand_signs(answer)]
        for finding in findings:
            if finding.answer is Answer.NO:
                text = "± stands for two values; the reference is one"
                return refuted_verdict(Method.SOLUTION_SET, text, self._reading)
        return self._unknown("± stands for two values")

    def _antiderivative(self, body: Expr, answer: Expr, variable: str) -> Verdict:
        other, constant = split_constant(answer, frozenset({variable}))
        letter = symbol(variable)
        first, second = build(body), build(other)
        if not letters_fit(second.expr, letter):
            return self._unknown("the answer has other letters")

        slopes = [
            Built(sympy.diff(side.expr, letter), side.conditions, side.is_complex)
            for side in (first, second)
        ]
        finding = equality(slopes[0], slopes[1])
        if finding.answer is not Answer.YES:
            return verdict_of(finding, reading=self._reading)
        if domain_gap(first, second) is None:
            return self._unknown("not defined for the same numbers")
        if not constant:
            return self._unknown("correct up to the constant: + C is missing")
        text = "both have the same derivative"
        return self._verified(Method.DIFFERENTIATE_BACK, text)

    def _solutions(self) -> Verdict:
        letter = self._letter()
        gold = read_claimed(self._gold, letter)
        answer = read_claimed(self._answer, letter)
        if gold.is_everything or answer.is_everything:
            return self._unknown("sets of all numbers")
        first, second = _value_set(gold), _value_set(answer)
        for inner, outer, text in (
            (first, second, "is missing"),
            (second, first, "is not in the reference"),
        ):
            if contains_set(outer, inner) is False:
                lost = next(root for root in inner.roots if position(root, outer.roots) == -1)
                return refuted_verdict(Method.SOLUTION_SET, f"{lost} {text}", self._reading)
        if contains_set(first, second) and contains_set(second, first):
            return self._verified(Method.SOLUTION_SET, "the same set of values")
        return self._unknown("the values could not be compared")

    # -- verdicts -------------------------------------------------------------------------

    def _unknown(self, text: str) -> Verdict:
        return unknown_verdict(Method.UNSUPPORTED, text, self._reading)

    def _verified(self, method: Method, text: str) -> Verdict:
        return Verdict(Status.VERIFIED, method, (Evidence(method, text),), reading=self._reading)


def letters_fit(expr: sympy.Expr, letter: sympy.Symbol) -> bool:
    """Whether an expression has no letter but one."""
    return set(expr.free_symbols) <= {letter}


def _has_infinite_end(statement: Statement) -> bool:
    """Whether round brackets hold an interval: no point has infinity for a coordinate."""
    ends = statement.items if isinstance(statement, Tuple) and len(statement.items) == 2 else ()
    return any(part == Const("oo") for end in ends for part in walk(end))


def _has_order(statement: Statement) -> bool:
    match statement:
        case Chain(_, comparisons):
            return bool(_ORDERS & set(comparisons))
        case Listing(items):
            return any(_has_order(item) for item in items)
        case _:
            return False


def _plain_set(statement: Statement) -> Statement:
    if statement == SetLit(()):
        return Words(Phrase.NO_SOLUTION)
    if isinstance(statement, Reals):
        return Words(Phrase.ALL_REALS)
    return statement


def _explicit(statement: Statement) -> Expr | None:
    """The right side of `y = 2x + 1`; None where it is a number, as in `x = 5`."""
    match statement:
        case Chain((Sym(name), value), (Comparison.EQ,)) if value is not None:
            letters = symbols(value)
            return value if letters and name not in letters else None
        case _:
            return None


def _coordinates(statement: Statement) -> tuple[Expr, ...] | None:
    """The coordinates of a point, named ones in the order of their names."""
    if isinstance(statement, Tuple):
        return statement.items
    if not isinstance(statement, Listing):
        return None
    named: dict[str, Expr] = {}
    for item in statement.items:
        match item:
            case Chain((Sym(name), value), (Comparison.EQ,)) if value is not None:
                named[name] = value
            case _:
                return None
    if len(named) != len(statement.items) or not set(named) <= {"x", "y", "z"}:
        return None
    return tuple(named[name] for name in sorted(named))


def _named_value(statement: Statement, gold: Expr) -> Expr | None:
    """The right side of `y = …`, or the expression itself."""
    match statement:
        case Chain((Sym(name), value), (Comparison.EQ,)) if value is not None:
            return value if name not in symbols(gold) | symbols(value) else None
        case _:
            return statement if isinstance(statement, Expr) else None


def _value_set(claimed: Claimed) -> SolutionSet:
    roots = []
    for node in claimed.values:
        built = build(node)
        if built.is_complex or built.expr.free_symbols:
            raise Unreadable("this is not a list of real numbers")
        roots.append(built.expr)
    return SolutionSet(tuple(dict.fromkeys(roots)))
