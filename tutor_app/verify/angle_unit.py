"""Whether an angle without a sign may be meant in degrees: `sin 30 = 0.5`."""

from typing import Final

from tutor_app.verify.build import build
from tutor_app.verify.syntax import Call, Const, Degrees, Expr, map_children, symbols, walk
from tutor_app.verify.zero import Answer, equality

_FUNCTIONS: Final = frozenset({"sin", "cos", "tan", "sec", "csc", "cot"})
_ROUNDING: Final = 0.01


def may_hold_in_degrees(left: Expr, right: Expr) -> bool:
    """Whether two numbers agree, or round to each other, once bare angles are degrees.

    Without a sign an angle is in radians, so this can only take a refutation back.

    Raises:
        Unreadable: a side cannot be built.
    """
    changed = _in_degrees(left), _in_degrees(right)
    if changed == (left, right) or symbols(left) | symbols(right):
        return False
    first, second = build(changed[0]), build(changed[1])
    if equality(first, second).answer is not Answer.NO:
        return True
    size = abs((first.expr - second.expr).evalf(15))
    return bool(size.is_comparable and size < _ROUNDING)


def _in_degrees(node: Expr) -> Expr:
    changed = map_children(node, _in_degrees)
    match changed:
        case Call(name, (arg,)) if name in _FUNCTIONS and not _names_its_unit(arg):
            return Call(name, (Degrees(arg),))
        case _:
            return changed


def _names_its_unit(arg: Expr) -> bool:
    return any(isinstance(part, Degrees) or part == Const("pi") for part in walk(arg))
