# EXPECT: no events and no extended attributes of the user's files
# STATUS: ok
# PLAIN: escapes
import ctypes
import os

library = ctypes.CDLL(None, use_errno=True)
watcher = library.inotify_init()
watch = library.inotify_add_watch(watcher, b"@HOME@", 0xFFF)
print("ESCAPED watches the home" if watch >= 0 else "BLOCKED inotify", os.strerror(ctypes.get_errno()))
try:
    print("ESCAPED attributes", os.listxattr("@HOME@/diary.txt"))
except OSError as error:
    print("BLOCKED attributes", error.strerror)
