# EXPECT: links, pipes, sockets and odd names among the results are neither followed nor returned
# STATUS: ok
# FILES: good.txt
# CHECK: fast
# PLAIN: harmless
import contextlib
import os
import socket

tricks = (
    lambda: os.symlink("@HOME@/diary.txt", "diary.txt"),
    lambda: os.symlink("/etc/passwd", "accounts.txt"),
    lambda: os.symlink("/dev/zero", "endless.txt"),
    lambda: os.symlink("/proc/self/environ", "environ.txt"),
    lambda: os.symlink("@HOME@", "folder"),
    lambda: os.mkfifo("pipe.txt"),
    lambda: os.link("good.txt", "again.txt") or os.unlink("again.txt"),
    lambda: socket.socket(socket.AF_UNIX).bind("socket.txt"),
    lambda: open("-rf", "w").close(),
    lambda: open(".bashrc", "w").close(),
    lambda: open("line\nbreak.txt", "w").close(),
    lambda: open("\x1b[2Jclear.txt", "w").close(),
    lambda: open(b"\xff\xfe.txt", "w").close(),
    lambda: open("x" * 255, "w").close(),
    lambda: open("\u202etxt.exe", "w").close(),
)
open("good.txt", "w").write("good")
for trick in tricks:
    with contextlib.suppress(OSError):
        trick()
