"""The process that watches over one run: `python -m tutor_app.sandbox.supervisor`.

It has one thread, so that what it starts dies with it and not with some thread, and ends the
program when its own standard input ends, which happens when the app dies.
"""

import os
import resource
import sys

from tutor_app.core.errors import SandboxError, SandboxRefused, ToolNotFound
from tutor_app.sandbox import kernel
from tutor_app.sandbox.execution import Execution, confinement_of
from tutor_app.sandbox.material import load_material
from tutor_app.sandbox.privileges import drop_root
from tutor_app.sandbox.probe import find_mechanism
from tutor_app.sandbox.protocol import (
    Failed,
    FailureKind,
    Finished,
    FromSupervisor,
    Probe,
    Probed,
    Run,
    Stop,
    ToSupervisor,
    decode_to_supervisor,
    encode,
)

_ORDERS = 0
_KINDER_TO_THE_DESKTOP = 5


def _read_line() -> bytes:
    """The first line, and nothing beyond it: what follows means "stop"."""
    line = bytearray()
    while not line.endswith(b"\n"):
        part = os.read(_ORDERS, 1 << 20)
        if not part:
            sys.exit(0)
        line += part
    return bytes(line)


def _answer(message: ToSupervisor) -> FromSupervisor:
    match message:
        case Probe():
            mechanism, hint = find_mechanism(_ORDERS)
            return Probed(mechanism, hint)
        case Run():
            confinement = confinement_of(message.mechanism)
            run = Execution(confinement, message.isolation, message.request, _ORDERS)
            return Finished(run.run())
        case Stop():
            sys.exit(0)


def _failure(error: Exception) -> Failed:
    if isinstance(error, SandboxRefused):
        kind = FailureKind.REFUSED
    elif isinstance(error, ToolNotFound):
        kind = FailureKind.TOOL_NOT_FOUND
    else:
        kind = FailureKind.OTHER
    hint = error.hint if isinstance(error, SandboxError) else ""
    return Failed(kind, str(error), hint)


def main() -> None:
    """Answer one request and end."""
    answers = os.dup(1)
    os.dup2(2, 1)  # a library that prints must not corrupt the protocol
    os.chdir("/")
    os.umask(0o077)
    os.nice(_KINDER_TO_THE_DESKTOP)
    resource.setrlimit(resource.RLIMIT_CORE, (1, 1))  # see confined.py
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    message = decode_to_supervisor(_read_line())
    try:
        load_material()
        drop_root(message.user_id if isinstance(message, Run) else None)
        reply = _answer(message)
    except (SandboxError, OSError) as error:
        reply = _failure(error)
    with open(answers, "w", encoding="utf-8") as out:
        out.write(encode(reply) + "\n")


if __name__ == "__main__":
    main()
