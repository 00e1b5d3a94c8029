# EXPECT: a flood of empty files and links ends
# STATUS: disk
# PLAIN: skip
import os
import time

os.mkdir("many")
for number in range(60_000):
    os.symlink("x" * 50, f"many/link{number}")
time.sleep(1)
print("ESCAPED")
