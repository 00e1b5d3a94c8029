"""Angles, lengths, areas and volumes keep pi exact and need the right unit."""

import pytest

from tutor_app.core.verdict import CALCULATION_ONLY, Status
from tutor_app.verify.inprocess import check_answer

_CIRCLE = "Find the area of a circle with radius 6 cm."


@pytest.mark.parametrize(
    "answer",
    [
        r"36\pi\text{ cm}^2", "36π cm²", "36 pi cm^2", r"36\pi\,\mathrm{cm^2}",
        "36π square centimetres", "The area is 36π cm².", r"\boxed{36\pi \text{ cm}^2}",
        "A = 36π cm^2", "36π sq cm",
    ],
)  # fmt: skip
def test_an_area_may_be_written_in_many_ways(answer: str) -> None:
    verdict = check_answer(_CIRCLE, answer)
    assert verdict.status is Status.VERIFIED
    assert verdict.scope == CALCULATION_ONLY


@pytest.mark.parametrize("answer", ["12π cm²", "36 cm²", "-36π cm²", "6π cm^2", "72π cm²"])
def test_a_wrong_area_is_refuted(answer: str) -> None:
    assert check_answer(_CIRCLE, answer).status is Status.REFUTED


@pytest.mark.parametrize(
    "answer", ["36π", "36π cm", "36π m²", "36π cm³", "113.1 cm²", "113.04 cm²", "113 cm²", "36"]
)
def test_a_missing_or_other_unit_and_a_rounded_value_are_not_verified(answer: str) -> None:
    assert check_answer(_CIRCLE, answer).status is not Status.VERIFIED


_CASES = [
    ("Find the circumference of a circle with diameter 8 m.", r"8\pi m", r"16\pi m"),
    ("A circle has a diameter of 10 inches. Find the circumference in terms of π.", "10π inches",
     "5π inches"),
    ("The sides of a rectangle are 7 m and 3 m. Find the area.", "21 m^2", "20 m^2"),
    ("The radius of a circle is 14 cm. Find its circumference. Use π = 22/7.", "88 cm", "44 cm"),
    ("Find the area of a circle with radius 10 m. Use 3.14 for pi.", "314 m^2", "62.8 m^2"),
    ("What is the area of a rectangle with length 9 cm and width 4 cm?", "36 cm^2", "26 cm^2"),
    ("A rectangle is 15 m long and 8 m wide. Find the perimeter of the rectangle.", "46 m",
     "120 m"),
    ("A rectangle has a length of 8 and a width of 6. What is the length of its diagonal?", "10",
     "14"),
    ("Find the area of a 7 cm by 3 cm rectangle.", "21 cm^2", "20 cm^2"),
    ("Find the perimeter of a square with side 9 cm.", "36 cm", "81 cm"),
    ("Find the area of a triangle with base 8 cm and height 5 cm.", "20 cm^2", "40 cm^2"),
    ("Find the area of a triangle with sides 5, 5 and 6.", "12", "15"),
    ("Find the area of an equilateral triangle with side length 4.", r"4\sqrt{3}", "8"),
    ("A right-angled triangle has legs of 9 cm and 12 cm. Find the length of the hypotenuse.",
     "15 cm", "21 cm"),
    ("A right triangle has a hypotenuse of 17 cm and one leg of 8 cm. Find the length of the other"
     " leg.", "15 cm", "9 cm"),
    ("Find the area of a parallelogram with base 11 cm and height 4 cm.", "44 cm^2", "22 cm^2"),
    ("What is the area of a trapezoid with bases 5 cm and 9 cm and height 6 cm?", "42 cm^2",
     "84 cm^2"),
    ("Find the area of a rhombus with diagonals 6 cm and 10 cm.", "30 cm^2", "60 cm^2"),
    ("Find the area of a sector with radius 6 cm and angle 60°.", "6π cm²", "12π cm²"),
    ("Find the arc length of a sector with radius 9 cm and central angle 40°.", "2π cm", "4π cm"),
    ("Find the volume of a cuboid measuring 2 cm by 5 cm by 7 cm.", "70 cm^3", "118 cm^3"),
    ("Find the surface area of a rectangular prism with length 2, width 3 and height 4.", "52",
     "24"),
    ("Find the volume of a cube with edge length 5 cm.", "125 cm^3", "150 cm^3"),
    ("Find the volume of a cylinder with radius 2 cm and height 7 cm.", "28π cm³", "14π cm³"),
    ("Find the volume of a cone with radius 3 cm and height 7 cm.", "21π cm³", "63π cm³"),
    ("Find the surface area of a sphere with radius 5 cm.", "100π cm²", "25π cm²"),
    ("Find the volume of a sphere of radius 6 cm.", "288π cm³", "216π cm³"),
    ("What is the sum of the interior angles of a nonagon?", r"1260^\circ", r"1620^\circ"),
    ("Find the size of each interior angle of a regular pentagon.", "108°", "72°"),
    ("Find the exterior angle of a regular polygon with 20 sides.", "18 degrees", "162 degrees"),
    ("How many diagonals does an octagon have?", "20", "28"),
    ("Two angles of a triangle are 35° and 80°. Find the third angle.", "65°", "115°"),
    ("Each exterior angle of a regular polygon is 30°. How many sides does it have?", "12", "6"),
]  # fmt: skip


@pytest.mark.parametrize(("problem", "right", "wrong"), _CASES)
def test_a_measure_of_a_figure_is_decided(problem: str, right: str, wrong: str) -> None:
    assert check_answer(problem, right).status is Status.VERIFIED
    assert check_answer(problem, wrong).status is Status.REFUTED


@pytest.mark.parametrize(
    "problem",
    [
        "Find the area of a circle with radius 6 cm and a square hole of side 2 cm.",
        "Find the area of a rectangle with length 9 cm and width 4 m.",
        "Find the area of a triangle with sides 1, 2 and 9.",
        "Find the area of the shaded region of a circle with radius 6 cm.",
        "Find the area of a rectangle with length 9 cm.",
        "Find the area of a rectangle with length 9 cm, width 4 cm and a border of 1 cm.",
        "A right triangle has a hypotenuse of 5 cm and one leg of 8 cm. Find the other leg.",
        "Find the area of a triangle with base 8 cm and side 5 cm.",
        "What is the sum of the interior angles of a star?",
        "Two angles of a triangle are 100° and 95°. Find the third angle.",
        "Find the volume of a sphere with radius 6 cm and height 2 cm.",
        "What is the sum of three interior angles of a hexagon?",
    ],
)
def test_a_figure_that_is_not_understood_is_left_open(problem: str) -> None:
    for answer in ("36π cm²", "36 cm^2", "720°", "1", "288π cm³", "20 cm^2"):
        assert check_answer(problem, answer).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("31.4 cm", Status.VERIFIED),
        (r"10\pi cm", Status.UNKNOWN),
        ("31.42 cm", Status.UNKNOWN),
        ("30.4 cm", Status.REFUTED),
        ("31.4", Status.UNKNOWN),
    ],
)
def test_rounding_is_checked_where_it_was_asked_for(answer: str, status: Status) -> None:
    problem = "Find the circumference of a circle with radius 5 cm correct to 1 decimal place."
    assert check_answer(problem, answer).status is status


@pytest.mark.parametrize(
    ("wording", "answer"),
    [("3 significant figures", "78.5"), ("the nearest whole number", "79"),
     ("2 decimal places", "78.54"), ("the nearest tenth", "78.5")],
)  # fmt: skip
def test_rounding_may_be_asked_for_in_many_ways(wording: str, answer: str) -> None:
    problem = f"Find the area of a circle with radius 5. Round your answer to {wording}."
    assert check_answer(problem, answer).status is Status.VERIFIED


def test_a_degree_sign_is_needed_unless_degrees_are_named() -> None:
    problem = "What is the sum of the interior angles of a hexagon?"
    assert check_answer(problem, "720").status is Status.UNKNOWN
    assert check_answer(problem, r"4\pi").status is Status.UNKNOWN
    named = "How many degrees are there in each interior angle of a regular hexagon?"
    assert check_answer(named, "120").status is Status.VERIFIED


def test_a_perturbed_measure_is_never_verified() -> None:
    for problem, right, _ in _CASES:
        for other in (f"-{right}", f"1{right}", right.replace("cm", "m"), right + "!"):
            is_same = other == right
            status = check_answer(problem, other).status
            assert is_same or status is not Status.VERIFIED, (problem, other)
