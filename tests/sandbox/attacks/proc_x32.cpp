// EXPECT: system calls of the x32 kind end the program
// STATUS: signal
// SIGNAL: SIGSYS
// ARCHITECTURE: x86_64
// PLAIN: skip
#include <cstdio>
#include <unistd.h>

int main() {
    std::printf("ESCAPED got %ld\n", syscall(0x40000000L + 39));
}
