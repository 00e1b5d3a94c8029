# EXPECT: memory that belongs to no process cannot be had without bound
# STATUS: ok memory
# PLAIN: skip
import ctypes
import os

library = ctypes.CDLL(None, use_errno=True)
held = 0
try:
    while held < 2000:
        reading, writing = os.pipe()
        os.set_blocking(writing, False)
        try:
            while True:
                os.write(writing, b"x" * 65536)
        except BlockingIOError:
            held += 1
except OSError as error:
    print("BLOCKED after", held, "pipes", error.strerror)
if held >= 2000:
    print("ESCAPED")
try:
    print("ESCAPED", os.memfd_create("hidden"))
except OSError as error:
    print("BLOCKED memfd", error.strerror)
