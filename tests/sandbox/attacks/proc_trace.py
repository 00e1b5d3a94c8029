# EXPECT: neither the memory nor the descriptors of another process can be reached
# STATUS: ok
# STDIN: canary
# ARCHITECTURE: x86_64
# PLAIN: skip
import ctypes
import json
import os
import sys

canary = json.load(sys.stdin)
library = ctypes.CDLL(None, use_errno=True)


class Part(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


buffer = ctypes.create_string_buffer(16)
local, remote = Part(ctypes.addressof(buffer), 16), Part(0x400000, 16)
for who, pid in (("victim", canary["victim"]), ("parent", os.getppid()), ("first", 1)):
    calls = {
        "attach": (101, 16, pid, 0, 0),
        "seize": (101, 0x4206, pid, 0, 0),
        "read": (310, pid, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0),
        "write": (311, pid, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0),
        "compare": (312, pid, pid, 0, 0, 0),
        "advise": (440, pid, 0, 0, 0, 0),
    }
    for name, arguments in calls.items():
        result = library.syscall(*arguments)
        print("ESCAPED" if result >= 0 else "BLOCKED", name, who)
    handle = library.syscall(434, pid, 0)
    if handle >= 0 and library.syscall(438, handle, 0, 0) >= 0:
        print("ESCAPED took a descriptor of", who)
print("ESCAPED" if library.syscall(101, 0, 0, 0, 0) >= 0 else "BLOCKED", "trace me")
for path in ("mem", "environ", "maps"):
    try:
        print("ESCAPED", open(f"/proc/{canary['victim']}/{path}", "rb").read(8))
    except OSError as error:
        print("BLOCKED", path, error.strerror)
