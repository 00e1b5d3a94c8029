"""A sandbox for each tier this machine has, and the world outside it."""

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from tests.sandbox.outside import Outside, user_id
from tutor_app.core.errors import SandboxDied, SandboxError
from tutor_app.core.program import Language, RunRequest
from tutor_app.sandbox.client import Sandbox
from tutor_app.sandbox.levels import Mechanism
from tutor_app.sandbox.namespaces import BUBBLEWRAP

PACKAGES = Path(sys.prefix) / "lib" / f"python3.{sys.version_info[1]}" / "site-packages"


@cache
def reason_to_skip(mechanism: Mechanism) -> str:
    """Why this machine lacks a tier; empty if it has it."""
    if not sys.platform.startswith("linux"):
        return "programs are run on Linux only"
    if mechanism is Mechanism.BUBBLEWRAP and not os.access(BUBBLEWRAP, os.X_OK):
        return "bubblewrap is not installed"
    with closing(Sandbox(mechanism)) as sandbox:
        try:
            sandbox.start(RunRequest(Language.PYTHON, "print()", allows_unprotected=True)).result()
        except SandboxDied:
            raise  # a mistake of ours, not a lack of this machine
        except SandboxError as error:
            return f"{error} {error.hint}"
    return ""


@pytest.fixture(scope="session", params=[Mechanism.BUBBLEWRAP, Mechanism.LANDLOCK], ids=str)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox in each tier."""
    if reason := reason_to_skip(request.param):
        pytest.skip(reason)
    with closing(Sandbox(request.param, user_id=user_id())) as made:
        yield made


@pytest.fixture(scope="session")
def no_sandbox() -> Iterator[Sandbox]:
    """What runs programs without any protection."""
    if reason := reason_to_skip(Mechanism.NONE):
        pytest.skip(reason)
    with closing(Sandbox(Mechanism.NONE, user_id=user_id())) as made:
        yield made


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    """Decoys and canary."""
    with closing(Outside(PACKAGES)) as made:
        yield made
