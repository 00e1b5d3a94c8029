"""Equality of expressions with factorials of letters, such as `n!/(n-2)!`.

Every factorial is written as the smallest one times the whole numbers above it. As n! is no
rational function of n, two such expressions agree for all large n only if they agree with n!
taken for a letter of its own.
"""

from collections.abc import Iterator
from typing import Final

import sympy

from tutor_app.core.verdict import Method
from tutor_app.verify.build import build
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.syntax import (
    Bin,
    Call,
    Expr,
    Num,
    Operator,
    Sym,
    map_children,
    replace_letters,
    symbols,
    walk,
    whole,
)
from tutor_app.verify.zero import Answer, Finding, equality

_FALLING: Final = frozenset({"binomial", "permutations"})
_LARGEST_STEP: Final = 20
_SAMPLES: Final = (30, 25, 31, 40, 26, 43)

Key = tuple[str, int]
"""A letter and its factor: `(2n + 1)!` has ("n", 2)."""


def has_lettered_factorial(node: Expr) -> bool:
    """Whether a factorial or number of selections of a letter occurs."""
    return any(
        isinstance(part, Call) and part.name in _FALLING | {"factorial"} and symbols(part)
        for part in walk(node)
    )


def compare_factorials(left: Expr, right: Expr) -> Finding:
    """Whether two expressions agree for all whole numbers for which they are defined.

    Raises:
        Unreadable: a factorial of something else than a letter plus a number.
    """
    least: dict[Key, int] = {}
    for part in (*walk(left), *walk(right)):
        if isinstance(part, Call) and part.name == "factorial" and symbols(part):
            key, start = _linear(part.args[0])
            least[key] = min(start, least.get(key, start))
    finding = equality(build(_expanded(left, least)), build(_expanded(right, least)))
    if finding.answer is Answer.YES:
        text = "both sides agree when the factorials are written out"
        return Finding(Answer.YES, Method.POLYNOMIAL_IDENTITY, text)
    return next(_differences(left, right), Finding(Answer.OPEN, Method.UNSUPPORTED, "not decided"))


def _linear(node: Expr) -> tuple[Key, int]:
    """Letter, factor and summand of `2n + 1`."""
    expr = build(node).expr
    letters = list(expr.free_symbols)
    if len(letters) == 1:
        slope = sympy.diff(expr, letters[0])
        start = expr.xreplace({letters[0]: sympy.Integer(0)})
        if slope.is_Integer and slope > 0 and start.is_Integer:
            return (str(letters[0]), int(slope)), int(start)
    raise Unreadable("a factorial of something else than a letter plus a number")


def _expanded(node: Expr, least: dict[Key, int]) -> Expr:
    match node:
        case Call("factorial", (arg,)) if symbols(arg):
            key, start = _linear(arg)
            steps = start - least[key]
            if steps > _LARGEST_STEP:
                raise Unreadable("factorials that are far apart")
            # A name with a sign in it cannot be typed, so it meets no letter of the text.
            base: Expr = Sym(f"{key[1]}{key[0]}!")
            return _times(base, arg, steps)
        case Call("binomial" | "permutations", (upper, Num(value))) if symbols(upper):
            count = int(value)
            if count != value or count > _LARGEST_STEP:
                raise Unreadable("a number of selections with letters")
            falling = _times(whole(1), upper, count)
            if node.name == "permutations":
                return falling
            return Bin(Operator.DIV, falling, Call("factorial", (whole(count),)))
        case _:
            return map_children(node, lambda part: _expanded(part, least))


def _times(base: Expr, top: Expr, steps: int) -> Expr:
    """The base times top·(top - 1)·…, as many factors as steps."""
    for k in range(steps):
        base = Bin(Operator.MUL, base, Bin(Operator.SUB, top, whole(k)))
    return base


def _differences(left: Expr, right: Expr) -> Iterator[Finding]:
    """Whole numbers for which the two sides differ."""
    names = sorted(symbols(left) | symbols(right))
    for start in _SAMPLES:
        values: dict[str, Expr] = {name: whole(start - 2 * k) for k, name in enumerate(names)}
        try:
            sides = [build(replace_letters(side, values)) for side in (left, right)]
        except Unreadable:
            continue
        found = equality(sides[0], sides[1])
        if found.answer is Answer.NO:
            place = ", ".join(f"{name} = {start - 2 * k}" for k, name in enumerate(names))
            yield Finding(Answer.NO, Method.COUNTEREXAMPLE, f"{place}: {found.text}", found.data)
