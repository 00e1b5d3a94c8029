import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tutor_app.core.records import ExchangeState
from tutor_app.history.store import SqliteHistory

# Appends numbered pieces and says after each how many it has handed over for over a second.
_WRITER = """
import sys, time
from pathlib import Path
from tutor_app.core.solution import Step
from tutor_app.history.store import SqliteHistory
history = SqliteHistory(Path(sys.argv[1]))
exchange = history.begin_exchange(history.create_thread("crash"), "a problem")
history.record_step(exchange, Step(0, "a block", None))
times = []
for number in range(100_000):
    history.append_text(exchange, f"{number} ")
    times.append(time.monotonic())
    old = sum(1 for moment in times if moment < times[-1] - 1.0)
    print(old, flush=True)
    time.sleep(0.005)
"""

_TWO_WRITERS = """
import sys
from pathlib import Path
from tutor_app.history.store import SqliteHistory
history = SqliteHistory(Path(sys.argv[1]))
for number in range(40):
    thread = history.create_thread(f"{sys.argv[2]} {number}")
    exchange = history.begin_exchange(thread, "p")
    history.append_text(exchange, "x" * 1000)
    history.interrupt_exchange(exchange)
history.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_text_survives_a_killed_program_and_its_exchange_is_interrupted(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    command = [sys.executable, "-c", _WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        older_than_a_second = 0
        for line in writer.stdout:
            older_than_a_second = int(line)
            if older_than_a_second >= 60:
                break
        os.kill(writer.pid, signal.SIGKILL)
    history = SqliteHistory(path)
    (thread,) = history.threads()
    (exchange,) = history.exchanges(thread.thread_id)
    history.close()
    numbers = [int(piece) for piece in exchange.text.split()]
    assert numbers == list(range(len(numbers)))
    assert len(numbers) >= older_than_a_second
    assert (exchange.state, len(exchange.steps)) == (ExchangeState.INTERRUPTED, 1)


def test_two_programs_may_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    programs = [
        subprocess.Popen([sys.executable, "-c", _TWO_WRITERS, str(path), name])
        for name in ("left", "right")
    ]
    assert [program.wait(timeout=60) for program in programs] == [0, 0]
    history = SqliteHistory(path)
    texts = [history.exchanges(thread.thread_id)[0].text for thread in history.threads()]
    history.close()
    assert texts == ["x" * 1000] * 80
