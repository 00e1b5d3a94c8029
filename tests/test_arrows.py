"""The fences hold: what the design forbids to import is refused by the machine."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
# A village of empty houses: the contracts are tried on it, whatever the real rooms look like now.
HOUSES = (
    "tutor_app/__main__.py", "tutor_app/cli.py", "tutor_app/commands/check.py",
    "tutor_app/ui/app.py", "tutor_app/ui/window.py",
    "tutor_app/tutor/solve.py", "tutor_app/inference/host.py", "tutor_app/verify/equality.py",
    "tutor_app/sandbox/watch.py",
    "tutor_app/history/store.py", "tutor_app/export/pdf.py", "tutor_app/curriculum/algebra.py",
    "tutor_app/core/verdict.py", "model_tools/train.py",
)  # fmt: skip
STDLIB_ONLY = ("core", "curriculum")


def _rooms() -> set[str]:
    folders = (ROOT / "tutor_app").iterdir()
    return {folder.name for folder in folders if (folder / "__init__.py").exists()}


def _imported_modules(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def _lint(folder: Path, house: str, statement: str) -> int:
    for name in HOUSES:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.touch()
    (folder / "tutor_app" / "__init__.py").touch()
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (folder / house).write_text(statement + "\n", encoding="utf-8")
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", code, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


@pytest.mark.parametrize(
    ("house", "statement"),
    [
        ("tutor_app/core/verdict.py", "def late():\n    import PySide6.QtCore"),
        ("tutor_app/core/verdict.py", "import tutor_app.tutor.solve"),
        ("tutor_app/verify/equality.py", "import tutor_app.inference.host"),
        ("tutor_app/export/pdf.py", "import tutor_app.history.store"),
        ("tutor_app/tutor/solve.py", "import tutor_app.ui.app"),
        ("tutor_app/ui/window.py", "import tutor_app.verify.equality"),
        ("tutor_app/cli.py", "import tutor_app.ui.window"),
        ("tutor_app/inference/host.py", "import sympy"),
        ("tutor_app/tutor/solve.py", "import llama_cpp"),
        ("tutor_app/verify/equality.py", "import torch"),
        ("tutor_app/verify/equality.py", "import model_tools.train"),
        ("model_tools/train.py", "import tutor_app.inference.host"),
    ],
)
def test_forbidden_import_is_refused(tmp_path: Path, house: str, statement: str) -> None:
    assert _lint(tmp_path, house, statement) == 1


@pytest.mark.parametrize(
    ("house", "statement"),
    [
        ("tutor_app/ui/app.py", "import tutor_app.verify.equality, PySide6.QtCore"),
        ("tutor_app/cli.py", "import tutor_app.ui.app, tutor_app.history.store"),
        ("tutor_app/verify/equality.py", "import sympy, mpmath"),
        ("model_tools/train.py", "import tutor_app.verify.equality, torch, llama_cpp"),
    ],
)
def test_allowed_import_passes(tmp_path: Path, house: str, statement: str) -> None:
    assert _lint(tmp_path, house, statement) == 0


def test_every_room_and_file_of_the_app_stands_in_the_layers() -> None:
    layers = " ".join(CONTRACTS[0]["layers"])
    files = {file.stem for file in (ROOT / "tutor_app").glob("*.py")} - {"__init__"}
    assert {name for name in _rooms() | files if f"tutor_app.{name}" not in layers} == set()


def test_every_middle_room_is_closed_to_the_widgets() -> None:
    (contract,) = (c for c in CONTRACTS if c["name"] == "in ui only app.py knows the middle rooms")
    closed = {name.removeprefix("tutor_app.") for name in contract["forbidden_modules"]}
    assert _rooms() - closed == {"core", "tutor", "ui"} & _rooms()


@pytest.mark.parametrize("room", STDLIB_ONLY)
def test_inner_rooms_import_only_the_standard_library(room: str) -> None:
    allowed = sys.stdlib_module_names | {"tutor_app"}
    foreign = {
        (file.name, name)
        for file in (ROOT / "tutor_app" / room).rglob("*.py")
        for name in _imported_modules(file)
        if name.split(".")[0] not in allowed
    }
    assert foreign == set()
