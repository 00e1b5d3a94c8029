"""Whether a decimal is the rounded value of an exact number."""

from sympy import Expr as SymExpr

from tutor_app.verify.build import build
from tutor_app.verify.syntax import Expr, Mixed, Neg, Num


def is_rounding(node: Expr, truth: SymExpr) -> bool:
    """Whether a decimal is within half a unit of its last place of a real constant."""
    plain = node.arg if isinstance(node, Neg) else node
    if not (isinstance(plain, Num | Mixed) and getattr(plain, "is_decimal", False)):
        return False
    value = build(node).expr
    places = next((k for k in range(1, 400) if 10**k % int(value.q) == 0), 0)
    return bool((abs(value - truth) * 2 * 10**places - 1).evalf(30) <= 0)
