# EXPECT: a program that sleeps for ever ends at the limit on the clock
# STATUS: timeout
# LIMITS: wall=1
# PLAIN: skip
import time

time.sleep(40)
