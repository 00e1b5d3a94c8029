# EXPECT: limits, priority, processors and disk priority of another process stay as they are
# STATUS: ok
# STDIN: canary
# ARCHITECTURE: x86_64
# PLAIN: escapes-outside
import ctypes
import json
import os
import resource
import sys

victim = json.load(sys.stdin)["victim"]
library = ctypes.CDLL(None, use_errno=True)
for name, change in (("limit", lambda: resource.prlimit(victim, resource.RLIMIT_NOFILE, (40, 40))),
                     ("priority", lambda: os.setpriority(os.PRIO_PROCESS, victim, 15)),
                     ("priority of all", lambda: os.setpriority(os.PRIO_USER, os.getuid(), 15) if @IS_CONFINED@ else None),
                     ("processors", lambda: os.sched_setaffinity(victim, {0}))):
    try:
        change()
        print("returned from", name)
    except OSError as error:
        print("BLOCKED", name, error.strerror)
print("ESCAPED" if @IS_CONFINED@ and library.syscall(251, 1, victim, 3 << 13) >= 0 else "BLOCKED", "disk priority")
