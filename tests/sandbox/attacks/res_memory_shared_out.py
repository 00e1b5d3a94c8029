# EXPECT: many processes, each below the limit, are counted together
# STATUS: memory
# LIMITS: memory=300
# PLAIN: skip
import os
import time

for _ in range(12):
    if os.fork() == 0:
        kept = b"\x01" * (60 << 20)
        time.sleep(8)
        os._exit(len(kept) & 1)
time.sleep(8)
print("ESCAPED")
