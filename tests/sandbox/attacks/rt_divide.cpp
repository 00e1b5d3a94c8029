// EXPECT: an integer divided by zero is named as the signal it is
// STATUS: signal
// SIGNAL: SIGFPE
// ARCHITECTURE: x86_64
// PLAIN: skip
int main(int count, char**) {
    volatile int zero = count - 1;
    return 5 / zero;
}
