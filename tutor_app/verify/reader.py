"""Statement to task, or None where any word is left over that could change the meaning."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from re import Match, Pattern

from tutor_app.verify import wording
from tutor_app.verify.factorials import has_lettered_factorial
from tutor_app.verify.limits import TEXT_CHARS, Unreadable
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.solutions import Equation
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import (
    Apply,
    Bin,
    Call,
    Chain,
    Comparison,
    Derivative,
    Expr,
    Integral,
    Limit,
    Listing,
    Mixed,
    Neg,
    Num,
    Operator,
    Percent,
    Product,
    Statement,
    Sum,
    Sym,
    Tuple,
    adds_percent,
    contains,
    contains_plus_minus,
    symbols,
    yields_matrix,
)
from tutor_app.verify.task import (
    Differentiate,
    DivideWithRemainder,
    Evaluate,
    FactorInteger,
    FindDomain,
    FindLimit,
    FindPercentage,
    Form,
    Integrate,
    Rewrite,
    SolveEquation,
    SolveInequality,
    SolveLiteral,
    SolveSystem,
    Task,
)
from tutor_app.verify.text import spans
from tutor_app.verify.topics.catalogue import read_topic

_OPERATORS = {"+": Operator.ADD, "-": Operator.SUB, "*": Operator.MUL, "/": Operator.DIV}


def read_task(problem: str) -> Task | None:
    """What a problem asks for; None if it is not recognised as one plain task."""
    if len(problem) > TEXT_CHARS:
        return None
    text, form = _strip_endings(_flatten(problem))
    readers: tuple[Callable[[str], Task | None], ...] = (
        _read_remainder, _read_percent, _read_operation, _read_derivative, _read_rewrite,
        _read_special, _read_integral, _read_equation, _read_zeros, _read_evaluation,
    )  # fmt: skip
    if form is not None:
        for found in _matches(wording.REDUCE, text):
            task = _reduction(found["math"])
            if task is not None:
                return task
    for reader in readers:
        try:
            task = reader(text)
        except (Unreadable, RecursionError):
            continue  # RecursionError: a sum of very many terms
        if task is not None:
            return _with_form(task, form)
    return read_topic(_flatten(problem))


def _reduction(text: str) -> Task | None:
    try:
        node = parse_expression(text)
    except Unreadable:
        return None
    return Evaluate(node, Form.LOWEST_TERMS) if _is_calculation(node) else None


def _flatten(problem: str) -> str:
    """One line, formula delimiters removed."""
    joined = "".join(span.text for span in spans(problem))
    joined = joined.replace("’", "'").replace("′", "'").replace("−", "-")
    return " ".join(joined.split())


def _strip_endings(text: str) -> tuple[str, Form | None]:
    form: Form | None = None
    changed = True
    while changed:
        changed = False
        for pattern in wording.NOISE:
            shorter = pattern.sub("", text)
            changed |= shorter != text
            text = shorter
        for pattern in wording.LOWEST_TERMS:
            shorter = pattern.sub("", text)
            if shorter != text:
                text, form, changed = shorter, Form.LOWEST_TERMS, True
    return text.strip(), form


def _with_form(task: Task, form: Form | None) -> Task | None:
    if form is None:
        return task
    match task:
        case Evaluate():
            return replace(task, form=form, accepts_remainder=False)
        case SolveEquation() | Differentiate() | Integrate():
            return task  # "simplify your answer" there asks for tidiness, not for another value
        case Rewrite(goal=Form.SIMPLIFIED | Form.EXPANDED):
            return task
        case _:
            return None


def _matches(patterns: tuple[Pattern[str], ...], text: str) -> Iterator[Match[str]]:
    for pattern in patterns:
        found = pattern.fullmatch(text)
        if found:
            yield found


def _group(found: Match[str], name: str) -> str | None:
    return found.groupdict().get(name)


def _number(text: str) -> Expr:
    node = parse_expression(text)
    if symbols(node):
        raise Unreadable("a letter stands where a number should")
    return node


def _simple_number(text: str) -> Expr:
    """A number without operations other than a fraction line.

    "2+3 times 4" and "15% of 240 + 10" can be read two ways, so their parts must be simple.
    """
    node = _number(text)
    plain = node.arg if isinstance(node, Neg) else node
    is_fraction = (
        isinstance(plain, Bin)
        and plain.op is Operator.DIV
        and all(isinstance(side, Num) for side in (plain.left, plain.right))
    )
    if not (is_fraction or isinstance(plain, Num | Mixed | Percent)):
        raise Unreadable("a calculation stands where a number should", is_ambiguous=True)
    return node


# -- arithmetic ---------------------------------------------------------------------------


def _whole_number(text: str) -> int:
    node = _number(text)
    if not isinstance(node, Num) or node.is_decimal or node.value.denominator != 1:
        raise Unreadable("not a whole number")
    return int(node.value)


def _read_remainder(text: str) -> Task | None:
    for found in _matches(wording.REMAINDER, text):
        dividend, divisor = _whole_number(found["dividend"]), _whole_number(found["divisor"])
        return DivideWithRemainder(dividend, divisor) if divisor else None
    for found in _matches(wording.REMAINDER_ONLY, text):
        pair = tuple(Num(Fraction(_whole_number(found[name]))) for name in ("dividend", "divisor"))
        return Evaluate(Call("mod", pair)) if pair[1].value else None
    return None


def _read_operation(text: str) -> Task | None:
    for pattern, sign in wording.OPERATIONS:
        for found in _matches((pattern,), text):
            first, second = (_simple_number(found[name]) for name in ("first", "second"))
            node = Bin(_OPERATORS[sign], first, second)
            if adds_percent(node):
                return None
            return Evaluate(node, accepts_remainder=_is_whole_division(node))
    for pattern, name in wording.DIVISORS:
        for found in _matches((pattern,), text):
            pair = (_number(found["first"]), _number(found["second"]))
            return Evaluate(Call(name, pair))
    return None


def _is_whole_division(node: Expr) -> bool:
    return (
        isinstance(node, Bin)
        and node.op is Operator.DIV
        and all(isinstance(side, Num) and side.value.denominator == 1
                for side in (node.left, node.right))
    )  # fmt: skip


def _read_percent(text: str) -> Task | None:
    for found in _matches(wording.PERCENTAGE, text):
        return FindPercentage(_simple_number(found["part"]), _simple_number(found["base"]))
    for found in _matches(wording.PERCENT_BASE, text):
        part, rate = _simple_number(found["part"]), Percent(_simple_number(found["rate"]))
        return Evaluate(Bin(Operator.DIV, part, rate))
    for found in _matches(wording.PERCENT_CHANGE, text):
        base, rate = _simple_number(found["base"]), Percent(_simple_number(found["rate"]))
        grows = found["direction"].lower()[:3] in {"inc", "rai"}
        factor = Bin(Operator.ADD if grows else Operator.SUB, Num(Fraction(1)), rate)
        verb = "increase" if grows else "decrease"
        said = f"{verb} {found['base']} by {found['rate']}%"
        return Evaluate(Bin(Operator.MUL, base, factor), wording=said)
    for found in _matches(wording.PERCENT_ON, text):
        base, rate = _simple_number(found["base"]), Percent(_simple_number(found["rate"]))
        grows = (_group(found, "direction") or "plus").lower() == "plus"
        factor = Bin(Operator.ADD if grows else Operator.SUB, Num(Fraction(1)), rate)
        said = f"{'increase' if grows else 'decrease'} {found['base']} by {found['rate']}%"
        return Evaluate(Bin(Operator.MUL, base, factor), wording=said)
    for found in _matches(wording.PERCENT_OFF, text):
        base, rate = _simple_number(found["base"]), Percent(_simple_number(found["rate"]))
        factor = Bin(Operator.SUB, Num(Fraction(1)), rate)
        said = f"decrease {found['base']} by {found['rate']}%"
        return Evaluate(Bin(Operator.MUL, base, factor), wording=said)
    for found in _matches(wording.PERCENT_OF, text):
        base, rate = _simple_number(found["base"]), Percent(_simple_number(found["rate"]))
        return Evaluate(Bin(Operator.MUL, rate, base))
    return None


def _read_special(text: str) -> Task | None:
    """Domains, prime factorisations, complex numbers in standard form, distances."""
    for found in _matches(wording.CANCEL, text):
        return _reduction(found["math"])
    for found in _matches(wording.PRIMES, text):
        number = _whole_number(found["math"])
        return FactorInteger(number) if number > 1 else None
    for found in _matches(wording.COMPLEX_FORM, text):
        node = parse_expression(found["math"])
        return Evaluate(node) if _is_calculation(node) else None
    for found in _matches(wording.DISTANCE, text):
        return _distance(parse_statement(found["first"]), parse_statement(found["second"]))
    for found in _matches(wording.DOMAIN, text):
        _, given, body = _definition(parse_statement(found["math"]))
        variable = given or (_only_letter(body) if body is not None else None)
        if body is None or variable is None or symbols(body) != {variable}:
            return None
        return FindDomain(body, variable) if not _is_unfit(body) else None
    return None


def _distance(first: Statement, second: Statement) -> Task | None:
    if not (isinstance(first, Tuple) and isinstance(second, Tuple)):
        return None
    if len(first.items) != len(second.items):
        return None
    two = Num(Fraction(2))
    squares = [
        Bin(Operator.POW, Bin(Operator.SUB, left, right), two)
        for left, right in zip(first.items, second.items, strict=True)
    ]
    total: Expr = squares[0]
    for square in squares[1:]:
        total = Bin(Operator.ADD, total, square)
    node = Call("sqrt", (total,))
    return Evaluate(node) if _is_calculation(node) else None


def _read_evaluation(text: str) -> Task | None:
    for found in _matches(wording.EVALUATE, text):
        node = parse_expression(found["math"])
        if isinstance(node, Sum | Product):
            return None  # a topic, which knows about divergence
        if isinstance(node, Integral):
            return Integrate(node.arg, node.variable, node.lower, node.upper)
        if isinstance(node, Limit):
            return FindLimit(node)
        if isinstance(node, Derivative):
            return _derivative_of(node)
        if not _is_calculation(node):
            return None
        return Evaluate(node, accepts_remainder=_is_whole_division(node))
    return None


def _is_calculation(node: Expr) -> bool:
    return not (
        symbols(node)
        or adds_percent(node)
        or contains_plus_minus(node)
        or yields_matrix(node)
        or contains(node, (Apply, Derivative, Integral, Limit))
    )


# -- derivatives and integrals ------------------------------------------------------------


def _read_derivative(text: str) -> Task | None:
    for found in _matches(wording.DIFFERENTIATE, text):
        task = _derivative_task(found)
        if task is not None:
            return task
    return None


def _derivative_task(found: Match[str]) -> Task | None:
    try:
        statement = parse_statement(found["math"])
    except Unreadable:
        return None
    name, given_variable, node = _definition(statement)
    if node is None:
        return None
    variable = _group(found, "variable") or given_variable or _only_letter(node)
    wanted = _group(found, "wanted")
    if variable is None or not _asks_for(wanted, name, variable):
        return None
    if name and given_variable is None and symbols(node) - {variable}:
        return None  # y = a*x + b by an unstated letter
    if contains(node, (Apply, Derivative, Integral, Limit)) or contains_plus_minus(node):
        return None
    return Differentiate(node, variable, name)


def _definition(statement: Statement) -> tuple[str, str | None, Expr | None]:
    """Name, variable and body of `f(x) = …`, `y = …` or a bare expression."""
    if not isinstance(statement, Chain):
        is_expression = not isinstance(statement, Listing) and _is_expression(statement)
        return "", None, statement if is_expression else None  # type: ignore[return-value]
    if statement.comparisons != (Comparison.EQ,):
        return "", None, None
    head, body = statement.operands
    match head:
        case Apply(name, (Sym(variable),), 0):
            return name, variable, body
        case Sym(name) if body is not None and name not in symbols(body):
            return name, None, body
        case _:
            return "", None, None


def _is_expression(statement: Statement) -> bool:
    return isinstance(statement, Expr)


def _only_letter(node: Expr) -> str | None:
    letters = symbols(node)
    return next(iter(letters)) if len(letters) == 1 else None


def _asks_for(wanted: str | None, name: str, variable: str) -> bool:
    """Whether `f'(x)`, `y'` or `dy/dx` asks for the derivative of what was defined."""
    if wanted is None:
        return True
    if "derivative" in wanted.lower():
        of = re.search(r"of\s+([A-Za-z])(?:\(([a-z])\))?$", wanted)
        return not of or (of[1] == name and of[2] in {None, variable})
    prime = re.fullmatch(r"([A-Za-z])'(?:\(([a-z])\))?", wanted)
    if prime:
        return prime[1] == name and prime[2] in {None, variable}
    quotient = re.search(r"d([a-z])\}?(?:/|\{)d([a-z])", wanted)
    return quotient is not None and (quotient[1], quotient[2]) == (name, variable)


def _derivative_of(node: Derivative) -> Task | None:
    variable = node.variable or _only_letter(node.arg)
    is_plain = not contains(node.arg, (Apply, Derivative, Integral, Limit))
    if variable is None or not is_plain or node.arg == Sym("y"):
        return None
    return Differentiate(node.arg, variable, order=node.order)


def _read_integral(text: str) -> Task | None:
    for found in _matches(wording.INTEGRATE, text):
        node = parse_expression(found["math"])
        if isinstance(node, Integral):
            return Integrate(node.arg, node.variable, node.lower, node.upper)
        variable = _group(found, "variable") or _only_letter(node)
        if variable is None or contains(node, (Apply, Derivative, Integral, Limit)):
            return None
        return Integrate(node, variable)
    return None


def _read_rewrite(text: str) -> Task | None:
    for pattern, verb in wording.REWRITE:
        for found in _matches((pattern,), text):
            node = parse_expression(found["math"])
            if _is_unfit(node) or contains(node, (Sum, Product)) or has_lettered_factorial(node):
                return None
            if not symbols(node):
                return Evaluate(node, Form.LOWEST_TERMS) if verb == "simplify" else None
            goal = {"simplify": Form.SIMPLIFIED, "expand": Form.EXPANDED, "factor": Form.FACTORED}
            return Rewrite(node, goal[verb])
    return None


# -- equations ----------------------------------------------------------------------------


def _read_equation(text: str) -> Task | None:
    for found in _matches(wording.SOLVE, text):
        try:
            statement = parse_statement(found["math"])
        except Unreadable:
            continue
        return equation_task(statement, _group(found, "unknown"))
    try:
        bare = parse_statement(text.rstrip(".?"))
    except Unreadable:
        return None
    return equation_task(bare, None) if isinstance(bare, Chain) else None


def equation_task(statement: Statement, unknown: str | None) -> Task | None:
    """An equation, inequality or system as a task; None if it is none of them."""
    if isinstance(statement, Listing):
        return _system_task(statement) if unknown is None else None
    if not isinstance(statement, Chain) or statement.operands[0] is None:
        return None
    operands = [operand for operand in statement.operands if operand is not None]
    letters = frozenset().union(*(symbols(operand) for operand in operands))
    if any(_is_unfit(operand) for operand in operands):
        return None
    if unknown is None:
        if len(letters) != 1:
            return None
        unknown = next(iter(letters))
    if unknown not in letters:
        return None
    if statement.comparisons == (Comparison.EQ,):
        equation = Equation(operands[0], operands[1], unknown)
        return SolveEquation(equation) if letters == {unknown} else SolveLiteral(equation)
    orders = {Comparison.LT, Comparison.LE, Comparison.GT, Comparison.GE}
    if set(statement.comparisons) <= orders and letters == {unknown}:
        return SolveInequality(statement, unknown)
    return None


def _is_unfit(node: Expr) -> bool:
    return (
        contains(node, (Apply, Derivative, Integral, Limit))
        or contains_plus_minus(node)
        or yields_matrix(node)
    )


def _system_task(listing: Listing) -> Task | None:
    chains: list[Chain] = []
    letters: set[str] = set()
    for item in listing.items:
        if not isinstance(item, Chain) or item.comparisons != (Comparison.EQ,):
            return None
        for operand in item.operands:
            if operand is None or _is_unfit(operand):
                return None
            letters |= symbols(operand)
        chains.append(item)
    if str(listing.joiner) == " or " or len(letters) < 2:
        return None
    return SolveSystem(tuple(chains), tuple(sorted(letters)))


def _read_zeros(text: str) -> Task | None:
    for found in _matches(wording.ZEROS, text):
        node = parse_expression(found["math"])
        variable = _only_letter(node)
        if variable is None or _is_unfit(node):
            return None
        return SolveEquation(Equation(node, Num(Fraction(0)), variable))
    return None
