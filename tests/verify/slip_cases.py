"""Own examples of every named slip: the line before, the wrong line, and a right one."""

from typing import Final, NamedTuple

from tutor_app.verify.slips.slip import SlipName as S


class SlipCase(NamedTuple):
    """A slip in other numbers than in the catalogue.

    Attributes:
        name: the slip.
        before: the line before.
        wrong: what the slip makes of it.
        right: what follows from it.
    """

    name: S
    before: str
    wrong: str
    right: str


BRACKETS: Final = (
    SlipCase(S.FIRST_TERM_ONLY, "7(y + 3) + 2", "= 7y + 3 + 2", "= 7y + 21 + 2"),
    SlipCase(S.LAST_TERM_ONLY, "7(y + 3) + 2", "= y + 21 + 2", "= 7y + 23"),
    SlipCase(S.MINUS_BRACKET, "11 - (2a - 5)", "= 11 - 2a - 5", "= 11 - 2a + 5"),
    SlipCase(S.OUTER_PRODUCTS_LOST, "(a + 4)(a + 9)", "= a^2 + 36", "= a^2 + 13a + 36"),
    SlipCase(S.POWER_OF_SUM, "(2x + 5)^2", "= 4x^2 + 25", "= 4x^2 + 20x + 25"),
    SlipCase(S.MIDDLE_TERM_NOT_DOUBLED, "(y + 8)^2", "= y^2 + 8y + 64", "= y^2 + 16y + 64"),
    SlipCase(S.SIGN_IN_SQUARE, "(y - 4)^2", "= y^2 - 8y - 16", "= y^2 - 8y + 16"),
    SlipCase(S.SQUARE_NOT_BALANCED, "x^2 - 6x + 1", "= (x - 3)^2 + 1", "= (x - 3)^2 - 8"),
)  # fmt: skip
FRACTIONS: Final = (
    SlipCase(S.CANCELLED_TERM, "(y + 6)/(y + 2)", "= 6/2", "= 1 + 4/(y + 2)"),
    SlipCase(S.DIVIDED_ONE_TERM, "(8x + 6)/2", "= 4x + 6", "= 4x + 3"),
    SlipCase(S.ADDED_ACROSS, "2/3 + 1/5", "= 3/8", "= 13/15"),
    SlipCase(S.NUMERATORS_NOT_EXPANDED, "2/3 + 1/5", "= 3/15", "= 10/15 + 3/15"),
    SlipCase(S.MULTIPLIED_CROSSWISE, "3/4 * 5/7", "= 21/20", "= 15/28"),
    SlipCase(S.DIVISOR_NOT_INVERTED, r"\frac{3}{4} / \frac{5}{7}", "= 15/28", "= 21/20"),
    SlipCase(S.DIVIDEND_INVERTED, r"\frac{3}{4} / \frac{5}{7}", "= 20/21", "= 21/20"),
    SlipCase(S.RECIPROCAL_OF_SUM, "6/(x + 2)", "= 6/x + 3", "= 1/(x/6 + 1/3)"),
    SlipCase(S.UNLIKE_TERMS, "5x + 3y", "= 8xy", "= 3y + 5x"),
)  # fmt: skip
POWERS: Final = (
    SlipCase(S.DOUBLE_MINUS, "9 - (-5)", "= 4", "= 14"),
    SlipCase(S.MINUS_TIMES_MINUS, "(-3) * (-8)", "= -24", "= 24"),
    SlipCase(S.SIGN_OF_PRODUCT, "-5 * 3 + 2", "= 15 + 2", "= -15 + 2"),
    SlipCase(S.SQUARE_OF_NEGATIVE, "-4^2 + 20", "= 16 + 20", "= -16 + 20"),
    SlipCase(S.LEFT_TO_RIGHT, "5 + 6 * 7", "= 77", "= 5 + 42"),
    SlipCase(S.ADDED_BEFORE_SUBTRACTING, "30 - 12 + 7", "= 11", "= 18 + 7"),
    SlipCase(S.POWER_AFTER_PRODUCT, "3 * 2^4", "= 1296", "= 3 * 16"),
    SlipCase(S.EXPONENTS_MULTIPLIED, "y^4 * y^5", "= y^20", "= y^9"),
    SlipCase(S.EXPONENTS_ADDED, "(y^2)^5", "= y^7", "= y^10"),
    SlipCase(S.EXPONENTS_DIVIDED, "y^12 / y^4", "= y^3", "= y^8"),
    SlipCase(S.POWERS_MERGED, "y^4 + y^3", "= y^7", "= y^3(y + 1)"),
    SlipCase(S.EXPONENT_ONE_FACTOR, "(5y)^2", "= 5y^2", "= 25y^2"),
    SlipCase(S.NEGATIVE_EXPONENT, "4^(-2)", "= -16", "= 1/16"),
    SlipCase(S.ZERO_EXPONENT, "3 + 9^0", "= 3", "= 4"),
    SlipCase(S.POWER_AS_PRODUCT, "2^5", "= 10", "= 32"),
    SlipCase(S.ROOT_OF_SUM, r"\sqrt{y^2 + 25}", "= y + 5", r"= \sqrt{25 + y^2}"),
    SlipCase(S.PERCENT_AS_NUMBER, "12% * 50", "= 600", "= 6"),
    SlipCase(S.OTHER_OPERATION, "7 * 4", "= 11", "= 28"),
)  # fmt: skip
FUNCTIONS: Final = (
    SlipCase(S.LOG_OF_SUM, r"\ln(y + 7)", r"= \ln(y) + \ln(7)", r"= \ln(7 + y)"),
    SlipCase(S.LOG_OF_PRODUCT, r"\ln(5 y)", r"= \ln(5) * \ln(y)", r"= \ln(y) + \ln(5)"),
    SlipCase(S.LOG_QUOTIENT, r"\frac{\ln(20)}{\ln(4)}", r"= \ln(5)", r"= \frac{\ln(20)}{2\ln(2)}"),
    SlipCase(S.LOG_POWER, r"\ln(y^5)", r"= (\ln(y))^5", r"= \ln(y^2 y^3)"),
    SlipCase(S.LOGS_MERGED, r"\ln(3) + \ln(8)", r"= \ln(11)", r"= \ln(24)"),
    SlipCase(S.FUNCTION_OF_SUM, r"\cos(x + y)", r"= \cos(x) + \cos(y)", r"= \cos(y + x)"),
    SlipCase(S.FACTOR_OUT_OF_FUNCTION, r"\sin(3x)", r"= 3\sin(x)", r"= \sin(x + 2x)"),
)  # fmt: skip
NUMBERS: Final = (
    SlipCase(S.DECIMAL_POINT, "0.4 * 0.6", "= 2.4", "= 0.24"),
    SlipCase(S.DIGITS_SWAPPED, "47 + 16", "= 36", "= 63"),
    SlipCase(S.ONE_DIGIT, "425 + 132", "= 597", "= 557"),
    SlipCase(S.CARRY_FORGOTTEN, "67 + 25", "= 82", "= 92"),
    SlipCase(S.BORROW_FORGOTTEN, "83 - 47", "= 46", "= 36"),
    SlipCase(S.OFF_BY_ONE, "9 + 6", "= 14", "= 15"),
    SlipCase(S.TABLE_NEIGHBOUR, "6 * 9", "= 48", "= 54"),
    SlipCase(S.SIGN_LOST, "3 - 12", "= 9", "= -9"),
)
CALCULUS: Final = (
    SlipCase(S.POWER_NOT_LOWERED, r"\frac{d}{dx}(x^7)", "= 7x^7", "= 7x^6"),
    SlipCase(S.FACTOR_NOT_BROUGHT_DOWN, r"\frac{d}{dx}(x^7)", "= x^6", "= 7x^6"),
    SlipCase(S.PRODUCT_OF_DERIVATIVES, r"\frac{d}{dx}(x^4 \cos x)", r"= -4x^3 \sin x",
             r"= 4x^3 \cos x - x^4 \sin x"),
    SlipCase(S.QUOTIENT_OF_DERIVATIVES, r"\frac{d}{dx}\left(\frac{x^5}{x - 2}\right)", "= 5x^4",
             r"= \frac{5x^4(x - 2) - x^5}{(x - 2)^2}"),
    SlipCase(S.QUOTIENT_RULE_SIGN, r"\frac{d}{dx}\left(\frac{x}{x + 7}\right)",
             "= (x + 7 + x)/(x + 7)^2", "= 7/(x + 7)^2"),
    SlipCase(S.QUOTIENT_NOT_SQUARED, r"\frac{d}{dx}\left(\frac{x}{x + 7}\right)", "= 7/(x + 7)",
             "= 7/(x + 7)^2"),
    SlipCase(S.INNER_DERIVATIVE, r"\frac{d}{dx}(\cos(6x))", r"= -\sin(6x)", r"= -6\sin(6x)"),
    SlipCase(S.CONSTANT_KEPT, r"\frac{d}{dx}(x^3 + 4)", "= 3x^2 + 4", "= 3x^2"),
    SlipCase(S.EXPONENTIAL_AS_POWER, r"\frac{d}{dx}(e^x)", "= x e^{x - 1}", "= e^x"),
    SlipCase(S.TRIG_SIGN, r"\frac{d}{dx}(\sin x)", r"= -\cos x", r"= \cos x"),
    SlipCase(S.DIFFERENTIATED, r"\int x^4\,dx", "= 4x^3 + C", r"= \frac{x^5}{5} + C"),
    SlipCase(S.NOT_DIVIDED, r"\int x^4\,dx", "= x^5 + C", r"= \frac{x^5}{5} + C"),
    SlipCase(S.DIVIDED_BY_OLD, r"\int x^4\,dx", r"= \frac{x^5}{4} + C", r"= \frac{x^5}{5} + C"),
    SlipCase(S.INTEGRAL_OF_PRODUCT, r"\int x \cos x\,dx", r"= \frac{x^2}{2} \sin x + C",
             r"= x \sin x + \cos x + C"),
    SlipCase(S.BOUNDS_SWAPPED, r"\int_2^5 2x\,dx", "= 4 - 25", "= 25 - 4"),
)  # fmt: skip
EQUATIONS: Final = (
    SlipCase(S.SIGN_NOT_CHANGED, "6x - 5 = 13", "6x = 8", "6x = 18"),
    SlipCase(S.DIVIDED_ONE_SIDE, "4x = 20", "x = 20", "x = 5"),
    SlipCase(S.DIVIDED_ONE_TERM_OF_SIDE, "4x + 6 = 10", "x + 6 = 5/2", "2x + 3 = 5"),
    SlipCase(S.MULTIPLIED_ONE_SIDE, "x/5 = 7", "x = 7", "x = 35"),
    SlipCase(S.MULTIPLIED_ONE_TERM, "x/3 + 2 = 6", "x + 2 = 18", "x + 6 = 18"),
    SlipCase(S.SUBTRACTED_COEFFICIENT, "5x = 30", "x = 25", "x = 6"),
    SlipCase(S.MULTIPLIED_BY_COEFFICIENT, "3x = 21", "x = 63", "x = 7"),
    SlipCase(S.DIVIDED_WRONG_WAY, "12x = 4", "x = 3", "x = 1/3"),
    SlipCase(S.LOST_SIGN_OF_COEFFICIENT, "-4x = 28", "x = 7", "x = -7"),
    SlipCase(S.LOST_NEGATIVE_ROOT, "x^2 = 36", "x = 6", "x = 6 or x = -6"),
    SlipCase(S.DIVIDED_BY_UNKNOWN, "x^2 = 9x", "x = 9", "x = 0 or x = 9"),
    SlipCase(S.DIVIDED_BY_FACTOR, "(x - 4)(x + 1) = 3(x - 4)", "x + 1 = 3", "(x - 4)(x - 2) = 0"),
    SlipCase(S.NONZERO_PRODUCT, "(x - 2)(x - 5) = 4", "x - 2 = 4 or x - 5 = 4", "x = 1 or x = 6"),
    SlipCase(S.ROOT_SIGNS, "(x - 6)(x - 2) = 0", "x = -6 or x = -2", "x = 6 or x = 2"),
    SlipCase(S.FORMULA_SIGN_OF_B, "x^2 - 9x + 14 = 0", "x = -7 or x = -2", "x = 7 or x = 2"),
    SlipCase(S.FORMULA_DENOMINATOR, "3x^2 - 8x + 4 = 0", "x = 12 or x = 4", "x = 2 or x = 2/3"),
    SlipCase(S.FORMULA_DISCRIMINANT, "x^2 + 5x - 3 = 0", "x = (-5 ± sqrt(25 - 12))/2",
             "x = (-5 ± sqrt(25 + 12))/2"),
    SlipCase(S.FORMULA_PART_DIVIDED, "x^2 - 8x + 9 = 0", "x = 8 ± sqrt(28)/2", "x = 4 ± sqrt(7)"),
    SlipCase(S.SQUARED_TERMS, "sqrt(x) + 3 = x", "x + 9 = x^2", "sqrt(x) = x - 3"),
    SlipCase(S.ROOT_NOT_SQUARED, "sqrt(x + 2) = 6", "x + 2 = 6", "x + 2 = 36"),
    SlipCase(S.ONE_CASE_OF_ABSOLUTE, "|x - 3| = 8", "x - 3 = 8", "x - 3 = 8 or x - 3 = -8"),
    SlipCase(S.RECIPROCAL_OF_SUM, "1/x + 1/4 = 3/4", "x + 4 = 4/3", "1/x = 1/2"),
    SlipCase(S.CROSS_MULTIPLICATION, "5/(x + 2) = 3/(x - 2)", "5(x + 2) = 3(x - 2)",
             "5(x - 2) = 3(x + 2)"),
    SlipCase(S.EXPONENT_AS_FACTOR, "2^x = 64", "x = 32", "x = 6"),
    SlipCase(S.LOG_AS_FACTOR, "log_5(x) = 3", "x = 15", "x = 125"),
    SlipCase(S.SQUARED_FACTOR, "9x^2 = 144", "9x = 12 or 9x = -12", "3x = 12 or 3x = -12"),
    SlipCase(S.LOGS_DROPPED, "ln(x) + ln(x - 3) = ln(10)", "x + x - 3 = 10",
             "ln(x(x - 3)) = ln(10)"),
    SlipCase(S.EXTRANEOUS_KEPT, "sqrt(x + 6) = x", "x = 3 or x = -2", "x = 3"),
)  # fmt: skip
RELATIONS: Final = (
    SlipCase(S.INEQUALITY_NOT_REVERSED, "-5x < 20", "x < -4", "x > -4"),
    SlipCase(S.INEQUALITY_REVERSED, "4x < -20", "x > -5", "x < -5"),
    SlipCase(S.END_POINT, "2x <= 18", "x < 9", "x <= 9"),
    SlipCase(S.INSIDE_OUTSIDE, "x^2 > 49", "-7 < x < 7", "x > 7 or x < -7"),
    SlipCase(S.MULTIPLIED_BY_UNKNOWN, "1/x < 3", "1 < 3x", "x < 0 or x > 1/3"),
    SlipCase(S.ONE_PART_CHANGED, "4 < x + 2 < 9", "2 < x < 9", "2 < x < 7"),
    SlipCase(S.SIDES_COMBINED_DIFFERENTLY, "x + y = 15 and x - y = 3", "2x = 12 and x - y = 3",
             "2x = 18 and x - y = 3"),
    SlipCase(S.COORDINATES_SWAPPED, "x + y = 10 and x - y = 4", "x = 3 and y = 7",
             "x = 7 and y = 3"),
)  # fmt: skip

CASES: Final = (
    *BRACKETS, *FRACTIONS, *POWERS, *FUNCTIONS, *NUMBERS, *CALCULUS, *EQUATIONS, *RELATIONS,
)  # fmt: skip
"""One case or more for every slip of the catalogue."""
