"""Coins tossed several times: the probability of so many heads or tails."""

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
    ProbabilityProblem,
)
from tutor_app.verify.topics.phrasing import first_reading, normal, times, whole
from tutor_app.verify.topics.question import experiments
from tutor_app.verify.topics.request import split_request

_TOSSED: Final = "(tossed|flipped|thrown|tosses|flips|throws)"
_COIN: Final = "[fair|unbiased|balanced|ordinary|standard|fair two sided]"
_EXPERIMENTS: Final = (
    f"[(a|one|the)] {_COIN} coin is {_TOSSED} [{{n:times}}]",
    f"[you|we|i|john|she|he|someone] (toss|flip|throw|tosses|flips|throws) (a|one) {_COIN} coin"
    " [{n:times}]",
    f"[tossing|flipping|throwing] (a|one) {_COIN} coin [{{n:times}}]",
    f"{{m}} {_COIN} coins are {_TOSSED} [once] [simultaneously|together|at the same time]",
    f"[you|we|i|she|he] (toss|flip|throw|tosses|flips|throws) {{m}} {_COIN} coins [once]"
    " [simultaneously|together|at the same time]",
    f"[tossing|flipping|throwing] {{m}} {_COIN} coins [once] [simultaneously|at the same time]",
    f"{{m}} (tosses|flips|throws) of a {_COIN} coin",
)
_SIDE: Final = "{side:coinside}"
_COUNTED: Final = (
    f"[{{bound:bound}}] {{k}} {_SIDE}",
    f"{{bound:bound}} {{k}} (of them|of the coins|) [(is|are|show|land|come up)] {_SIDE}",
)
_NONE: Final = (f"no {_SIDE}", f"(none|neither) [of them] (is|are|shows) [a] {_SIDE}")
_ALL: Final = (
    f"all {_SIDE}",
    f"(both|all) [{{n}}] [of the|of them|the] [coins|tosses|flips|of them] (are|show|land|come up"
    f"|land on|result in) {_SIDE}",
    f"only {_SIDE}",
    f"{_SIDE} (every|each) time",
    f"{_SIDE} on (both|all|every|each) [{{n}}] (coins?|toss|tosses|flips?)",
)
_ONE: Final = (f"[a] {_SIDE}", f"it lands [on] {_SIDE}", f"the coin (lands [on]|shows) {_SIDE}")
_EACH: Final = (
    "(exactly|) {a} {first:coinside} and [exactly] {b} {second:coinside}",
    "[exactly] (a|one) {first:coinside} and (a|one) {second:coinside}",
)
_SAME: Final = (
    "(the same (side|face|result|outcome) (on (both|all) [coins|tosses]|(both|every|each) times?))",
    "(both|all) [coins|tosses|of them] (show|are|have|give) the same [side|face|result]",
)
_ORDER: Final = (
    "{first:coinside} (on the first|first) [(toss|flip)] and {second:coinside} (on"
    " the second|second) [(toss|flip)]",
    "[a] {first:coinside} (then|followed by) [a] {second:coinside}",
)


def read_coins(text: str) -> TopicTask | None:
    """A problem on fair coins, or None.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    sentence, request = split_request(normal(text))
    if " coin" not in sentence and " coins" not in sentence:
        return None
    for found, event_text in experiments(_EXPERIMENTS, sentence):
        groups = found.groupdict()
        if groups.get("m"):
            tosses = whole(groups["m"])
        else:
            tosses = times(groups["n"]) if groups.get("n") else 1
        draws = Draws(("heads", "tails"), tosses, is_replaced=True)
        if not draws.is_possible:
            return None
        event, others = _event(event_text, tosses)
        if event is None:
            continue
        is_fair = any(word in sentence for word in (" fair", " unbiased", " balanced"))
        return ProbabilityProblem(
            said=f"find the probability of{event_text} in {tosses} tosses of a fair coin",
            wanted=PROBABILITY,
            request=request,
            draws=draws,
            event=event,
            assumptions=() if is_fair else ("the coin is fair",),
            other_events=others,
        )
    return None


def _event(text: str, tosses: int) -> tuple[Event | None, tuple[Event, ...]]:
    found = first_reading(_ORDER, text)
    if found is not None and tosses == 2:
        places = tuple(frozenset({_side(found[name])}) for name in ("first", "second"))
        return InOrder(places), ()
    if first_reading(_SAME, text) is not None and tosses > 1:
        return Alike(), ()
    found = first_reading(_EACH, text)
    if found is not None:
        return _each(found.groupdict(), tosses), ()
    for templates, count in ((_NONE, 0), (_ALL, tosses)):
        found = first_reading(templates, text)
        if found is not None:
            number = found.groupdict().get("n")
            is_count_right = number is None or whole(number) == tosses
            wanted = frozenset({_side(found["side"])})
            return (Hits(wanted, count, count), ()) if is_count_right else (None, ())
    found = first_reading(_ONE, text)
    if found is not None and tosses == 1:
        return Hits(frozenset({_side(found["side"])}), 1, 1), ()
    return _counted(text, tosses)


def _counted(text: str, tosses: int) -> tuple[Event | None, tuple[Event, ...]]:
    found = first_reading(_COUNTED, text)
    if found is None:
        return None, ()
    wanted, k = frozenset({_side(found["side"])}), whole(found["k"])
    if k > tosses:
        return None, ()
    bound = (found.groupdict().get("bound") or "").strip()
    if bound:
        least, most = bounds(bound, k, tosses)
        return Hits(wanted, least, most), ()
    # "2 heads" means exactly two; an answer for at least two is not called wrong.
    return Hits(wanted, k, k), (Hits(wanted, k, tosses),)


def _each(groups: dict[str, str | None], tosses: int) -> Event | None:
    first, second = _side(str(groups["first"])), _side(str(groups["second"]))
    a, b = whole(groups.get("a") or "1"), whole(groups.get("b") or "1")
    if first == second or a + b != tosses:
        return None
    return Mixed(((first, a), (second, b)))


def _side(word: str) -> str:
    return "heads" if word.startswith("head") else "tails"


def bounds(words: str, k: int, times: int) -> tuple[int, int]:
    """The least and the greatest count that "at least k" and the like allow."""
    return {
        "exactly": (k, k), "at least": (k, times), "at most": (0, k), "no more than": (0, k),
        "more than": (k + 1, times), "fewer than": (0, k - 1), "less than": (0, k - 1),
        "no fewer than": (k, times), "no less than": (k, times), "not more than": (0, k),
        "only": (k, k), "precisely": (k, k),
    }[words]  # fmt: skip
