"""Discounts, taxes, tips and the prices before them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.phrasing import first_reading, money, normal, share
from tutor_app.verify.topics.reply import Wanted
from tutor_app.verify.topics.request import split_request
from tutor_app.verify.topics.units_of_answers import CURRENCIES
from tutor_app.verify.topics.word_problem import Calculation, Result, exact

_ASK: Final = "(what is|find|calculate|determine|work out|compute|what will be|what was)"
_ITEM: Final = "(a|an|the|some|this) {item:item}"
_SECOND: Final = "(it|the item|the store|the shop|the {again:item}|the price|its price)"
_COSTS: Final = (
    "(costs?|cost|is priced at|is [originally] priced at|was [originally] priced at|originally"
    " costs?"
    "|normally costs?|usually costs?|regularly costs?|sells for|normally sells for|has a [regular"
    "|original|marked|list|retail] price of|is marked at|has a price tag of|is worth)"
)
_SALE: Final = "(sale|final|discounted|new|reduced|selling|current)"
_OFF: Final = (
    "(is [now] [being] (discounted|reduced|marked down|lowered|cut|decreased) by {r:percent}|is"
    " [now]"
    " on sale (for|at) {q:percent} off|is [now] {p:percent} off|is (sold|offered|available|on sale)"
    " (at|with)"
    " a {o:percent} discount|is (sold|offered) at a discount of {d:percent}|is [now] discounted"
    " {f:percent}|is marked down {g:percent})"
)
_PRICED: Final = (
    f"{_ITEM} {_COSTS} {{m:money}}",
    f"the (regular|original|normal|usual|list|marked|full) price of {_ITEM} is {{m:money}}",
    f"the price of {_ITEM} is {{m:money}}",
    f"{_ITEM} 's (regular|original|normal|) price is {{m:money}}",
)
_NAMED: Final = (
    f"{_ITEM} [originally|normally|regularly] priced at {{m:money}}",
    f"{_ITEM} (that|which) [originally|normally] costs {{m:money}}",
    "(a|an|the) {m:money} {item:item}",
)
_PRICE_ASKED: Final = (
    f"{_ASK} (the|its) {_SALE} price [of (the|this) {{thing:item}}]",
    "how much does it cost (now|after the discount|on sale)",
    f"{_ASK} the price (after the discount|now|of the {{thing:item}} after the discount)",
)
_SAVED_ASKED: Final = (
    f"{_ASK} the (discount|amount of the discount|amount saved|saving|savings) [in dollars]",
    "how much (is the discount|money is saved|do you save|is saved|would you save|will you save)",
)
_DISCOUNTS: Final = (
    *(f"{priced}. [{_SECOND}] {_OFF}. {asked}" for priced in _PRICED for asked in _PRICE_ASKED),
    *(f"{named} {_OFF}. {asked}" for named in _NAMED for asked in _PRICE_ASKED),
    f"{_ASK} the {_SALE} price of (a|an) {{m:money}} {{item:item}} (after|with) a {{r:percent}}"
    " discount",
    f"{_ASK} the {_SALE} price of (a|an) {{m:money}} {{item:item}} (that is|which is|that's)"
    " [on sale for] [discounted by] {r:percent} [off]",
    f"{_ASK} the {_SALE} price of {_ITEM} (that (costs|cost)|priced at|costing|which costs)"
    " {m:money} (after|with) a ({r:percent} discount|discount of {q:percent})",
)
_SAVINGS: Final = tuple(
    f"{priced}. [{_SECOND}] {_OFF}. {asked}" for priced in _PRICED for asked in _SAVED_ASKED
)
_UP: Final = (
    "((is|was) (increased|raised) by|increases by|rises by|goes up by|increased by|rose by|went"
    " up by)"
)
_DOWN: Final = (
    "((is|was) (decreased|reduced|lowered|cut) by|decreases by|falls by|drops by|goes down"
    " by|fell by"
    "|decreased by|dropped by|went down by)"
)
_NEW_ASKED: Final = (
    f"{_ASK} (the|its) (new|final) (price|cost|value) [of (the|this) {{thing:item}}]"
)
_RAISED: Final = tuple(f"{priced}. [{_SECOND}] {_UP} {{r:percent}}. {_NEW_ASKED}"
                       for priced in _PRICED)  # fmt: skip
_LOWERED: Final = tuple(f"{priced}. [{_SECOND}] {_DOWN} {{r:percent}}. {_NEW_ASKED}"
                        for priced in _PRICED)  # fmt: skip
_TAX: Final = "(sales tax|vat|tax|gst)"
_TAXED: Final = (
    *(
        f"{priced} [(before|without|excluding|plus) {_TAX}]. [the] {_TAX} [rate] is {{r:percent}}."
        for priced in _PRICED
    ),
    *(f"{priced} plus {{r:percent}} {_TAX}." for priced in _PRICED),
)
_TOTALS: Final = tuple(
    f"{taxed} {_ASK} (the|its) (total|final) (cost|price|amount) [(including|with|after) [the]"
    f" {_TAX}] [of (the|this) {{thing:item}}]"
    for taxed in _TAXED
)
_TAX_ONLY: Final = tuple(
    f"{taxed} (how much (is the|{_TAX} is) [{_TAX}] [(paid|charged)]|{_ASK} the amount of [the]"
    f" {_TAX})"
    for taxed in _TAXED
)
_BILL: Final = (
    "[if] (a|the|your|my) ([restaurant|dinner|lunch|taxi] bill|meal|dinner|lunch)"
    " (is|was|comes to|came to|totals|costs|cost) {m:money}."
    " [(you|we|i|she|he|they)] (leave|leaves|left|give|gives|gave|add|adds|want to leave|wants to"
    " leave|decide to leave) a (tip of {r:percent}|{q:percent} tip)."
)
_TIPS: Final = (
    f"{_BILL} (how much is the tip|{_ASK} the (tip|amount of the tip))",
    f"{_ASK} a {{r:percent}} tip on (a|an) {{m:money}} [restaurant|dinner|lunch] bill",
    "how much is a {r:percent} tip on (a|an) {m:money} [restaurant|dinner|lunch] bill",
)
_TIPPED: Final = (
    f"{_BILL} ({_ASK} the total [(bill|cost|amount)] [(including|with) [the] tip]|how much (is|do"
    " (you|they) pay) [the] [in] total)",
)
_AFTER: Final = (
    f"after a ({{r:percent}} (discount|reduction)|(discount|reduction) of {{q:percent}}). {_ITEM}"
    f" {_COSTS} {{m:money}}. {_ASK} (the|its) original price [of (the|this) {{thing:item}}]",
    f"{_ITEM} {_COSTS} {{m:money}} after a ({{r:percent}} (discount|reduction)|(discount|reduction)"
    f" of {{q:percent}}). {_ASK} (the|its) original price [of (the|this) {{thing:item}}]",
    f"the sale price of {_ITEM} after a {{r:percent}} discount is {{m:money}}. {_ASK} (the|its)"
    " original price [of (the|this) {thing:item}]",
)
_GROSS: Final = (
    f"{_ITEM} {_COSTS} {{m:money}} (including|with|inclusive of) {{r:percent}} {_TAX}. {_ASK}"
    f" (the|its)"
    f" price (before|excluding|without) {_TAX}",
    f"after a {{r:percent}} (increase|rise). {_ITEM} {_COSTS} {{m:money}}. {_ASK} (the|its)"
    f" original"
    " price [of (the|this) {thing:item}]",
)

_Compute = Callable[[Fraction, Fraction], tuple[Fraction, str]]


def _less(price: Fraction, rate: Fraction) -> tuple[Fraction, str]:
    value = price * (1 - rate)
    return value, f"{price} · (1 - {rate}) = {value}"


def _more(price: Fraction, rate: Fraction) -> tuple[Fraction, str]:
    value = price * (1 + rate)
    return value, f"{price} · (1 + {rate}) = {value}"


def _part(price: Fraction, rate: Fraction) -> tuple[Fraction, str]:
    value = price * rate
    return value, f"{price} · {rate} = {value}"


def _before_discount(price: Fraction, rate: Fraction) -> tuple[Fraction, str]:
    value = price / (1 - rate)
    return value, f"{price} ÷ (1 - {rate}) = {value}"


def _before_rise(price: Fraction, rate: Fraction) -> tuple[Fraction, str]:
    value = price / (1 + rate)
    return value, f"{price} ÷ (1 + {rate}) = {value}"


_KINDS: Final[tuple[tuple[tuple[str, ...], str, bool, _Compute], ...]] = (
    (_DISCOUNTS, "find the price after a discount", True, _less),
    (_SAVINGS, "find the discount", True, _part),
    (_RAISED, "find the price after a rise", False, _more),
    (_LOWERED, "find the price after a fall", True, _less),
    (_TOTALS, "find the price with tax", False, _more),
    (_TAX_ONLY, "find the tax", False, _part),
    (_TIPS, "find the tip", False, _part),
    (_TIPPED, "find the bill with the tip", False, _more),
    (_AFTER, "find the price before the discount", True, _before_discount),
    (_GROSS, "find the price before the rise", False, _before_rise),
)
_NOUNS: Final = (
    "sale price", "final price", "price", "new price", "discounted price", "original price", "tip",
    "discount", "total", "total cost", "total price", "tax", "amount", "answer", "cost",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceProblem(Calculation):
    """A sum of money after a percentage was added, taken off or found."""

    kind = "price"


def read_prices(text: str) -> TopicTask | None:
    """A problem on one price and one percentage, or None.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    sentence, request = split_request(normal(text))
    if not any(sign in sentence for sign in (" %", " percent", " per cent")):
        return None
    for templates, said, is_off, compute in _KINDS:
        found = first_reading(templates, sentence)
        if found is None:
            continue
        groups = found.groupdict()
        things = {groups[name] for name in ("thing", "again") if groups.get(name)}
        if any(thing not in {groups["item"], "item"} for thing in things if thing):
            return None
        price, sign = money(groups["m"])
        rate = _rate(groups)
        if rate is None or not price > 0 or (is_off and rate >= 1):
            return None
        value, working = compute(price, rate)
        unit = CURRENCIES[sign]
        return PriceProblem(
            said=f"{said}: {sign}{price} and {100 * rate}%",
            wanted=Wanted(unit=unit, nouns=_NOUNS),
            request=request,
            outcome=Result(exact(value), (working,)),
        )
    return None


def _rate(groups: Mapping[str, str | None]) -> Fraction | None:
    given = [groups[name] for name in "rqpodfg" if groups.get(name)]
    return share(given[0]) if len(given) == 1 and given[0] else None
