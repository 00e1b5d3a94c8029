# EXPECT: one demand for far too much memory fails, and the outcome says why
# STATUS: memory
# LIMITS: memory=300
# PLAIN: skip
bytearray(40 << 30)
print("ESCAPED")
