# EXPECT: an endless loop ends at the limit on processor time
# STATUS: cpu timeout
# LIMITS: cpu=1 wall=5
# PLAIN: skip
while True:
    pass
