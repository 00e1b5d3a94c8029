# EXPECT: a program that wants more input than there is sees its end at once
# STATUS: ok
# CHECK: fast
# PLAIN: harmless
try:
    input()
    print("ESCAPED")
except EOFError:
    print("BLOCKED at the end of the input")
