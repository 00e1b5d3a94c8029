import json
import subprocess
import sys
from pathlib import Path

import pytest

from model_tools.__main__ import COMMANDS, main


def test_a_missing_checkpoint_is_a_sentence_and_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["convert", str(tmp_path / "none"), str(tmp_path / "out.gguf")]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_with_json_an_error_is_an_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", str(tmp_path / "none"), str(tmp_path / "out.gguf"), "--json"]) == 1
    line = json.loads(capsys.readouterr().out)
    assert line["event"] == "error"
    assert set(line) == {"event", "message", "hint"}


def test_wrong_usage_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["convert"])
    assert ended.value.code == 2
    with pytest.raises(SystemExit) as ended:
        main(["no-such-command"])
    assert ended.value.code == 2
    capsys.readouterr()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"model_tools {name}" in capsys.readouterr().out


def test_without_torch_a_training_command_names_the_extra() -> None:
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "from model_tools.__main__ import main\n"
        "sys.exit(main(['train', 'pretrain', '--config', 'x.toml']))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ended.returncode == 1
    assert "stem-tutor[train]" in ended.stderr
    assert "Traceback" not in ended.stderr
