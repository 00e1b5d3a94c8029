"""Lines about a function that the first line defines: `f(x) = …`, `f'(x) = …`, `f'(2) = …`."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from sympy import Expr as SymExpr

from tutor_app.core.verdict import Evidence, Method, Relation, Status
from tutor_app.verify.build import Built, build, symbol
from tutor_app.verify.chain_kinds import Working
from tutor_app.verify.decision import Decision, decision_of, undecided
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.slips.guess import guess_in_expression
from tutor_app.verify.solutions import is_defined_at
from tutor_app.verify.syntax import (
    Apply,
    Chain,
    Comparison,
    Derivative,
    Expr,
    Num,
    Statement,
    Sym,
    symbols,
    walk,
)
from tutor_app.verify.zero import Answer, equality


@dataclass(frozen=True, slots=True)
class Definition:
    """A function as the first line gives it.

    Attributes:
        name: `f` or `y`.
        variable: the letter it depends on.
        body: what it is.
        is_letter: it is written `y = …` and not `f(x) = …`.
    """

    name: str
    variable: str
    body: Expr
    is_letter: bool


def definition_of(line: Statement | None) -> Definition | None:
    """The function that a line defines; None if it defines none."""
    match line:
        case Chain((Apply(name, (Sym(variable),), 0), body), (Comparison.EQ,)) if body is not None:
            if symbols(body) <= {variable}:
                return Definition(name, variable, body, is_letter=False)
        case Chain((Sym(name), body), (Comparison.EQ,)) if body is not None:
            letters = symbols(body)
            if len(letters) == 1 and name not in letters:
                return Definition(name, next(iter(letters)), body, is_letter=True)
    return None


def speaks_of_derivative(line: Statement | None, known: Definition) -> bool:
    """Whether a line states a value or a derivative of a function."""
    if not isinstance(line, Chain) or line.operands[0] is None:
        return False
    return _order_of(line.operands[0], known) is not None


def _order_of(node: Expr, known: Definition) -> tuple[int, Expr] | None:
    """How often the function is differentiated, and at which point."""
    variable: Expr = Sym(known.variable)
    match node:
        case Apply(name, args, primes) if name == known.name and len(args) <= 1:
            return (primes, args[0]) if args else (primes, variable)
        case Derivative(Sym(name), letter, order) if name == known.name:
            return (order, variable) if letter in {known.variable, ""} else None
        case Derivative(Apply(name, _, 0), letter, order) if name == known.name:
            return (order, variable) if letter in {known.variable, ""} else None
        case _:
            return None


@dataclass(slots=True)
class FunctionSteps:
    """Compares what lines state of a function with its definition.

    Attributes:
        working: the lines.
        known: the function.
        stated: what the lines so far gave for each derivative.
    """

    working: Working
    known: Definition
    stated: dict[int, Expr] = field(default_factory=dict)

    def decide(self) -> tuple[Decision | None, ...]:
        """One decision a line."""
        self.stated[0] = self.known.body
        decisions: list[Decision | None] = [_given()]
        before: tuple[Expr, SymExpr | None] | None = None
        has_gap = False
        for line in self.working.lines[1:]:
            decision, before = self._line(line, before)
            if has_gap and decision.status is Status.REFUTED:
                decision = undecided("a line before could not be read")
            has_gap |= line is None
            decisions.append(decision)
        return tuple(decisions)

    def _line(
        self, line: Statement | None, before: tuple[Expr, SymExpr | None] | None
    ) -> tuple[Decision, tuple[Expr, SymExpr | None] | None]:
        if not isinstance(line, Chain) or set(line.comparisons) != {Comparison.EQ}:
            return undecided("I could not read this line as a statement about the function"), None
        first, *rest = line.operands
        values = [part for part in rest if part is not None]
        if first is None:
            if before is None:
                return undecided("nothing before it that this line could continue"), None
            return self._linked(before[0], values), (values[-1], None)
        order = _order_of(first, self.known)
        if order is None:
            return undecided("this line is not about the function"), None
        return self._stated(order, values), (values[-1], None)

    def _linked(self, before: Expr, values: list[Expr]) -> Decision:
        return _worst([_compared(left, right) for left, right in pairwise([before, *values])])

    def _stated(self, order: tuple[int, Expr], values: list[Expr]) -> Decision:
        count, point = order
        is_general = point == Sym(self.known.variable)
        if is_general and count in self.stated and count:
            again = _compared(self.stated[count], values[0])
            if again.status is Status.VERIFIED:
                return _worst([again, *(_compared(a, b) for a, b in pairwise(values))])
        nearest = max(known for known in self.stated if known <= count - (is_general and count > 0))
        source: Expr = self.stated[nearest]
        if count > nearest:
            source = Derivative(source, self.known.variable, count - nearest)
        if is_general and not symbols(values[0]) and symbols(self.stated[nearest]):
            derivative = _built(source)
            if derivative is None or derivative.expr.free_symbols:
                # f'(x) = 0 sets an equation; it does not claim the function to be constant
                return undecided("this may be an equation to solve")
        truth = _built(source) if is_general else self._at(source, point)
        if truth is None:
            return undecided("I could not work this out")
        decision = _against(truth, values[0])
        if decision.status is Status.REFUTED and is_general:
            decision = replace(decision, slip=guess_in_expression(source, values[0]))
        if is_general:
            self.stated[count] = values[-1]
        links = [_compared(left, right) for left, right in pairwise(values)]
        return _worst([decision, *links])

    def _at(self, source: Expr, point: Expr) -> Built | None:
        built = _built(source)
        if built is None or symbols(point):
            return None
        value = build(point)
        place = {symbol(self.known.variable): value.expr}
        if is_defined_at(built, place) is not True:
            return None
        return Built(built.expr.xreplace(place), (), built.is_complex or value.is_complex)


def _built(node: Expr) -> Built | None:
    try:
        return build(node)
    except Unreadable:
        return None


def _compared(left: Expr, right: Expr) -> Decision:
    if symbols(left) and not symbols(right):
        # "f'(x) = 2x - 4 = 0" goes on with an equation to solve
        decision = _same(left, right)
        if decision.status is Status.REFUTED:
            return undecided("this may be an equation to solve")
        return decision
    return _same(left, right)


def _same(left: Expr, right: Expr) -> Decision:
    truth = _built(left)
    if truth is None:
        return undecided("I could not read this", Method.UNPARSED)
    decision = _against(truth, right)
    if decision.status is Status.REFUTED:
        return replace(decision, slip=guess_in_expression(left, right))
    return decision


def _against(truth: Built, written: Expr) -> Decision:
    built = _built(written)
    if built is None:
        return undecided("I could not read this", Method.UNPARSED)
    finding = equality(truth, built)
    has_decimal = any(isinstance(part, Num) and part.is_decimal for part in walk(written))
    if finding.answer is Answer.NO and has_decimal and not built.expr.free_symbols:
        return undecided("this may be rounded", Method.AMBIGUOUS)
    return decision_of(finding, Relation.EQUAL)


def _worst(decisions: list[Decision]) -> Decision:
    for status in (Status.REFUTED, Status.UNKNOWN):
        for decision in decisions:
            if decision.status is status:
                return decision
    return decisions[0]


def _given() -> Decision:
    text = "the function to work on"
    evidence = (Evidence(Method.POLYNOMIAL_IDENTITY, text),)
    return Decision(Status.VERIFIED, Method.POLYNOMIAL_IDENTITY, Relation.GIVEN, text, evidence)
