"""Cards drawn from a standard deck of 52."""

from collections.abc import Callable
from typing import Final

from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.chances import (
    PROBABILITY,
    Draws,
    Event,
    Hits,
    InOrder,
    Item,
    ProbabilityProblem,
)
from tutor_app.verify.topics.coins import bounds
from tutor_app.verify.topics.phrasing import NUMBER_WORDS, first_reading, normal, whole
from tutor_app.verify.topics.question import experiments
from tutor_app.verify.topics.request import split_request

_SUITS: Final = ("hearts", "diamonds", "clubs", "spades")
_RANKS: Final = (
    "ace", "2", "3", "4", "5", "6", "7", "8", "9", "10", "jack", "queen", "king",
)  # fmt: skip
DECK: Final[tuple[Item, ...]] = tuple(f"{rank} {suit}" for suit in _SUITS for rank in _RANKS)
_RED: Final = ("hearts", "diamonds")
_DECK_WORDS: Final = (
    "(a|the) [fair] [well shuffled] [standard|ordinary|regular|normal|full|shuffled]"
    " [well shuffled] [52 card] (deck|pack) [of] [52] [playing] [cards]"
)
_DRAWN: Final = "(drawn|picked|chosen|selected|dealt|taken)"
_RANDOM: Final = "[at random|randomly]"
_HOW: Final = "[{how:drawing}]"
_EXPERIMENTS: Final = (
    f"({{k}}|a|a single) [playing] cards? (is|are) {_RANDOM} {_DRAWN} {_RANDOM} from {_DECK_WORDS}"
    f" {_RANDOM} {_HOW}",
    f"({{k}}|a) [playing] cards? (is|are) {_RANDOM} {_DRAWN} {_HOW} from {_DECK_WORDS}",
    f"[you|we|she|he|i] (draw|pick|choose|select|draws|picks|chooses|drawing|picking) ({{k}}|a|a"
    f" single) [playing] cards? {_RANDOM} from {_DECK_WORDS} {_RANDOM} {_HOW}",
    f"{_DECK_WORDS}",
)
_NOUN: Final = "[playing] [card|cards]"
_WHICH: Final = "[(the card|it|that it)] [is|will be]"
_ONE: Final = (f"{_WHICH} [either] [an?|the] {{a:rest}}",)
_EITHER: Final = (f"{_WHICH} [either] [an?|the] {{a:rest}} or [an?|the] {{b:rest}}",)
_NOT: Final = (f"{_WHICH} not [an?|the] {{a:rest}}",)
_EVERY: Final = (
    "[(both|all|they)] [both|all] [the] [{n}] [of them] [cards] (are|being) [both|all] {a:rest}",
    "{n} {a:rest}",
    "(both|all) [{n}] {a:rest}",
)
_COUNTED: Final = ("{bound:bound} {i} [of them|of the cards] [is|are] [an?] {a:rest}",)
_NONE: Final = (
    "no {a:rest}",
    "(none|neither) [of (them|the cards)] [card] (is|are) [an?] {a:rest}",
)
_ORDER: Final = (
    "the first [card] is [an?] {a:rest} and the second [card|one] [is] [an?] {b:rest}",
    "[an?] {a:rest} (then|followed by|and then) [an?] {b:rest}",
)


def read_cards(text: str) -> TopicTask | None:
    """A problem on a standard deck, or None.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    sentence, request = split_request(normal(text))
    if " deck" not in sentence and " pack" not in sentence:
        return None
    for found, event_text in experiments(_EXPERIMENTS, sentence):
        groups = found.groupdict()
        k, how = whole(groups.get("k") or "1"), groups.get("how")
        is_replaced = how is not None and " with replac" in f" {how}"
        if not 1 <= k <= 10:
            return None
        draws = Draws(DECK, k, is_replaced)
        event = _single(event_text) if k == 1 else _several(event_text, draws)
        if event is None:
            continue
        is_open = how is None and k > 1
        return ProbabilityProblem(
            said=f"find the probability of{event_text}, drawing {k} of 52 cards",
            wanted=PROBABILITY,
            request=request,
            draws=draws,
            event=event,
            assumptions=("no card is put back",) if is_open else (),
            other_draws=(Draws(DECK, k, is_replaced=True),) if is_open else (),
        )
    return None


def _single(text: str) -> Event | None:
    found = first_reading(_NOT, text)
    if found is not None:
        cards = _cards(found["a"])
        return None if cards is None else Hits(frozenset(DECK) - cards, 1, 1)
    found = first_reading(_EITHER, text)
    if found is not None:
        first, second = _cards(found["a"]), _cards(found["b"])
        if first is None or second is None:
            return None
        return Hits(first | second, 1, 1)
    found = first_reading(_ONE, text)
    if found is None:
        return None
    cards = _cards(found["a"])
    return None if cards is None else Hits(cards, 1, 1)


def _several(text: str, draws: Draws) -> Event | None:
    found = first_reading(_ORDER, text)
    if found is not None:
        first, second = _cards(found["a"]), _cards(found["b"])
        if first is None or second is None or draws.times != 2:
            return None
        return InOrder((first, second))
    for templates, least, most in ((_NONE, 0, 0), (_EVERY, draws.times, draws.times)):
        found = first_reading(templates, text)
        if found is None:
            continue
        cards = _cards(found["a"])
        number = found.groupdict().get("n")
        if cards is not None and (number is None or whole(number) == draws.times):
            return Hits(cards, least, most)
    found = first_reading(_COUNTED, text)
    if found is None:
        return None
    cards, i = _cards(found["a"]), whole(found["i"])
    if cards is None or i > draws.times:
        return None
    return Hits(cards, *bounds(found["bound"].strip(), i, draws.times))


def _cards(text: str) -> frozenset[Item] | None:
    """The cards that a noun names; None if it is not one of a deck's."""
    words = [word for word in text.split() if word not in {"card", "cards", "playing", "a", "an"}]
    if words[1:2] == ["of"] and len(words) == 3:
        rank, suit = _rank(words[0]), _suit(words[2])
        if rank is None or suit is None:
            return None
        return frozenset({f"{rank} {suit}"})
    colours: dict[str, Callable[[str], bool]] = {
        "red": lambda suit: suit in _RED,
        "black": lambda suit: suit not in _RED,
    }
    fits = colours.get(words[0]) if words else None
    if fits is not None:
        rest = _kind(words[1:]) if words[1:] else frozenset(DECK)
        if rest is None:
            return None
        return frozenset(card for card in rest if fits(str(card).split()[1]))
    return _kind(words)


def _kind(words: list[str]) -> frozenset[Item] | None:
    if len(words) != 1:
        return None
    rank, suit = _rank(words[0]), _suit(words[0])
    if suit is not None:
        return frozenset(card for card in DECK if str(card).endswith(f" {suit}"))
    ranks = ("jack", "queen", "king") if words[0] in {"face", "picture"} else (rank,)
    cards = frozenset(card for card in DECK if str(card).split()[0] in ranks)
    return cards or None


def _rank(word: str) -> str | None:
    singular = {"sixes": "six"}.get(word, word.removesuffix("s"))
    if singular in NUMBER_WORDS:
        singular = str(NUMBER_WORDS[singular])
    return singular if singular in _RANKS else None


def _suit(word: str) -> str | None:
    plural = word if word.endswith("s") else f"{word}s"
    return plural if plural in _SUITS else None
