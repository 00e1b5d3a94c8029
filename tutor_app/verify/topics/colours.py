"""Balls of several colours drawn from a bag, and coloured spinners."""

import re
from collections.abc import Mapping
from typing import Final

from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.chances import (
    PROBABILITY,
    Alike,
    Draws,
    Event,
    Hits,
    InOrder,
    Mixed,
    Opposite,
    ProbabilityProblem,
)
from tutor_app.verify.topics.coins import bounds
from tutor_app.verify.topics.phrasing import SLOTS, first_reading, normal, whole
from tutor_app.verify.topics.question import experiments
from tutor_app.verify.topics.request import split_request

_COLOURS: Final = (
    "red|blue|green|yellow|white|black|orange|purple|pink|brown|grey|gray|silver|gold|violet"
)
_NOUN: Final = (
    "(balls?|marbles?|counters?|beads?|sweets?|candies|candy|discs?|tokens?|chips?|cubes?|socks?"
    "|pens?|pencils?|buttons?|tiles?|blocks?|jelly beans?|cards?|balloons?|shirts?|apples?"
    "|gumballs?)"
)
_HOLDER: Final = "(bag|box|urn|jar|bowl|drawer|basket|container|hat|sack|pouch|bucket)"
_DRAWN: Final = (
    "(drawn|picked|chosen|selected|taken|taken out|removed|drawn out|pulled|pulled out|picked out)"
)
_HOLDS: Final = f"(a|an|the) {_HOLDER} (contains|has|holds|containing|with|of) {{contents:rest}}"
_RANDOM: Final = "[at random|randomly]"
_OUT: Final = f"[(from|out of) (it|the {_HOLDER}|this {_HOLDER})]"
_HOW: Final = "[{how:drawing}]"
_DRAW: Final = (
    f"[if] ({{k}}|a) [{_NOUN}] (are|is) {_RANDOM} {_DRAWN} {_RANDOM} {_OUT} {_RANDOM} {_HOW}",
    f"[if] [you|she|he|someone|we|i] (draw|pick|choose|select|take|draws|picks|chooses|takes)"
    f" ({{k}}|a) [{_NOUN}] {_RANDOM} {_OUT} {_RANDOM} {_HOW}",
)
_EXPERIMENTS: Final = (
    *(f"there are {{contents:rest}} in (a|the) {_HOLDER}. {draw}" for draw in _DRAW),
    *(f"{_HOLDS}. {draw}" for draw in _DRAW),
    f"({{k}}|a) [{_NOUN}] (are|is) {_RANDOM} {_DRAWN} {_RANDOM} {_HOW} (from|out of) a"
    f" {_HOLDER} (containing|that contains|with|of|which contains) {{contents:rest}}",
    f"{_HOLDS}. [if] (a|one) {_NOUN} is {_RANDOM} {_DRAWN} {_OUT} {_RANDOM} [. its colou?r is"
    " (noted|recorded)]. [it] [is|and] {again:putback} [in the bag|in the box]. [then]"
    f" (a|another) [second|] [{_NOUN}] is {_DRAWN} {_RANDOM}",
)
_ALL: Final = (
    "(both|all) [{n}] [of (them|the) ] [the] [{noun}] (are|being|will be) {c:colour}",
    "(both|all) [{n}] {c:colour} [{noun}]",
    "{n} {c:colour} [{noun}]",
    "only {c:colour} [{noun}]",
)
_SAME: Final = (
    "[(both|all|the)] [{n}] [{noun}] [(they|both|all)] [are|being|have|are of] [of] the same"
    " colou?r",
    "{n} [{noun}] of the same colou?r",
)
_DIFFERENT: Final = (
    "[(both|all|the|they)] [{n}] [{noun}] [are|being|have|are of] [all] [of] (a|)"
    " different colou?rs?",
    "{n} [{noun}] of different colou?rs",
)
_EACH: Final = (
    "[getting|there is] [exactly] one [{noun}] of each colou?r",
    "one [{noun}] is {c:colour} and [the other|one] [is] {d:colour}",
    "[exactly] (one|a|1) {c:colour} [{noun}] and [exactly] (one|a|1) {d:colour} [{noun}]",
    "[exactly] {i} {c:colour} [{noun}] and [exactly] {j} {d:colour} [{noun}]",
)
_COUNTED: Final = (
    "{bound:bound} {i} [(is|are)] {c:colour} [{noun}]",
    "{bound:bound} {i} (of them|of the {noun}|{noun}|) (is|are) {c:colour}",
)
_NONE: Final = (
    "no {c:colour} [{noun}]",
    "(none|neither) [of (them|the [{n}] {noun})] [{noun}] (is|are|being) {c:colour}",
)
_ORDER: Final = (
    "[that] the first [{noun}] is {c:colour} and the second [one|{noun}] [is] {d:colour}",
    "[a] {c:colour} [{noun}] (then|followed by|and then) [a] {d:colour} [{noun}]",
    "[a] {c:colour} [{noun}] (first|on the first draw) and [a] {d:colour} [{noun}] (second|on the"
    " second draw)",
)
_ONE: Final = (
    "[(the {noun}|it|that it)] [is|will be] [an?] {c:colour} [{noun}] [is (drawn|picked|chosen)]",
    "[(the {noun}|it)] [is|will be] [either] [an?] {c:colour} [{noun}] or [an?] {d:colour}"
    " [{noun}]",
)
_NOT_ONE: Final = (
    "[(the {noun}|it)] [is|a {noun} that is|a {noun} which is] not [an?] {c:colour} [{noun}]",
    "[a {noun}] [of] (not|other than) {c:colour}",
)
_PART: Final = re.compile(
    rf" (?P<count>{SLOTS['whole']}) (?P<colour>{_COLOURS})(?: {_NOUN.replace('(', '(?:')})?"
)
_JOINT: Final = re.compile(r"(?: ,)?(?: and)?")
_TOTAL: Final = re.compile(
    rf"^ (?P<total>{SLOTS['whole']}) {_NOUN.replace('(', '(?:')}"
    r"(?: [:,]| of which| made up of)(?P<rest>.+)$"
)


def read_colours(text: str) -> TopicTask | None:
    """A problem on drawing coloured things, or None.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    sentence, request = split_request(normal(text))
    if not re.search(rf" (?:{_COLOURS}) ", sentence):
        return None
    for found, event_text in experiments(_EXPERIMENTS, sentence):
        groups = found.groupdict()
        contents = _contents(f" {groups['contents'].strip()}")
        if contents is None:
            continue
        drawing = _drawing(groups, contents)
        if drawing is None:
            continue
        draws, assumptions, others = drawing
        event = _event(event_text, draws, contents)
        if event is None or not draws.is_possible:
            continue
        bag = " and ".join(f"{count} {colour}" for colour, count in contents.items())
        back = "with" if draws.is_replaced else "without"
        many = f", {back} putting back" if draws.times > 1 else ""
        return ProbabilityProblem(
            said=f"find the probability of{event_text}, drawing {draws.times} from {bag}{many}",
            wanted=PROBABILITY,
            request=request,
            draws=draws,
            event=event,
            assumptions=assumptions,
            other_draws=others,
        )
    return None


def _contents(text: str) -> dict[str, int] | None:
    """`3 red and 2 blue balls` as counts; None if any word is left over."""
    total = _TOTAL.match(text)
    rest = total["rest"] if total else text
    rest = re.sub(r" are(?= )", "", rest) if total else rest
    counts: dict[str, int] = {}
    at = 0
    while True:
        part = _PART.match(rest, at)
        if part is None or part["colour"] in counts:
            return None
        counts[part["colour"]] = whole(part["count"])
        at = part.end()
        if at == len(rest):
            break
        joint = _JOINT.match(rest, at)
        if joint is None or joint.end() == at:
            return None
        at = joint.end()
    if total and whole(total["total"]) != sum(counts.values()):
        return None
    return counts if 0 < sum(counts.values()) <= 1000 and all(counts.values()) else None


_Drawing = tuple[Draws, tuple[str, ...], tuple[Draws, ...]]


def _drawing(groups: Mapping[str, str | None], contents: dict[str, int]) -> _Drawing | None:
    items = tuple(colour for colour, count in contents.items() for _ in range(count))
    again = groups.get("again")
    if again is not None:
        return Draws(items, 2, is_replaced=not again.startswith("not")), (), ()
    k = whole(groups.get("k") or "1")
    how = groups.get("how")
    is_replaced = how is not None and " with replac" in f" {how}"
    draws = Draws(items, k, is_replaced)
    if how is None and k > 1:
        other = Draws(items, k, is_replaced=True)
        return draws, ("nothing is put back",), (other,)
    return draws, (), ()


def _event(text: str, draws: Draws, contents: dict[str, int]) -> Event | None:
    text = re.sub(rf" {_NOUN.replace('(', '(?:')}(?= |$)", "", text)
    if draws.times == 1:
        return _single_event(text, contents)
    for read in (_order_event, _whole_event, _mixed_event, _counted_event):
        event = read(text, draws, contents)
        if event is not None:
            return event
    return None


def _single_event(text: str, contents: dict[str, int]) -> Event | None:
    for templates, is_opposite in ((_NOT_ONE, True), (_ONE, False)):
        found = first_reading(_plain(templates), text)
        if found is None:
            continue
        colours = {value for name, value in found.groupdict().items() if value}
        if not colours <= set(contents):
            return None
        event = Hits(frozenset(colours), 1, 1)
        return Opposite(event) if is_opposite else event
    return None


def _plain(templates: tuple[str, ...]) -> tuple[str, ...]:
    # The nouns have been taken out of the event's text.
    return tuple(
        template.replace("[{noun}]", "").replace("a {noun}", "a").replace("{noun}", "")
        for template in templates
    )


def _order_event(text: str, draws: Draws, contents: dict[str, int]) -> Event | None:
    found = first_reading(_plain(_ORDER), text)
    if found is None or draws.times != 2 or not {found["c"], found["d"]} <= set(contents):
        return None
    return InOrder((frozenset({found["c"]}), frozenset({found["d"]})))


def _whole_event(text: str, draws: Draws, contents: dict[str, int]) -> Event | None:
    for templates, event in ((_SAME, Alike()), (_DIFFERENT, Alike(is_distinct=True))):
        found = first_reading(_plain(templates), text)
        if found is not None:
            return event if _fits(found.groupdict().get("n"), draws) else None
    found = first_reading(_plain(_ALL), text)
    if found is not None:
        if not _fits(found.groupdict().get("n"), draws) or found["c"] not in contents:
            return None
        return Hits(frozenset({found["c"]}), draws.times, draws.times)
    found = first_reading(_plain(_NONE), text)
    if found is not None and found["c"] in contents and _fits(found.groupdict().get("n"), draws):
        return Hits(frozenset({found["c"]}), 0, 0)
    return None


def _fits(number: str | None, draws: Draws) -> bool:
    return number is None or whole(number) == draws.times


def _mixed_event(text: str, draws: Draws, contents: dict[str, int]) -> Event | None:
    found = first_reading(_plain(_EACH), text)
    if found is None:
        return None
    groups = found.groupdict()
    if groups.get("c") is None:
        if len(contents) != draws.times:
            return None
        return Mixed(tuple((colour, 1) for colour in contents))
    first, second = str(groups["c"]), str(groups["d"])
    i, j = whole(groups.get("i") or "1"), whole(groups.get("j") or "1")
    if first == second or not {first, second} <= set(contents) or i + j != draws.times:
        return None
    return Mixed(((first, i), (second, j)))


def _counted_event(text: str, draws: Draws, contents: dict[str, int]) -> Event | None:
    found = first_reading(_plain(_COUNTED), text)
    if found is None or found["c"] not in contents:
        return None
    i = whole(found["i"])
    if i > draws.times:
        return None
    least, most = bounds(found["bound"].strip(), i, draws.times)
    return Hits(frozenset({found["c"]}), least, most)
