# EXPECT: nothing outside the work folder changes; the app's packages cannot be poisoned
# STATUS: ok
# CHECK: outside
# PLAIN: escapes
import os
import sys

packages = [path for path in sys.path if path.endswith("packages")] or ["/usr/lib/python3/dist-packages"]
for path in ("@HOME@/planted", "@HOME@/diary.txt", "@OUTSIDE@/planted", "/var/tmp/stem-tutor-planted",
             "/usr/planted", "/etc/planted", "/opt/planted", "/dev/shm/stem-tutor-canary",
             packages[0] + "/sitecustomize.py", packages[0] + "/planted.pth", sys.executable,
             "/proc/sys/kernel/core_pattern"):
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        os.write(descriptor, b"!")
        print("wrote", path)  # perhaps into a file of its own: the outside decides
    except OSError as error:
        print("BLOCKED", path, error.strerror)
for name, change in (("unlink", lambda: os.unlink("@HOME@/diary.txt")),
                     ("rename", lambda: os.rename("@HOME@/.keys", "@HOME@/.gone")),
                     ("truncate", lambda: os.truncate("@HOME@/.keys/private", 0)),
                     ("mkdir", lambda: os.mkdir("@HOME@/planted-folder")),
                     ("symlink", lambda: os.symlink("/", "@HOME@/planted-link"))):
    try:
        change()
        print("ESCAPED", name)
    except OSError as error:
        print("BLOCKED", name, error.strerror)
