"""Fenced code in an answer."""

import re
from dataclasses import dataclass

from tutor_app.core.program import Language

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)[^`]*")
_LANGUAGES = (
    (Language.PYTHON, ("python", "py", "python3")),
    (Language.CPP, ("cpp", "c++", "cxx", "cc")),
)


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """One complete block.

    Attributes:
        language: the word after the opening fence, lower case; may be empty.
        source: the lines between the fences.
    """

    language: str
    source: str


def language_of(word: str) -> Language | None:
    """What the word after a fence stands for; None where it is nothing that can be run."""
    return next((one for one, words in _LANGUAGES if word.lower() in words), None)


def last_code_block(text: str) -> CodeBlock | None:
    """The last fenced block of a text that is complete; None if there is none."""
    found: CodeBlock | None = None
    fence, language = "", ""
    lines: list[str] = []
    for line in text.splitlines():
        matched = _FENCE.fullmatch(line)
        if not fence:
            if matched:
                fence, language, lines = matched[1], matched[2].lower(), []
        elif line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            found = CodeBlock(language, "\n".join(lines) + "\n")
            fence = ""
        else:
            lines.append(line)
    return found
