"""Simple and compound interest, profit and loss."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.phrasing import first_reading, money, normal, number, share
from tutor_app.verify.topics.reply import Wanted
from tutor_app.verify.topics.request import Request, split_request
from tutor_app.verify.topics.units_of_answers import CURRENCIES
from tutor_app.verify.topics.word_problem import Calculation, Result, exact

_ASK: Final = "(what is|find|calculate|determine|work out|compute|what will be)"
_YEARLY: Final = "[per year|per annum|a year|annually|p a|yearly|each year|every year]"
_RATE: Final = f"(an|a|) [annual|yearly] [interest] [rate] [of] {{r:percent}} {_YEARLY}"
_YEARS: Final = "(for|over|after) [a period of] {n:number} years?"
_INVESTED: Final = (
    "(is|are) (invested|deposited|placed|put) [in (a|an) (bank|savings|) [account]] (at|in an"
    " account"
    " (paying|earning|that pays|with)|paying|earning)"
)
_SOMEONE: Final = (
    "(you|i|we|a man|a woman|a person|a student|a customer|she|he|someone|john|mary|maria|tom|anna)"
    " (invests?|deposits?|puts?|invested|deposited|borrows?|borrowed|lends?|lent) {m:money}"
    " [in (a|an) [savings|bank] account] (at|paying|earning|that pays|in an account that pays)"
)
_INTEREST: Final = (
    "(how much [simple|compound] interest (is earned|does it earn|will be earned|is paid|do you"
    " earn"
    f"|will you earn|is due)|{_ASK} the [simple|total|compound] interest [earned|paid])"
    " [(after|in|over) {k:number} years]"
)
_AMOUNT: Final = (
    f"({_ASK} the (final|total|) (amount|value|balance) [of the investment] [in the account]"
    "|how much (is|will) [it] [the investment] [be] [worth]|how much (money is|is) in the account"
    "|how much will be in the account) [(after|at the end of) ({k:number}|the|that) (years?|period"
    "|time)] [at the end [of (the|this) (period|time)]]"
)
_SIMPLE_INTEREST: Final = (
    f"{_ASK} the simple interest (on|earned on|for) [a (loan|deposit|principal|sum) of] {{m:money}}"
    f" (at|invested at|borrowed at) {_RATE} [simple interest] {_YEARS}",
    f"{{m:money}} {_INVESTED} {_RATE} simple interest [per (year|annum)] {_YEARS}. {_INTEREST}",
    f"{_SOMEONE} {_RATE} simple interest [per (year|annum)] {_YEARS}. {_INTEREST}",
    f"{{m:money}} {_INVESTED} a simple interest rate of {{r:percent}} {_YEARLY} {_YEARS}."
    f" {_INTEREST}",
)
_SIMPLE_AMOUNT: Final = (
    f"{{m:money}} {_INVESTED} {_RATE} simple interest [per (year|annum)] {_YEARS}. {_AMOUNT}",
    f"{_SOMEONE} {_RATE} simple interest [per (year|annum)] {_YEARS}. {_AMOUNT}",
    f"{{m:money}} {_INVESTED} a simple interest rate of {{r:percent}} {_YEARLY} {_YEARS}."
    f" {_AMOUNT}",
)
_COMPOUNDED: Final = (
    "(compounded {often:often}|compound interest [compounded {how:often}] [per (year|annum)]"
    "|interest compounded {when:often})"
)
_COMPOUND_INTEREST: Final = (
    f"{_ASK} the compound interest (on|earned on) {{m:money}} (at|invested at) {_RATE} {_YEARS}"
    " [(compounded|if compounded|if interest is compounded) {often:often}]",
    f"{_ASK} the compound interest (on|earned on) {{m:money}} (at|invested at) {_RATE}"
    f" compounded {{often:often}} {_YEARS}",
    f"{{m:money}} {_INVESTED} {_RATE} {_COMPOUNDED} {_YEARS}. {_INTEREST}",
    f"{_SOMEONE} {_RATE} {_COMPOUNDED} {_YEARS}. {_INTEREST}",
)
_COMPOUND_AMOUNT: Final = (
    f"{{m:money}} {_INVESTED} {_RATE} {_COMPOUNDED} {_YEARS}. {_AMOUNT}",
    f"{{m:money}} {_INVESTED} {_RATE} {_COMPOUNDED}. {_AMOUNT}",
    f"{_SOMEONE} {_RATE} {_COMPOUNDED} {_YEARS}. {_AMOUNT}",
    f"{_SOMEONE} {_RATE} {_COMPOUNDED}. {_AMOUNT}",
)
_PERIODS: Final = {
    "annually": 1, "yearly": 1, "every year": 1, "once a year": 1, "semiannually": 2,
    "semi annually": 2, "half yearly": 2, "twice a year": 2, "quarterly": 4, "monthly": 12,
}  # fmt: skip
_TRADE: Final = (
    "(a|an|the) [shopkeeper|trader|dealer|merchant|man|woman|store|shop|retailer|farmer]"
    " (buys|bought"
    "|purchased|purchases) (a|an) {item:item} for {m:money} and (sells|sold|resells|resold) it for"
    " {s:money}."
)
_PROFIT: Final = (f"{_TRADE} {_ASK} (the|his|her|their) {{asked:word}}",)
_PROFIT_RATE: Final = (
    f"{_TRADE} {_ASK} (the|his|her|their) (percentage|percent) {{asked:word}}",
    f"{_TRADE} {_ASK} (the|his|her|their) {{asked:word}} (percentage|percent)",
)
_LONGEST_YEARS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestProblem(Calculation):
    """Interest, a final amount, a profit or a loss."""

    kind = "interest"


def read_interest(text: str) -> TopicTask | None:
    """A problem on interest, profit or loss, or None.

    Raises:
        Unreadable: a number in it is unreadable.
    """
    sentence, request = split_request(normal(text))
    if " interest" in sentence or " compounded " in sentence:
        return _interest(sentence, request)
    if " profit" in sentence or " loss" in sentence:
        return _profit(sentence, request)
    return None


def _interest(text: str, request: Request) -> TopicTask | None:
    for templates, is_compound, is_amount in (
        (_SIMPLE_INTEREST, False, False), (_SIMPLE_AMOUNT, False, True),
        (_COMPOUND_INTEREST, True, False), (_COMPOUND_AMOUNT, True, True),
    ):  # fmt: skip
        found = first_reading(templates, text)
        if found is None:
            continue
        groups = found.groupdict()
        terms = {number(groups[name]) for name in "nk" if groups.get(name)}
        if len(terms) != 1 or not 0 < max(terms) <= _LONGEST_YEARS:
            return None
        said_often = next((groups[n] for n in ("often", "how", "when") if groups.get(n)), None)
        is_open = is_compound and said_often is None
        often = said_often or "annually"
        principal, sign = money(groups["m"])
        value = _grown(principal, share(groups["r"]), max(terms), is_compound, _PERIODS[often])
        if value is None:
            return None
        amount, working = value
        interest = amount - principal
        shown = amount if is_amount else interest
        asked = "amount" if is_amount else "interest"
        nouns = ("interest", "amount", "final amount", "total amount", "simple interest",
                 "compound interest", "balance")  # fmt: skip
        return InterestProblem(
            said=f"find the {asked} of {sign}{principal}, {working}",
            wanted=Wanted(unit=CURRENCIES[sign], nouns=nouns),
            request=request,
            outcome=Result(
                exact(shown),
                (f"{working} = {amount}", f"interest {interest}"),
                assumptions=("interest is added once a year",) if is_open else (),
            ),
        )
    return None


def _grown(
    principal: Fraction, rate: Fraction, years: Fraction, is_compound: bool, periods: int
) -> tuple[Fraction, str] | None:
    if not is_compound:
        amount = principal * (1 + rate * years)
        return amount, f"{principal} · (1 + {rate} · {years})"
    steps = years * periods
    if steps.denominator != 1 or steps > 400:
        return None
    factor = 1 + rate / periods
    # Two routes: the power, and one period after the other.
    amount = principal * factor ** int(steps)
    stepwise = principal
    for _ in range(int(steps)):
        stepwise += stepwise * rate / periods
    return (amount, f"{principal} · ({factor})^{steps}") if amount == stepwise else None


def _profit(text: str, request: Request) -> TopicTask | None:
    for templates, is_rate in ((_PROFIT, False), (_PROFIT_RATE, True)):
        found = first_reading(templates, text)
        if found is None:
            continue
        (cost, sign), (price, other) = money(found["m"]), money(found["s"])
        asked = found["asked"]
        gain = price - cost if asked == "profit" else cost - price
        if sign != other or asked not in {"profit", "loss"} or gain <= 0 or cost <= 0:
            return None
        value = gain / cost if is_rate else gain
        working = f"{max(cost, price)} - {min(cost, price)} = {gain}"
        working += f", {gain} ÷ {cost} = {value}" if is_rate else ""
        nouns = (asked, f"percentage {asked}", f"{asked} percentage", f"percent {asked}")
        wanted = (
            Wanted(nouns=nouns, is_percentage=True, directions=((asked, 1),))
            if is_rate
            else Wanted(unit=CURRENCIES[sign], nouns=nouns)
        )
        assumed = ("the percentage is of the cost",) if is_rate else ()
        return InterestProblem(
            said=f"find the {'percentage ' if is_rate else ''}{asked}",
            wanted=wanted,
            request=request,
            outcome=Result(exact(value), (working,), assumptions=assumed),
        )
    return None
