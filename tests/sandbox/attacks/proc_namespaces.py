# EXPECT: no namespace of its own, in which it would be root, can be made
# STATUS: ok
# ARCHITECTURE: x86_64
# PLAIN: skip
import ctypes
import os
import subprocess

library = ctypes.CDLL(None, use_errno=True)
for flag in (0x10000000, 0x20000, 0x40000000, 0x20000000, 0x8000000, 0x80):
    pid = library.syscall(56, flag | 17, None, None, None, None)
    if pid == 0:
        os._exit(0)
    print("ESCAPED cloned into" if pid > 0 else "BLOCKED", hex(flag))
if os.path.exists("/usr/bin/unshare"):
    done = subprocess.run(["/usr/bin/unshare", "--user", "--map-root-user", "true"], capture_output=True)
    print("ESCAPED unshared" if done.returncode == 0 else "BLOCKED unshare")
