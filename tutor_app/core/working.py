"""A learner's own working and what was found about it."""

from dataclasses import dataclass

from tutor_app.core.verdict import Relation, Status, StepVerdict, Verdict


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One line of a working.

    Attributes:
        number: of the line in the text as typed, from 1; blank lines are counted.
        text: as typed.
        verdict: how it stands to the line before, or to the problem.
        is_carried: it follows from the line before, but that line came of a wrong one: right as a
            step, not as a result.
        slip: the likely slip behind a wrong line, in words; empty if none is known.
    """

    number: int
    text: str
    verdict: StepVerdict
    is_carried: bool = False
    slip: str = ""

    @property
    def is_given(self) -> bool:
        """Whether it is only what the working starts from."""
        return self.verdict.relation is Relation.GIVEN

    @property
    def is_right(self) -> bool:
        """Whether the line may carry a plain tick."""
        return self.verdict.status is Status.VERIFIED and not self.is_carried


@dataclass(frozen=True, slots=True)
class CheckedWorking:
    """A whole working, checked line by line.

    Attributes:
        problem: as typed; may be empty.
        reading: how the problem was understood; empty if it was not.
        lines: every line that is not blank, in order.
        first_wrong: index into `lines` of the first wrong line, or None.
        is_complete: whether every line was decided.
        answer: of the last line against the problem; None without a problem.
        summary: the finding in one or two sentences.
    """

    problem: str
    reading: str
    lines: tuple[CheckedLine, ...]
    first_wrong: int | None
    is_complete: bool
    answer: Verdict | None
    summary: str
