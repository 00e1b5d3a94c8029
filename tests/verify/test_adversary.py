"""Problems, answers and lines written to fool the checker: readings, domains, ends, hedges."""

import pytest

from tutor_app.core.verdict import CALCULATION_ONLY, Status
from tutor_app.verify.inprocess import check_answer, check_line, check_steps, compare_answers

_VERIFIED, _REFUTED, _UNKNOWN = Status.VERIFIED, Status.REFUTED, Status.UNKNOWN
_CIRCLE = r"Find all solutions of $\cos x=1$ with $0\le x<2\pi$."


# -- a word or sign that changes the meaning ------------------------------------------------


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("Solve x^2+4=0 over the complex numbers", "no real solutions"),
        ("Solve x^2=9", "not 3, -3"),
        ("Solve x^2=9", "3 and -3, except 3"),
        ("Solve x^2=9", r"x\ne 3, x\ne -3"),
        ("Solve x^2=9", "(3,-3)"),
        ("Solve x^2=9", r"X=\pm 3"),
        ("Solve x^2-2x+1=0", "1 twice"),
        ("Solve 2x=12", "at least 6"),
        ("Solve 2x=12", "about 6"),
        ("Solve 2x=12", "6?"),
        ("Solve 2x=12", "x = 6 cm"),
        ("Solve 2x=12", "no solution except 6"),
        ("Solve 4x=6", r"1\frac{1}{2}"),
        ("Solve 2x=4690", "2,345"),
        ("Calculate 7/4", "7/4 cm"),
        ("Calculate 9 ÷ 3(1+2)", "9"),
        ("Calculate 9 ÷ 3(1+2)", "1"),
        ("What is 400 + 10%?", "440"),
        ("What is the sum of 2 and 5 times 3?", "21"),
        ("A biased coin is tossed 4 times. What is the probability of exactly 2 heads?", "3/8"),
        ("In how many ways can 4 identical pens be arranged in a row?", "24"),
        ("In how many ways can 6 books be arranged on 2 shelves?", "720"),
        ("A 40 W lamp runs for 5 hours a day for 3 days. How much energy does it use in kWh?",
         "0.2 kWh"),
        ("What is the weight of a 7 kg object on the Moon?", "70 N"),
    ],
)  # fmt: skip
def test_a_changed_meaning_is_never_decided(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is _UNKNOWN


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("Solve x^2=9 for positive x", "3, -3"),
        ("Solve x^2=9, x>0", "3, -3"),
        ("Solve x^2=9 for negative x", "3"),
        ("Find the positive solution of x^2=16", "-4, 4"),
        ("Find all integer solutions of 2x=5", "5/2"),
        ("How many real solutions does x^2=9 have?", r"\pm 3"),
        ("Find the larger solution of x^2=9", "3, -3"),
    ],
)
def test_a_condition_on_the_solutions_is_never_passed_over(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is not _VERIFIED


# -- two readings: only what holds in all of them is decided ---------------------------------


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        (r"Solve \log x = 3", "1000"),
        (r"Solve \log x = 3", "e^3"),
        (r"Solve \log(x)+\log(x-9)=1", "10"),
        (r"Differentiate \log x", r"\frac{1}{x\ln 10}"),
        ("Evaluate log 1000", "3"),
        ("Solve 2x=9", "4,5"),
        ("Solve 8x=1", "0,125"),
        ("Calculate 9/2", "4,5"),
        ("Calculate 3/8", "0,375"),
        ("Calculate sin 30", "1/2"),
        ("Calculate tan 45", "1"),
        ("Calculate sin 50", "0.766"),
        ("Differentiate e^2x", "e^2"),
        ("Differentiate e^{3x}", "3e^3x"),
        (r"Find the domain of x^{\sqrt 3}", r"x\ge 0"),
        (r"Find the domain of x^{\sqrt 3}", "x>0"),
        ("A fair coin is tossed 4 times. What is the probability of getting 2 heads?", "11/16"),
        ("Find the derivative of |x| at x=0.", "0"),
        ("Find the area under $y=x^2-4$ from 0 to 3.", "-3"),
        ("Find the area under $y=x^2-4$ from 0 to 3.", "23/3"),
        ("Four times a number decreased by 2 is 12. Find the number.", "5"),
        ("Solve x^2-3<0", "-1.732<x<1.732"),
        ("Solve 3x<2", "x<0.67"),
        ("A bag contains 4 red and 6 blue balls. Two balls are drawn. "
         "What is the probability that both are red?", "4/25"),
    ],
)  # fmt: skip
def test_what_another_reading_allows_is_neither_verified_nor_refuted(
    problem: str, answer: str
) -> None:
    assert check_answer(problem, answer).status is _UNKNOWN


@pytest.mark.parametrize(
    ("problem", "answer", "status"),
    [
        (r"Solve \log x = 3", "30", _REFUTED),
        (r"Differentiate \log x", r"\frac{2}{x}", _REFUTED),
        (r"Find the domain of \log(x-2)", "x>2", _VERIFIED),
        (r"Find the domain of \log(x-2)", r"x\ge 2", _REFUTED),
        (r"Evaluate \log 1", "0", _VERIFIED),
        ("Solve x^2-7x+12=0", "3,4", _VERIFIED),
        ("Solve x^2-7x+12=0", "3,5", _REFUTED),
        ("Solve x(x-125)=0", "0, 125", _VERIFIED),
        ("Calculate sin 30", "0.7", _REFUTED),
        ("Calculate sin 30°", "-1/2", _REFUTED),
        ("Differentiate x^2y with respect to x", "2xy", _VERIFIED),
        ("Calculate 1250*4", "5,000", _VERIFIED),
        ("Find the derivative of |x| at x=3.", "1", _VERIFIED),
        ("Find the area under $y=x^2$ from 0 to 3.", "9", _VERIFIED),
        ("Four times a number decreased by 2 is 12. Find the number.", "7/2", _VERIFIED),
        ("Four times a number decreased by 2 is 12. Find the number.", "6", _REFUTED),
        ("Solve x^2-3<0", "-1.5<x<1.5", _REFUTED),
    ],
)
def test_what_every_reading_agrees_on_is_decided(problem: str, answer: str, status: Status) -> None:
    assert check_answer(problem, answer).status is status


def test_the_natural_logarithm_of_calculus_is_said() -> None:
    verdict = check_answer(r"Differentiate \log x", r"\frac{1}{x}")
    assert verdict.status is _VERIFIED
    assert verdict.assumptions == ("log is the natural logarithm",)


# -- domains, ends and completeness ---------------------------------------------------------


@pytest.mark.parametrize(
    ("problem", "answer", "status"),
    [
        ("Solve x/x=1", "all real numbers", _REFUTED),
        ("Solve x/x=1", "all real numbers except 0", _VERIFIED),
        ("Solve (x-4)/(x-5)\\ge0", r"x\le4 or x\ge5", _REFUTED),
        ("Solve (x-4)/(x-5)\\ge0", r"x\le4 or x>5", _VERIFIED),
        ("Solve 1/x<1", "x>1", _REFUTED),
        ("Solve sqrt(x)<3", r"0\le x<9", _VERIFIED),
        ("Solve x^2>9", "x>3 and x<-3", _REFUTED),
        ("Solve x^2>9", "x>3 or x<-3", _VERIFIED),
        ("Solve x^2<9", "-3<x<3", _VERIFIED),
        ("Solve x^2<9", "(-3,3]", _REFUTED),
        ("Find the domain of 1/(x^2-4)", r"x\ne2 or x\ne-2", _REFUTED),
        ("Find the domain of 1/(x^2-4)", r"x\ne2 and x\ne-2", _VERIFIED),
        (_CIRCLE, "0", _VERIFIED),
        (_CIRCLE, r"0, 2\pi", _REFUTED),
        (_CIRCLE.replace("<2", r"\le 2"), "0", _REFUTED),
        (_CIRCLE.replace("<2", r"\le 2"), r"0, 2\pi", _VERIFIED),
        (r"Find $\lim_{x\to 2}\frac{|x-2|}{x-2}$.", "does not exist", _VERIFIED),
        (r"Evaluate $\int_{-2}^{2}\frac{1}{x}dx$.", "0", _REFUTED),
        (r"Evaluate $\int_{-2}^{2}\frac{1}{x^2}dx$.", "-1", _REFUTED),
        (r"Evaluate $\int 2x dx$", "x^2", _UNKNOWN),
        (r"Evaluate $\int 2x dx$", "x^2+7", _UNKNOWN),
        (r"Evaluate $\int 2x dx$", "x^2+Cx", _REFUTED),
        (r"Evaluate $\int_0^3 2x dx$", "9+C", _UNKNOWN),
        ("Calculate (-27)^{1/3}", "-3", _VERIFIED),
        ("Calculate sqrt(25)", "-5", _REFUTED),
        ("Calculate -3^2", "9", _REFUTED),
        ("Calculate 10/3", "3.33", _UNKNOWN),
    ],
)
def test_an_end_a_hole_or_a_constant_decides(problem: str, answer: str, status: Status) -> None:
    assert check_answer(problem, answer).status is status


# -- words around numbers -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "answer"),
    [
        ("at least 3 heads", "5/16"),
        ("at most 3 heads", "15/16"),
        ("more than 3 heads", "1/16"),
        ("no more than 3 heads", "15/16"),
        ("no heads", "1/16"),
    ],
)
def test_more_than_and_at_least_differ(event: str, answer: str) -> None:
    problem = f"A fair coin is tossed 4 times. What is the probability of getting {event}?"
    verdict = check_answer(problem, answer)
    assert verdict.status is _VERIFIED
    assert verdict.scope == CALCULATION_ONLY
    for other in ("5/16", "15/16", "1/16", "11/16"):
        if other != answer:
            assert check_answer(problem, other).status is not _VERIFIED


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("Convert 3 km to m", "3000"),
        ("Convert 3 km to m", "3000 min"),
        ("Convert 3 km to m", "300000 cm"),
        ("Convert 3 h to min", "180 m"),
        ("Convert 54 km/h to m/s", "15 ms"),
        ("Convert 1 kWh to J", "3600 J"),
        ("Convert 200 cm^2 to m^2", "2 m^2"),
        ("Find the kinetic energy of a 6 kg object moving at 2 m/s.", "12 N"),
        ("Find the kinetic energy of a 6 g object moving at 2 m/s.", "12 J"),
        ("Find the area of a circle with diameter 8 cm.", r"64\pi cm^2"),
        ("A rectangle has length 4 m and width 20 cm. Find its area.", "80 m^2"),
    ],
)
def test_a_wrong_or_missing_unit_is_never_verified(problem: str, answer: str) -> None:
    assert check_answer(problem, answer).status is not _VERIFIED


# -- references -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gold", "answer"),
    [
        ("2,75", "2.75"),
        ("0,625", "0.625"),
        (r"35\%", "35 pct"),
        (r"\log 20", r"\log_{10} 20"),
    ],
)
def test_a_reference_in_another_reading_is_not_refuted(gold: str, answer: str) -> None:
    assert compare_answers(gold, answer, "").status is not _REFUTED


# -- lines ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "10% = 6 and 5% = 3",
        "It is wrong that $7+2=10$.",
        "Is 7 + 2 = 10? No.",
        "The answer isn't 7 + 2 = 10.",
        "7 + 2 = 10 is false.",
        r"$\sin 30 = 0.5$",
        r"$\log 100 = 2$",
        "$x=2,5$",
        "Suppose $x=4$.",
        "- 7 + 2 = 9",
        "12/3(2) = 8",
        "60 + 5% = 63",
        "4:5 = 0.8",
    ],
)
def test_a_line_with_another_reading_gets_no_sign(line: str) -> None:
    verdict = check_line("Solve 2x=5", (), line, 0)
    assert verdict is None or verdict.status is _UNKNOWN


def test_a_line_is_not_refuted_for_the_base_of_a_logarithm() -> None:
    for value in ("100", "e^2"):
        verdict = check_line(r"Solve \log x = 2", (), f"$x={value}$", 0)
        assert verdict is not None
        assert verdict.status is _UNKNOWN
    refuted = check_line(r"Solve \log x = 2", (), "$x=7$", 0)
    assert refuted is not None
    assert refuted.status is _REFUTED


def test_working_is_not_refuted_for_a_decimal_comma() -> None:
    assert check_steps("", ("2x = 9", "x = 4,5")).first_wrong is None
    assert check_steps("", ("2x = 9", "x = 4,6")).first_wrong == 1
    assert check_steps("", ("x^2-7x+12 = 0", "x = 3,4")).first_wrong is None
