# EXPECT: the app's packages can be imported
# STATUS: ok
# NEEDS: numpy
# ANSWER: 14
# PLAIN: harmless
import numpy

print(int(numpy.dot([1, 2, 3], [1, 2, 3])))
