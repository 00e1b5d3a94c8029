"""Probabilities of events A and B: complement, both, either, given; also in plain words."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.chances import PROBABILITY
from tutor_app.verify.topics.phrasing import SLOTS, first_reading, normal, probability
from tutor_app.verify.topics.request import split_request
from tutor_app.verify.topics.word_problem import Calculation, Result, exact

_NAME: Final = r" p \( (?P<{0}>[a-z](?: (?:and|or|\|) [a-z])?|not [a-z]|[a-z] '|[a-z]') \)"
_GIVEN: Final = re.compile(_NAME.format("name") + rf" (?:=|is) (?P<value>{SLOTS['share']})")
_ASKED: Final = re.compile(
    r"(?: [.;,:])*(?: then)? (?:find|calculate|determine|what is|compute|work out)"
    + _NAME.format("name")
    + r"(?: [.?])*$"
)
_KIND: Final = re.compile(
    r"(?: [a-z] and [a-z] are| are| for|)(?P<kind> independent| mutually exclusive| disjoint)"
    r"(?: events)?(?: [a-z] and [a-z])?(?= |$)"
)
_FILLER: Final = re.compile(
    r" (?:if|given|given that|suppose|that|let|the|events|two|and|with|where|for|are|be|such|a|b"
    r"|,|\.|;|:|consider)(?= |$)"
)
_NOT: Final = (
    "the (probability|chance) (of|that) {event:rest} is {p:share}. (what is|find|calculate) the"
    " (probability|chance) (of|that) {other:rest}",
    "if the (probability|chance) (of|that) {event:rest} is {p:share}. (what is|find|calculate) the"
    " (probability|chance) (of|that) {other:rest}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventProblem(Calculation):
    """The probability of an event made of events with known probabilities."""

    kind = "event-probability"


def read_events(text: str) -> TopicTask | None:
    """A problem on P(A), P(B) and the like, or None.

    Raises:
        Unreadable: a number in it is no probability.
    """
    sentence, request = split_request(normal(text))
    if " probability " not in sentence and " chance " not in sentence and " p ( " not in sentence:
        return None
    found = _complement(sentence) or _combined(sentence)
    if found is None:
        return None
    said, value, working, assumptions = found
    if not 0 <= value <= 1:
        return None
    return EventProblem(
        said=said,
        wanted=PROBABILITY,
        request=request,
        outcome=Result(exact(value), (working,), assumptions=assumptions),
    )


_Found = tuple[str, Fraction, str, tuple[str, ...]]


def _complement(text: str) -> _Found | None:
    found = first_reading(_NOT, text)
    if found is None:
        return None
    event, other = (re.sub(r"(?: [.?,])+$", "", found[name]) for name in ("event", "other"))
    if not _is_opposite(event, other):
        return None
    p = probability(found["p"])
    return "find the probability of the opposite event", 1 - p, f"1 - {p} = {1 - p}", ()


def _is_opposite(event: str, other: str) -> bool:
    """Whether the second wording is the first with a "not"."""
    event, other = f" {event.strip()} ", f" {other.strip()} "
    for plain, negated in (
        (" will ", " will not "), (" is ", " is not "), (" rains ", " does not rain "),
        (" wins ", " does not win "), (" loses ", " does not lose "), (" it ", " it not "),
        (" winning ", " not winning "), (" losing ", " not losing "), (" rain ", " no rain "),
        (" passes ", " does not pass "), (" occurs ", " does not occur "), (" can ", " cannot "),
        (" happens ", " does not happen "),
    ):  # fmt: skip
        if event.count(plain) == 1 and event.replace(plain, negated) == other:
            return True
    return False


def _combined(text: str) -> _Found | None:
    asked = _ASKED.search(text)
    if asked is None:
        return None
    rest = text[: asked.start()]
    given = {_event(found["name"]): probability(found["value"]) for found in _GIVEN.finditer(rest)}
    if len(given) != len(_GIVEN.findall(rest)):
        return None
    rest = _GIVEN.sub(" ", rest)
    kinds = {found["kind"].strip() for found in _KIND.finditer(rest)}
    rest = _FILLER.sub("", " " + " ".join(_KIND.sub(" ", rest).split()))
    if rest.strip() or len(kinds) > 1 or not set(given) <= {
        "a", "b", "a and b", "a or b", "a | b", "b | a", "not a", "not b",
    }:  # fmt: skip
        return None
    kind = next(iter(kinds), "")
    wanted = _event(asked["name"])
    value = _Rules(given, kind).find(wanted)
    if value is None:
        return None
    facts = ", ".join(f"P({name}) = {p}" for name, p in given.items())
    said = f"find P({wanted}) from {facts}" + (f", {kind}" if kind else "")
    return said, value[0], value[1], ()


def _event(name: str) -> str:
    name = name.strip()
    if name.endswith("'"):
        return f"not {name[0]}"
    first, sign, second = name.partition(" and ")
    if not sign:
        first, sign, second = name.partition(" or ")
    return sign.join(sorted((first, second))) if sign else name


@dataclass(frozen=True, slots=True)
class _Rules:
    """The known probabilities of A and B."""

    given: dict[str, Fraction]
    kind: str

    def find(self, wanted: str) -> tuple[Fraction, str] | None:
        """The wanted probability with its working; None if the rules do not give it."""
        if wanted in self.given:
            return None
        a, b = self._single("a"), self._single("b")
        both = self._both(a, b)
        match wanted:
            case "not a" | "not b":
                p = self._single(wanted[-1])
                return None if p is None else (1 - p, f"1 - {p} = {1 - p}")
            case "a and b":
                return both
            case "a or b":
                if a is None or b is None or both is None:
                    return None
                value = a + b - both[0]
                return value, f"{a} + {b} - {both[0]} = {value}"
            case "a | b" | "b | a":
                base = b if wanted == "a | b" else a
                if both is None or not base:
                    return None
                return both[0] / base, f"{both[0]} ÷ {base} = {both[0] / base}"
            case _:
                return None

    def _single(self, name: str) -> Fraction | None:
        if name in self.given:
            return self.given[name]
        opposite = self.given.get(f"not {name}")
        return None if opposite is None else 1 - opposite

    def _both(self, a: Fraction | None, b: Fraction | None) -> tuple[Fraction, str] | None:
        ways: list[tuple[Fraction, str]] = []
        if "a and b" in self.given:
            ways.append((self.given["a and b"], f"P(A and B) = {self.given['a and b']}"))
        if self.kind == "independent" and a is not None and b is not None:
            ways.append((a * b, f"{a} · {b} = {a * b}"))
        if self.kind in {"mutually exclusive", "disjoint"}:
            ways.append((Fraction(0), "A and B cannot both happen"))
        if "a or b" in self.given and a is not None and b is not None:
            either = self.given["a or b"]
            ways.append((a + b - either, f"{a} + {b} - {either} = {a + b - either}"))
        for condition, base in (("a | b", b), ("b | a", a)):
            if condition in self.given and base is not None:
                p = self.given[condition]
                ways.append((p * base, f"{p} · {base} = {p * base}"))
        values = {value for value, _ in ways}
        fits = len(values) == 1 and all(side is None or 0 <= ways[0][0] <= side for side in (a, b))
        return ways[0] if fits else None
