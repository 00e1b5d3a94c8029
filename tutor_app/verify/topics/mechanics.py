"""Formula cards of mechanics: energy, force, momentum, pressure, density, springs, levers."""

from typing import Final

from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.formula_card import (
    ASK,
    MASSY,
    OWNER,
    THING,
    Formula,
    orders,
    read_formula,
)
from tutor_app.verify.units import (
    ACCELERATION,
    AREA,
    ENERGY,
    FORCE,
    FREQUENCY,
    LENGTH,
    MASS,
    POWER,
    PRESSURE,
    SPEED,
    TIME,
    VOLUME,
)

_MOVING: Final = (
    "[(that|which|and)] [is] (moving|travelling|traveling|running|going|flying|rolling|driving"
    "|sliding|moves|travels|runs|rolls|flies|slides) (at|with) [(a|the)]"
    " [(constant|steady|uniform)]"
    " [(speed|velocity) of] {v:word}"
)
_WITH_SPEED: Final = "[and] (with|having|at|has) [a] [constant] (speed|velocity) [of] {v__2:word}"
_IN_MOTION: Final = (
    f"({MASSY} ({_MOVING}|{_WITH_SPEED})|[a] mass [of|is] {{m__6:word}} and [(a|its)]"
    f" (speed|velocity)"
    " [(of|is)] {v__3:word})"
)
_AT_HEIGHT: Final = (
    f"{MASSY} [(that|which|and)] [is]"
    f" (at|raised|lifted|held|sits|located|placed|resting|kept|rests)"
    " [(to|through|at|up|by)] [(a|the)] [(vertical)] [(height|distance) of] {h:word} [high]"
    " [above (the|) (ground|floor|earth|surface)]"
)
_FALL: Final = (
    f"{THING} (is dropped|falls|is released|drops) [freely] [from rest] from [a]"
    f" [(height|cliff|tower"
    "|building)] [(of|of height)] {h:word} [above the ground] [high] [from rest]"
)
_PUSHED: Final = (
    "(a|the) [constant] [(net|resultant|horizontal)] force of {F:word}"
    f" (acts on|is applied to|pushes|accelerates) {MASSY}"
)
_ACCELERATED: Final = (
    f"{MASSY} (accelerates at|accelerating at|is accelerated at|has an acceleration of|with [an]"
    " acceleration [of]) [a rate of] {a:word}"
)
_WORK: Final = (
    f"(a|the) [constant] [horizontal] force of {{F:word}} (moves|pushes|pulls|drags|lifts)"
    f" {THING}"
    " [(through|over|for|by)] [a distance of] {d:word} [in the direction of the force]"
)
_DONE: Final = (
    f"({THING}|a (machine|motor|engine|crane|pump|lift)) (does|do) {{W:word}} of work in {{t:word}}"
)
_ON_AREA: Final = (
    "(a|the) force of {F:word} (acts|is applied|pushes|is exerted|presses)"
    " [(evenly|perpendicularly)]"
    " (on|over|to|onto) an area of {A:word}"
)
_BODY: Final = (
    "[(a|an|the)]"
    " [(block|piece|object|cube|sample|liquid|metal|stone|solid|lump|material|rock|bar)]"
    " [of [(metal|wood|stone|ice|gold|iron|steel|aluminium|aluminum|copper|plastic|lead|silver)]]"
)
_MASS_VOLUME: Final = (
    f"{_BODY} (has|with|having|of) [(a|of)] mass [(of|is)] {{m:word}} and [(a|its)] volume"
    f" [(of|is)]"
    " {V:word}"
)
_SPRING: Final = (
    "[(a|the)] spring [is] (stretched|extended|compressed|extends|stretches) [by] {x:word}"
)
_LEVER: Final = (
    "(a|the) force of {F:word} (acts|is applied|is exerted) [(at right angles|perpendicularly)]"
    " [at] [a] [perpendicular] [distance of] {d:word} from (the|a) (pivot|hinge|fulcrum|axis)"
)

_ENERGY_FORMULAS: Final = (
    Formula(
        "kinetic energy", ("E_k", "E", "KE", "K", "E_c"), "m*v^2/2", {"m": MASS, "v": SPEED}, "J",
        ("kinetic",), orders(_IN_MOTION, "kinetic energy"),
    ),
    Formula(
        "speed", ("v",), "sqrt(2*E/m)", {"m": MASS, "E": ENERGY}, "m/s", ("kinetic",),
        orders(f"{MASSY} [(has|with|having)] [a] kinetic energy [of] {{E:word}}",
               "(speed|velocity)"),
    ),
    Formula(
        "potential energy", ("E_p", "E", "PE", "U", "W"), "m*g*h", {"m": MASS, "h": LENGTH}, "J",
        ("potential",), orders(_AT_HEIGHT, "[(gain in|increase in)] [gravitational] potential"
                                           " energy"),
        needs_gravity=True,
    ),
    Formula(
        "work", ("W", "E"), "F*d", {"F": FORCE, "d": LENGTH}, "J", ("work",),
        (
            *orders(_WORK, "work done", "(if|when|by)"),
            f"how much work is done (if|when|by) {_WORK}", f"{_WORK}. how much work is done",
            f"{_WORK}. how much work does (it|the force) do",
        ),
    ),
    Formula(
        "power", ("P",), "W/t", {"W": ENERGY, "t": TIME}, "W", ("power",),
        orders(_DONE, "[average] power", "(if|when|of)"),
    ),
)  # fmt: skip

_FORCE_FORMULAS: Final = (
    Formula(
        "force", ("F",), "m*a", {"m": MASS, "a": ACCELERATION}, "N", ("force",),
        (
            *orders(_ACCELERATED, "[(net|resultant)] force"),
            f"{ASK} the [(net|resultant)] force (needed|required|acting) (to|on) [accelerate]"
            f" {MASSY} (at|accelerating at|to accelerate at|with an acceleration of) {{a:word}}",
            f"what [(net|resultant)] force is (needed|required) to (accelerate|give) {MASSY}"
            " (at|an acceleration of) [a rate of] {a:word}",
        ),
    ),
    Formula(
        "acceleration", ("a",), "F/m", {"m": MASS, "F": FORCE}, "m/s^2", ("acceleration",),
        orders(_PUSHED, "acceleration", "(if|when|produced when)"),
    ),
    Formula(
        "mass", ("m",), "F/a", {"F": FORCE, "a": ACCELERATION}, "kg", ("mass",),
        orders(
            f"(a|the) [(net|resultant)] force of {{F:word}} (gives|accelerates) {THING}"
            " (an acceleration of|at) {a:word}", "mass", "(if|when)",
        ),
    ),
    Formula(
        "weight", ("W", "F", "F_g", "w", "G"), "m*g", {"m": MASS}, "N", ("weight",),
        (
            f"{ASK} the weight of {MASSY} [on (earth|the earth)]",
            f"{MASSY}. {ASK} (its|his|her|the) weight {OWNER} [on (earth|the earth)]",
            f"how much does {MASSY} weigh [on (earth|the earth)] in {{unit:word}}",
        ),
        needs_gravity=True,
    ),
    Formula(
        "momentum", ("p",), "m*v", {"m": MASS, "v": SPEED}, "kg m/s", ("momentum",),
        orders(_IN_MOTION, "momentum"),
    ),
    Formula(
        "time of fall", ("t",), "sqrt(2*h/g)", {"h": LENGTH}, "s", ("dropped", "falls", "released",
        "drops"),
        (
            f"{_FALL}. how (long|many {{unit:word}}) (does|will|would) it take [(it|{THING})] to"
            " (reach|hit|fall to|land on) the (ground|floor)",
            f"{_FALL}. how long (does it take to|will it take to|until it) (fall|hits the ground"
            "|land|hit the ground)",
            f"{_FALL}. {ASK} the time [(taken|it takes)] [for (it|{THING})] to"
            " (reach|hit) the (ground|floor)",
            f"how long does it take {THING} (dropped|released|falling) [from rest] from [a]"
            " [height of] {h:word} to (reach|hit) the (ground|floor)",
        ),
        needs_gravity=True,
    ),
    Formula(
        "speed of impact", ("v",), "sqrt(2*g*h)", {"h": LENGTH}, "m/s", ("dropped", "falls",
        "released", "drops"),
        (
            f"{_FALL}. {ASK} (its|the) [(final|impact)] (speed|velocity) {OWNER}"
            " (when|as|just before) it (hits|reaches|hitting|reaching|strikes) the"
            " (ground|floor)",
            f"{_FALL}. (with what|at what) speed does it (hit|reach|strike) the (ground|floor)",
            f"{_FALL}. how fast is it (moving|going|travelling) (when|as|just before) it"
            " (hits|reaches|strikes) the (ground|floor)",
        ),
        needs_gravity=True,
    ),
    Formula(
        "pressure", ("p", "P"), "F/A", {"F": FORCE, "A": AREA}, "Pa", ("pressure",),
        orders(_ON_AREA, "pressure [(exerted|produced)]", "(if|when|of|exerted by)"),
    ),
    Formula(
        "force", ("F",), "p*A", {"p": PRESSURE, "A": AREA}, "N", ("pressure",),
        orders("(a|the) pressure of {p:word} (acts|is exerted) (on|over) an area of {A:word}",
               "force", "(if|when|of)"),
    ),
    Formula(
        "moment", ("M",), "F*d", {"F": FORCE, "d": LENGTH}, "N m", ("moment", "torque"),
        orders(_LEVER, "(moment|torque|turning effect)", "(if|when|of)"),
    ),
)  # fmt: skip

_MATTER_FORMULAS: Final = (
    Formula(
        "density", ("rho", "d", "D", "p"), "m/V", {"m": MASS, "V": VOLUME}, "kg/m^3", ("density",),
        orders(_MASS_VOLUME, "density"),
    ),
    Formula(
        "mass", ("m",), "rho*V", {"rho": MASS / VOLUME, "V": VOLUME}, "kg", ("density",),
        orders(f"{_BODY} (has|with|having|of) [a] density [of] {{rho:word}} and [a] volume [of]"
               " {V:word}", "mass"),
    ),
    Formula(
        "volume", ("V",), "m/rho", {"m": MASS, "rho": MASS / VOLUME}, "m^3", ("density",),
        (
            *orders(f"{_BODY} (has|with|having|of) [a] density [of] {{rho:word}} and [a] mass [of]"
                    " {m:word}", "volume"),
            *orders(f"{_BODY} (has|with|having|of) [a] mass [of] {{m:word}} and [a] density [of]"
                    " {rho:word}", "volume"),
        ),
    ),
    Formula(
        "spring force", ("F",), "k*x", {"k": FORCE / LENGTH, "x": LENGTH}, "N", ("spring",),
        (
            f"{ASK} the force (needed|required) to (stretch|extend|compress) a spring (of|with)"
            " [a] [spring] (constant|stiffness) [of] {k:word} by {x:word}",
            f"a spring (has|with|of) [a] [spring] (constant|stiffness) [of] {{k:word}} [and] [it]"
            f" [is] (stretched|extended|compressed) by {{x:word}}. {ASK} the [(spring|restoring)]"
            " force",
        ),
    ),
    Formula(
        "spring constant", ("k",), "F/x", {"F": FORCE, "x": LENGTH}, "N/m", ("spring",),
        (
            f"(a|the) force of {{F:word}} (stretches|extends|compresses) a spring by {{x:word}}."
            f" {ASK} (the|its) [spring] (constant|stiffness) {OWNER} [of the spring]",
            f"{_SPRING} by a force of {{F:word}}. {ASK} (the|its) [spring] (constant|stiffness)"
            " [of the spring]",
        ),
    ),
    Formula(
        "extension", ("x", "e"), "F/k", {"F": FORCE, "k": FORCE / LENGTH}, "m", ("spring",),
        (
            f"a spring (has|with|of) [a] [spring] (constant|stiffness) [of] {{k:word}}. {ASK}"
            f" (its|the)"
            " extension (when|if) a force of {F:word} (acts on it|is applied [to"
            " it]|stretches it)",
        ),
    ),
    Formula(
        "wave speed", ("v", "c"), "f*lambda", {"f": FREQUENCY, "lambda": LENGTH}, "m/s", ("wave",),
        orders("(a|the) [(sound|water|radio|light)] wave (has|with|of) [a] frequency [of] {f:word}"
               " and [a] wavelength [of] {lambda:word}", "[wave] (speed|velocity)"),
    ),
    Formula(
        "wavelength", ("lambda", "l"), "v/f", {"v": SPEED, "f": FREQUENCY}, "m",
        ("wavelength",),
        (
            *orders("(a|the) [(sound|water|radio|light)] wave (has|with|of) [a] frequency [of]"
                    " {f:word} and [a] speed [of] {v:word}", "wavelength"),
            *orders("(a|the) [(sound|water|radio|light)] wave [of|with] [a] [frequency] {f:word}"
                    " (travels at|travelling at|moves at) [a speed of] {v:word}", "wavelength"),
        ),
    ),
    Formula(
        "frequency", ("f",), "v/lambda", {"v": SPEED, "lambda": LENGTH}, "Hz", ("frequency",),
        orders("(a|the) [(sound|water|radio|light)] wave (has|with|of) [a] (speed|velocity) [of]"
               " {v:word} and [a] wavelength [of] {lambda:word}", "frequency"),
    ),
    Formula(
        "energy", ("E", "W", "Q"), "P*t", {"P": POWER, "t": TIME}, "J", ("energy",),
        (
            "[(a|an|the)] {P:word} {device:word} (runs|is used|is on|is switched"
            " on|operates|is left"
            " on|works|burns|is turned on) for {t:word}. how (much|many {unit:word} of)"
            " [electrical]"
            " energy (does|did) it (use|consume|transfer|convert|need)",
        ),
    ),
)  # fmt: skip


def read_mechanics(text: str) -> TopicTask | None:
    """A problem of mechanics, or None.

    Raises:
        Unreadable: a quantity in it cannot be read.
    """
    return read_formula(text, (*_ENERGY_FORMULAS, *_FORCE_FORMULAS, *_MATTER_FORMULAS))
