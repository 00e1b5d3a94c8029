"""Tries to leave the sandbox in a few simple ways and prints each that works, then "done".

It reads a path, a TCP port, an abstract socket's name and a number of seconds, a line each. The
process that it leaves behind must be gone when the run is over.
"""

import os
import socket
import sys
import time
from collections.abc import Callable

_CONNECT_TIMEOUT_S = 2.0


def _read(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        file.read()


def _write(path: str) -> None:
    with open(path, "r+", encoding="utf-8") as file:  # never makes a file of its own
        file.write("changed")


def _connect(family: socket.AddressFamily, address: tuple[str, int] | str) -> None:
    with socket.socket(family) as caller:
        caller.settimeout(_CONNECT_TIMEOUT_S)
        caller.connect(address)


def _leave_a_process(seconds: float) -> None:
    if os.fork() == 0:
        try:
            os.setsid()
        except OSError:
            time.sleep(seconds)  # refused: stay in the group
        time.sleep(seconds)
        os._exit(0)


def main() -> None:
    """Try everything."""
    path, port, name, seconds = sys.stdin.read().splitlines()
    ways: dict[str, Callable[[], None]] = {
        "read": lambda: _read(path),
        "write": lambda: _write(path),
        "tcp": lambda: _connect(socket.AF_INET, ("127.0.0.1", int(port))),
        "unix": lambda: _connect(socket.AF_UNIX, f"\0{name}"),
    }
    for word, attempt in ways.items():
        try:
            attempt()
        except OSError:
            continue
        print(word)  # noqa: T201 - its output is its answer
    _leave_a_process(float(seconds))
    print("done")  # noqa: T201


if __name__ == "__main__":
    main()
