"""`stem-tutor run`, on whatever isolation this machine has."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.conftest import reason_to_skip
from tutor_app.cli import main
from tutor_app.core.records import Mode
from tutor_app.history.profile import Profile
from tutor_app.history.store import SqliteHistory
from tutor_app.sandbox.levels import Mechanism

_FIELDS = {
    "exit_code", "signal", "stdout", "stderr", "truncated", "seconds", "timed_out",
    "memory_exceeded", "files", "isolation",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _needs_isolation() -> None:
    reasons = [reason_to_skip(one) for one in (Mechanism.BUBBLEWRAP, Mechanism.LANDLOCK)]
    if all(reasons):
        pytest.skip("; ".join(reasons))


def _run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, source: str, *more: str
) -> dict[str, Any]:
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    assert main(["--profile", str(tmp_path / "profile"), "run", str(path), "--json", *more]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    record: dict[str, Any] = json.loads(line)
    assert record.keys() >= _FIELDS
    return record


def test_a_python_program_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "given.txt"
    given.write_text("20 22\n")
    source = "print(sum(map(int, input().split())))\nopen('kept.txt', 'w').write('k')"
    out = tmp_path / "out"
    record = _run(tmp_path, capsys, "add.py", source, "--stdin", str(given), "--save", str(out))
    assert (record["stdout"], record["exit_code"], record["signal"]) == ("42\n", 0, None)
    assert record["files"] == ["kept.txt"]
    assert (out / "kept.txt").read_text() == "k"
    assert record["isolation"] in {"full", "reduced"}


def test_a_cpp_program_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = _run(tmp_path, capsys, "say.cpp", '#include <cstdio>\nint main() { std::puts("hi"); }')
    assert record["stdout"] == "hi\n"


def test_a_failing_program_is_not_an_error_of_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = _run(tmp_path, capsys, "fail.py", "1 / 0")
    assert record["exit_code"] == 1
    assert "ZeroDivisionError" in record["stderr"]


def test_time_and_memory_are_limited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slow = _run(tmp_path, capsys, "slow.py", "while True: pass", "--time", "0.5")
    assert slow["timed_out"]
    assert slow["exit_code"] is None
    greedy = _run(
        tmp_path, capsys, "greedy.py", "kept = [b'x' * (8 << 20) for _ in range(99)]",
        "--memory", "100",
    )  # fmt: skip
    assert greedy["memory_exceeded"]


def test_output_cannot_give_orders_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "loud.py"
    path.write_text("print('\\x1b]0;owned\\x07')\nimport sys\nsys.stderr.write('\\x1b[2J')")
    assert main(["--profile", str(tmp_path / "profile"), "run", str(path)]) == 0
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err
    assert "␛]0;owned␇" in captured.out


@pytest.mark.parametrize("name", ["notes.txt", "missing.py"])
def test_what_cannot_be_run_is_a_clear_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / "notes.txt").write_text("no program")
    assert main(["--profile", str(tmp_path / "profile"), "run", str(tmp_path / name)]) == 1
    assert name in capsys.readouterr().err


@pytest.mark.parametrize("value", ["0", "-1", "nan", "1e9", "soon"])
def test_a_time_that_makes_no_sense_is_wrong_usage(tmp_path: Path, value: str) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["run", str(tmp_path / "x.py"), "--time", value])
    assert raised.value.code == 2


def test_the_doctor_names_the_isolation(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--temp-profile", "doctor", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert report["isolation"].startswith(("full (bubblewrap)", "reduced (landlock)"))


def test_code_mode_prints_one_object_with_a_badge_and_keeps_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--profile", str(tmp_path), "solve", "Write a loop", "--mode", "code", "--json"]
    assert main([*command, "--budget", "40", "--seed", "1"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    record = json.loads(line)
    assert record["badge"] == "not run"  # the built-in model writes no programs
    assert record["reason"]
    with closing(SqliteHistory(Profile.inside(tmp_path).database)) as history:
        (exchange,) = history.exchanges(history.threads()[0].thread_id)
    assert exchange.mode is Mode.PYTHON
    assert exchange.program is not None
    assert exchange.program.text == record["text"]


def test_a_program_is_not_exported(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--temp-profile", "solve", "Write a loop", "--mode", "code", "--export", "a.pdf"]
    assert main(command) == 1
    assert "cannot be exported" in capsys.readouterr().err


def test_an_example_that_is_none_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "examples.jsonl"
    path.write_text('{"input": "1", "output": "2"}\n{"call": "f(x)", "output": "2"}\n')
    command = ["--temp-profile", "solve", "Double it", "--mode", "code", "--examples", str(path)]
    assert main(command) == 1
    assert "Line 2" in capsys.readouterr().err
