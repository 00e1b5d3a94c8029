# EXPECT: processes left behind by a run that met its limit are gone too
# STATUS: timeout
# LIMITS: wall=1
# PLAIN: skip
import os
import signal
import time

for number in range(4):
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        if number % 2:
            try:
                os.setsid()
            except OSError:
                pass
        time.sleep(30)
        os._exit(0)
time.sleep(30)
