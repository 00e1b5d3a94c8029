"""What `run`, `test` and `check` do, from an empty machine to a window or a summary."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import environment
from messages import SetupError, say
from runtime_wheel import this_machines_cache
from system_libraries import (
    ensure_system_packages,
    offer_recommended_packages,
    this_machine,
)

_DEVELOPMENT = frozenset({"train", "dev"})
_TEST_ENVIRONMENT = {"QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1"}


@dataclass(frozen=True, slots=True)
class Check:
    """One tool that must be content.

    Attributes:
        name: for the summary.
        arguments: what follows `python`.
    """

    name: str
    arguments: tuple[str, ...]


_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

STATIC_CHECKS = (
    Check("ruff check", ("-m", "ruff", "check", ".")),
    Check("ruff format", ("-m", "ruff", "format", "--check", ".")),
    Check("mypy", ("-m", "mypy")),
    # its package cannot be run with -m, and its script breaks when the checkout is moved
    Check("lint-imports", ("-c", _LINT_IMPORTS)),
)


def set_up(extras: frozenset[str], *, for_window: bool) -> None:
    """Make .venv hold what is asked for; in well under a second where it already does.

    Raises:
        SetupError: something outside this program is missing or failed.
    """
    fingerprint = environment.current_fingerprint()
    stamp = environment.read_stamp()
    is_there = environment.venv_python().exists()
    if is_there and stamp.covers(fingerprint, extras, for_window=for_window):
        return
    installed = stamp.extras if is_there and stamp.fingerprint == fingerprint else None
    must_install = installed is None or not extras <= installed
    cache = this_machines_cache(environment.CONSTRAINTS.read_text(encoding="utf-8"))
    if sys.platform == "linux":
        for_build = must_install and cache.sound_wheel() is None
        machine = this_machine()
        ensure_system_packages(machine, for_window=for_window, for_build=for_build)
        offer_recommended_packages(machine)
    extras |= installed or frozenset()
    if must_install:
        environment.ensure_venv()
        environment.install(extras, cache)
    environment.write_stamp(environment.Stamp(fingerprint, extras, window_ready=for_window))


def opens_window(app_arguments: Sequence[str]) -> bool:
    """Whether the app will open its window: no command is named, only where the profile lies."""
    rest = list(app_arguments)
    while rest:
        word = rest.pop(0)
        if word == "--profile" and rest:
            rest.pop(0)
        elif word != "--temp-profile" and not word.startswith("--profile="):
            return False
    return True


def window_refusal(environ: Mapping[str, str], *, system: str, is_root: bool) -> str:
    """The sentence that says why no window can open here, or an empty text."""
    if system != "linux":
        return ""
    has_platform = environ.get("QT_QPA_PLATFORM", "")
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or has_platform):
        return (
            "There is no display here to open the window on; use the command line instead: "
            'python3 packaging/bootstrap.py run -- solve "Solve 3x + 5 = 20"'
        )
    if is_root and environ.get("QTWEBENGINE_DISABLE_SANDBOX") != "1":
        return (
            "Running as root is refused by Chromium's sandbox, which shows the answers: start the "
            "tutor as a normal user, or set QTWEBENGINE_DISABLE_SANDBOX=1 yourself."
        )
    return ""


def run_app(app_arguments: Sequence[str]) -> int:
    """Set up, then become the app."""
    wants_window = opens_window(app_arguments)
    set_up(frozenset(), for_window=wants_window)
    if wants_window:
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        refusal = window_refusal(os.environ, system=sys.platform, is_root=is_root)
        if refusal:
            say(refusal)
            return 1
    python = str(environment.venv_python())
    command = [python, "-P", "-m", "tutor_app", *app_arguments]
    if os.name == "posix":
        os.execv(python, command)  # noqa: S606 - our own interpreter; signals reach the app itself
    return subprocess.call(command)


def run_checks(checks: Sequence[Check], call: Callable[[Check], int]) -> int:
    """Run all checks, whatever fails, and print the summary.

    Returns:
        0 if all passed, else 1.
    """
    lines = []
    failed = 0
    for check in checks:
        say(f"\n== {check.name}")
        started = time.monotonic()
        status = call(check)
        failed += status != 0
        verdict = "passed" if status == 0 else f"FAILED (status {status})"
        lines.append(f"  {check.name:<14}{verdict}, {time.monotonic() - started:.1f} s")
    say("\nSummary\n" + "\n".join(lines))
    say("All checks passed." if not failed else f"{failed} of {len(checks)} checks failed.")
    return 1 if failed else 0


def _call_tool(check: Check) -> int:
    command = [str(environment.venv_python()), *check.arguments]
    variables = {**os.environ, **_TEST_ENVIRONMENT}
    return subprocess.run(command, cwd=environment.ROOT, env=variables, check=False).returncode


def run_tests(pytest_arguments: Sequence[str]) -> int:
    """Set up with everything the tests need, then run every check."""
    set_up(_DEVELOPMENT, for_window=True)
    tests = Check("pytest", ("-m", "pytest", *pytest_arguments))
    return run_checks((*STATIC_CHECKS, tests), _call_tool)


def run_static_checks(arguments: Sequence[str]) -> int:
    """Lint, types and arrows only."""
    if arguments:
        raise SetupError("`check` takes no arguments.")
    set_up(_DEVELOPMENT, for_window=True)
    return run_checks(STATIC_CHECKS, _call_tool)


_COMMANDS = {"run": run_app, "test": run_tests, "check": run_static_checks}


def dispatch(arguments: Sequence[str], *, usage: str) -> int:
    """Run the command named first and return the exit status."""
    if not arguments or arguments[0] not in _COMMANDS:
        say(usage)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    rest = list(arguments[1:])
    if rest[:1] == ["--"]:
        del rest[0]
    try:
        return _COMMANDS[arguments[0]](rest)
    except SetupError as error:
        say(f"\n{error}\n{error.hint}".rstrip())
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The same command goes on from here.")
        return 130
    except OSError as error:
        say(f"\nThe set-up met the operating system's refusal: {error}.")
        return 1
