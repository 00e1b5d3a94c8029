"""Plane figures and solids: what their measures are called and the formulas between them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.verify.syntax import Bin, Call, Const, Expr, Num, Operator
from tutor_app.verify.topics.word_problem import exact

PI: Final = Const("pi")


def product(*factors: Expr) -> Expr:
    """The product of expressions."""
    total = factors[0]
    for factor in factors[1:]:
        total = Bin(Operator.MUL, total, factor)
    return total


def total(*terms: Expr) -> Expr:
    """The sum of expressions."""
    result = terms[0]
    for term in terms[1:]:
        result = Bin(Operator.ADD, result, term)
    return result


def square(node: Expr) -> Expr:
    """An expression squared."""
    return Bin(Operator.POW, node, Num(Fraction(2)))


def root(node: Expr) -> Expr:
    """A square root."""
    return Call("sqrt", (node,))


Measures = Mapping[str, Expr]


@dataclass(frozen=True, slots=True)
class Formula:
    """One measure of a figure from others.

    Attributes:
        needs: names of the measures it is computed from.
        compute: the computation.
        shown: the formula in plain text.
        power: 1 for a length, 2 for an area, 3 for a volume.
    """

    needs: frozenset[str]
    compute: Callable[[Measures], Expr]
    shown: str
    power: int


def _formula(needs: str, shown: str, power: int, compute: Callable[[Measures], Expr]) -> Formula:
    return Formula(frozenset(needs.split()), compute, shown, power)


def _n(value: int | Fraction) -> Expr:
    return exact(value)


_HALF: Final = Fraction(1, 2)
_HERON: Final = "√(s(s-a)(s-b)(s-c))"


def _heron(m: Measures) -> Expr:
    a, b, c = m["side"], m["side 2"], m["side 3"]
    s = product(exact(_HALF), total(a, b, c))
    parts = [Bin(Operator.SUB, s, side) for side in (a, b, c)]
    return root(product(s, *parts))


def _difference_root(m: Measures) -> Expr:
    return root(Bin(Operator.SUB, square(m["hypotenuse"]), square(m["leg"])))


def _share(m: Measures) -> Expr:
    return Bin(Operator.DIV, m["angle"], _n(360))


FORMULAS: Final[Mapping[tuple[str, str], tuple[Formula, ...]]] = {
    ("circle", "area"): (
        _formula("radius", "π·r^2", 2, lambda m: product(PI, square(m["radius"]))),
        _formula(
            "diameter", "π·(d/2)^2", 2,
            lambda m: product(exact(Fraction(1, 4)), PI, square(m["diameter"])),
        ),
    ),
    ("circle", "circumference"): (
        _formula("radius", "2·π·r", 1, lambda m: product(_n(2), PI, m["radius"])),
        _formula("diameter", "π·d", 1, lambda m: product(PI, m["diameter"])),
    ),
    ("circle", "diameter"): (
        _formula("radius", "2·r", 1, lambda m: product(_n(2), m["radius"])),
    ),
    ("circle", "radius"): (
        _formula("diameter", "d/2", 1, lambda m: product(exact(_HALF), m["diameter"])),
    ),
    ("semicircle", "area"): (
        _formula(
            "radius", "π·r^2/2", 2, lambda m: product(exact(_HALF), PI, square(m["radius"]))
        ),
        _formula(
            "diameter", "π·(d/2)^2/2", 2,
            lambda m: product(exact(Fraction(1, 8)), PI, square(m["diameter"])),
        ),
    ),
    ("sector", "area"): (
        _formula(
            "radius angle", "angle/360·π·r^2", 2,
            lambda m: product(_share(m), PI, square(m["radius"])),
        ),
    ),
    ("sector", "arc length"): (
        _formula(
            "radius angle", "angle/360·2·π·r", 1,
            lambda m: product(_share(m), _n(2), PI, m["radius"]),
        ),
    ),
    ("rectangle", "area"): (
        _formula("length width", "length·width", 2, lambda m: product(m["length"], m["width"])),
    ),
    ("rectangle", "perimeter"): (
        _formula(
            "length width", "2·(length + width)", 1,
            lambda m: product(_n(2), total(m["length"], m["width"])),
        ),
    ),
    ("rectangle", "diagonal"): (
        _formula(
            "length width", "√(length^2 + width^2)", 1,
            lambda m: root(total(square(m["length"]), square(m["width"]))),
        ),
    ),
    ("square", "area"): (_formula("side", "side^2", 2, lambda m: square(m["side"])),),
    ("square", "perimeter"): (
        _formula("side", "4·side", 1, lambda m: product(_n(4), m["side"])),
    ),
    ("square", "diagonal"): (
        _formula("side", "side·√2", 1, lambda m: product(m["side"], root(_n(2)))),
    ),
    ("triangle", "area"): (
        _formula(
            "base height", "base·height/2", 2,
            lambda m: product(exact(_HALF), m["base"], m["height"]),
        ),
        _formula("side side_2 side_3", _HERON, 2, lambda m: _heron(_sides(m))),
    ),
    ("triangle", "perimeter"): (
        _formula(
            "side side_2 side_3", "a + b + c", 1,
            lambda m: total(m["side"], m["side_2"], m["side_3"]),
        ),
    ),
    ("equilateral triangle", "perimeter"): (
        _formula("side", "3·side", 1, lambda m: product(_n(3), m["side"])),
    ),
    ("equilateral triangle", "area"): (
        _formula(
            "side", "√3/4·side^2", 2,
            lambda m: product(exact(Fraction(1, 4)), root(_n(3)), square(m["side"])),
        ),
    ),
    ("right triangle", "hypotenuse"): (
        _formula(
            "leg leg_2", "√(a^2 + b^2)", 1,
            lambda m: root(total(square(m["leg"]), square(m["leg_2"]))),
        ),
    ),
    ("right triangle", "area"): (
        _formula("leg leg_2", "a·b/2", 2, lambda m: product(exact(_HALF), m["leg"], m["leg_2"])),
    ),
    ("right triangle", "leg"): (
        _formula("hypotenuse leg", "√(c^2 - a^2)", 1, _difference_root),
    ),
    ("parallelogram", "area"): (
        _formula("base height", "base·height", 2, lambda m: product(m["base"], m["height"])),
    ),
    ("trapezium", "area"): (
        _formula(
            "parallel parallel_2 height", "(a + b)·h/2", 2,
            lambda m: product(
                exact(_HALF), total(m["parallel"], m["parallel_2"]), m["height"]
            ),
        ),
    ),
    ("rhombus", "area"): (
        _formula(
            "diagonal diagonal_2", "d·e/2", 2,
            lambda m: product(exact(_HALF), m["diagonal"], m["diagonal_2"]),
        ),
        _formula("base height", "base·height", 2, lambda m: product(m["base"], m["height"])),
    ),
    ("rhombus", "perimeter"): (
        _formula("side", "4·side", 1, lambda m: product(_n(4), m["side"])),
    ),
    ("cuboid", "volume"): (
        _formula(
            "length width height", "length·width·height", 3,
            lambda m: product(m["length"], m["width"], m["height"]),
        ),
    ),
    ("cuboid", "surface area"): (
        _formula(
            "length width height", "2·(lw + lh + wh)", 2,
            lambda m: product(
                _n(2),
                total(
                    product(m["length"], m["width"]), product(m["length"], m["height"]),
                    product(m["width"], m["height"]),
                ),
            ),
        ),
    ),
    ("cube", "volume"): (
        _formula("side", "side^3", 3, lambda m: product(m["side"], m["side"], m["side"])),
    ),
    ("cube", "surface area"): (
        _formula("side", "6·side^2", 2, lambda m: product(_n(6), square(m["side"]))),
    ),
    ("cylinder", "volume"): (
        _formula(
            "radius height", "π·r^2·h", 3,
            lambda m: product(PI, square(m["radius"]), m["height"]),
        ),
        _formula(
            "diameter height", "π·(d/2)^2·h", 3,
            lambda m: product(exact(Fraction(1, 4)), PI, square(m["diameter"]), m["height"]),
        ),
    ),
    ("cylinder", "surface area"): (
        _formula(
            "radius height", "2·π·r·(r + h)", 2,
            lambda m: product(_n(2), PI, m["radius"], total(m["radius"], m["height"])),
        ),
    ),
    ("cylinder", "curved surface area"): (
        _formula(
            "radius height", "2·π·r·h", 2,
            lambda m: product(_n(2), PI, m["radius"], m["height"]),
        ),
    ),
    ("cone", "volume"): (
        _formula(
            "radius height", "π·r^2·h/3", 3,
            lambda m: product(exact(Fraction(1, 3)), PI, square(m["radius"]), m["height"]),
        ),
        _formula(
            "diameter height", "π·(d/2)^2·h/3", 3,
            lambda m: product(exact(Fraction(1, 12)), PI, square(m["diameter"]), m["height"]),
        ),
    ),
    ("cone", "curved surface area"): (
        _formula(
            "radius slant", "π·r·l", 2, lambda m: product(PI, m["radius"], m["slant"])
        ),
    ),
    ("cone", "surface area"): (
        _formula(
            "radius slant", "π·r·(r + l)", 2,
            lambda m: product(PI, m["radius"], total(m["radius"], m["slant"])),
        ),
    ),
    ("sphere", "volume"): (
        _formula(
            "radius", "4/3·π·r^3", 3,
            lambda m: product(
                exact(Fraction(4, 3)), PI, m["radius"], m["radius"], m["radius"]
            ),
        ),
        _formula(
            "diameter", "π·d^3/6", 3,
            lambda m: product(
                exact(Fraction(1, 6)), PI, m["diameter"], m["diameter"], m["diameter"]
            ),
        ),
    ),
    ("sphere", "surface area"): (
        _formula("radius", "4·π·r^2", 2, lambda m: product(_n(4), PI, square(m["radius"]))),
        _formula("diameter", "π·d^2", 2, lambda m: product(PI, square(m["diameter"]))),
    ),
    ("hemisphere", "volume"): (
        _formula(
            "radius", "2/3·π·r^3", 3,
            lambda m: product(
                exact(Fraction(2, 3)), PI, m["radius"], m["radius"], m["radius"]
            ),
        ),
    ),
}  # fmt: skip
"""By figure and what is asked for; several where it can be found from different measures."""


def _sides(m: Measures) -> Measures:
    return {"side": m["side"], "side 2": m["side_2"], "side 3": m["side_3"]}
