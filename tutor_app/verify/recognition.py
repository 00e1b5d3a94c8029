"""Whether a line with the same solutions comes from the line before by an operation one teaches.

This decides words, never a verdict: lines with the same solutions are right either way.
"""

import sympy
from sympy import Expr as SymExpr

from tutor_app.verify.build import build, symbol
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.slips.shape import TWO, ZERO, power, subtracted
from tutor_app.verify.slips.slip import Sides
from tutor_app.verify.slips.target import is_multiple
from tutor_app.verify.syntax import Bin, Call, Expr, Num, Operator, Sym, symbols, walk

Alternatives = tuple[Sides, ...]


def is_recognised(before: Alternatives, line: Alternatives, unknown: str) -> bool:
    """Whether adding, multiplying, factoring, squaring or the like leads to a line.

    Args:
        before: the equations of the line before, joined by `or`.
        line: the equations of the line, joined by `or`.
        unknown: the letter solved for.
    """
    if all(_is_value(sides, unknown) for sides in line):
        return True
    try:
        if len(line) == len(before):
            pairs = zip(before, line, strict=True)
            return all(_is_operation(one, other, unknown) for one, other in pairs)
        if len(before) == 1:
            return _is_split(before[0], line)
    except Unreadable:
        return True
    return True


def is_sudden_gain(before: Alternatives, line: Alternatives, unknown: str) -> bool:
    """Whether a polynomial line gains solutions although nothing was multiplied or squared."""
    try:
        if len(before) != 1 or len(line) != 1:
            return False
        pair = [_difference(before[0]), _difference(line[0])]
        letter = symbol(unknown)
        if not all(expr.is_polynomial(letter) for expr in pair):
            return False
        return not _is_operation(before[0], line[0], unknown)
    except Unreadable:
        return False


def _is_value(sides: Sides, unknown: str) -> bool:
    return sides.left == Sym(unknown) and not symbols(sides.right)


def _difference(sides: Sides) -> SymExpr:
    return build(sides.left).expr - build(sides.right).expr


def _is_operation(before: Sides, line: Sides, unknown: str) -> bool:
    if _is_value(line, unknown) or _has_transcendental(before) or _has_transcendental(line):
        return True
    first, second = _difference(before), _difference(line)
    if is_multiple(first, second) or _divides(first, second, unknown):
        return True
    squared = subtracted(power(before.left, TWO), power(before.right, TWO))
    if is_multiple(build(squared).expr, second):
        return True
    rooted = subtracted(power(line.left, TWO), power(line.right, TWO))
    return is_multiple(build(rooted).expr, first)


def _has_transcendental(sides: Sides) -> bool:
    return any(
        (isinstance(part, Call) and part.name not in {"sqrt", "cbrt", "root"})
        or (isinstance(part, Bin) and part.op is Operator.POW and symbols(part.right))
        for side in (sides.left, sides.right)
        for part in walk(side)
    )


def _divides(first: SymExpr, second: SymExpr, unknown: str) -> bool:
    """Whether one side-difference is the other times a polynomial."""
    try:
        polynomials = [
            sympy.Poly(sympy.fraction(sympy.together(expr))[0], symbol(unknown), domain="QQ")
            for expr in (first, second)
        ]
    except (sympy.CoercionFailed, sympy.PolynomialError):
        return False
    if any(polynomial.is_zero for polynomial in polynomials):
        return False
    large, small = sorted(polynomials, key=lambda polynomial: -polynomial.degree())
    return bool(large.rem(small).is_zero)


def _is_split(before: Sides, line: Alternatives) -> bool:
    """`A·B = 0` as `A = 0 or B = 0`; `A^2 = B^2` and `|A| = B` as `A = B or A = -B`."""
    if all(sides.right == ZERO for sides in line):
        return True
    if _has_transcendental(before):
        return True
    opposite = len(line) == 2 and line[0].left == line[1].left
    if opposite:
        total = build(line[0].right).expr + build(line[1].right).expr
        return bool(sympy.expand(total) == 0)
    return all(sides.right == ZERO or _is_moved_zero(sides) for sides in line)


def _is_moved_zero(sides: Sides) -> bool:
    """`2x = 3`, which is a linear factor with its number moved."""
    left: Expr = sides.left
    match left:
        case Sym() | Bin(Operator.MUL, Num(), Sym()):
            return True
        case _:
            return False
