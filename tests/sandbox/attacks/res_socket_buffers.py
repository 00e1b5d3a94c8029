# EXPECT: what sockets hold back in the kernel stays bounded
# STATUS: ok memory
# LIMITS: wall=8
# PLAIN: skip
import os
import socket
import time

reading, writing = os.pipe()
children = 0
for _ in range(60):
    try:
        pid = os.fork()
    except OSError:
        break
    if pid == 0:
        held, kept = 0, []
        try:
            for _ in range(100):
                pair = socket.socketpair()
                kept.append(pair)
                for end in pair:
                    end.setblocking(False)
                    try:
                        while True:
                            held += end.send(b"x" * 65536)
                    except BlockingIOError:
                        pass
        except OSError:
            pass
        os.write(writing, b"%12d" % held)
        time.sleep(2)
        os._exit(0)
    children += 1
total = sum(int(os.read(reading, 12)) for _ in range(children))
print("ESCAPED" if total > 3 << 30 else "BLOCKED", children, "processes hold", total >> 20, "MiB")
