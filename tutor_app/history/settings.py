"""Settings on disk, as one JSON object. A bad value costs that value, never the start."""

import dataclasses
import os
from dataclasses import dataclass
from pathlib import Path
from typing import get_type_hints

import msgspec

from tutor_app.core.errors import HistoryError, InvalidSetting
from tutor_app.core.settings import Settings


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """What the file said.

    Attributes:
        settings: its values, with the default in place of each bad one.
        problems: one per bad value, for the screen.
    """

    settings: Settings
    problems: tuple[InvalidSetting, ...]


class SettingsFile:
    """Reads and writes one settings file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> LoadedSettings:
        """Read the file; a missing one means the defaults.

        Raises:
            HistoryError: the file is there but the disk refuses to read it.
        """
        try:
            values = self._read_values()
        except (msgspec.DecodeError, UnicodeDecodeError):
            kept = self._keep_aside()
            problem = InvalidSetting(
                "The settings file is damaged, so every setting has its default.",
                raw_value="",
                hint=f"The damaged file was kept as {kept.name}.",
            )
            return LoadedSettings(Settings(), (problem,))
        return _settings_from(values)

    def save(self, settings: Settings) -> None:
        """Write all settings at once or not at all; keys of other versions are kept.

        Raises:
            HistoryError: the disk refuses.
        """
        try:
            others = self._read_values()
        except (msgspec.DecodeError, UnicodeDecodeError):
            self._keep_aside()
            others = {}
        values = others | dataclasses.asdict(settings)
        partial = self._path.with_name(f"{self._path.name}.{os.getpid()}.partial")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as file:
                file.write(msgspec.json.format(msgspec.json.encode(values), indent=2))
                file.flush()
                os.fsync(file.fileno())  # else a power cut may leave the new name on no content
            partial.replace(self._path)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise HistoryError(
                "The settings cannot be saved.",
                hint=f"See whether the disk is full or {self._path.parent} is write-protected.",
            ) from error

    def _read_values(self) -> dict[str, object]:
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise HistoryError(
                "The settings cannot be read.",
                hint=f"See whether you may read {self._path}.",
            ) from error
        return msgspec.json.decode(content, type=dict[str, object])

    def _keep_aside(self) -> Path:
        kept = self._path.with_name(f"{self._path.name}.damaged")
        self._path.replace(kept)
        return kept


def _settings_from(values: dict[str, object]) -> LoadedSettings:
    settings = Settings()
    problems = []
    hints = get_type_hints(Settings)
    for field in dataclasses.fields(Settings):
        if field.name not in values:
            continue
        raw = values[field.name]
        try:
            value = msgspec.convert(raw, type=hints[field.name])
            settings = dataclasses.replace(settings, **{field.name: value})
        except (msgspec.ValidationError, InvalidSetting) as error:
            problems.append(
                InvalidSetting(
                    f"The setting {field.name} cannot be {raw!r}, so its default is used.",
                    raw_value=str(raw),
                    hint=str(error),
                )
            )
    return LoadedSettings(settings, tuple(problems))
