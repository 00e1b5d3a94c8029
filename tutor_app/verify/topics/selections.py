"""Committees, handshakes, rows, circles, words and codes: how many ways there are."""

from re import Match
from typing import Final

from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.counts import (
    Anagrams,
    Arrangements,
    Circles,
    Codes,
    Committees,
    Count,
    CountingProblem,
    Pairs,
    Selections,
    alphabet,
    is_moderate,
)
from tutor_app.verify.topics.phrasing import first_reading, normal, whole
from tutor_app.verify.topics.reply import Wanted
from tutor_app.verify.topics.request import split_request
from tutor_app.verify.topics.units_of_answers import counted

_PEOPLE: Final = (
    "(people|persons|students|pupils|children|members|players|boys|girls|men|women|teachers|friends"
    "|candidates|employees|workers|applicants|volunteers|guests|runners|athletes|swimmers|adults"
    "|officers|delegates|scientists|nurses|doctors|engineers|kids|senators|contestants)"
)
_THINGS: Final = (
    "[different|distinct] (books?|toys|paintings|pictures|flags|cars|flavou?rs|topics|courses"
    "|subjects|songs|movies|films|questions|novels|photographs|photos|items|objects|letters|digits"
    "|points|colou?rs|trophies|plants|prizes|statues|posters|dishes|cards)"
)
_OBJECTS: Final = f"({_PEOPLE}|{_THINGS})"
_WAYS: Final = "[in] how many [different|distinct|possible] ways"
_ASK: Final = "(find|determine|calculate|compute|work out|give|what is) [the] (total|) number of"
_WAYS_TO: Final = (
    f"({_WAYS} (can|could|may) [you|we|one|i|a teacher|a coach|the coach|the teacher|a manager]"
    f"|{_WAYS} are there to|{_ASK} [different|possible] ways"
    " (to|of))"
)
_BODY: Final = "(committee|team|group|subset|panel|jury|delegation|sample|subcommittee|squad|crew)"
_BODIES: Final = "(committees|teams|groups|subsets|panels|juries|delegations|samples|squads|crews)"
_PICK: Final = "(choose|select|pick|form|make|choosing|selecting|picking|forming|making)"
_PICKED: Final = "(chosen|selected|picked|formed|made|drawn|created)"
_FROM: Final = (
    "(from|from among|out of|from a (group|class|set|pool|club|list|team|total|collection|squad"
    "|committee) of) [a (group|class|pool) of]"
)

_COMMITTEES: Final = (
    f"{_WAYS} can [a|the] {_BODY} of {{k}} [{_OBJECTS}] be {_PICKED} {_FROM} {{n}} {_OBJECTS}",
    f"{_WAYS} can [a|the] {{k}} (person|member|player|student) {_BODY} be {_PICKED} {_FROM} {{n}}"
    f" {_OBJECTS}",
    f"{_WAYS} can {{k}} {_OBJECTS} be {_PICKED} {_FROM} {{n}} [{_OBJECTS}]",
    f"{_WAYS_TO} {_PICK} [a] {_BODY} of {{k}} [{_OBJECTS}] {_FROM} {{n}} {_OBJECTS}",
    f"{_WAYS_TO} {_PICK} [a] {{k}} (person|member|player|student) {_BODY} {_FROM} {{n}} {_OBJECTS}",
    f"{_WAYS_TO} (choose|select|pick|choosing|selecting|picking) {{k}} [{_OBJECTS}] {_FROM} {{n}}"
    f" [{_OBJECTS}]",
    f"how many [different|distinct|possible] {_BODIES} of {{k}} [{_OBJECTS}] can be {_PICKED}"
    f" {_FROM} {{n}} {_OBJECTS}",
    f"how many [different|distinct|possible] {_BODIES} of {{k}} [{_OBJECTS}] can (you|we) {_PICK}"
    f" {_FROM} {{n}} {_OBJECTS}",
    f"how many [different|distinct|possible] {{k}} (person|member|player) {_BODIES} can be"
    f" {_PICKED} {_FROM} {{n}} {_OBJECTS}",
    f"[a|the] {_BODY} of {{k}} [{_OBJECTS}] is [to be] {_PICKED} {_FROM} {{n}} {_OBJECTS}."
    f" {_WAYS} can this be done",
    f"{_FROM} {{n}} {_OBJECTS} [a|the] {_BODY} of {{k}} [{_OBJECTS}] is [to be] {_PICKED}. {_WAYS}"
    " can this be done",
    f"(a|the) (class|club|group|team|company|office) (has|of|consists of|contains) {{n}}"
    f" {_OBJECTS}."
    f" {_WAYS} can [a|the] {_BODY} of {{k}} [{_OBJECTS}] be {_PICKED} [(from|by) (it|them|the club"
    "|the class|the group)]",
    f"{_FROM} {{n}} {_OBJECTS} {_WAYS} can [a {_BODY} of] {{k}} [{_OBJECTS}] be {_PICKED}",
    "how many {k} element subsets does a set (of|with) {n} elements have",
    "how many [different] {k} card hands [can be (dealt|drawn|made)] [are there]"
    " (from|in|with) [a] [standard] (deck|pack) of {n} [playing] cards",
)
_TWO_KINDS: Final = (
    f"{_WAYS} can [a|the] {_BODY} of {{i}} {_PEOPLE} and {{j}} {_PEOPLE} be {_PICKED} {_FROM}"
    f" {{a}} {_PEOPLE} and {{b}} {_PEOPLE}",
    f"{_WAYS} can {{i}} {_PEOPLE} and {{j}} {_PEOPLE} be {_PICKED} {_FROM} {{a}} {_PEOPLE} and"
    f" {{b}} {_PEOPLE}",
    f"{_WAYS_TO} {_PICK} [a {_BODY} of] {{i}} {_PEOPLE} and {{j}} {_PEOPLE} {_FROM} {{a}}"
    f" {_PEOPLE} and {{b}} {_PEOPLE}",
)
_BOUNDED: Final = (
    f"{_WAYS} can [a|the] {_BODY} of {{k}} [people] be {_PICKED} {_FROM} {{a}} (men|boys) and {{b}}"
    " (women|girls) (if [it must|the committee must|the team must|there must] (contain|include"
    "|have|be)|containing|including|with|that (contains|includes)) {bound:words} {i} {who:word}",
    f"how many {_BODIES} of {{k}} [people] can be {_PICKED} {_FROM} {{a}} (men|boys) and {{b}}"
    " (women|girls) (if [they|the committee|the team|each committee|each team] must (contain"
    "|include|have)|containing|including|with|that (contain|include)) {bound:words} {i} {who:word}",
)
_SEATS: Final = "(row|line|queue)"
_ARRANGE: Final = (
    "(arranged|lined up|seated|placed|ordered|put|sit|stand|line up|be seated|be arranged|be placed"
    "|be lined up|be ordered|be put)"
)
_ROWS: Final = (
    f"{_WAYS} can {{n}} {_OBJECTS} [be] {_ARRANGE} (in a (row|line|straight line|queue)|on a"
    " (shelf|bookshelf|bench)|in order)",
    f"{_WAYS} can {{n}} {_OBJECTS} (line up|be lined up)",
    f"{_WAYS_TO} (arrange|line up|order|seat|place|put|arranging|seating|placing) {{n}} {_OBJECTS}"
    " (in a (row|line|straight line|queue)|on a (shelf|bookshelf|bench)|in order)",
    f"{_WAYS} can {{n}} different {_OBJECTS} be arranged",
    f"{_WAYS} can {{n}} (runners|athletes|swimmers|horses|cars|people) finish a race"
    " [if there are no ties|assuming no ties|with no ties]",
)
_PARTIAL_ROWS: Final = (
    f"{_WAYS} can {{k}} [of [the]] {_OBJECTS} {_FROM} {{n}} [{_OBJECTS}] be {_ARRANGE} (in a"
    " (row|line)|on a shelf|in order)",
    f"{_WAYS} can {{k}} [{_OBJECTS}] be (arranged|ordered) (in a (row|line)|on a shelf) {_FROM}"
    f" {{n}} {_OBJECTS}",
    f"{_WAYS} can [the] (first , second and third|first second and third|gold silver and bronze)"
    f" (places?|medals?) be (awarded|given|taken|won) (to|in a race (with|of|between)|among"
    f"|in a (contest|competition) with) {{n}} {_OBJECTS}",
    f"{_WAYS} can [a] president [a] vice president and [a] (secretary|treasurer) be {_PICKED}"
    f" {_FROM} {{n}} {_OBJECTS}",
)
_TWO_OFFICES: Final = (
    f"{_WAYS} can [a] (president|chair|captain|chairperson|leader) and [a] (vice president"
    f"|secretary|vice captain|treasurer|deputy) be {_PICKED} {_FROM} {{n}} {_OBJECTS}",
)
_CIRCLES: Final = (
    f"{_WAYS} can {{n}} {_PEOPLE} [be] (seated|sit|arranged|be seated|be arranged|placed|sit down)"
    " (around|round|at) a (round|circular) table",
    f"{_WAYS} can {{n}} {_PEOPLE} [be] (seated|sit|arranged|stand|placed) in a circle",
    f"{_WAYS_TO} (seat|arrange|seating|arranging) {{n}} {_PEOPLE} ((around|round|at) a"
    " (round|circular) table|in a circle)",
)
_LETTERS: Final = "(letters in|letters of) (the word|)"
_ANAGRAMS: Final = (
    f"{_WAYS} can [all] [of] the {_LETTERS} {{word:word}} be (arranged|rearranged|ordered"
    "|permuted)",
    f"how many [different|distinct|distinguishable] (arrangements|permutations|rearrangements"
    f"|orderings) [are there] (of|can be (made|formed) (from|with|using)) [all] [of] the {_LETTERS}"
    " {word:word} [are there]",
    f"how many [different|distinct] (words|strings|arrangements) can be (formed|made) (from|with"
    f"|using|by (rearranging|arranging)) [all] [of] the {_LETTERS} {{word:word}}",
    f"{_ASK} [different|distinct|distinguishable] (arrangements|permutations|ways to (arrange"
    f"|rearrange)) [of] [all] [of] the {_LETTERS} {{word:word}}",
    "how many [different|distinct] anagrams (does the word {word:word} have|of [the word]"
    " {word2:word} are there)",
)
_HANDSHAKES: Final = (
    "{n} (people|guests|friends|students|players|delegates|men|women|members) (are|meet) at a"
    " (party|meeting|conference|reception). (each|every|everyone|each (one|person)) [person|guest]"
    " shakes hands [exactly once|once|one time] with (everyone else|everybody else|every other"
    " (person|guest)|each other (person|guest)|each of the others|all the others) [exactly once"
    "|once]. how many"
    " handshakes (are there|take place|occur|are made|will there be) [in (total|all)] [altogether]",
    "if {n} (people|guests|friends|students|delegates) [all] shake hands (with each other|with one"
    " another) [exactly] once how many handshakes (are there|take place|occur|will there be)"
    " [in (total|all)] [altogether]",
    "how many handshakes (are there|take place|occur) (if|when) [each of] {n} (people|guests"
    "|friends|students) [all] (shake|shakes) hands (with each other|with one another|with each of"
    " the others) [exactly] once",
    "{n} teams (play|are) in a (league|tournament|round robin tournament). (each|every) team plays"
    " (every|each) other team [exactly] once. how many (games|matches) (are (there|played)|will be"
    " played|take place) [in (total|all)] [altogether]",
)
_LINES: Final = (
    "how many [different|straight] (lines|line segments|chords) can be drawn (through|between"
    "|joining|using|connecting) [pairs of] {n} points (no three of which are collinear|on a circle"
    "|if no three [of them|of the points] are (collinear|on a line))",
)
_DIGIT_LIST: Final = "{digits:rest}"
_NUMERALS: Final = (
    "how many [different|distinct] {k} digit (numbers|codes|numerals) can be (formed|made|written)"
    " (from|with|using|out of) the digits {digits:rest} (without repetition|without repeating"
    " (digits|any digits?|a digit)|if no digit is repeated|if repetition is not allowed|if no digit"
    " (may|can) be (used more than once|repeated)|using each [digit] at most once)",
    "how many [different|distinct] {k} digit (numbers|codes|numerals) can be (formed|made|written)"
    " (from|with|using|out of) the digits {digits:rest} (if (digits|they) (may|can) be repeated|if"
    " repetition is allowed|if (digits|they) can be used more than once)",
)


def read_counting(text: str) -> TopicTask | None:
    """A counting problem, or None.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    sentence, request = split_request(normal(text))
    if " how many" not in sentence and " number of" not in sentence:
        return None
    for read in (
        _committee, _two_kinds, _bounded, _row, _circle, _anagram, _pairs, _numerals,
    ):  # fmt: skip
        found = read(sentence)
        if found is None:
            continue
        said, count, assumptions = found
        unit = counted(
            "ways", "way", "committees", "teams", "groups", "arrangements", "permutations",
            "handshakes", "games", "matches", "lines", "numbers", "words", "hands", "subsets",
            "combinations", "selections", "orders", "codes", "anagrams", "seatings",
        )  # fmt: skip
        nouns = (
            "number of ways", "number", "total number of ways", "total", "number of handshakes",
            "number of arrangements", "number of committees",
        )  # fmt: skip
        wanted = Wanted(unit=unit, nouns=nouns, is_count=True)
        return CountingProblem(
            said=said, wanted=wanted, request=request, count=count, assumptions=assumptions
        )
    return None


_Reading = tuple[str, Count, tuple[str, ...]]
_DIFFERENT: Final = ("the objects are all different",)


def _committee(text: str) -> _Reading | None:
    found = first_reading(_COMMITTEES, text)
    if found is None:
        return None
    n, k = whole(found["n"]), whole(found["k"])
    if not (is_moderate((n, k)) and 1 <= k <= n):
        return None
    said = f"count the ways to choose {k} of {n}, the order being free"
    return said, Selections(((n, k),)), _DIFFERENT


def _two_kinds(text: str) -> _Reading | None:
    found = first_reading(_TWO_KINDS, text)
    if found is None:
        return None
    i, j, a, b = (whole(found[name]) for name in "ijab")
    kinds = _kinds(found)
    if not is_moderate((i, j, a, b)) or kinds is None or i > a or j > b:
        return None
    return (
        f"count the ways to choose {i} of {a} {kinds[0]} and {j} of {b} {kinds[1]}",
        Selections(((a, i), (b, j))),
        (),
    )


def _kinds(found: Match[str]) -> tuple[str, str] | None:
    """The two nouns, if those chosen are named in the order of those given."""
    nouns = [
        token
        for token in found.group().split()
        if first_reading((_PEOPLE,), f" {token}") is not None
    ]
    if len(nouns) == 4 and nouns[:2] == nouns[2:] and nouns[0] != nouns[1]:
        return nouns[0], nouns[1]
    return None


def _bounded(text: str) -> _Reading | None:
    found = first_reading(_BOUNDED, text)
    if found is None:
        return None
    k, a, b, i = (whole(found[name]) for name in "kabi")
    women = {"women", "woman", "girls", "girl"}
    men = {"men", "man", "boys", "boy"}
    bounds = {"at least": (i, k), "at most": (0, i), "exactly": (i, i)}
    bound = bounds.get(found["bound"].strip())
    if bound is None or not is_moderate((k, a, b, i)) or not i <= k <= a + b:
        return None
    who = found["who"]
    if not (who in women | men and _has_plural(text, who)):
        return None
    first, second = (b, a) if who in women else (a, b)
    count = Committees(first, second, k, *bound)
    said = f"count the ways to choose {k} of {a} and {b} with {found['bound'].strip()} {i} {who}"
    return said, count, ()


def _has_plural(text: str, noun: str) -> bool:
    plurals = {"man": "men", "woman": "women", "boy": "boys", "girl": "girls"}
    return f" {plurals.get(noun, noun)} " in text.partition(" from ")[2]


def _row(text: str) -> _Reading | None:
    found = first_reading(_ROWS, text)
    if found is not None:
        n = whole(found["n"])
        if not (is_moderate((n,)) and n >= 1):
            return None
        return f"count the orders of {n} objects in a row", Arrangements(n, n), _DIFFERENT
    for templates, fixed in ((_PARTIAL_ROWS, 3), (_TWO_OFFICES, 2)):
        found = first_reading(templates, text)
        if found is not None:
            n = whole(found["n"])
            k = whole(found["k"]) if "k" in found.groupdict() else fixed
            if not is_moderate((n,)) or not 1 <= k <= n:
                return None
            said = f"count the ways to put {k} of {n} in order"
            return said, Arrangements(n, k), _DIFFERENT
    return None


def _circle(text: str) -> _Reading | None:
    found = first_reading(_CIRCLES, text)
    if found is None:
        return None
    n = whole(found["n"])
    if not (is_moderate((n,)) and n >= 2):
        return None
    return (
        f"count the ways to seat {n} people round a table",
        Circles(n),
        ("seatings that differ only by a turn are the same",),
    )


def _anagram(text: str) -> _Reading | None:
    found = first_reading(_ANAGRAMS, text)
    if found is None:
        return None
    groups = found.groupdict()
    word = groups.get("word") or groups.get("word2") or ""
    if not 2 <= len(word) <= 30 or word in {"the", "word", "alphabet", "each", "a"}:
        return None
    said = f"count the different orders of the letters {' '.join(word.upper())}"
    return said, Anagrams(word), ()


def _pairs(text: str) -> _Reading | None:
    for templates, noun in ((_HANDSHAKES, "people or teams"), (_LINES, "points")):
        found = first_reading(templates, text)
        if found is not None:
            n = whole(found["n"])
            if not (is_moderate((n,)) and n >= 2):
                return None
            return f"count the pairs of {n} {noun}", Pairs(n), ()
    return None


def _numerals(text: str) -> _Reading | None:
    found = first_reading(_NUMERALS[:1], text)
    is_repeating = found is None
    found = found or first_reading(_NUMERALS[1:], text)
    if found is None:
        return None
    k = whole(found["k"])
    digits = [token for token in found["digits"].split() if token not in {",", "and"}]
    if not 1 <= k <= 9 or not all(len(digit) == 1 and digit.isdigit() for digit in digits):
        return None
    if len(set(digits)) != len(digits) or len(digits) < 2:
        return None
    symbols = alphabet(digits)
    first = tuple(digit for digit in symbols if digit != "0")
    is_code = " codes " in text
    places = (symbols if is_code else first,) + (symbols,) * (k - 1)
    again = "with" if is_repeating else "without"
    said = f"count the {k}-digit numbers with the digits {', '.join(digits)}, {again} repetition"
    leads = () if is_code or "0" not in symbols else ("a number does not start with 0",)
    name = " · ".join(str(len(place)) for place in places)
    if not is_repeating:
        name = f"{len(places[0])} choices for the first digit, then one fewer digit each time"
    return said, Codes(places, is_repeating, name), leads
