# EXPECT: no address and no name of the world can be reached
# STATUS: ok
# PLAIN: skip
import socket

for address in (("192.0.2.1", 80), ("198.51.100.7", 443)):
    try:
        with socket.socket() as caller:
            caller.settimeout(1)
            caller.connect(address)
            print("ESCAPED connected to", address)
    except TimeoutError:
        print("ESCAPED a packet was sent to", address)
    except OSError as error:
        print("BLOCKED", address, error.strerror)
try:
    print("ESCAPED resolved", socket.getaddrinfo("example.org", 80))
except OSError as error:
    print("BLOCKED name", error)
