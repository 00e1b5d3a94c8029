# EXPECT: a program reads what it is given
# STATUS: ok
# STDIN: 12 30
# ANSWER: 360
# PLAIN: harmless
left, right = map(int, input().split())
print(left * right)
