"""The sizes beyond which a text is not read; checked before SymPy sees anything."""

from typing import Final

TEXT_CHARS: Final = 4000
NESTING: Final = 60
LITERAL_DIGITS: Final = 400
EXPONENT: Final = 400
POWER_DIGITS: Final = 12_000
FACTORIAL: Final = 2000
BINOMIAL: Final = 3000
MATRIX_SIDE: Final = 12
SYMBOLS: Final = 12
SERIES_TERMS: Final = 600


class Unreadable(Exception):
    """A text is outside what the parser knows; `str(error)` says why, for the reader.

    Attributes:
        is_ambiguous: True if the text has two plausible readings.
    """

    def __init__(self, reason: str, *, is_ambiguous: bool = False) -> None:
        super().__init__(reason)
        self.is_ambiguous = is_ambiguous


class Undefined(Unreadable):
    """The expression has no value, such as 1/0."""
