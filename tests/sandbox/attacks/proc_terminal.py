# EXPECT: nothing can be typed into the user's terminal
# STATUS: ok
# PLAIN: skip
import fcntl
import os

streams = [("standard stream", number) for number in (0, 1, 2)]
for path in ("/dev/tty", "/dev/console", "/dev/tty1", "/dev/pts/0", "/dev/pts/1", "/proc/self/fd/0"):
    try:
        streams.append((path, os.open(path, os.O_RDWR | os.O_NOCTTY)))
    except OSError as error:
        print("BLOCKED", path, error.strerror)
for name, stream in streams:
    for request, argument in ((0x5412, b"!"), (0x541C, b"\x03" + b"\0" * 15), (0x540E, 1)):
        try:
            fcntl.ioctl(stream, request, argument)
            print("ESCAPED", hex(request), name)
        except OSError as error:
            print("BLOCKED", hex(request), name, error.strerror)
