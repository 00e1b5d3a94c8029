# EXPECT: a file with two names is not returned, since it may be somebody else's
# STATUS: ok
# FILES:
# PLAIN: harmless
import os

open("first.txt", "w").write("one file")
os.link("first.txt", "second.txt")
