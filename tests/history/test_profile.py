from pathlib import Path

import pytest

from tutor_app.core.errors import HistoryError
from tutor_app.history.profile import Profile


def test_a_profile_keeps_everything_inside_its_folder(tmp_path: Path) -> None:
    profile = Profile.inside(tmp_path / "stick")
    places = (profile.database, profile.settings_file, profile.models, profile.cache)
    assert all(tmp_path / "stick" in place.parents for place in places)


def test_default_profile_is_named_after_the_app() -> None:
    assert "stem-tutor" in Profile.default().root.parts


def test_folders_are_made(tmp_path: Path) -> None:
    profile = Profile.inside(tmp_path / "a" / "b")
    profile.create_folders()
    assert profile.models.is_dir()


def test_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(HistoryError, match="cannot be used"):
        Profile.inside(tmp_path / "file").create_folders()
