"""A check host for tests: it does every job, but sleeps over the problem `SLEEP`.

Which sums are slow changes as the verifier learns; a host that sleeps stays slow.
"""

import time

from tutor_app.verify import host
from tutor_app.verify.protocol import Job, Reply

SLEEP = "SLEEP"
_SLEEP_S = 120.0

_do_job = host.do_job


def _sleepy(job: Job) -> Reply:
    if getattr(job, "problem", "") == SLEEP:
        time.sleep(_SLEEP_S)
    return _do_job(job)


if __name__ == "__main__":
    host.do_job = _sleepy
    host.main()
