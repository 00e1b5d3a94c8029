"""A syntax tree back to plain text, so that a reader can confirm how it was understood.

`parse(render(x)) == x` for every expression.
"""

from fractions import Fraction
from typing import Final, assert_never

from tutor_app.verify.syntax import (
    Apply,
    Bin,
    Call,
    Chain,
    Const,
    Degrees,
    Derivative,
    Evaluated,
    Expr,
    Integral,
    Interval,
    Limit,
    Listing,
    Matrix,
    Member,
    Mixed,
    Neg,
    Num,
    Operator,
    Percent,
    Product,
    Reals,
    Region,
    Remainder,
    SetLit,
    Statement,
    Sum,
    Sym,
    Tuple,
    Union,
    Words,
)

_LOOSE: Final = 0
_SUM: Final = 10
_PRODUCT: Final = 20
_UNARY: Final = 25
_POWER: Final = 40
_ATOM: Final = 50


def render(node: Expr) -> str:
    """An expression in plain text."""
    return _text(node)[0]


def _within(node: Expr, least: int) -> str:
    text, binding = _text(node)
    return text if binding >= least else f"({text})"


def _text(node: Expr) -> tuple[str, int]:
    """The text and how tightly it holds together."""
    match node:
        case Num() | Mixed() | Sym() | Const():
            return _leaf_text(node)
        case Neg(arg):
            return f"-{_within(arg, _UNARY)}", _UNARY
        case Bin():
            return _binary_text(node)
        case Call():
            return _call_text(node)
        case Apply(name, args, primes):
            brackets = f"({', '.join(map(render, args))})" if args else ""
            return name + "'" * primes + brackets, _POWER
        case Percent(arg) | Degrees(arg):
            sign = "%" if isinstance(node, Percent) else "°"
            return f"{_within(arg, _ATOM)}{sign}", _POWER
        case Derivative() | Integral() | Limit():
            return _calculus_text(node)
        case Matrix(rows):
            return _matrix_text(rows), _ATOM
        case Sum() | Product() | Evaluated():
            return _bounded_text(node)
        case _:
            assert_never(node)


def _matrix_text(rows: tuple[tuple[Expr, ...], ...]) -> str:
    if len(rows) == len(rows[0]) == 1:
        return f"\\begin{{pmatrix}}{render(rows[0][0])}\\end{{pmatrix}}"
    if len(rows) == 1:
        entries = " & ".join(map(render, rows[0]))
        return f"\\begin{{pmatrix}}{entries}\\end{{pmatrix}}"
    return "[" + ", ".join(f"[{', '.join(map(render, row))}]" for row in rows) + "]"


def _bounded_text(node: Sum | Product | Evaluated) -> tuple[str, int]:
    if isinstance(node, Evaluated):
        bounds = f"_{{{render(node.lower)}}}^{{{render(node.upper)}}}"
        return f"[{render(node.arg)}]{bounds}", _POWER
    sign = "∑" if isinstance(node, Sum) else "∏"
    ends = f"_{{{node.variable}={render(node.lower)}}}^{{{render(node.upper)}}}"
    return f"{sign}{ends} ({render(node.arg)})", _SUM


def _leaf_text(node: Num | Mixed | Sym | Const) -> tuple[str, int]:
    match node:
        case Num():
            return _number_text(node), _ATOM
        case Mixed(whole, numerator, denominator):
            return f"{whole} {numerator}/{denominator}", _SUM
        case Sym(name):
            return _symbol_text(name), _ATOM
        case Const(name):
            return name, _ATOM


def _number_text(node: Num) -> str:
    value = node.value
    if not node.is_decimal:
        return str(value.numerator)
    rest = value.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives, 1)
    if rest == 1:
        digits = str(int(value * 10**places)).rjust(places + 1, "0")
        return f"{digits[:-places]}.{digits[-places:]}"
    return _repeating_text(value, max(twos, fives), rest)


def _repeating_text(value: Fraction, fixed_places: int, rest: int) -> str:
    cycle_places = 1
    while pow(10, cycle_places, rest) != 1:
        cycle_places += 1
    head = value * 10**fixed_places
    cycle = int((head - int(head)) * (10**cycle_places - 1))
    digits = str(int(head)).rjust(fixed_places + 1, "0")
    whole, fixed = (
        (digits[:-fixed_places], digits[-fixed_places:]) if fixed_places else (digits, "")
    )
    return f"{whole}.{fixed}\\overline{{{str(cycle).rjust(cycle_places, '0')}}}"


def _symbol_text(name: str) -> str:
    head, underscore, subscript = name.partition("_")
    if len(subscript) > 1 and not subscript.isdigit():
        return f"{head}_{{{subscript}}}"
    return f"{head}{underscore}{subscript}"


def _binary_text(node: Bin) -> tuple[str, int]:
    match node.op:
        case Operator.POW:
            right = node.right
            exponent = (
                render(right) if isinstance(right, Num | Sym | Const) else f"({render(right)})"
            )
            return f"{_within(node.left, _ATOM)}^{exponent}", _POWER
        case Operator.MUL | Operator.DIV:
            left, right_text = _within(node.left, _PRODUCT), _within(node.right, _UNARY + 1)
            return f"{left}{node.op}{right_text}", _PRODUCT
        case _:
            is_sign = node.op in {Operator.PLUS_MINUS, Operator.MINUS_PLUS}
            if is_sign and node.left == Num(Fraction(0)):
                return f"{node.op}{_within(node.right, _UNARY)}", _UNARY
            right_text = _within(node.right, _SUM + 1)
            if right_text.startswith("-"):
                right_text = f"({right_text})"
            return f"{_within(node.left, _SUM)} {node.op} {right_text}", _SUM


def _call_text(node: Call) -> tuple[str, int]:
    match node.name, node.args:
        case "factorial", (arg,):
            return f"{_within(arg, _ATOM)}!", _POWER
        case "root", (radicand, degree):
            return f"sqrt[{render(degree)}]({render(radicand)})", _POWER
        case "binomial", (upper, lower):
            return f"\\binom{{{render(upper)}}}{{{render(lower)}}}", _POWER
        case "permutations", (upper, lower):
            return f"{{}}^{{{render(upper)}}}P_{{{render(lower)}}}", _POWER
        case "numeral", (Num(value), Num(base)):
            return f"{_digits(int(value), int(base))}_{int(base)}", _POWER
        case name, args:
            return f"{name}({', '.join(map(render, args))})", _POWER


def _digits(value: int, base: int) -> str:
    digits = ""
    while value:
        value, digit = divmod(value, base)
        digits = str(digit) + digits
    return digits or "0"


def _calculus_text(node: Derivative | Integral | Limit) -> tuple[str, int]:
    match node:
        case Derivative(Sym(name), variable) if variable and len(name) == 1:
            return f"d{name}/d{variable}", _SUM
        case Derivative(arg, "", order):
            return f"({render(arg)})" + "'" * order, _POWER
        case Derivative(arg, variable):
            return f"d/d{variable}({render(arg)})", _SUM
        case Integral(arg, variable, lower, upper):
            bounds = ""
            if lower is not None and upper is not None:
                bounds = f"_{{{render(lower)}}}^{{{render(upper)}}}"
            return f"∫{bounds} ({render(arg)}) d{variable}", _SUM
        case Limit(arg, variable, point, side):
            end = f"^{side}" if side else ""
            return f"lim_{{{variable}→{_within(point, _UNARY)}{end}}} ({render(arg)})", _SUM


def render_statement(statement: Statement) -> str:
    """A statement in plain text."""
    match statement:
        case Chain(operands, comparisons):
            parts = ["" if operands[0] is None else render(operands[0])]
            for comparison, operand in zip(comparisons, operands[1:], strict=True):
                assert operand is not None
                parts.append(f" {comparison} {render(operand)}")
            return "".join(parts).strip()
        case Words(phrase):
            return str(phrase)
        case Remainder(quotient, remainder):
            return f"{render(quotient)} remainder {render(remainder)}"
        case Listing(items, joiner):
            separator = ", " if joiner == "," else str(joiner)
            return separator.join(render_statement(item) for item in items)
        case Member(name, region):
            return f"{name} ∈ {_region_text(region)}"
        case SetLit() | Tuple() | Interval() | Reals() | Union():
            return _region_text(statement)
        case _:
            return render(statement)


def _region_text(region: Region) -> str:
    match region:
        case SetLit(items):
            return "{" + ", ".join(map(render, items)) + "}" if items else "∅"
        case Tuple(items):
            return "(" + ", ".join(map(render, items)) + ")"
        case Interval(lower, upper, is_left_open, is_right_open):
            left, right = "(["[not is_left_open], ")]"[not is_right_open]
            return f"{left}{render(lower)}, {render(upper)}{right}"
        case Reals():
            return "ℝ"
        case Union(parts, is_difference):
            return (" ∖ " if is_difference else " ∪ ").join(map(_region_text, parts))
        case _:
            assert_never(region)
