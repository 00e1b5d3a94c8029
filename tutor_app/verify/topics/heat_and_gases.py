"""Formula cards of heat and gases: specific heat, the gas laws, amounts of substance."""

from fractions import Fraction
from typing import Final

from tutor_app.verify.build import build
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.formula_card import ASK, Formula, FormulaCard, orders, read_formula
from tutor_app.verify.units import (
    AMOUNT,
    ENERGY,
    MASS,
    PRESSURE,
    TEMPERATURE,
    VOLUME,
)

_GAS: Final = (
    "[(a|an|the|some)] [(fixed mass of|sample of)] [(ideal)]"
    " (gas|air|helium|nitrogen|oxygen|hydrogen"
    "|balloon|it)"
)
_AT_P: Final = (
    "(at constant pressure|if the pressure (is constant|stays constant|is kept constant))"
)
_AT_T: Final = (
    "(at constant temperature|if the temperature (is constant|stays constant|is kept constant))"
)
_AT_V: Final = "(at constant volume|if the volume (is constant|stays constant|is kept constant))"
_HOLDS: Final = "(occupies|has a volume of|fills|takes up)"


def _law(given: str, keep: str, ask: str) -> tuple[str, ...]:
    """One gas law: the state given, what is kept, and the question."""
    return (
        f"{given}. {keep}. {ask}", f"{given}. {ask} {keep}", f"{keep}. {given}. {ask}",
        f"if {given}. {ask} {keep}",
    )  # fmt: skip


_CHARLES: Final = (
    *_law(
        f"{_GAS} (at [a temperature of] {{T_1:word}} {_HOLDS} {{V_1:word}}|{_HOLDS}"
        f" {{V_1__2:word}} at"
        " [a temperature of] {T_1__2:word})",
        _AT_P,
        "(what volume (does|will|would) (it|the gas) (occupy|have|fill)|what is [the|its] [new]"
        " volume [of the gas]) (at|when heated to|when cooled to|when [(it|the gas)] is heated to"
        "|when [(it|the gas)] is cooled to) [a temperature of] {T_2:word}",
    ),
    f"{_GAS} {_HOLDS} {{V_1:word}} at {{T_1:word}}. it is (heated|cooled) to {{T_2:word}}"
    f" {_AT_P}."
    f" {ASK} (its|the) [new] volume [of the gas]",
)
_BOYLE: Final = (
    *_law(
        f"{_GAS} ({_HOLDS} {{V_1:word}} at [a] [pressure of] {{p_1:word}}|at [a] [pressure"
        f" of] {{p_1__2:word}}"
        f" {_HOLDS} {{V_1__2:word}})",
        _AT_T,
        "(what volume (does|will|would) (it|the gas) (occupy|have|fill)|what is [the|its] [new]"
        " volume [of the gas]) (at|when [(it|the gas)] [is] (compressed|expanded) to|when the"
        " pressure is (increased to|reduced to|)) [a pressure of] {p_2:word}",
    ),
    f"{_GAS} {_HOLDS} {{V_1:word}} at [a] [pressure of] {{p_1:word}}. {_AT_T}. the pressure is"
    f" (increased|raised|reduced|decreased|changed) to {{p_2:word}}. {ASK} (its|the) [new]"
    f" volume",
    f"{_GAS} {_HOLDS} {{V_1:word}} at [a] [pressure of] {{p_1:word}}. the pressure is"
    f" (increased|raised|reduced|decreased|changed) to {{p_2:word}} {_AT_T}. {ASK} (its|the)"
    f" [new]"
    " volume [of the gas]",
)
_BOYLE_PRESSURE: Final = (
    f"{_GAS} {_HOLDS} {{V_1:word}} at [a] [pressure of] {{p_1:word}}. (it|the gas) is"
    f" (compressed|expanded|squeezed) to [a volume of] {{V_2:word}} {_AT_T}. {ASK} (its|the)"
    f" [new]"
    " pressure [of the gas]",
    *_law(
        f"{_GAS} {_HOLDS} {{V_1:word}} at [a] [pressure of] {{p_1:word}}",
        _AT_T,
        "what (is|will be) [the|its] [new] pressure [of the gas] (when|if) [(it|the gas)] [is]"
        " (compressed|expanded) to [a volume of] {V_2:word}",
    ),
)
_PRESSURE_LAW: Final = (
    f"{_GAS} (has|is at|at) [a] [pressure of] {{p_1:word}} (at|and) [a] [temperature of]"
    f" {{T_1:word}}."
    f" (it|the gas) is (heated|cooled) to {{T_2:word}} {_AT_V}. {ASK} (its|the) [new] pressure"
    " [of the gas]",
    *_law(
        f"{_GAS} (has|is at) [a] [pressure of] {{p_1:word}} at [a] [temperature of] {{T_1:word}}",
        _AT_V,
        "what (is|will be) [the|its] [new] pressure [of the gas] (at|when [(it|the gas)] [is]"
        " (heated|cooled) to) [a temperature of] {T_2:word}",
    ),
)
_WARM: Final = (
    "(heat|raise the temperature of|warm) {m:word} of [liquid] (water|oil|copper|iron|aluminium"
    "|aluminum|steel|brass|glass|sand|concrete|gold|silver|tin|zinc)"
)
# Beyond, water freezes or boils, which takes energy that the formula does not know.
_COLDEST_K, _HOTTEST_K = Fraction("273.15"), Fraction("373.15")
_CAPACITY: Final = (
    "[(the|its|take the|use)] (specific heat capacity|specific heat|c) [of {stuff__2:word}]"
    " [(=|is|as|to be)] {c:word}"
)
_NEEDED: Final = "[(heat|thermal)] [energy] [(is|needed|required|is needed|is required)]"


def _heating(change: str) -> tuple[str, ...]:
    """The energy to warm something, the change of temperature given in one way."""
    return (
        f"how (much|many {{unit:word}} of) {_NEEDED} to {_WARM} {change}. {_CAPACITY}",
        f"{ASK} the {_NEEDED} to {_WARM} {change}. {_CAPACITY}",
        f"{_CAPACITY}. how (much|many {{unit:word}} of) {_NEEDED} to {_WARM} {change}",
        f"{_CAPACITY}. {ASK} the {_NEEDED} to {_WARM} {change}",
    )


_R: Final = "[(use|take|where|with|given)] [the] [gas constant] r [(=|is|as)] {R:word}"

_FORMULAS: Final = (
    Formula(
        "volume", ("V_2", "V"), "V_1*T_2/T_1",
        {"V_1": VOLUME, "T_1": TEMPERATURE, "T_2": TEMPERATURE}, "m^3", ("pressure",), _CHARLES,
    ),
    Formula(
        "volume", ("V_2", "V"), "p_1*V_1/p_2",
        {"V_1": VOLUME, "p_1": PRESSURE, "p_2": PRESSURE}, "m^3", ("temperature",), _BOYLE,
    ),
    Formula(
        "pressure", ("p_2", "P_2", "p", "P"), "p_1*V_1/V_2",
        {"V_1": VOLUME, "p_1": PRESSURE, "V_2": VOLUME}, "Pa", ("temperature",), _BOYLE_PRESSURE,
    ),
    Formula(
        "pressure", ("p_2", "P_2", "p", "P"), "p_1*T_2/T_1",
        {"p_1": PRESSURE, "T_1": TEMPERATURE, "T_2": TEMPERATURE}, "Pa", ("volume",),
        _PRESSURE_LAW,
    ),
    Formula(
        "energy", ("Q", "E"), "m*c*theta",
        {"m": MASS, "c": ENERGY / (MASS * TEMPERATURE), "theta": TEMPERATURE}, "J",
        ("specific", "c"), _heating("(by|through) {theta:word}"), differences=frozenset({"theta"}),
    ),
    Formula(
        "energy", ("Q", "E"), "m*c*(T_2 - T_1)",
        {"m": MASS, "c": ENERGY / (MASS * TEMPERATURE), "T_1": TEMPERATURE, "T_2": TEMPERATURE},
        "J", ("specific", "c"), _heating("from {T_1:word} to {T_2:word}"),
    ),
    Formula(
        "pressure", ("p", "P"), "n*R*T/V",
        {"n": AMOUNT, "R": ENERGY / (AMOUNT * TEMPERATURE), "T": TEMPERATURE, "V": VOLUME}, "Pa",
        ("pressure",),
        (
            f"{ASK} the pressure of {{n:word}} of [an] [ideal] {{stuff:word}} (at|in|that"
            f" occupies)"
            f" {{T:word}} (in|and|occupying) [a (container|volume) of] {{V:word}}. {_R}",
            f"{{n:word}} of [an] [ideal] {{stuff:word}} (occupies|fills|is in) [a"
            f" (container|volume)"
            f" of] {{V:word}} at {{T:word}}. {ASK} (the|its) pressure [of the gas]. {_R}",
        ),
    ),
    Formula(
        "percentage efficiency", ("n", "eta", "e"), "E_1/E_2", {"E_1": ENERGY, "E_2": ENERGY}, "",
        ("efficiency",),
        (
            f"(a|an|the) (machine|motor|engine|lamp|device|kettle|heater|bulb) (is supplied with"
            "|takes in|uses|receives|transfers) {E_2:word} [of energy] and"
            " (does|transfers|outputs"
            f"|gives out|produces) {{E_1:word}} of useful (work|energy) [output]. {ASK} (its|the)"
            " [percentage] efficiency [of the (machine|motor|engine|lamp|device)]",
        ),
    ),
    Formula(
        "concentration", ("c", "C"), "n/V", {"n": AMOUNT, "V": VOLUME}, "mol/dm^3",
        ("concentration",),
        (
            *orders("[(a|the)] solution (contains|has|containing|of|with) {n:word} [of"
                    " {stuff:word}]"
                    " in {V:word} [of (solution|water)]", "[molar] concentration"),
            f"{{n:word}} of {{stuff:word}} is dissolved in {{V:word}} of (solution|water)."
            f" {ASK} the"
            " [molar] concentration [of the solution]",
        ),
    ),
    Formula(
        "amount of substance", ("n",), "m/M", {"m": MASS, "M": MASS / AMOUNT}, "mol",
        ("molar",),
        (
            "how many {unit:word} (are|are there) in {m:word} of {stuff:word}. [(the|its)] molar"
            " mass [of {stuff__2:word}] [(of|is|=)] {M:word}",
            "how many {unit:word} (are|are there) in {m:word} of {stuff:word} (with|of) [a] molar"
            " mass [of] {M:word}",
        ),
    ),
)  # fmt: skip


def read_heat_and_gases(text: str) -> TopicTask | None:
    """A problem of heat or gases, or None.

    Raises:
        Unreadable: a quantity in it cannot be read.
    """
    task = read_formula(text, _FORMULAS)
    if isinstance(task, FormulaCard) and task.formula.name == "energy" and not _is_liquid(task):
        return None
    return task


def _is_liquid(card: FormulaCard) -> bool:
    """Whether nothing melts or boils between the temperatures, which must rise."""
    ends = [build(card.values[name].node).expr for name in ("T_1", "T_2") if name in card.values]
    return not ends or bool(_COLDEST_K <= ends[0] < ends[1] <= _HOTTEST_K)
