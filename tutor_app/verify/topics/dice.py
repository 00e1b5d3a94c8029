"""Dice, numbered spinners and numbers chosen at random."""

from re import Match
from typing import Final

from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.chances import (
    PROBABILITY,
    Alike,
    Draws,
    Event,
    Hits,
    ProbabilityProblem,
    Totals,
)
from tutor_app.verify.topics.coins import bounds
from tutor_app.verify.topics.number_sets import described
from tutor_app.verify.topics.phrasing import first_reading, normal, times, whole
from tutor_app.verify.topics.question import experiments
from tutor_app.verify.topics.request import split_request

_FAIR: Final = "[fair|unbiased|standard|ordinary|regular|normal|balanced]"
_SIDED: Final = "[six sided|6 sided|cubical|cubic|{s} (sided|faced)]"
_NUMBERED: Final = "[numbered [from] (1|one) (to|through) {t}]"
_KIND: Final = f"{_FAIR} {_SIDED}"
_ROLLED: Final = "(rolled|thrown|tossed|cast|rolls|throws)"
_ROLL: Final = "(roll|throw|toss|rolls|throws|rolling|throwing|tossing)"
_DIE: Final = f"{_KIND} (die|dice|number cube) {_NUMBERED}"
_TOGETHER: Final = "[once] [together|simultaneously|at the same time]"
_EXPERIMENTS: Final = (
    f"[(a|one|the)] {_DIE} is {_ROLLED} [{{n:times}}]",
    f"[you|we|i|she|he|someone] {_ROLL} [a|one] {_DIE} [{{n:times}}]",
    f"{{n:times}} {_ROLL} of a {_DIE}",
    f"(a|one) [single] (roll|throw|toss) of (a|one) {_DIE}",
    f"{{m}} [{_FAIR}] {_SIDED} (dice|number cubes) {_NUMBERED} are {_ROLLED} {_TOGETHER}",
    f"a pair of [{_FAIR}] {_SIDED} dice (is|are) {_ROLLED} {_TOGETHER}",
    f"[you|we|i|she|he] {_ROLL} {{m}} [{_FAIR}] {_SIDED} dice {_NUMBERED} {_TOGETHER}",
    f"[you|we|i|she|he] {_ROLL} a pair of [{_FAIR}] {_SIDED} dice {_TOGETHER}",
    f"{{m}} (rolls|throws) of a {_DIE}",
    f"(a|one|the) {_DIE}",
    f"a pair of [{_FAIR}] {_SIDED} dice",
    f"{{m}} [{_FAIR}] {_SIDED} dice {_NUMBERED}",
)
_SPINNERS: Final = (
    "[a|the] [fair] spinner (has|with|is divided into) {s} equal (sections|sectors|parts|sections"
    " which are|sections that are|regions) [which are|that are] (numbered|labell?ed) [from] (1|one)"
    " (to|through) {t} [. (it|the spinner) is spun [once]]",
    "[a|the] [fair] spinner numbered [from] (1|one) (to|through) {t} is spun [once]",
)
_NUMBERS: Final = (
    "(a|one|an) [whole] (number|integer) is (chosen|selected|picked|drawn) [at random|randomly]"
    " (from [the (numbers|integers|whole numbers)] [the set of (numbers|integers)]"
    "|between) (1|one) (to|through|and) {t} [inclusive]",
    "(a|one) (card|ticket|ball|counter|slip) is (chosen|selected|picked|drawn) [at random|randomly]"
    " from [a (box|bag|set|pack) (of|containing)] {s} (cards|tickets|balls|counters|slips) numbered"
    " [from] (1|one) (to|through) {t}",
    "{s} (cards|tickets|balls|counters|slips) (are|) numbered [from] (1|one) (to|through) {t}"
    " [(are (placed|put) in a (box|bag))]. (one|a) (card|ticket|ball|counter|slip) is"
    " (chosen|selected|picked|drawn) [at random|randomly]",
)
_SUM: Final = (
    "[a|the] (sum|total|score) [of] [the] [two|numbers|two numbers|dice|two dice|both dice|numbers"
    " rolled|numbers shown|scores|outcomes] [shown] [is|of|equal to|being|that is|which is|will be]"
    " {what:rest}",
    "[that] the (numbers|dice|scores) (add up to|have a (sum|total) of|total|sum to) {what:rest}",
)
_PRODUCT: Final = (
    "[a|the] product [of] [the] [two|numbers|two numbers|dice|two dice|scores|numbers shown]"
    " [is|of|equal to|that is] {what:rest}",
)
_DOUBLES: Final = (
    "[a] (doubles?|pair)",
    "[the] [both|two|all|all three|all the|both the] [dice|numbers|rolls] [will] (show|are|being"
    "|have|land on) the same [number|value|face]",
    "the same number (on (both|all) [dice|rolls]|both times|each time|twice)",
    "[the] (both|two) (numbers|dice) (are|being) equal",
)
_DISTINCT: Final = (
    "[the] [two|all|all the|both|all three] [dice|numbers] (show|are|being|have) [all] different"
    " [numbers|values]",
    "different numbers [on (the|both|the two|all) dice]",
)
_COUNTED: Final = (
    "{bound:bound} {k} {what:rest}",
    "{bound:bound} {k} (die|dice|of the dice|of them|roll|rolls) (shows?|is|are|being|lands? on)"
    " {what:rest}",
)
_EVERY: Final = (
    "(both|all) [of] [the] [dice|numbers|rolls|them] [show|are|showing|being|land on] {what:rest}",
    "{what:rest} on (both|all|each|every) [dice|die|rolls|roll|of the dice]",
    "{what:rest} (both times|every time|each time)",
)
_NONE: Final = (
    "no {what:rest}",
    "(neither|none) [of] [the|them] [dice|die|them] (is|are|shows?|being|showing) {what:rest}",
)
_SINGLE: Final = "[(the (number|result|outcome|die|score) (is|shows|rolled is|shown is)|rolling)]"


def read_dice(text: str) -> TopicTask | None:
    """A problem on dice or numbers chosen at random, or None.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    sentence, request = split_request(normal(text))
    if not any(word in sentence for word in (" di", " number", " spinner")):
        return None
    for found, event_text in experiments((*_EXPERIMENTS, *_SPINNERS, *_NUMBERS), sentence):
        draws = _draws(found, sentence)
        if draws is None or not draws.is_possible:
            continue
        event = _event(event_text, draws)
        if event is None:
            continue
        kind = f"{draws.times} of the numbers 1 to {len(draws.items)}, each equally likely"
        return ProbabilityProblem(
            said=f"find the probability of{event_text} for {kind}",
            wanted=PROBABILITY,
            request=request,
            draws=draws,
            event=event,
            assumptions=("all numbers are equally likely",),
        )
    return None


def _draws(found: Match[str], sentence: str) -> Draws | None:
    groups = found.groupdict()
    sizes = {whole(groups[name]) for name in ("s", "t") if groups.get(name)}
    if len(sizes) > 1:
        return None
    sides = next(iter(sizes), 6)
    if groups.get("m"):
        rolls = whole(groups["m"])
    elif groups.get("n"):
        rolls = times(groups["n"])
    else:
        rolls = 2 if " pair of " in sentence else 1
    if not 2 <= sides <= 1000:
        return None
    return Draws(tuple(range(1, sides + 1)), rolls, is_replaced=True)


def _event(text: str, draws: Draws) -> Event | None:
    faces = [int(item) for item in draws.items]
    if draws.times == 1:
        found = first_reading((f"{_SINGLE} {{what:rest}}",), text)
        wanted = described(f" {found['what'].strip()}", faces) if found else None
        return None if wanted is None else Hits(frozenset(wanted), 1, 1)
    total = _total(text, draws)
    if total is not None:
        return total
    if first_reading(_DOUBLES, text) is not None:
        return Alike()
    if first_reading(_DISTINCT, text) is not None:
        return Alike(is_distinct=True)
    return _hits(text, faces, draws.times)


def _total(text: str, draws: Draws) -> Event | None:
    sides, rolls = len(draws.items), draws.times
    if sides * rolls > 5000 or sides**rolls > 10**9:
        return None
    for templates, is_product in ((_SUM, False), (_PRODUCT, True)):
        found = first_reading(templates, text)
        if found is None:
            continue
        largest = sides**rolls if is_product else sides * rolls
        if largest > 100_000:
            return None
        wanted = described(f" {found['what'].strip()}", range(1, largest + 1))
        return None if wanted is None else Totals(wanted, is_product)
    return None


def _hits(text: str, faces: list[int], rolls: int) -> Event | None:
    for templates, least, most in ((_NONE, 0, 0), (_EVERY, rolls, rolls)):
        found = first_reading(templates, text)
        if found is not None:
            wanted = described(_singular(found["what"]), faces)
            if wanted is not None:
                return Hits(frozenset(wanted), least, most)
    found = first_reading(_COUNTED, text)
    if found is None:
        return None
    k = whole(found["k"])
    wanted = described(_singular(found["what"]), faces)
    if wanted is None or k > rolls:
        return None
    least, most = bounds(found["bound"].strip(), k, rolls)
    return Hits(frozenset(wanted), least, most)


def _singular(text: str) -> str:
    words = f" {text.strip()} ".replace(" sixes ", " six ").replace(" numbers ", " number ")
    for plural, word in (
        ("ones", "one"), ("twos", "two"), ("threes", "three"), ("fours", "four"),
        ("fives", "five"), ("primes", "prime"),
    ):  # fmt: skip
        words = words.replace(f" {plural} ", f" {word} ")
    return words.rstrip().removesuffix(" s") if words.rstrip().endswith(" s") else words.rstrip()
