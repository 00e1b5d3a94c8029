"""What an expression with units measures: its dimension, and its value in SI base units."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from tutor_app.verify.build import build
from tutor_app.verify.compound_unit import CompoundUnit
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.quantity import QuantityText, check_length, has_units, single_quantity
from tutor_app.verify.syntax import (
    Bin,
    Call,
    Const,
    Degrees,
    Expr,
    Mixed,
    Neg,
    Num,
    Operator,
    Percent,
    Sym,
    contains,
    walk,
)
from tutor_app.verify.units import NUMBER, TEMPERATURE, Dimension

_EXPONENT: Final = 12


class DimensionClash(Unreadable):
    """Quantities of different kinds are added, or one is put where only a number can stand."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A value with its dimension.

    Attributes:
        node: the value in SI base units.
        dimension: what it measures.
        value: the number before the unit, where it is one number with one unit.
        unit: that unit.
        has_units: a unit is written in it.
        has_angle: degrees or radians are written in it.
        units: all units in it.
    """

    node: Expr
    dimension: Dimension
    value: Expr | None = None
    unit: CompoundUnit | None = None
    has_units: bool = True
    has_angle: bool = False
    units: tuple[CompoundUnit, ...] = ()

    @property
    def is_on_scale(self) -> bool:
        """Whether it is a reading of a temperature scale, such as 20 °C."""
        return self.unit is not None and self.unit.offset != 0


def literal(value: Fraction) -> Expr:
    """A rational number as an expression."""
    if value < 0:
        return Neg(literal(-value))
    if value.denominator == 1:
        return Num(value)
    top, bottom = Num(Fraction(value.numerator)), Num(Fraction(value.denominator))
    return Bin(Operator.DIV, top, bottom)


def size_of(unit: CompoundUnit) -> Expr:
    """The size of a unit in SI base units, without its offset."""
    size = literal(unit.factor)
    if not unit.pi_power:
        return size
    power = Bin(Operator.POW, Const("pi"), literal(Fraction(unit.pi_power)))
    return Bin(Operator.MUL, size, power)


def in_base_units(value: Expr, unit: CompoundUnit) -> Expr:
    """A number of a unit in SI base units."""
    scaled = Bin(Operator.MUL, value, size_of(unit))
    return scaled if not unit.offset else Bin(Operator.ADD, scaled, literal(unit.offset))


def in_unit(node: Expr, unit: CompoundUnit) -> Expr:
    """A value in SI base units as a number of a unit."""
    shifted = node if not unit.offset else Bin(Operator.SUB, node, literal(unit.offset))
    return Bin(Operator.DIV, shifted, size_of(unit))


def measure(
    text: QuantityText, node: Expr, letters: Mapping[str, Measure] = MappingProxyType({})
) -> Measure:
    """The value of an expression of a text; `letters` have been given a value.

    Raises:
        DimensionClash: it adds different kinds of quantities.
        Unreadable: a letter in it has no value, or it cannot be read in one way.
    """
    check_length(node)
    units = tuple(found for part in walk(node) if (found := text.unit_of(part)) is not None)
    has_angle = contains(node, Degrees) or any(unit.has_angle for unit in units)
    sign, inner = (-1, node.arg) if isinstance(node, Neg) else (1, node)
    single = single_quantity(QuantityText(inner, text.units))
    if single is not None:
        value = Neg(single[0]) if sign < 0 else single[0]
        return Measure(
            in_base_units(value, single[1]), single[1].dimension, value, single[1],
            has_angle=has_angle, units=units,
        )  # fmt: skip
    _refuse_scales(units, node)
    si_node, dimension = _Dimensions(text, letters).of(node)
    return Measure(si_node, dimension, None, None, has_units(text, node), has_angle, units)


def _refuse_scales(units: tuple[CompoundUnit, ...], node: Expr) -> None:
    """Degrees of a scale are only known as differences, beside a unit per degree."""
    has_scale = any(unit.offset for unit in units)
    per_degree = any(
        power < 0 and part.dimension == TEMPERATURE
        for unit in units
        for part, power in unit.factors
    )
    is_sum = any(isinstance(part, Bin) and part.op is Operator.ADD for part in walk(node))
    if has_scale and (is_sum or not per_degree):
        raise Unreadable("it is not clear whether this is a temperature or a difference of two")


class _Dimensions:
    """Computes values and dimensions side by side."""

    def __init__(self, text: QuantityText, letters: Mapping[str, Measure]) -> None:
        self._text = text
        self._letters = letters

    def of(self, node: Expr) -> tuple[Expr, Dimension]:
        """The value in SI base units and its dimension."""
        unit = self._text.unit_of(node)
        if unit is not None:
            return size_of(unit), unit.dimension
        match node:
            case Sym(name) if name in self._letters:
                return self._letters[name].node, self._letters[name].dimension
            case Sym(name):
                raise Unreadable(f"the letter {name} has no value here")
            case Num() | Mixed() | Const():
                return node, NUMBER
            case Neg(arg):
                value, dimension = self.of(arg)
                return Neg(value), dimension
            case Percent(arg):
                return Percent(self._number(arg)), NUMBER
            case Degrees(arg):
                return Degrees(self._number(arg)), NUMBER
            case Bin():
                return self._binary(node)
            case Call():
                return self._call(node)
            case _:
                raise Unreadable("I cannot compute this with units")

    def _number(self, node: Expr) -> Expr:
        value, dimension = self.of(node)
        if not dimension.is_none:
            raise DimensionClash(f"a number is needed where a quantity in {dimension.text} stands")
        return value

    def _binary(self, node: Bin) -> tuple[Expr, Dimension]:
        if node.op is Operator.POW:
            return self._power(node)
        left, first = self.of(node.left)
        right, second = self.of(node.right)
        joined = Bin(node.op, left, right)
        match node.op:
            case Operator.MUL:
                return joined, first * second
            case Operator.DIV:
                return joined, first / second
            case _ if first == second:
                return joined, first
            case _:
                raise DimensionClash(
                    f"{_kind(first)} and {_kind(second)} cannot be added or subtracted"
                )

    def _power(self, node: Bin) -> tuple[Expr, Dimension]:
        exponent = build(self._number(node.right)).expr
        base, dimension = self.of(node.left)
        if dimension.is_none:
            return Bin(Operator.POW, base, node.right), dimension
        if not exponent.is_Rational:
            raise Unreadable("a quantity with this exponent")
        raised = _raised(dimension, Fraction(int(exponent.p), int(exponent.q)))
        return Bin(Operator.POW, base, node.right), raised

    def _call(self, node: Call) -> tuple[Expr, Dimension]:
        exponent = {"sqrt": Fraction(1, 2), "cbrt": Fraction(1, 3), "abs": Fraction(1)}
        if node.name in exponent:
            value, dimension = self.of(node.args[0])
            return Call(node.name, (value,)), _raised(dimension, exponent[node.name])
        return Call(node.name, tuple(self._number(arg) for arg in node.args)), NUMBER


def _kind(dimension: Dimension) -> str:
    return "a plain number" if dimension.is_none else f"a quantity in {dimension.text}"


def _raised(dimension: Dimension, exponent: Fraction) -> Dimension:
    if abs(exponent) > _EXPONENT:
        raise Unreadable("a quantity with so large an exponent")
    try:
        return dimension.power(exponent)
    except ValueError as error:
        raise DimensionClash("the root of this quantity has no unit") from error
