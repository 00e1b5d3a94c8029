# EXPECT: a fork bomb in which every child forks ends at the limit on the clock
# STATUS: timeout
# LIMITS: wall=1
# PLAIN: skip
import os
import time

end = time.time() + 10
while time.time() < end:
    try:
        os.fork()
    except OSError:
        time.sleep(0.02)
