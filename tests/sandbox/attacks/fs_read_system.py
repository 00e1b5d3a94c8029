# EXPECT: the machine's accounts, logs, settings and hardware are absent or invented
# STATUS: ok
# PLAIN: escapes
import os

for path in ("/etc/passwd", "/etc/group", "/etc/shadow", "/etc/machine-id", "/etc/hostname", "/etc/fstab",
             "/etc/resolv.conf", "/etc/ssh", "/root", "/home", "/boot", "/var/log", "/var/lib", "/run", "/sys",
             "/mnt", "/srv"):
    try:
        found = os.listdir(path) if os.path.isdir(path) else open(path).read().splitlines()
    except OSError as error:
        print("BLOCKED", path, error.strerror)
        continue
    is_invented = path in ("/etc/passwd", "/etc/group") and len(found) == 2
    print("BLOCKED invented" if is_invented or not found else "ESCAPED read", path)
