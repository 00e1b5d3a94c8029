"""Quantities are compared by dimension and exact factor; a letter is not taken for a unit."""

import time

import pytest

from tutor_app.core.verdict import Method, Status
from tutor_app.verify.compound_unit import read_unit
from tutor_app.verify.inprocess import check_line, check_steps, compare_answers
from tutor_app.verify.quantity import read_quantities


@pytest.mark.parametrize(
    ("gold", "answer"),
    [
        ("7 km", "7000 m"), ("3.2 kg", "3200 g"), ("1.5 h", "90 min"), ("36 km/h", "10 m/s"),
        ("3 kWh", "10.8 MJ"), (r"4.5\,\mathrm{m/s^2}", r"4.5\,\text{m}\,\text{s}^{-2}"),
        (r"12\,\mathrm{cm}^2", "12 cm^2"), (r"12\text{ cm}^2", "12 square centimetres"),
        ("3 x 10^8 m/s", "300000 km/s"), (r"6.5\times10^{3}\ \text{J}", "6.5 kJ"),
        (r"\$7.50", "750 cents"), ("$12", "12 dollars"), ("£3.20", "320p"), ("€4", "400 cents"),
        ("10 Ω", "10 ohms"), (r"2\,\mathrm{k}\Omega", "2000 Ω"), ("5 µm", r"5\,\mu\mathrm{m}"),
        ("20 °C", "293.15 K"), ("20 °C", "68 °F"), (r"20^\circ\mathrm{C}", "20 degrees Celsius"),
        ("180 degrees", "180°"), ("2 h 30 min", "150 minutes"), ("5 ft 6 in", "66 inches"),
        ("1 mile", "1.609344 km"), ("1/2 kg", "500 g"), (r"\frac{1}{4} h", "15 min"),
        ("v = 20 m/s", "72 km/h"), (r"\boxed{20\,\text{m/s}}", "72 km/h"), ("4 N", "4 kg m/s^2"),
        ("6 V", "6 J/C"), (r"20\,\frac{\text{m}}{\text{s}}", "20 m/s"), ("5m", "500 cm"),
        ("2 kg/L", "2 g/cm^3"), ("9 m s^-1", "9 metres per second"), ("4 quarts", "1 gallon"),
        ("1 h", "3600 s"), ("4:6", "2:3"), ("1:2:3", "3:6:9"), ("50 cm : 2 m", "1:4"),
        ("7 l", "7000 ml"), ("2 days", "48 hours"), ("3 bar", "300 kPa"), ("5 Nm", "5 N·m"),
    ],
)  # fmt: skip
def test_the_same_quantity_in_another_unit_is_verified(gold: str, answer: str) -> None:
    assert compare_answers(gold, answer, "").status is Status.VERIFIED
    assert compare_answers(answer, gold, "").status is Status.VERIFIED


@pytest.mark.parametrize(
    ("gold", "answer"),
    [
        ("7 km", "7 m"), ("7 km", "700 m"), ("3 kg", "3 g"), ("36 km/h", "36 m/s"),
        ("2 kWh", "2 MJ"), ("5 N", "5 J"), ("12 m^2", "12 m"), ("12 m^2", "12 m^3"),
        ("9.8 m/s^2", "9.8 m/s"), ("$5", "$50"), ("$5", "5 cents"), ("£5", "€5"), ("3 mW", "3 MW"),
        ("20 °C", "20 K km"), ("20 °C", "21 °C"), ("1 h", "100 min"), ("2:3", "3:2"),
        ("1:2:3", "1:3:2"), ("1:2", "1:2:3"), ("5 km", "5 kg"), ("4 V", "4 W"),
    ],
)  # fmt: skip
def test_another_quantity_is_refuted(gold: str, answer: str) -> None:
    assert compare_answers(gold, answer, "").status is Status.REFUTED
    assert compare_answers(answer, gold, "").status is Status.REFUTED


@pytest.mark.parametrize(
    ("gold", "answer"),
    [
        ("7 km", "7"), ("7 km", "7000"), ("20 °C", "20"), ("$5", "5"), ("60 °C", "60 K"),
        ("25 °C", "298 K"), ("100 km/3 h", "33.3 km/h"), ("10 Hz", "10 rad/s"),
        ("1 gallon", "3.785411784 L"), ("10 N m", "10 J"), ("1 h", "60 m"), ("2:30", "1:15"),
        ("2:3", "2/3"), ("30 °C", "30 degrees"), ("4 apples", "4 m"), ("5 km", "about 5 km"),
        ("5 km", "5 km or 6 km"), ("12 km/h kg", "12"), ("5 kg", "5 kg m / s kg"),
    ],
)  # fmt: skip
def test_what_is_missing_rounded_or_ambiguous_is_unknown(gold: str, answer: str) -> None:
    assert compare_answers(gold, answer, "").status is Status.UNKNOWN


@pytest.mark.parametrize(("gold", "answer"), [("5s", "5"), ("2t", "2"), ("5 m", "5"), ("3J", "3")])
def test_a_letter_or_unit_is_never_dropped(gold: str, answer: str) -> None:
    assert compare_answers(gold, answer, "").status is not Status.VERIFIED


def test_a_missing_unit_is_said() -> None:
    verdict = compare_answers("7 km", "7", "")
    assert verdict.evidence[0].text == "the value is right, the unit is missing"


def test_a_wrong_dimension_is_refuted_by_its_dimension() -> None:
    verdict = compare_answers("9.8 m/s^2", "9.8 m/s", "")
    assert verdict.method is Method.DIMENSION


@pytest.mark.parametrize(
    "text", ["2 m v^2", "(1/2) m v^2", "2x", "x = 5", "3 m(x+1)", "90°", "60%", "m + 2"]
)
def test_letters_of_a_formula_are_no_units(text: str) -> None:
    assert read_quantities(text) is None


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("km/h", "km/h"), ("m s^{-2}", "m/s^2"), ("metres per second squared", "m/s^2"),
        ("J/(kg K)", "J/(kg K)"), ("J/kg K", "J/(kg K)"), ("kgm/s", "kg m/s"), ("m/s/s", "m/s^2"),
        ("cubic centimetres", "cm^3"), ("kilowatt hours", "kWh"), ("Nm", "N m"),
    ],
)  # fmt: skip
def test_a_unit_is_read_in_all_its_spellings(text: str, symbol: str) -> None:
    unit = read_unit(text)
    assert unit is not None
    assert unit.symbol == symbol


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (r"\(54\,\text{km/h}=15\,\text{m/s}\)", Status.VERIFIED),
        ("54 km/h = 15 m/s", Status.VERIFIED),
        ("So 54 km/h = 15 m/s.", Status.VERIFIED),
        (r"\(2\,\text{kg}\cdot3\,\text{m/s}^2=6\,\text{N}\)", Status.VERIFIED),
        (r"\(\frac{100\,\text{m}}{3\,\text{s}}\approx33.3\,\text{m/s}\)", Status.VERIFIED),
        ("4 N * 2 m = 8 J", Status.VERIFIED),
        ("54 km/h = 25 m/s", Status.REFUTED),
        (r"\(9.8\,\mathrm{m/s^2}=9.8\,\mathrm{m/s}\)", Status.REFUTED),
        (r"\(5\,\text{m}+3\,\text{s}=8\,\text{m}\)", Status.REFUTED),
        (r"\(2m+3m=6m\)", Status.UNKNOWN),
        ("2 m + 3 m = 6 m", Status.UNKNOWN),
        (r"\(v=100\,\text{km}/2\,\text{h}=50\,\text{km/h}\)", Status.UNKNOWN),
        (r"\(100\,\text{m}/3\,\text{s}=33.3\,\text{m/s}\)", Status.UNKNOWN),
        (r"It is not true that \(54\,\text{km/h}=15\,\text{m/s}\).", Status.UNKNOWN),
    ],
)
def test_a_claim_with_units_is_decided(line: str, status: Status) -> None:
    verdict = check_line("", (), line, 0)
    assert verdict is not None
    assert verdict.status is status


def test_a_named_quantity_is_checked_against_the_problem() -> None:
    problem = "Find the kinetic energy of a 6 kg object moving at 2 m/s."
    right = check_line(problem, (), r"\(E=0.5\cdot6\,\text{kg}\cdot(2\,\text{m/s})^2\)", 0)
    wrong = check_line(problem, (), r"\(E=6\,\text{kg}\cdot(2\,\text{m/s})^2\)", 0)
    assert right is not None
    assert right.status is Status.VERIFIED
    assert wrong is not None
    assert wrong.status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("lines", "first_wrong"),
    [
        (("54 km/h", "= 54 * 1000 m / 3600 s", "= 15 m/s"), None),
        (("54 km/h", "= 54 * 3.6 m/s", "= 194.4 m/s"), 1),
        (("54 km/h", "= 54 / 3.6 m/s", "= 15 m/s"), None),
        (("54 km/h", "= 54 / 3.6 m/s", "= 16 m/s"), 2),
        (("E = (1/2) m v^2", "= 0.5 * 6 kg * (2 m/s)^2", "= 12 J"), None),
        (("E = (1/2) m v^2", "= 0.5 * 6 kg * (2 m/s)^2", "= 24 J"), 2),
        (("E = (1/2) m v^2", "= 0.5 * 6 * 2^2", "= 12 J"), None),
        (("v = d/t", "= 240 km / 3 h", "= 80 km/h"), None),
        (("v = d/t", "= 240 km / 3 h", "= 720 km/h"), 2),
        (("m = 4 kg", "a = 3 m/s^2", "F = m a", "F = 12 N"), None),
        (("m = 4 kg", "a = 3 m/s^2", "F = m a", "F = 7 N"), 3),
        (("m = 4 kg", "a = 3 m/s^2", "F = m a = 12 N"), None),
        (("v = u + a t", "= 5 m/s + 2 m/s^2 * 3 s", "= 11 m/s"), None),
        (("p = F/A", "= 60 N / 2 m^2", "= 30 Pa"), None),
        (("p = F/A", "= 60 N / 2 m^2", "= 30 N"), 2),
        (("3 h", "= 180 min", "= 10800 s"), None),
        (("100 m / 3 s", "= 33.3 m/s"), None),
    ],
)
def test_the_first_wrong_line_with_units_is_found(
    lines: tuple[str, ...], first_wrong: int | None
) -> None:
    assert check_steps("", lines).first_wrong == first_wrong


def test_a_line_after_a_slip_is_credited_with_units_too() -> None:
    chain = check_steps("", ("54 km/h", "= 54 * 3.6 m/s", "= 194.4 m/s"))
    assert [step.status for step in chain.steps[1:]] == [Status.REFUTED, Status.VERIFIED]


def test_a_rounded_line_is_unknown_and_leaves_the_chain_incomplete() -> None:
    chain = check_steps("", ("100 m / 3 s", "= 33.3 m/s"))
    assert chain.steps[1].status is Status.UNKNOWN
    assert not chain.complete


@pytest.mark.parametrize(
    "text",
    [
        "5 m^999999999", "5 " + "m " * 200, "5 km" + " + 1 m" * 500,
        "5 km" + "+1" * 1500, "9^9^9^9 km", "1e999999999 km", "$" * 3000,
        "5 " + "km/" * 1000, "(" * 200 + "5 km" + ")" * 200, "5 km " * 700, "1:" * 1900,
        "5 " + r"\text{" * 500, "7 " + "kg " * 20 + "= 7 kg",
    ],
)  # fmt: skip
def test_hostile_sizes_are_not_verified_and_quick(text: str) -> None:
    start = time.perf_counter()
    assert compare_answers("5 km", text, "").status is not Status.VERIFIED
    check_steps("", (text, "= 5 km"))
    check_line("", (), text, 0)
    assert time.perf_counter() - start < 30


@pytest.mark.parametrize(
    ("problem", "line", "status"),
    [
        ("Solve 3 h + 5 = 20", r"\(3 h = 15\)", Status.VERIFIED),
        ("Solve 3 m + 5 = 20", r"\(m = 5\)", Status.VERIFIED),
        ("Solve 2 t = 8", "2 t = 8", Status.VERIFIED),
        ("Solve 2 s - 1 = 8", "2 s = 7", Status.REFUTED),
    ],
)
def test_the_unknown_of_an_equation_is_no_unit(problem: str, line: str, status: Status) -> None:
    verdict = check_line(problem, (), line, 0)
    assert verdict is not None
    assert verdict.status is status


def test_a_list_of_quantities_is_not_passed_over() -> None:
    line = r"\(54\,\text{km/h}=15\,\text{m/s}\) and \(3\,\text{km}=30\,\text{m}\)"
    verdict = check_line("", (), line, 0)
    assert verdict is not None
    assert verdict.status is not Status.VERIFIED


@pytest.mark.parametrize(
    ("lines", "first_wrong"),
    [
        (("3 h + 5 = 20", "3 h = 15", "h = 5"), None),
        (("3 m + 5 = 20", "3 m = 15", "m = 4"), 2),
        (("2 m + 3 m", "= 5 m"), None),
        (("2 m + 3 m", "= 6 m"), 1),
        (("(m + 2)(m - 2)", "= m^2 - 4"), None),
    ],
)
def test_letters_of_an_equation_are_followed_as_before(
    lines: tuple[str, ...], first_wrong: int | None
) -> None:
    chain = check_steps("", lines)
    assert chain.first_wrong == first_wrong
    assert chain.complete
