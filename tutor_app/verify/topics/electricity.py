"""Formula cards of electricity: Ohm's law, power, charge, energy in joules or kilowatt hours."""

from typing import Final

from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.formula_card import ASK, Formula, orders, read_formula
from tutor_app.verify.units import CHARGE, CURRENT, ENERGY, POWER, RESISTANCE, TIME, VOLTAGE

_PART: Final = (
    "(a|an|the) [(electric|electrical|filament|light)] (resistor|wire|lamp|bulb|heater|component"
    "|conductor|device|motor|circuit|coil|kettle|appliance)"
)
_DEVICE: Final = (
    "[(electric|electrical|filament|light|led|space|ceiling|desk|water|immersion|microwave|vacuum)]"
    " (lamp|bulb|heater|kettle|motor|iron|oven|fan|television|tv|toaster|fridge|refrigerator|laptop"
    "|computer|device|appliance|cooker|cleaner|drill|pump|radiator|dryer|hairdryer|boiler|machine)"
)
_VOLTS: Final = "(voltage|potential difference|pd)"
_CURRENT: Final = "(a|the) current of {I:word} (flows|passes|runs|is flowing)"
_OHMS: Final = f"[{_PART}] [(of|with|having)] [(a|of)] [resistance [of]] {{R:word}} [resistor]"
_RUNS: Final = (
    f"[(a|an|the)] {{P:word}} {_DEVICE} [(that|which)] (runs|is used|is on|is switched"
    f" on|operates"
    "|is left on|works|is turned on|is run|is operated|is running) [continuously] for {t:word}"
)
_RATED: Final = (
    f"[(a|an|the)] {_DEVICE} (has|with|of|rated at|is rated at) [a] [power] [(of|rating of)]"
    f" {{P:word}}"
    " [and] [it] (runs|is used|is on|is switched on|operates|is left on) for {t:word}"
)
_USE: Final = "(use|consume|transfer|convert|need)"

_FORMULAS: Final = (
    Formula(
        "voltage", ("V", "U"), "I*R", {"I": CURRENT, "R": RESISTANCE}, "V",
        ("voltage", "potential", "pd"),
        orders(f"{_CURRENT} (through|in) {_OHMS}", f"{_VOLTS} [across (it|{_PART})]",
               "(if|when|across)"),
    ),
    Formula(
        "current", ("I",), "V/R", {"V": VOLTAGE, "R": RESISTANCE}, "A", ("current",),
        (
            *orders(f"(a|the) {_VOLTS} of {{V:word}} (is applied (across|to)|across) {_OHMS}",
                    "current [through (it|the resistor)]", "(if|when)"),
            *orders(f"{_OHMS} is connected (to|across) [a] {{V:word}}"
                    f" [(battery|supply|source|cell)]",
                    "current [(through|in) (it|the resistor)]", "(if|when)"),
            f"{ASK} the current (through|in) {_OHMS} (with|when) [(a|the)] [{_VOLTS}] [of]"
            f" {{V:word}}"
            " (across it|is across it|is applied [across it])",
        ),
    ),
    Formula(
        "resistance", ("R",), "V/I", {"V": VOLTAGE, "I": CURRENT}, "Ω", ("resistance",),
        (
            *orders(f"{_CURRENT} (through|in) {_PART} (when|with) [(a|the)] [{_VOLTS}] [across it]"
                    " [(of|is)] {V:word} [(across it|is applied [across it])]", "resistance",
                    "(if|when)"),
            *orders(f"(a|the) {_VOLTS} of {{V:word}} across {_PART} (produces|causes|drives) a"
                    " current of {I:word}", "resistance", "(if|when)"),
            f"{_PART} (carries|draws|has) a current of {{I:word}} (when|at|and|with) [(a|the)]"
            f" [{_VOLTS}] [(across it|of|is)] [(of|is)] {{V:word}} [across it]. {ASK} (its|the)"
            f" resistance [of {_PART}]",
        ),
    ),
    Formula(
        "power", ("P",), "V*I", {"V": VOLTAGE, "I": CURRENT}, "W", ("power",),
        (
            *orders(f"{_PART} (draws|carries|takes|uses|has) a current of {{I:word}}"
                    " (at|from|when connected to|when operated at|and|with) [a] [(voltage of"
                    "|potential difference of)] {V:word} [(supply|battery|source)]",
                    "[electrical] power"),
            *orders(f"{_PART} (operates at|is connected to|runs at|works at|at) [a] [voltage of]"
                    " {V:word} [(supply|battery|source)] [(and|,)] (draws|carries|takes|drawing"
                    "|uses) a current of {I:word}", "[electrical] power"),
        ),
    ),
    Formula(
        "charge", ("Q", "q"), "I*t", {"I": CURRENT, "t": TIME}, "C", ("charge",),
        (
            *orders(f"{_CURRENT} [(through|in) {_PART}] for {{t:word}}", "charge", "(if|when)"),
            f"{_CURRENT} [(through|in) {_PART}] for {{t:word}}. how much charge"
            " (flows|passes|is transferred) [through it]",
            f"how much charge (flows|passes) (if|when) {_CURRENT} for {{t:word}}",
        ),
    ),
    Formula(
        "energy", ("E", "W", "Q"), "P*t", {"P": POWER, "t": TIME}, "J", ("energy",),
        (
            f"({_RUNS}|{_RATED.replace('P:', 'P__2:').replace('t:', 't__2:')}). how (much|many"
            f" {{unit:word}} of) [electrical] energy (does|did|will) (it|the {_DEVICE}) {_USE}",
            f"how (much|many {{unit:word}} of) [electrical] energy (does|will) [(a|an|the)]"
            f" {{P:word}}"
            f" {_DEVICE} {_USE} (in|when (running|used|on) for|if it (runs|is on|is used) for)"
            " {t:word}",
            f"({_RUNS}|{_RATED.replace('P:', 'P__2:').replace('t:', 't__2:')}). {ASK} the"
            f" [electrical]"
            " energy [(used|it uses|consumed|transferred)]",
            f"{ASK} the [electrical] energy (used|consumed|transferred) (by|when|if) {_RUNS}",
        ),
    ),
    Formula(
        "power", ("P",), "E/t", {"E": ENERGY, "t": TIME}, "W", ("power",),
        orders(f"[(a|an|the)] {_DEVICE} (uses|transfers|converts|consumes) {{E:word}} [of]"
               " [(energy|electrical energy)] in {t:word}", "power [rating]"),
    ),
    Formula(
        "time", ("t",), "Q/I", {"Q": CHARGE, "I": CURRENT}, "s", ("charge",),
        (
            "how long does it take for [a] charge of {Q:word} to (flow|pass) (at|with) a"
            " current of"
            " {I:word}",
        ),
    ),
)  # fmt: skip


def read_electricity(text: str) -> TopicTask | None:
    """A problem of electricity, or None.

    Raises:
        Unreadable: a quantity in it cannot be read.
    """
    return read_formula(text, _FORMULAS)
