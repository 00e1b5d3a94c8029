"""Checks one block of a model's answer: prose with formulas, perhaps a box."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import sympy

from tutor_app.core.verdict import (
    METHODS_ALLOWED,
    Evidence,
    Method,
    Relation,
    Status,
    StepVerdict,
    Verdict,
)
from tutor_app.verify.claim import ClaimChecker, decide_all
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.grading import check_answer
from tutor_app.verify.limits import TEXT_CHARS, Unreadable
from tutor_app.verify.operation import fits_words
from tutor_app.verify.partial_list import ListedValues, completed_list
from tutor_app.verify.prose import ANNOTATION, annotations, prose_claims
from tutor_app.verify.quantity_claim import (
    is_quantity_chain,
    prose_quantity_claims,
    quantity_claims,
)
from tutor_app.verify.reader import read_task
from tutor_app.verify.remainder import decide_remainder
from tutor_app.verify.scope import scope_of
from tutor_app.verify.solutions import solve
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Derivative,
    Expr,
    Listing,
    Statement,
    Sym,
)
from tutor_app.verify.task import Differentiate, Evaluate, Rewrite, SolveEquation, Task
from tutor_app.verify.text import Span, boxes, spans, tidy, without_boxes, without_delimiters
from tutor_app.verify.zero import Answer

_HEDGE: Final = re.compile(
    r"(?i)\b(?:not|isn't|isn’t|doesn't|doesn’t|don't|don’t|cannot|can't|can’t|never|wrong|incorrect"
    r"|false|if|suppose|assume|try|guess|maybe|perhaps|impossible|unless|instead|mistake"
    r"|let|contradiction|would|should be|is it|no longer|neither|nor|except|but)\b|\?"
)
_HARMLESS: Final = frozenset(
    {
        "so", "then", "thus", "hence", "therefore", "gives", "we", "get", "obtain", "first",
        "second", "one", "another", "root", "case", "and", "also", "check", "with", "this", "or",
        "that", "means", "from", "factor", "divide", "both", "sides", "by", "subtract", "add",
        "to", "plus", "minus", "now", "next", "finally", "ok",
    }
)  # fmt: skip
_PUTTING_IN: Final = re.compile(
    r"(?i)\b(?:put|putting|set|setting|substitut\w*|plug\w*|when|for|at|where|test\w*|check\w*|with"
    r"|choose|guess|using)\b"
)
_COUNT: Final = re.compile(
    r"(?i)\b(?P<number>one|two|three|four|five|six|many|several|infinitely|double|repeated|equal"
    r"|complex|a single|exactly)\b[^.;]*?\b(?:roots?|solutions?|zeros?|answers?)\b"
)
_NUMBERS: Final = {"one": 1, "a single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_STATED_ANSWER: Final = re.compile(
    r"(?i)\b(?:answers?|solutions?|results?|roots?|values?)\b[^.;⟦]*\b(?:is|are|equals?|becomes?)\b"
    r"[^.;⟦]*\d"
)
_IMPLICATION: Final = re.compile(
    r"\\(?:implies|Rightarrow|Longrightarrow|Leftrightarrow|Longleftrightarrow|iff|therefore)"
    r"(?![A-Za-z])|[⇒⇔∴]|=>"
)
# "12,5 + 1 = 13,5": commas that part digits but do not group them, and no letters.
_DECIMAL_COMMA: Final = re.compile(
    r"(?=[^A-Za-z]*=)(?=.*(?<![\d,])(?!\d{1,3}(?:,\d{3})+(?![\d,]))\d+,\d)[^A-Za-z]+"
)
_GLUE: Final = re.compile(r"\s*(?:(?P<word>or|and)|(?P<comma>[,;]))\s*")
_CUT_BEFORE: Final = re.compile(
    r"(?i)(?:[-+*/=×÷·^<>≤≥≈(%]|\b(?:of|times|plus|minus|over|by|per|than)|(?<![\w.])\d[\d.,]*)\s*$"
)
_CUT_AFTER: Final = re.compile(
    r"(?i)^\s*(?:[+*/=×÷·^<>≤≥≈%?]|-\s*[\d(\\]|(?:of|times|plus|minus|mod|percent|remainder|squared)\b)"
)
_NUMBERED: Final = re.compile(r"(?i)(?:step|case|line|part|^)\s*\(?\d+[.):]?\s*$|[:.]\s*$")
_NO_SOLUTION: Final = re.compile(
    r"(?i)\b(?:there (?:is|are)|it has|the equation has|has|so|hence|thus|therefore|with)?\s*,?\s*"
    r"no (?:real )?(?:solutions?|roots?)\b"
)
_RELATION_SIGN: Final = re.compile(r"[=<>≈≤≥≠]|\\(?:le|ge|ne|approx|equiv|lt|gt|leq|geq|neq)\b")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of a block.

    Attributes:
        text: its source without delimiters.
        is_cut: the words around it continue it, so it must not be judged alone.
    """

    text: str
    is_cut: bool = False


def check_line(problem: str, earlier: tuple[str, ...], line: str, index: int) -> StepVerdict | None:
    """Check one block of an answer; None where it claims nothing that could be checked."""
    if len(line) > TEXT_CHARS:
        return _step(index, undecided("the line is too long", Method.UNPARSED))
    task = read_task(problem)
    checker = ClaimChecker(task, scope_of(task, _statements((*earlier, line))))
    decisions = [*_boxed(problem, line), *_decisions(checker, task, earlier, line)]
    combined = _combine(decisions, line, task)
    if combined is not None and combined.status is Status.VERIFIED:
        combined = _with_words(combined, task, earlier, line)
    if combined is not None and combined.is_partial and isinstance(task, SolveEquation):
        listed = ListedValues(
            checker.listed, _listed_above(task, earlier), _are_numbered(_statements((line,)))
        )
        combined = completed_list(combined, task, listed)
    return None if combined is None else _step(index, combined)


def _step(index: int, decision: Decision) -> StepVerdict:
    assert decision.method in METHODS_ALLOWED[decision.status], decision
    return StepVerdict(
        index, decision.status, decision.method, decision.relation, decision.reason,
        decision.evidence,
    )  # fmt: skip


def _are_numbered(statements: tuple[Statement, ...]) -> bool:
    """Whether a line gives its values numbers, as `x_1 = 2` does."""
    firsts = [statement.operands[0] for statement in statements if isinstance(statement, Chain)]
    names = [first for first in firsts if isinstance(first, Sym)]
    return bool(names) and all("_" in name.name for name in names)


def _listed_above(task: Task, earlier: tuple[str, ...]) -> tuple[sympy.Expr, ...]:
    """The solutions that earlier lines list without any doubt about what their words say."""
    found: list[sympy.Expr] = []
    for index, line in enumerate(earlier):
        checker = ClaimChecker(task, scope_of(task, _statements(earlier[: index + 1])))
        decision = _combine(list(_decisions(checker, task, earlier[:index], line)), line, task)
        if decision is not None and decision.status is Status.VERIFIED:
            found.extend(checker.listed)
    return tuple(found)


def _with_words(
    decision: Decision, task: Task | None, earlier: tuple[str, ...], line: str
) -> Decision:
    """The decision, unless the line names an operation that its formula does not show."""
    statements = _statements((line,))
    if not statements:
        return decision
    equations = [
        (statement.operands[0], statement.operands[1])
        for statement in _statements(earlier)
        if isinstance(statement, Chain) and len(statement.operands) >= 2
    ]
    known = [(left, right) for left, right in equations if left is not None and right is not None]
    if isinstance(task, SolveEquation):
        known.append((task.equation.left, task.equation.right))
    if fits_words(without_delimiters(line), statements[-1], known):
        return decision
    reason = "the formula may hold, but it does not show the step that the words name"
    return undecided(reason, Method.AMBIGUOUS)


# -- boxes --------------------------------------------------------------------------------


def _boxed(problem: str, line: str) -> Iterator[Decision]:
    if not boxes(line):
        return
    yield _of_verdict(check_answer(problem, line))


def _of_verdict(verdict: Verdict) -> Decision:
    """A verdict on the answer as a decision about the line that holds it."""
    reason = "; ".join(item.text for item in verdict.evidence)
    if verdict.form_status is Status.REFUTED:
        text = "the value is right, but it is not written in the form asked for"
        evidence = (Evidence(Method.FORM, text),)
        return Decision(Status.REFUTED, Method.FORM, Relation.CLAIM, text, evidence)
    return Decision(verdict.status, verdict.method, Relation.CLAIM, reason, verdict.evidence)


def _open_boxes(formula: str) -> str:
    r"""A formula with its boxes opened: `x = \boxed{5}` is `x = 5`."""
    for content in boxes(formula):
        formula = re.sub(r"\\(?:boxed|fbox)\s*\{", "", formula, count=1)
        at = formula.find(content + "}")
        formula = formula[:at] + content + formula[at + len(content) + 1 :]
    return formula


# -- formulas -----------------------------------------------------------------------------


def _is_box_alone(formula: str) -> bool:
    return bool(boxes(formula)) and not tidy(without_boxes(formula))


def formulas(block: str) -> tuple[Formula, ...]:
    r"""The formulas of a block; `\(x=2\) or \(x=3\)` is one."""
    block = block.strip()
    parts = spans(block)
    if not any(part.is_math for part in parts):
        return _bare_formula(block)
    found: list[Formula] = []
    at = 0
    while at < len(parts):
        if not parts[at].is_math:
            at += 1
            continue
        text, end = _glued(parts, at)
        if not _is_box_alone(text):
            before = without_boxes(parts[at - 1].text) if at else ""
            after = without_boxes(parts[end].text) if end < len(parts) else ""
            is_cut = _is_cut(before, after)
            found.extend(
                Formula(tidy(part), is_cut)
                for part in _IMPLICATION.split(_open_boxes(tidy(text)))
                if part.strip()
            )
        at = end
    return tuple(found)


def _bare_formula(block: str) -> tuple[Formula, ...]:
    """A block without delimiters that is a formula as a whole."""
    plain = tidy(without_boxes(block))
    if not plain or re.match(r"[-+*•]\s", plain):
        return ()  # a bullet: "- 3 + 4 = 1" is shown as 3 + 4 = 1
    if _DECIMAL_COMMA.fullmatch(plain) or _is_exclaimed(plain):
        return ()
    try:
        parse_statement(plain)
    except Unreadable:
        return (Formula(plain),) if is_quantity_chain(plain) else ()
    return (Formula(plain),)


def _is_exclaimed(plain: str) -> bool:
    """Whether `3 + 4 = 7!` is right without the sign, which then is no factorial."""
    if not re.search(r"=\s*[\d.,]+!$", plain):
        return False
    try:
        statement = parse_statement(plain[:-1])
        match statement:
            case Chain((left, right), (Comparison.EQ,)) if left is not None and right is not None:
                return compare_expressions(left, right).answer is Answer.YES
            case _:
                return False
    except Unreadable:
        return False


def _glued(parts: tuple[Span, ...], at: int) -> tuple[str, int]:
    text = parts[at].text
    end = at + 1
    while end + 1 < len(parts) and parts[end + 1].is_math:
        glue = _GLUE.fullmatch(parts[end].text)
        if not glue:
            break
        joint = f" \\text{{ {glue['word']} }} " if glue["word"] else ", "
        text = tidy(text) + joint + parts[end + 1].text
        end += 2
    return text, end


def _is_cut(before: str, after: str) -> bool:
    before, after = before.replace("**", ""), after.replace("**", "")
    if _CUT_AFTER.search(after):
        return True
    return bool(_CUT_BEFORE.search(before)) and not _NUMBERED.search(before)


def _statements(blocks: tuple[str, ...]) -> tuple[Statement, ...]:
    """All readable statements of the blocks, lists taken apart."""
    found: list[Statement] = []
    for block in blocks:
        for formula in formulas(block):
            try:
                statement = parse_statement(formula.text)
            except Unreadable:
                continue
            found.extend(statement.items if isinstance(statement, Listing) else (statement,))
    return tuple(found)


# -- what a line continues ----------------------------------------------------------------


def _last_expression(statement: Statement) -> Expr | None:
    match statement:
        case Chain(operands):
            return operands[-1]
        case Listing(items):
            return _last_expression(items[-1])
        case _:
            return statement if isinstance(statement, Expr) else None


def _last_formula(earlier: tuple[str, ...]) -> str:
    for block in reversed(earlier):
        found = formulas(block)
        if found:
            return found[-1].text
    return ""


def _base(task: Task | None, earlier: tuple[str, ...]) -> Expr | None:
    """What a line that starts with `=` continues."""
    for block in reversed(earlier):
        statements = formulas(block)
        if not statements:
            continue
        try:
            return _last_expression(parse_statement(statements[-1].text))
        except Unreadable:
            return None
    match task:
        case Evaluate(node) | Rewrite(node):
            return node
        case Differentiate(node, variable, _, order):
            return Derivative(node, variable, order)
        case _:
            return None


# -- decisions ----------------------------------------------------------------------------


def _decisions(
    checker: ClaimChecker, task: Task | None, earlier: tuple[str, ...], line: str
) -> Iterator[Decision]:
    base = _base(task, earlier)
    before = _last_formula(earlier)
    for formula in formulas(line):
        measured = None if formula.is_cut else quantity_claims(formula.text, before, task)
        before = formula.text
        if measured is not None:
            yield from measured
            base = None
            continue
        try:
            statement = parse_statement(formula.text)
        except Unreadable as error:
            if _RELATION_SIGN.search(formula.text):
                yield from _unreadable(error, formula.text)
            base = None
            continue
        if formula.is_cut:
            if not isinstance(statement, Expr):
                yield undecided("the words around the formula continue it", Method.AMBIGUOUS)
        else:
            yield from decide_all(checker, statement, base)
        base = _last_expression(statement)
    yield from _prose_decisions(checker, task, line)


def _unreadable(error: Unreadable, text: str) -> Iterator[Decision]:
    quotient = re.fullmatch(r"(?P<left>[^=]+)=(?P<right>[^=]+)", text)
    if quotient:
        decision = decide_remainder(quotient["left"], quotient["right"])
        if decision is not None:
            yield decision
            return
    method = Method.AMBIGUOUS if error.is_ambiguous else Method.UNPARSED
    yield undecided(f"I could not read this: {error}", method)


def _prose_decisions(checker: ClaimChecker, task: Task | None, line: str) -> Iterator[Decision]:
    prose = "".join(" ⟦⟧ " if part.is_math else without_boxes(part.text) for part in spans(line))
    for claim in annotations(prose):
        yield from _prose_claim(checker, claim)
    is_formula = any(formula.text for formula in formulas(line)) and "⟦" not in prose
    if not is_formula:
        for claim in prose_claims(ANNOTATION.sub("", prose)):
            yield from _prose_claim(checker, claim)
        for claim in prose_quantity_claims(prose):
            yield from quantity_claims(claim, "", task) or ()
    if _NO_SOLUTION.search(prose) and isinstance(task, SolveEquation):
        yield _no_solution(task)


def _prose_claim(checker: ClaimChecker, claim: str) -> Iterator[Decision]:
    try:
        statement = parse_statement(claim)
    except Unreadable as error:
        yield from _unreadable(error, claim)
        return
    yield from decide_all(checker, statement, None)


def _no_solution(task: SolveEquation) -> Decision:
    truth = solve(task.equation)
    if truth is None:
        return undecided("I could not find all solutions of the problem")
    if truth.is_everything or truth.roots:
        text = "the equation has real solutions"
        status, relation = Status.REFUTED, Relation.UNRELATED
    else:
        text = "the equation has no real solution"
        status, relation = Status.VERIFIED, Relation.EQUIVALENT
    evidence = (Evidence(Method.SOLUTION_SET, text),)
    return Decision(status, Method.SOLUTION_SET, relation, text, evidence)


# -- one verdict for the block ------------------------------------------------------------


def _prose_of(line: str) -> str:
    parts = spans(line)
    if not any(part.is_math for part in parts) and formulas(line):
        return ""
    return " ".join("⟦⟧" if part.is_math else without_boxes(part.text) for part in parts)


def _combine(decisions: list[Decision], line: str, task: Task | None) -> Decision | None:
    if not decisions:
        return None
    prose = _NO_SOLUTION.sub(" ", _prose_of(line).replace("**", ""))
    if _HEDGE.search(prose):
        return undecided("the words around the formula change what it says", Method.AMBIGUOUS)
    for status in (Status.REFUTED, Status.UNKNOWN):
        for decision in decisions:
            if decision.status is status:
                return _softened(decision, prose)
    if _STATED_ANSWER.search(prose) or not _count_fits(prose, task):
        return undecided("the words say more than the formula", Method.AMBIGUOUS)
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", prose)}
    if any(decision.is_partial for decision in decisions) and not words <= _HARMLESS:
        return undecided("a solution, but perhaps not the only one", Method.AMBIGUOUS)
    evidence = tuple(item for decision in decisions for item in decision.evidence)
    best = _most_telling(decisions)
    reason = best.reason
    if len(decisions) > 1 and best.relation is Relation.EQUAL:
        reason = f"all {len(decisions)} equalities hold"
    is_partial = any(decision.is_partial for decision in decisions)
    return Decision(best.status, best.method, best.relation, reason, evidence, is_partial)


def _softened(decision: Decision, prose: str) -> Decision:
    """A value that is only put in to see what happens is not a wrong claim."""
    is_value = decision.method is Method.SUBSTITUTION and decision.relation is Relation.UNRELATED
    if decision.status is Status.REFUTED and is_value and _PUTTING_IN.search(prose):
        return undecided("a value is put in here, not claimed", Method.AMBIGUOUS)
    return decision


def _count_fits(prose: str, task: Task | None) -> bool:
    """Whether "two real roots" and the like agree with the problem."""
    for found in _COUNT.finditer(prose):
        number = _NUMBERS.get(found["number"].lower())
        truth = solve(task.equation) if isinstance(task, SolveEquation) else None
        if number is None or truth is None or len(truth.roots) != number:
            return False
    return True


def _most_telling(decisions: list[Decision]) -> Decision:
    order = (
        Relation.EQUIVALENT, Relation.IMPLIES, Relation.CLAIM, Relation.EQUAL,
    )  # fmt: skip
    return min(decisions, key=lambda decision: order.index(decision.relation))
