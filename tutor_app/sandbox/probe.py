"""Finds out which confinement works here, by letting a harmless program try to get out of it."""

import os
import platform
import select
import socket
import tempfile
from pathlib import Path

from tutor_app.core.errors import SandboxError
from tutor_app.core.program import Language, RunLimits, RunRequest
from tutor_app.sandbox.execution import Execution, confinement_of
from tutor_app.sandbox.levels import Mechanism, isolation_of
from tutor_app.sandbox.material import CANARY, material

_LIMITS = RunLimits(wall_s=10.0)
_SECONDS_LEFT_BEHIND = "60"
_CANARY_TEXT = "a program must not read this"
_RESTRICTED_USERNS = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")


def find_mechanism(orders: int) -> tuple[Mechanism, str]:
    """The best mechanism that holds, and how to get a better one.

    Args:
        orders: a descriptor at which anything that arrives means "stop".
    """
    reasons: list[str] = []
    for mechanism in (Mechanism.BUBBLEWRAP, Mechanism.LANDLOCK):
        fault = _fault_of(mechanism, orders)
        if not fault:
            return mechanism, _advice(reasons)
        reasons.append(f"{mechanism}: {fault}")
    return Mechanism.NONE, _advice(reasons)


def _advice(reasons: list[str]) -> str:
    if not reasons:
        return ""
    if not Path("/usr/bin/bwrap").exists():
        cure = "Install the package bubblewrap."
    elif _RESTRICTED_USERNS.exists() and _RESTRICTED_USERNS.read_text().strip() == "1":
        cure = (
            "This system forbids bubblewrap to make namespaces; an administrator can allow it "
            "with an AppArmor profile (see docs/sandbox.md)."
        )
    else:
        cure = "This system forbids what bubblewrap needs."
    return f"{cure} Tried: {' '.join(reasons)}"


def _fault_of(mechanism: Mechanism, orders: int) -> str:
    """Why a mechanism does not hold; empty if it does."""
    with (
        tempfile.NamedTemporaryFile("w", encoding="utf-8") as canary,
        socket.create_server(("127.0.0.1", 0)) as tcp,
        socket.socket(socket.AF_UNIX) as unix,
    ):
        canary.write(_CANARY_TEXT)
        canary.flush()
        name = f"stem-tutor-canary-{os.getpid()}-{os.urandom(8).hex()}"
        unix.bind(f"\0{name}")
        unix.listen()
        lines = (canary.name, str(tcp.getsockname()[1]), name, _SECONDS_LEFT_BEHIND)
        request = RunRequest(
            Language.PYTHON,
            material(CANARY),
            stdin="\n".join(lines).encode(),
            limits=_LIMITS,
        )
        try:
            confinement = confinement_of(mechanism)
            outcome = Execution(confinement, isolation_of(mechanism), request, orders).run()
        except (SandboxError, OSError) as error:
            return str(error)
        if not outcome.is_success:
            return f"{outcome.reason} {outcome.stderr.decode(errors='replace')[-300:].strip()}"
        if outcome.stdout != b"done\n":
            return f"it lets programs {outcome.stdout.decode(errors='replace').split()}"
        if select.select([tcp, unix], [], [], 0)[0]:
            return "it lets programs connect"
        canary.seek(0)
        if Path(canary.name).read_text(encoding="utf-8") != _CANARY_TEXT:
            return "it lets programs write"
    return ""


def is_supported_system() -> bool:
    """Whether this operating system has any confinement that this program knows."""
    return platform.system() == "Linux"
