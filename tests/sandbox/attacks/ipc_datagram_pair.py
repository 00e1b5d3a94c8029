# EXPECT: a datagram socket of a pair cannot be used to send to a socket of somebody else
# STATUS: ok
# STDIN: canary
# PLAIN: escapes
import json
import socket
import sys

canary = json.load(sys.stdin)
for kind in (socket.SOCK_DGRAM, socket.SOCK_SEQPACKET, socket.SOCK_STREAM):
    for address in (canary["path_datagram"], "\0" + canary["abstract_datagram"]):
        try:
            left, _right = socket.socketpair(socket.AF_UNIX, kind)
            left.sendto(b"knock", address)
            print("sent", kind)  # perhaps to its own partner: the canary decides
        except OSError as error:
            print("BLOCKED", kind, error.strerror)
