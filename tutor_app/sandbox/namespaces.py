"""Full isolation: bubblewrap gives the program its own files, network, processes and IPC."""

import json
import os
import platform
import resource
import select
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tutor_app.core.errors import SandboxError
from tutor_app.sandbox import kernel
from tutor_app.sandbox.confined import (
    INSIDE_LIBRARY,
    INSIDE_WORK,
    Command,
    Confined,
    Ending,
    Pipes,
    Usage,
    reap_children,
    resource_limits,
)
from tutor_app.sandbox.seccomp import Profile, build_filter

BUBBLEWRAP = "/usr/bin/bwrap"
_PRLIMIT, _SHELL = "/usr/bin/prlimit", "/bin/sh"
_SHARED_MEMORY_BYTES = 16 << 20
_SET_UP_TIMEOUT_S, _POLL_S = 10.0, 0.0005
_WORST_OOM_SCORE = "1000"
# bubblewrap's own: /proc/1/environ shows it to the program
_BARE_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
_SYSTEM_FOLDERS = ("bin", "sbin", "lib", "lib64", "lib32")
_SYSTEM_SETTINGS = (
    "alternatives",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "fonts",
)
_INVENTED_SETTINGS = {
    "passwd": "root:x:0:0::/:/bin/false\nlearner:x:1000:1000::/tmp:/bin/false\n",
    "group": "root:x:0:\nlearner:x:1000:\n",
    "hosts": "127.0.0.1 localhost sandbox\n::1 localhost\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
}
# Waits for a line and gives up at the end of the input: a supervisor that dies before it has
# armed everything must not leave a program behind that nobody watches.
_WAIT_FOR_GO = 'IFS= read -r go && exec "$@"'
_GO = b"\n"


class _Arguments:
    """Options of bubblewrap, and the descriptors that they name."""

    def __init__(self) -> None:
        self.options: list[str] = []
        self.descriptors: list[int] = []

    def add(self, *options: str) -> None:
        self.options += options

    def content(self, content: bytes) -> str:
        """Make content readable to bubblewrap; returns the descriptor's number."""
        descriptor = os.memfd_create("tutor")
        with open(descriptor, "wb", closefd=False) as file:
            file.write(content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        return self.inherit(descriptor)

    def inherit(self, descriptor: int) -> str:
        os.set_inheritable(descriptor, True)
        self.descriptors.append(descriptor)
        return str(descriptor)

    def close(self) -> None:
        for descriptor in self.descriptors:
            os.close(descriptor)


def _add_walls(arguments: _Arguments) -> None:
    arguments.add(
        "--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts",
        "--unshare-cgroup-try", "--disable-userns", "--uid", "1000", "--gid", "1000",
        "--hostname", "sandbox", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
        "--clearenv",
    )  # fmt: skip
    arguments.add(
        "--seccomp", arguments.content(build_filter(Profile.NAMESPACES, platform.machine()))
    )


def _add_system(arguments: _Arguments) -> None:
    arguments.add("--ro-bind", "/usr", "/usr")
    for name in _SYSTEM_FOLDERS:
        path = Path("/") / name
        if path.is_symlink():
            arguments.add("--symlink", str(path.readlink()), str(path))
        elif path.is_dir():
            arguments.add("--ro-bind", str(path), str(path))
    for name in _SYSTEM_SETTINGS:
        arguments.add("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
    for name, text in _INVENTED_SETTINGS.items():
        arguments.add("--ro-bind-data", arguments.content(text.encode()), f"/etc/{name}")
    arguments.add("--proc", "/proc", "--dev", "/dev")


def _add_work(arguments: _Arguments, command: Command, sentinel: str) -> None:
    for mode, size, place in (
        ("1777", _SHARED_MEMORY_BYTES, "/dev/shm"),  # noqa: S108 - inside
        ("1777", command.limits.disk_bytes, "/tmp"),  # noqa: S108 - inside
        ("0700", command.limits.disk_bytes, INSIDE_WORK),
    ):
        arguments.add("--perms", mode, "--size", str(size), "--tmpfs", place)
    for folder in command.folders:
        arguments.add("--ro-bind", folder.host, folder.inside)
    for file in command.library:
        place = f"{INSIDE_LIBRARY}/{file.name}"
        arguments.add("--ro-bind-data", arguments.content(file.content), place)
    for file in command.files:
        arguments.add("--perms", "0700")
        arguments.add("--file", arguments.content(file.content), f"{INSIDE_WORK}/{file.name}")
    arguments.add("--file", arguments.content(b""), f"{INSIDE_WORK}/{sentinel}")
    for name, value in command.environment.items():
        arguments.add("--setenv", name, value)
    # bubblewrap's own file systems may fill half of the memory each, and a writable /proc would
    # let the program raise its place in the line of the kernel's memory killer
    arguments.add("--remount-ro", "/proc", "--remount-ro", "/dev", "--remount-ro", "/")
    arguments.add("--chdir", INSIDE_WORK)


def _limited(command: Command) -> list[str]:
    """The command under its limits.

    The number of processes is limited inside: counted outside, it is the whole user's.
    """
    limits = {**resource_limits(command.limits), "nproc": (command.limits.processes,) * 2}
    options = [f"--{name}={soft}:{hard}" for name, (soft, hard) in limits.items()]
    return [_SHELL, "-c", _WAIT_FOR_GO, "sh", _PRLIMIT, *options, "--", *command.argv]


class NamespaceRun(Confined):
    """A program inside bubblewrap."""

    def __init__(self, command: Command) -> None:
        """Start it, and let it go once its work folder is held.

        Raises:
            SandboxError: bubblewrap cannot do its work here.
        """
        self._deadline_s = time.monotonic() + _SET_UP_TIMEOUT_S
        self._folders: list[int] = []
        self._init_fd = self._program_fd = self.is_over_fd = -1
        self.pipes = Pipes.open()
        info, their_info = os.pipe()
        try:
            self._bubblewrap_pid = self._spawn(command, their_info)
        finally:
            self.pipes.close_theirs()
        try:
            self.is_over_fd = os.pidfd_open(self._bubblewrap_pid)
            self._take_hold(info)
            os.write(self.pipes.stdin, _GO)
        except (OSError, ValueError) as error:
            self._abandon(error)
        finally:
            os.close(info)

    def _spawn(self, command: Command, info: int) -> int:
        # Before the last change of root, /proc/PID/root is the machine's own: only a folder that
        # holds a name nobody can guess is the program's.
        self._sentinel = f".tutor-{os.urandom(12).hex()}"
        arguments = _Arguments()
        try:
            _add_walls(arguments)
            _add_system(arguments)
            _add_work(arguments, command, self._sentinel)
            arguments.add("--info-fd", arguments.inherit(info))
            # not on the command line, which /proc/1/cmdline shows to the program
            text = b"".join(os.fsencode(option) + b"\0" for option in arguments.options)
            argv = [BUBBLEWRAP, "--args", arguments.content(text), "--", *_limited(command)]
            streams = [
                (os.POSIX_SPAWN_DUP2, theirs, number)
                for number, theirs in enumerate(self.pipes.theirs)
            ]
            return os.posix_spawn(
                BUBBLEWRAP, argv, _BARE_ENVIRONMENT, file_actions=streams, setsid=True
            )
        except OSError as error:
            raise SandboxError(f"bubblewrap cannot be started: {error}.") from error
        finally:
            arguments.close()

    def _take_hold(self, info: int) -> None:
        self.root_pid = json.loads(self._read_info(info))["child-pid"]
        self._init_fd = os.pidfd_open(self.root_pid)
        with suppress(OSError):  # kinder to the machine, not needed for safety
            Path(f"/proc/{self.root_pid}/oom_score_adj").write_text(_WORST_OOM_SCORE)
        self._folders.append(self._open_once_ready())
        os.unlink(self._sentinel, dir_fd=self._folders[0])
        self._folders += [self._open_inside(place) for place in ("/tmp", "/dev/shm")]  # noqa: S108
        self._program_fd = self._open_program()

    def _read_info(self, info: int) -> bytes:
        text = b""
        while not text.rstrip().endswith(b"}"):
            if not select.select([info], [], [], self._remaining_s())[0]:
                raise ValueError("it says nothing")
            if not (part := os.read(info, 4096)):
                raise ValueError("it ended early")
            text += part
        return text

    def _remaining_s(self) -> float:
        return max(0.0, self._deadline_s - time.monotonic())

    def _wait_a_moment(self) -> None:
        if self._remaining_s() == 0.0 or select.select([self.is_over_fd], [], [], 0)[0]:
            raise ValueError("it did not get ready")
        time.sleep(_POLL_S)

    def _open_inside(self, place: str) -> int:
        path = f"/proc/{self.root_pid}/root{place}"
        return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def _open_once_ready(self) -> int:
        while True:
            with suppress(OSError):
                folder = self._open_inside(INSIDE_WORK)
                try:
                    os.stat(self._sentinel, dir_fd=folder)
                except OSError:
                    os.close(folder)
                else:
                    return folder
            self._wait_a_moment()

    def _open_program(self) -> int:
        """A descriptor of the program's first process, which still waits for its line."""
        children = Path(f"/proc/{self.root_pid}/task/{self.root_pid}/children")
        while not (pids := children.read_text().split()):
            self._wait_a_moment()
        return os.pidfd_open(int(pids[0]))

    def _abandon(self, error: Exception) -> None:
        os.kill(self._bubblewrap_pid, signal.SIGKILL)  # not reaped yet, so the number is its own
        self.kill()
        reap_children()
        said = b""
        with suppress(OSError):
            said = os.read(self.pipes.stderr, 2000)
        self.close()
        words = said.decode(errors="replace").strip() or str(error)
        raise SandboxError(
            f"bubblewrap cannot isolate a program here: {words}",
            hint="`stem-tutor doctor` says which isolation this machine allows.",
        ) from error

    def kill(self) -> None:
        """Kill the first process of its namespace; the kernel then kills all others."""
        if self._init_fd >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._init_fd, signal.SIGKILL)

    def finish(self) -> Ending:
        """Kill what is left and wait until no process of it exists."""
        self.kill()
        select.select([self._init_fd], [], [])
        status = reap_children()[self._bubblewrap_pid]
        exact = kernel.wait_status_of(self._program_fd)
        if exact is not None:
            return Ending.of_wait_status(exact)
        return Ending.of_shell_status(os.waitstatus_to_exitcode(status) & 0xFF)

    def usage(self) -> Usage:
        """What its memory file systems hold; the kernel itself limits their bytes."""
        found = [os.fstatvfs(folder) for folder in self._folders]
        return Usage(
            bytes=0,
            files=sum(volume.f_files - volume.f_ffree for volume in found),
        )

    def open_work_folder(self) -> int:
        """A descriptor of the work folder; it outlives the program's namespace."""
        return os.dup(self._folders[0])

    def close(self) -> None:
        """Let go of the program's file systems, which ends them."""
        streams = (self.pipes.stdin, self.pipes.stdout, self.pipes.stderr)
        _close_all((*self._folders, self._init_fd, self._program_fd, self.is_over_fd, *streams))


def _close_all(descriptors: Iterable[int]) -> None:
    for descriptor in descriptors:
        if descriptor >= 0:
            os.close(descriptor)


def children_cpu_s() -> float:
    """Processor time of all children reaped so far, theirs included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
