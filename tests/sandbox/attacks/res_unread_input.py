# EXPECT: input that nobody reads holds up nothing
# STATUS: ok
# STDIN: flood
# CHECK: fast
# ANSWER: not interested
# PLAIN: harmless
print("not interested")
