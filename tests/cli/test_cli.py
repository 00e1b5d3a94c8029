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
    assert [step["follows_through"] for step in chain["steps"]] == [False, False, True]
    assert [step["slip"] for step in chain["steps"]] == [
        "", "perhaps a term changed sides without changing its sign", "",
    ]  # fmt: skip


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


def test_a_working_is_reported_with_its_first_wrong_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "working.txt"
    path.write_text("Problem: Solve 4x - 1 = 11\n\n4x = 10\nx = 5/2\n")
    status = main(["--profile", str(tmp_path / "profile"), "check", str(path)])
    out = capsys.readouterr().out
    assert status == 0
    assert "Line 3 is the first that does not follow" in out
    assert "✗ 3  4x = 10" in out
    assert "Perhaps a term changed sides without changing its sign." in out
    assert "↳ 4  x = 5/2" in out
    assert "follows from the line above, which is wrong: the same solutions" in out
    assert "Read as: solve 4*x - 1 = 11 for x" in out


def test_a_checked_working_is_one_json_object_with_the_fields_of_verify_steps(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("6(x - 1) = 18\nx - 1 = 3\nx = 4\n"))
    status, (record,), _ = run("check", "-", "--problem", "Solve 6(x-1) = 18", "--json")
    assert status == 0
    assert record["first_wrong"] is None
    assert record["complete"]
    assert [step["status"] for step in record["steps"]] == ["verified"] * 3
    assert set(record["steps"][0]) >= {"text", "status", "relation", "reason"}
    assert record["answer"]["status"] == "verified"
    assert record["summary"] == "Every line follows; the final answer solves the problem."


def test_an_empty_working_is_a_clear_error(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("\n \n")
    status, lines, said = run("check", str(path), "--json")
    assert (status, lines) == (1, [])
    assert "holds no working" in said


def test_a_file_that_is_not_text_is_a_clear_error(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.bin"
    path.write_bytes(b"\xff\xfe\x00\x01")
    assert run("check", str(path))[0] == 1
    assert run("check", str(tmp_path / "missing.txt"))[0] == 1


def test_the_claims_of_a_text_are_listed_with_their_status(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    texts = ["He has 7 * 8 = 56 nuts. He eats 56 - 9 = 46.", "No numbers here."]
    path.write_text("\n".join(json.dumps({"text": text}) for text in texts))
    status, records, _ = run("verify", "claims", str(path))
    assert status == 0
    found = [[(one["text"], one["status"]) for one in record["claims"]] for record in records]
    assert found == [[("7 * 8 = 56", "verified"), ("56 - 9 = 46", "refuted")], []]


def test_an_input_line_without_its_field_names_the_field(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text('{"claim": "1 + 1 = 2"}\n')
    status, lines, said = run("verify", "claims", str(path))
    assert (status, lines) == (1, [])
    assert "needs the fields text" in said


@pytest.mark.parametrize(
    "arguments", [("check",), ("verify", "guesses", "-"), ("verify", "claims")]
)
def test_wrong_usage_of_the_checks_has_status_2(run: Run, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(*arguments)
    assert caught.value.code == 2


def test_a_long_input_shows_its_progress_on_standard_error_only(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor_app.commands.progress._is_watched", lambda: True)
    path = tmp_path / "long.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"{n} + 1 = {n + 1}"}) for n in range(30)))
    status, records, said = run("verify", "claims", str(path))
    assert status == 0
    assert len(records) == 30
    assert "checking" in said
