# EXPECT: no folder of the visible tree holds one of the user's secrets
# STATUS: ok
# PLAIN: skip
import os

wanted = [part.encode() * 2 for part in ("quiet", "amber")]
looked = 0
for folder, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(folder, name) not in
                  ("/usr", "/proc", "/sys", "/opt", "/lib", "/lib64", "/bin", "/sbin")]
    for name in files:
        path = os.path.join(folder, name)
        looked += 1
        try:
            if looked < 4000 and os.path.isfile(path):
                with open(path, "rb") as file:
                    text = file.read(10_000)
                if any(word in text for word in wanted):
                    print("ESCAPED secret in", path)
        except OSError:
            pass
print("BLOCKED after", looked, "files")
