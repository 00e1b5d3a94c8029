from pathlib import Path

import pytest

from tests.tutor_fakes import INFO
from tutor_app.core.errors import InputError, ModelNotFound, ModelUnreadable
from tutor_app.core.ports import ModelInfo
from tutor_app.tutor.models import ModelLibrary


def accept(_path: Path) -> ModelInfo:
    return INFO


def refuse(path: Path) -> ModelInfo:
    raise ModelUnreadable(f"{path.name} is damaged.")


@pytest.fixture
def built_in(tmp_path: Path) -> Path:
    path = tmp_path / "starter.gguf"
    path.write_bytes(b"12345")
    return path


@pytest.fixture
def library(tmp_path: Path, built_in: Path) -> ModelLibrary:
    return ModelLibrary(tmp_path / "models", built_in, accept)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.gguf"
    path.write_bytes(b"67")
    return path


def test_the_built_in_model_comes_first(library: ModelLibrary, other: Path) -> None:
    library.import_file(other)
    assert [(entry.name, entry.is_built_in) for entry in library.entries()] == [
        ("starter", True),
        ("other", False),
    ]


def test_an_imported_model_is_found_by_name(library: ModelLibrary, other: Path) -> None:
    entry = library.import_file(other)
    assert library.path_of("other") == entry.path != other
    assert entry.path.read_bytes() == b"67"


def test_nothing_named_means_the_built_in_model(library: ModelLibrary, built_in: Path) -> None:
    assert library.path_of("") == built_in


def test_a_path_is_taken_as_it_is(library: ModelLibrary, other: Path) -> None:
    assert library.path_of(str(other)) == other


def test_an_unknown_name_is_a_clear_error(library: ModelLibrary) -> None:
    with pytest.raises(ModelNotFound):
        library.path_of("nothing")


def test_a_file_that_cannot_be_run_is_not_imported(
    tmp_path: Path, built_in: Path, other: Path
) -> None:
    library = ModelLibrary(tmp_path / "models", built_in, refuse)
    with pytest.raises(ModelUnreadable):
        library.import_file(other)
    assert len(library.entries()) == 1


def test_a_second_model_of_the_same_name_is_refused(library: ModelLibrary, other: Path) -> None:
    library.import_file(other)
    other.write_bytes(b"changed")
    with pytest.raises(InputError):
        library.import_file(other)
    assert library.path_of("other").read_bytes() == b"67"
