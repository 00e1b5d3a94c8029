// EXPECT: system calls of another architecture end the program
// STATUS: signal
// SIGNAL: SIGSYS
// ARCHITECTURE: x86_64
// PLAIN: skip
#include <cstdio>

int main() {
    long number = 20;  // getpid of 32-bit programs, writev of 64-bit ones
    asm volatile("int $0x80" : "+a"(number) : : "memory");
    std::printf("ESCAPED got %ld\n", number);
}
