"""The models a user owns: the built-in one and the files imported into the profile."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tutor_app.core.errors import InputError, ModelNotFound
from tutor_app.core.ports import ModelInfo

_SUFFIX = ".gguf"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model file.

    Attributes:
        name: the file's name without its ending.
        path: where it lies.
        size_bytes: of the file.
        is_built_in: whether it came with the program.
    """

    name: str
    path: Path
    size_bytes: int
    is_built_in: bool


def _entry(path: Path, *, is_built_in: bool) -> ModelEntry:
    return ModelEntry(path.stem, path, path.stat().st_size, is_built_in)


class ModelLibrary:
    """Lists and imports model files.

    `inspect` loads a file in the model's process and says what it is; it raises `ModelError`
    for a file that cannot be run, so that nothing unusable is ever imported.
    """

    def __init__(self, folder: Path, built_in: Path, inspect: Callable[[Path], ModelInfo]) -> None:
        self._folder = folder
        self._built_in = built_in
        self._inspect = inspect

    def entries(self) -> tuple[ModelEntry, ...]:
        """Every model, the built-in one first, then by name."""
        found = [_entry(self._built_in, is_built_in=True)] if self._built_in.is_file() else []
        if self._folder.is_dir():
            found += [
                _entry(path, is_built_in=False) for path in sorted(self._folder.glob(f"*{_SUFFIX}"))
            ]
        return tuple(found)

    def path_of(self, choice: str) -> Path:
        """A model by name or by path; empty means the built-in one.

        Raises:
            ModelNotFound: there is neither a model of that name nor a file.
        """
        if not choice:
            return self._built_in
        for entry in self.entries():
            if choice == entry.name:
                return entry.path
        path = Path(choice).expanduser()
        if not path.is_file():
            raise ModelNotFound(
                f"There is no model file at {path}.",
                hint="'stem-tutor models list' shows the models there are.",
            )
        return path

    def import_file(self, source: Path) -> ModelEntry:
        """Copy a model into the profile, after it has been loaded once.

        Raises:
            ModelError: it cannot be run.
            InputError: a model of this name exists, or the disk refuses.
        """
        self._inspect(source)
        target = self._folder / (source.stem + _SUFFIX)
        if target.exists():
            raise InputError(
                f"A model named {target.stem} is already there.",
                hint="Rename the file and import it again.",
            )
        partial = target.with_suffix(".partial")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, partial)
            partial.replace(target)
        except OSError as error:
            raise InputError(
                f"{source.name} cannot be copied into the profile.",
                hint=f"The system says: {error.strerror or error}.",
            ) from error
        finally:
            partial.unlink(missing_ok=True)
        return _entry(target, is_built_in=False)
