# EXPECT: a pool of processes works where the program has its own processes
# STATUS-A: ok
# STATUS-B: ok exit
# LIMITS: wall=20
# PLAIN: harmless
import multiprocessing


def square(number):
    return number * number


if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        print(pool.map(square, [1, 2, 3]))
