"""Questions on whole numbers: common divisors, lists of divisors, primes, last digits."""

import re
from dataclasses import dataclass
from math import gcd, lcm
from typing import Final

import sympy

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.form import prime_factors
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.parser import parse_expression
from tutor_app.verify.rendering import render
from tutor_app.verify.syntax import Bin, Call, Expr, Neg, Num, Operator, symbols, whole
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.results import judge_list, judge_number, last_value, without_noun
from tutor_app.verify.topics.sentence import FIND, formula, plain, readings
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict

LARGEST: Final = 10**15
"""Above it, factors are not looked for."""

_EXPONENT: Final = 10**9
_DIGITS: Final = 400
_MOST_DIVISORS: Final = 400
_GCD: Final = "(greatest common divisor|greatest common factor|highest common factor|gcd|hcf|gcf)"
_LCM: Final = "(least common multiple|lowest common multiple|smallest common multiple|lcm)"
_COMMON: Final = (
    (f"{FIND} [the] {_GCD} of [the numbers] <list>", "gcd"),
    (f"{FIND} [the] {_LCM} of [the numbers] <list>", "lcm"),
    (f"what is [the] {_GCD} of <list>", "gcd"),
    (f"what is [the] {_LCM} of <list>", "lcm"),
)
_POSITIVE: Final = "[positive] [integer] [whole number]"
_COUNTS: Final = (
    f"how many {_POSITIVE} (divisors|factors) does [the number] <n> have",
    f"how many {_POSITIVE} (divisors|factors) (are there of|of) <n> [are there]",
    f"{FIND} the number of {_POSITIVE} (divisors|factors) of <n>",
)
_SUMS: Final = (f"{FIND} the sum of [all] [the] {_POSITIVE} (divisors|factors) of <n>",)
_LISTS: Final = (
    f"{FIND} all [of] [the] {_POSITIVE} (divisors|factors) of <n>",
    f"(list|find|what are) [all] [the] {_POSITIVE} (divisors|factors) of <n>",
)
_PRIMES: Final = (
    "is <n> [a] prime [number]",
    "determine whether <n> is [a] prime [number]",
    "is <n> prime or composite",
    "(determine|decide|state) whether <n> is prime or composite",
)
_FACTORISED: Final = (
    f"{FIND} the prime factori[sz]ation of <n>",
    "(write|express) <n> as a product of [its] prime (factors|numbers|powers)",
    "(find|give|write|express) <n> in prime factori[sz]ed form",
    "factori[sz]e <n> into [its] primes",
    "factor <n> into [its] (primes|prime factors)",
    "decompose <n> into [its] (primes|prime factors)",
)
_PRIME_FACTORS: Final = (
    f"{FIND} [all] [the] [distinct] prime (factors|divisors) of <n>",
    "what are the [distinct] prime (factors|divisors) of <n>",
)
_LARGEST_FACTOR: Final = (
    f"{FIND} the (largest|greatest|biggest) prime (factor|divisor) of <n>",
    f"{FIND} the (smallest|least) prime (factor|divisor) of <n>",
)
_LAST_DIGITS: Final = (
    (f"{FIND} the (last|units|unit|ones) digit of <n>", 1),
    ("what is the (last|units|unit|ones) digit of <n>", 1),
    (f"{FIND} the last two digits of <n>", 2),
)
_REMAINDERS: Final = (
    f"{FIND} the remainder when <n> is divided by <m>",
    "what is the remainder when <n> is divided by <m>",
    f"{FIND} the remainder (of|on|upon) (dividing|division of) <n> by <m>",
)
_NUMBERS: Final = re.compile(r"\s*(?:,|;|and|&)\s*(?:and\s+)?")


@dataclass(frozen=True, slots=True)
class FindWhole(TopicTask):
    """One whole number.

    Attributes:
        value: the true one.
        said: what is asked for.
        reason: how it is found, to replay.
        digits: how many digits are asked for, 0 for the number itself.
        nouns: what an answer may call it.
    """

    value: int
    said: str
    reason: str
    digits: int = 0
    nouns: tuple[str, ...] = ()
    kind = "whole-number"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find {self.said}"

    def check(self, answer: str) -> Verdict:
        """Check a whole number."""
        text = without_noun(answer, ("remainder", "last digit", "units digit", *self.nouns))
        if self.digits > 1:
            if not re.fullmatch(r"\d{1,4}", text.strip()):
                raise Unreadable("I expected digits")
            if len(text.strip()) != self.digits and int(text) == self.value:
                raise Unreadable("a leading zero is missing")
        node = last_value(read_answer(text), ())
        return judge_number(sympy.Integer(self.value), node, self.reason, Method.EXACT_ARITHMETIC)


@dataclass(frozen=True, slots=True)
class ListWholes(TopicTask):
    """A complete list of whole numbers."""

    values: tuple[int, ...]
    said: str
    letter: str = "n"
    kind = "whole-numbers"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"list {self.said}"

    def check(self, answer: str) -> Verdict:
        """Check a list, in any order."""
        shown = ", ".join(map(str, self.values[:12])) + (", …" if len(self.values) > 12 else "")
        reason = f"{self.said}: {shown}"
        truth = tuple(sympy.Integer(value) for value in self.values)
        return judge_list(truth, answer, self.letter, reason, "one of them")


@dataclass(frozen=True, slots=True)
class IsPrime(TopicTask):
    """Whether a number is prime."""

    number: int
    kind = "primality"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"decide whether {self.number} is prime"

    def check(self, answer: str) -> Verdict:
        """Check yes, no, prime or composite."""
        words = " ".join(re.sub(r"\\text\s*\{([^{}]*)\}", r"\1", answer).lower().split()).rstrip(
            ".!"
        )
        says = _says_prime(words, self.number)
        factor = smallest_factor(self.number)
        is_prime = factor == self.number and self.number > 1
        text = f"{self.number} has no divisor between 1 and itself"
        if self.number < 2:
            text = "primes are greater than 1"
        elif not is_prime:
            text = f"{self.number} = {factor} · {self.number // factor}"
        if says is not is_prime:
            return refuted_verdict(Method.ENUMERATION, text, words)
        evidence = (Evidence(Method.ENUMERATION, text),)
        return Verdict(Status.VERIFIED, Method.ENUMERATION, evidence, reading=words)


@dataclass(frozen=True, slots=True)
class WriteAsPrimes(TopicTask):
    """A whole number as a product of powers of primes."""

    number: int
    kind = "prime-factorisation"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"write {self.number} as a product of primes"

    def check(self, answer: str) -> Verdict:
        """Check the value, and that every factor is prime."""
        text = answer.replace(" x ", r" \times ")
        node = last_value(read_answer(text), (whole(self.number),))
        reading = render(node)
        if symbols(node):
            return unknown_verdict(Method.UNSUPPORTED, "it holds a letter", reading)
        verdict = judge_number(
            sympy.Integer(self.number), node, f"multiplied out, it gives {self.number}",
            Method.EXACT_ARITHMETIC,
        )  # fmt: skip
        if verdict.status is not Status.VERIFIED:
            return verdict
        return Verdict(
            verdict.status, verdict.method, verdict.evidence, reading=reading,
            form_status=prime_factors(node),
        )  # fmt: skip


def smallest_factor(number: int) -> int:
    """The smallest divisor above 1, the number itself where it is prime or below 2."""
    if number < 2:
        return number
    return int(min(sympy.factorint(number)))


def _says_prime(words: str, number: int) -> bool:
    core = words.removeprefix(f"{number} is ").removeprefix("it is ").strip()
    if words in {"yes", "prime", "true", "yes, it is prime", "yes, prime"} or core in {
        "prime", "a prime", "a prime number",
    }:  # fmt: skip
        return True
    if words in {
        "no",
        "composite",
        "not prime",
        "false",
        "no, it is not prime",
        "no, composite",
    } or (
        core
        in {"not prime", "composite", "not a prime", "not a prime number", "a composite number"}
    ):
        return False
    raise Unreadable("I expected yes or no")


# -- reading ------------------------------------------------------------------------------


def whole_number(text: str, largest: int = LARGEST) -> int:
    """A literal whole number from 1.

    Raises:
        Unreadable: it is something else, or too large.
    """
    node = parse_expression(text.strip())
    if not isinstance(node, Num) or node.is_decimal or node.value.denominator != 1:
        raise Unreadable("a whole number was expected")
    value = int(node.value)
    if not 1 <= value <= largest:
        raise Unreadable("the number is out of range")
    return value


def read_whole_numbers(text: str) -> TopicTask | None:
    """A question on whole numbers, or None.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    sentence = plain(text)
    for template, name in _COMMON:
        for found in readings((template,), sentence):
            numbers = [whole_number(part) for part in _NUMBERS.split(formula(found, "list"))]
            if len(numbers) < 2:
                return None
            value = gcd(*numbers) if name == "gcd" else lcm(*numbers)
            listed = ", ".join(map(str, numbers))
            shown = " and ".join(f"{n} = {_product(n)}" for n in numbers)
            nouns = (name, "greatest common divisor", "least common multiple")
            return FindWhole(value, f"the {name} of {listed}", f"{shown}: {value}", nouns=nouns)
    return _divisors(sentence) or _powers(sentence)


def _divisors(sentence: str) -> TopicTask | None:
    for found in readings(_COUNTS, sentence):
        n = whole_number(formula(found, "n"))
        powers = sympy.factorint(n)
        count = int(sympy.divisor_count(n))
        text = " · ".join(f"({power} + 1)" for power in powers.values()) or "1"
        return FindWhole(
            count, f"the number of divisors of {n}", f"{_product(n)}: {text} = {count}"
        )
    for found in readings(_SUMS, sentence):
        n = whole_number(formula(found, "n"))
        value = int(sympy.divisor_sigma(n))
        return FindWhole(value, f"the sum of the divisors of {n}", f"{_product(n)}: {value}")
    for found in readings(_LISTS, sentence):
        n = whole_number(formula(found, "n"))
        values = tuple(int(value) for value in sympy.divisors(n))
        return ListWholes(values, f"the divisors of {n}") if len(values) <= _MOST_DIVISORS else None
    for found in readings(_PRIMES, sentence):
        return IsPrime(whole_number(formula(found, "n")))
    for found in readings(_FACTORISED, sentence):
        n = whole_number(formula(found, "n"))
        return WriteAsPrimes(n) if n > 1 else None
    for found in readings(_PRIME_FACTORS, sentence):
        n = whole_number(formula(found, "n"))
        values = tuple(sorted(int(value) for value in sympy.factorint(n)))
        return ListWholes(values, f"the prime factors of {n}", "p")
    for template in _LARGEST_FACTOR:
        for found in readings((template,), sentence):
            n = whole_number(formula(found, "n"))
            primes = sorted(int(value) for value in sympy.factorint(n))
            if not primes:
                return None
            is_largest = template == _LARGEST_FACTOR[0]
            value = primes[-1] if is_largest else primes[0]
            size = "largest" if is_largest else "smallest"
            return FindWhole(value, f"the {size} prime factor of {n}", f"{n} = {_product(n)}")
    return None


def _powers(sentence: str) -> TopicTask | None:
    for template, digits in _LAST_DIGITS:
        for found in readings((template,), sentence):
            node = parse_expression(formula(found, "n"))
            modulus = 10**digits
            value = remainder_of(node, modulus)
            said = f"the last {'digit' if digits == 1 else 'two digits'} of {render(node)}"
            reason = f"{render(node)} leaves {value} when divided by {modulus}"
            return FindWhole(value, said, reason, digits)
    for found in readings(_REMAINDERS, sentence):
        node, modulus = parse_expression(formula(found, "n")), whole_number(formula(found, "m"))
        if isinstance(node, Neg):
            return None  # its remainder is negative for some and positive for others
        value = remainder_of(node, modulus)
        reason = f"{render(node)} = {value} (mod {modulus})"
        return FindWhole(value, f"the remainder of {render(node)} by {modulus}", reason)
    return None


def remainder_of(node: Expr, modulus: int) -> int:
    """The value of a whole-number expression modulo a number, powers never multiplied out.

    Raises:
        Unreadable: it is no whole number made by +, -, ·, powers and factorials.
    """
    match node:
        case Num(value) if value.denominator == 1 and not node.is_decimal:
            return int(value) % modulus
        case Neg(arg):
            return -remainder_of(arg, modulus) % modulus
        case Bin(Operator.ADD, left, right):
            return (remainder_of(left, modulus) + remainder_of(right, modulus)) % modulus
        case Bin(Operator.SUB, left, right):
            return (remainder_of(left, modulus) - remainder_of(right, modulus)) % modulus
        case Bin(Operator.MUL, left, right):
            return remainder_of(left, modulus) * remainder_of(right, modulus) % modulus
        case Bin(Operator.POW, left, right):
            return pow(remainder_of(left, modulus), _exponent(right), modulus)
        case Call("factorial", (Num(value),)) if value.denominator == 1 and value <= 2000:
            product = 1 % modulus
            for factor in range(2, int(value) + 1):
                product = product * factor % modulus
            return product
        case _:
            raise Unreadable("this is not a whole number that I can reduce")


def _exponent(node: Expr) -> int:
    match node:
        case Num(value) if value.denominator == 1 and value <= _EXPONENT:
            return int(value)
        case Bin(Operator.POW, Num(base), Num(power)) if (
            base.denominator == power.denominator == 1 and base <= 1000 and power <= _DIGITS
        ):
            return int(int(base) ** int(power))
        case _:
            raise Unreadable("the exponent is no whole number, or too large")


def _product(number: int) -> str:
    parts = [f"{p}^{k}" if k > 1 else str(p) for p, k in sympy.factorint(number).items()]
    return "·".join(parts) or str(number)
