# EXPECT: sockets in the abstract name space of the machine cannot be reached
# STATUS: ok
# STDIN: canary
# PLAIN: escapes
import json
import socket
import sys

canary = json.load(sys.stdin)
for name, kind in ((canary["abstract_stream"], socket.SOCK_STREAM), (canary["abstract_datagram"], socket.SOCK_DGRAM)):
    try:
        socket.socket(socket.AF_UNIX, kind).connect("\0" + name)
        print("ESCAPED reached", name)
    except OSError as error:
        print("BLOCKED", name, error.strerror)
