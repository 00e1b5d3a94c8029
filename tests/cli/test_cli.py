import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tutor_app.cli import main

Run = Callable[..., tuple[int, list[Any], str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in a profile of its own; standard output must be JSON lines."""

    def call(*arguments: str) -> tuple[int, list[Any], str]:
        status = main(["--profile", str(tmp_path / "profile"), *arguments])
        captured = capsys.readouterr()
        return status, [json.loads(line) for line in captured.out.splitlines()], captured.err

    return call


def test_a_solved_problem_is_one_json_object_with_every_field_of_the_contract(run: Run) -> None:
    status, (solution,), _ = run("solve", "Solve 3x + 5 = 20", "--json", "--seed", "1")
    assert status == 0
    assert set(solution) >= {
        "problem", "answer", "verdict", "source", "steps", "attempts", "finish_reason", "tokens",
        "prompt_tokens", "tokens_per_s", "seconds", "model", "seed",
    }  # fmt: skip
    assert set(solution["verdict"]) >= {
        "status", "method", "evidence", "assumptions", "reading", "scope",
    }  # fmt: skip
    assert solution["answer"] == "5"
    assert solution["verdict"]["status"] == "verified"
    assert solution["source"] == "model"
    assert solution["seed"] == 1
    assert len(solution["model"]["sha256"]) == 64
    judged = {step["status"] for step in solution["steps"]}
    assert judged == {"verified"}


def test_the_same_seed_gives_the_same_solution(run: Run) -> None:
    texts = []
    for _ in range(2):
        _, (solution,), _ = run("solve", "Solve x^2 - 5x + 6 = 0", "--json", "--seed", "3")
        texts.append([step["text"] for step in solution["steps"]])
    assert texts[0] == texts[1]


def test_a_solution_for_a_person_has_signs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--profile", str(tmp_path), "solve", "Solve 3x + 5 = 20", "--seed", "1"])
    out = capsys.readouterr().out
    assert "✓" in out
    assert "Answer: 5" in out
    assert "tok/s" in out


def test_the_last_solution_can_be_exported(run: Run, tmp_path: Path) -> None:
    run("solve", "Solve 3x + 5 = 20", "--json", "--seed", "1")
    for name, kind in (("out.md", "markdown"), ("out.pdf", "pdf")):
        path = tmp_path / name
        status, _, _ = run("export", "--last", "--format", kind, "--out", str(path))
        assert status == 0
        assert path.stat().st_size > 200
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_solve_writes_the_files_asked_for(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "solution.md"
    status, _, _ = run("solve", "12 + 30", "--json", "--seed", "1", "--export", str(path))
    assert status == 0
    assert "42" in path.read_text(encoding="utf-8")


def test_a_file_of_unknown_kind_is_refused_before_the_model_starts(run: Run) -> None:
    status, lines, said = run("solve", "12 + 30", "--json", "--export", "out.xyz")
    assert (status, lines) == (1, [])
    assert "out.xyz" in said


def test_exporting_before_solving_is_a_clear_error(run: Run, tmp_path: Path) -> None:
    status, _, said = run(
        "export", "--last", "--format", "pdf", "--out", str(tmp_path / "none.pdf")
    )
    assert status == 1
    assert "no finished solution" in said


def test_problems_are_verified_in_order(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "problems.jsonl"
    lines = [
        {"problem": "Solve 3x + 5 = 20", "answer": "5"},
        {"problem": "Solve 3x + 5 = 20", "answer": "6"},
        {"problem": "Tell me a story", "answer": "once"},
    ]
    path.write_text("\n".join(json.dumps(line) for line in lines))
    status, verdicts, _ = run("verify", "problems", str(path))
    assert status == 0
    assert [verdict["status"] for verdict in verdicts] == ["verified", "refuted", "unknown"]
    assert set(verdicts[0]) >= {"status", "form_status", "method", "scope"}


def test_answers_are_compared_from_standard_input(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '{"gold": "1/2", "answer": "0.5"}\n{"gold": "1/2", "answer": "0.6"}\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    status, verdicts, _ = run("verify", "answers", "-")
    assert status == 0
    assert [verdict["status"] for verdict in verdicts] == ["verified", "refuted"]


def test_the_first_wrong_line_is_found(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "steps.jsonl"
    path.write_text(json.dumps({"lines": ["3x + 5 = 20", "3x = 25", "x = 25/3"]}))
    _, (chain,), _ = run("verify", "steps", str(path))
    assert chain["first_wrong"] == 1
    assert len(chain["steps"]) == 3


def test_a_damaged_input_line_is_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text('{"problem": "1+1", "answer": "2"}\nnot json\n')
    status, lines, said = run("verify", "problems", str(path))
    assert (status, lines) == (1, [])
    assert "Line 2" in said


def test_the_built_in_model_is_listed(run: Run) -> None:
    _, (entry,), _ = run("models", "list", "--json")
    assert entry["name"] == "starter"
    assert entry["is_built_in"]


def test_a_file_that_is_no_model_is_not_imported(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.gguf"
    path.write_bytes(b"no model")
    status, _, said = run("models", "import", str(path))
    assert status == 1
    assert "odd.gguf" in said


def test_the_doctor_finds_a_healthy_machine(run: Run) -> None:
    status, (report,), _ = run("doctor", "--json")
    assert status == 0
    assert "weights" in report["model"]
    assert report["checker"] == "answers (verified)"


def test_wrong_usage_has_status_2(run: Run) -> None:
    with pytest.raises(SystemExit) as caught:
        run("solve")
    assert caught.value.code == 2
