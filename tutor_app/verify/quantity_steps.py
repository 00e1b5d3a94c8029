"""Steps of a calculation with units: each line is compared with the one before."""

from collections.abc import Iterator
from itertools import pairwise

from tutor_app.core.verdict import Evidence, Method, Relation, Status
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.decision import Decision, decision_of, undecided
from tutor_app.verify.limits import TEXT_CHARS, Unreadable
from tutor_app.verify.measure import Measure, measure
from tutor_app.verify.quantity import QuantityText, check_length, has_units, read_quantities
from tutor_app.verify.quantity_comparison import Side, compare_readings
from tutor_app.verify.quantity_task import QuantityTask
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import Bin, Chain, Comparison, Expr, Neg, Operator, Sym, symbols, walk
from tutor_app.verify.task import Task
from tutor_app.verify.text import tidy, without_delimiters
from tutor_app.verify.zero import Answer, Finding

Line = tuple[QuantityText, ...]
"""All readings of one line; none where it could not be read."""


def check_quantity_steps(
    task: Task | None, texts: tuple[str, ...]
) -> tuple[Decision | None, ...] | None:
    """One decision a line, None where the lines are no calculation with units."""
    lines: list[Line] = []
    are_sure: list[bool] = []
    for text in texts:
        readings, is_sure = _read(text)
        lines.append(readings)
        are_sure.append(is_sure)
    # Behind a formula, "= 9 J" is a quantity; "= 9 m" without one may be a letter.
    has_quantity = any(are_sure) or (
        _is_formula(lines[:1]) and any(has_units(*side) for line in lines for side in _ends(line))
    )
    if not has_quantity or sum(not line for line in lines) * 2 > len(lines):
        return None
    return QuantitySteps(task, tuple(lines)).decide()


def _is_formula(lines: list[Line]) -> bool:
    """Whether the first line names a letter by other letters, as `v = d/t` does."""
    columns = _columns(lines[0]) if lines and lines[0] and not lines[0][0].units else []
    return len(columns) > 1 and _letter_of(columns[0]) != "" and bool(_letters(columns[-1][0]))


def _ends(line: Line) -> tuple[Side, ...]:
    columns = _columns(line)
    return columns[-1][:1] if columns else ()


def _read(text: str) -> tuple[Line, bool]:
    if len(text) > TEXT_CHARS:
        return (), False
    plain = tidy(without_delimiters(text))
    try:
        quantities = read_quantities(plain)
        if quantities is None:
            statement = parse_statement(plain)
            check_length(statement)
            return (QuantityText(statement, ()),), False
    except Unreadable:
        return (), False
    return quantities.readings, quantities.is_sure


class QuantitySteps:
    """Compares each line with the one before; remembers what letters stand for."""

    def __init__(self, task: Task | None, lines: tuple[Line, ...]) -> None:
        self._lines = lines
        self._asked = task.asked if isinstance(task, QuantityTask) else None
        self._named = task.letters if isinstance(task, QuantityTask) else frozenset()
        self._letters: dict[str, Measure] = {}
        self._formulas: dict[str, tuple[Side, ...]] = {}
        self._before: tuple[Side, ...] = ()
        self._name = ""

    def decide(self) -> tuple[Decision | None, ...]:
        """One decision a line."""
        decisions: list[Decision] = []
        for index, line in enumerate(self._lines):
            columns = _columns(line)
            if not columns:
                decisions.append(undecided("I could not read this line", Method.UNPARSED))
                self._before, self._name = (), ""
                continue
            decisions.append(_worst(list(self._line(columns, is_first=index == 0))))
        return tuple(decisions)

    def _line(self, columns: list[tuple[Side, ...]], *, is_first: bool) -> Iterator[Decision]:
        name = _letter_of(columns[0])
        continues = not columns[0]
        if name and len(columns) > 1:
            before = self._formulas.get(name, ())
            rest = columns[1:]
            self._name = name
        else:
            before = self._before
            rest = columns[1:] if continues else columns
            if continues and not before:
                yield undecided("the line before could not be read")
        if before:
            yield self._link(before, rest[0])
        elif not continues:
            yield self._start(rest[0], name, is_first=is_first)
        for left, right in pairwise(rest):
            yield self._link(left, right)
        self._remember(rest[-1])

    def _start(self, sides: tuple[Side, ...], name: str, *, is_first: bool) -> Decision:
        """A line that continues nothing: a formula, a given value, or the problem."""
        is_formula = bool(_letters(sides[0]))
        is_about_answer = not name or name in self._named
        if self._asked is None or is_formula or not is_about_answer:
            if is_first or name:
                return _known("where the working starts" if is_first else "a value or a formula")
            return undecided("it is not clear what this line continues")
        finding = compare_readings([_asked_side()], sides, {"asked": self._asked})
        if finding.answer is Answer.YES:
            return decision_of(finding, Relation.EQUAL)
        return undecided("this is not the quantity that the problem asks for")

    def _remember(self, sides: tuple[Side, ...]) -> None:
        self._before = sides
        if not self._name:
            return
        self._formulas[self._name] = sides
        try:
            self._letters[self._name] = measure(*sides[0], self._letters)
        except Unreadable:
            self._letters.pop(self._name, None)

    def _link(self, lefts: tuple[Side, ...], rights: tuple[Side, ...]) -> Decision:
        if _letters(lefts[0]) - set(self._letters) and not _letters(rights[0]):
            return _put_in(lefts[0], rights)
        if lefts[0] == rights[0]:
            return _known("the same", Relation.EQUAL)
        finding = compare_readings(lefts, rights, self._letters)
        if finding.answer is Answer.OPEN and not has_units(*lefts[0]) and _is_plain(rights[0]):
            finding = _plain(lefts[0], rights[0])
        return decision_of(finding, Relation.EQUAL)


def _asked_side() -> Side:
    letter = Sym("asked")
    return QuantityText(letter, ()), letter


def _columns(line: Line) -> list[tuple[Side, ...]]:
    """The operands of a line, each under all readings; the first is empty after a bare `=`."""
    if not line:
        return []
    first = line[0].statement
    if isinstance(first, Expr):
        return [tuple((r, r.statement) for r in line if isinstance(r.statement, Expr))]
    if not isinstance(first, Chain) or set(first.comparisons) != {Comparison.EQ}:
        return []
    columns: list[tuple[Side, ...]] = []
    for k in range(len(first.operands)):
        operands = [(r, r.statement.operands[k]) for r in line if isinstance(r.statement, Chain)]
        columns.append(tuple((r, part) for r, part in operands if part is not None))
    return columns


def _letters(side: Side) -> frozenset[str]:
    text, node = side
    units = {part.name for part in walk(node) if isinstance(part, Sym) and text.unit_of(part)}
    return symbols(node) - units


def _letter_of(sides: tuple[Side, ...]) -> str:
    if not sides or not isinstance(sides[0][1], Sym) or sides[0][0].unit_of(sides[0][1]):
        return ""
    return sides[0][1].name


def _is_plain(side: Side) -> bool:
    return not has_units(*side)


def _plain(left: Side, right: Side) -> Finding:
    try:
        return compare_expressions(left[1], right[1])
    except Unreadable as error:
        return Finding(Answer.OPEN, Method.UNSUPPORTED, str(error))


# -- values put into a formula ------------------------------------------------------------


def _put_in(formula: Side, rights: tuple[Side, ...]) -> Decision:
    """`(1/2) m v^2` and then `0.5 * 2 kg * (3 m/s)^2`: the same with a value for each letter."""
    for text, node in rights:
        bound: dict[str, Expr] = {}
        try:
            if _matches(formula[1], node, text, bound):
                evidence = (Evidence(Method.SUBSTITUTION, "a value for each letter"),)
                return Decision(
                    Status.VERIFIED, Method.SUBSTITUTION, Relation.EQUAL,
                    "the values are put into the formula", evidence,
                )  # fmt: skip
        except Unreadable:
            continue
    return undecided("I do not see how the values are put into the formula")


def _matches(formula: Expr, node: Expr, text: QuantityText, bound: dict[str, Expr]) -> bool:
    if isinstance(formula, Sym):
        return bound.setdefault(formula.name, node) == node
    if not symbols(formula):
        if has_units(text, node):
            return False
        return compare_expressions(formula, node).answer is Answer.YES
    mine, theirs = _factors(formula, None), _factors(node, text)
    if len(mine) > 1 or len(theirs) > 1:
        return len(mine) == len(theirs) and all(
            _matches(first, second, text, bound) for first, second in zip(mine, theirs, strict=True)
        )
    match formula, node:
        case Neg(first), Neg(second):
            return _matches(first, second, text, bound)
        case Bin(op, a, b), Bin(other, c, d) if op is other:
            return _matches(a, c, text, bound) and _matches(b, d, text, bound)
        case _:
            return False


def _factors(node: Expr, text: QuantityText | None) -> list[Expr]:
    """The factors of a product; a number with its unit is one."""
    match node:
        case Bin(Operator.MUL, left, right):
            if text is not None and text.unit_of(right) is not None:
                return [node]
            return [*_factors(left, text), *_factors(right, text)]
        case _:
            return [node]


# -- decisions ----------------------------------------------------------------------------


def _known(reason: str, relation: Relation = Relation.GIVEN) -> Decision:
    evidence = (Evidence(Method.EXACT_ARITHMETIC, reason),)
    return Decision(Status.VERIFIED, Method.EXACT_ARITHMETIC, relation, reason, evidence)


def _worst(decisions: list[Decision]) -> Decision:
    for status in (Status.REFUTED, Status.UNKNOWN):
        for decision in decisions:
            if decision.status is status:
                return decision
    return decisions[-1]
