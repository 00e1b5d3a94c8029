"""Time from the command to a usable window, warm: `python -m benchmarks.window_start [--runs 5]`.

"Usable" is: the window is shown, the field takes a problem, and the model is loaded. The
set-up's own overhead is measured apart, as `bootstrap.py run -- --version`, and added.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROBE = """
import sys, tempfile, time
from contextlib import ExitStack
from pathlib import Path
from PySide6.QtCore import QTimer
from tutor_app.history.profile import Profile
from tutor_app.ui import app

application = app._make_application()
started_s = float(sys.argv[1])
with ExitStack() as stack:
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    profile = Profile.inside(Path(folder))
    profile.create_folders()
    window = app.build_window(profile, stack)
    window.show()
    window.model_line.load()
    times = []

    def look():
        if not times and window.isVisible() and window.composer.isEnabled():
            times.append(time.time() - started_s)
        if len(times) == 1 and window.model_line.text().endswith("ready"):
            times.append(time.time() - started_s)
            window.close()
            application.quit()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(5)
    application.exec()
    window.model_line.shut(5000)
print(*times)
"""


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
        "PYTHONPATH": str(ROOT),
    }


def set_up_s() -> float:
    started = time.monotonic()
    command = [sys.executable, str(ROOT / "packaging" / "bootstrap.py"), "run", "--", "--version"]
    subprocess.run(command, check=True, capture_output=True, env=environment())
    return time.monotonic() - started


def window_s() -> tuple[float, float]:
    command = [sys.executable, "-c", PROBE, str(time.time())]
    done = subprocess.run(command, check=True, capture_output=True, env=environment(), text=True)
    shown, ready = done.stdout.split()
    return float(shown), float(ready)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    overhead = statistics.median(set_up_s() for _ in range(runs))
    times = [window_s() for _ in range(runs)]
    shown = statistics.median(first for first, _ in times)
    ready = statistics.median(second for _, second in times)
    print(f"set-up {overhead:.2f} s; window {shown:.2f} s; with the model loaded {ready:.2f} s")
    print(f"second start of `run` to a usable window: {overhead + ready:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
