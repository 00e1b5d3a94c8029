"""Text of unknown origin, made safe to show: no terminal escapes, no invisible characters."""

import unicodedata

_CONTROL_PICTURES = 0x2400  # U+2400 is the picture of NUL, U+241B that of ESC
_DELETE, _PICTURE_OF_DELETE = "\x7f", "␡"
# other controls, formats (bidirectional overrides are among them), private use, surrogates
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs"})


def plain_text(text: str) -> str:
    """The text with each character that a screen would obey instead of show made visible.

    Line feeds and tabs stay, a carriage return before a line feed goes.
    """
    return "".join(_visible(character) for character in text.replace("\r\n", "\n"))


def _visible(character: str) -> str:
    if character in "\n\t" or character.isprintable():
        return character
    if ord(character) < 32:
        return chr(_CONTROL_PICTURES + ord(character))
    if character == _DELETE:
        return _PICTURE_OF_DELETE
    if unicodedata.category(character) in _UNSEEN_CATEGORIES:
        return f"\\u{ord(character):04x}"
    return character
