# EXPECT: an ordinary program prints and ends
# STATUS: ok
# ANSWER: 3 + 4 = 7
# PLAIN: harmless
print("3 + 4 =", 3 + 4)
