# EXPECT: results at the limits of number and size are cut, not refused
# STATUS: ok
# CHECK: fast
# PLAIN: skip
for number in range(70):
    with open(f"part{number:03d}.txt", "w") as file:
        file.write("x" * 1000)
with open("sparse.bin", "wb") as file:
    file.truncate(31 << 20)
print("done")
