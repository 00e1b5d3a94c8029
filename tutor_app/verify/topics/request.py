"""What a problem says about the answer's form: rounding, a value for pi, percent, lowest terms."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tutor_app.verify.topics.phrasing import SLOTS, share, whole


class Style(StrEnum):
    """How the number must be written."""

    FRACTION = "a fraction"
    LOWEST_TERMS = "a fraction in lowest terms"
    DECIMAL = "a decimal"
    PERCENT = "a percentage"


@dataclass(frozen=True, slots=True)
class Rounding:
    """To how many places: after the point, or significant figures."""

    places: int
    is_significant: bool = False

    @property
    def text(self) -> str:
        """In words."""
        if self.is_significant:
            return f"{self.places} significant figures"
        if self.places <= 0:
            return f"the nearest {10**-self.places}" if self.places else "the nearest whole number"
        return f"{self.places} decimal place{'s' if self.places > 1 else ''}"


@dataclass(frozen=True, slots=True)
class Request:
    """The form that a problem asks for.

    Attributes:
        rounding: None: the exact value.
        pi: None: the exact number.
        style: None: any.
    """

    rounding: Rounding | None = None
    pi: Fraction | None = None
    style: Style | None = None


_GIVE: Final = (
    r"(?: [.;,:])*(?: and)?(?: please)?(?: (?:give|write|express|leave|state|round|simplify"
    r"|correct|put))?(?: (?:your|the|you))?(?: (?:final|exact))?(?: (?:answers?|results?|it))?"
    r"(?: (?:correct|rounded|accurate))?"
)
_PLACE_NAMES: Final = {
    "whole number": 0, "integer": 0, "unit": 0, "degree": 0, "dollar": 0, "tenth": 1,
    "hundredth": 2, "cent": 2, "penny": 2, "thousandth": 3, "ten": -1, "hundred": -2,
    "thousand": -3,
}  # fmt: skip
_NAMES: Final = "|".join(sorted(_PLACE_NAMES, key=len, reverse=True))
_STOP: Final = r"(?: [.?!])*"
_ROUNDINGS: Final = (
    re.compile(
        rf"{_GIVE} (?:to|as a decimal to) (?P<places>{SLOTS['whole']})"
        rf" (?P<kind>decimal (?:places?|points?)|d p|dp|significant (?:figures?|digits?)|s f|sf)"
        rf"{_STOP}$"
    ),
    re.compile(rf"{_GIVE} to the nearest (?P<name>{_NAMES}){_STOP}$"),
)
_PI: Final = re.compile(
    rf"(?: [.;,:]| \()*(?: (?:use|take|using|taking|let|with))?(?: the value)?(?: of)?"
    rf" pi (?:=|≈|as|to be|is)(?: about)? (?P<pi>{SLOTS['share']})(?: for pi)?(?: \))?{_STOP}$"
)
_FOR_PI: Final = re.compile(
    rf"(?: [.;,:])*(?: and)? (?:use|take|using|taking) (?P<pi>{SLOTS['share']})"
    rf" (?:for|as) pi{_STOP}$"
)
_STYLES: Final = (
    (
        re.compile(
            rf"{_GIVE}(?: as a (?:single |common )?fraction)? in (?:its |the )?"
            rf"(?:simplest|lowest) (?:form|terms?)(?: possible)?{_STOP}$"
        ),
        Style.LOWEST_TERMS,
    ),
    (
        re.compile(rf"{_GIVE} as a (?:simplified|reduced|common) fraction{_STOP}$"),
        Style.LOWEST_TERMS,
    ),
    (re.compile(rf"{_GIVE} as a fraction{_STOP}$"), Style.FRACTION),
    (re.compile(rf"{_GIVE} as a decimal{_STOP}$"), Style.DECIMAL),
    (re.compile(rf"{_GIVE} as a (?:percentage|percent){_STOP}$"), Style.PERCENT),
)
_NOISE: Final = (
    re.compile(
        rf"(?: [.;,:])*(?: and)? (?:show|explain|write down)(?: all)?(?: of)?(?: your| the)?"
        rf" (?:working?|works?|workings|steps?|reasoning|method){_STOP}$"
    ),
    re.compile(rf"{_GIVE} in terms of pi{_STOP}$"),
    re.compile(rf"{_GIVE} as an exact (?:value|number|answer){_STOP}$"),
    re.compile(r"(?: [.;,:])* leave (?:your answer|it) in terms of pi(?: [.?!])*$"),
)
_OPENINGS: Final = re.compile(
    r"^(?: (?:question|problem|q|exercise)(?: \d+)? [:.)])?(?: please)?(?: solve(?: this| the"
    r" following)?(?: word)? problem [:.])?(?: (?:can|could) you)?(?: please)?"
)


def split_request(text: str) -> tuple[str, Request]:
    """A normal text without what it says about the answer's form, and that form.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    request = Request()
    text = _OPENINGS.sub("", text)
    changed = True
    while changed:
        shorter, request = _without_last(text, request)
        changed, text = shorter != text, shorter
    return text, request


def _without_last(text: str, request: Request) -> tuple[str, Request]:
    for noise in _NOISE:
        if noise.search(text):
            return noise.sub("", text), request
    for pattern in _ROUNDINGS:
        found = pattern.search(text)
        if found and request.rounding is None:
            return text[: found.start()], Request(_rounding(found), request.pi, request.style)
    found = _PI.search(text) or _FOR_PI.search(text)
    if found and request.pi is None:
        return text[: found.start()], Request(request.rounding, share(found["pi"]), request.style)
    for pattern, style in _STYLES:
        if request.style is None and pattern.search(text):
            return pattern.sub("", text), Request(request.rounding, request.pi, style)
    return text, request


def _rounding(found: "re.Match[str]") -> Rounding:
    groups = found.groupdict()
    if groups.get("name"):
        return Rounding(_PLACE_NAMES[groups["name"]])
    return Rounding(whole(groups["places"]), groups["kind"].startswith("s"))
