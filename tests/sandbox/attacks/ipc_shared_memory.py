# EXPECT: shared memory, message queues and semaphores of the machine are out of reach
# STATUS: ok
# STDIN: canary
# PLAIN: escapes
import ctypes
import json
import sys

canary = json.load(sys.stdin)
library = ctypes.CDLL(None, use_errno=True)
library.shmat.restype = ctypes.c_long
address = library.shmat(canary["shared_memory_id"], None, 0o10000)
print("ESCAPED attached" if address != -1 else "BLOCKED shmat")
try:
    print("ESCAPED read", open("/dev/shm/stem-tutor-canary").read())
except OSError as error:
    print("BLOCKED /dev/shm", error.strerror)
for name, result in (("shmget", library.shmget(0, 4096, 0o1600)), ("msgget", library.msgget(0, 0o1600)),
                     ("semget", library.semget(0, 1, 0o1600))):
    print("ESCAPED" if result >= 0 else "BLOCKED", name)
