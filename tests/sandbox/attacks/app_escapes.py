# EXPECT: terminal orders, invisible characters and markup reach the screen as plain text
# STATUS: ok
# CHECK: plain-text
# PLAIN: harmless
print("\x1b]0;title\x07\x1b[31mred\x1b[0m \x00 \x9b2J \u202efdp.exe \u2066x <b onclick='x'>bold</b>")
