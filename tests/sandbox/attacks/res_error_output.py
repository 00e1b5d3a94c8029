# EXPECT: a flood of error output is cut and ends the program
# STATUS: output
# PLAIN: skip
import sys

for _ in range(3000):
    sys.stderr.write("z" * 40_000)
print("ESCAPED")
