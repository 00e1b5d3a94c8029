# EXPECT: files that have no name any more are counted too
# STATUS-A: ok
# STATUS-B: disk
# PLAIN: skip
import os
import time

held = []
try:
    for number in range(30):
        file = open(f"gone{number}", "wb")
        os.unlink(file.name)
        file.write(b"x" * (8 << 20))
        file.flush()
        held.append(file)
    time.sleep(3)
    print("ESCAPED holds", len(held) * 8, "MiB")
except OSError as error:
    print("BLOCKED after", len(held) * 8, "MiB", error.strerror)
