# EXPECT: a status that looks like a signal is not called one
# STATUS: exit
# EXIT: 139
# NEEDS-LINUX: 6.15
# PLAIN: harmless
import sys

sys.exit(139)
