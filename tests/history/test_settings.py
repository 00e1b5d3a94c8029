import json
from pathlib import Path

import pytest

from tutor_app.core.errors import HistoryError, InvalidSetting
from tutor_app.core.settings import Settings, Theme
from tutor_app.history.settings import SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_missing_file_means_defaults(path: Path) -> None:
    loaded = SettingsFile(path).load()
    assert (loaded.settings, loaded.problems) == (Settings(), ())


def test_what_is_saved_is_loaded(path: Path) -> None:
    settings = Settings("m.gguf", 8, 2048, Theme.DARK, 1.25, "AAEC", 7)
    SettingsFile(path).save(settings)
    assert SettingsFile(path).load().settings == settings


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("attempts", 0),
        ("attempts", "many"),
        ("attempts", 1.5),
        ("max_tokens", -1),
        ("theme", "pink"),
        ("zoom", 99),
        ("zoom", None),
        ("model_path", 3),
        ("last_thread_id", "x"),
    ],
)
def test_bad_value_costs_only_that_value(path: Path, name: str, raw: object) -> None:
    values = {"attempts": 8, "theme": "dark", "zoom": 2, name: raw}
    path.write_text(json.dumps(values), encoding="utf-8")
    loaded = SettingsFile(path).load()
    good = {"attempts": 8, "theme": Theme.DARK, "zoom": 2.0}
    expected = {key: value for key, value in good.items() if key != name}
    assert {key: getattr(loaded.settings, key) for key in expected} == expected
    assert getattr(loaded.settings, name) == getattr(Settings(), name)


def test_bad_value_is_reported_with_what_was_found(path: Path) -> None:
    path.write_text('{"theme": "pink"}', encoding="utf-8")
    (problem,) = SettingsFile(path).load().problems
    assert isinstance(problem, InvalidSetting)
    assert (problem.raw_value, str(problem)) == (
        "pink",
        "The setting theme cannot be 'pink', so its default is used.",
    )


@pytest.mark.parametrize("content", [b"{", b"[1]", b"", b"\xff\xfe", b'{"theme": "\xff"}'])
def test_damaged_file_means_defaults_and_is_kept(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    loaded = SettingsFile(path).load()
    assert (loaded.settings, len(loaded.problems)) == (Settings(), 1)
    assert path.with_name("settings.json.damaged").read_bytes() == content


def test_unknown_keys_of_another_version_are_kept(path: Path) -> None:
    path.write_text('{"invented_later": [1, 2]}', encoding="utf-8")
    SettingsFile(path).save(Settings(attempts=2))
    assert json.loads(path.read_text(encoding="utf-8"))["invented_later"] == [1, 2]


def test_saving_leaves_no_other_file(path: Path) -> None:
    SettingsFile(path).save(Settings())
    SettingsFile(path).save(Settings(attempts=2))
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_save_that_fails_keeps_the_old_file(path: Path) -> None:
    SettingsFile(path).save(Settings(attempts=2))
    blocked = SettingsFile(path / "below-a-file" / "settings.json")
    with pytest.raises(HistoryError):
        blocked.save(Settings())
    assert SettingsFile(path).load().settings.attempts == 2


def test_settings_outside_the_limits_cannot_be_made() -> None:
    with pytest.raises(InvalidSetting, match="zoom"):
        Settings(zoom=float("nan"))
