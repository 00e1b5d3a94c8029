"""Reduced isolation on older kernels, whose Landlock keeps neither signals nor TCP inside."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.sandbox.battery import Attack, attacks, run_attack
from tests.sandbox.conftest import PACKAGES, reason_to_skip
from tests.sandbox.old_landlock import ABI_VARIABLE
from tests.sandbox.outside import Outside, user_id
from tutor_app.core.errors import SandboxError
from tutor_app.core.program import Language, RunRequest
from tutor_app.sandbox import client
from tutor_app.sandbox.client import Sandbox
from tutor_app.sandbox.levels import Mechanism

_GROUPS = (
    "ipc_",
    "net_",
    "proc_kill",
    "proc_limits_of",
    "proc_daemon",
    "fs_write",
    "fs_meta",
    "ok_i",
)
_ATTACKS = [attack for attack in attacks() if attack.name.startswith(_GROUPS)]


@pytest.fixture
def old_sandbox(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sandbox]:
    """A sandbox whose supervisors believe in an older Landlock."""
    if reason := reason_to_skip(Mechanism.LANDLOCK):
        pytest.skip(reason)
    monkeypatch.setattr(client, "_SUPERVISOR", "tests.sandbox.old_landlock")
    monkeypatch.setenv(ABI_VARIABLE, str(request.param))
    with closing(Sandbox(Mechanism.LANDLOCK, user_id=user_id())) as made:
        yield made


@pytest.mark.parametrize("old_sandbox", [3, 5], indirect=True)
@pytest.mark.parametrize("attack", _ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_ends_the_same_way_on_an_older_kernel(
    attack: Attack, old_sandbox: Sandbox, outside: Outside
) -> None:
    if reason := attack.reason_to_skip(PACKAGES):
        pytest.skip(reason)
    judged = run_attack(attack, old_sandbox, outside)
    told = (judged.escapes, judged.secrets, judged.changes, judged.faults)
    assert told == ([], [], [], []), judged.outcome.stdout.decode(errors="replace")[-1500:]


@pytest.mark.parametrize("old_sandbox", [0, 1, 2], indirect=True)
def test_a_landlock_that_lets_programs_empty_files_is_refused(old_sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="too old"):
        old_sandbox.start(RunRequest(Language.PYTHON, "print('ran')")).result()
