# EXPECT: a process that left its parent, its session and its streams is gone with the run
# STATUS: ok
# CHECK: outside
# PLAIN: harmless
import os
import time

if os.fork() == 0:
    for leave in (os.setsid, lambda: os.setpgid(0, 0)):
        try:
            leave()
        except OSError:
            pass
    if os.fork() == 0:
        os.closerange(0, 64)
        time.sleep(20)
    os._exit(0)
time.sleep(0.2)
print("the parent is done")
