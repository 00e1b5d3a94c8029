"""How soon a generation ends after Stop: `python -m benchmarks.stop_latency [--model FILE]`.

Prints p50, p95 and the longest, for stops while the answer is written and while a long question
is read. The promise is 300 ms.
"""

import argparse
import statistics
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

from tutor_app.core.assets import built_in_model
from tutor_app.core.ports import ChatMessage, GenerationRequest, Role, Sampling
from tutor_app.inference.client import ModelHost


def latency_s(host: ModelHost, question: str, delay_s: float, seed: int) -> float:
    request = GenerationRequest((ChatMessage(Role.USER, question),), Sampling(seed=seed), 900)
    asked: list[float] = []

    def stop() -> None:
        time.sleep(delay_s)
        asked.append(time.monotonic())
        host.stop()

    stopper = threading.Thread(target=stop)
    stopper.start()
    for _ in host.stream(request):
        pass
    ended = time.monotonic()
    stopper.join()
    return max(0.0, ended - asked[0])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=built_in_model())
    parser.add_argument("--stops", type=int, default=20)
    arguments = parser.parse_args()
    with closing(ModelHost(arguments.model)) as host:
        host.load()
        for name, question, delay_s in (
            ("while writing", "12345*678 " * 8, 0.15),
            ("while reading", "12+" * 300 + "1", 0.005),
        ):
            found = sorted(
                latency_s(host, question, delay_s, seed) for seed in range(arguments.stops)
            )
            p95 = found[min(len(found) - 1, int(0.95 * len(found)))]
            print(
                f"{name}: p50 {statistics.median(found) * 1000:.0f} ms, "
                f"p95 {p95 * 1000:.0f} ms, longest {found[-1] * 1000:.0f} ms"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
