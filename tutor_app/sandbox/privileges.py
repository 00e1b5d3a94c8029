"""Root must not watch over untrusted code: some limits do not bind it."""

import os
import pwd
from contextlib import suppress
from pathlib import Path

from tutor_app.core.errors import SandboxRefused

# reserved by Debian's policy and by systemd: neither people nor services
_UNUSED_IDS = range(65000, 65534)


def drop_root(user_id: int | None) -> None:
    """Become another user, for good, where this process is root.

    Args:
        user_id: whom; None for one that nobody else is.

    Raises:
        SandboxRefused: root cannot be given up here.
    """
    if os.geteuid() != 0 and os.getuid() != 0:
        return
    try:
        identity = _unused_id() if user_id is None else user_id
        os.setgroups([])
        os.setresgid(identity, identity, identity)
        os.setresuid(identity, identity, identity)
    except OSError as error:
        raise SandboxRefused(
            "Programs are not run as root, and this system does not let root become another user.",
            hint="Start the tutor as a normal user.",
        ) from error


def _unused_id() -> int:
    """A user id without an account and without processes; runs at the same time get others."""
    busy: set[int] = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                busy.add(folder.stat().st_uid)
    start = os.getpid() % len(_UNUSED_IDS)
    candidates: list[int] = [*_UNUSED_IDS[start:], *_UNUSED_IDS[:start]]
    for candidate in candidates:
        if candidate not in busy and not _has_account(candidate):
            return candidate
    raise SandboxRefused("There is no unused user id to run the program with.")


def _has_account(identity: int) -> bool:
    try:
        pwd.getpwuid(identity)
    except KeyError:
        return False
    return True
