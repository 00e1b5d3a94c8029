# EXPECT: the user's files cannot be read by any path
# STATUS: ok
# PLAIN: escapes
import os

home = "@HOME@"
for path in (home + "/diary.txt", home + "/.keys/private", "/proc/self/root" + home + "/diary.txt",
             "/proc/1/root" + home + "/diary.txt", "/proc/self/cwd/../.." + home + "/diary.txt"):
    try:
        print("ESCAPED read", path, open(path).read())
    except OSError as error:
        print("BLOCKED", path, error.strerror)
for name, link in (("soft", os.symlink), ("hard", os.link)):
    try:
        link(home + "/diary.txt", name)
        print("ESCAPED through a link", open(name).read())
    except OSError as error:
        print("BLOCKED", name, "link", error.strerror)
    finally:
        if os.path.lexists(name):
            os.unlink(name)
for folder in (home, home + "/.keys", "@OUTSIDE@", os.path.dirname(home)):
    try:
        found = os.listdir(folder)
        print("ESCAPED" if found else "BLOCKED empty", folder, found)
    except OSError as error:
        print("BLOCKED", folder, error.strerror)
