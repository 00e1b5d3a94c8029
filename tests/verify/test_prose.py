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


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("So 15% of 60 = 9 pupils.", ["15% of 60 = 9"]),
        ("He ate 2/3 of 18 = 12 nuts.", ["(2/3) of 18 = 12"]),
        ("Then 10% of 40 + 6 = 10.", []),
        ("A quarter of 15% of 60 = 9.", []),
        ("It leaves 53 / 6 = 8 r5 in all.", ["53 / 6 = 8 r5"]),
        ("It leaves 53 ÷ 6 = 8 remainder 5.", ["53 ÷ 6 = 8 remainder 5"]),
        ("He is 5'11 = 71 inches tall.", []),
        ("So 24 = 4!", []),
        ("We know 9 mod 4 = 1.", []),
        ("It was 20% off $70 = $56.", []),
        ("At 9 + 5 = 2 o'clock she left.", []),
        ("In base two 1 + 1 = 10 in binary.", []),
        ("On pages 14-17 = 4 pages he drew.", []),
        ("From room 31-33 = 3 rooms.", []),
        ("$4 = 400 cents", []),
        ("On May 7 + 5 = 12 they met.", []),
        ("There are 5/ 1/3 = 15 thirds.", []),
        ("It takes 20 / 1 / 4 = 80 cups.", []),
        ("So 16/4/2 = 2 each.", ["16/4/2 = 2"]),
        ("The other 10 = 90/3 = 30 marks.", []),
        ("They print 21, 600 / 90 = 240 pages.", []),
        ("He fits 19 / 4 = 4 full boxes and some are left over.", []),
        ("They need 19 / 4 = 5 boxes.", []),
        ("They need 19 / 4 = 6 boxes.", ["19 / 4 = 6"]),
    ],
)
def test_a_claim_that_the_words_could_change_is_not_taken(text: str, claims: list[str]) -> None:
    assert list(prose_claims(text)) == claims


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("It leaves 53 / 6 = 8 r5.", Status.VERIFIED),
        ("It leaves 53 / 6 = 8 r4.", Status.REFUTED),
        ("So 15% of 60 = 9 pupils.", Status.VERIFIED),
        ("So 15% of 60 = 8 pupils.", Status.REFUTED),
        ("He ate 2/3 of 18 = 12 nuts.", Status.VERIFIED),
        ("That is 2/3 = 67%.", Status.UNKNOWN),
        ("That is 2/3 = 57%.", Status.REFUTED),
        ("That is 3/4 * 100 = 75%.", Status.UNKNOWN),
        ("So 7/3 = 2.33 each.", Status.UNKNOWN),
        ("Now 2,400 + 1,350 = 3,750 people came.", Status.VERIFIED),
        ("Now 2,400 + 1,350 = 3,650 people came.", Status.REFUTED),
        ("7 trays of eggs give 7 x 12 = 86 eggs.", Status.REFUTED),
        ("It costs 6 x $2.50 = $15.", Status.VERIFIED),
    ],
)
def test_shares_remainders_and_rounding_are_judged(line: str, status: Status) -> None:
    verdict = check_line("", (), line, 0)
    assert verdict is not None
    assert verdict.status is status


@pytest.mark.parametrize("line", ["4 + 5 = 9!", "12,5 + 1 = 13,5", "1,5 * 2 = 3"])
def test_punctuation_that_could_be_mathematics_is_never_refuted(line: str) -> None:
    verdict = check_line("", (), line, 0)
    assert verdict is None or verdict.status is Status.UNKNOWN
