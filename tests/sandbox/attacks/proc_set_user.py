# EXPECT: nobody becomes another user, and set-user-id programs gain nothing
# STATUS: ok
# PLAIN: harmless
import ctypes
import os
import subprocess

if ctypes.CDLL(None).prctl(39, 0, 0, 0, 0) != 1:
    print("ESCAPED new privileges are possible")
if os.getuid() == 0 or os.geteuid() == 0:
    print("ESCAPED runs as root")
if 0 in os.getgroups():
    print("ESCAPED is in root's group")
for change in (os.setuid, os.setgid):
    try:
        change(0)
        print("ESCAPED became", change)
    except OSError as error:
        print("BLOCKED", error.strerror)
for command in (["/usr/bin/su", "-c", "true"], ["/usr/bin/sudo", "-n", "true"], ["/usr/bin/mount", "-t", "tmpfs", "x", "/tmp"]):
    if os.path.exists(command[0]):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=8)
        print("ESCAPED" if done.returncode == 0 else "BLOCKED", command)
