"""What is typed in the panel for programs. No Qt."""

from dataclasses import dataclass

from tutor_app.core.program import Language


@dataclass(frozen=True, slots=True)
class ProgramDraft:
    """A program and its input.

    Attributes:
        language: of the program.
        source: the program.
        stdin: what it is to read.
    """

    language: Language = Language.PYTHON
    source: str = ""
    stdin: str = ""
