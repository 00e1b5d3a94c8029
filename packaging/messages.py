"""How the set-up speaks: one line at a time, on standard error, and one kind of failure.

Standard output belongs to the app (`run -- solve … --json` prints JSON there).
"""

import re
import sys

_DISK_FULL = re.compile(r"No space left on device|Errno 28|not enough space on the disk", re.I)
_NO_NETWORK = re.compile(
    r"name resolution|Name or service not known|getaddrinfo failed|nodename nor servname"
    r"|Network is unreachable|NewConnectionError|ConnectTimeout|ReadTimeout|Max retries"
    r"|Connection refused|Connection broken|ProxyError|Temporary failure",
    re.I,
)


class SetupError(Exception):
    """The set-up cannot go on.

    Attributes:
        hint: what the person can do about it.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def say(text: str) -> None:
    """Print one line for the person."""
    print(text, file=sys.stderr, flush=True)


def failure_hint(output: str) -> str:
    """What a failed installer's output means for the person; a general hint where unclear."""
    if _DISK_FULL.search(output):
        return "The disk is full: free some space and run the same command again."
    if _NO_NETWORK.search(output):
        return (
            "The package index cannot be reached: the first set-up needs a network connection. "
            "Connect and run the same command again; what was finished is kept."
        )
    return "The lines above say why. The same command continues from here when that is fixed."
