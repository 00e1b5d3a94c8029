# EXPECT: the result comes at once although a child still holds the output open
# STATUS: ok
# CHECK: fast
# ANSWER: done
# PLAIN: skip
import os
import time

if os.fork() == 0:
    time.sleep(30)
    os._exit(0)
print("done")
