"""Claims in prose are taken whole or not at all, and money is not a formula."""

import pytest

from tutor_app.core.verdict import Status
from tutor_app.verify.inprocess import check_line
from tutor_app.verify.prose import prose_claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("So 3 boxes hold 3 * 14 = 42 pens.", ["3 * 14 = 42"]),
        ("She pays $40 - $2 = $38 each.", ["40 - 2 = 38"]),
        ("1,200 + 350 = 1,550 people came.", ["1,200 + 350 = 1,550"]),
        ("7 dozen have 7 x 12 = 84 eggs.", ["7 x 12 = 84"]),
        ("In 2020, 30 + 40 = 70 came.", ["30 + 40 = 70"]),
        ("Half of 4/5 = 240 is wrong.", []),
        ("12 blocks – 2 = 10 blocks", []),
        ("$25 + her original $98 = $123", []),
        ("That is 45 * 0,2 = 9 teachers.", []),
        ("Weeks 1-2 = 26", []),
        ("It is 100 / 6 = 16 and (2/3).", []),
        ("f(3) = 9", []),
        ("Is 2 + 2 = 5?", []),
        ("2x = 6", []),
        ("It makes 1/4 * 100 = 25 percent.", []),
    ],
)
def test_only_whole_expressions_are_claims(text: str, claims: list[str]) -> None:
    assert list(prose_claims(text)) == claims


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("She pays $40 - $2 = $38 each.", Status.VERIFIED),
        ("She pays $40 - $2 = $39 each.", Status.REFUTED),
        ("Together $17.5+$10.5=$28.", Status.VERIFIED),
        ("It is not true that 2+2=5.", Status.UNKNOWN),
        (r"\(5!=120\)", Status.VERIFIED),
        (r"\(2!=2\)", Status.VERIFIED),
    ],
)
def test_a_line_of_prose_gets_the_sign_of_its_arithmetic(line: str, status: Status) -> None:
    verdict = check_line("", (), line, 0)
    assert verdict is not None
    assert verdict.status is status


@pytest.mark.parametrize(
    "line",
    [
        r"\(D=1>0\), so there are three real roots.",
        r"\(2+3=5\), so the answer is 7.",
        r"\(3x=15\) or \(x=7\)",
        "- 3 + 4 = 1",
        r"Let \(x=2\).",
    ],
)
def test_no_tick_where_the_words_say_more_than_was_checked(line: str) -> None:
    verdict = check_line("Solve x^2-5x+6=0", (), line, 0)
    assert verdict is None or verdict.status is not Status.VERIFIED
