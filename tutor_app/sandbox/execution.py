"""Runs one request to its end inside a confinement."""

import os
import signal

from tutor_app.core.program import (
    Isolation,
    Language,
    Limit,
    Phase,
    ProgramFile,
    RunOutcome,
    RunRequest,
)
from tutor_app.sandbox.confined import Command, Confined, Confinement, Ending
from tutor_app.sandbox.guarded import GuardedRun
from tutor_app.sandbox.levels import Mechanism
from tutor_app.sandbox.namespaces import NamespaceRun, children_cpu_s
from tutor_app.sandbox.results import harvest, is_safe_image
from tutor_app.sandbox.tools import (
    EXECUTABLE,
    compile_command,
    executable_command,
    python_command,
)
from tutor_app.sandbox.watch import Watch, Watched

_CPU_SLACK_S = 0.5
_UNSHOWN = frozenset({".matplotlib"})
_SIGNALS_IN_WORDS = {
    "SIGSEGV": "it used memory that is not its own",
    "SIGBUS": "it used memory that is not its own",
    "SIGFPE": "it divided an integer by zero or overflowed",
    "SIGABRT": "it gave up, as after an exception that nobody caught or a failed assertion",
    "SIGILL": "it met an instruction that the processor does not know",
    "SIGSYS": "it asked the system for something that is not allowed here",
    "SIGTRAP": "it met a trap that is meant for a debugger",
    "SIGPIPE": "it wrote to something that nobody reads",
}


def confinement_of(mechanism: Mechanism) -> Confinement:
    """How to start a program under a mechanism."""
    match mechanism:
        case Mechanism.BUBBLEWRAP:
            return NamespaceRun
        case Mechanism.LANDLOCK:
            return GuardedRun
        case Mechanism.NONE:
            return lambda command: GuardedRun(command, is_restricted=False)


class Execution:
    """One request under one mechanism."""

    def __init__(
        self, confinement: Confinement, isolation: Isolation, request: RunRequest, orders: int
    ) -> None:
        """Prepare.

        Args:
            confinement: starts a program.
            isolation: what it gives; goes into the outcome.
            request: the program.
            orders: a descriptor at which anything that arrives means "stop".
        """
        self._confinement = confinement
        self._isolation = isolation
        self._request = request
        self._orders = orders

    def run(self) -> RunOutcome:
        """Run the program, compiling it first where it must be.

        Raises:
            SandboxError: the program could not be started.
        """
        request = self._request
        if request.language is Language.PYTHON:
            return self._run(python_command(request), Phase.RUN)
        compiled = self._run(compile_command(request), Phase.COMPILE)
        executable = next((file for file in compiled.files if file.name == EXECUTABLE), None)
        if compiled.exit_code != 0 or compiled.limit is not None or executable is None:
            return compiled
        command = executable_command(request, executable.content)
        return self._run(command, Phase.RUN, diagnostics=compiled.stderr)

    def _run(self, command: Command, phase: Phase, diagnostics: bytes = b"") -> RunOutcome:
        cpu_before_s = children_cpu_s()
        program = self._confinement(command)
        try:
            watched, ending, files, notes = self._follow(program, command)
        finally:
            program.close()
        cpu_s = children_cpu_s() - cpu_before_s
        limit, reason = _limit_and_reason(command, phase, watched, ending, cpu_s)
        is_killed_by_us = watched.limit is not None or watched.is_stopped
        number = signal.SIGKILL if is_killed_by_us else ending.signal_number
        return RunOutcome(
            phase=phase,
            exit_code=None if is_killed_by_us or limit is Limit.CPU_TIME else ending.exit_code,
            signal=signal.Signals(number).name if number else "",
            limit=limit,
            is_stopped=watched.is_stopped,
            reason=reason,
            stdout=bytes(watched.stdout),
            stderr=bytes(watched.stderr),
            is_truncated=watched.is_truncated,
            diagnostics=diagnostics,
            files=files,
            images=tuple(file for file in files if is_safe_image(file.content)),
            notes=notes,
            wall_s=watched.wall_s,
            cpu_s=cpu_s,
            memory_bytes=watched.memory_bytes,
            isolation=self._isolation,
        )

    def _follow(
        self, program: Confined, command: Command
    ) -> tuple[Watched, Ending, tuple[ProgramFile, ...], tuple[str, ...]]:
        folder = program.open_work_folder()
        watched = Watch(program, command.limits, command.stdin, self._orders).follow()
        ending = program.finish()
        brought = frozenset(file.name for file in command.files) | _UNSHOWN
        try:
            files, notes = harvest(folder, brought)
        finally:
            os.close(folder)
        return watched, ending, files, notes


def _limit_and_reason(
    command: Command, phase: Phase, watched: Watched, ending: Ending, cpu_s: float
) -> tuple[Limit | None, str]:
    """Which limit ended a program, and how it ended in one sentence."""
    subject = "It" if phase is Phase.RUN else "The compiler"
    if watched.is_stopped:
        return None, "It was stopped."
    if watched.limit is not None:
        return watched.limit, watched.reason
    limits = command.limits
    has_used_up = cpu_s >= limits.cpu_s - _CPU_SLACK_S
    if ending.signal_number in {signal.SIGXCPU, signal.SIGKILL} and has_used_up:
        return Limit.CPU_TIME, f"{subject} used more than {limits.cpu_s} s of processor time."
    if ending.signal_number == signal.SIGXFSZ:
        mebibytes = limits.file_bytes >> 20
        return Limit.DISK, f"{subject} tried to write a file larger than {mebibytes} MiB."
    if _is_out_of_memory(ending, bytes(watched.stderr)):
        return Limit.MEMORY, f"{subject} asked for more memory than it may have."
    return None, _ending_in_words(subject, ending)


def _is_out_of_memory(ending: Ending, stderr: bytes) -> bool:
    """Whether the program says that its own memory ran out, and ended because of that."""
    lines = stderr.rstrip().splitlines()
    if ending.exit_code == 1 and lines:
        return lines[-1].split(b":")[0] == b"MemoryError"
    return ending.signal_number == signal.SIGABRT and b"'std::bad_alloc'" in stderr


def _ending_in_words(subject: str, ending: Ending) -> str:
    if ending.signal_number:
        name = signal.Signals(ending.signal_number).name
        words = _SIGNALS_IN_WORDS.get(name, "nothing here sent that signal")
        if ending.is_certain:
            return f"{subject} was ended by the signal {name}: {words}."
        return f"{subject} ended with status {ending.exit_code}, which often means {name}: {words}."
    if ending.exit_code == 0:
        return f"{subject} ended normally."
    return f"{subject} ended with status {ending.exit_code}."
