// EXPECT: recursion without end is named as the signal it is
// STATUS: signal
// SIGNAL: SIGSEGV
// PLAIN: skip
#include <cstdlib>
int sink(volatile int depth) {
    volatile char room[2048];
    room[depth % 2048] = 1;
    return depth > 0 ? sink(depth + 1) + room[0] : 0;
}
int main(int count, char**) { return sink(count); }
