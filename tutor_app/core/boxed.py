r"""Finds `\boxed{…}` in a text."""

_OPENERS = ("\\boxed{", "\\fbox{")


def boxed_answers(text: str) -> tuple[str, ...]:
    r"""The contents of every complete `\boxed{…}`, in order; braces inside may nest."""
    found: list[str] = []
    position = 0
    while True:
        starts = [(text.find(opener, position), len(opener)) for opener in _OPENERS]
        starts = [(at, size) for at, size in starts if at >= 0]
        if not starts:
            return tuple(found)
        at, size = min(starts)
        end = _closing_brace(text, at + size)
        if end is None:
            return tuple(found)
        found.append(text[at + size : end].strip())
        position = end + 1


def last_boxed_answer(text: str) -> str:
    """The content of the last box; empty where there is none."""
    boxes = boxed_answers(text)
    return boxes[-1] if boxes else ""


def _closing_brace(text: str, position: int) -> int | None:
    depth = 1
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 1  # an escaped brace does not count
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return position
        position += 1
    return None
