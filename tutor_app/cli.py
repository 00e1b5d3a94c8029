"""The second front end: `stem-tutor`. One composition root, beside `ui.app`.

`--json` prints one JSON object (or JSON lines) on standard output and nothing else there; what
is meant for a person goes to standard error. Status 0: done; 1: a clear error; 2: wrong usage.
"""

import argparse
import signal
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from types import FrameType

from tutor_app import __version__
from tutor_app.commands import coding, running, verification, working
from tutor_app.commands.narration import LinePrinter, verdict_sentence
from tutor_app.core.assets import built_in_model
from tutor_app.core.errors import ExportError, TutorError
from tutor_app.core.events import (
    AttemptStarted,
    ProblemRead,
    Solved,
    StepJudged,
    TextWritten,
)
from tutor_app.core.ports import ModelInfo
from tutor_app.core.records import Mode
from tutor_app.core.solution import Solution
from tutor_app.export.formats import ExportFormat, export_solution, format_of_suffix
from tutor_app.history.profile import Profile
from tutor_app.history.settings import SettingsFile
from tutor_app.history.store import SqliteHistory
from tutor_app.inference.client import ModelHost
from tutor_app.report import print_json, solution_record, warn
from tutor_app.sandbox.client import Sandbox
from tutor_app.tutor.code import Coder
from tutor_app.tutor.conversation import Conversation, Run
from tutor_app.tutor.diagnosis import diagnose
from tutor_app.tutor.models import ModelLibrary
from tutor_app.tutor.solve import SolveOptions, Solver
from tutor_app.verify.client import CheckHost

_DONE, _USER_ERROR = 0, 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="stem-tutor",
        description="An offline STEM tutor whose maths is checked. Without a command it opens "
        "its window.",
    )
    parser.add_argument("--version", action="version", version=f"STEM Tutor {__version__}")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--profile", type=Path, metavar="DIR", help="keep everything in DIR")
    place.add_argument("--temp-profile", action="store_true", help="forget everything at the end")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_solve(commands.add_parser("solve", help="solve one problem and check the solution"))
    verification.add_arguments(
        commands.add_parser("verify", help="check answers, problems, steps or claims from a file")
    )
    working.add_arguments(commands.add_parser("check", help="check your own working line by line"))
    export = commands.add_parser("export", help="write a solution that was found before")
    which = export.add_mutually_exclusive_group(required=True)
    which.add_argument("thread", nargs="?", type=int, metavar="THREAD", help="number of a thread")
    which.add_argument("--last", action="store_true", help="the latest solution of all")
    export.add_argument("--format", choices=[str(kind) for kind in ExportFormat], required=True)
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    models = commands.add_parser("models", help="list or import model files")
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="the models there are").add_argument(
        "--json", action="store_true"
    )
    actions.add_parser("import", help="copy a GGUF file into the profile").add_argument(
        "file", type=Path, metavar="FILE"
    )
    running.add_arguments(commands.add_parser("run", help="run a Python or C++ program safely"))
    doctor = commands.add_parser("doctor", help="what this machine can do")
    doctor.add_argument("--json", action="store_true")
    return parser


def _add_solve(solve: argparse.ArgumentParser) -> None:
    solve.add_argument("problem", help="the problem, in words, plain maths or LaTeX")
    solve.add_argument("--model", default=None, metavar="FILE", help="a model's file or name")
    solve.add_argument("--attempts", type=_positive, default=None, metavar="N")
    solve.add_argument("--budget", type=_positive, default=None, metavar="TOKENS")
    solve.add_argument("--seed", type=int, default=None, metavar="N")
    solve.add_argument("--mode", choices=("solve", "code"), default="solve")
    coding.add_arguments(solve)
    solve.add_argument("--export", type=Path, action="append", default=[], metavar="FILE")
    solve.add_argument("--json", action="store_true")


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def _inspect(path: Path) -> ModelInfo:
    with closing(ModelHost(path)) as host:
        return host.load()


def _library(profile: Profile) -> ModelLibrary:
    return ModelLibrary(profile.models, built_in_model(), _inspect)


def _stop_on_interrupt(run: Run) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        warn("Stopping…")
        run.stop()

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, stop)


def _solve(arguments: argparse.Namespace, profile: Profile) -> int:
    if arguments.mode == "code":
        return _code(arguments, profile)
    kinds = [_format_for(path) for path in arguments.export]
    with ExitStack() as stack:
        run = _conversation(arguments, profile, stack).ask(None, arguments.problem)
        _stop_on_interrupt(run)
        solution = _follow(run, LinePrinter(is_silent=arguments.json))
    if arguments.json:
        print_json(solution_record(solution))
    else:
        print(verdict_sentence(solution))
    for path, kind in zip(arguments.export, kinds, strict=True):
        _write_file(path, export_solution(solution, kind))
    return _DONE


def _code(arguments: argparse.Namespace, profile: Profile) -> int:
    if arguments.export:
        raise ExportError(
            "A program cannot be exported yet.", hint="Leave out --export; --json prints it all."
        )
    examples = coding.examples_of(arguments)
    with ExitStack() as stack:
        conversation = _conversation(arguments, profile, stack)
        run = conversation.ask(None, arguments.problem, Mode(arguments.language), examples)
        _stop_on_interrupt(run)
        coding.follow(run, as_json=arguments.json)
    return _DONE


def _conversation(
    arguments: argparse.Namespace, profile: Profile, stack: ExitStack
) -> Conversation:
    """The rooms that answering needs; none starts a process before it is used."""
    settings = SettingsFile(profile.settings_file).load().settings
    model = settings.model_path if arguments.model is None else arguments.model
    host = stack.enter_context(closing(ModelHost(_library(profile).path_of(model))))
    checker = stack.enter_context(closing(CheckHost()))
    runner = stack.enter_context(closing(Sandbox()))
    history = stack.enter_context(closing(SqliteHistory(profile.database)))
    options = SolveOptions(
        attempts=arguments.attempts or settings.attempts,
        max_tokens=arguments.budget or settings.max_tokens,
        seed=arguments.seed,
    )
    return Conversation(Solver(host, checker, options), Coder(host, runner, options), history)


def _follow(run: Run, printer: LinePrinter) -> Solution:
    solution: Solution | None = None
    for event in run.events():
        match event:
            case ProblemRead():
                printer.read(event.reading)
            case AttemptStarted():
                printer.begin(event.attempt)
            case TextWritten():
                printer.write(event.text)
            case StepJudged():
                printer.judge(event.index, event.verdict)
            case Solved():
                solution = event.solution
            case _:
                pass  # the printer needs no more
        if isinstance(event, Solved):
            printer.end()
    assert solution is not None, "a run ends with Solved or raises"
    return solution


def _format_for(path: Path) -> ExportFormat:
    kind = format_of_suffix(path.suffix)
    if kind is None:
        raise ExportError(
            f"{path.name} does not say which kind of file it should be.",
            hint="Let the name end in .pdf or .md.",
        )
    return kind


def _write_file(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ExportError(
            f"{path} cannot be written.", hint=f"The system says: {error.strerror or error}."
        ) from error
    warn(f"Wrote {path}.")


def _export(arguments: argparse.Namespace, profile: Profile) -> int:
    with closing(SqliteHistory(profile.database)) as history:
        if arguments.last:
            solution = history.last_solution()
        else:
            solutions = [exchange.solution for exchange in history.exchanges(arguments.thread)]
            solution = next((found for found in reversed(solutions) if found is not None), None)
    if solution is None:
        raise ExportError("There is no finished solution to export.", hint="Solve a problem first.")
    _write_file(arguments.out, export_solution(solution, ExportFormat(arguments.format)))
    return _DONE


def _verify(arguments: argparse.Namespace, _profile: Profile) -> int:
    with closing(CheckHost()) as checker:
        verification.run(arguments, checker)
    return _DONE


def _check(arguments: argparse.Namespace, _profile: Profile) -> int:
    with closing(CheckHost()) as checker:
        working.run(arguments, checker)
    return _DONE


def _models(arguments: argparse.Namespace, profile: Profile) -> int:
    library = _library(profile)
    if arguments.action == "import":
        entry = library.import_file(arguments.file)
        warn(f"Imported {entry.name}. Use it with --model {entry.name}.")
        return _DONE
    for entry in library.entries():
        if arguments.json:
            print_json(
                {
                    "name": entry.name,
                    "path": str(entry.path),
                    "size_bytes": entry.size_bytes,
                    "is_built_in": entry.is_built_in,
                }
            )
        else:
            mark = "built in" if entry.is_built_in else "imported"
            print(f"{entry.name}  {entry.size_bytes / 1e6:.1f} MB  {mark}  {entry.path}")
    return _DONE


def _run(arguments: argparse.Namespace, _profile: Profile) -> int:
    with closing(Sandbox()) as runner:
        running.run(arguments, runner)
    return _DONE


def _doctor(arguments: argparse.Namespace, profile: Profile) -> int:
    findings = diagnose(profile.root, built_in_model(), ModelHost, CheckHost, Sandbox)
    if arguments.json:
        print_json({finding.name: finding.value for finding in findings})
    else:
        for finding in findings:
            print(f"{'ok ' if finding.is_good else '!! '} {finding.name}: {finding.value}")
    return _DONE if all(finding.is_good for finding in findings) else _USER_ERROR


_COMMANDS: dict[str, Callable[[argparse.Namespace, Profile], int]] = {
    "solve": _solve,
    "verify": _verify,
    "check": _check,
    "export": _export,
    "models": _models,
    "run": _run,
    "doctor": _doctor,
}


def _open_window(profile: Profile) -> int:
    try:
        from tutor_app.ui.app import run_window  # only the window needs Qt
    except ImportError as error:
        raise TutorError(
            f"The window cannot be opened, because a part of it is missing: {error}.",
            hint="'python3 packaging/bootstrap.py run' installs or names what is missing.",
        ) from error
    return run_window(profile)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parsed = _parser().parse_args(arguments)
    try:
        with ExitStack() as stack:
            if parsed.temp_profile:
                profile = Profile.inside(Path(stack.enter_context(tempfile.TemporaryDirectory())))
            else:
                profile = Profile.inside(parsed.profile) if parsed.profile else Profile.default()
            profile.create_folders()
            if parsed.command is None:
                return _open_window(profile)
            return _COMMANDS[parsed.command](parsed, profile)
    except TutorError as error:
        warn(f"stem-tutor: {error}")
        if error.hint:
            warn(error.hint)
        return _USER_ERROR
    except BrokenPipeError:
        return _USER_ERROR  # whoever read our output has gone
