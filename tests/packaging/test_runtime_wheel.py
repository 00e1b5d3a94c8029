import itertools
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from messages import SetupError
from runtime_wheel import (
    WheelCache,
    build_wheel,
    cache_folder,
    instruction_sets,
    pinned_version,
    progress_lines,
    run_showing_progress,
    wheel_key,
)

HOME = Path("/home/ada")
WHEEL = "llama_cpp_python-0.3.36-py3-none-any.whl"


def _make_wheel(folder: Path) -> Path:
    path = folder / WHEEL
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("llama_cpp/__init__.py", "")
    return path


@pytest.mark.parametrize(
    ("environment", "system", "folder"),
    [
        ({}, "linux", HOME / ".cache"),
        ({"XDG_CACHE_HOME": "/scratch"}, "linux", Path("/scratch")),
        ({"XDG_CACHE_HOME": "not/absolute"}, "linux", HOME / ".cache"),
        ({}, "darwin", HOME / "Library" / "Caches"),
        ({"LOCALAPPDATA": "/local"}, "win32", Path("/local")),
    ],
)
def test_cache_lies_where_the_system_keeps_caches(
    environment: dict[str, str], system: str, folder: Path
) -> None:
    found = cache_folder(environment, system=system, home=HOME)
    assert found == folder / "stem-tutor" / "wheels"


def test_another_processor_version_or_flag_is_another_wheel() -> None:
    keys = {
        wheel_key(version, processor=processor, cmake_args=arguments)
        for version, processor, arguments in itertools.product(
            ("0.3.36", "0.3.37"), ("avx2", "avx2 avx512f"), ("", "-DGGML_CUDA=on")
        )
    }
    assert len(keys) == 8


def test_only_instruction_sets_count_of_the_processor_flags() -> None:
    cpuinfo = "model name : x\nflags\t\t: fpu avx2 md_clear avx fma\nflags\t: ignored avx512f\n"
    assert instruction_sets(cpuinfo) == ("avx", "avx2", "fma")


def test_version_comes_from_the_constraints() -> None:
    assert pinned_version("numpy==2.0\nllama-cpp-python==0.3.36\n") == "0.3.36"


def test_unpinned_runtime_is_an_error() -> None:
    with pytest.raises(SetupError, match="does not pin"):
        pinned_version("numpy==2.0\n")


def test_kept_wheel_is_found_again(tmp_path: Path) -> None:
    cache = WheelCache(tmp_path / "key")
    kept = cache.keep(_make_wheel(tmp_path))
    assert cache.sound_wheel() == kept
    assert [file.name for file in cache.folder.iterdir()] == [WHEEL]


def test_empty_cache_has_no_wheel(tmp_path: Path) -> None:
    assert WheelCache(tmp_path / "key").sound_wheel() is None


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut off"])
def test_damaged_wheel_is_thrown_away(tmp_path: Path, content: bytes) -> None:
    (tmp_path / WHEEL).write_bytes(content)
    assert WheelCache(tmp_path).sound_wheel() is None
    assert list(tmp_path.iterdir()) == []


def test_half_written_wheel_is_not_taken(tmp_path: Path) -> None:
    _make_wheel(tmp_path).rename(tmp_path / f"{WHEEL}.123.partial")
    assert WheelCache(tmp_path).sound_wheel() is None


def test_terminal_shows_the_compilers_count_and_the_time() -> None:
    seconds = itertools.count(0.0, 1.0)
    output = ["-- configuring", "[1/90] Building C object", None, "[2/90] Building CXX object"]
    shown = list(progress_lines(output, clock=lambda: next(seconds), is_terminal=True))
    assert shown == [
        "  building the model runtime preparing 1 s",
        "  building the model runtime [1/90] 2 s",
        "  building the model runtime [1/90] 3 s",
        "  building the model runtime [2/90] 4 s",
    ]


def test_log_gets_a_line_now_and_then_even_if_the_compiler_is_silent() -> None:
    seconds = itertools.count(0.0, 1.0)
    shown = list(progress_lines([None] * 40, clock=lambda: next(seconds), is_terminal=False))
    assert shown == [
        "  building the model runtime preparing 15 s",
        "  building the model runtime preparing 30 s",
    ]


def test_failed_build_shows_its_last_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SetupError, match="could not be built"):
        run_showing_progress([sys.executable, "-c", "print('the reason'); raise SystemExit(1)"])
    assert "the reason" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_build_keeps_the_wheel_it_made(tmp_path: Path) -> None:
    made = _make_wheel(tmp_path)
    fake = tmp_path / "python"
    # stands in for `python -m pip wheel … -w FOLDER llama-cpp-python==…`
    fake.write_text(
        "#!/bin/sh\n"
        'while [ "$1" != "-w" ]; do shift; done\n'
        f'echo "[1/2] Building"\ncp "{made}" "$2"\n',
        encoding="utf-8",
    )
    fake.chmod(0o755)
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("llama-cpp-python==0.3.36\n", encoding="utf-8")
    cache = WheelCache(tmp_path / "cache")
    assert build_wheel(fake, constraints, cache) == cache.sound_wheel()


# Starts a build whose own child would live on, and is then told to stop.
_STOPPED_BUILD = """
import sys
sys.path.insert(0, sys.argv[1])
import bootstrap
import commands
from runtime_wheel import run_showing_progress
sleeper = "[sys.executable, '-c', 'import time; time.sleep(60)']"
build = f"import subprocess, sys; p = subprocess.Popen({sleeper})"
build += "; open(sys.argv[1], 'w').write(str(p.pid)); p.wait()"
command = [sys.executable, "-c", build, sys.argv[2]]
commands._COMMANDS["run"] = lambda _: run_showing_progress(command)
sys.exit(bootstrap.main(["run"]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_stopped_build_leaves_no_compiler_behind(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    arguments = [str(Path(build_wheel.__code__.co_filename).parent), str(pid_file)]
    with subprocess.Popen([sys.executable, "-c", _STOPPED_BUILD, *arguments]) as program:
        pause = threading.Event()
        while not (pid_file.exists() and pid_file.read_text(encoding="utf-8")):
            assert program.poll() is None
            pause.wait(0.02)
        program.terminate()
    compiler = Path("/proc") / pid_file.read_text(encoding="utf-8") / "cmdline"
    assert program.returncode == 130
    assert not compiler.exists() or not compiler.read_bytes()  # gone, or dead and not yet buried
