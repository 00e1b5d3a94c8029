"""What a named slip is: a wrong rule that, applied to the line before, gives the wrong line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from tutor_app.verify.syntax import Expr


class SlipName(StrEnum):
    """The name of a slip."""

    FIRST_TERM_ONLY = "multiplied-first-term-only"
    LAST_TERM_ONLY = "multiplied-last-term-only"
    MINUS_BRACKET = "minus-before-bracket"
    OUTER_PRODUCTS_LOST = "outer-products-lost"
    POWER_OF_SUM = "power-of-sum"
    MIDDLE_TERM_NOT_DOUBLED = "middle-term-not-doubled"
    SIGN_IN_SQUARE = "sign-in-square"
    SQUARE_NOT_BALANCED = "square-not-balanced"
    ROOT_OF_SUM = "root-of-sum"
    CANCELLED_TERM = "cancelled-term"
    DIVIDED_ONE_TERM = "divided-one-term"
    ADDED_ACROSS = "added-across"
    NUMERATORS_NOT_EXPANDED = "numerators-not-expanded"
    MULTIPLIED_CROSSWISE = "multiplied-crosswise"
    DIVISOR_NOT_INVERTED = "divisor-not-inverted"
    DIVIDEND_INVERTED = "dividend-inverted"
    DOUBLE_MINUS = "double-minus"
    MINUS_TIMES_MINUS = "minus-times-minus"
    SIGN_OF_PRODUCT = "sign-of-product"
    SQUARE_OF_NEGATIVE = "square-of-negative"
    LEFT_TO_RIGHT = "left-to-right"
    ADDED_BEFORE_SUBTRACTING = "added-before-subtracting"
    POWER_AFTER_PRODUCT = "power-after-product"
    EXPONENTS_MULTIPLIED = "exponents-multiplied"
    EXPONENTS_ADDED = "exponents-added"
    EXPONENTS_DIVIDED = "exponents-divided"
    POWERS_MERGED = "powers-merged"
    EXPONENT_ONE_FACTOR = "exponent-one-factor"
    NEGATIVE_EXPONENT = "negative-exponent"
    ZERO_EXPONENT = "zero-exponent"
    POWER_AS_PRODUCT = "power-as-product"
    LOG_OF_SUM = "log-of-sum"
    LOG_OF_PRODUCT = "log-of-product"
    LOG_QUOTIENT = "log-quotient"
    LOG_POWER = "log-power"
    LOGS_MERGED = "logs-merged"
    FUNCTION_OF_SUM = "function-of-sum"
    FACTOR_OUT_OF_FUNCTION = "factor-out-of-function"
    UNLIKE_TERMS = "unlike-terms"
    PERCENT_AS_NUMBER = "percent-as-number"
    OTHER_OPERATION = "other-operation"
    DECIMAL_POINT = "decimal-point"
    DIGITS_SWAPPED = "digits-swapped"
    ONE_DIGIT = "one-digit"
    CARRY_FORGOTTEN = "carry-forgotten"
    BORROW_FORGOTTEN = "borrow-forgotten"
    OFF_BY_ONE = "off-by-one"
    TABLE_NEIGHBOUR = "table-neighbour"
    SIGN_LOST = "sign-lost"
    POWER_NOT_LOWERED = "power-not-lowered"
    FACTOR_NOT_BROUGHT_DOWN = "factor-not-brought-down"
    PRODUCT_OF_DERIVATIVES = "product-of-derivatives"
    QUOTIENT_OF_DERIVATIVES = "quotient-of-derivatives"
    QUOTIENT_RULE_SIGN = "quotient-rule-sign"
    QUOTIENT_NOT_SQUARED = "quotient-denominator-not-squared"
    INNER_DERIVATIVE = "inner-derivative-missing"
    CONSTANT_KEPT = "constant-kept"
    EXPONENTIAL_AS_POWER = "exponential-as-power"
    TRIG_SIGN = "trig-sign"
    DIFFERENTIATED = "differentiated-instead-of-integrated"
    NOT_DIVIDED = "not-divided-by-new-exponent"
    DIVIDED_BY_OLD = "divided-by-old-exponent"
    INTEGRAL_OF_PRODUCT = "integral-of-product"
    BOUNDS_SWAPPED = "bounds-swapped"
    SIGN_NOT_CHANGED = "sign-not-changed"
    DIVIDED_ONE_SIDE = "divided-one-side"
    DIVIDED_ONE_TERM_OF_SIDE = "divided-one-term-of-side"
    MULTIPLIED_ONE_SIDE = "multiplied-one-side"
    MULTIPLIED_ONE_TERM = "multiplied-one-term-of-side"
    SUBTRACTED_COEFFICIENT = "subtracted-coefficient"
    MULTIPLIED_BY_COEFFICIENT = "multiplied-by-coefficient"
    DIVIDED_WRONG_WAY = "divided-wrong-way"
    LOST_SIGN_OF_COEFFICIENT = "lost-sign-of-coefficient"
    LOST_NEGATIVE_ROOT = "lost-negative-root"
    DIVIDED_BY_UNKNOWN = "divided-by-unknown"
    DIVIDED_BY_FACTOR = "divided-by-factor"
    NONZERO_PRODUCT = "nonzero-product"
    ROOT_SIGNS = "root-signs"
    FORMULA_SIGN_OF_B = "formula-sign-of-b"
    FORMULA_DENOMINATOR = "formula-denominator"
    FORMULA_DISCRIMINANT = "formula-discriminant"
    FORMULA_PART_DIVIDED = "formula-part-divided"
    SQUARED_TERMS = "squared-each-term"
    ROOT_NOT_SQUARED = "other-side-not-squared"
    ONE_CASE_OF_ABSOLUTE = "one-case-of-absolute-value"
    RECIPROCAL_OF_SUM = "reciprocal-of-sum"
    CROSS_MULTIPLICATION = "cross-multiplication"
    EXPONENT_AS_FACTOR = "exponent-as-factor"
    LOG_AS_FACTOR = "log-as-factor"
    SQUARED_FACTOR = "factor-not-rooted"
    LOGS_DROPPED = "logs-dropped"
    EXTRANEOUS_KEPT = "extraneous-kept"
    INEQUALITY_NOT_REVERSED = "inequality-not-reversed"
    INEQUALITY_REVERSED = "inequality-reversed"
    END_POINT = "end-point"
    INSIDE_OUTSIDE = "inside-outside"
    MULTIPLIED_BY_UNKNOWN = "multiplied-by-unknown"
    ONE_PART_CHANGED = "one-part-changed"
    SIDES_COMBINED_DIFFERENTLY = "sides-combined-differently"
    COORDINATES_SWAPPED = "coordinates-swapped"


class Weight(IntEnum):
    """How much a match says; the heavier explanation of two is named."""

    GENERIC = 1
    """Fits many wrong numbers, such as one wrong digit."""
    ORDINARY = 2
    SPECIFIC = 3
    """Needs a shape that hardly arises by chance."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A named slip.

    Attributes:
        name: for programs.
        sentence: for the reader, worded as a guess.
        example: the line before and the wrong line, as typed.
        weight: how much a match says.
    """

    name: SlipName
    sentence: str
    example: tuple[str, str]
    weight: Weight = Weight.ORDINARY


@dataclass(frozen=True, slots=True)
class ExpressionSlip:
    """A slip inside an expression.

    Attributes:
        slip: which.
        propose: what the slip makes of one part of an expression; nothing where it does not fit.
    """

    slip: Slip
    propose: Callable[[Expr], Iterator[Expr]]


@dataclass(frozen=True, slots=True)
class Sides:
    """`left = right`, or another relation, without the sign between."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class EquationSlip:
    """A slip between two equations.

    Attributes:
        slip: which.
        propose: what the slip makes of an equation: equations joined by `or`.
    """

    slip: Slip
    propose: Callable[[Sides], Iterator[tuple[Sides, ...]]]
