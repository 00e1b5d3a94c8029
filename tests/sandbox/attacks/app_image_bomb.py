# EXPECT: a small picture that unpacks to gigabytes, and files that only claim to be pictures, are not shown
# STATUS: ok
# CHECK: no-image
# PLAIN: harmless
import struct
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


head = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0))
with open("bomb.png", "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 30_001)) + chunk(b"IEND", b""))
with open("page.png", "w") as file:
    file.write("<html><script>alert(1)</script></html>" * 9)
with open("drawing.svg", "w") as file:
    file.write('<svg xmlns="http://www.w3.org/2000/svg"><image href="file://@HOME@/diary.txt"/></svg>')
