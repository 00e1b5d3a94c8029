# EXPECT: no single file grows beyond its limit, sparse or not
# STATUS: ok
# PLAIN: skip
import os

for name, grow in (("truncate", lambda file: os.truncate(file, 8 << 30)),
                   ("allocate", lambda file: os.posix_fallocate(file, 0, 2 << 30)),
                   ("write far out", lambda file: os.pwrite(file, b"x", 1 << 33)),
                   ("write", lambda file: [os.write(file, b"x" * (1 << 20)) for _ in range(80)])):
    file = os.open("big", os.O_RDWR | os.O_CREAT)
    try:
        grow(file)
        print("ESCAPED" if os.fstat(file).st_size > 40 << 20 else "BLOCKED short", name)
    except OSError as error:
        print("BLOCKED", name, error.strerror)
    os.close(file)
    os.unlink("big")
