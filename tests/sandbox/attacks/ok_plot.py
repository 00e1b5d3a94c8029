# EXPECT: a figure that is shown comes back as a picture
# STATUS: ok
# NEEDS: matplotlib
# LIMITS: wall=40 cpu=30
# FILES: figure-01.png
# PLAIN: harmless
import matplotlib.pyplot as plt

plt.plot([0, 1, 2], [0, 1, 4])
plt.show()
