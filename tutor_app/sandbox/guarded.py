"""Reduced isolation: Landlock and a stricter system call filter, where namespaces are refused.

Between the supervisor and the program stands a guard, a process without restrictions: it ends the
program and removes its folder even when the supervisor is killed. The program and everything it
starts stay in one process group, which the filter forbids to leave, so one signal reaches all.
"""

import json
import os
import platform
import resource
import select
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from tutor_app.core.errors import SandboxError
from tutor_app.sandbox import kernel
from tutor_app.sandbox.confined import (
    INSIDE_LIBRARY,
    INSIDE_WORK,
    Command,
    Confined,
    Ending,
    Pipes,
    SharedFolder,
    Usage,
    resource_limits,
)
from tutor_app.sandbox.processes import kill_descendants
from tutor_app.sandbox.seccomp import Profile, build_filter
from tutor_app.sandbox.work_folder import WorkFolder

_SYSTEM_FOLDERS = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
_SYSTEM_SETTINGS = ("/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives", "/etc/fonts")
_SAFE_DEVICES = ("/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_START_TIMEOUT_S = 10.0
_STARTED, _REFUSED, _ENDED = b"s", b"r", b"e"
_WORST_OOM_SCORE = "1000"
_HIGHEST_DESCRIPTOR = 65536


@dataclass(frozen=True, slots=True)
class Restrictions:
    """What the program puts on itself before it begins.

    Attributes:
        rules: paths and the rights beneath them.
        abi: of Landlock.
        system_calls: the filter.
    """

    rules: tuple[tuple[str, int], ...]
    abi: int
    system_calls: bytes


def _translated(text: str, folders: tuple[SharedFolder, ...]) -> str:
    """Replace paths inside by paths of the machine: there is no file system of its own here."""
    return ":".join(_on_the_machine(path, folders) for path in text.split(":"))


def _on_the_machine(path: str, folders: tuple[SharedFolder, ...]) -> str:
    for folder in folders:
        if path == folder.inside or path.startswith(f"{folder.inside}/"):
            return folder.host + path.removeprefix(folder.inside)
    return path


class GuardedRun(Confined):
    """A program below a guard; without restrictions where `is_restricted` is False."""

    def __init__(self, command: Command, *, is_restricted: bool = True) -> None:
        """Start it.

        Raises:
            SandboxError: the kernel cannot restrict a program, or it cannot be started.
        """
        self.is_over_fd = self._news = -1
        self._ending: Ending | None = None
        self._limits = command.limits
        self._folder = WorkFolder.create(command.files, command.library)
        self.pipes = Pipes.open()
        self._news, their_news = os.pipe()
        folders = (
            SharedFolder(str(self._folder.library), INSIDE_LIBRARY),
            SharedFolder(str(self._folder.work), INSIDE_WORK),
            *command.folders,
        )
        try:
            restrictions = self._restrictions(folders) if is_restricted else None
            guard = _Guard(
                command, self._folder, folders, restrictions, self.pipes.theirs, their_news
            )
            supervisor = os.getpid()
            self.root_pid = os.fork()
            if self.root_pid == 0:
                guard.run(supervisor)
            self.is_over_fd = os.pidfd_open(self.root_pid)
            os.close(their_news)
            self.pipes.close_theirs()
            self._await_start()
        except (OSError, SandboxError):
            self.kill()
            kill_descendants()
            self.close()
            raise

    def _restrictions(self, folders: tuple[SharedFolder, ...]) -> Restrictions:
        abi = kernel.landlock_abi()
        if abi < kernel.LEAST_LANDLOCK_ABI:
            raise SandboxError(
                f"This system's Landlock (version {abi}) is too old to isolate a program.",
                hint="Linux 6.2 or later is needed.",
            )
        work = str(self._folder.work)
        readable = [*_SYSTEM_FOLDERS, *(folder.host for folder in folders if folder.host != work)]
        profile = (
            Profile.LANDLOCK if abi >= kernel.SCOPES_SINCE_ABI else Profile.LANDLOCK_NO_SIGNALS
        )
        return Restrictions(
            rules=(
                *((path, kernel.READ_AND_EXECUTE) for path in readable),
                *((path, kernel.READ) for path in (*_SYSTEM_SETTINGS, *_SAFE_DEVICES)),
                ("/dev/null", kernel.READ_AND_WRITE_FILE),
                (work, kernel.WORK_FOLDER),
            ),
            abi=abi,
            system_calls=build_filter(profile, platform.machine()),
        )

    def _await_start(self) -> None:
        if not select.select([self._news], [], [], _START_TIMEOUT_S)[0]:
            raise SandboxError("The program could not be started in time.")
        kind, value = _read_news(self._news)
        if kind == _REFUSED:
            raise SandboxError(f"The program could not be isolated: {value}.")
        if kind != _STARTED:
            raise SandboxError("The program ended before it began.")

    def kill(self) -> None:
        """Kill the whole process group."""
        if self.is_over_fd >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.is_over_fd, signal.SIGTERM)

    def finish(self) -> Ending:
        """Kill what is left and wait until no process of it exists."""
        self.kill()
        select.select([self.is_over_fd], [], [])
        kill_descendants()
        kind, value = _read_news(self._news)
        if kind == _ENDED:
            return Ending.of_wait_status(int(value))
        return Ending(None, signal.SIGKILL)

    def usage(self) -> Usage:
        """What lies in the work folder."""
        return self._folder.usage(self._limits, self.root_pid)

    def open_work_folder(self) -> int:
        """A descriptor of the work folder."""
        return self._folder.open_work()

    def close(self) -> None:
        """Remove the folder."""
        for descriptor in (self.is_over_fd, self._news, self.pipes.stdin, self.pipes.stdout,
                           self.pipes.stderr):  # fmt: skip
            if descriptor >= 0:
                os.close(descriptor)
        self._folder.remove()


def _read_news(news: int) -> tuple[bytes, str]:
    """One message of the guard: its kind and its value; empty where it said nothing more."""
    text = b""
    while not text.endswith(b"\n"):
        if not (part := os.read(news, 1)):
            return b"", ""
        text += part
    return text[:1], json.loads(text[1:])


class _Guard:
    """The process between supervisor and program. Runs only after the fork."""

    def __init__(
        self,
        command: Command,
        folder: WorkFolder,
        folders: tuple[SharedFolder, ...],
        restrictions: Restrictions | None,
        streams: tuple[int, int, int],
        news: int,
    ) -> None:
        self._argv = [_translated(word, folders) for word in command.argv]
        self._environment = {
            name: _translated(value, folders) for name, value in command.environment.items()
        }
        work = str(folder.work)
        self._environment |= {"HOME": work, "TMPDIR": work}
        self._work = work
        self._folder = folder
        self._restrictions = restrictions
        self._streams = streams
        self._news = news
        limits = resource_limits(command.limits)
        # the kernel counts all of the user's processes together here
        processes = _threads_of_this_user() + command.limits.processes
        self._limits = {
            **{getattr(resource, f"RLIMIT_{name.upper()}"): pair for name, pair in limits.items()},
            resource.RLIMIT_NPROC: (processes, processes),
        }

    def run(self, supervisor: int) -> NoReturn:
        """Start the program, wait for its end or for the order to end it, clean up."""
        try:
            self._watch(supervisor)
        except BaseException as error:  # noqa: BLE001 - nothing may return into the supervisor's code
            self._tell(_REFUSED, str(error))
        os._exit(0)

    def _tell(self, kind: bytes, value: object) -> None:
        with suppress(OSError):
            os.write(self._news, kind + json.dumps(str(value)).encode() + b"\n")

    def _watch(self, supervisor: int) -> None:
        awaited = {signal.SIGCHLD, signal.SIGTERM}
        signal.pthread_sigmask(signal.SIG_BLOCK, awaited)
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != supervisor:
            self._folder.remove()
            return
        ready, their_ready = os.pipe()
        guard = os.getpid()
        program = os.fork()
        if program == 0:
            os.close(ready)
            self._become_program(guard, their_ready)
        os.close(their_ready)
        self._keep_only({self._news, ready})
        refusal = b"".join(iter(lambda: os.read(ready, 4096), b""))
        if refusal:
            os.waitpid(program, 0)
            self._tell(_REFUSED, refusal.decode(errors="replace"))
            return
        self._tell(_STARTED, "")
        self._tell(_ENDED, self._wait_for(program, awaited))
        with suppress(ProcessLookupError):
            os.killpg(program, signal.SIGKILL)
        kill_descendants()
        if os.getppid() != supervisor:
            self._folder.remove()

    def _keep_only(self, kept: set[int]) -> None:
        """Hold no stream of the program: its end must be seen."""
        nothing = os.open("/dev/null", os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        _close_all_but(kept)

    def _wait_for(self, program: int, awaited: set[signal.Signals]) -> int:
        while True:
            with suppress(ChildProcessError):
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == program:
                    return status
                if pid:
                    continue  # an orphan of the program
            if signal.sigwaitinfo(awaited).si_signo == signal.SIGTERM:
                with suppress(ProcessLookupError):
                    os.killpg(program, signal.SIGKILL)

    def _become_program(self, guard: int, refusal: int) -> NoReturn:
        try:
            os.setsid()  # a group of its own, and no terminal
            kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != guard:
                os._exit(1)
            with suppress(OSError):
                Path("/proc/self/oom_score_adj").write_text(_WORST_OOM_SCORE)
            for number, stream in enumerate(self._streams):
                os.dup2(stream, number)
            _close_all_but({refusal})
            os.chdir(self._work)
            for which, pair in self._limits.items():
                resource.setrlimit(which, pair)
            signal.pthread_sigmask(signal.SIG_SETMASK, set())
            for number in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)  # Python ignores some of them
            kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
            if self._restrictions is not None:
                kernel.restrict_files(self._restrictions.rules, self._restrictions.abi)
                kernel.filter_system_calls(self._restrictions.system_calls)
            os.execve(self._argv[0], self._argv, self._environment)  # noqa: S606
        except BaseException as error:  # noqa: BLE001 - nothing may return into the guard's code
            os.write(refusal, str(error).encode(errors="replace"))
        os._exit(1)


def _close_all_but(kept: set[int]) -> None:
    """Close every descriptor above the standard streams that is not named."""
    last = 2
    for descriptor in sorted(kept):
        os.closerange(last + 1, descriptor)
        last = descriptor
    os.closerange(last + 1, _HIGHEST_DESCRIPTOR)


def _threads_of_this_user() -> int:
    me = os.getuid()
    count = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                if folder.stat().st_uid == me:
                    count += sum(1 for _ in (folder / "task").iterdir())
    return count
