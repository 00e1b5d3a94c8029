#!/usr/bin/env python3
"""The two commands of this project: `run` opens the tutor, `test` checks everything.

    python3 packaging/bootstrap.py run [-- ARGUMENTS OF THE APP]
    python3 packaging/bootstrap.py test [PYTEST ARGUMENTS]
    python3 packaging/bootstrap.py check

Needs nothing but Python. This file also parses on a Python that is too old, to say so; the work
is in the files beside it.
"""

import signal
import sys

OLDEST_PYTHON = (3, 11)
USAGE = "usage: bootstrap.py run [-- APP ARGUMENTS] | test [PYTEST ARGUMENTS] | check"


def version_refusal(version: "tuple[int, int]") -> str:
    """The sentence for a Python that is too old, or an empty text."""
    if version >= OLDEST_PYTHON:
        return ""
    return (
        "STEM Tutor needs Python {}.{} or newer, but this is Python {}.{}. "
        "Start the same command with a newer one, such as python3.11."
    ).format(*OLDEST_PYTHON, *version)


def _stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main(arguments: "list[str]") -> int:
    """Run one command and return the exit status."""
    refusal = version_refusal(sys.version_info[:2])
    if refusal:
        print(refusal, file=sys.stderr)
        return 1
    from commands import dispatch  # only now: it needs a Python that is new enough

    signal.signal(signal.SIGTERM, _stop)  # a shutdown must clean up as Ctrl-C does
    return dispatch(arguments, usage=USAGE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
