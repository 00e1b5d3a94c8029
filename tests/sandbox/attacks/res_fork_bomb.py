# EXPECT: only a few processes can be made, and none is left
# STATUS: ok
# PLAIN: skip
import os
import time

made = 0
for _ in range(600):
    try:
        if os.fork() == 0:
            time.sleep(20)
            os._exit(0)
    except OSError as error:
        print("BLOCKED after", made, error.strerror)
        break
    made += 1
if made > 200:
    print("ESCAPED made", made)
