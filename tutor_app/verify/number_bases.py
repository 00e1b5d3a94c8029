"""Plain digits beside numerals with a base: `110_2 + 1_2 = 111` may mean 111 in base 2."""

from fractions import Fraction

from tutor_app.verify.syntax import Call, Expr, Neg, Num, walk


def common_base(node: Expr) -> int | None:
    """The base of all numerals in an expression; None if there are none, or several bases."""
    bases = {
        int(part.args[1].value)
        for part in walk(node)
        if isinstance(part, Call) and part.name == "numeral" and isinstance(part.args[1], Num)
    }
    return next(iter(bases)) if len(bases) == 1 else None


def read_in_base(node: Expr, base: int) -> Expr | None:
    """A plain whole number as its digits stand in a base; None if they cannot, or do not matter."""
    if isinstance(node, Neg):
        value = read_in_base(node.arg, base)
        return None if value is None else Neg(value)
    if not isinstance(node, Num) or node.is_decimal or node.is_grouped or base >= 10:
        return None
    if node.value.denominator != 1 or node.value < base:
        return None
    digits = str(int(node.value))
    if any(int(digit) >= base for digit in digits):
        return None
    return Call("numeral", (Num(Fraction(int(digits, base))), Num(Fraction(base))))


def has_doubtful_base(left: Expr, right: Expr) -> bool:
    """Whether one side is a plain number that may be meant in the base of the other side."""
    for one, other in ((left, right), (right, left)):
        base = common_base(one)
        if base is not None and read_in_base(other, base) is not None:
            return True
    return False
