# EXPECT: servers on the machine's own addresses cannot be reached
# STATUS: ok
# STDIN: canary
# PLAIN: escapes
import json
import socket
import sys

canary = json.load(sys.stdin)
for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "127.0.0.9"), (socket.AF_INET6, "::1")):
    try:
        with socket.socket(family) as caller:
            caller.settimeout(2)
            caller.connect((host, canary["tcp"]))
            print("ESCAPED connected to", host)
    except OSError as error:
        print("BLOCKED", host, error)
try:
    caller = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    caller.sendto(b"knock", ("127.0.0.1", canary["udp"]))
    print("sent a datagram")  # the canary decides whether it arrived
except OSError as error:
    print("BLOCKED datagram", error)
