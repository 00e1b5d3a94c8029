import ast
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from commands import Check, dispatch, opens_window, run_checks, window_refusal

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("version", [(3, 8), (3, 10)])
def test_old_python_is_refused_in_one_sentence(version: tuple[int, int]) -> None:
    refusal = bootstrap.version_refusal(version)
    assert "needs Python 3.11 or newer" in refusal
    assert f"Python {version[0]}.{version[1]}" in refusal


@pytest.mark.parametrize("version", [(3, 11), (3, 14), (4, 0)])
def test_new_python_is_welcome(version: tuple[int, int]) -> None:
    assert bootstrap.version_refusal(version) == ""


def test_the_first_file_can_be_read_by_an_old_python_to_say_so() -> None:
    source = (ROOT / "packaging" / "bootstrap.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))


def test_only_the_standard_library_is_imported() -> None:
    folder = ROOT / "packaging"
    own = {file.stem for file in folder.glob("*.py")}
    foreign = set()
    for file in folder.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                foreign |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                foreign.add((node.module or "").split(".")[0])
    assert foreign - own - sys.stdlib_module_names == set()


def test_without_a_command_the_usage_is_shown() -> None:
    command = [sys.executable, str(ROOT / "packaging" / "bootstrap.py")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (2, "")
    assert "run [-- APP ARGUMENTS] | test" in result.stderr


def test_a_failed_set_up_is_a_sentence_and_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert dispatch(["check", "surplus"], usage="") == 1
    assert "takes no arguments" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "is_window"),
    [
        ([], True),
        (["--profile", "DIR"], True),
        (["--profile=DIR"], True),
        (["--temp-profile"], True),
        (["solve", "1 + 1"], False),
        (["--profile", "DIR", "doctor"], False),
        (["--version"], False),
    ],
)
def test_only_a_start_without_a_command_opens_the_window(
    arguments: list[str], is_window: bool
) -> None:
    assert opens_window(arguments) is is_window


def test_no_display_names_the_command_line_instead() -> None:
    refusal = window_refusal({}, system="linux", is_root=False)
    assert "no display" in refusal
    assert 'bootstrap.py run -- solve "Solve 3x + 5 = 20"' in refusal


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_any_display_opens_the_window(name: str) -> None:
    assert window_refusal({name: "x"}, system="linux", is_root=False) == ""


def test_root_is_told_about_the_sandbox_and_it_is_not_switched_off() -> None:
    environ = {"DISPLAY": ":0"}
    assert "QTWEBENGINE_DISABLE_SANDBOX=1" in window_refusal(environ, system="linux", is_root=True)
    assert environ == {"DISPLAY": ":0"}


def test_root_who_switched_the_sandbox_off_gets_the_window() -> None:
    environ = {"DISPLAY": ":0", "QTWEBENGINE_DISABLE_SANDBOX": "1"}
    assert window_refusal(environ, system="linux", is_root=True) == ""


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_need_no_display_variable(system: str) -> None:
    assert window_refusal({}, system=system, is_root=False) == ""


def test_every_check_runs_and_the_summary_names_what_failed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    statuses = {"first": 0, "second": 3, "third": 0}
    called = []

    def call(check: Check) -> int:
        called.append(check.name)
        return statuses[check.name]

    status = run_checks([Check(name, ()) for name in statuses], call)
    summary = capsys.readouterr().err
    assert (status, called) == (1, ["first", "second", "third"])
    assert "second        FAILED (status 3)" in summary
    assert "1 of 3 checks failed" in summary


def test_all_checks_passing_is_status_0() -> None:
    assert run_checks([Check("only", ())], lambda check: 0) == 0
