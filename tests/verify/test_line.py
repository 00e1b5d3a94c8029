"""Each block of an answer gets its sign from algebra, seen against the problem."""

import random

import pytest

from tutor_app.core.verdict import Relation, Status, StepVerdict
from tutor_app.verify.inprocess import check_line

_LINEAR = "Solve 3x+5=20"
_QUADRATIC = "Solve x^2-5x+6=0"
_FRACTION = r"Calculate \(\frac{3}{4}+\frac{1}{6}\)."
_ORDER = "Calculate 7+3*(8-2)."
_DERIVATIVE = "Differentiate 3x^4-2x^2+5x"

_RIGHT_ANSWERS = {
    _LINEAR: [
        r"\(3x+5=20\)", r"Subtract 5 from both sides: \(3x=20-5\)", r"\(3x=15\)",
        r"\(x=\frac{15}{3}\)", r"\(x=5\)", r"Check: \(3\cdot5+5=20\)", r"\boxed{5}",
    ],
    _QUADRATIC: [
        r"\(a=1,b=-5,c=6\)", r"\(D=b^2-4ac=25-24=1\)", r"\(\sqrt{D}=1\)", r"\boxed{2,3}",
    ],
    "Solve x^2-5x+6=0 for x.": [
        r"\((x-2)(x-3)=0\)", r"\(x-2=0\) or \(x-3=0\)", r"\(x=2\) or \(x=3\)",
        r"\(x_1=2\), \(x_2=3\)", r"\(x^2-5x+6=(x-2)(x-3)=0\)",
        r"\(x=\frac{-b\pm\sqrt{D}}{2a}=\frac{5\pm1}{2}\)", "x = 2, 3", r"$x=3$",
    ],
    _FRACTION: [
        r"\(\text{lcm}(4,6)=12\)", r"\(\frac{3}{4}=\frac{9}{12}\)",
        r"\(\frac{9}{12}+\frac{2}{12}=\frac{11}{12}\)", r"\boxed{\frac{11}{12}}",
        r"\(\gcd(10,12)=2\)", r"\(\operatorname{lcm}(4,6)=12\)",
    ],
    _ORDER: [r"\(=7+3\cdot6\)", r"\(=7+18\)", r"\(=25\)", r"\boxed{25}"],
    "Calculate 386*47": [
        r"\(386\cdot47=386\cdot40+386\cdot7\)", r"\(15440+2702=18142\)", r"\boxed{18142}"
    ],
    "Divide 1234 by 7 with remainder": [
        r"\(1234=7\cdot176+2\)", r"\boxed{176\text{ remainder }2}",
        r"\(1234\div7=176\text{ remainder }2\)",
    ],
    _DERIVATIVE: [
        r"\((3x^4)'=3\cdot4x^3=12x^3\)", r"\(f'(x)=12x^3-4x+5\)", r"\boxed{12x^3-4x+5}",
        r"\(\frac{d}{dx}(3x^4)=12x^3\)", r"\((5x)'=5\)", r"\(\frac{dy}{dx}=12x^3-4x+5\)",
    ],
    "What is 15% of 240?": [
        r"\(15\%\text{ of }240=\frac{15\cdot240}{100}=\frac{3600}{100}=36\)", r"\boxed{36}"
    ],
    "Solve x^2+4x+5=0": [
        r"\(D=4^2-4\cdot1\cdot5=16-20=-4\)", r"\(D=-4<0\)",
        r"Since \(D<0\), there are no real solutions.", r"\boxed{\text{no real solutions}}",
    ],
}  # fmt: skip


def _check(problem: str, lines: list[str]) -> list[StepVerdict | None]:
    return [check_line(problem, tuple(lines[:k]), line, k) for k, line in enumerate(lines)]


@pytest.mark.parametrize("problem", list(_RIGHT_ANSWERS))
def test_every_line_of_a_right_answer_is_verified(problem: str) -> None:
    lines = _RIGHT_ANSWERS[problem]
    for line, verdict in zip(lines, _check(problem, lines), strict=True):
        assert verdict is not None, line
        assert verdict.status is Status.VERIFIED, (line, verdict)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (_ORDER, r"\(7+3\cdot(8-2)\)"),
        (_ORDER, "First work out the bracket."),
        (_LINEAR, ""),
        (_DERIVATIVE, r"Differentiate each term of \(3x^4-2x^2+5x\)."),
    ],
)
def test_a_block_that_claims_nothing_gets_no_verdict(problem: str, line: str) -> None:
    assert check_line(problem, (), line, 0) is None


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (_LINEAR, r"\(3x=25\)"),
        (_LINEAR, r"\(x=\frac{15}{3}=6\)"),
        (_LINEAR, r"\(x=6\)"),
        (_LINEAR, r"Check: \(3\cdot6+5=20\)"),
        (_LINEAR, r"\boxed{6}"),
        (_QUADRATIC, r"\(x=4\)"),
        (_QUADRATIC, r"\(x=2\) or \(x=4\)"),
        (_QUADRATIC, r"\(a=1,b=5,c=6\)"),
        (_QUADRATIC, r"\(D=b^2-4ac=25-20=5\)"),
        (_QUADRATIC, r"\((x-1)(x-6)=0\)"),
        (_QUADRATIC, r"\boxed{2}"),
        (_QUADRATIC, "There are no real solutions."),
        (_FRACTION, r"\(\frac{3}{4}=\frac{8}{12}\)"),
        (_FRACTION, r"\(\text{lcm}(4,6)=24\)"),
        (_ORDER, r"\(=7+3\cdot5\)"),
        (_DERIVATIVE, r"\((3x^4)'=12x^4\)"),
        (_DERIVATIVE, r"\(f'(x)=12x^3-4x\)"),
        ("What is 15% of 240?", r"\(15\%\text{ of }240=24\)"),
        ("", "Doubling gives 61 * 2 = 112."),
        ("", "Total: 48+24 = <<48+24=73>>73."),
        ("Divide 1234 by 7 with remainder", r"\(1234\div7=176\text{ remainder }3\)"),
    ],
)
def test_a_wrong_line_is_refuted(problem: str, line: str) -> None:
    verdict = check_line(problem, (), line, 3)
    assert verdict is not None
    assert verdict.status is Status.REFUTED, verdict
    assert verdict.index == 3


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (_QUADRATIC, r"The only solution is \(x=3\)."),
        (_QUADRATIC, r"So \(x=3\) is not a solution."),
        (_QUADRATIC, r"Suppose \(x=4\)."),
        (_QUADRATIC, r"If \(x=4\), then \(4^2-5\cdot4+6=2\)."),
        (_QUADRATIC, r"Is \(x=4\)?"),
        (_QUADRATIC, r"\(x-3=0\)"),
        (_QUADRATIC, r"\(y=3\)"),
        ("Solve x^2+4x+5=0", r"\(x^2=-7\)"),
        ("Solve x^2+4x+5=0", r"\(x=\frac{-5\pm\sqrt{-4}}{2}\)"),
        (_DERIVATIVE, r"\(u=x^2\)"),
        (_DERIVATIVE, r"\(12x^3-4x+5=0\)"),
        ("", "Half of 4/5 = 240 is not much."),
        ("", "So 2/3 = 0.67 of the tank is used."),
        ("", r"It is 12 + \(3=15\)."),
        ("", r"\(\frac14\cdot100=25\%\)"),
        ("", r"\(x+1=2\)"),
        ("Tom has 3 apples and gets 4 more.", r"\boxed{7}"),
    ],
)
def test_words_or_unbound_letters_leave_a_line_unknown(problem: str, line: str) -> None:
    verdict = check_line(problem, (), line, 0)
    assert verdict is None or verdict.status is Status.UNKNOWN, verdict


def test_one_root_of_two_gets_a_tick_only_where_the_others_are_listed_above() -> None:
    lines = [r"\(x=\frac{5-1}{2}=\frac{4}{2}=2\)", r"\(x=\frac{5+1}{2}=\frac{6}{2}=3\)"]
    first, second = _check(_QUADRATIC, lines)
    assert first is not None
    assert second is not None
    assert (first.status, first.relation) == (Status.UNKNOWN, Relation.LOSES)
    assert first.reason == "x = 2 is one of the solutions; not all of them are listed yet"
    assert (second.status, second.relation) == (Status.VERIFIED, Relation.CLAIM)
    assert "there is no other solution" in second.reason


@pytest.mark.parametrize(
    "above",
    [(), (r"If \(x=2\) that is fine.",), (r"\(x=4\)",), (r"\(x=3\)",), ("x = 2 is not one",)],
)
def test_a_root_above_that_is_doubted_wrong_or_the_same_completes_no_list(
    above: tuple[str, ...],
) -> None:
    verdict = check_line(_QUADRATIC, above, r"\(x=3\)", 1)
    assert verdict is not None
    assert verdict.status is Status.UNKNOWN


def test_a_root_is_not_called_the_only_one_where_that_cannot_be_shown() -> None:
    verdict = check_line("Solve sin(x) = x", (), r"\(x=0\)", 0)
    assert verdict is not None
    assert verdict.status is Status.UNKNOWN
    assert verdict.reason == "x = 0 is a solution; I could not show that there is no other"


def test_a_wrong_root_is_refuted_with_both_sides() -> None:
    verdict = check_line("Solve 7x+5=4x+13", (), r"\(x=4\)", 0)
    assert verdict is not None
    assert verdict.evidence[0].text == "x = 4: left 33, right 29"


def test_a_line_that_continues_a_slip_is_credited_for_itself() -> None:
    slip = (r"\(=7+3\cdot5\)",)
    verdict = check_line(_ORDER, slip, r"\(=7+15\)", 1)
    assert verdict is not None
    assert verdict.status is Status.VERIFIED


@pytest.mark.parametrize("problem", list(_RIGHT_ANSWERS))
def test_a_changed_digit_in_a_numeric_chain_is_never_verified(problem: str) -> None:
    rng = random.Random(5)
    lines = [line for line in _RIGHT_ANSWERS[problem] if "=" in line and "x" not in line]
    for line in lines:
        places = [k for k, char in enumerate(line) if char.isdigit()]
        place = rng.choice(places[-2:])
        digit = str((int(line[place]) + rng.randint(1, 8)) % 10)
        if digit == "0" or digit == line[place]:
            continue
        changed = line[:place] + digit + line[place + 1 :]
        verdict = check_line(problem, (), changed, 0)
        assert verdict is None or verdict.status is not Status.VERIFIED, changed


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (r"Subtract \(5\) from both sides: \(3x=20-5\)", Status.VERIFIED),
        (r"Subtract \(8\) from both sides: \(3x=20-5\)", Status.UNKNOWN),
        (r"Add 5 to both sides: \(3x=15\)", Status.UNKNOWN),
        (r"Divide both sides by 3: \(x+\frac{5}{3}=\frac{20}{3}\)", Status.VERIFIED),
        (r"Divide both by 2: \(\frac{6}{8}=\frac{3}{4}\)", Status.VERIFIED),
        (r"Divide both by 4: \(\frac{6}{8}=\frac{3}{4}\)", Status.UNKNOWN),
        (r"Multiply both by 0: \(\frac{3}{4}=\frac{6}{8}\)", Status.UNKNOWN),
    ],
)
def test_a_wrong_reason_in_words_takes_the_tick_away(line: str, status: Status) -> None:
    verdict = check_line(_LINEAR, (), line, 0)
    assert verdict is not None
    assert verdict.status is status
