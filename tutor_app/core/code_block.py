"""Fenced code in an answer."""

import re
from dataclasses import dataclass

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)[^`]*")


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """One complete block.

    Attributes:
        language: the word after the opening fence, lower case; may be empty.
        source: the lines between the fences.
    """

    language: str
    source: str


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
