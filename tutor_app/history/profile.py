"""Where one user's files lie."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from tutor_app.core.errors import HistoryError

_APP = "stem-tutor"


@dataclass(frozen=True, slots=True)
class Profile:
    """The folders of one user, or of one USB stick.

    Attributes:
        root: holds the history, the settings and the models.
        cache: holds what can be made again.
    """

    root: Path
    cache: Path

    @classmethod
    def default(cls) -> "Profile":
        """The folders this operating system keeps for the app."""
        return cls(
            root=platformdirs.user_data_path(_APP, appauthor=False),
            cache=platformdirs.user_cache_path(_APP, appauthor=False),
        )

    @classmethod
    def inside(cls, folder: Path) -> "Profile":
        """Everything in one folder, as `--profile` asks."""
        return cls(root=folder.absolute(), cache=folder.absolute() / "cache")

    @property
    def database(self) -> Path:
        """The history's file."""
        return self.root / "history.sqlite3"

    @property
    def settings_file(self) -> Path:
        """The settings' file."""
        return self.root / "settings.json"

    @property
    def models(self) -> Path:
        """The folder for model files."""
        return self.root / "models"

    def create_folders(self) -> None:
        """Make the folders that are missing.

        Raises:
            HistoryError: the disk refuses.
        """
        try:
            for folder in (self.root, self.models, self.cache):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HistoryError(
                f"The folder {self.root} cannot be used.",
                hint="Choose another one with --profile, or make it writable.",
            ) from error
