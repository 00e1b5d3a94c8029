# EXPECT: a loop that ignores all signals still ends
# STATUS: cpu timeout
# LIMITS: cpu=1 wall=4
# PLAIN: skip
import signal

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    pass
