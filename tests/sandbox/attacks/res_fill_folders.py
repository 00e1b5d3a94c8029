# EXPECT: no place that can be written takes more than its limit
# STATUS-A: ok
# STATUS-B: disk
# PLAIN: skip
import os

total = 0
for folder in (".", "/tmp", "/dev/shm", "/dev", "/", "/run", "/var/tmp", "/etc", "/opt", "/proc"):
    written = 0
    try:
        for number in range(30):
            with open(f"{folder}/fill{number}", "wb") as file:
                file.write(b"x" * (8 << 20))
            written += 8
    except OSError as error:
        print("BLOCKED", folder, "after", written, "MiB", error.strerror)
    total += written
print("ESCAPED wrote" if total > 220 else "BLOCKED at", total, "MiB")
