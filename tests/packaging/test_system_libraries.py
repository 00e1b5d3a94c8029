import dataclasses
from collections.abc import Callable

import pytest

from messages import SetupError
from system_libraries import (
    Machine,
    ensure_system_packages,
    install_command,
    missing_packages,
    offer_recommended_packages,
    recommended_packages,
)

COMPLETE = Machine(
    has_library=lambda soname: True,
    has_tool=lambda name: True,
    has_fonts=True,
    has_ensurepip=True,
    has_apt=True,
    is_root=False,
    os_release={"ID": "debian", "VERSION_CODENAME": "bookworm"},
)


def _without(*sonames: str) -> Callable[[str], bool]:
    return lambda soname: soname not in sonames


def test_complete_machine_misses_nothing() -> None:
    assert missing_packages(COMPLETE, for_window=True, for_build=True) == ()


def test_missing_library_is_named_as_its_package() -> None:
    machine = dataclasses.replace(COMPLETE, has_library=_without("libEGL.so.1", "libnss3.so"))
    assert missing_packages(machine, for_window=True, for_build=False) == ("libegl1", "libnss3")


@pytest.mark.parametrize(
    ("os_release", "package"),
    [
        ({"VERSION_CODENAME": "bookworm"}, "libasound2"),
        ({"VERSION_CODENAME": "jammy", "UBUNTU_CODENAME": "jammy"}, "libasound2"),
        ({"VERSION_CODENAME": "noble", "UBUNTU_CODENAME": "noble"}, "libasound2t64"),
        ({"VERSION_CODENAME": "wilma", "UBUNTU_CODENAME": "noble"}, "libasound2t64"),
        ({"VERSION_CODENAME": "trixie"}, "libasound2t64"),
    ],
)
def test_renamed_packages_follow_the_release(os_release: dict[str, str], package: str) -> None:
    machine = dataclasses.replace(
        COMPLETE, has_library=_without("libasound.so.2"), os_release=os_release
    )
    assert missing_packages(machine, for_window=True, for_build=False) == (package,)


def test_command_line_use_needs_no_window_libraries() -> None:
    machine = dataclasses.replace(COMPLETE, has_library=lambda soname: False, has_fonts=False)
    assert missing_packages(machine, for_window=False, for_build=False) == ()


def test_compiler_is_needed_only_to_build() -> None:
    machine = dataclasses.replace(COMPLETE, has_tool=lambda name: False)
    assert missing_packages(machine, for_window=True, for_build=False) == ()
    assert missing_packages(machine, for_window=True, for_build=True) == ("g++", "cmake")


def test_install_command_is_one_line() -> None:
    assert install_command(["libegl1", "g++"], sudo=True) == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 g++"
    )


def test_a_normal_user_is_shown_the_command() -> None:
    machine = dataclasses.replace(COMPLETE, has_library=_without("libEGL.so.1"))
    with pytest.raises(SetupError, match=r"sudo apt-get install -y .* libegl1"):
        ensure_system_packages(machine, for_window=True, for_build=False)


def test_a_system_without_apt_is_warned_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    machine = dataclasses.replace(COMPLETE, has_library=_without("libEGL.so.1"), has_apt=False)
    ensure_system_packages(machine, for_window=True, for_build=False)
    assert "libegl1" in capsys.readouterr().err


def test_what_isolates_programs_is_recommended() -> None:
    assert recommended_packages(COMPLETE) == ()
    machine = dataclasses.replace(COMPLETE, has_tool=lambda name: False)
    assert recommended_packages(machine) == ("bubblewrap", "g++")


@pytest.mark.parametrize("has_apt", [True, False])
def test_a_missing_recommendation_is_said_and_stops_nothing(
    has_apt: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = dataclasses.replace(COMPLETE, has_tool=lambda name: name != "bwrap", has_apt=has_apt)
    offer_recommended_packages(machine)
    assert "bubblewrap" in capsys.readouterr().err
