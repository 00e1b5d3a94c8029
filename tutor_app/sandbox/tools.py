"""Finds the interpreter and the compiler, and says how a program is started with them."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from tutor_app.core.errors import ToolNotFound
from tutor_app.core.program import Language, ProgramFile, RunLimits, RunRequest
from tutor_app.sandbox.confined import INSIDE_LIBRARY, INSIDE_WORK, Command, SharedFolder
from tutor_app.sandbox.material import FIGURES, material

_INSIDE_PYTHON, _INSIDE_PACKAGES = "/opt/tutor-python", "/opt/tutor-packages"
_COMPILERS = ("/usr/bin/g++", "/usr/bin/clang++")
# one level for all: for short programs the optimiser costs nothing, the headers do
_COMPILER_FLAGS = ("-std=c++20", "-O1", "-Wall", "-Wextra", "-pipe", "-fdiagnostics-color=never")
SOURCE_NAMES = {Language.PYTHON: "main.py", Language.CPP: "main.cpp"}
EXECUTABLE = "program"
_COMPILE_LIMITS = RunLimits(
    wall_s=25.0,
    cpu_s=20,
    memory_bytes=1 << 30,
    processes=32,
    file_bytes=64 << 20,
    disk_bytes=96 << 20,
    output_bytes=256 << 10,
)
_FIGURES_MODULE = "tutor_figures"
_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/tmp",  # noqa: S108 - inside
    "TMPDIR": "/tmp",  # noqa: S108 - inside
    "USER": "learner",
    "LOGNAME": "learner",
    "TERM": "dumb",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONHASHSEED": "0",
    # one thread each: more of them would count against the limit on processes
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": f"module://{_FIGURES_MODULE}",
    "MPLCONFIGDIR": f"{INSIDE_WORK}/.matplotlib",
}


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python that the program may run on.

    Attributes:
        path: of the interpreter, as the program sees it.
        folders: what must be shown to it.
        search_path: folders with packages, as the program sees them.
        library_path: folders with shared objects, as the program sees them.
    """

    path: str
    folders: tuple[SharedFolder, ...]
    search_path: tuple[str, ...]
    library_path: tuple[str, ...]


def _is_below_usr(path: Path) -> bool:
    return path.is_relative_to("/usr")


def find_interpreter() -> Interpreter:
    """The app's own Python where this process may read it, else the system's.

    Raises:
        ToolNotFound: there is neither.
    """
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    prefix = Path(sys.base_prefix)
    own = prefix / "bin" / version
    system = Path("/usr/bin") / version
    folders: tuple[SharedFolder, ...] = ()
    library_path: tuple[str, ...] = ()
    if _can_run(own) and not getattr(sys, "frozen", False):
        path = str(own)
        if not _is_below_usr(prefix):
            folders = (SharedFolder(str(prefix), _INSIDE_PYTHON),)
            path = f"{_INSIDE_PYTHON}/bin/{version}"
            library_path = (f"{_INSIDE_PYTHON}/lib",)
    elif _can_run(system):
        path = str(system)
    elif _can_run(Path("/usr/bin/python3")):
        # packages of another version would not load
        return Interpreter("/usr/bin/python3", (), (), ())
    else:
        raise ToolNotFound("There is no Python to run this with.", hint="Install python3.")
    packages = Path(sys.prefix) / "lib" / version / "site-packages"
    if _is_below_usr(packages) or not os.access(packages, os.R_OK | os.X_OK):
        return Interpreter(path, folders, (), library_path)
    folders += (SharedFolder(str(packages), _INSIDE_PACKAGES),)
    return Interpreter(path, folders, (_INSIDE_PACKAGES,), library_path)


def _can_run(path: Path) -> bool:
    return os.access(path, os.X_OK)


def find_compiler() -> str:
    """The C++ compiler's path.

    Raises:
        ToolNotFound: there is none.
    """
    for path in _COMPILERS:
        if os.access(path, os.X_OK):
            return path
    raise ToolNotFound("There is no C++ compiler here.", hint="Install g++ or clang++.")


def python_command(request: RunRequest) -> Command:
    """How to run a Python program."""
    interpreter = find_interpreter()
    environment = dict(_ENVIRONMENT)
    environment["PYTHONPATH"] = ":".join((INSIDE_LIBRARY, *interpreter.search_path))
    if interpreter.library_path:
        environment["LD_LIBRARY_PATH"] = ":".join(interpreter.library_path)
    return Command(
        argv=(interpreter.path, "-B", SOURCE_NAMES[Language.PYTHON]),
        files=(_source(request), *request.files),
        library=(ProgramFile(f"{_FIGURES_MODULE}.py", material(FIGURES).encode()),),
        folders=interpreter.folders,
        environment=environment,
        stdin=request.stdin,
        limits=request.limits,
    )


def compile_command(request: RunRequest) -> Command:
    """How to compile a C++ program; the source may not go beyond the walls either."""
    source = SOURCE_NAMES[Language.CPP]
    return Command(
        argv=(find_compiler(), *_COMPILER_FLAGS, source, "-o", EXECUTABLE),
        files=(_source(request), *request.files),
        library=(),
        folders=(),
        environment=_ENVIRONMENT,
        stdin=b"",
        limits=_COMPILE_LIMITS,
    )


def executable_command(request: RunRequest, executable: bytes) -> Command:
    """How to run what the compiler made, in a second confinement."""
    return Command(
        argv=(f"{INSIDE_WORK}/{EXECUTABLE}",),
        files=(ProgramFile(EXECUTABLE, executable), *request.files),
        library=(),
        folders=(),
        environment=_ENVIRONMENT,
        stdin=request.stdin,
        limits=request.limits,
    )


def _source(request: RunRequest) -> ProgramFile:
    return ProgramFile(SOURCE_NAMES[request.language], request.source.encode(errors="replace"))
