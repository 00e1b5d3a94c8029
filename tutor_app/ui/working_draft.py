"""What is typed on the check page, as it is kept from one start to the next. No Qt."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkingText:
    """A problem and a working, as typed."""

    problem: str = ""
    text: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is lost without it."""
        return not (self.problem.strip() or self.text.strip())


@dataclass(frozen=True, slots=True)
class WorkingDraft:
    """What is on show, and what was set aside for it."""

    shown: WorkingText = WorkingText()
    set_aside: WorkingText = WorkingText()

    @property
    def is_example(self) -> bool:
        """Whether the example is on show as it came."""
        return self.shown == EXAMPLE

    def other(self) -> "WorkingDraft":
        """The example, or back from it; whatever was typed stays in one of the two places."""
        if self.is_example:
            return WorkingDraft(self.set_aside)
        if not self.set_aside.is_blank:
            return WorkingDraft(self.set_aside, self.shown)
        return WorkingDraft(EXAMPLE, self.shown)


EXAMPLE = WorkingText(
    problem="Solve 4(x - 3) = 2x + 6", text="4x - 12 = 2x + 6\n4x = 2x + 18\n6x = 18\nx = 3"
)
"""A working with one slip: 2x was added where it should be subtracted."""
