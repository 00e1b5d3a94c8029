"""What the user may choose, with the limits of each choice."""

from dataclasses import dataclass
from enum import StrEnum

from tutor_app.core.errors import InvalidSetting

ATTEMPTS_LIMITS = (1, 64)
MAX_TOKENS_LIMITS = (16, 131_072)
ZOOM_LIMITS = (0.5, 4.0)


class Theme(StrEnum):
    """Colours of the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def _require_within(name: str, value: float, limits: tuple[float, float]) -> None:
    low, high = limits
    if not low <= value <= high:  # also refuses NaN
        raise InvalidSetting(
            f"The setting {name} must lie between {low:g} and {high:g}.", raw_value=str(value)
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices; making one outside the limits raises `InvalidSetting`.

    Attributes:
        model_path: the model file to load; empty for the one the app brings.
        attempts: tries per problem, within ATTEMPTS_LIMITS.
        max_tokens: budget for one answer, in tokens, within MAX_TOKENS_LIMITS.
        theme: colours of the window.
        zoom: size of text, 1 is normal, within ZOOM_LIMITS.
        window_geometry: as the window saved itself, base64; empty if it never did.
        last_thread_id: the thread that was open, or None.
    """

    model_path: str = ""
    attempts: int = 4
    max_tokens: int = 1024
    theme: Theme = Theme.SYSTEM
    zoom: float = 1.0
    window_geometry: str = ""
    last_thread_id: int | None = None

    def __post_init__(self) -> None:
        _require_within("attempts", self.attempts, ATTEMPTS_LIMITS)
        _require_within("max_tokens", self.max_tokens, MAX_TOKENS_LIMITS)
        _require_within("zoom", self.zoom, ZOOM_LIMITS)
