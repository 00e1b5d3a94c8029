"""The attack battery: every program in `attacks` ends as its header says, in both tiers."""

import pytest

from tests.sandbox.battery import Attack, attacks, run_attack
from tests.sandbox.conftest import PACKAGES
from tests.sandbox.outside import Outside
from tutor_app.sandbox.client import Sandbox

_ATTACKS = attacks()
_PLAIN = {
    "escapes",
    "escapes-outside",
    "escapes-secret",
    "escapes-compiles",
    "escapes-check",
    "harmless",
    "skip",
}
_ESCAPING = [attack for attack in _ATTACKS if attack.header.get("PLAIN", "").startswith("escapes")]


def _name(attack: Attack) -> str:
    return attack.name


@pytest.mark.parametrize("attack", _ATTACKS, ids=_name)
def test_an_attack_ends_as_its_header_says(
    attack: Attack, sandbox: Sandbox, outside: Outside
) -> None:
    if reason := attack.reason_to_skip(PACKAGES):
        pytest.skip(reason)
    judged = run_attack(attack, sandbox, outside)
    told = (judged.escapes, judged.secrets, judged.changes, judged.faults)
    assert told == ([], [], [], []), judged.outcome.stdout.decode(errors="replace")[-1500:]


@pytest.mark.parametrize("attack", _ESCAPING, ids=_name)
def test_without_a_sandbox_the_battery_sees_the_escape(
    attack: Attack, no_sandbox: Sandbox, outside: Outside
) -> None:
    if reason := attack.reason_to_skip(PACKAGES):
        pytest.skip(reason)
    judged = run_attack(attack, no_sandbox, outside)
    seen = {
        "escapes": judged.escapes or judged.changes or judged.secrets,
        "escapes-outside": judged.changes,
        "escapes-secret": judged.secrets,
        "escapes-check": judged.faults,
        "escapes-compiles": not judged.faults or judged.outcome.phase.value == "run",
    }
    assert seen[attack.header["PLAIN"]], judged.outcome.stdout.decode(errors="replace")[-1500:]


@pytest.mark.parametrize("attack", _ATTACKS, ids=_name)
def test_every_header_says_what_is_expected(attack: Attack) -> None:
    assert attack.header["EXPECT"]
    assert attack.header["PLAIN"] in _PLAIN
    assert "STATUS" in attack.header or {"STATUS-A", "STATUS-B"} <= attack.header.keys()
