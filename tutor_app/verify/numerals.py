"""Numbers and SymPy expressions as short text for the screen."""

from typing import Final

import sympy
from sympy import Expr as SymExpr

_SHOWN_DIGITS: Final = 8
_LONGEST_CHARS: Final = 60


def number_text(expr: SymExpr) -> str:
    """A number in plain text: exact where short, else rounded and marked so."""
    if expr.is_Rational:
        digits = int(abs(expr.p)).bit_length() + int(expr.q).bit_length()
        if digits < 200:
            return str(expr)
        return f"about {expr.evalf(_SHOWN_DIGITS)}"
    text = expr_text(expr)
    value = expr.evalf(_SHOWN_DIGITS) if expr.is_number else expr
    return text if len(text) <= _LONGEST_CHARS and expr.is_Atom else f"about {value}"


def expr_text(expr: SymExpr) -> str:
    """An expression in plain text with `^` for powers."""
    text = str(expr).replace("**", "^")
    return text if len(text) <= 4 * _LONGEST_CHARS else "a long expression"


def root_text(expr: SymExpr) -> str:
    """A root of an equation in plain text."""
    if expr.is_Rational:
        return number_text(expr)
    if isinstance(expr, sympy.CRootOf):
        return f"about {expr.evalf(_SHOWN_DIGITS)}"
    return expr_text(expr)
