# EXPECT: sockets with a path cannot be reached, and nothing names the desktop's
# STATUS: ok
# STDIN: canary
# PLAIN: escapes
import json
import os
import socket
import sys

canary = json.load(sys.stdin)
for path, kind in ((canary["path_stream"], socket.SOCK_STREAM), (canary["path_datagram"], socket.SOCK_DGRAM),
                   ("/proc/1/root" + canary["path_stream"], socket.SOCK_STREAM),
                   ("/run/dbus/system_bus_socket", socket.SOCK_STREAM), ("/run/user/@UID@/bus", socket.SOCK_STREAM),
                   ("/tmp/.X11-unix/X0", socket.SOCK_STREAM), ("/run/systemd/journal/dev-log", socket.SOCK_DGRAM)):
    try:
        socket.socket(socket.AF_UNIX, kind).connect(path)
        print("ESCAPED reached", path)
    except OSError as error:
        print("BLOCKED", path, error.strerror)
named = {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SSH_AUTH_SOCK", "XDG_RUNTIME_DIR"} & set(os.environ)
print("ESCAPED the environment names" if named else "BLOCKED", named)
