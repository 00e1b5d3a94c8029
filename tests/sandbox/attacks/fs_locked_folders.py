# EXPECT: folders that nobody may look into do not stop counting, harvest or clean-up
# STATUS-A: ok
# STATUS-B: ok disk
# PLAIN: skip
import os
import time

for number, mode in enumerate((0o700, 0o300, 0o000)):
    os.makedirs(f"locked{number}/inner")
    open(f"locked{number}/inner/file", "w").write("x")
    os.chmod(f"locked{number}/inner", mode)
    os.mkdir(f"born{number}", mode)
    try:
        open(f"born{number}/file", "w").write("x")
    except OSError:
        pass
time.sleep(0.3)
print("made them")
