# EXPECT: threads are counted like processes
# STATUS: ok
# PLAIN: skip
import os
import threading
import time

made = 0
try:
    for _ in range(600):
        threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
        made += 1
    print("ESCAPED made", made)
except RuntimeError as error:
    print("BLOCKED after", made, error)
os._exit(0)
