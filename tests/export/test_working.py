"""A checked working as a file says what the screen says."""

from tutor_app.core.verdict import Evidence, Method, Relation, Status, StepVerdict, Verdict
from tutor_app.core.working import CheckedLine, CheckedWorking
from tutor_app.export.working import render_working


def _line(
    number: int, text: str, status: Status, *, is_carried: bool = False, slip: str = ""
) -> CheckedLine:
    method = Method.UNPARSED if status is Status.UNKNOWN else Method.SOLUTION_SET
    evidence = (Evidence(method, "x = 4: left 8, right 9"),)
    verdict = StepVerdict(number, status, method, Relation.CLAIM, "not the same", evidence)
    return CheckedLine(number, text, verdict, is_carried, slip)


def test_every_line_has_its_sign_and_a_wrong_one_its_evidence() -> None:
    working = CheckedWorking(
        problem="Solve 2x = 8",
        reading="solve 2*x = 8 for x",
        lines=(
            _line(1, "2x = 8", Status.VERIFIED),
            _line(2, "2x = 9", Status.REFUTED, slip="Perhaps one digit is wrong."),
            _line(3, "x = 9/2", Status.VERIFIED, is_carried=True),
            _line(5, "done & dusted", Status.UNKNOWN),
        ),
        first_wrong=1,
        is_complete=False,
        answer=Verdict(
            Status.REFUTED, Method.SUBSTITUTION,
            (Evidence(Method.SUBSTITUTION, "x = 9/2: left 9, right 8"),),
        ),
        summary="Line 2 is the first that does not follow: not the same.",
    )  # fmt: skip
    text = render_working(working)
    assert "**1. ✓ follows**" in text
    assert "**2. ✗ the first line that does not follow**" in text
    assert "> - x = 4: left 8, right 9" in text
    assert "> - Perhaps one digit is wrong." in text
    assert "**3. ↳ follows, but from a wrong line**" in text
    assert "**5. ? not checked**" in text
    assert "$2x = 9$" in text
    assert "✗ x = 9/2: left 9, right 8" in text
    assert "Line 2 is the first that does not follow" in text
