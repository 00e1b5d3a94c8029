import io
import json

import pytest

from model_tools.progress import JsonLines, Terminal


def test_every_line_is_one_object_and_the_last_one_says_what_was_made() -> None:
    stream = io.StringIO()
    report = JsonLines(stream, interval_s=0)
    report.step("write", 1, 2)
    report.warn("576 is not a multiple of 256")
    report.done("Wrote it.", path="a.gguf", bytes=3)
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == [
        {"event": "progress", "stage": "write", "done": 1, "total": 2},
        {"event": "warning", "message": "576 is not a multiple of 256"},
        {"event": "done", "path": "a.gguf", "bytes": 3},
    ]


def test_quick_steps_are_thinned_but_the_first_and_the_last_of_a_stage_appear() -> None:
    stream = io.StringIO()
    report = JsonLines(stream, interval_s=3600)
    for stage in ("read", "write"):
        for done in range(1, 101):
            report.step(stage, done, 100)
    seen = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["stage"], line["done"]) for line in seen] == [
        ("read", 1), ("read", 100), ("write", 1), ("write", 100),
    ]  # fmt: skip


def test_a_person_reads_sentences_and_errors_go_to_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = Terminal()
    report.step("write", 1, 2)
    report.fail("It has experts.", "Use another model.")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "It has experts." in captured.err
    assert "Use another model." in captured.err
