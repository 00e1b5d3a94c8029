"""Own problems: derivatives, integrals, limits, trigonometry, matrices."""

import random
from fractions import Fraction

from tests.verification.right_answers import RightAnswer, Source, polynomial, whole
from tests.verification.values import (
    ONE,
    Family,
    Grid,
    Point,
    Roots,
    Span,
    combination,
    number,
    power_of,
    sum_text,
)

_SIN, _COS, _EXP, _LOG = r"\sin x", r"\cos x", "e^x", r"\ln x"


def _derivative(rng: random.Random) -> RightAnswer:
    a, b, c, n = (whole(rng, -6, 6), whole(rng, -6, 6), whole(rng, -6, 6), rng.randint(2, 5))
    body = combination({power_of("x", n): a, _SIN: b, _EXP: c})
    value = combination({power_of("x", n - 1): a * n, _COS: b, _EXP: c})
    problem = f"Differentiate ${sum_text(body, rng)}$."
    return RightAnswer("derivatives of functions", problem, value)


def _named_derivative(rng: random.Random) -> RightAnswer:
    a, b = whole(rng, -6, 6), whole(rng, -6, 6)
    body = combination({_COS: a, power_of("x", 3): b})
    value = combination({_SIN: -a, power_of("x", 2): 3 * b})
    problem = f"Find f'(x) if $f(x)={sum_text(body, rng)}$."
    return RightAnswer("derivatives of functions", problem, value)


def _antiderivative(rng: random.Random) -> RightAnswer:
    a, n, b = whole(rng, -6, 6), rng.randint(1, 4), whole(rng, -6, 6)
    atoms = rng.choice(((_COS, _SIN, 1), (_SIN, _COS, -1), (_EXP, _EXP, 1)))
    body = combination({power_of("x", n): a * (n + 1), atoms[0]: b})
    value = Family(combination({power_of("x", n + 1): a, atoms[1]: atoms[2] * b}))
    problem = rf"Find $\int ({sum_text(body, rng)})\,dx$."
    return RightAnswer("antiderivatives", problem, value)


def _definite(rng: random.Random) -> RightAnswer:
    n, a, low = rng.randint(1, 3), whole(rng, -5, 5), rng.randint(-2, 2)
    high = low + rng.randint(1, 3)
    value = Fraction(a * (high ** (n + 1) - low ** (n + 1)), n + 1)
    integrand = sum_text(combination({power_of("x", n): a}), rng)
    problem = rf"Evaluate $\int_{{{low}}}^{{{high}}} {integrand}\,dx$."
    return RightAnswer("definite integrals", problem, number(value))


def _quotient_limit(rng: random.Random) -> RightAnswer:
    point, other = whole(rng, -6, 6), rng.randint(-6, 6)
    top = sum_text(polynomial(point * other, -(point + other), 1), rng)
    problem = rf"Find $\lim_{{x\to {point}}}\frac{{{top}}}{{x-({point})}}$."
    return RightAnswer("limits", problem, number(point - other))


def _infinite_limit(rng: random.Random) -> RightAnswer:
    a, b, c, d = (whole(rng, -7, 7) for _ in range(4))
    top, bottom = (sum_text(polynomial(q, 0, p), rng) for p, q in ((a, b), (c, d)))
    problem = rf"Find $\lim_{{x\to\infty}}\frac{{{top}}}{{{bottom}}}$."
    return RightAnswer("limits", problem, number(Fraction(a, c)))


def _domain(rng: random.Random) -> RightAnswer:
    start = rng.randint(-8, 8)
    problem = rf"Find the domain of $\sqrt{{x-({start})}}$."
    return RightAnswer("domains", problem, Span(Fraction(start), None, False, True))


def _trig_equation(rng: random.Random) -> RightAnswer:
    name, top, angles = rng.choice((
        ("sin", "1", (Fraction(1, 6), Fraction(5, 6))),
        ("cos", "1", (Fraction(1, 3), Fraction(5, 3))),
        ("sin", "-1", (Fraction(7, 6), Fraction(11, 6))),
        ("cos", "-1", (Fraction(2, 3), Fraction(4, 3))),
        ("sin", r"\sqrt{3}", (Fraction(1, 3), Fraction(2, 3))),
        ("cos", r"\sqrt{2}", (Fraction(1, 4), Fraction(7, 4))),
    ))  # fmt: skip
    problem = rf"Find all solutions of $2\{name} x={top}$ with $0\le x<2\pi$."
    roots = frozenset(combination({r"\pi": angle}) for angle in angles)
    return RightAnswer("trigonometric equations", problem, Roots(roots))


def _trig_value(rng: random.Random) -> RightAnswer:
    half = Fraction(1, 2)
    angle, value = rng.choice((
        (r"\sin 30^\circ", number(half)), (r"\cos 120^\circ", number(-half)),
        (r"\tan 225^\circ", number(1)), (r"\sin 60^\circ", combination({r"\sqrt{3}": half})),
        (r"\cos 135^\circ", combination({r"\sqrt{2}": -half})),
        (r"\sin \frac{5\pi}{6}", number(half)), (r"\cos \frac{2\pi}{3}", number(-half)),
        (r"\tan \frac{\pi}{3}", combination({r"\sqrt{3}": 1})),
    ))  # fmt: skip
    return RightAnswer("trigonometric values", f"Evaluate ${angle}$.", value)


def _tangent(rng: random.Random) -> RightAnswer:
    a, at = whole(rng, -4, 4), whole(rng, -4, 4)
    curve = sum_text(polynomial(0, 0, a), rng)
    problem = f"Find the slope of the tangent line to $y={curve}$ at $x={at}$."
    return RightAnswer("tangents", problem, number(2 * a * at))


def _vertex(rng: random.Random) -> RightAnswer:
    a, h, k = whole(rng, -3, 3), whole(rng, -6, 6), rng.randint(-6, 6)
    curve = sum_text(polynomial(a * h * h + k, -2 * a * h, a), rng)
    problem = f"Find the vertex of the parabola $y={curve}$."
    return RightAnswer("parabolas", problem, Point((number(h), number(k))))


def _area_between(rng: random.Random) -> RightAnswer:
    low, high = sorted(rng.sample(range(-3, 4), 2))
    line = sum_text(polynomial(-low * high, low + high), rng)
    problem = f"Find the area enclosed by $y=x^2$ and $y={line}$."
    return RightAnswer("areas", problem, number(Fraction((high - low) ** 3, 6)))


def _grid(rng: random.Random, side: int = 2) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(rng.randint(-6, 6) for _ in range(side)) for _ in range(side))


def _grid_tex(rows: tuple[tuple[int, ...], ...]) -> str:
    body = r"\\".join("&".join(map(str, row)) for row in rows)
    return rf"\begin{{pmatrix}}{body}\end{{pmatrix}}"


def _determinant(rng: random.Random) -> RightAnswer:
    (a, b), (c, d) = rows = _grid(rng)
    problem = f"Find the determinant of ${_grid_tex(rows)}$."
    return RightAnswer("determinants", problem, number(a * d - b * c))


def _matrix_product(rng: random.Random) -> RightAnswer:
    first, second = _grid(rng), _grid(rng)
    rows = tuple(
        tuple(sum(first[i][k] * second[k][j] for k in range(2)) for j in range(2)) for i in range(2)
    )
    problem = f"Compute ${_grid_tex(first)}{_grid_tex(second)}$."
    return RightAnswer("matrix products", problem, Grid(rows))


def _eigenvalues(rng: random.Random) -> RightAnswer:
    first, second = rng.sample(range(-5, 8), 2)
    shear = whole(rng, -3, 3)
    # P D P^-1 with P = [[1, shear], [0, 1]] stays whole.
    rows = ((first, shear * (second - first)), (0, second))
    turned = (
        (rows[0][0] + rows[0][1], rows[0][1]),
        (rows[1][0] + rows[1][1] - rows[0][0] - rows[0][1], rows[1][1] - rows[0][1]),
    )  # [[1,0],[-1,1]] · rows · [[1,0],[1,1]]
    problem = f"Find the eigenvalues of ${_grid_tex(turned)}$."
    roots = Roots(frozenset({number(first), number(second)}))
    return RightAnswer("eigenvalues", problem, roots, r"\lambda")


def _dot_product(rng: random.Random) -> RightAnswer:
    first, second = (tuple(rng.randint(-6, 6) for _ in range(3)) for _ in range(2))
    total = sum(a * b for a, b in zip(first, second, strict=True))
    problem = f"Find the dot product of ${first}$ and ${second}$."
    return RightAnswer("vectors", problem, combination({ONE: total}))


CALCULUS: tuple[Source, ...] = (
    _derivative, _named_derivative, _antiderivative, _definite, _quotient_limit, _infinite_limit,
    _domain, _trig_equation, _trig_value, _tangent, _vertex, _area_between, _determinant,
    _matrix_product, _eigenvalues, _dot_product,
)  # fmt: skip
