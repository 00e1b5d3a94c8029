"""Where the files that come with the program lie."""

from pathlib import Path

_BUILT_IN_MODEL = "starter.gguf"


def asset_folder() -> Path:
    """The folder `assets/` beside the package."""
    return Path(__file__).resolve().parents[2] / "assets"


def built_in_model() -> Path:
    """The model that a fresh install has."""
    return asset_folder() / "models" / _BUILT_IN_MODEL
