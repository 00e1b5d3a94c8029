# EXPECT: families of sockets that no namespace covers cannot be used, nor raw ones
# STATUS: ok
# PLAIN: harmless
import socket

for name, family, kind in (("vsock", 40, socket.SOCK_STREAM), ("alg", 38, socket.SOCK_SEQPACKET),
                           ("packet", 17, socket.SOCK_RAW), ("bluetooth", 31, socket.SOCK_RAW),
                           ("can", 29, socket.SOCK_RAW), ("tipc", 30, socket.SOCK_STREAM), ("key", 15, socket.SOCK_RAW),
                           ("qipcrtr", 42, socket.SOCK_DGRAM), ("xdp", 44, socket.SOCK_RAW),
                           ("raw internet", 2, socket.SOCK_RAW)):
    try:
        socket.socket(family, kind)
        print("ESCAPED opened", name)
    except OSError as error:
        print("BLOCKED", name, error.strerror)
