# EXPECT: a program that takes ever more memory ends
# STATUS: memory
# LIMITS: memory=300
# PLAIN: skip
kept = []
for _ in range(200):
    kept.append(b"\x01" * (16 << 20))
print("ESCAPED", len(kept) * 16, "MiB")
