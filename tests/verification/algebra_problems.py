"""Own problems: equations, inequalities, systems, factoring, number theory."""

import random
from fractions import Fraction
from math import gcd, isqrt

from tests.verification.right_answers import RightAnswer, Source, polynomial, whole
from tests.verification.values import (
    ONE,
    Division,
    Factors,
    Percentage,
    Point,
    Roots,
    Span,
    combination,
    number,
    sum_text,
)


def _roots(*values: int | Fraction) -> Roots:
    return Roots(frozenset(number(value) for value in values))


def _cubic(rng: random.Random) -> RightAnswer:
    roots = rng.sample(range(-5, 7), 3)
    text = sum_text(polynomial(*Factors(1, tuple((1, -r) for r in roots)).expanded), rng)
    return RightAnswer("cubic equations", f"Solve ${text}=0$.", _roots(*roots))


def _surd_quadratic(rng: random.Random) -> RightAnswer:
    half, radicand = rng.randint(-5, 5), rng.choice((2, 3, 5, 6, 7, 10, 11))
    text = sum_text(polynomial(half * half - radicand, -2 * half, 1), rng)
    surd = rf"\sqrt{{{radicand}}}"
    roots = {combination({ONE: half, surd: sign}) for sign in (1, -1)}
    return RightAnswer("quadratics with surds", f"Solve ${text}=0$.", Roots(frozenset(roots)))


def _absolute(rng: random.Random) -> RightAnswer:
    centre, distance = rng.randint(-9, 9), rng.randint(1, 12)
    problem = f"Solve $|x-({centre})|={distance}$."
    return RightAnswer("absolute values", problem, _roots(centre - distance, centre + distance))


def _radical(rng: random.Random) -> RightAnswer:
    root = rng.randint(2, 9)
    constant = root * root - root
    problem = rf"Solve $\sqrt{{x+{constant}}}=x$."
    return RightAnswer("radical equations", problem, _roots(root))


def _rational_equation(rng: random.Random) -> RightAnswer:
    top, root = whole(rng, -9, 9), whole(rng, -7, 7)
    shift = rng.randint(1, 6) - root
    problem = rf"Solve $\frac{{{top * (root + shift)}}}{{x+({shift})}}={top}$."
    return RightAnswer("rational equations", problem, _roots(root))


def _linear_inequality(rng: random.Random) -> RightAnswer:
    slope, bound, constant = whole(rng, -6, 6), rng.randint(-8, 8), rng.randint(-9, 9)
    sign = rng.choice(("<", r"\le", ">", r"\ge"))
    problem = f"Solve ${slope}x+({constant}){sign}{slope * bound + constant}$."
    is_open = sign in "<>"
    is_below = (sign in ("<", r"\le")) is (slope > 0)
    if is_below:
        return RightAnswer("inequalities", problem, Span(None, Fraction(bound), True, is_open))
    return RightAnswer("inequalities", problem, Span(Fraction(bound), None, is_open, True))


def _quadratic_inequality(rng: random.Random) -> RightAnswer:
    low, high = sorted(rng.sample(range(-8, 9), 2))
    is_open = rng.random() < 0.5
    text = sum_text(polynomial(low * high, -(low + high), 1), rng)
    problem = f"Solve ${text}{'<' if is_open else chr(92) + 'le '}0$."
    return RightAnswer(
        "inequalities", problem, Span(Fraction(low), Fraction(high), is_open, is_open)
    )


def _double_inequality(rng: random.Random) -> RightAnswer:
    low, high = sorted(rng.sample(range(-8, 9), 2))
    slope, constant = rng.randint(2, 5), rng.randint(-6, 6)
    ends = [slope * value + constant for value in (low, high)]
    problem = rf"Solve ${ends[0]}<{slope}x+({constant})\le {ends[1]}$."
    return RightAnswer("inequalities", problem, Span(Fraction(low), Fraction(high), True, False))


def _system(rng: random.Random) -> RightAnswer:
    x, y = rng.randint(-8, 8), rng.randint(-8, 8)
    while True:
        a, b, c, d = (whole(rng, -5, 5) for _ in range(4))
        if a * d != b * c:
            break
    lines = (f"{a}x+({b})y={a * x + b * y}", f"{c}x+({d})y={c * x + d * y}")
    wording = rng.choice(
        ("Solve ${0}$ and ${1}$.", "Solve the system ${0}$, ${1}$.", "Solve: ${0}$, ${1}$.")
    )
    return RightAnswer("systems", wording.format(*lines), Point((number(x), number(y))))


def _factor(rng: random.Random) -> RightAnswer:
    value = Factors(1, ((1, whole(rng, -9, 9)), (rng.choice((1, 1, 2, 3)), whole(rng, -9, 9))))
    if gcd(*value.pairs[1]) != 1:
        value = Factors(1, (value.pairs[0], (1, value.pairs[1][1])))
    text = sum_text(polynomial(*value.expanded), rng)
    return RightAnswer("factoring", f"Factor ${text}$.", value)


def _expand(rng: random.Random) -> RightAnswer:
    value = Factors(1, ((rng.randint(1, 4), whole(rng, -9, 9)), (1, whole(rng, -9, 9))))
    (a, b), (c, d) = value.pairs
    problem = f"Expand $({a}x+({b}))({c}x+({d}))$."
    return RightAnswer("expanding", problem, polynomial(*value.expanded))


def _divide(rng: random.Random) -> RightAnswer:
    divisor, quotient = rng.randint(3, 12), rng.randint(5, 99)
    remainder = rng.randrange(divisor)
    dividend = divisor * quotient + remainder
    problem = f"Find the quotient and the remainder when {dividend} is divided by {divisor}."
    return RightAnswer("division with remainder", problem, Division(quotient, remainder))


def _divisor(rng: random.Random) -> RightAnswer:
    common = rng.randint(2, 12)
    first, second = common * rng.randint(2, 9), common * rng.randint(2, 9)
    if rng.random() < 0.5:
        problem = f"What is the greatest common divisor of {first} and {second}?"
        return RightAnswer("gcd and lcm", problem, number(gcd(first, second)))
    problem = f"Find the least common multiple of {first} and {second}."
    return RightAnswer("gcd and lcm", problem, number(first * second // gcd(first, second)))


def _percentage(rng: random.Random) -> RightAnswer:
    whole_number, percent = rng.choice((20, 40, 50, 200, 400)), rng.randint(1, 60)
    part = Fraction(whole_number * percent, 100)
    if part.denominator > 1:
        part, percent = Fraction(whole_number, 5), 20
    problem = f"Write {part} as a percentage of {whole_number}."
    return RightAnswer("percentages asked for", problem, Percentage(number(percent)))


def _surd(rng: random.Random) -> RightAnswer:
    inner, outer = rng.choice((2, 3, 5, 7)), rng.randint(2, 6)
    rational = rng.randint(1, 9)
    assert isqrt(inner) ** 2 != inner
    problem = rf"Simplify $\sqrt{{{inner * outer * outer}}}+{rational}$."
    value = combination({rf"\sqrt{{{inner}}}": outer, ONE: rational})
    return RightAnswer("surds", problem, value)


def _midpoint(rng: random.Random) -> RightAnswer:
    first, second = ((rng.randint(-9, 9), rng.randint(-9, 9)) for _ in range(2))
    middle = tuple(number(Fraction(a + b, 2)) for a, b in zip(first, second, strict=True))
    problem = f"Find the midpoint of the segment from ${first}$ to ${second}$."
    return RightAnswer("coordinates", problem, Point(middle))


def _residue(rng: random.Random) -> RightAnswer:
    modulus, base = rng.randint(5, 19), rng.randint(20, 400)
    problem = rf"Find the remainder when {base} is divided by {modulus}."
    return RightAnswer("residues", problem, number(base % modulus))


def _arithmetic_sum(rng: random.Random) -> RightAnswer:
    last, slope, constant = rng.randint(4, 30), rng.randint(1, 6), rng.randint(0, 9)
    total = sum(slope * k + constant for k in range(1, last + 1))
    problem = rf"Evaluate $\sum_{{k=1}}^{{{last}}} ({slope}k+{constant})$."
    return RightAnswer("sums", problem, number(total))


def _geometric_series(rng: random.Random) -> RightAnswer:
    bottom = rng.randint(2, 9)
    ratio = Fraction(rng.randint(1, bottom - 1), bottom)
    tex = rf"\frac{{{ratio.numerator}}}{{{ratio.denominator}}}"
    problem = rf"Find $\sum_{{n=0}}^{{\infty}}\left({tex}\right)^n$."
    return RightAnswer("series", problem, number(1 / (1 - ratio)))


def _exponential(rng: random.Random) -> RightAnswer:
    base, exponent = rng.randint(2, 7), rng.randint(2, 5)
    return RightAnswer("exponentials", f"Solve ${base}^x={base**exponent}$.", _roots(exponent))


def _logarithm(rng: random.Random) -> RightAnswer:
    base, exponent = rng.randint(2, 7), rng.randint(2, 4)
    problem = rf"Evaluate $\log_{{{base}}} {base**exponent}$."
    return RightAnswer("logarithms", problem, number(exponent))


ALGEBRA: tuple[Source, ...] = (
    _cubic, _surd_quadratic, _absolute, _radical, _rational_equation, _linear_inequality,
    _quadratic_inequality, _double_inequality, _system, _factor, _expand, _divide, _divisor,
    _percentage, _surd, _midpoint, _residue, _arithmetic_sum, _geometric_series, _exponential,
    _logarithm,
)  # fmt: skip
