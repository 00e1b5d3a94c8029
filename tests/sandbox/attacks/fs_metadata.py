# EXPECT: tier A: the user's files do not exist. Tier B, a known gap: stat answers. Nothing changes in either
# STATUS: ok
# CHECK: metadata
# PLAIN: escapes
import os

diary = "@HOME@/diary.txt"
for name, look in (("stat", lambda: os.stat(diary)), ("lstat", lambda: os.lstat("@HOME@/.keys/private")),
                   ("chdir", lambda: os.chdir("@HOME@")), ("statvfs", lambda: os.statvfs("@HOME@"))):
    try:
        look()
        print("LEAK", name)
    except OSError as error:
        print("BLOCKED", name, error.strerror)
for name, change in (("chmod", lambda: os.chmod(diary, 0o600)), ("chmod folder", lambda: os.chmod("@HOME@/.keys", 0)),
                     ("utime", lambda: os.utime(diary, (1000, 1000))), ("chown", lambda: os.chown(diary, -1, os.getgid()))):
    try:
        change()
        print("returned from", name)  # the outside looks whether it did anything
    except OSError as error:
        print("BLOCKED", name, error.strerror)
for name, change in (("setxattr", lambda: os.setxattr(diary, "user.planted", b"1")),):
    try:
        change()
        print("ESCAPED", name)
    except OSError as error:
        print("BLOCKED", name, error.strerror)
