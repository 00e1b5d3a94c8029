"""PySide6 6.12.0 on Python 3.11 loses one reference to True per emit and to None per void call."""

import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Sender(QObject):
    sent = Signal(str)

application = QCoreApplication([])
sender = Sender()
for _ in range(5_000):
    sender.sent.emit("x")
for _ in range(50_000):
    sender.setObjectName("x")
print("alive")
"""


def test_many_signals_and_void_calls_do_not_abort_python() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr
