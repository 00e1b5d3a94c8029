"""Conversions and physics formulas: right answers in many spellings, no false tick."""

import pytest

from tutor_app.core.verdict import CALCULATION_ONLY, Status
from tutor_app.verify.inprocess import check_answer, read_problem

_KINETIC = "Find the kinetic energy of a 6 kg trolley moving at 4 m/s."
_LAMP = r"A $40\,\mathrm{W}$ lamp runs for 10 hours. How much energy does it use in kWh?"
_FALL = (
    r"A stone is dropped from a height of $80\,\mathrm{m}$. Taking $g=10\,\mathrm{m/s^2}$,"
    " how long does it take to reach the ground?"
)
_DENSITY = (
    r"A block has mass $300\,\mathrm{g}$ and volume $120\,\mathrm{cm^3}$. Find its density in"
    r" $\mathrm{kg/m^3}$."
)
_GAS = (
    r"A gas at $250\,\mathrm{K}$ occupies $4\,\mathrm{L}$. At constant pressure, what volume does"
    r" it occupy at $500\,\mathrm{K}$?"
)


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        (r"Convert $54\,\mathrm{km/h}$ to $\mathrm{m/s}$.", "15 m/s", "194.4 m/s"),
        ("Convert 3.2 km to metres", "3200 m", "320 m"),
        ("Express 2.5 hours in minutes.", "150 min", "250 min"),
        ("How many metres are in 4.2 km?", "4200", "420"),
        ("How many seconds are there in 3 hours?", "10800 s", "180"),
        ("What is 35 kg in grams?", "35000 g", "3500 g"),
        ("Write 0.45 m^2 in cm^2.", "4500 cm^2", "45 cm^2"),
        ("Convert 30 °C to kelvin", "303.15 K", "243 K"),
        ("Change 3 kWh into MJ.", "10.8 MJ", "108 MJ"),
        ("Convert 5 miles to kilometres, to 2 decimal places.", "8.05 km", "8.06 km"),
        (_KINETIC, "48 J", "96 J"),
        (_KINETIC, "0.048 kJ", "12 J"),
        (_KINETIC, r"E = \frac{1}{2}\cdot6\,\text{kg}\cdot(4\,\text{m/s})^2 = 48\,\text{J}",
         "48 W"),
        ("A car of mass 900 kg travels at 20 m/s. Calculate its kinetic energy.", "180 kJ",
         "360 kJ"),
        ("A ball of mass 0.4 kg is moving with a velocity of 5 m/s. What is the momentum of the"
         " ball?", "2 kg m/s", "20 kg m/s"),
        (_LAMP, "0.4 kWh", "400 kWh"),
        (_FALL, "4 s", "16 s"),
        (_DENSITY, r"2500\,\mathrm{kg/m^3}", "2.5 kg/m^3"),
        (_GAS, "8 L", "2 L"),
        ("What is the weight of a 7 kg box? Take g = 10 N/kg.", "70 N", "7 N"),
        ("A current of 3 A flows through a 5 Ω resistor. What is the voltage across it?", "15 V",
         "1.7 V"),
        ("A resistor of resistance 20 ohms is connected to a 12 V battery. Calculate the current"
         " through the resistor.", "0.6 A", "240 A"),
        ("A force of 90 N acts on an area of 3 m^2. Find the pressure.", "30 Pa", "270 Pa"),
        ("A force of 25 N pushes a box 4 m. How much work is done?", "100 J", "6.25 J"),
        ("A force of 12 N acts on a mass of 3 kg. Calculate the acceleration.", "4 m/s^2",
         "36 m/s^2"),
        ("A wave has a frequency of 40 Hz and a wavelength of 5 m. Calculate the wave speed.",
         "200 m/s", "8 m/s"),
        ("A book of mass 3 kg is lifted 2 m above the ground. Find its gravitational potential"
         " energy. Use g = 10 m/s^2.", "60 J", "6 J"),
        ("A gas occupies 6 L at 100 kPa. At constant temperature, what volume does it occupy at"
         " 300 kPa?", "2 L", "18 L"),
        ("A force of 30 N acts at a perpendicular distance of 0.4 m from the pivot. Find the"
         " moment.", "12 N m", "75 N m"),
        ("A force of 18 N stretches a spring by 0.03 m. Calculate the spring constant.",
         "600 N/m", "0.54 N/m"),
        ("How much energy is needed to raise the temperature of 3 kg of water by 10 °C?"
         " (specific heat capacity of water = 4200 J/(kg °C))", "126 kJ", "12600 J"),
        ("How much heat energy is required to heat 500 g of water from 20 °C to 60 °C? The specific"
         " heat capacity of water is 4200 J/kg°C.", "84000 J", "84 MJ"),
        ("How many moles are in 54 g of water? The molar mass of water is 18 g/mol.", "3", "972"),
        ("2 mol of gas occupies 0.05 m^3 at 300 K. Find the pressure. Use R = 8.31 J/(mol K)",
         "99720 Pa", "9972 Pa"),
        ("A motor is supplied with 400 J of energy and does 300 J of useful work. Find its"
         " efficiency.", "75%", "133%"),
    ],
)  # fmt: skip
def test_a_right_answer_is_verified_and_a_wrong_one_refuted(
    problem: str, right: str, wrong: str
) -> None:
    verdict = check_answer(problem, right)
    assert verdict.status is Status.VERIFIED, verdict
    assert verdict.scope == CALCULATION_ONLY
    assert check_answer(problem, wrong).status is Status.REFUTED


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (_KINETIC, "48"), (_KINETIC, "48 N m"), (_KINETIC, "0.5 * 6 kg * (4 m/s)^2"),
        (_LAMP, "0.4"), (_LAMP, "1.44 MJ"), (_DENSITY, "2.5 g/cm^3"), (_FALL, "4"),
        ("Convert 54 km/h to m/s", "15"), ("Convert 54 km/h to m/s", "54 km/h"),
        ("Convert 30 °C to K", "303 K"), ("Convert 100 km/h to m/s", "27.8 m/s"),
        ("What is the weight of a 7 kg box?", "70 N"),
        ("What is the weight of a 7 kg box?", "68.6 N"),
        ("A force of 30 N acts at a perpendicular distance of 0.4 m from the pivot. Find the"
         " moment.", "12 J"),
    ],
)  # fmt: skip
def test_a_right_value_without_its_unit_or_form_is_unknown(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is Status.UNKNOWN


@pytest.mark.parametrize(
    "problem",
    [
        "Find the kinetic energy of a stationary 6 kg trolley moving at 4 m/s.",
        "Find the kinetic energy of a 6 kg trolley moving at 4 m/s up a hill for 3 s.",
        "Find the kinetic energy of a 6 kg trolley moving at 4 m.",
        "Find the potential energy of a 6 kg trolley moving at 4 m/s.",
        "A gas at 250 K occupies 4 L. What volume does it occupy at 500 K?",
        "Convert 54 km/h to kg.",
        "Convert 5 km and 3 m to cm.",
        "Convert 1 gallon to litres.",
        "How much energy is needed to heat 2 kg of water from 20 °C to 130 °C? The specific heat"
        " capacity of water is 4200 J/kg°C.",
        "How much heat energy is required to heat 2 kg of ice from 20 °C to 60 °C? The specific"
        " heat capacity of ice is 2100 J/kg°C.",
        "A 40 W lamp runs for 10 hours at half power. How much energy does it use in kWh?",
    ],
)
def test_a_problem_with_a_word_or_unit_that_does_not_fit_is_not_recognised(problem: str) -> None:
    assert read_problem(problem).kind == ""


@pytest.mark.parametrize(
    ("problem", "answer", "status", "form"),
    [
        ("Simplify the ratio 12:18.", "2:3", Status.VERIFIED, Status.VERIFIED),
        ("Write the ratio 50 cm : 2 m in its simplest form.", "1:4", Status.VERIFIED,
         Status.VERIFIED),
        ("Simplify the ratio 12:18", "4:6", Status.VERIFIED, Status.REFUTED),
        ("Simplify the ratio 12:18", "1:1.5", Status.VERIFIED, Status.REFUTED),
        ("Simplify the ratio 12:18", "3:2", Status.REFUTED, None),
        ("Simplify the ratio 6:9:12", "2:3:4", Status.VERIFIED, Status.VERIFIED),
        ("Simplify the ratio 6:9:12", "2:3", Status.REFUTED, None),
        ("Simplify the ratio 12:18", "2/3", Status.UNKNOWN, None),
    ],
)  # fmt: skip
def test_a_simplified_ratio_has_the_proportion_and_the_form(
    problem: str, answer: str, status: Status, form: Status | None
) -> None:
    verdict = check_answer(problem, answer)
    assert (verdict.status, verdict.form_status) == (status, form)


def test_a_temperature_in_another_scale_is_not_the_one_asked_for() -> None:
    assert check_answer("Convert 30 °C to kelvin", "30 °C").status is Status.UNKNOWN
