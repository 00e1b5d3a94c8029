"""What a skill is: levels, problems drawn from a seed, exact worked lines.

A worked line is written for two readers. For a student it names what is done and shows the
maths. For a small model every token must follow from the text before it by one small fact
(a table entry, a copy, a comparison); where it would not, a line or a `<w>` block of scratch
columns stands in between.
"""

import hashlib
import random
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

_HELD_OUT_OF_256 = 13  # about 5 % of all problems are never trained on


class Style(StrEnum):
    """How the maths of a statement is written."""

    PLAIN = "plain"
    LATEX = "latex"
    UNICODE = "unicode"


@dataclass(frozen=True, slots=True)
class WorkedLine:
    """One line of a worked solution.

    Attributes:
        maths: TeX without delimiters; empty for a line of words.
        reason: what is done, in words, without a final colon.
        working: lines of scratch columns that come before it, folded away on screen.
    """

    maths: str
    reason: str = ""
    working: tuple[str, ...] = ()

    def text(self) -> str:
        """The line as a model writes it and the transcript shows it."""
        scratch = "<w>" + "\n".join(self.working) + "</w>\n" if self.working else ""
        if not self.maths:
            return scratch + self.reason
        lead = self.reason + ": " if self.reason else ""
        return f"{scratch}{lead}\\({self.maths}\\)"


@dataclass(frozen=True, slots=True)
class WorkedProblem:
    """A problem with its exact solution.

    Attributes:
        skill: name of the skill.
        level: 0 is the easiest.
        key: the bare problem without its wording; equal keys are the same problem.
        statement: one wording of it.
        lines: the worked lines.
        answer: TeX of the answer, without the box; empty for a reply that is no answer.
    """

    skill: str
    level: int
    key: str
    statement: str
    lines: tuple[WorkedLine, ...]
    answer: str

    def solution_text(self) -> str:
        """The whole solution, ending in the boxed answer."""
        written = [line.text() for line in self.lines]
        if self.answer:
            written.append(f"\\boxed{{{self.answer}}}")
        return "\n".join(written)

    @property
    def is_held_out(self) -> bool:
        """Whether the problem belongs to the evaluation set; decided by its key alone."""
        digest = hashlib.sha256(f"{self.skill}|{self.key}".encode()).digest()
        return digest[0] < _HELD_OUT_OF_256


class Skill(Protocol):
    """One kind of problem."""

    @property
    def name(self) -> str:
        """Short name, such as "linear-equations"."""
        ...

    @property
    def title(self) -> str:
        """The name on a screen."""
        ...

    @property
    def levels(self) -> tuple[str, ...]:
        """What each level contains, the easiest first."""
        ...

    def draw(self, rng: random.Random, level: int) -> WorkedProblem:
        """A problem of that level with its worked solution."""
        ...
