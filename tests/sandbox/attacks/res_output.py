# EXPECT: a flood of output is cut and ends the program
# STATUS: output
# PLAIN: skip
for _ in range(3000):
    print("z" * 40_000)
print("ESCAPED")
