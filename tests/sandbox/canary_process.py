"""A process outside the sandbox that programs must not reach. Prints what it is, then contacts."""

import ctypes
import json
import os
import select
import socket
import sys
from contextlib import suppress
from pathlib import Path

_SHARED_MEMORY_FILE = Path("/dev/shm/stem-tutor-canary")  # noqa: S108 - a decoy of this name


def _unix(address: str, kind: int) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, kind)
    listener.bind(address)
    if kind == socket.SOCK_STREAM:
        listener.listen()
    return listener


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    folder = sys.argv[1]
    tag = f"stem-tutor-canary-{os.getpid()}"
    streams = {"path_stream": f"{folder}/{tag}.stream", "abstract_stream": f"{tag}-stream"}
    datagrams = {"path_datagram": f"{folder}/{tag}.datagram", "abstract_datagram": f"{tag}-data"}
    tcp = socket.create_server(("127.0.0.1", 0))
    port = tcp.getsockname()[1]
    listeners = [tcp]
    with suppress(OSError):  # no IPv6 here
        listeners.append(socket.create_server(("::1", port), family=socket.AF_INET6))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    listeners.append(udp)
    for names, kind in ((streams, socket.SOCK_STREAM), (datagrams, socket.SOCK_DGRAM)):
        for name, address in names.items():
            listeners.append(_unix(address if name[0] == "p" else f"\0{address}", kind))
    library = ctypes.CDLL(None)
    shared = library.shmget(0, 4096, 0o1600)
    _SHARED_MEMORY_FILE.write_text("amber" * 2, encoding="utf-8")
    about = {"victim": os.getpid(), "tcp": port, "udp": udp.getsockname()[1]}
    _say(json.dumps({**about, "shared_memory_id": shared, **streams, **datagrams}))
    try:
        while True:
            ready = select.select([*listeners, sys.stdin], [], [])[0]
            if sys.stdin in ready:
                return
            for listener in listeners:
                if listener not in ready:
                    continue
                if listener.type == socket.SOCK_STREAM:
                    listener.accept()[0].close()
                else:
                    listener.recv(100)
                _say(f"contact {listener.family.name} {listener.type.name}")
    finally:
        library.shmctl(shared, 0, None)
        _SHARED_MEMORY_FILE.unlink()
        for path in (streams["path_stream"], datagrams["path_datagram"]):
            Path(path).unlink()


if __name__ == "__main__":
    main()
