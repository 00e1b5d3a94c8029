"""Own problems in words: counting, chances, data, prices, measures, physics."""

import random
from fractions import Fraction
from math import comb, factorial, perm

from tests.verification.right_answers import RightAnswer, Source
from tests.verification.values import ONE, Percentage, Quantity, combination, number


def _arrangement(rng: random.Random) -> RightAnswer:
    count = rng.randint(3, 8)
    thing = rng.choice(("books", "students", "cars"))
    problem = f"In how many ways can {count} different {thing} be arranged in a row?"
    return RightAnswer("arrangements", problem, number(factorial(count)))


def _choice(rng: random.Random) -> RightAnswer:
    total, chosen = rng.randint(6, 14), rng.randint(2, 5)
    problem = f"In how many ways can {chosen} people be chosen from {total}?"
    return RightAnswer("selections", problem, number(comb(total, chosen)))


def _offices(rng: random.Random) -> RightAnswer:
    total = rng.randint(5, 12)
    problem = f"In how many ways can a president and a secretary be chosen from {total} members?"
    return RightAnswer("selections in order", problem, number(perm(total, 2)))


def _dice(rng: random.Random) -> RightAnswer:
    wanted = rng.randint(2, 12)
    ways = sum(1 for a in range(1, 7) for b in range(1, 7) if a + b == wanted)
    problem = f"Two fair dice are rolled. What is the probability that the sum is {wanted}?"
    return RightAnswer("dice", problem, number(Fraction(ways, 36)))


def _coins(rng: random.Random) -> RightAnswer:
    count, heads = rng.randint(2, 6), 0
    heads = rng.randint(0, count)
    noun = "head" if heads == 1 else "heads"
    problem = (
        f"A fair coin is tossed {count} times. "
        f"What is the probability of getting exactly {heads} {noun}?"
    )
    return RightAnswer("coins", problem, number(Fraction(comb(count, heads), 2**count)))


def _bag(rng: random.Random) -> RightAnswer:
    red, blue = rng.randint(2, 9), rng.randint(2, 9)
    problem = (
        f"A bag contains {red} red and {blue} blue balls. Two balls are drawn without "
        "replacement. What is the probability that both are red?"
    )
    value = Fraction(comb(red, 2), comb(red + blue, 2))
    return RightAnswer("coloured balls", problem, number(value))


def _mean(rng: random.Random) -> RightAnswer:
    data = [rng.randint(1, 30) for _ in range(rng.randint(3, 6))]
    problem = f"Find the mean of {', '.join(map(str, data))}."
    return RightAnswer("data", problem, number(Fraction(sum(data), len(data))))


def _median(rng: random.Random) -> RightAnswer:
    data = rng.sample(range(1, 40), rng.choice((4, 5, 6, 7)))
    ordered, half = sorted(data), len(data) // 2
    middle = Fraction(ordered[half] + ordered[~half], 2)
    problem = f"Find the median of {', '.join(map(str, data))}."
    return RightAnswer("data", problem, number(middle))


def _rectangle(rng: random.Random) -> RightAnswer:
    length, width = rng.randint(4, 30), rng.randint(2, 20)
    unit = rng.choice(("cm", "m"))
    what = rng.choice(("area", "perimeter"))
    problem = f"A rectangle has length {length} {unit} and width {width} {unit}. Find its {what}."
    value = length * width if what == "area" else 2 * (length + width)
    unit += "^2" if what == "area" else ""
    return RightAnswer("measures of figures", problem, Quantity(number(value), unit))


def _circle(rng: random.Random) -> RightAnswer:
    radius = rng.randint(2, 15)
    problem = f"Find the area of a circle with radius {radius} cm."
    value = Quantity(combination({r"\pi": radius * radius}), "cm^2")
    return RightAnswer("measures of figures", problem, value)


def _sale(rng: random.Random) -> RightAnswer:
    price, percent = 20 * rng.randint(2, 20), 5 * rng.randint(1, 9)
    problem = rf"A jacket costs \${price} and is discounted by {percent}%. What is the sale price?"
    value = Quantity(number(Fraction(price * (100 - percent), 100)), r"\$")
    return RightAnswer("prices", problem, value)


def _two_changes(rng: random.Random) -> RightAnswer:
    up, down = 10 * rng.randint(1, 5), 10 * rng.randint(1, 5)
    factor = Fraction((100 + up) * (100 - down), 100)
    problem = (
        f"A price rises by {up}% and then falls by {down}%. What is the overall percentage change?"
    )
    return RightAnswer("changes in percent", problem, Percentage(number(factor - 100)))


def _speed_conversion(rng: random.Random) -> RightAnswer:
    speed = 18 * rng.randint(1, 12)
    problem = f"Convert {speed} km/h to m/s."
    return RightAnswer("conversions", problem, Quantity(number(Fraction(speed * 5, 18)), "m/s"))


def _length_conversion(rng: random.Random) -> RightAnswer:
    count = rng.randint(2, 90)
    problem = f"Convert {count} km to m."
    return RightAnswer("conversions", problem, Quantity(number(count * 1000), "m"))


def _journey(rng: random.Random) -> RightAnswer:
    speed, hours = 10 * rng.randint(3, 12), rng.randint(2, 6)
    problem = f"A car travels {speed * hours} km in {hours} hours. What is its average speed?"
    return RightAnswer("motion", problem, Quantity(number(speed), "km/h"))


def _kinetic(rng: random.Random) -> RightAnswer:
    mass, speed = 2 * rng.randint(1, 9), rng.randint(2, 12)
    problem = (
        rf"Find the kinetic energy of a ${mass}\,\mathrm{{kg}}$ object "
        rf"moving at ${speed}\,\mathrm{{m/s}}$."
    )
    value = Quantity(number(Fraction(mass * speed * speed, 2)), "J")
    return RightAnswer("physics", problem, value)


def _ohm(rng: random.Random) -> RightAnswer:
    current, resistance = rng.randint(2, 9), rng.randint(2, 30)
    problem = (
        rf"A current of {current} A flows through a resistor of {resistance} $\Omega$. "
        "Find the voltage."
    )
    return RightAnswer("physics", problem, Quantity(number(current * resistance), "V"))


def _consecutive(rng: random.Random) -> RightAnswer:
    first = rng.randint(3, 60)
    problem = f"The sum of two consecutive integers is {2 * first + 1}. Find the larger integer."
    return RightAnswer("number puzzles", problem, combination({ONE: first + 1}))


WORDS: tuple[Source, ...] = (
    _arrangement, _choice, _offices, _dice, _coins, _bag, _mean, _median, _rectangle, _circle,
    _sale, _two_changes, _speed_conversion, _length_conversion, _journey, _kinetic, _ohm,
    _consecutive,
)  # fmt: skip
