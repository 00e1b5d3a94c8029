# EXPECT: folders nested a thousand deep do not stop harvest or clean-up
# STATUS-A: ok
# STATUS-B: ok disk
# PLAIN: skip
import os

for _ in range(1200):
    os.mkdir("n" * 120)
    os.chdir("n" * 120)
print("at the bottom")
