"""The question for a probability, before or behind the description of the experiment."""

import re
from collections.abc import Iterable, Iterator
from re import Match
from typing import Final

from tutor_app.verify.topics.phrasing import readings

_ASK: Final = "(what is|find|calculate|determine|work out|compute|give|what are) [the]"
_CHANCE: Final = "(probability|chances?|likelihood)"
_VERB: Final = (
    "(getting|obtaining|rolling|throwing|tossing|flipping|drawing|picking|selecting|choosing"
    "|spinning|having|it being|landing on|it landing on)"
)
_THAT: Final = (
    "[you (get|roll|draw|pick|choose|obtain|select)|he (gets|draws|picks)|she (gets|draws|picks)"
    "|we (get|draw)|they (get|draw)|there (is|are|will be)|it is|it lands on|the (spinner|pointer"
    "|arrow) (lands|stops) on|he gets|i (get|draw)]"
)
ASKED: Final = f"{_ASK} {_CHANCE} (of [{_VERB}]|that {_THAT})"

Reading = tuple[Match[str], str]
"""The experiment's match, and the event's words as a normal text."""


def experiments(templates: Iterable[str], text: str) -> Iterator[Reading]:
    """All ways to cut a problem into one of the experiments and the event asked for."""
    for template in templates:
        orders = (
            f"[if|when|suppose|suppose that] {template}. {ASKED} {{event:rest}}",
            f"{ASKED} {{event:rest}} (if|when|in|with|on|from|by|after|given that) {template}",
            f"(if|when|in|with|on|from) {template} {ASKED} {{event:rest}}",
        )
        for found in readings(orders, text):
            yield found, _event(found["event"])


def _event(text: str) -> str:
    return re.sub(r"(?: [.?!,:])+$", "", f" {text.strip()}")
