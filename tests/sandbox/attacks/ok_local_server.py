# EXPECT: a server and its client talk inside; there is no network at all in tier B
# STATUS-A: ok
# STATUS-B: exit
# PLAIN: harmless
import socket
import threading

server = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=lambda: server.accept()[0].sendall(b"good day"), daemon=True).start()
print(socket.create_connection(server.getsockname()).recv(20).decode())
