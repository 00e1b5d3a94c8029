import pytest

from environment import NO_STAMP, Stamp, fingerprint, parse_stamp
from messages import failure_hint

PYPROJECT = '[project]\nname = "x"\n[tool.ruff]\nline-length = 100\n'


def test_stamp_survives_being_written() -> None:
    stamp = Stamp("abc", frozenset({"dev", "train"}), window_ready=True)
    assert parse_stamp(stamp.to_json()) == stamp


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"fingerprint": 1}', "null"])
def test_senseless_stamp_counts_as_none(text: str) -> None:
    assert parse_stamp(text) == NO_STAMP


def test_finished_set_up_covers_the_same_wish() -> None:
    stamp = Stamp("abc", frozenset({"dev", "train"}), window_ready=True)
    assert stamp.covers("abc", frozenset({"dev"}), for_window=True)


@pytest.mark.parametrize(
    ("print_of_now", "extras", "for_window"),
    [
        ("other", frozenset(), False),
        ("abc", frozenset({"train"}), False),
        ("abc", frozenset(), True),
    ],
)
def test_any_new_wish_starts_the_set_up(
    print_of_now: str, extras: frozenset[str], for_window: bool
) -> None:
    stamp = Stamp("abc", frozenset({"dev"}), window_ready=False)
    assert not stamp.covers(print_of_now, extras, for_window=for_window)


def test_no_stamp_covers_nothing() -> None:
    assert not NO_STAMP.covers("abc", frozenset(), for_window=False)


def test_lint_settings_do_not_start_a_new_set_up() -> None:
    changed = PYPROJECT.replace("100", "99")
    assert fingerprint(PYPROJECT, "c", "3.11") == fingerprint(changed, "c", "3.11")


@pytest.mark.parametrize(
    ("pyproject", "constraints", "python"),
    [
        (PYPROJECT.replace('"x"', '"y"'), "c", "3.11"),
        (PYPROJECT, "changed", "3.11"),
        (PYPROJECT, "c", "3.12"),
    ],
)
def test_dependencies_constraints_and_python_start_a_new_set_up(
    pyproject: str, constraints: str, python: str
) -> None:
    assert fingerprint(PYPROJECT, "c", "3.11") != fingerprint(pyproject, constraints, python)


@pytest.mark.parametrize(
    ("output", "word"),
    [
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        ("NewConnectionError: Temporary failure in name resolution", "network"),
        ("error: something else", "lines above"),
    ],
)
def test_failure_of_pip_is_explained(output: str, word: str) -> None:
    assert word in failure_hint(output)
